package simplify_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/simplify"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// form is a rule's steps before and after; want "same" means that they stay as they are.
type form struct{ name, in, want string }

func check(t *testing.T, forms []form) {
	for _, c := range forms {
		t.Run(c.name, func(t *testing.T) {
			r, err := ir.Read("locals a, b, c, r\nmutates lists\n" + c.in)
			require.NoError(t, err)
			require.NoError(t, ir.Validate(r))
			want := c.want
			if want == "same" {
				want = c.in
			}
			wanted, err := ir.Read(want)
			require.NoError(t, err)
			got := simplify.Rule(r)
			assert.Equal(t, ir.PrintSteps(wanted.Steps), ir.PrintSteps(got.Steps))
			assert.NoError(t, ir.Validate(got))
			assert.Same(t, got, simplify.Rule(got))
		})
	}
}

// value is an expression before and after, as it is stored.
type value struct{ in, want string }

func checkValues(t *testing.T, values []value) {
	forms := make([]form, len(values))
	for i, v := range values {
		forms[i] = form{v.in, "set user.v = " + v.in, "set user.v = " + v.want}
	}
	check(t, forms)
}

func TestFold(t *testing.T) {
	checkValues(t, []value{
		{`not("")`, `true`},
		{`not(not(user.x))`, `not(not(user.x))`},
		{`not(not(user.x == 1))`, `user.x == 1`},
		{`not([])`, `false`},
		{`not([user.x])`, `not([user.x])`},
		{`1 and user.x`, `user.x`},
		{`0 and user.x`, `0`},
		{`{} and user.x`, `user.x`},
		{`"" or user.x`, `user.x`},
		{`"a" or user.x`, `"a"`},
		{`user.x or ""`, `user.x or ""`},
		{`null ?? user.x`, `user.x`},
		{`undefined ?? 1`, `1`},
		{`0 ?? user.x`, `0`},
		{`{} ?? user.x`, `{}`},
		{`user.x ?? 1`, `user.x ?? 1`},
		{`(if 1 then user.x else user.y)`, `user.x`},
		{`(if null then user.x else user.y)`, `user.y`},
		{`(if user.x then true else false)`, `truthy(user.x)`},
		{`(if user.x == 1 then true else false)`, `user.x == 1`},
		{`(if user.x then false else true)`, `not(user.x)`},
		{`(if not(user.x) then 1 else 2)`, `(if user.x then 2 else 1)`},
		{`(if user.x then 1 else 1)`, `(if user.x then 1 else 1)`},
		{`(if user then user.x else user.x)`, `user.x`},
		{`(if user.x or false then 1 else 2)`, `(if user.x then 1 else 2)`},
		{`(if user.x and 1 then 1 else 2)`, `(if user.x then 1 else 2)`},
		{`(null ?. i: i.x)`, `undefined`},
		{`(user.x ?. i: i.x)`, `(user.x ?. i: i.x)`},
		{`"a" in {"a", "b"}`, `true`},
		{`NaN in {"a", 1}`, `false`},
		{`-0 in {0}`, `true`},
		{`user in {}`, `false`},
		{`user.x in {}`, `user.x in {}`},
		{`some([], g: g)`, `false`},
		{`every([], g: g)`, `true`},
		{`find([], g: g)`, `undefined`},
		{`findIndex([], g: g)`, `-1`},
		{`filter([], g: g)`, `[]`},
		{`map([], g: g)`, `[]`},
		{`some(user.x, g: g == 1 or 0)`, `some(user.x, g: g == 1)`},
		{`map(user.x, g: g == 1 or 0)`, `map(user.x, g: g == 1 or 0)`},

		{`"a" == "b"`, `false`},
		{`0 == -0`, `true`},
		{`NaN == NaN`, `false`},
		{`null == undefined`, `false`},
		{`[] == []`, `false`},
		{`typeof(null)`, `"object"`},
		{`typeof(undefined)`, `"undefined"`},
		{`typeof(1)`, `"number"`},
		{`typeof("")`, `"string"`},
		{`typeof(true)`, `"boolean"`},
		{`typeof([1])`, `"object"`},
		{`isNullish(null)`, `true`},
		{`isArray([1])`, `true`},
		{`truthy("a")`, `true`},
		{`truthy(user.x == 1)`, `user.x == 1`},
		{`String(text(user.x, "a"))`, `text(user.x, "a")`},

		{`text("a", "b", user.x, text("c", user.y), "", null)`, `text("ab", user.x, "c", user.y, null)`},
		{`text("a")`, `"a"`},
		{`text(null)`, `"null"`},
		{`text(undefined, true)`, `"undefinedtrue"`},
		{`text("", user.x)`, `text(user.x)`},
		{`text()`, `""`},
		{`add("https://x/", "role")`, `"https://x/role"`},
		{`add(add(user.x, "a"), "b")`, `add(user.x, "ab")`},
		{`add(add("a", user.x), "b")`, `add(add("a", user.x), "b")`},
		{`add(add(user.x, 1), 2)`, `add(add(user.x, 1), 2)`},

		{`("abc").length`, `3`},
		{`("a𝒳").length`, `3`},
		{`["a", "b"][1]`, `"b"`},
		{`["a", "b"].length`, `2`},
		{`["a", "b"][2]`, `["a", "b"][2]`},
		{`["a", ...user.x][0]`, `["a", ...user.x][0]`},
		{`["a", user.x][0]`, `["a", user.x][0]`},
		{`{"a": 1, "b": 2, "a": 3}["a"]`, `3`},
		{`{"a": 1, 2: 5}["2"]`, `5`},
		{`{"a": 1}.b`, `{"a": 1}.b`},
		{`{"a": 1, ...user.x}.a`, `{"a": 1, ...user.x}.a`},
		{`{"a": 1, "__proto__": null}.a`, `{"a": 1, "__proto__": null}.a`},
		{`(user).email`, `user.email`},
		{`(user.x).email`, `user.x.email`},
		{`(user.x).length`, `(user.x).length`},
		{`user.x[0]`, `user.x[0]`},
	})
}

