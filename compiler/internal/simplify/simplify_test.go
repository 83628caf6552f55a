package simplify_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/internal/recognize"
	"github.com/ferrule-rules/ferrule/compiler/internal/simplify"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// TestRandomRulesStayTheSame runs random rules before and after.
func TestRandomRulesStayTheSame(t *testing.T) {
	passes := map[string]func(*ir.Rule) *ir.Rule{
		"simplify":  simplify.Rule,
		"recognize": recognize.Rule,
		"both":      func(r *ir.Rule) *ir.Rule { return simplify.Rule(recognize.Rule(simplify.Rule(r))) },
	}
	for name, pass := range passes {
		t.Run(name, func(t *testing.T) {
			g := &irtest.Generator{Rand: rand.New(rand.NewPCG(3, 4)), Runnable: true}
			ran, exits := 0, 0
			for range 4000 {
				r := g.Rule()
				before := ir.Print(r)
				made := pass(r)
				require.Equal(t, before, ir.Print(r), "the rule itself was changed")
				require.NoError(t, ir.Validate(made), "%s\n->\n%s", before, ir.Print(made))
				for range 4 {
					user, context := g.Value(3), g.Value(3)
					want, ok := irtest.Run(r, irtest.Copy(user), irtest.Copy(context))
					if !ok {
						continue
					}
					ran++
					if want[0] == "exit" {
						exits++
					}
					got, ok := irtest.Run(made, irtest.Copy(user), irtest.Copy(context))
					require.True(t, ok)
					require.Equal(t, want, got, "%s\n->\n%s", before, ir.Print(made))
				}
			}
			t.Logf("%d runs, %d exits", ran, exits)
			require.Greater(t, ran-exits, 3000)
		})
	}
}

// TestIdempotent holds that a second time changes nothing.
func TestIdempotent(t *testing.T) {
	for _, runnable := range []bool{false, true} {
		g := &irtest.Generator{Rand: rand.New(rand.NewPCG(5, 6)), Runnable: runnable}
		for range 2000 {
			r := g.Rule()
			once := simplify.Rule(r)
			require.NoError(t, ir.Validate(once), ir.Print(r))
			require.Same(t, once, simplify.Rule(once), "%s\n->\n%s", ir.Print(r), ir.Print(once))
		}
	}
}
