package jsvm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestWhereGojaBreaks: where goja itself panics, only the rule fails that got there, with
// its name, wherever the code ran; the pipeline goes on to serve.
func TestWhereGojaBreaks(t *testing.T) {
	for name, body := range map[string]string{
		"in the rule":         `user.x = user.email['-'];`,
		"caught":              `try { user.email['-'] } catch (e) {} finally { user.x = 1 }`,
		"in a callback":       `[1].forEach(() => user.email['-']);`,
		"own property":        `user.email.hasOwnProperty('-');`,
		"in a timer":          `return setTimeout(() => { user.email['-']; callback(null, user, context) }, 1);`,
		"in a promise":        `return Promise.resolve('a').then(s => s['-']).then(() => callback(null, user, context));`,
		"awaited":             `return (async () => { await null; 'a'['-'] })().catch(() => {}).then(() => callback(null, user, context));`,
		"in a getter":         `Object.defineProperty(user, 'x', { get() { return 'a'['-'] }, enumerable: true });`,
		"in toJSON":           `user.x = { toJSON() { return 'a'['-'] } };`,
		"in a thrown error":   `throw { get message() { return 'a'['-'] } };`,
		"in what is printed":  `console.log({ toString() { return 'a'['-'] } } + '');`,
		"in a replacement":    `user.email.replace(/a/g, () => 'a'['-']);`,
		"in what is mended":   `JSON.stringify({ toJSON() { return 'a'['-'] } });`,
		"in a sort":           `[2, 1].sort(() => 'a'['-']);`,
		"on a typed array":    `new Uint8Array(1)['-'];`,
		"by a name from afar": `user.email[user.key];`,
	} {
		t.Run(name, func(t *testing.T) {
			p, err := ferrule.Compile("breaks.js", "function (user, context, callback) {\nvar goja = eval('1');\n"+body+"\ncallback(null, user, context); }", nil)
			require.NoError(t, err)
			defer p.Close(context.Background())
			for range 2 {
				user := map[string]any{"email": "ann@example.com", "key": "-"}
				out, err := p.Run(context.Background(), ferrule.Input{User: user})
				require.NoError(t, err)
				require.Equal(t, ferrule.Failed, out.Decision)
				require.NotNil(t, out.Err)
				assert.Equal(t, "breaks", out.Err.Rule)
				assert.Equal(t, ferrule.KindException, out.Err.Kind, "%v", out.Err)
				assert.Equal(t, "InternalError", out.Err.Name)
				assert.Contains(t, out.Err.Message, "index out of range")
				assert.Equal(t, map[string]any{"email": "ann@example.com", "key": "-"}, user, "the rule is undone")
				out, err = p.Run(context.Background(), ferrule.Input{User: map[string]any{"email": map[string]any{}, "key": "k"}})
				require.NoError(t, err)
				assert.NotEmpty(t, out.Decision)
			}
		})
	}
}
