package ferrule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// TestLateWorkNeverReachesTheOutcome: what a rule leaves running when the last rule has
// called back is late, whichever goroutine is quicker.
func TestLateWorkNeverReachesTheOutcome(t *testing.T) {
	cases := []struct{ name, src, want string }{
		{
			"rejected promise", "function (user, context, callback) { auth0.users.updateAppMetadata(); callback(null, user, context); }",
			"allowed\nuser {}\ncontext {}\n",
		},
		{
			"line behind a write",
			"function (user, context, callback) { auth0.users.updateAppMetadata('a', { x: 1 }).then(() => console.log('late')); callback(null, user, context); }",
			"allowed\nuser {}\ncontext {}\nmetadata app \"a\" {\"x\":1}\n",
		},
		{
			"promise rejected in the turn of an exception",
			"function (user, context, callback) { auth0.users.updateAppMetadata(); throw new Error('now'); }",
			"failed exception \"Error\" \"now\" \"\" \"\" \"\" 0\n",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			run, end, err := goEngine("js", ferrule.Options{Engine: ferrule.EngineJS}).open([]enginetest.Rule{{File: "r.js", Text: c.src}})
			require.NoError(t, err)
			defer end()
			for range 200 {
				assert.Equal(t, c.want, run(rulegen.Login{}).text)
			}
		})
	}
}
