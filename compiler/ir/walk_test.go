package ir_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

func TestWalkOrder(t *testing.T) {
	r, err := ir.Read("if a and b {\n  set c.d[e] = f\n} else {\n  done\n}\nlog info g ...[h]\nfail Error i with {\"j\": k}\npersist app l m then {\n  eval n\n}")
	require.NoError(t, err)
	var seen []string
	ir.Walk(r.Steps, nil, func(e ir.Expr) bool {
		if local, ok := e.(*ir.Local); ok {
			seen = append(seen, local.Name)
		}
		return true
	})
	assert.Equal(t, []string{"a", "b", "c", "e", "f", "g", "h", "i", "k", "l", "m", "n"}, seen)

	steps, exprs := 0, 0
	ir.Walk(r.Steps, func(s ir.Step) bool {
		steps++
		_, persist := s.(*ir.Persist)
		return !persist
	}, func(ir.Expr) bool {
		exprs++
		return false
	})
	assert.Equal(t, 6, steps)
	assert.Equal(t, 10, exprs)
}

// TestRewriteShares holds that a rewriter that changes nothing answers the rule itself, and
// one that changes all of it a rule that shares nothing with it by mistake.
func TestRewriteShares(t *testing.T) {
	g := &irtest.Generator{Rand: rand.New(rand.NewPCG(9, 9))}
	for range 500 {
		r := g.Rule()
		before := ir.Print(r)
		identity := ir.Rewriter{
			Expr:  func(e ir.Expr) ir.Expr { return e },
			Step:  func(s ir.Step) []ir.Step { return []ir.Step{s} },
			Steps: func(steps []ir.Step) []ir.Step { return steps },
		}
		require.Same(t, r, identity.Rule(r))
		require.Same(t, r, ir.Rewriter{}.Rule(r))

		marked := ir.Rewriter{Expr: func(e ir.Expr) ir.Expr {
			if local, ok := e.(*ir.Local); ok {
				return &ir.Local{At: local.At, Name: local.Name}
			}
			return e
		}}.Rule(r)
		require.Equal(t, before, ir.Print(marked))
		require.True(t, ir.Equal(r, marked))
		require.Equal(t, ir.Size(r), ir.Size(marked))

		doubled := ir.Rewriter{Step: func(s ir.Step) []ir.Step { return []ir.Step{s, s} }}.Rule(r)
		none := ir.Rewriter{Step: func(ir.Step) []ir.Step { return nil }}.Rule(r)
		require.Len(t, doubled.Steps, 2*len(r.Steps))
		require.Empty(t, none.Steps)
		require.Equal(t, before, ir.Print(r), "the rule itself was changed")
	}
}

func TestRewriteBottomUp(t *testing.T) {
	r, err := ir.Read("eval not(not(a))\nset a.b[c] = [...d, {[e]: f, ...g}]\nmutate a.splice(b, ...c)\nforEach l1: a, b in c {\n  deny d\n}")
	require.NoError(t, err)
	got := ir.Rewriter{
		Expr: func(e ir.Expr) ir.Expr {
			switch e := e.(type) {
			case *ir.Local:
				return &ir.Const{At: e.At, Value: e.Name}
			case *ir.Not:
				return e.X
			}
			return e
		},
		Step: func(s ir.Step) []ir.Step {
			if _, ok := s.(*ir.Deny); ok {
				return nil
			}
			return []ir.Step{s}
		},
	}.Rule(r)
	assert.Equal(t, "eval \"a\"\nset a.b.c = [...\"d\", {\"e\": \"f\", ...\"g\"}]\nmutate a.splice(\"b\", ...\"c\")\nforEach l1: a, b in \"c\" {}\n", ir.Print(got))
}

func TestEqual(t *testing.T) {
	g := &irtest.Generator{Rand: rand.New(rand.NewPCG(1, 1))}
	var all []ir.Expr
	for range 300 {
		all = append(all, g.Expr(3))
	}
	for _, a := range all {
		again, err := ir.ReadExpr(ir.PrintExpr(a))
		require.NoError(t, err)
		require.True(t, ir.EqualExpr(a, again), ir.PrintExpr(a))
		for _, b := range all {
			require.Equal(t, ir.PrintExpr(a) == ir.PrintExpr(b), ir.EqualExpr(a, b), "%s\n%s", ir.PrintExpr(a), ir.PrintExpr(b))
		}
	}
	assert.True(t, ir.EqualExpr(nil, nil))
	assert.False(t, ir.EqualExpr(nil, all[0]))
}

