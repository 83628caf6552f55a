package source

import (
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// Positions of foreign tools, each taken to ours here and nowhere else. A rule is
// handed to a tool inside a wrapper ("(" + rule + "\n)"): prefix is the number
// of bytes the wrapper puts before the rule's text (without its byte order
// mark), all of them on the tool's first line.

// FromEsbuild converts esbuild's api.Location: 1-based line, 0-based column in
// bytes, length in bytes. A location before or behind the rule's text answers
// the nearest place in it.
func (f *File) FromEsbuild(line, column, length, prefix int) Span {
	if line == 1 {
		column -= prefix
	}
	start := f.At(line, column+1)
	return f.Span(start.Offset, min(start.Offset+max(length, 0), len(f.Text)))
}

// FromGojaIdx converts goja's file.Idx: 1-based byte offset into the wrapped
// text.
func (f *File) FromGojaIdx(idx, prefix int) Pos {
	return f.Pos(idx - 1 - prefix + f.BOM())
}

// FromGoja converts goja's file.Position: 1-based line and 1-based column. The
// parser counts the column in bytes, as its runtime stack frames do.
func (f *File) FromGoja(line, column, prefix int) Pos {
	if line == 1 {
		column -= prefix
	}
	return f.At(line, column)
}

// FromCodePoints converts a 1-based line and a 0-based column in code points, as
// expr and cel give it.
func (f *File) FromCodePoints(line, column int) Pos {
	return f.At(line, runeOffset(f.Line(line), column)+1)
}

// FromUTF16 converts a 0-based line and a 0-based column in UTF-16 units, as
// source maps give it.
func (f *File) FromUTF16(line, column int) Pos {
	return f.At(line+1, utf16Offset(f.Line(line+1), column)+1)
}

// Units converts many places of one file to UTF-16 columns and back: it counts the
// text once. It is immutable and safe for concurrent use.
type Units struct {
	file  *File
	ends  []int // offset behind each character that is no ASCII
	short []int // bytes minus units up to there
}

// NewUnits counts the text of f.
func NewUnits(f *File) *Units {
	u := &Units{file: f}
	short := 0
	for i, r := range f.Text {
		if r < utf8.RuneSelf {
			continue
		}
		n := utf8.RuneLen(r)
		short += n - utf16.RuneLen(r)
		u.ends = append(u.ends, i+n)
		u.short = append(u.short, short)
	}
	return u
}

// units is the number of UTF-16 units before a byte offset.
func (u *Units) units(offset int) int {
	i := sort.SearchInts(u.ends, offset+1)
	if i == 0 {
		return offset
	}
	return offset - u.short[i-1]
}

// Column is the 0-based column of p in UTF-16 units.
func (u *Units) Column(p Pos) int {
	return u.units(p.Offset) - u.units(p.Offset-p.Column+1)
}

// At is the place of a 0-based line and a 0-based column in UTF-16 units, as
// [File.FromUTF16] has it.
func (u *Units) At(line, column int) Pos {
	start := u.file.At(line+1, 1)
	want := u.units(start.Offset) + max(column, 0)
	i := sort.Search(len(u.ends), func(i int) bool { return u.ends[i]-u.short[i] > want })
	offset := want
	if i > 0 {
		offset += u.short[i-1]
	}
	if i < len(u.ends) { // inside the character that ends there
		if begin := u.runeStart(i); offset > begin {
			offset = begin
		}
	}
	return u.file.At(start.Line, min(offset-start.Offset, len(u.file.Line(start.Line)))+1)
}

// runeStart is the offset of the i-th character that is no ASCII.
func (u *Units) runeStart(i int) int {
	_, n := utf8.DecodeLastRuneInString(u.file.Text[:u.ends[i]])
	return u.ends[i] - n
}
