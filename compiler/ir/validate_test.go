package ir_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestValidate(t *testing.T) {
	cases := []struct{ in, want string }{
		{"let x = 1", `1:1: "x" is no variable of the rule`},
		{"eval x", `1:6: "x" is no variable of the rule`},
		{"locals a, a", `0:0: two variables are called a`},
		{"locals `user`", `0:0: "user" is no name for a variable`},
		{"locals ``", `0:0: "" is no name for a variable`},
		{"locals a\neval some(user.x, a: a)", `2:6: "a" is no name for an item variable here`},
		{"eval some(user.x, g: some(g, g: g))", `1:22: "g" is no name for an item variable here`},
		{"eval some(user.x, `user`: 1)", `1:6: "user" is no name for an item variable here`},
		{"leave l1", `1:1: no block or loop around is called l1`},
		{"block l1 {\n  next l1\n}", `2:3: no loop around is called l1`},
		{"block l1 {}\nblock l1 {}", `2:1: two blocks or loops are called l1`},
		{"block `` {}", `1:1: a label is empty`},
		{"block l1 {\n  persist app 1 2 then {\n    leave l1\n  }\n}", `3:5: no block or loop around is called l1`},
		{"for l1: x in user.x {}", `1:1: "x" is no variable of the rule`},
		{"for l1: key x of user.x {}", `1:1: "x" is no variable of the rule`},
		{"locals x\ncount l1: x from 0 while 1 by 0 {}", `2:1: a loop's step is 0`},
		{"set user = 1", `1:5: a place has too few keys`},
		{"locals x\nset x = 1", `2:5: a place has too few keys`},
		{"append user 1", `1:8: a place has too few keys`},
		{"append user.x 1", `1:1: push changes an array, but MutatesLists is not set`},
		{"add 1 to user.x unless there", `1:1: a value is added to an array, but MutatesLists is not set`},
		{"locals x\nappend x.y 1", `2:1: push changes an array, but MutatesLists is not set`},
		{"locals x\nmutate x.`a b`()", `2:1: "a b" is no method`},
		{"log loud", `1:1: "loud" is no level of the console`},
		{"fail value", `1:1: a failure with a value has a message and no fields`},
		{"fail value 1 with {\"a\": 1}", `1:1: a failure with a value has a message and no fields`},
		{"exit unheard", `1:1: "unheard" is no code of an exit`},
		{"exit syntax-error", `1:1: "syntax-error" is no code of an exit`},
		{"eval /a/", `1:1: a regular expression is no argument of a function`},
		{"eval test(/a/m, 1)", `1:11: a regular expression has the flags "m"`},
		{"eval `a b`(1)", `1:6: "a b" is no function`},
		{"eval toLowerCase()", `1:6: toLowerCase is called with 0 arguments`},
		{"eval user in {1, 1}", `1:6: 1 is twice in a set`},
		{"eval user in {NaN}", `1:6: NaN is in a set`},
		{"eval user in {undefined}", `1:6: {} is in a set`},
		{`eval "\xff"`, `1:6: "\xff" is no constant`},
	}
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			r, err := ir.Read(c.in)
			require.NoError(t, err)
			assert.EqualError(t, ir.Validate(r), c.want)
		})
	}
}

// TestValidateOwnLists holds that a variable's own array may be changed in any rule.
func TestValidateOwnLists(t *testing.T) {
	r, err := ir.Read("locals x\nlet x = []\nappend x 1\nadd 2 to x unless there\nset x[0] = 3\nmutate x.sort()\nmutate x.y.add(1)")
	require.NoError(t, err)
	assert.NoError(t, ir.Validate(r))
}

