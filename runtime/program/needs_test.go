package program_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/program"
)

func TestNeeds(t *testing.T) {
	needs := []program.Need{
		{Root: "user"}, {Root: "context", Glance: true}, {Root: "user", Keys: []string{"app_metadata", "plan2"}, Glance: true},
		{Root: "context", Keys: []string{"idToken", "https://example.com/\"x\"\n?", "", "é", "2", "_a"}},
	}
	text := program.NeedsText(needs)
	assert.Equal(t, "user\ncontext?\nuser.app_metadata.plan2?\ncontext.idToken[\"https://example.com/\\\"x\\\"\\n?\"][\"\"][\"é\"][\"2\"]._a", text)
	read, err := program.ReadNeeds(text)
	require.NoError(t, err)
	assert.Equal(t, needs, read)
	assert.Empty(t, program.NeedsText(nil))
	read, err = program.ReadNeeds("")
	require.NoError(t, err)
	assert.Empty(t, read)
	for _, text := range []string{"users", "user..a", "user.", "user[1]", `user["a"`, `user["a"]b`, "\n", "user.a-b", "context.2"} {
		_, err := program.ReadNeeds(text)
		assert.Error(t, err, text)
	}
}
