package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

const bom = "\uFEFF"

// File is one text and its line table. It is immutable and safe for concurrent use.
type File struct {
	Name string // as the user spelled it; shown in messages
	Text string // the whole text as read, byte order mark included

	lines []int // offset of each line's first byte (behind the byte order mark)
}

// NewFile makes the line table of text. Lines end as in ECMAScript: at LF, CR,
// CRLF, U+2028 and U+2029.
func NewFile(name, text string) *File {
	f := &File{Name: name, Text: text}
	start := 0
	if strings.HasPrefix(text, bom) {
		start = len(bom)
	}
	f.lines = append(f.lines, start)
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n':
			f.lines = append(f.lines, i+1)
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			f.lines = append(f.lines, i+1)
		case c == 0xE2 && i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0xA8 || text[i+2] == 0xA9):
			i += 2
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// BOM is the number of bytes that a byte order mark takes at the start: 3 or 0.
func (f *File) BOM() int { return f.lines[0] }

// LineCount is the number of lines; a text that ends in a line break has an
// empty last line.
func (f *File) LineCount() int { return len(f.lines) }

// Pos is the place of a byte offset. Offsets outside the text answer its nearest end.
func (f *File) Pos(offset int) Pos {
	offset = min(max(offset, f.lines[0]), len(f.Text))
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset }) - 1
	return Pos{Line: line + 1, Column: offset - f.lines[line] + 1, Offset: offset}
}

// Span is the stretch from offset start to offset end (exclusive).
func (f *File) Span(start, end int) Span {
	if end < start {
		end = start
	}
	return Span{Start: f.Pos(start), End: f.Pos(end)}
}

// At is the place of a 1-based line and a 1-based column in bytes; values
// outside the text answer the nearest place inside.
func (f *File) At(line, column int) Pos {
	line = min(max(line, 1), len(f.lines))
	end := len(f.Text)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	return f.Pos(min(f.lines[line-1]+max(column, 1)-1, max(end, f.lines[line-1])))
}

// Line is the text of a 1-based line without its line break; "" outside the text.
func (f *File) Line(line int) string {
	if line < 1 || line > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if line < len(f.lines) {
		end = f.lines[line]
	}
	text := f.Text[f.lines[line-1]:end]
	for _, brk := range []string{"\r\n", "\n", "\r", "\u2028", "\u2029"} {
		if t, ok := strings.CutSuffix(text, brk); ok && line < len(f.lines) {
			return t
		}
	}
	return text
}

// Slice is the text of a span; "" for a span outside the text.
func (f *File) Slice(s Span) string {
	if s.Start.Offset < 0 || s.End.Offset > len(f.Text) || s.Start.Offset > s.End.Offset {
		return ""
	}
	return f.Text[s.Start.Offset:s.End.Offset]
}

// runeOffset is the byte offset of the n-th code point of a text; len(text) past it.
func runeOffset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// utf16Offset is the byte offset of the n-th UTF-16 unit of a text; a unit
// inside a surrogate pair answers the pair's start.
func utf16Offset(text string, n int) int {
	for i, r := range text {
		width := 1
		if r > 0xFFFF {
			width = 2
		}
		if n < width {
			return i
		}
		n -= width
	}
	return len(text)
}

// validUTF8 reports where text stops being UTF-8; -1 when all of it is.
func validUTF8(text string) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// InvalidUTF8 is the place of the first byte that is not UTF-8, and whether
// there is one.
func (f *File) InvalidUTF8() (Pos, bool) {
	at := validUTF8(f.Text)
	if at < 0 {
		return Pos{}, false
	}
	return f.Pos(at), true
}
