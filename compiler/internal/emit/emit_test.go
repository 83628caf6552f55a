package emit_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/emit"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

const rule = `rule "roles"
locals roles, let, i, k, out
mutates lists
let roles = user.app_metadata.roles or []
if not(user.email in {"a", "b"}) and roles.length > 0 {
  deny text("No ", user.email)
  return
} else {
  add "admin" to user.roles unless there
}
set context.idToken["https://x/y"] = toLowerCase(user.email)
set context.accessToken[text("a", k)] = {"a": roles}
default user.app_metadata = {}
delete user.list[0]
mutate roles.push(1, ...roles) -> i
forEach l1: _, ` + "`let`" + ` in filter(roles, r: r) {
  next l1
}
for l4: key k of user.app_metadata {
  leave l4
}
count l6: i from 0 while i < roles.length by -1 {}
block b1 {
  leave b1
}
eval user
log warn "no" ...roles
fail Error "no" with {"code": "x"}
fail TypeError
deny
done user null context missing falsy "0"
persist app user.user_id {"plan": "free"} then {
  done
}
exit call-not-pure "f()"
`

func TestRule(t *testing.T) {
	r, err := ir.Read(rule)
	require.NoError(t, err)
	got, err := emit.Rule(r, "roles.js")
	require.NoError(t, err)
	assert.Equal(t, "roles", got.Name)
	assert.Equal(t, "roles.js", got.File)
	assert.True(t, got.MutatesLists)
	assert.Equal(t, []string{"roles", "let2", "i", "k", "out"}, got.Locals)

	var paths, texts []string
	for _, p := range got.Paths {
		paths = append(paths, p.Name)
	}
	assert.Equal(t, []string{"user.app_metadata.roles", "user.email", "user.app_metadata", "user", "user.user_id"}, paths)
	assert.Equal(t, program.Path{Name: "user.email", Root: "user", Keys: []string{"email"}}, got.Paths[1])
	for _, e := range got.Exprs {
		texts = append(texts, e.Expr)
		assert.NotEmpty(t, e.CEL)
		assert.NotZero(t, e.At.Line)
		for i, mark := range e.ExprMarks {
			assert.NotZero(t, mark.At.Line)
			assert.True(t, i == 0 || e.ExprMarks[i-1].Offset < mark.Offset)
		}
	}
	assert.Equal(t, []string{
		`truthy(user.app_metadata.roles) ? user.app_metadata.roles : []`,
		`user.email not in ["a", "b"] && roles.length > 0`, `text("No ", user.email)`, `"admin"`,
		`toLowerCase(user.email)`, `text("a", k)`, `{"a": roles}`, `{}`, `1`, `roles`, `filter(roles, truthy(#))`, `user.app_metadata`,
		`0`, `i < roles.length`, `user`, `"no"`, `roles`, `"no"`, `"x"`, `user.user_id`, `{"plan": "free"}`,
	}, texts)
	assert.True(t, got.Exprs[1].Test)
	assert.True(t, got.Exprs[13].Test)
	assert.False(t, got.Exprs[0].Fresh)
	assert.True(t, got.Exprs[10].Fresh)
	assert.Equal(t, []int{1}, got.Exprs[1].Paths)
	assert.Equal(t, []int{0}, got.Exprs[1].Locals)
	assert.Equal(t, program.Pos{Line: 4, Column: 13}, got.Exprs[0].At)

	at := func(line int) program.Pos { return program.Pos{Line: line, Column: 1} }
	inner := func(line int) program.Pos { return program.Pos{Line: line, Column: 3} }
	want := []program.Step{
		&program.Let{At: at(4), Local: 0, Value: 0},
		&program.If{At: at(5), Cond: 1, Then: []program.Step{&program.Deny{At: inner(6), Message: 2}, &program.Return{At: inner(7)}},
			Else: []program.Step{&program.AddUnless{At: inner(9), Target: place("user", "roles"), Value: 3}}},
		&program.Set{At: at(11), Target: place("context", "idToken", "https://x/y"), Value: 4},
		&program.Set{At: at(12), Value: 6, Target: program.Place{Root: "context", Local: program.None,
			Keys: []program.Key{{Name: "accessToken", Expr: program.None}, {Expr: 5}}}},
		&program.Default{At: at(13), Target: place("user", "app_metadata"), Value: 7},
		&program.Delete{At: at(14), Target: place("user", "list", "0")},
		&program.Mutate{At: at(15), Method: "push", Target: program.Place{Local: 0}, Args: []program.Arg{{Expr: 8}, {Expr: 9, Spread: true}}, Result: 2},
		&program.For{At: at(16), Label: "l1", Item: program.None, Index: 1, List: 10, Fixed: true, Body: []program.Step{&program.Next{Label: "l1"}}},
		&program.ForKeys{At: at(19), Label: "l4", Key: 3, Object: 11, Body: []program.Step{&program.Leave{Label: "l4"}}},
		&program.Count{At: at(22), Label: "l6", Local: 2, From: 12, While: 13, By: -1},
		&program.Block{At: at(23), Label: "b1", Body: []program.Step{&program.Leave{Label: "b1"}}},
		&program.Eval{At: at(26), X: 14},
		&program.Log{At: at(27), Level: "warn", Args: []program.Arg{{Expr: 15}, {Expr: 16, Spread: true}}},
		&program.Fail{At: at(28), Name: "Error", Message: 17, Fields: []program.Field{{Name: "code", Value: 18}}},
		&program.Fail{At: at(29), Name: "TypeError", Message: program.None},
		&program.Deny{At: at(30), Message: program.None},
		&program.Done{At: at(31), User: program.Dropped, Context: program.Missing, Falsy: "0"},
		&program.Persist{At: at(32), Target: "app", UserID: 19, Values: 20, Then: []program.Step{&program.Done{At: inner(33)}}, Style: "then"},
		&program.Exit{At: at(35), Code: "call-not-pure"},
	}
	assert.Equal(t, asText(t, want), asText(t, got.Steps))

	_, err = exprvm.Compile(got)
	require.NoError(t, err)
}

