package enginetest

import (
	"regexp"
	"strings"
)

// engineTexts are error texts of goja that do not say what V8's would: whether a
// value was undefined or null, or how the source spells what was called. They are
// compared by the error's name only.
var engineTexts = regexp.MustCompile(`^(failed (?:exception|rule) \w*Error) "(` + strings.Join([]string{
	`Object has no member '`,
	`Cannot read propert(y|ies) `,
	`Cannot set properties of undefined or null`,
	`Cannot convert undefined or null to object`,
	`(Value|Receiver) is not an object`,
	`Not a (function|constructor)`,
	`object is not iterable`,
	`.* is not iterable`,
	`.* is not a (function|constructor)`,
	`Cannot (assign to|delete|add|redefine|define) `,
	`Cannot access a variable before initialization`,
	`Invalid (regular expression|flags)`,
	`Unexpected `,
	`Reduce of empty array`,
	`Class constructor`,
	`Private `,
}, "|") + `)`)

var failedException = regexp.MustCompile(`^(failed (?:exception|rule) \w*Error) "`)

// Same reports whether an outcome's text form is the wanted one, word for word but
// for the engine's own error texts.
func Same(want, got string) bool {
	if want == got {
		return true
	}
	wantFirst, wantRest, _ := strings.Cut(want, "\n")
	gotFirst, gotRest, _ := strings.Cut(got, "\n")
	ours := engineTexts.FindStringSubmatch(gotFirst)
	theirs := failedException.FindStringSubmatch(wantFirst)
	return ours != nil && theirs != nil && ours[1] == theirs[1] && wantRest == gotRest
}
