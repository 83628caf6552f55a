package jsvm_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// FuzzValues: any JSON object comes through a rule as JSON.parse and JSON.stringify
// would bring it, whether the rule left it alone, looked at all of it, or copied it.
func FuzzValues(f *testing.F) {
	for _, seed := range []string{
		lazyLogin, `{"__proto__":{"a":1},"constructor":[],"toString":null}`, `{"k\ud800":"\udc00","é":[-0,1e21,1e-7]}`, `{"3":1,"1":{"2":[{}]},"a":"\u0000"}`,
	} {
		f.Add([]byte(seed))
	}
	compile := func(body string) *ferrule.Pipeline {
		p, err := ferrule.Compile("r.js", "function (user, context, callback) {\n"+body+"\ncallback(null, user, context);\n}", inJS(nil))
		require.NoError(f, err)
		return p
	}
	walk := compile(`
		(function all(v) { if (v && typeof v === 'object') for (var k in v) all(v[k]); })(user);
		user.touched = 1; delete user.touched;`)
	copied := compile(`context.copy = user; context.again = [user];`)
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, order, err := jsondoc.Decode(data)
		user, ok := tree.(map[string]any)
		// A key touched is ours; a lone surrogate in a key is what plain objects are for.
		if _, ours := user["touched"]; err != nil || !ok || ours || strings.Contains(strings.ToLower(string(data)), `\ud`) {
			return
		}
		want, err := jsondoc.Encode(user, order)
		require.NoError(t, err)
		out, err := copied.Run(context.Background(), ferrule.Input{User: user, Order: order})
		require.NoError(t, err)
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		got, err := out.ContextJSON()
		require.NoError(t, err)
		require.Equal(t, `{"copy":`+string(want)+`,"again":[`+string(want)+`]}`, string(got))
		out, err = walk.Run(context.Background(), ferrule.Input{User: user, Order: order})
		require.NoError(t, err)
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		got, err = out.UserJSON()
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	})
}
