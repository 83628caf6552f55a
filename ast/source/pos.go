// Package source holds positions in rule files: a place ([Pos]), a stretch of
// text ([Span]) and the line table of one text ([File]), with the conversions
// from the positions of every foreign tool (esbuild, goja) to ours.
//
// What goes in is the text of a file as it is on disk: with a byte order mark,
// with CRLF, with tabs. What comes out always speaks of that text. All other
// packages convert through this one, and nowhere else.
//
// Invariants: lines and columns are 1-based, a column counts bytes, an offset is
// 0-based and counts bytes, the end of a span is exclusive. A byte order mark at
// the start of a file takes no column: the character behind it is column 1.
package source

import "fmt"

// Pos is a place in a file. The zero Pos is no place: see IsValid.
type Pos struct {
	Line   int // 1-based
	Column int // 1-based, in bytes
	Offset int // 0-based, in bytes
}

// IsValid reports whether p is a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String is "line:column".
func (p Pos) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

// Span is a stretch of a file's text. End is exclusive. The zero Span is none.
type Span struct {
	Start, End Pos
}

// IsValid reports whether s is a stretch of some text.
func (s Span) IsValid() bool { return s.Start.IsValid() }

// Len is the number of bytes between start and end.
func (s Span) Len() int { return s.End.Offset - s.Start.Offset }

// Contains reports whether the offset lies inside s.
func (s Span) Contains(offset int) bool {
	return s.Start.Offset <= offset && offset < s.End.Offset
}

// String is "line:column-line:column".
func (s Span) String() string { return s.Start.String() + "-" + s.End.String() }
