package ir_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

func TestReadErrors(t *testing.T) {
	cases := []struct{ in, want string }{
		{"stop", `1:1: a step was expected, not "stop"`},
		{"1", `1:1: a step was expected, not a number`},
		{"done\n  denied", `2:3: a step was expected, not "denied"`},
		{"done done", `1:6: the end of the step was expected, not "done"`},
		{"let = 1", `1:5: the name of a variable was expected, not "="`},
		{"let not = 1", `1:5: the name of a variable was expected, not "not"`},
		{"let é = ", `1:10: an expression was expected, not the end of the text`},
		{"set x = then", `1:9: an expression was expected, not "then"`},
		{"set not(x) = 1", `1:5: user, context or a variable was expected, not "not"`},
		{"set x.y() = 1", `1:8: a place was expected, not "("`},
		{"mutate x.y", `1:11: a method was expected, not the end of the text`},
		{"mutate x.y[0]", `1:14: a method was expected, not the end of the text`},
		{"append x", `1:9: a value was expected, not the end of the text`},
		{"add 1 to x", `1:11: "unless" was expected, not the end of the text`},
		{"if x {", `1:7: "}" was expected, not the end of the text`},
		{"}", `1:1: a step was expected, not "}"`},
		{"for l1: x of y {}", `1:11: "in" was expected, not "of"`},
		{"for x in y {}", `1:7: ":" was expected, not "in"`},
		{"count l1: i from 0 while 1 by x {}", `1:31: a constant was expected`},
		{"count l1: i from 0 while 1 by \"1\" {}", `1:31: a number was expected`},
		{"eval x in {y}", `1:12: a constant was expected`},
		{"eval a ?? b or c", `1:13: the end of the step was expected, not "or"`},
		{"eval a or b ?? c", `1:13: the end of the step was expected, not "??"`},
		{"eval a == b == c", `1:13: the end of the step was expected, not "=="`},
		{"eval {x: 1}", `1:7: a property was expected`},
		{"eval some(x, and: 1)", `1:14: an item variable was expected, not "and"`},
		{"eval regexp(x, \"\")", `1:13: a regular expression's source was expected, not "x"`},
		{"eval x.", `1:8: the name of a property was expected, not the end of the text`},
		{"eval \"a", `1:6: a string that does not end`},
		{"eval \"a\nb\"", `1:6: a string that does not end in its line`},
		{`eval "\q"`, `1:6: a string with a bad escape`},
		{"eval `a", `1:6: a name that does not end`},
		{"eval `\\q`", `1:6: a name with a bad escape`},
		{"eval /a", `1:6: a regular expression that does not end`},
		{"eval 1.2.3", `1:6: a malformed number`},
		{"eval 1e999", `1:6: a malformed number`},
		{"eval @", `1:6: unexpected character '@'`},
		{"exit", `1:5: the code of an exit was expected, not the end of the text`},
		{"exit \"x\"", `1:6: the code of an exit was expected, not a string`},
		{"persist any x y", `1:9: app or user was expected, not "any"`},
		{"persist app x y later", `1:17: the end of the step was expected, not "later"`},
		{"done user own", `1:11: "null" was expected, not "own"`},
		{"rule x", `1:6: the rule's name was expected, not "x"`},
		{"mutates all", `1:9: "lists" was expected, not "all"`},
		{"eval " + strings.Repeat("(", 5000), `1:1005: the text nests deeper than 2000`},
	}
	for _, c := range cases {
		t.Run(c.in[:min(len(c.in), 20)], func(t *testing.T) {
			_, err := ir.Read(c.in)
			var syntax *ir.SyntaxError
			require.ErrorAs(t, err, &syntax)
			assert.EqualError(t, err, c.want)
		})
	}
}

// TestReadLiberally holds that what Print does not write may be read, too.
func TestReadLiberally(t *testing.T) {
	cases := []struct{ in, want string }{
		{"done; deny # no\n# only a comment\n", "done\ndeny\n"},
		{"if x { done } else { if y { deny } }", "if x {\n  done\n} else if y {\n  deny\n}\n"},
		{"eval ((a) or (b))", "eval a or b\n"},
		{"eval same(a, 1)", "eval a == 1\n"},
		{"eval [1, 2,]", "eval [1, 2]\n"},
		{"eval user[\"a\"]", "eval user.a\n"},
		{"eval (user).a", "eval (user).a\n"},
		{"eval a [0]", ""},
		{"eval\n  a\n  or b", "eval a or b\n"},
		{"mutate x.push(1, ...y)", "append x 1 ...y\n"},
		{"mutate x[\"a b\"].`two words`()", "mutate x[\"a b\"].`two words`()\n"},
		{"done\n\n\n\treturn\r\n", "done\nreturn\n"},
		{"\uFEFFdone", "done\n"},
		{"eval 0x", ""},
		{"eval 1e21", "eval 1e+21\n"},
		{"eval regexp(\"a\", \"g\")", "eval /a/g\n"},
	}
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			r, err := ir.Read(c.in)
			if c.want == "" {
				assert.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, ir.Print(r))
		})
	}
}

func TestReadSpans(t *testing.T) {
	r, err := ir.Read("done\nif \"é\" == user.a.b {\n  deny add(x, 1)\n}")
	require.NoError(t, err)
	cond := r.Steps[1].(*ir.If)
	at := func(s interface{ String() string }) string { return s.String() }
	assert.Equal(t, "2:1", at(cond.At.Start))
	assert.Equal(t, "4:2", at(cond.At.End))
	path := cond.Cond.(*ir.Call).Args[1]
	assert.Equal(t, "2:12", at(path.Span().Start))
	assert.Equal(t, "2:20", at(path.Span().End))
	call := cond.Then[0].(*ir.Deny).Message
	assert.Equal(t, "3:8", at(call.Span().Start))
	assert.Equal(t, "3:17", at(call.Span().End))
}

func TestReadExpr(t *testing.T) {
	e, err := ir.ReadExpr("g == x", "g")
	require.NoError(t, err)
	assert.IsType(t, &ir.ItemVar{}, e.(*ir.Call).Args[0])
	assert.IsType(t, &ir.Local{}, e.(*ir.Call).Args[1])
	assert.Equal(t, "g == x", ir.PrintExpr(e))
	_, err = ir.ReadExpr("g x")
	assert.EqualError(t, err, `1:3: the end of the expression was expected, not "x"`)
}

// FuzzIR holds that Read never panics, that Print writes what Read reads back, and that
// the invariants can be judged of whatever was read.
func FuzzIR(f *testing.F) {
	f.Add(everything)
	for _, line := range strings.Split(everything, "\n") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ir.Read(text)
		if err != nil {
			return
		}
		printed := ir.Print(r)
		again, err := ir.Read(printed)
		require.NoError(t, err, printed)
		require.Equal(t, plain(r), plain(again), printed)
		require.Equal(t, printed, ir.Print(again))
		require.True(t, ir.Equal(r, again))
		_ = ir.Validate(r)
		ir.Exits(r)
	})
}
