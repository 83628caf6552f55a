package ferrule_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestEnvironment: rules see what was granted, each run anew whatever another wrote.
func TestEnvironment(t *testing.T) {
	t.Setenv("FERRULE_TEST_SECRET", "of the process")
	granted := map[string]string{"REGION": "eu"}
	p, err := ferrule.Load(fstest.MapFS{"rule.js": {Data: []byte(`function rule(user, context, callback) {
		user.seen = Object.keys(process.env) + process.env.REGION + process.env.FERRULE_TEST_SECRET;
		process.env.REGION = 'us'; process.env.OWN = 1;
		callback(null, user, context);
	}`)}}, &ferrule.Options{Environment: granted})
	require.NoError(t, err)
	for range 3 {
		out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{}, Context: map[string]any{}})
		require.NoError(t, err)
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		assert.Equal(t, "REGIONeuundefined", out.User["seen"])
	}
	assert.Equal(t, map[string]string{"REGION": "eu"}, granted)
}
