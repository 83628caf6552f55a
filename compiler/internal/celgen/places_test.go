package celgen_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/celgen"
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// TestPlaces follows an exit back to the part of the expression that exits.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ ir, at, input string }{
		{`user.a.b == 1`, `user.a.b`, `{"user": {}}`},
		{`user.a == "é" or user.a.b`, `user.a.b`, `{"user": {}}`},
		{`user.a or user.b.c`, `user.b.c`, `{"user": {}}`},
		{`some(user.list, g: g.name.length == 1)`, `g.name`, `{"user": {"list": [{"name": "ab"}, null]}}`},
		{`some(user.list, g: g.name.length == 1)`, `g.name.length`, `{"user": {"list": [{"name": null}]}}`},
		{`map(user.a, g: 1)`, `user.a`, `{"user": {"a": "text"}}`},
		{`["é", toLowerCase(user.a), "x"]`, `toLowerCase(user.a)`, `{"user": {"a": 1}}`},
		{`{"a": 1, "b": user.a.b}`, `user.a.b`, `{"user": {}}`},
		{`(toLowerCase(user.b) ?? "x") == user.a.b`, `user.a.b`, `{"user": {"b": "B"}}`},
		{`(toLowerCase(user.b) or "x") == "b"`, `toLowerCase(user.b)`, `{"user": {}}`},
		{`{...user.a, "x": trim(user.b)}`, `trim(user.b)`, `{"user": {}}`},
		{`not(user.a.b in {"a", "b"})`, `user.a.b`, `{"user": {}}`},
		{`(if user.a then "é" else trim(user.b))`, `trim(user.b)`, `{"user": {}}`},
	} {
		rule := compiled(t, parsed(t, c.ir))
		for _, engine := range engines {
			evaluator, err := engine.compile(rule)
			require.NoError(t, err)
			_, err = evaluator.Eval(frame(t, rule, c.input), valueOf)
			var exit *steps.ExitError
			require.ErrorAs(t, err, &exit, "%s: %s", engine.name, c.ir)
			assert.Equal(t, program.Pos{Line: 1, Column: strings.Index(c.ir, c.at) + 1}, exit.At, "%s: %s", engine.name, c.ir)
		}
	}
}

// TestMarks checks that marks ascend, begin at the start and stay inside the text.
func TestMarks(t *testing.T) {
	for _, file := range files(t) {
		_, blocks := readBlocks(t, file)
		for _, b := range blocks {
			text, marks, err := celgen.Generate(parsed(t, b["ir"]), false, names.New(&ir.Rule{Locals: locals}))
			require.NoError(t, err)
			require.Zero(t, marks[0].Offset, text)
			for i := 1; i < len(marks); i++ {
				assert.Greater(t, marks[i].Offset, marks[i-1].Offset, text)
				assert.NotEqual(t, marks[i].At, marks[i-1].At, text)
			}
			assert.Less(t, marks[len(marks)-1].Offset, len([]rune(text)), text)
		}
	}
}

func TestGenerateErrors(t *testing.T) {
	for _, text := range []string{`unknown`, `noSuchFunction(1)`, `toLowerCase()`, `get(1)`} {
		_, _, err := celgen.Generate(parsed(t, text), false, names.New(&ir.Rule{}))
		assert.ErrorContains(t, err, "internal error", text)
	}
	for _, e := range []ir.Expr{&ir.ItemVar{Name: "x"}, &ir.Const{Value: 1}, &ir.Each{List: &ir.List{}, Body: &ir.List{}}} {
		_, _, err := celgen.Generate(e, false, names.New(&ir.Rule{}))
		assert.ErrorContains(t, err, "internal error")
	}
	assert.Panics(t, func() { _, _, _ = celgen.Generate(nil, false, names.New(&ir.Rule{})) })
}
