package recognize_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/internal/recognize"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// form is a rule's steps before and after; want "" means that they stay as they are.
type form struct{ name, in, want string }

func check(t *testing.T, forms []form) {
	for _, c := range forms {
		t.Run(c.name, func(t *testing.T) {
			head := "locals r, s, p, d\nmutates lists\n"
			r, err := ir.Read(head + c.in)
			require.NoError(t, err)
			require.NoError(t, ir.Validate(r))
			want := c.want
			if want == "" {
				want = c.in
			}
			wanted, err := ir.Read(head + want)
			require.NoError(t, err)
			got := recognize.Rule(r)
			assert.Equal(t, ir.Print(wanted), ir.Print(got))
			assert.NoError(t, ir.Validate(got))
			assert.Same(t, got, recognize.Rule(got))
		})
	}
}

func TestAllowlist(t *testing.T) {
	check(t, []form{
		{"includes", `eval includes(["a", "b"], user.x)`, `eval user.x in {"a", "b"}`},
		{"includes from 0", `eval includes(["a"], user.x, 0)`, `eval user.x in {"a"}`},
		{"includes from undefined", `eval includes(["a"], user.x, undefined)`, `eval user.x in {"a"}`},
		{"includes from 1", `eval includes(["a"], user.x, 1)`, ``},
		{"twice", `eval includes(["a", "b", "a", 1, 1, -0, 0], user.x)`, `eval user.x in {"a", "b", 1, -0}`},
		{"every kind", `eval includes([null, true, 1, ""], user.x)`, `eval user.x in {null, true, 1, ""}`},
		{"NaN", `eval includes([NaN], user.x)`, ``},
		{"undefined", `eval includes([undefined], user.x)`, ``},
		{"spread", `eval includes([...r, "a"], user.x)`, ``},
		{"not constant", `eval includes([user.a], user.x)`, ``},
		{"a text", `eval includes("abc", user.x)`, ``},
		{"empty", `eval includes([], user.x)`, `eval user.x in {}`},

		{"indexOf === -1", `eval indexOf(["a"], user.x) == -1`, `eval not(user.x in {"a"})`},
		{"indexOf !== -1", `eval not(indexOf(["a"], user.x) == -1)`, `eval user.x in {"a"}`},
		{"indexOf == -1", `eval equal(indexOf(["a"], user.x), -1)`, `eval not(user.x in {"a"})`},
		{"-1 === indexOf", `eval -1 == indexOf(["a"], user.x)`, `eval not(user.x in {"a"})`},
		{"indexOf < 0", `eval indexOf(["a"], user.x) < 0`, `eval not(user.x in {"a"})`},
		{"indexOf <= -1", `eval indexOf(["a"], user.x) <= -1`, `eval not(user.x in {"a"})`},
		{"indexOf > -1", `eval indexOf(["a", "b"], user.x) > -1`, `eval user.x in {"a", "b"}`},
		{"indexOf >= 0", `eval indexOf(["a", "b"], user.x) >= 0`, `eval user.x in {"a", "b"}`},
		{"0 <= indexOf", `eval 0 <= indexOf(["a", "b"], user.x)`, `eval user.x in {"a", "b"}`},
		{"-1 < indexOf", `eval -1 < indexOf(["a", "b"], user.x)`, `eval user.x in {"a", "b"}`},
		{"lastIndexOf", `eval lastIndexOf(["a", "b"], user.x) >= 0`, `eval user.x in {"a", "b"}`},
		{"indexOf > 0 forgets the first", `eval indexOf(["a", "b"], user.x) > 0`, ``},
		{"indexOf === 0", `eval indexOf(["a", "b"], user.x) == 0`, ``},
		{"indexOf === 0 of one", `eval indexOf(["a"], user.x) == 0`, `eval user.x in {"a"}`},
		{"indexOf > -2 is always", `eval indexOf(["a"], user.x) > -2`, ``},
		{"indexOf as a value", `eval indexOf(["a"], user.x)`, ``},
		{"~indexOf tested", `if bitNot(indexOf(["a"], user.x)) { deny }`, `if user.x in {"a"} { deny }`},
		{"!~indexOf", `eval not(bitNot(indexOf(["a"], user.x)))`, `eval not(user.x in {"a"})`},
		{"~indexOf as a value", `eval bitNot(indexOf(["a"], user.x))`, ``},
		{"indexOf + 1 tested", `if add(indexOf(["a"], user.x), 1) { deny }`, `if user.x in {"a"} { deny }`},
		{"indexOf + 2 tested", `if add(indexOf(["a"], user.x), 2) { deny }`, ``},

		{"some", `eval some(["a", "b"], g: g == user.x)`, `eval user.x in {"a", "b"}`},
		{"some, turned", `eval some(["a", "b"], g: user.x == g)`, `eval user.x in {"a", "b"}`},
		{"some by ==", `eval some(["a", "b"], g: equal(g, user.x))`, ``},
		{"some by == of texts", `eval some(["a", "b"], g: equal(g, text("x", user.x)))`, `eval text("x", user.x) in {"a", "b"}`},
		{"some by == of a number", `eval some(["a", 1], g: equal(g, text("x", user.x)))`, ``},
		{"some of itself", `eval some(["a", "b"], g: g == get(g, "x"))`, ``},
		{"some by index", `eval some(["a", "b"], (g, i): g == get(user.x, i))`, ``},
		{"some of none", `eval some([], g: g == user.x)`, ``},
		{"some of a list of groups", `eval some(user.groups, g: g == "a")`, ``},
		{"some of groups in a list", `eval some(user.groups, g: includes(["a", "b"], g))`, `eval some(user.groups, g: g in {"a", "b"})`},
		{"every other", `eval every(["a", "b"], g: not(g == user.x))`, `eval not(user.x in {"a", "b"})`},
		{"findIndex", `eval findIndex(["a", "b"], g: g == user.x) >= 0`, `eval user.x in {"a", "b"}`},
		{"filter", `eval filter(["a", "b"], g: g == user.x).length > 0`, `eval user.x in {"a", "b"}`},
		{"filter === 1", `eval filter(["a", "b"], g: g == user.x).length == 1`, `eval user.x in {"a", "b"}`},
		{"filter of doubles", `eval filter(["a", "a"], g: g == user.x).length == 1`, ``},
		{"filter tested", `if filter(["a", "b"], g: g == user.x).length { deny }`, `if user.x in {"a", "b"} { deny }`},
		{"find tested", `if find(["a", "", "b"], g: g == user.x) { deny }`, `if user.x in {"a", "b"} { deny }`},
		{"find === undefined", `eval find(["a", ""], g: g == user.x) == undefined`, `eval not(user.x in {"a", ""})`},
		{"find as a value", `eval find(["a", "b"], g: g == user.x)`, ``},

		{"Set", `eval hasEntry(newSet(["a", "b"]), user.x)`, `eval user.x in {"a", "b"}`},
		{"Map", `eval hasEntry(newMap([["a", r], ["b", 2]]), user.x)`, `eval user.x in {"a", "b"}`},
		{"Map that may throw", `eval hasEntry(newMap([["a", user.x.y]]), user.x)`, ``},

		{"=== or ===", `eval user.x == "a" or "b" == user.x`, `eval user.x in {"a", "b"}`},
		{"three", `eval user.x == "a" or user.x == "b" or user.x == null`, `eval user.x in {"a", "b", null}`},
		{"behind another test", `eval user.y or user.x == "a" or user.x == "b"`, `eval user.y or user.x in {"a", "b"}`},
		{"of two values", `eval user.x == "a" or user.y == "b"`, ``},
		{"!== and !==", `eval not(user.x == "a") and not(user.x == "b")`, `eval not(user.x in {"a", "b"})`},
		{"!== and !== behind another test", `eval user.y and not(user.x == "a") and not(user.x == "b")`, `eval user.y and not(user.x in {"a", "b"})`},
		{"== or ==", `eval equal(user.x, "a") or equal(user.x, "b")`, ``},
		{"== or == of texts", `eval equal(String(user.x), "a") or equal(String(user.x), "b")`, `eval String(user.x) in {"a", "b"}`},
		{"=== NaN", `eval user.x == NaN or user.x == "b"`, ``},
		{"alone", `eval user.x == "a"`, ``},
	})
}