func TestFoldLibrary(t *testing.T) {
	checkValues(t, []value{
		{`toLowerCase("ABC")`, `"abc"`},
		{`join(["a", "b"], "-")`, `"a-b"`},
		{`add(1, 2)`, `3`},
		{`1 < 2`, `true`},
		{`floor(1.5)`, `1`},
		{`encodeURIComponent("a b")`, `"a%20b"`},
		{`indexOf("abc", "c")`, `2`},
		{`toLowerCase(null)`, `toLowerCase(null)`}, // throws
		{`split("a,b", ",")`, `split("a,b", ",")`}, // no primitive value
		{`split(user.x, ",", undefined)`, `split(user.x, ",")`},
		{`includes(user.x, undefined)`, `includes(user.x, undefined)`},
		{`repeat("a", 100000)`, `repeat("a", 100000)`},   // large
		{`dateNow()`, `dateNow()`},                       // of the run
		{`toLowerCase(user.x)`, `toLowerCase(user.x)`},   // of the login
		{`unknownFunction("a")`, `unknownFunction("a")`}, // of nobody
		{`decodeURIComponent("%")`, `decodeURIComponent("%")`},
	})
}

func TestPropagate(t *testing.T) {
	check(t, []form{
		{"constant", "let a = \"x\"\nset user.p = a\nset user.q = a", "set user.p = \"x\"\nset user.q = \"x\""},
		{"key", "let a = \"https://x/\"\nset context.idToken[add(a, \"role\")] = 1", "set context.idToken[\"https://x/role\"] = 1"},
		{"never given", "set user.p = a", "set user.p = undefined"},
		{"two values", "let a = 1\nif user.x {\n  let a = user.y\n  log info a\n}\nset user.p = a", "same"},
		{"in a branch", "if user.x {\n  let a = 1\n  log info\n}\nset user.p = a", "same"},
		{"read before", "set user.p = a\nlet a = 1", "same"},
		{"root", "let a = user\nset a.x = a.y\nset a.z = a.y.z", "set user.x = user.y\nset user.z = user.y.z"},
		{"two names", "let a = user.x\nlet b = a\nset b.y = b.z\nset a.z = 1", "let a = user.x\nset a.y = a.z\nset a.z = 1"},
		{"two names and a continuation", "let a = user.x\nlet b = a\nset b.y = b.z\nset a.z = b\npersist app user.id {} then {\n  log info b\n}", "same"},
		{"table", "let a = {\"k\": \"v\", \"l\": {\"m\": 2}}\nset user.p = a.k\nset user.q = a.l.m", "set user.p = \"v\"\nset user.q = 2"},
		{"table by a path", "let a = {\"k\": \"v\"}\nset user.p = a[context.clientID]\nset user.q = a.k", "set user.p = {\"k\": \"v\"}[context.clientID]\nset user.q = \"v\""},
		{"table that is changed", "let a = {\"k\": \"v\"}\nset a.k = user.x\nset user.q = a.k", "same"},
		{"table that is kept", "let a = {\"k\": \"v\"}\nset user.a = a\nset user.a.k = 1\nset user.q = a.k", "same"},
		{"table whose part is kept", "let a = {\"k\": {\"l\": 1}}\nset user.a = a.k\nset user.a.l = 2\nset user.q = a.k.l", "same"},
		{"table of which any part is kept", "let a = {\"k\": {\"l\": 1}}\nset user.q = a.k.l\nset user.p = a[user.x]", "same"},
		{"absent key", "let a = {\"k\": \"v\"}\nset user.p = a.l\nset user.q = a.m", "same"},
		{"length", "let a = [\"x\", \"y\"]\nset user.p = a.length\nset user.q = a[1]", "set user.p = 2\nset user.q = \"y\""},
	})
}

