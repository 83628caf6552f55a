package celgen_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"cel.dev/cel-go/cel"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// environment is CEL as anybody has it, with the library.
func environment(t testing.TB) *cel.Env {
	t.Helper()
	env, err := cel.NewEnv(cellib.Lib(), cel.Variable("user", cel.DynType), cel.Variable("context", cel.DynType),
		cel.Variable("local", cel.DynType), cel.Variable("let2", cel.DynType))
	require.NoError(t, err)
	return env
}

// elsewhere computes a text as a program does that knows CEL and the library only.
func elsewhere(t testing.TB, env *cel.Env, text string, f *steps.Frame) string {
	t.Helper()
	checked, issues := env.Compile(text)
	require.NoError(t, issues.Err(), text)
	program, err := env.Program(checked)
	require.NoError(t, err)
	value, _, err := program.Eval(map[string]any{
		"user": cellib.Value(f.User), "context": cellib.Value(f.Context), "run": &f.Run,
		"local": cellib.Value(f.Locals[1]), "let2": "let",
	})
	if err != nil {
		return exited
	}
	native, err := cellib.Native(value)
	if err != nil {
		var exit *jsvalue.Exit
		require.True(t, errors.As(err, &exit))
		return exited
	}
	return show(native)
}

// TestElsewhere checks that the texts are well typed CEL, and mean the same in a standard
// environment with the library. An object of CEL's own has no order, so values are
// compared only where they show none.
func TestElsewhere(t *testing.T) {
	env := environment(t)
	r := rand.New(rand.NewPCG(3, 5))
	g := &irtest.Generator{Rand: r}
	exits, answers := 0, 0
	for range 400 {
		e := g.Expr(4)
		rule := compiled(t, e)
		script := newScript(t, javascript(e))
		for range 3 {
			input := randomInput(r)
			f := frame(t, rule, input)
			value, test := elsewhere(t, env, rule.Exprs[valueOf].CEL, f), elsewhere(t, env, rule.Exprs[testOf].CEL, f)
			wantValue, wantTest := script.run(input, false), script.run(input, true)
			if strings.Contains(wantValue, "{") && value != exited {
				value = wantValue
			}
			if !agrees(value, wantValue) || !agrees(test, wantTest) {
				assert.Fail(t, "differs from JavaScript", "ir   %s\ncel  %s\nin   %s\nvalue %s, want %s\ntest  %s, want %s",
					ir.PrintExpr(e), rule.Exprs[valueOf].CEL, input, value, wantValue, test, wantTest)
				return
			}
			if wantValue != thrown {
				answers++
				if value == exited {
					exits++
				}
			}
		}
	}
	t.Log("exits", exits, "of", answers)
	assert.Less(t, exits*3, answers)
}

// TestBlocksElsewhere computes the expressions of testdata there: CEL's own && and || absorb
// nothing in them.
func TestBlocksElsewhere(t *testing.T) {
	env, docs := environment(t), documents()
	for _, file := range files(t) {
		_, blocks := readBlocks(t, file)
		for n, b := range blocks {
			rule := compiled(t, parsed(t, b["ir"]))
			script := newScript(t, b["js"])
			for k := n % 61; k < len(docs); k += 61 {
				want := script.run(docs[k], true)
				got := elsewhere(t, env, b["if"], frame(t, rule, docs[k]))
				assert.True(t, agrees(got, want), "%s in %s = %s, want %s", b["if"], docs[k], got, want)
			}
		}
	}
}