// TestValidateTrees is about what no text stands for.
func TestValidateTrees(t *testing.T) {
	at := source.Span{Start: source.Pos{Line: 1, Column: 1}}
	place := ir.Place{At: at, Base: &ir.Root{At: at, Name: "user"}, Keys: []ir.Expr{&ir.Const{At: at, Value: "x"}}}
	null := &ir.Const{At: at}
	cases := []struct {
		want string
		step ir.Step
	}{
		{"a step is nil", nil},
		{"*ir.Return has no span", &ir.Return{}},
		{"an expression is nil", &ir.Eval{At: at}},
		{"*ir.Const has no span", &ir.Eval{At: at, X: &ir.Const{}}},
		{"ir.Place has no span", &ir.Delete{At: at, Target: ir.Place{Base: place.Base, Keys: place.Keys}}},
		{"a place starts at *ir.Const", &ir.Delete{At: at, Target: ir.Place{At: at, Base: null, Keys: place.Keys}}},
		{"1 is no constant", &ir.Eval{At: at, X: &ir.Const{At: at, Value: 1}}},
		{`"global" is neither user nor context`, &ir.Eval{At: at, X: &ir.Root{At: at, Name: "global"}}},
		{"a path has no keys", &ir.Eval{At: at, X: &ir.Path{At: at, Root: "user"}}},
		{`"g" is no item variable here`, &ir.Eval{At: at, X: &ir.ItemVar{At: at, Name: "g"}}},
		{"an unknown kind of Each", &ir.Eval{At: at, X: &ir.Each{At: at, List: null, Item: "g", Body: null}}},
		{`"\xff" is no key`, &ir.Eval{At: at, X: &ir.Path{At: at, Root: "user", Keys: []string{"\xff"}}}},
		{"an unknown pass", &ir.Done{At: at, User: 7}},
		{"await is a style of its own", &ir.Persist{At: at, Target: "app", Style: "then", Await: true, UserID: null, Values: null}},
		{`"" is no way to wait for an answer`, &ir.Persist{At: at, Target: "app", UserID: null, Values: null}},
		{`metadata is called app or user, not "x"`, &ir.Persist{At: at, Target: "x", UserID: null, Values: null}},
		{"steps follow a write that nobody waits for", &ir.Persist{At: at, Target: "app", Style: "none", UserID: null, Values: null, Then: []ir.Step{&ir.Return{At: at}}}},
		{"the note of an exit is no UTF-8 text", &ir.Exit{At: at, Code: "waits", Note: "\xff"}},
	}
	for _, c := range cases {
		t.Run(c.want, func(t *testing.T) {
			err := ir.Validate(&ir.Rule{Steps: []ir.Step{c.step}})
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
		})
	}
}

func TestExitsAndEnds(t *testing.T) {
	r, err := ir.Read(`
if user.a {
  exit waits "first"
  exit timer
} else {
  exit throws "second"
}
exit timer`)
	require.NoError(t, err)
	notes := func(exits []*ir.Exit) (all []string) {
		for _, e := range exits {
			all = append(all, e.Note)
		}
		return all
	}
	assert.Equal(t, []string{"first", "second"}, notes(ir.Exits(r)))

	cases := []struct {
		in   string
		ends bool
		want int
	}{
		{"done", false, 0},
		{"return\nexit waits", true, 0},
		{"if user.a {\n  return\n}\nexit waits", true, 1},
		{"if true {\n  return\n}\nexit waits", true, 0},
		{"if false {\n  exit waits\n} else {\n  exit waits\n}", true, 1},
		{"block b {\n  if user.a {\n    leave b\n  }\n  exit waits\n}\nexit timer", true, 2},
		{"block b {\n  exit waits\n}\nexit timer", true, 1},
		{"block b {\n  block c {\n    if user.a {\n      leave b\n    } else {\n      leave c\n    }\n  }\n  return\n}\nexit timer", true, 1},
		{"for l1: _ in user.x {\n  next l1\n  exit waits\n}\nexit timer", true, 1},
		{"for l1: _ in user.x {\n  exit waits\n}", false, 1},
		{"for l1: key _ of user.x {\n  exit waits\n}", false, 1},
		{"count l1: i from 0 while i by 1 {\n  exit waits\n}", false, 1},
		{"persist app 1 2 then {\n  exit waits\n}\nexit timer", true, 2},
		{"block b {\n  for l1: _ in user.x {\n    leave b\n  }\n  return\n}\nexit timer", true, 1},
	}
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			r, err := ir.Read(c.in)
			require.NoError(t, err)
			assert.Equal(t, c.ends, ir.Ends(r.Steps))
			assert.Len(t, ir.Exits(r), c.want)
		})
	}
}