func TestInline(t *testing.T) {
	check(t, []form{
		{"condition", "let a = split(user.email, \"@\")[1]\nif a == \"x\" {\n  deny\n}", "if split(user.email, \"@\")[1] == \"x\" {\n  deny\n}"},
		{"chain", "let a = user.x\nlet b = user.y\nset user.z = add(b, a)", "set user.z = add(user.y, user.x)"},
		{"of each other", "let a = user.x\nlet b = toLowerCase(a)\nset user.z = b", "set user.z = toLowerCase(user.x)"},
		{"of what changes between", "let b = user.x\nlet a = add(b, 1)\nlet b = user.y\nset user.z = [a, b, b]", "same"},
		{"read twice", "let a = user.x.y\nset user.z = add(a, a)", "same"},
		{"read in the body", "let a = user.x.y\nif user.z {\n  set user.z = a\n}", "same"},
		{"written between", "let a = user.x.y\nset user.x = 1\nset user.z = a", "same"},
		{"written in the same step", "let a = user.x.y\nset user.x.y = [a]", "set user.x.y = [user.x.y]"},
		{"behind and", "let a = user.x.y\nif user.z and a {\n  deny\n}", "same"},
		{"before and", "let a = user.x.y\nif a and user.z {\n  deny\n}", "if user.x.y and user.z {\n  deny\n}"},
		{"harmless behind and", "let a = not(user)\nif user.z and a {\n  deny\n}", "if user.z and not(user) {\n  deny\n}"},
		{"of each item", "let a = user.x.y\nset user.z = some(user.l, g: g == a)", "same"},
		{"the list", "let a = user.x.y\nset user.z = some(a, g: g == 1)", "set user.z = some(user.x.y, g: g == 1)"},
		{"default", "let a = user.x.y\ndefault user.z = a", "same"},
		{"harmless default", "let a = {}\ndefault user.z = a", "default user.z = {}"},
		{"loop", "let a = user.x.y\nfor l1: r in a {\n  log info r\n}", "for l1: r in user.x.y {\n  log info r\n}"},
		{"count", "let a = user.x.y\ncount l1: r from 0 while r < a by 1 {\n  log info r\n}", "same"},
		{"changed", "let a = []\nappend a 1\nset user.z = a", "same"},
		{"item of an optional chain", "let a = some(user.l, g: g)\nset user.z = (user.x ?. it: a)", "same"},
	})
}

