package auth0_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/storetest"
)

func openMemory(t *testing.T, start storetest.Start) *auth0.MemoryStore {
	s, err := auth0.NewMemoryStore(&auth0.MemoryOptions{Users: start.Users, CreateMissing: start.CreateMissing})
	require.NoError(t, err)
	return s
}

func TestMemoryStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, start storetest.Start) storetest.Handles {
		s := openMemory(t, start)
		return func(*testing.T) storetest.Store { return s }
	})
}

// Wrappers that have nothing to do must not be seen.
func TestWrappedMemoryStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, start storetest.Start) storetest.Handles {
		s := auth0.Retrying(auth0.RateLimited(openMemory(t, start), auth0.RateLimit{Burst: 1e6}), auth0.Backoff{})
		return func(*testing.T) storetest.Store { return s }
	})
}

func TestNewMemoryStore(t *testing.T) {
	s, err := auth0.NewMemoryStore(nil)
	require.NoError(t, err)
	_, err = s.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"a": 1})
	require.EqualError(t, err, "The user does not exist.")

	for name, user := range map[string]map[string]any{
		"no id":                 {"email": "ann@example.com"},
		"nil":                   nil,
		"id of another type":    {"user_id": 1},
		"metadata is no object": {"user_id": "a", "app_metadata": []any{}},
		"key of metadata":       {"user_id": "a", "user_metadata": map[string]any{"a.b": 1}},
		"no JSON":               {"user_id": "a", "f": func() {}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := auth0.NewMemoryStore(&auth0.MemoryOptions{Users: []map[string]any{user}})
			var answer *auth0.APIError
			require.ErrorAs(t, err, &answer)
			assert.Equal(t, 400, answer.StatusCode())
		})
	}
}

func BenchmarkMemoryStore(b *testing.B) {
	s, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	require.NoError(b, err)
	values := map[string]any{"plan": "gold", "seen": map[string]any{"at": 1.0}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.UpdateAppMetadata(b.Context(), "auth0|ann", values); err != nil {
			b.Fatal(err)
		}
	}
}
