package storetest

import (
	"context"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

const ann = "auth0|ann"

func merges(t *testing.T, open opener) {
	cases := []struct {
		name                 string
		stored, values, want object
	}{
		{"first level", object{"a": 1.0}, object{"b": 2.0}, object{"a": 1.0, "b": 2.0}},
		{"overwrite", object{"a": 1.0}, object{"a": "x"}, object{"a": "x"}},
		{"lower level replaced", object{"a": object{"x": 1.0, "y": 2.0}}, object{"a": object{"z": 3.0}}, object{"a": object{"z": 3.0}}},
		{"array replaced", object{"a": []any{1.0, 2.0}}, object{"a": []any{3.0}}, object{"a": []any{3.0}}},
		{"null removes", object{"a": 1.0, "b": 2.0}, object{"a": nil}, object{"b": 2.0}},
		{"null removes the last", object{"a": 1.0}, object{"a": nil}, object{}},
		{"null of an absent property", object{"a": 1.0}, object{"b": nil}, object{"a": 1.0}},
		{"null further down is kept", nil, object{"a": object{"b": nil}, "c": []any{nil}}, object{"a": object{"b": nil}, "c": []any{nil}}},
		{"absent before", nil, object{"a": true}, object{"a": true}},
		{"empty update", object{"a": 1.0}, object{}, object{"a": 1.0}},
		{"nil update", object{"a": 1.0}, nil, object{"a": 1.0}},
		{"the rest sent without a property keeps it", object{"a": 1.0, "b": 2.0}, object{"b": 2.0}, object{"a": 1.0, "b": 2.0}},
	}
	for _, u := range updates {
		for _, c := range cases {
			t.Run(u.property+"/"+c.name, func(t *testing.T) {
				user := object{"user_id": ann, "email": "ann@example.com", "nothing": nil}
				if c.stored != nil {
					user[u.property] = c.stored
				}
				s := open(t, Start{Users: []map[string]any{user}})(t)
				want := object{"user_id": ann, "email": "ann@example.com", "nothing": nil, u.property: c.want}

				got, err := u.call(s, t.Context(), ann, c.values)
				require.NoError(t, err)
				assert.Equal(t, want, got, "the answer")
				assert.Equal(t, want, profile(t, s, ann), "what is stored")
			})
		}
	}
	t.Run("the other metadata stays", func(t *testing.T) {
		s := open(t, Start{Users: []map[string]any{{"user_id": ann, "app_metadata": object{"a": 1.0}, "user_metadata": object{"b": 2.0}}}})(t)
		_, err := s.UpdateAppMetadata(t.Context(), ann, object{"c": 3.0})
		require.NoError(t, err)
		got, err := s.UpdateUserMetadata(t.Context(), ann, object{"d": 4.0})
		require.NoError(t, err)
		assert.Equal(t, object{"user_id": ann,
			"app_metadata": object{"a": 1.0, "c": 3.0}, "user_metadata": object{"b": 2.0, "d": 4.0}}, got)
	})
}

func values(t *testing.T, open opener) {
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	cases := []struct {
		name     string
		in, want any
	}{
		{"text", "grün 🎉 \u2028 <b>&amp; \x00 \\", "grün 🎉 \u2028 <b>&amp; \x00 \\"},
		{"bytes that are no text", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"empty text", "", ""},
		{"numbers", []any{0.1, 1e308, 5e-324, 9007199254740993.0, -1.5}, []any{0.1, 1e308, 5e-324, 9007199254740992.0, -1.5}},
		{"negative zero", []any{math.Copysign(0, -1)}, []any{0.0}},
		{"not finite", []any{math.NaN(), math.Inf(1), math.Inf(-1)}, []any{nil, nil, nil}},
		{"booleans", []any{true, false}, []any{true, false}},
		{"empty object and array", []any{object{}, []any{}}, []any{object{}, []any{}}},
		{"Go integers", []any{1, int64(-2), uint8(3)}, []any{1.0, -2.0, 3.0}},
		{"other Go values", object{"list": []string{"a"}, "when": when}, object{"list": []any{"a"}, "when": "2026-01-02T03:04:05Z"}},
		{"typed nil maps and slices", []any{map[string]any(nil), []any(nil)}, []any{nil, nil}},
		{"keys of prototypes", object{"__proto__": 1.0, "constructor": object{"prototype": 2.0}}, object{"__proto__": 1.0, "constructor": object{"prototype": 2.0}}},
		{"odd keys", object{"": 1.0, " ": 2.0, "é": 3.0, "e\u0301": 4.0, "🎉": 5.0, "\x00": 6.0}, object{"": 1.0, " ": 2.0, "é": 3.0, "e\u0301": 4.0, "🎉": 5.0, "\x00": 6.0}},
		{"huge text", strings.Repeat("é", 2<<20), strings.Repeat("é", 2<<20)},
		{"huge array", manyNumbers(100_000), manyNumbers(100_000)},
		{"deep", nested(auth0.MaxDepth - 2), nested(auth0.MaxDepth - 2)},
	}
	for _, u := range updates {
		for _, c := range cases {
			t.Run(u.property+"/"+c.name, func(t *testing.T) {
				s := open(t, Start{Users: []map[string]any{{"user_id": ann}}})(t)
				want := object{"user_id": ann, u.property: object{"value": c.want}}
				got, err := u.call(s, t.Context(), ann, object{"value": c.in})
				require.NoError(t, err)
				// Not assert.Equal on the whole: its report of a huge value is huge.
				assert.True(t, assert.ObjectsAreEqual(want, got), "the answer differs")
				assert.True(t, assert.ObjectsAreEqual(want, profile(t, s, ann)), "what is stored differs")
			})
		}
	}
}

func refused(t *testing.T, open opener) {
	cycle := object{}
	cycle["self"] = []any{cycle}
	cases := []struct {
		name, id string
		values   object
		status   int
		code     string
		message  string // a part of it
	}{
		{"period in a key", ann, object{"a.b": 1.0}, http.StatusBadRequest, auth0.CodeInvalidBody, "/a.b"},
		{"dollar sign in a key", ann, object{"$set": 1.0}, http.StatusBadRequest, auth0.CodeInvalidBody, "/$set"},
		{"period further down", ann, object{"a": []any{object{"b": object{"c.d": 1.0}}}}, http.StatusBadRequest, auth0.CodeInvalidBody, "/a/0/b/c.d"},
		{"period in a key that null would remove", ann, object{"a.b": nil}, http.StatusBadRequest, auth0.CodeInvalidBody, "/a.b"},
		{"a value that contains itself", ann, cycle, http.StatusBadRequest, auth0.CodeInvalidBody, "deeper than"},
		{"too deep", ann, object{"a": nested(auth0.MaxDepth)}, http.StatusBadRequest, auth0.CodeInvalidBody, "deeper than"},
		{"a Go value without JSON", ann, object{"f": func() {}}, http.StatusBadRequest, auth0.CodeInvalidBody, "/f is not JSON"},
		{"empty id", "", object{"a": 1.0}, http.StatusBadRequest, auth0.CodeInvalidURI, "user id"},
		{"id that is no text", "\xff", object{"a": 1.0}, http.StatusBadRequest, auth0.CodeInvalidURI, "user id"},
		{"unknown user", "auth0|nobody", object{"a": 1.0}, http.StatusNotFound, auth0.CodeInexistentUser, "does not exist"},
		{"id in another case", "AUTH0|ANN", object{"a": 1.0}, http.StatusNotFound, auth0.CodeInexistentUser, "does not exist"},
	}
	for _, u := range updates {
		for _, c := range cases {
			t.Run(u.property+"/"+c.name, func(t *testing.T) {
				before := object{"user_id": ann, u.property: object{"kept": true}}
				s := open(t, Start{Users: []map[string]any{before}})(t)
				got, err := u.call(s, t.Context(), c.id, c.values)
				assert.Nil(t, got)
				var answer *auth0.APIError
				require.ErrorAs(t, err, &answer)
				assert.Equal(t, c.status, answer.StatusCode())
				assert.Equal(t, c.code, answer.Code)
				assert.Contains(t, answer.Message, c.message)
				assert.Less(t, len(answer.Message), 300)
				assert.Equal(t, before, profile(t, s, ann), "nothing was written")
			})
		}
	}
}

func users(t *testing.T, open opener) {
	t.Run("unknown", func(t *testing.T) {
		s := open(t, Start{})(t)
		for _, id := range []string{"auth0|nobody", "", "\x00"} {
			got, found, err := s.User(t.Context(), id)
			require.NoError(t, err)
			assert.False(t, found)
			assert.Nil(t, got)
		}
	})
	t.Run("ids are texts", func(t *testing.T) {
		ids := []string{"a", "A", "a ", "é", "e\u0301", "'; DROP TABLE users; --", "%", "1", "01", "🎉"}
		var start Start
		for _, id := range ids {
			start.Users = append(start.Users, object{"user_id": id, "n": id})
		}
		s := open(t, start)(t)
		for _, id := range ids {
			assert.Equal(t, object{"user_id": id, "n": id}, profile(t, s, id))
		}
	})
	t.Run("the later of two with one id counts", func(t *testing.T) {
		s := open(t, Start{Users: []map[string]any{{"user_id": ann, "app_metadata": object{"a": 1.0}}, {"user_id": ann, "n": 2.0}}})(t)
		assert.Equal(t, object{"user_id": ann, "n": 2.0}, profile(t, s, ann))
	})
	t.Run("keys of the profile itself are free", func(t *testing.T) {
		user := object{"user_id": ann, "https://example.com/$claim": object{"a.b": 1.0}}
		assert.Equal(t, user, profile(t, open(t, Start{Users: []map[string]any{user}})(t), ann))
	})
	t.Run("null metadata counts as absent", func(t *testing.T) {
		s := open(t, Start{Users: []map[string]any{{"user_id": ann, "app_metadata": nil, "user_metadata": object(nil)}}})(t)
		assert.Equal(t, object{"user_id": ann}, profile(t, s, ann))
	})
	for _, u := range updates {
		t.Run("created on write/"+u.property, func(t *testing.T) {
			s := open(t, Start{CreateMissing: true})(t)
			want := object{"user_id": ann, u.property: object{"a": 1.0}}
			got, err := u.call(s, t.Context(), ann, object{"a": 1.0, "gone": nil})
			require.NoError(t, err)
			assert.Equal(t, want, got)
			assert.Equal(t, want, profile(t, s, ann))
			_, err = u.call(s, t.Context(), "", object{"a": 1.0})
			require.Error(t, err, "the empty id is no user")
			_, err = u.call(s, t.Context(), "auth0|bob", object{"a.b": 1.0})
			require.Error(t, err)
			_, found, err := s.User(t.Context(), "auth0|bob")
			require.NoError(t, err)
			assert.False(t, found, "a refused update creates nobody")
		})
	}
}

// copies changes every map and array that went in or came out.
func copies(t *testing.T, open opener) {
	for _, u := range updates {
		t.Run(u.property, func(t *testing.T) {
			user := object{"user_id": ann, "identities": []any{object{"provider": "auth0"}}, u.property: object{"list": []any{"a"}}}
			s := open(t, Start{Users: []map[string]any{user}})(t)
			want := object{"user_id": ann, "identities": []any{object{"provider": "auth0"}},
				u.property: object{"list": []any{"a"}, "new": object{"deep": []any{1.0}}}}
			values := object{"new": object{"deep": []any{1.0}}}

			answer, err := u.call(s, t.Context(), ann, values)
			require.NoError(t, err)
			for _, tree := range []any{user, values, answer, profile(t, s, ann)} {
				spoil(tree)
			}
			assert.Equal(t, want, profile(t, s, ann))
		})
	}
}

func contexts(t *testing.T, open opener) {
	before := object{"user_id": ann, "app_metadata": object{"a": 1.0}}
	s := open(t, Start{Users: []map[string]any{before}, CreateMissing: true})(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancelLate()
	for _, u := range updates {
		_, err := u.call(s, ended, ann, object{"b": 1.0})
		require.ErrorIs(t, err, context.Canceled)
		_, err = u.call(s, late, "auth0|bob", object{"b": 1.0})
		require.ErrorIs(t, err, context.DeadlineExceeded)
	}
	_, _, err := s.User(ended, ann)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, before, profile(t, s, ann), "nothing was written, and the store goes on")
}

func profile(t *testing.T, s Store, id string) map[string]any {
	t.Helper()
	user, found, err := s.User(t.Context(), id)
	require.NoError(t, err)
	require.True(t, found, "user %q is not stored", id)
	return user
}

func spoil(tree any) {
	switch tree := tree.(type) {
	case map[string]any:
		for _, value := range tree {
			spoil(value)
		}
		clear(tree)
		tree["spoiled"] = true
	case []any:
		for i := range tree {
			spoil(tree[i])
			tree[i] = "spoiled"
		}
	}
}

// nested is objects in arrays in objects, levels of them.
func nested(levels int) any {
	var tree any = "bottom"
	for i := range levels {
		if i%2 == 0 {
			tree = []any{tree}
		} else {
			tree = object{"n": tree}
		}
	}
	return tree
}

func manyNumbers(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = float64(i) / 3
	}
	return list
}