func TestAllowlistInVariable(t *testing.T) {
	check(t, []form{
		{"once", "let r = [\"a\", \"b\"]\neval includes(r, user.x)\neval indexOf(r, user.y) < 0",
			"let r = [\"a\", \"b\"]\neval user.x in {\"a\", \"b\"}\neval not(user.y in {\"a\", \"b\"})"},
		{"Set", "let s = newSet([\"a\"])\neval hasEntry(s, user.x)", "let s = newSet([\"a\"])\neval user.x in {\"a\"}"},
		{"Set of a variable", "let r = [\"a\"]\nlet s = newSet(r)\neval hasEntry(s, user.x)", "let r = [\"a\"]\nlet s = newSet(r)\neval user.x in {\"a\"}"},
		{"Set that grows", "let s = newSet([\"a\"])\nmutate s.add(\"b\")\neval hasEntry(s, user.x)", ""},
		{"Set that is kept", "let s = newSet([\"a\"])\nset user.s = s\neval hasEntry(s, user.x)", ""},
		{"that grows", "let r = [\"a\"]\nappend r user.y\neval includes(r, user.x)", ""},
		{"written by index", "let r = [\"a\"]\nset r[0] = user.y\neval includes(r, user.x)", ""},
		{"stored", "let r = [\"a\"]\nset user.list = r\nappend user.list \"b\"\neval includes(r, user.x)", ""},
		{"of two names", "let r = [\"a\"]\nlet s = r\nappend s \"b\"\neval includes(r, user.x)", ""},
		{"in an object", "let r = [\"a\"]\nlet s = {\"r\": r}\nappend s.r \"b\"\neval includes(r, user.x)", ""},
		{"of two values", "let r = [\"a\"]\nif user.y {\nlet r = [\"b\"]\n}\neval includes(r, user.x)", ""},
		{"read before", "eval includes(r, user.x)\nlet r = [\"a\"]", ""},
		{"given in a branch", "if user.y {\nlet r = [\"a\"]\n}\neval includes(r, user.x)", ""},
		{"read in a branch", "let r = [\"a\"]\nif user.y {\neval includes(r, user.x)\n}", "let r = [\"a\"]\nif user.y {\neval user.x in {\"a\"}\n}"},
		{"answered by a function", "let r = [\"a\"]\nset user.list = concat(r, [\"b\"])\neval includes(r, user.x)",
			"let r = [\"a\"]\nset user.list = concat(r, [\"b\"])\neval user.x in {\"a\"}"},
	})
}

