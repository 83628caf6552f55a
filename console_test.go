package ferrule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// Stacks in console lines name the user's file, also those of asynchronous code, and no frames of ours.
func TestConsoleNamesTheUsersFiles(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"thrown":      {"try { throw new Error('x') } catch (e) { console.log(e) }", "Error: x\n    at rule (rule.js:2:13)"},
		"made":        {"console.log({ e: new Error('é') })", "{\n  e: Error: é\n      at rule (rule.js:2:18)\n}"},
		"named":       {"function f() { return new Error('x'); }\nconsole.log(f())", "Error: x\n    at f (rule.js:2:23)\n    at rule (rule.js:3:14)"},
		"text":        {"console.log(new Error('x').stack.includes('\\n'))", "true"},
		"later":       {"await new Promise(r => setTimeout(r, 1));\nconsole.log(new Error('x'))", "Error: x\n    at rule (rule.js:3:13)"},
		"in a timer":  {"await new Promise(r => setTimeout(() => {\n console.log(new Error('x')); r(); }, 1))", "Error: x\n    at rule.js:3:14"},
		"not a stack": {"console.log('a\\n at b (c)')", "a\n at b (c)"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := ferrule.Compile("rule.js", "async function rule(user, context, callback) {\n"+c.body+"\ncallback(null, user, context); }", &ferrule.Options{Engine: ferrule.EngineJS})
			require.NoError(t, err)
			defer p.Close(t.Context())
			out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{}, Context: map[string]any{}})
			require.NoError(t, err)
			require.Len(t, out.Console, 1)
			assert.Equal(t, c.want, out.Console[0].Text)
		})
	}
}