func TestGuards(t *testing.T) {
	check(t, []form{
		{"of three", "if user.x and (user.y and user.z) or (user.a or user.b) {\n  deny\n}", "if user.x and user.y and user.z or user.a or user.b {\n  deny\n}"},
		{"true", "if \"a\" {\n  deny\n} else {\n  done\n}", "deny"},
		{"false", "if 0 {\n  deny\n} else {\n  done\n}", "done"},
		{"empty", "if user.x {}", "eval user.x"},
		{"empty and harmless", "if user {}", ""},
		{"empty then", "if user.x {} else {\n  done\n}", "if not(user.x) {\n  done\n}"},
		{"nested", "if user.x {\n  if user.y {\n    if user.z {\n      deny\n    }\n  }\n}", "if user.x and user.y and user.z {\n  deny\n}"},
		{"nested with else", "if user.x {\n  if user.y {\n    deny\n  } else {\n    done\n  }\n}", "same"},
		{"then returns", "if user.x {\n  deny\n  return\n} else {\n  log info\n}\ndone", "if user.x {\n  deny\n  return\n}\nlog info\ndone"},
		{"else returns", "if user.x {\n  log info\n} else {\n  deny\n  return\n}\ndone", "if not(user.x) {\n  deny\n  return\n}\nlog info\ndone"},
		{"constant part", "if user.x and true or false {\n  deny\n}", "if user.x {\n  deny\n}"},
	})
}

func TestChoose(t *testing.T) {
	check(t, []form{
		{"two branches", "if user.x {\n  let a = user.y\n} else {\n  let a = 2\n}\nset user.p = a\nset user.q = a", "let a = (if user.x then user.y else 2)\nset user.p = a\nset user.q = a"},
		{"flag", "let a = false\nif user.x == 1 {\n  let a = true\n}\nif a {\n  deny\n}", "if user.x == 1 {\n  deny\n}"},
		{"second value", "let a = 1\nif user.x {\n  let a = user.y\n}\nset user.p = a", "set user.p = (if user.x then user.y else 1)"},
		{"of the first", "let a = 1\nif user.x {\n  let a = add(a, 1)\n}\nset user.p = a", "same"},
		{"first may throw", "let a = user.z\nif user.x {\n  let a = 1\n}\nset user.p = a", "same"},
		{"test of the first", "let a = 1\nif user.x == a {\n  let a = 2\n}\nset user.p = a", "same"},
		{"two variables", "if user.x {\n  let a = 1\n} else {\n  let b = 1\n}\nset user.p = add(a, b)", "same"},
	})
}