func place(root string, keys ...string) program.Place {
	made := program.Place{Root: root, Local: program.None}
	for _, key := range keys {
		made.Keys = append(made.Keys, program.Key{Name: key, Expr: program.None})
	}
	return made
}

func asText(t *testing.T, steps []program.Step) string {
	text, err := json.MarshalIndent(steps, "", " ")
	require.NoError(t, err)
	return string(text)
}

// TestFresh: an array that something else refers to is not fresh.
func TestFresh(t *testing.T) {
	for text, want := range map[string]bool{
		`1`: true, `[user.a]`: true, `{}`: true, `user.a`: false, `roles`: false, `user`: false, `(user.a).b`: false, `not(user.a)`: true,
		`user.a in {1}`: true, `toLowerCase(user.a)`: true, `split(user.a, ",")`: true, `get(user.a, 1)`: false, `user.a and []`: true,
		`[] and user.a`: false, `user.a or []`: false, `[] or []`: true, `user.a ?? []`: false, `(if user.a then [] else 1)`: true,
		`(if user.a then [] else user.b)`: false, `(user.a ?. x: [x])`: true, `(user.a ?. x: x.b)`: false, `filter(user.a, x: x)`: true,
		`map(user.a, x: x)`: true, `find(user.a, x: x)`: false, `some(user.a, x: x)`: true, `findIndex(user.a, x: x)`: true,
	} {
		e, err := ir.ReadExpr(text)
		require.NoError(t, err, text)
		got, err := emit.Rule(&ir.Rule{Locals: []string{"roles"}, Steps: []ir.Step{&ir.Eval{At: e.Span(), X: e}}}, "")
		require.NoError(t, err, text)
		assert.Equal(t, want, got.Exprs[0].Fresh, text)
	}
}

func TestInvalid(t *testing.T) {
	for _, text := range []string{`eval unknown`, `eval foo(1)`, `eval truthy()`, `let unknown = 1`, `fail Error with {...user.a}`} {
		r, err := ir.Read(text)
		require.NoError(t, err, text)
		_, err = emit.Rule(r, "")
		assert.ErrorContains(t, err, "internal error", text)
	}
}
