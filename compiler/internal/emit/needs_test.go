package emit_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/emit"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

func TestNeeds(t *testing.T) {
	for text, want := range map[string]string{
		``:                                                   "",
		`eval user.a`:                                        "user.a?",
		`deny user.a.b`:                                      "user.a.b",
		`deny (user.a and user.a.b)`:                         "user.a? user.a.b",
		`deny (user.a or {})`:                                "user.a",
		`deny (user.a or {}).b`:                              "user.a.b",
		`deny (user.a ?? user.b).c`:                          "user.a.c user.b.c",
		`deny (user.a)[user.k]`:                              "user.a user.k",
		`deny (user.a ?. x: x.b)`:                            "user.a? user.a.b",
		`deny (user.a ?. x: (x.b ?. y: y.c))`:                "user.a? user.a.b? user.a.b.c",
		`deny (user.a ?. x: [x])`:                            "user.a? user.a",
		`deny (if user.a then user.b else context.c)`:        "user.a? user.b context.c",
		`deny (user.a == "x")`:                               "user.a?",
		`deny (user.a == user.b)`:                            "user.a user.b",
		`deny (isArray(user.a) and typeof(user.b))`:          "user.a? user.b?",
		`deny some(user.a, x: x.b == user.c)`:                "user.a user.c",
		`deny user`:                                          "user",
		`deny keys(user.a)`:                                  "user.a",
		`deny (user.a).length`:                               "user.a.length",
		"locals m\nlet m = user.a or {}\ndeny m.b":           "user.a? user.a.b",
		"locals m\nlet m = user.a or {}\ndeny m":             "user.a? user.a",
		"locals m\nlet m = user.a or {}\nset m.b = 1":        "user.a? user.a.b?",
		"locals m\nlet m = user.a\nlet m = user.b\ndeny m.c": "user.a user.b",
		"locals m\nfor l: m in user.a { deny m.b }":          "user.a",
		`set user.a.b = 1`:                                   "user.a.b?",
		`set user.a.b = user.c`:                              "user.a.b user.c",
		`set user.a.b = {}`:                                  "user.a.b",
		`set user.a[user.k].c = 1`:                           "user.k user.a",
		`default user.a = {}`:                                "user.a?",
		`delete user.a.b`:                                    "user.a.b?",
		`append user.a "x"`:                                  "user.a",
		`add "x" to user.a.b unless there`:                   "user.a.b",
		`if user.a { set context.b = "c" }`:                  "user.a? context.b?",
		`log warn user.a ...user.b`:                          "user.a user.b",
		`persist app user.user_id {"a": user.a} then { deny user.b }`: "user.user_id user.a user.b",
	} {
		r, err := ir.Read("rule \"r\"\n" + text + "\n")
		if !assert.NoError(t, err, text) {
			continue
		}
		got, err := emit.Rule(r, "")
		require.NoError(t, err, text)
		assert.True(t, got.Projects)
		assert.Equal(t, want, strings.ReplaceAll(got.Needs, "\n", " "), text)
	}
}