func TestCondition(t *testing.T) {
	check(t, []form{
		{"!!x tested", "if not(not(user.x)) { deny }", "if user.x { deny }"},
		{"Boolean(x) tested", "if truthy(user.x) { deny }", "if user.x { deny }"},
		{"choice tested", "if (if user.x then true else false) { deny }", "if user.x { deny }"},
		{"turned choice tested", "if (if user.x then 0 else 1) { deny }", "if not(user.x) { deny }"},
		{"operands", "if not(not(user.x)) and (truthy(user.y) or r) { deny }", "if user.x and (user.y or r) { deny }"},
		{"!!x as a value", "set user.y = not(not(user.x))", "set user.y = truthy(user.x)"},
		{"!! of a boolean", "set user.y = not(not(user.x == 1))", "set user.y = user.x == 1"},
		{"in some", "eval some(user.x, g: not(not(g)))", "eval some(user.x, g: g)"},
		{"in map", "eval map(user.x, g: not(not(g)))", "eval map(user.x, g: truthy(g))"},
		{"in a loop", "count l1: r from 0 while truthy(user.x) by 1 {}", "count l1: r from 0 while user.x by 1 {}"},
		{"in a choice", "eval (if not(not(r)) then 1 else 2)", "eval (if r then 1 else 2)"},
	})
}

func TestDefaults(t *testing.T) {
	check(t, []form{
		{"||", "set user.x = user.x or {}", "default user.x = {}"},
		{"|| ||", "set user.x = user.x or user.y or 1", "default user.x = user.y or 1"},
		{"deep", "set user.a.b = user.a.b or []", "default user.a.b = []"},
		{"local", "set r.a = r.a or []", "default r.a = []"},
		{"computed", "set user.a[r] = user.a[r] or []", "default user.a[r] = []"},
		{"if", "if not(user.x) {\nset user.x = {}\n}", "default user.x = {}"},
		{"if else", "if user.x {} else {\nset user.x = {}\n}", "default user.x = {}"},
		{"if with ||", "if not(user.x) {\nset user.x = user.x or {}\n}", "default user.x = {}"},
		{"choice", "set user.x = (if user.x then user.x else 1)", "default user.x = 1"},
		{"turned choice", "set user.x = (if not(user.x) then 1 else user.x)", "default user.x = 1"},
		{"??", "set user.x = user.x ?? {}", ""},
		{"&&", "set user.x = user.x and {}", ""},
		{"another property", "set user.x = user.y or {}", ""},
		{"another root", "set user.x = context.x or {}", ""},
		{"another test", "if not(user.y) {\nset user.x = {}\n}", ""},
		{"more than a write", "if not(user.x) {\nset user.x = {}\ndeny\n}", ""},
	})
}