func TestSize(t *testing.T) {
	r, err := ir.Read("if a and b {\n  deny\n}")
	require.NoError(t, err)
	assert.Equal(t, 5, ir.Size(r))
	assert.Equal(t, 3, ir.ExprSize(r.Steps[0].(*ir.If).Cond))
}

func TestWithTarget(t *testing.T) {
	r, err := ir.Read("set a.b = 1\ndefault a.b = 1\ndelete a.b\nmutate a.b.pop() -> a\nadd 1 to a.b unless there\ndone")
	require.NoError(t, err)
	for _, s := range r.Steps[:5] {
		at, ok := ir.Target(s)
		require.True(t, ok)
		at.Base = &ir.Root{At: at.At, Name: "user"}
		moved := ir.WithTarget(s, at)
		got, _ := ir.Target(moved)
		assert.IsType(t, &ir.Root{}, got.Base)
		assert.IsType(t, s, moved)
	}
	_, ok := ir.Target(r.Steps[5])
	assert.False(t, ok)
}

func TestBindings(t *testing.T) {
	cases := []struct {
		in          string
		literal     bool
		once, early bool
	}{
		{"let a = 1\neval a", true, true, false},
		{"eval a\nlet a = 1", false, false, true},
		{"let a = user.x\neval a", false, true, false},
		{"let a = [1]\neval includes(a, 1)", true, true, false},
		{"let a = [1]\neval includes(user.x, a)", false, true, false},
		{"let a = [1]\neval a == user.x", false, true, false},
		{"let a = [1]\neval not(a)", true, true, false},
		{"let a = [1]\neval some(a, g: g)", true, true, false},
		{"let a = [[1]]\neval some(a, g: g)", false, true, false},
		{"let a = [[1]]\neval a.length", true, true, false},
		{"let a = [1]\neval (if a then 1 else a)", true, true, false},
		{"let a = [1]\nset user.x = (if a then 1 else a)", false, true, false},
		{"let a = [1]\nset user.x = a or 1", false, true, false},
		{"let a = [1]\nset user.x = [...a]", true, true, false},
		{"let a = {\"k\": 1}\nset user.x = {...a}", true, true, false},
		{"let a = [1]\nset user.x = {\"y\": a}", false, true, false},
		{"let a = [1]\nset user.x = map(user.y, g: a)", false, true, false},
		{"let a = [1]\nset user.x = filter(user.y, g: includes(a, g))", true, true, false},
		{"let a = [1]\neval (a ?. i: i)", false, true, false},
		{"let a = [1]\nset a[0] = 1", false, true, false},
		{"let a = [1]\nfor l1: b in a {\n  eval b\n}", true, true, false},
		{"let a = [1]\nfor l1: a in user.x {\n  eval a\n}", false, false, false},
		{"let a = [1]\nlog info a ...a", true, true, false},
		{"let a = [1]\ndeny a", false, true, false},
		{"let a = {\"k\": [1]}\nset user.x = a.k", false, true, false},
		{"let a = {\"k\": [1]}\nset user.x = a.k[0]", true, true, false},
		{"let a = [1]\nlet a = [2]\neval a", false, false, false},
		{"let a = [user.x]\neval includes(a, 1)", false, true, false},
		{"let a = [1]\npersist app 1 2 then {\n  eval includes(a, 1)\n}", true, true, false},
		{"persist app 1 2 then {\n  eval includes(a, 1)\n}\nlet a = [1]", false, false, true},
		{"count l1: b from a while a by 1 {}\nforEach l2: _ in user.x {\n  let a = 1\n}", false, false, true},
	}
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			r, err := ir.Read("locals a, b\nmutates lists\n" + c.in)
			require.NoError(t, err)
			require.NoError(t, ir.Validate(r))
			b := ir.Bindings(r)["a"]
			_, literal := b.Literal()
			_, once := b.Once()
			assert.Equal(t, c.literal, literal, "literal")
			assert.Equal(t, c.once, once, "once")
			assert.Equal(t, c.early, b.Early, "early")
		})
	}
}