func TestTypeOf(t *testing.T) {
	cases := []struct {
		in   string
		want ir.Type
	}{
		{"null", ir.NullType}, {"undefined", ir.UndefinedType}, {"true", ir.BoolType}, {"1", ir.NumberType}, {`""`, ir.StringType},
		{"user", ir.AnyType}, {"user.a", ir.AnyType}, {"x", ir.AnyType}, {"x[0]", ir.AnyType},
		{"not(x)", ir.BoolType}, {"x in {1}", ir.BoolType}, {"x == y", ir.BoolType}, {"toLowerCase(x)", ir.StringType}, {"floor(x)", ir.NumberType},
		{"split(x, y)", ir.NewListType}, {"unheardOf(x)", ir.AnyType},
		{"[x]", ir.NewListType}, {"{}", ir.NewObjectType},
		{"not(x) and not(y)", ir.BoolType}, {"x and not(y)", ir.AnyType}, {`"a" and 1`, ir.NumberType}, {"[] and 1", ir.NumberType}, {"0 and 1", ir.NumberType},
		{"not(x) or not(y)", ir.BoolType}, {"x or {}", ir.AnyType}, {"[] or {}", ir.AnyType}, {"null or {}", ir.NewObjectType}, {`"" or 1`, ir.NumberType},
		{"null ?? 1", ir.NumberType}, {"x ?? 1", ir.AnyType}, {"{} ?? 1", ir.NewObjectType},
		{"(if x then 1 else 2)", ir.NumberType}, {"(if x then 1 else y)", ir.AnyType},
		{"(x ?. i: undefined)", ir.UndefinedType}, {"(x ?. i: 1)", ir.AnyType},
		{"some(x, g: g)", ir.BoolType}, {"every(x, g: g)", ir.BoolType}, {"find(x, g: g)", ir.AnyType}, {"findIndex(x, g: g)", ir.NumberType},
		{"filter(x, g: g)", ir.NewListType}, {"map(x, g: g)", ir.NewListType},
	}
	for _, c := range cases {
		e, err := ir.ReadExpr(c.in)
		require.NoError(t, err)
		assert.Equal(t, c.want, ir.TypeOf(e), c.in)
	}
	assert.Equal(t, "new list", ir.NewListType.String())
	assert.True(t, ir.NullType.Primitive())
	assert.False(t, ir.AnyType.Primitive())
}

func TestTotal(t *testing.T) {
	total := []string{
		"user", "x", "1", "not(x)", "x and y", "x ?? 1", "x == y", "typeof(x)", "isArray(x)", "x in {1}", "[x, ...[y]]", "{\"a\": x, ...y, [typeof(x)]: 1}",
		"(if x then y else 1)", "(x ?. i: i)", "text(1, typeof(x))", "1 < 2", "toLowerCase(typeof(x))", "some([x], g: g)",
	}
	partial := []string{
		"user.a", "x.a", "[...x]", "{[x]: 1}", "text(x)", "add(x, 1)", "x < 1", "toLowerCase(x)", "equal(x, 1)", "some(x, g: g)", "some([x], g: g.a)",
		"x and user.a", "(x ?. i: i.a)", "unheardOf()", "[user.a]", "includes(x, 1)",
	}
	for i, list := range [][]string{total, partial} {
		for _, text := range list {
			e, err := ir.ReadExpr(text)
			require.NoError(t, err)
			assert.Equal(t, i == 0, ir.Total(e), text)
		}
	}
}

func TestConstants(t *testing.T) {
	read := func(text string) ir.Expr {
		e, err := ir.ReadExpr(text)
		require.NoError(t, err)
		return e
	}
	values, ok := ir.Constants(read(`["a", 1, null]`))
	assert.True(t, ok)
	assert.Equal(t, []any{"a", 1.0, nil}, values)
	for _, text := range []string{"[x]", "[...[]]", "x"} {
		_, ok := ir.Constants(read(text))
		assert.False(t, ok, text)
	}
	s, ok := ir.ConstString(read(`"a"`))
	assert.Equal(t, "a", s)
	assert.True(t, ok)
	_, ok = ir.ConstString(read("x"))
	assert.False(t, ok)
	n, ok := ir.ConstNumber(read("2"))
	assert.Equal(t, 2.0, n)
	assert.True(t, ok)
	_, ok = ir.ConstNumber(read("x"))
	assert.False(t, ok)
	for text, want := range map[string]bool{"null": false, "undefined": false, "0": false, "-0": false, "NaN": false, `""`: false, "false": false, "true": true, `"0"`: true, "-1": true} {
		assert.Equal(t, want, read(text).(*ir.Const).Truthy(), text)
	}
	assert.True(t, ir.EqualConst(math.NaN(), math.NaN()))
	assert.False(t, ir.EqualConst(0.0, math.Copysign(0, -1)))
	assert.False(t, ir.EqualConst(0.0, "0"))
	assert.True(t, ir.EqualConst(jsvalue.Undefined, jsvalue.Undefined))
	assert.False(t, ir.EqualConst(jsvalue.Undefined, nil))
}
