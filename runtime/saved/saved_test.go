package saved_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

func pipeline() *saved.Pipeline {
	return &saved.Pipeline{
		Tenant: "acme", Engine: "auto", Configuration: map[string]string{"B": "2", "A": "<&>"},
		Rules: []saved.Rule{{
			Name: "gate", File: "rules/gate.js", Order: 1.5, Source: saved.Hash("text"), Engine: "expr",
			Program: &program.Rule{Name: "gate", Exprs: []program.Expr{{Expr: "a < b && c", CEL: "true"}}, Steps: []program.Step{
				&program.Deny{At: program.Pos{Line: 2, Column: 3}, Message: program.None},
			}},
			Exits:  []saved.Exit{{Code: "waits", Line: 1, Column: 2}},
			Folded: saved.FoldedBy([]string{"B", "A", "B"}, map[string]string{"B": "2"}, true),
			Script: &saved.Script{Code: "function(){}", Words: saved.WordList(map[string]bool{"b": true, "a": true}), Map: "A,AAA"},
		}, {Name: "plain", Engine: "js"}},
	}
}

func written(t *testing.T, p *saved.Pipeline) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, saved.Write(&b, p))
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	text := written(t, pipeline())
	assert.True(t, saved.Is(text[:20]))
	assert.Equal(t, text, written(t, pipeline()), "the same pipeline gives the same bytes")
	got, err := saved.Read(iotest.OneByteReader(bytes.NewReader(text)))
	require.NoError(t, err)
	assert.Equal(t, pipeline(), got)
	assert.Equal(t, []string{"A", "B"}, got.Rules[0].Folded.Keys)
}

func TestFolded(t *testing.T) {
	f := saved.FoldedBy([]string{"A", "B"}, map[string]string{"A": "1"}, true)
	for _, c := range []struct {
		configuration map[string]string
		domain        string
		want          bool
	}{
		{map[string]string{"A": "1"}, "d", true},
		{map[string]string{"A": "1", "C": "3"}, "d", true},
		{map[string]string{"A": "1", "B": ""}, "d", false},
		{map[string]string{"A": "2"}, "d", false},
		{nil, "d", false},
		{map[string]string{"A": "1"}, "e", false},
	} {
		assert.Equal(t, c.want, f.Holds(c.configuration, "d", c.domain), "%v", c)
	}
	assert.True(t, saved.Folded{}.Holds(nil, "d", "e"))
	assert.NotEqual(t, saved.HashOf([]string{"A", "B"}, map[string]string{"A": "1:B1:2"}), saved.HashOf([]string{"A", "B"}, map[string]string{"A": "1", "B": "2"}))
}

// TestWrongFiles: each kind of wrong file has its reason.
func TestWrongFiles(t *testing.T) {
	text := string(written(t, pipeline()))
	line, body, _ := strings.Cut(text, "\n")
	fields := strings.Split(line, " ")
	head := func(i int, value string) string {
		changed := append([]string(nil), fields...)
		changed[i] = value
		return strings.Join(changed, " ") + "\n" + body
	}
	for _, c := range []struct {
		name, text string
		want       saved.Reason
	}{
		{"empty", "", saved.NotAPipeline},
		{"a rule", "function (user, context, callback) {}\n", saved.NotAPipeline},
		{"another name", "ferrule-pipelines 1 2 3\n", saved.NotAPipeline},
		{"a long line", strings.Repeat("x", 1000), saved.NotAPipeline},
		{"cut in the name", "ferrule-pip", saved.NotAPipeline},
		{"cut in the first line", line[:30], saved.Truncated},
		{"the first line only", line, saved.Truncated},
		{"no body", line + "\n", saved.Truncated},
		{"cut in the body", text[:len(text)-1], saved.Truncated},
		{"a later version", head(1, "2"), saved.UnknownVersion},
		{"version 0", head(1, "0"), saved.Damaged},
		{"version 01", head(1, "01"), saved.Damaged},
		{"no number", head(1, "x"), saved.Damaged},
		{"no size", head(2, "x"), saved.Damaged},
		{"negative size", head(2, "-1"), saved.Damaged},
		{"huge", head(2, "999999999999"), saved.TooLarge},
		{"short checksum", head(3, "abc"), saved.Damaged},
		{"wrong checksum", head(3, strings.Repeat("0", 64)), saved.Damaged},
		{"four fields", line + " x\n" + body, saved.Damaged},
		{"endless first line", line + strings.Repeat("x", 200), saved.Damaged},
		{"changed body", line + "\n" + body[:len(body)-1] + "x", saved.Damaged},
		{"more behind", text + "x", saved.Damaged},
		{"no gzip", sealed("{}"), saved.Damaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := saved.Read(strings.NewReader(c.text))
			var wrong *saved.FileError
			require.ErrorAs(t, err, &wrong)
			assert.Equal(t, c.want, wrong.Reason, "%v", err)
			assert.NotEmpty(t, err.Error())
		})
	}
	_, err := saved.Read(iotest.ErrReader(io.ErrClosedPipe))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
	_, err = saved.Read(io.MultiReader(strings.NewReader(line+"\n"), iotest.ErrReader(io.ErrClosedPipe)))
	assert.ErrorIs(t, err, io.ErrClosedPipe)
	var wrong *saved.FileError
	assert.False(t, errors.As(err, &wrong))
}

// sealed is a body with a right first line.
func sealed(body string) string {
	return fmt.Sprintf("ferrule-pipeline %d %d %s\n%s", saved.Version, len(body), saved.Hash(body), body)
}

// TestMap: a map answers for every place what the function answered that it was made of.
func TestMap(t *testing.T) {
	text := "(function (user) {\r\n  return 'é\u2028x';\n}\n\n)"
	file := source.NewFile("", text)
	original := source.NewFile("", "// head\nfunction (user) {\n  return '@@E@@';\n}\n"+strings.Repeat("x", 100))
	for name, pos := range map[string]func(line, column int) source.Pos{
		"shifted":  func(line, column int) source.Pos { return original.Pos(file.At(line, column).Offset + 7) },
		"constant": func(line, column int) source.Pos { return original.Pos(9) },
		"jumping":  func(line, column int) source.Pos { return original.Pos(file.At(line, column).Offset * 7 % 40) },
	} {
		t.Run(name, func(t *testing.T) {
			written := saved.WriteMap(text, pos)
			m, ok := saved.ReadMap(written)
			require.True(t, ok, written)
			for line := -1; line < 9; line++ {
				for column := -1; column < 40; column++ {
					want, got := pos(line, column), m.Pos(line, column)
					assert.Equal(t, []int{want.Line, want.Column}, []int{got.Line, got.Column}, "%d:%d", line, column)
				}
			}
		})
	}
	for _, text := range []string{"", "A", "?", "C,A", "C,AAA;", "C,AAAA", "C,AAD", "g", "C,DAA", "C,AA" + strings.Repeat("g", 20)} {
		_, ok := saved.ReadMap(text)
		assert.False(t, ok, "%q", text)
	}
}