func TestRole(t *testing.T) {
	check(t, []form{
		{"includes", "if not(includes(user.roles, \"a\")) {\nappend user.roles \"a\"\n}", "add \"a\" to user.roles unless there"},
		{"indexOf < 0", "if indexOf(user.roles, r) < 0 {\nappend user.roles r\n}", "add r to user.roles unless there"},
		{"indexOf === -1", "if indexOf(user.roles, r) == -1 {\nappend user.roles r\n}", "add r to user.roles unless there"},
		{"!(indexOf >= 0)", "if not(indexOf(user.roles, r) >= 0) {\nappend user.roles r\n}", "add r to user.roles unless there"},
		{"0 > indexOf", "if 0 > indexOf(s, r) {\nappend s r\n}", "add r to s unless there"},
		{"!~indexOf", "if not(bitNot(indexOf(s, r))) {\nappend s r\n}", "add r to s unless there"},
		{"some", "if not(some(user.roles, g: g == r)) {\nappend user.roles r\n}", "add r to user.roles unless there"},
		{"every", "if every(user.roles, g: not(r == g)) {\nappend user.roles r\n}", "add r to user.roles unless there"},
		{"behind another test", "if user.x and not(includes(s, \"a\")) {\nappend s \"a\"\n}", "if user.x {\nadd \"a\" to s unless there\n}"},
		{"includes of what may be NaN", "if not(includes(s, r)) {\nappend s r\n}", ""},
		{"indexOf > 0", "if not(indexOf(s, r) > 0) {\nappend s r\n}", ""},
		{"there", "if includes(s, \"a\") {\nappend s \"a\"\n}", ""},
		{"another list", "if not(includes(s, \"a\")) {\nappend r \"a\"\n}", ""},
		{"another value", "if not(includes(s, \"a\")) {\nappend s \"b\"\n}", ""},
		{"its length is used", "if not(includes(s, \"a\")) {\nmutate s.push(\"a\") -> r\n}", ""},
		{"two values", "if not(includes(s, \"a\")) {\nappend s \"a\" \"b\"\n}", ""},
		{"by ==", "if not(some(s, g: equal(g, r))) {\nappend s r\n}", ""},
	})
}

func TestDeny(t *testing.T) {
	check(t, []form{
		{"in else", "if user.x {\ndone\n} else {\ndeny \"no\"\nreturn\n}\nlog info", "if not(user.x) {\ndeny \"no\"\nreturn\n} else {\ndone\n}\nlog info"},
		{"in else of a negation", "if not(user.x) {\ndone\n} else {\ndeny\nreturn\n}", "if user.x {\ndeny\nreturn\n} else {\ndone\n}"},
		{"in both", "if user.x {\ndeny \"a\"\nreturn\n} else {\ndeny\nreturn\n}", ""},
		{"last", "if user.x {\ndone\nreturn\n}\ndeny \"no\"\nreturn", "if not(user.x) {\ndeny \"no\"\nreturn\n}\ndone\nreturn"},
		{"last of the rule", "if user.x {\ndone\nreturn\n}\ndeny \"no\"", "if not(user.x) {\ndeny \"no\"\nreturn\n}\ndone\nreturn"},
		{"last of a loop", "for l1: r in user.x {\nif r {\nnext l1\n}\ndeny\nreturn\n}", "for l1: r in user.x {\nif not(r) {\ndeny\nreturn\n}\nnext l1\n}"},
		{"last of a loop that goes on", "for l1: r in user.x {\nif r {\nnext l1\n}\ndeny\n}", ""},
		{"behind what goes on", "if user.x {\ndone\n}\ndeny", ""},
	})
}

