package diag_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func TestTableRoundTrip(t *testing.T) {
	seen := map[diag.Code]bool{}
	for _, row := range diag.Table() {
		assert.Regexp(t, regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`), string(row.Code))
		assert.False(t, seen[row.Code], "%s stands twice", row.Code)
		seen[row.Code] = true
		got, ok := diag.Lookup(diag.Code(string(row.Code)))
		require.True(t, ok)
		assert.Equal(t, row, got)
		assert.NotEmpty(t, row.Summary)
		assert.NotEmpty(t, row.Severity.String())
	}
	_, ok := diag.Lookup("no-such-code")
	assert.False(t, ok)
}

func TestText(t *testing.T) {
	tests := []struct {
		name, text, find, want string
	}{
		{"plain", "a\n  foo(1);\n", "foo(1)", "r.js:2:3: error: bad [syntax-error]\n     2 |   foo(1);\n       |   ^~~~~~\n    note: do this\n"},
		{"tab", "\tfoo", "foo", "r.js:1:2: error: bad [syntax-error]\n     1 |   foo\n       |   ^~~\n    note: do this\n"},
		{"é before", "é foo", "foo", "r.js:1:4: error: bad [syntax-error]\n     1 | é foo\n       |   ^~~\n    note: do this\n"},
		{"emoji is two columns wide", "😀 foo", "foo", "r.js:1:6: error: bad [syntax-error]\n     1 | 😀 foo\n       |    ^~~\n    note: do this\n"},
		{"wide letters", "漢字foo", "foo", "r.js:1:7: error: bad [syntax-error]\n     1 | 漢字foo\n       |     ^~~\n    note: do this\n"},
		{"CRLF and a byte order mark", "\uFEFFa\r\n foo\r\n", "foo", "r.js:2:2: error: bad [syntax-error]\n     2 |  foo\n       |  ^~~\n    note: do this\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("r.js", tt.text)
			at := strings.Index(tt.text, tt.find)
			d := diag.New(diag.SyntaxError, f, f.Span(at, at+len(tt.find)), "bad").WithNote("do this")
			assert.Equal(t, tt.want, d.Text())
		})
	}
}

func TestTextLongLine(t *testing.T) {
	text := strings.Repeat("é", 2000) + "foo" + strings.Repeat("x", 2000)
	f := source.NewFile("r.js", text)
	at := strings.Index(text, "foo")
	out := diag.New(diag.SyntaxError, f, f.Span(at, at+3), "bad").Text()
	lines := strings.Split(out, "\n")
	require.Len(t, lines, 4)
	caret := strings.Index(lines[2], "^")
	runes := []rune(lines[1])
	assert.Equal(t, "foo", string(runes[caret:caret+3]), "the caret stands under foo")
	assert.Less(t, len(lines[1]), 400)
}

func TestListSortAndErr(t *testing.T) {
	f, g := source.NewFile("a.js", "xyz"), source.NewFile("b.js", "xyz")
	list := diag.List{
		diag.New(diag.SyntaxError, g, g.Span(0, 1), "third"),
		diag.New(diag.TrailingSemicolon, f, f.Span(2, 3), "second"),
		diag.New(diag.SyntaxError, f, f.Span(1, 2), "first"),
		diag.New(diag.SyntaxError, f, f.Span(1, 2), "first"),
	}.Sort()
	require.Len(t, list, 3)
	assert.Equal(t, []string{"first", "second", "third"}, []string{list[0].Message, list[1].Message, list[2].Message})
	assert.Equal(t, "a.js:1:2: error: first [syntax-error] (and 2 more)", list.Error())
	assert.NoError(t, list[1:2].Err(), "warnings are no error")

	err := fmt.Errorf("load: %w", list.Err())
	var one diag.Diagnostic
	require.True(t, errors.As(err, &one))
	assert.Equal(t, "first", one.Message)
	assert.Equal(t, list, diag.FromError(err))
	assert.Equal(t, diag.List{one}, diag.FromError(one))
	assert.Nil(t, diag.FromError(errors.New("other")))
}

func TestFprintCutsLongLists(t *testing.T) {
	var list diag.List
	for i := range 60 {
		list = append(list, diag.ForPath(diag.NoRules, fmt.Sprint(i), "none"))
	}
	var b strings.Builder
	require.NoError(t, diag.Fprint(&b, list, diag.Style{}))
	assert.Equal(t, 51, strings.Count(b.String(), "\n"))
	assert.Contains(t, b.String(), "… and 10 more")
}

func TestJSON(t *testing.T) {
	f := source.NewFile("r.js", "é x")
	out, err := json.Marshal(diag.New(diag.SyntaxError, f, f.Span(3, 4), "bad"))
	require.NoError(t, err)
	assert.JSONEq(t, `{"file":"r.js","line":1,"column":4,"end_line":1,"end_column":5,"severity":"error","code":"syntax-error","message":"bad","snippet":"é x"}`, string(out))
}
