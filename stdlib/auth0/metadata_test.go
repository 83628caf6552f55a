package auth0_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

func TestMerge(t *testing.T) {
	assert.Equal(t, map[string]any{}, auth0.Merge(nil, nil))
	stored := map[string]any{"a": 1.0, "b": map[string]any{"c": 2.0}, "null": nil}
	update := map[string]any{"a": nil, "b": map[string]any{"d": 3.0}}
	got := auth0.Merge(stored, update)
	assert.Equal(t, map[string]any{"b": map[string]any{"d": 3.0}, "null": nil}, got)
	assert.Len(t, stored, 3, "the arguments stay")
	assert.Len(t, update, 2)
}

func TestCleanMetadataNegativeZero(t *testing.T) {
	clean, err := auth0.CleanMetadata(map[string]any{"n": math.Copysign(0, -1)})
	require.NoError(t, err)
	assert.False(t, math.Signbit(clean["n"].(float64)), "-0 becomes 0, which compares equal")
}

func TestAPIError(t *testing.T) {
	missing := auth0.NotFound()
	assert.Equal(t, "Not Found", missing.Name())
	assert.Nil(t, missing.Headers())
	assert.JSONEq(t, `{"statusCode":404,"error":"Not Found","message":"The user does not exist.","errorCode":"inexistent_user"}`, missing.Body())

	other := &auth0.APIError{Status: 503, Message: "m", Header: map[string]string{"a": "b"}}
	assert.JSONEq(t, `{"statusCode":503,"error":"Service Unavailable","message":"m"}`, other.Body())
	other.Headers()["a"] = "changed"
	assert.Equal(t, "b", other.Header["a"], "Headers is a copy")
}

// FuzzCleanMetadata: what is accepted is the JSON that encoding/json makes of it,
// and cleaning it again changes nothing.
func FuzzCleanMetadata(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1,-0,null,{"b":"é"}]}`, `{"a.b":1}`, `{"$":1}`, `{"a":"\ud800"}`, `null`, `{"":{"":[]}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var in map[string]any
		if json.Unmarshal([]byte(text), &in) != nil {
			return
		}
		clean, err := auth0.CleanMetadata(in)
		if err != nil {
			var answer *auth0.APIError
			require.ErrorAs(t, err, &answer)
			require.Equal(t, 400, answer.Status)
			return
		}
		again, err := auth0.CleanMetadata(clean)
		require.NoError(t, err)
		require.Equal(t, clean, again)
		encoded, err := json.Marshal(clean)
		require.NoError(t, err)
		var back map[string]any
		require.NoError(t, json.Unmarshal(encoded, &back))
		require.Equal(t, clean, back)
	})
}
