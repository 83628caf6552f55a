package ferrule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// A rule with a list of 100,000 addresses, 3 MB of text, is compiled wholly.
func TestLongListIsCompiled(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	var list strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&list, "'person-%06d@example.com',\n", i)
	}
	rule := "function (user, context, callback) {\n const allowed = [" + list.String() + `];
	if (allowed.indexOf(user.email) === -1) return callback(new UnauthorizedError('Access denied.'));
	callback(null, user, context); }`
	for _, engine := range []ferrule.Engine{ferrule.EngineExpr, ferrule.EngineCEL} {
		p := load(t, map[string]string{"rule.js": rule}, &ferrule.Options{Engine: engine})
		for email, want := range map[string]ferrule.Decision{
			"person-099999@example.com": ferrule.Allowed, "person-100000@example.com": ferrule.Denied,
		} {
			out := run(t, p, ferrule.Input{User: map[string]any{"email": email}})
			require.Nil(t, out.Rules[0].Exit)
			assert.Equal(t, want, out.Decision, "%s: %v", engine, out.Err)
		}
	}
}