func TestBlocks(t *testing.T) {
	check(t, []form{
		{"left by nobody", "block l1 {\n  log info\n}\ndone", "log info\ndone"},
		{"left at its end", "block l1 {\n  log info\n  leave l1\n}\ndone", "log info\ndone"},
		{"left in branches", "block l1 {\n  if user.x {\n    log info\n    leave l1\n  } else {\n    log warn\n    leave l1\n  }\n}", "if user.x {\n  log info\n} else {\n  log warn\n}"},
		{"left early", "block l1 {\n  if user.x {\n    log info\n    leave l1\n  }\n  log warn\n}\ndone", "if user.x {\n  log info\n} else {\n  log warn\n}\ndone"},
		{"function", "block l1 {\n  if user.x {\n    let a = 1\n    leave l1\n  }\n  if user.y {\n    let a = 2\n    leave l1\n  }\n  let a = 3\n  leave l1\n}\nset user.z = a",
			"set user.z = (if user.x then 1 else (if user.y then 2 else 3))"},
		{"left from a loop", "block l1 {\n  for l2: r in user.x {\n    if r {\n      leave l1\n    }\n  }\n  log info\n}", "same"},
		{"in each other", "block l1 {\n  block l2 {\n    if user.x {\n      leave l1\n    }\n    log info\n  }\n  log warn\n}", "if not(user.x) {\n  log info\n  log warn\n}"},
		{"next", "for l1: r in user.x {\n  log info r\n  next l1\n}", "for l1: r in user.x {\n  log info r\n}"},
		{"next in a branch", "for l1: r in user.x {\n  if r {\n    log info\n    next l1\n  }\n}", "for l1: r in user.x {\n  if r {\n    log info\n  }\n}"},
		{"next of keys and numbers", "for l1: key r of user.x {\n  log info r\n  next l1\n}\ncount l2: r from 0 while r < user.n by 1 {\n  log info r\n  next l2\n}",
			"for l1: key r of user.x {\n  log info r\n}\ncount l2: r from 0 while r < user.n by 1 {\n  log info r\n}"},
		{"last return", "done\nreturn", "done"},
		{"last return of a continuation", "persist app user.id {} then {\n  done\n  return\n}", "persist app user.id {} then {\n  done\n}"},
	})
}

func TestDead(t *testing.T) {
	check(t, []form{
		{"behind return", "done\nreturn\nlog info", "done"},
		{"behind exit", "exit waits\nlog info", "exit waits"},
		{"behind both branches", "if user.x {\n  deny\n  return\n} else {\n  exit waits\n}\nlog info", "if user.x {\n  deny\n  return\n}\nexit waits"},
		{"behind leave", "for l1: r in user.x {\n  log info r\n  leave l1\n  log warn\n}", "for l1: r in user.x {\n  log info r\n  leave l1\n}"},
		{"never read", "let a = [1, user]\ndone", "done"},
		{"never read path", "let a = user.x\ndone", "eval user.x\ndone"},
		{"never read call", "let a = toLowerCase(user)\ndone", "eval toLowerCase(user)\ndone"},
		{"parts", "let a = {\"x\": [user.x, 1], \"y\": not(user.y in {1}), \"z\": user.z == 1}\ndone", "eval user.x\neval user.y\neval user.z\ndone"},
		{"choices", "eval user.x and 1\neval user.y or 1\neval user.z ?? 1\neval (if user.a then 1 else 2)\neval (user.b ?. i: i)", "eval user.x\neval user.y\neval user.z\neval user.a\neval user.b"},
		{"choices that may throw", "eval user.x and user.y\neval [...user.x]\neval {[user.x]: 1}", "same"},
		{"read only by the dead", "let a = user\nlet b = a\ndone", "done"},
		{"answer of a push", "mutate user.l.pop() -> a", "mutate user.l.pop()"},
		{"item", "for l1: r, a in user.x {\n  log info\n}", "for l1: _ in user.x {\n  log info\n}"},
		{"key", "for l1: key r of user.x {\n  log info\n}", "for l1: key _ of user.x {\n  log info\n}"},
		{"index of an Each", "set user.v = map(user.x, (g, i): g)", "set user.v = map(user.x, g: g)"},
		{"changed, never read", "let a = {}\nset a.x = 1", "same"},
	})
}

func TestTidy(t *testing.T) {
	r, err := ir.Read("locals a, b, c\nmutates lists\nlet a = 1\nlet b = user.x\nset user.y = b\nset user.z = b\ndone")
	require.NoError(t, err)
	got := simplify.Rule(r)
	assert.Equal(t, "locals b\nlet b = user.x\nset user.y = b\nset user.z = b\ndone\n", ir.Print(got))
	for _, step := range []string{"append user.l 1", "add 1 to user.l unless there", "set user.l[user.i] = 1", "default user.l[0] = 1"} {
		r, err := ir.Read("mutates lists\n" + step)
		require.NoError(t, err)
		assert.Same(t, r, simplify.Rule(r), step)
	}
}
