package rulegen_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
)

// TestRulesAreJavaScript parses many rules of both modes: a rule that is refused is no
// test of any engine.
func TestRulesAreJavaScript(t *testing.T) {
	for _, mode := range []rulegen.Mode{rulegen.Usual, rulegen.Dense} {
		t.Run(mode.String(), func(t *testing.T) {
			var sizes [61]int
			for seed := range uint64(1000) {
				src := rulegen.Rule(seed, mode)
				require.Equal(t, src, rulegen.Rule(seed, mode))
				script, list := parse.Rule(source.NewFile("rule.js", src), parse.Options{})
				require.NoError(t, list.Err(), "seed %d:\n%s", seed, src)
				sizes[min(60, statements(script.Tree))]++
			}
			seen, median := 0, 0
			for n, count := range sizes {
				if seen += count; seen >= 500 {
					median = n
					break
				}
			}
			t.Logf("median %d statements", median)
			assert.GreaterOrEqual(t, median, 6)
			assert.LessOrEqual(t, median, 24)
		})
	}
}

func statements(n ast.Node) int {
	count := 0
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Block:
		case ast.Stmt:
			count++
		}
		return true
	})
	return count
}

// TestRulesHoldEveryConstruct looks for the words that rules are made of.
func TestRulesHoldEveryConstruct(t *testing.T) {
	var all strings.Builder
	for seed := range uint64(600) {
		all.WriteString(rulegen.Rule(seed, rulegen.Usual))
		all.WriteString(rulegen.Rule(seed, rulegen.Dense))
	}
	for _, want := range []string{
		"new UnauthorizedError(", ".indexOf(", ".includes(", ".some(", ".every(", "new Set(", "new Map(", " in {", "for (var ", "for (const ", ".forEach(", "switch (",
		"default:", " ? ", "?.", " ?? ", "...", "`${", "Object.keys(", "Object.entries(", "Object.assign(", "Object.fromEntries(", "JSON.stringify(", "JSON.parse(", "Math.",
		"parseInt(", "new Date(", ".test(", ".replace(", "console.", "configuration.", "auth0.users.updateAppMetadata(", "auth0.users.updateUserMetadata(", ".then(", ".catch(",
		"await ", "async ", "try {", "} catch (", "finally", "typeof ", "instanceof", "hasOwnProperty", "delete ", "++", "+= ", "(null, null, ", ".apply(", ".call(", "continue", "break",
		"throw ", "while (", "do {", "encodeURIComponent(", "new URL(", ".push(", ".sort(", ".reduce(", ".map(", ".filter(", ".find(", ".join(", "'use strict'", "||= ", "??= ",
	} {
		assert.Contains(t, all.String(), want)
	}
}
