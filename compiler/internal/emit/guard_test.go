package emit_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/emit"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

func TestGuards(t *testing.T) {
	const (
		leaves = " {\n  done\n  return\n}\nset user.a = 1\ndone\n"
		does   = " {\n  set user.a = 1\n}\ndone\n"
	)
	only := func(key string, values ...string) []program.Guard {
		return []program.Guard{{Key: key, Values: values}}
	}
	except := func(key string, values ...string) []program.Guard {
		return []program.Guard{{Key: key, Values: values, Except: true}}
	}
	cases := []struct {
		name, steps string
		want        []program.Guard
	}{
		{"leaves unless it is", `if not(context.clientID == "a")` + leaves, except("clientID", "a")},
		{"leaves if it is", `if context.clientID == "a"` + leaves, only("clientID", "a")},
		{"does if it is", `if "a" == context.clientID` + does, except("clientID", "a")},
		{"does unless it is", `if not(context.clientID == "a")` + does, only("clientID", "a")},
		{"a list", `if not(context.connection in {"a", "b"})` + leaves, except("connection", "a", "b")},
		{"a list with null", `if not(context.connection in {"a", null})` + leaves, nil},
		{"one or another", `if context.protocol == "a" or context.protocol == "b"` + leaves, only("protocol", "a", "b")},
		{"neither", `if not(context.protocol == "a") and not(context.protocol == "b")` + leaves, except("protocol", "a", "b")},
		{"first the property", `if not(context.protocol == "a") or user.x.y` + leaves, except("protocol", "a")},
		{"first something else", `if user.x.y or not(context.protocol == "a")` + leaves, nil},
		{"both", `if context.protocol == "a" and user.x` + does, except("protocol", "a")},
		{"two properties", `if not(context.clientID == "a") or not(context.connection == "b")` + leaves, except("clientID", "a")},
		{"through a variable", "locals id\nlet id = context.clientID\nif not(id == \"a\")" + leaves, except("clientID", "a")},
		{"behind a read", "locals id\nlet id = user.x.y\nif not(context.clientID == \"a\")" + leaves, nil},
		{"two guards", "if context.clientID == \"a\" {\n  done\n  return\n}\nif context.clientID == \"b\"" + leaves, only("clientID", "a", "b")},
		{"falsy", `if not(context.clientID)` + leaves, nil},
		{"a deeper property", `if not(context.request.ip == "a")` + leaves, nil},
		{"of the user", `if not(user.email == "a")` + leaves, nil},
		{"a name that objects have", `if not(context.constructor == "a")` + leaves, nil},
		{"a number", `if not(context.clientID == 1)` + leaves, nil},
		{"log", "if not(context.clientID == \"a\") {\n  log log \"x\"\n  done\n  return\n}\nset user.a = 1\ndone\n", nil},
		{"no callback", "if not(context.clientID == \"a\") {\n  return\n}\nset user.a = 1\ndone\n", nil},
		{"called twice", "if not(context.clientID == \"a\") {\n  done\n  done\n  return\n}\nset user.a = 1\ndone\n", nil},
		{"dropped", "if not(context.clientID == \"a\") {\n  done user null\n  return\n}\nset user.a = 1\ndone\n", nil},
		{"a block", "block b1 {\n  if not(context.clientID == \"a\") {\n    leave b1\n  }\n  set user.a = 1\n}\ndone\n", except("clientID", "a")},
		{"always", "done\n", nil},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			r, err := ir.Read("rule \"r\"\n" + tt.steps)
			require.NoError(t, err)
			got, err := emit.Rule(r, "r.js")
			require.NoError(t, err)
			assert.Equal(t, tt.want, got.Guards)
			text, err := json.Marshal(got)
			require.NoError(t, err)
			var again program.Rule
			require.NoError(t, json.Unmarshal(text, &again))
			assert.Equal(t, got, &again)
		})
	}
}