func TestLoop(t *testing.T) {
	check(t, []form{
		{"flag", "for l1: r in user.x {\nif r.y == 1 {\nlet s = true\nleave l1\n}\n}\neval s", "if some(user.x, r_2: r_2.y == 1) {\nlet s = true\n}\neval s"},
		{"denial", "forEach l1: r in user.x {\nif r == user.y {\ndeny\nreturn\n}\n}", "if some(user.x, r_2: r_2 == user.y) {\ndeny\nreturn\n}"},
		{"list of constants", "for l1: r in [\"a\", \"b\"] {\nif r == user.y {\ndeny\nreturn\n}\n}", "if user.y in {\"a\", \"b\"} {\ndeny\nreturn\n}"},
		{"counted", "count l1: r from 0 while r < user.x.length by 1 {\nif user.x[r] == 1 {\nlet s = true\nleave l1\n}\n}\neval s",
			""},
		{"counted by a path", "count l1: r from 0 while r < (user.x).length by 1 {\nif user.x[r] == 1 {\nlet s = true\nleave l1\n}\n}\neval s",
			"if some(user.x, r_2: r_2 == 1) {\nlet s = true\n}\neval s"},
		{"counted, reading the index", "count l1: r from 0 while r < p.length by 1 {\nif p[r] == r {\ndeny\nreturn\n}\n}", ""},
		{"counted from 1", "count l1: r from 1 while r < p.length by 1 {\nif p[r] == 1 {\ndeny\nreturn\n}\n}", ""},
		{"counted in twos", "count l1: r from 0 while r < p.length by 2 {\nif p[r] == 1 {\ndeny\nreturn\n}\n}", ""},
		{"counted over another list", "count l1: r from 0 while r < p.length by 1 {\nif s[r] == 1 {\ndeny\nreturn\n}\n}", ""},
		{"flag without leaving", "for l1: r in user.x {\nif r == 1 {\nlet s = true\n}\n}\neval s", "if some(user.x, r_2: r_2 == 1) {\nlet s = true\n}\neval s"},
		{"flag without leaving, which may throw", "for l1: r in user.x {\nif r.y == 1 {\nlet s = true\n}\n}\neval s", ""},
		{"flag that is tested", "for l1: r in user.x {\nif not(s) and r == 1 {\nlet s = true\n}\n}\neval s", ""},
		{"item that is used", "for l1: r in user.x {\nif r.y {\nset user.z = r\nleave l1\n}\n}", ""},
		{"item that is read behind", "for l1: r in user.x {\nif r.y {\nleave l1\n}\n}\neval r", ""},
		{"each item", "for l1: r in user.x {\nif r.y {\nlog info\n}\n}", ""},
		{"two jumps", "for l1: r in user.x {\nif r.y {\nif user.z {\nnext l1\n}\nleave l1\n}\n}", ""},
		{"with else", "for l1: r in user.x {\nif r.y {\nlog info\nleave l1\n} else {\nlog warn\n}\n}", ""},
	})
}

func TestDomain(t *testing.T) {
	check(t, []form{
		{"at 1", `eval at(split(user.email, "@"), 1)`, `eval split(user.email, "@")[1]`},
		{"at the end", `eval at(split(user.email, "@"), -1)`, ``},
		{"at of another list", `eval at(user.list, 1)`, ``},
		{"pop", "let p = split(user.email, \"@\")\nmutate p.pop() -> d\neval d", "let d = at(split(user.email, \"@\"), -1)\neval d"},
		{"shift", "let p = split(user.email, \"@\")\nmutate p.shift() -> d\neval d", "let d = split(user.email, \"@\")[0]\neval d"},
		{"pop of what is used again", "let p = split(user.email, \"@\")\nmutate p.pop() -> d\neval p", ""},
		{"pop of another's list", "let p = user.list\nmutate p.pop() -> d\neval d", ""},
	})
}

// TestRandomRules holds that rules of every shape stay valid, and that twice is once.
func TestRandomRules(t *testing.T) {
	for _, runnable := range []bool{false, true} {
		g := &irtest.Generator{Rand: rand.New(rand.NewPCG(7, 8)), Runnable: runnable}
		for range 3000 {
			r := g.Rule()
			once := recognize.Rule(r)
			require.NoError(t, ir.Validate(once), ir.Print(r))
			require.Same(t, once, recognize.Rule(once), ir.Print(r))
		}
	}
}
