package celgen_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/celgen"
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

var update = flag.Bool("update", false, "write the wanted CEL texts")

const expressions = "../../../testdata/expressions/"

// block is an expression of testdata/expressions, by the names of its lines.
type block map[string]string

// readBlocks reads a file; first is its first line.
func readBlocks(t testing.TB, file string) (first string, blocks []block) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	parts := strings.Split(strings.TrimSpace(string(text)), "\n\n")
	for _, part := range parts[1:] {
		b := block{}
		for line := range strings.SplitSeq(part, "\n") {
			name, value, ok := strings.Cut(line, ":")
			require.True(t, ok, line)
			b[name] = strings.TrimSpace(value)
		}
		blocks = append(blocks, b)
	}
	return parts[0], blocks
}

func writeBlocks(t testing.TB, file, first string, blocks []block) {
	t.Helper()
	text := first + "\n"
	for _, b := range blocks {
		text += "\n"
		for _, name := range []string{"ir", "js", "cel", "if"} {
			text += name + ":" + strings.Repeat(" ", 4-len(name)) + b[name] + "\n"
		}
	}
	require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
}

func files(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob(expressions + "*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, all)
	return all
}

// text is the CEL text of an expression.
func text(t testing.TB, e ir.Expr, test bool) string {
	t.Helper()
	text, marks, err := celgen.Generate(e, test, names.New(&ir.Rule{Locals: locals}))
	require.NoError(t, err)
	require.NotEmpty(t, marks)
	return text
}

func TestTexts(t *testing.T) {
	env := environment(t)
	for _, file := range files(t) {
		first, blocks := readBlocks(t, file)
		for _, b := range blocks {
			e := parsed(t, b["ir"])
			for name, test := range map[string]bool{"cel": false, "if": true} {
				got := text(t, e, test)
				if *update {
					b[name] = got
				}
				assert.Equal(t, b[name], got, b["ir"])
				_, issues := env.Compile(got)
				assert.NoError(t, issues.Err(), got)
			}
		}
		if *update {
			writeBlocks(t, file, first, blocks)
		}
	}
}

// TestBlocks computes every expression for many inputs.
func TestBlocks(t *testing.T) {
	docs := documents()
	for _, file := range files(t) {
		_, blocks := readBlocks(t, file)
		for n, b := range blocks {
			rule := compiled(t, parsed(t, b["ir"]))
			script := newScript(t, b["js"])
			answers := make([]int, len(engines))
			evaluators := make([]steps.Evaluator, len(engines))
			for i, engine := range engines {
				var err error
				evaluators[i], err = engine.compile(rule)
				require.NoError(t, err, b["ir"])
			}
			for k, doc := range docs {
				if (n+k)%3 > 0 { // the blocks share the inputs
					continue
				}
				wantValue, wantTest := script.run(doc, false), script.run(doc, true)
				f := frame(t, rule, doc)
				for i, engine := range engines {
					f.Scratch = nil
					value, test := run(t, evaluators[i], f)
					if !agrees(value, wantValue) || !agrees(test, wantTest) {
						require.Fail(t, engine.name+" differs from JavaScript", "ir   %s\ncel  %s\nexpr %s\nin   %s\nvalue %s, want %s\ntest  %s, want %s",
							b["ir"], rule.Exprs[valueOf].CEL, rule.Exprs[valueOf].Expr, doc, value, wantValue, test, wantTest)
					}
					if value != exited {
						answers[i]++
					}
				}
			}
			for i, engine := range engines {
				assert.True(t, answers[i] > 0 || filepath.Base(file) == "exits.txt", "%s: %s always exits", engine.name, b["ir"])
			}
		}
	}
}

// documents are inputs with hostile values at the paths that the expressions read.
func documents() []string {
	var made []string
	add := func(a, b, c, list, context string) {
		var fields []string
		for _, f := range [...][2]string{{"a", a}, {"b", b}, {"c", c}, {"https://example.com/é", a}, {"list", list}} {
			if f[1] != "" {
				fields = append(fields, quoted(f[0])+": "+f[1])
			}
		}
		if context != "" {
			context = `"a": ` + context
		}
		made = append(made, `{"user": {`+strings.Join(fields, ", ")+`}, "context": {`+context+`}}`)
	}
	values := append([]string{"", `"abA😀é"`, `"gold"`, `" 2 "`, `"__proto__"`, `"toString"`, `1e300`, `[[1], [2]]`, `{"b": {"c": 1}}`,
		`{"b": {"c": {"d": 2}}}`, `{"1": 2, "2": 1}`}, hostile...)
	for i, x := range values {
		for j, y := range values {
			if (i+j)%5 == 0 || i == j {
				add(x, y, `"c"`, `["x"]`, y)
				add(`"x"`, x, y, `["x"]`, x)
			}
		}
		for _, list := range []string{
			`["a", "b"]`, `[]`, `[null, 0, "", 1]`, `["a", {"name": "x"}]`, `[{"name": "x"}, {"name": "y"}]`, `[{"name": "y"}, null, {"name": "x"}]`,
			`"text"`, `null`, `{"0": 1, "length": 1}`, `[1, 2, 1]`, `[[1], ["b"]]`, `["é𝒳"]`,
		} {
			add(x, `"b"`, `1`, list, `1`)
		}
	}
	return append(made, `{"user": null, "context": null}`, `{"user": [1], "context": "text"}`)
}
