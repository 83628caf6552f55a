package parse

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// propertyMends are the mends for regular expressions with property escapes, which
// goja does not know: the RegExp that the engine gives rules knows them.
//
//	/\p{L}/u   ->   new RegExp("\\p{L}","u")
func propertyMends(tree ast.Expr) []mend {
	var mends []mend
	ast.Inspect(tree, func(n ast.Node) bool {
		if re, ok := n.(*ast.RegExp); ok && strings.Contains(re.Flags, "u") && hasProperties(re.Pattern) {
			pattern, _ := json.Marshal(re.Pattern)
			flags, _ := json.Marshal(re.Flags)
			mends = append(mends, mend{
				offset: re.At.Start.Offset, skip: re.At.End.Offset - re.At.Start.Offset,
				text: fmt.Sprintf(" new RegExp(%s,%s)", pattern, flags),
			})
		}
		return true
	})
	return mends
}

func hasProperties(text string) bool {
	return strings.Contains(text, `\p{`) || strings.Contains(text, `\P{`)
}
