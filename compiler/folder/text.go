package folder

import (
	"sort"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Text is the text of one file after keyword replacement, with the way back to
// the file. It is immutable and safe for concurrent use.
type Text struct {
	Original *source.File // as on disk
	File     *source.File // after replacement; Original itself when nothing was replaced

	passes []pass // in the order in which they were applied
}

// pass is one sweep of replacements: sorted, disjoint edits.
type pass []edit

// edit says that the bytes from:to became the bytes start:end.
type edit struct {
	from, to   int // before
	start, end int // after
	marker     string
}

// before leads an offset behind the pass to the offset in front of it. An offset
// inside inserted text answers the start of the marker, or its end when it is
// the (exclusive) end of a span.
func (p pass) before(offset int, isEnd bool) int {
	i := sort.Search(len(p), func(i int) bool {
		if isEnd {
			return p[i].start >= offset
		}
		return p[i].start > offset
	}) - 1
	if i < 0 {
		return offset
	}
	e := p[i]
	switch {
	case offset >= e.end:
		return offset - e.end + e.to
	case isEnd:
		return e.to
	default:
		return e.from
	}
}

// covering is the marker whose inserted text holds the offset; "" when none does.
func (p pass) covering(offset int) string {
	i := sort.Search(len(p), func(i int) bool { return p[i].start > offset }) - 1
	if i < 0 || offset >= p[i].end {
		return ""
	}
	return p[i].marker
}

// offset is the place in Original of an offset in File's text.
func (t *Text) offset(offset int, isEnd bool) int {
	offset = min(max(offset, 0), len(t.File.Text))
	for i := len(t.passes) - 1; i >= 0; i-- {
		offset = t.passes[i].before(offset, isEnd)
	}
	return offset
}

// Position is the place in the user's file of an offset in File's text. Inside
// inserted text it is the start of the marker. It never goes back when offset
// goes forward.
func (t *Text) Position(offset int) source.Pos {
	return t.Original.Pos(t.offset(offset, false))
}

// Span is the stretch of the user's file that a stretch of File's text comes
// from, markers taken as a whole.
func (t *Text) Span(start, end int) source.Span {
	return t.Original.Span(t.offset(start, false), t.offset(end, true))
}

// Marker is the keyword marker, as spelled in the file, whose inserted text holds
// the offset; "" when the text there is the file's own.
func (t *Text) Marker(offset int) string {
	for i := len(t.passes) - 1; i >= 0; i-- {
		if marker := t.passes[i].covering(offset); marker != "" {
			return marker
		}
		offset = t.passes[i].before(offset, false)
	}
	return ""
}

// Relocate makes diagnostics that speak of File speak of Original. One about
// inserted text gets a note that says so. Others are left as they are.
func (t *Text) Relocate(list diag.List) diag.List {
	out := make(diag.List, len(list))
	for i, d := range list {
		if d.File == t.File && t.File != t.Original {
			marker := ""
			if d.Span.IsValid() {
				marker = t.Marker(d.Span.Start.Offset)
				d.Span = t.Span(d.Span.Start.Offset, d.Span.End.Offset)
			}
			d.File = t.Original
			if marker != "" {
				d = d.WithNote("the text there is what %s was replaced by", marker)
			}
		}
		out[i] = d
	}
	return out
}

// diagnostic makes a diagnostic about a stretch of File's text.
func (t *Text) diagnostic(code diag.Code, start, end int, format string, args ...any) diag.Diagnostic {
	d := diag.New(code, t.File, t.File.Span(start, end), format, args...)
	return t.Relocate(diag.List{d})[0]
}
