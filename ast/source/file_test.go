package source_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
)

func TestFilePos(t *testing.T) {
	tests := []struct {
		name, text, find string
		line, column     int
	}{
		{"first byte", "abc", "a", 1, 1},
		{"tab is one column", "\tabc", "a", 1, 2},
		{"after LF", "a\nb", "b", 2, 1},
		{"after CRLF", "a\r\n b", "b", 2, 2},
		{"after lone CR", "a\rb", "b", 2, 1},
		{"after U+2028", "a\u2028b", "b", 2, 1},
		{"é takes two bytes", "é x", "x", 1, 4},
		{"emoji takes four bytes", "😀x", "x", 1, 5},
		{"byte order mark takes none", "\uFEFFabc", "b", 1, 2},
		{"byte order mark, second line", "\uFEFFa\nbc", "c", 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := source.NewFile("r.js", tt.text)
			pos := f.Pos(strings.Index(tt.text, tt.find))
			assert.Equal(t, tt.line, pos.Line, "line")
			assert.Equal(t, tt.column, pos.Column, "column")
			assert.Equal(t, pos, f.At(pos.Line, pos.Column), "At is the inverse of Pos")
		})
	}
}

func TestFilePosOutside(t *testing.T) {
	f := source.NewFile("r.js", "\uFEFFab\ncd")
	assert.Equal(t, "1:1", f.Pos(-5).String())
	assert.Equal(t, "2:3", f.Pos(1000).String())
	assert.Equal(t, "2:3", f.At(9, 1000).String())
	assert.Equal(t, "1:1", f.At(-1, -1).String())
	assert.False(t, source.Pos{}.IsValid())
}

func TestFileLine(t *testing.T) {
	f := source.NewFile("r.js", "\uFEFFone\r\ntwo\rthree\n")
	assert.Equal(t, 4, f.LineCount())
	assert.Equal(t, []string{"one", "two", "three", "", ""},
		[]string{f.Line(1), f.Line(2), f.Line(3), f.Line(4), f.Line(5)})
}

func TestFileSpan(t *testing.T) {
	f := source.NewFile("r.js", "let é = 1;\nlet b;")
	span := f.Span(4, 6)
	assert.Equal(t, "é", f.Slice(span))
	assert.Equal(t, 2, span.Len())
	assert.Equal(t, "1:5-1:7", span.String())
	assert.True(t, span.Contains(5))
	assert.False(t, span.Contains(6))
}

func TestInvalidUTF8(t *testing.T) {
	_, bad := source.NewFile("r.js", "é\uFFFD").InvalidUTF8()
	require.False(t, bad)
	pos, bad := source.NewFile("r.js", "a\n b\xff").InvalidUTF8()
	require.True(t, bad)
	assert.Equal(t, "2:3", pos.String())
}

func TestConvert(t *testing.T) {
	f := source.NewFile("r.js", "\uFEFFé = 1;\né😀 = x;")
	x := strings.Index(f.Text, "x")
	assert.Equal(t, f.Pos(x), f.FromEsbuild(2, len("é😀 = "), 1, 1).Start, "esbuild, second line")
	one := strings.Index(f.Text, "1")
	assert.Equal(t, f.Pos(one), f.FromEsbuild(1, 1+len("é = "), 1, 1).Start, "esbuild, first line behind the wrapper")
	assert.Equal(t, f.Pos(one), f.FromGojaIdx(1+1+len("é = "), 1), "goja index")
	assert.Equal(t, f.Pos(x), f.FromGoja(2, 1+len("é😀 = "), 1), "goja line and column")
	assert.Equal(t, f.Pos(x), f.FromCodePoints(2, 5), "code points")
	assert.Equal(t, f.Pos(x), f.FromUTF16(1, 6), "UTF-16 units")
}

func TestUnits(t *testing.T) {
	f := source.NewFile("r.js", "\uFEFFé = 1;\r\né😀 = x; 漢\u2028\n😀😀y")
	u := source.NewUnits(f)
	for line := range f.LineCount() {
		for column := range 14 {
			assert.Equal(t, f.FromUTF16(line, column), u.At(line, column), "%d:%d", line, column)
		}
	}
	for i := range f.Text {
		if p := f.Pos(i); i >= f.BOM() && f.Text[i] != '\n' {
			assert.Equal(t, p, u.At(p.Line-1, u.Column(p)), "offset %d", i)
		}
	}
	assert.Equal(t, 5, u.Column(f.Pos(strings.Index(f.Text, "= x")+1)))
}
