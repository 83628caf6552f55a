package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// MaxPrinted is the number of diagnostics that [Fprint] writes; the rest is counted.
const MaxPrinted = 50

// Style colours the parts of a printed diagnostic. A nil function prints plainly.
type Style struct {
	Place, Caret, Note func(string) string
	Severity           func(Severity, string) string
}

// Fprint writes the text form of each diagnostic: the line of [Diagnostic.Error],
// the source line with a caret under the place, the notes. A list longer than
// MaxPrinted is cut, and says so.
func Fprint(w io.Writer, list List, style Style) error {
	for i, d := range list {
		if i == MaxPrinted {
			_, err := fmt.Fprintf(w, "… and %d more\n", len(list)-MaxPrinted)
			return err
		}
		if _, err := io.WriteString(w, d.text(style)); err != nil {
			return err
		}
	}
	return nil
}

// Text is the text form of one diagnostic without colour.
func (d Diagnostic) Text() string { return d.text(Style{}) }

func (d Diagnostic) text(style Style) string {
	var b strings.Builder
	place := d.Name()
	if d.Span.IsValid() {
		place += ":" + d.Span.Start.String()
	}
	if place != "" {
		b.WriteString(paint(style.Place, place+":") + " ")
	}
	severity := d.Severity.String() + ":"
	if style.Severity != nil {
		severity = style.Severity(d.Severity, severity)
	}
	fmt.Fprintf(&b, "%s %s [%s]\n", severity, d.Message, d.Code)
	if d.File != nil && d.Span.IsValid() {
		d.snippet(&b, style)
	}
	for _, note := range d.Notes {
		b.WriteString("    " + paint(style.Note, "note:") + " " + note + "\n")
	}
	return b.String()
}

// maxSnippet is the widest source line that is shown whole, in bytes.
const maxSnippet = 160

// snippet writes the source line and the caret line. A long line is cut to a
// window around the place; control characters are shown as spaces.
func (d Diagnostic) snippet(b *strings.Builder, style Style) {
	line := d.File.Line(d.Span.Start.Line)
	start := min(d.Span.Start.Column-1, len(line))
	end := len(line)
	if d.Span.End.Line == d.Span.Start.Line {
		end = min(max(d.Span.End.Column-1, start), len(line))
	}
	lead, tail := "", ""
	if len(line) > maxSnippet {
		from := max(0, start-maxSnippet/2)
		for from > 0 && !utf8.RuneStart(line[from]) {
			from--
		}
		to := min(len(line), from+maxSnippet)
		for to < len(line) && to > start && !utf8.RuneStart(line[to]) {
			to--
		}
		if from > 0 {
			lead = "…"
		}
		if to < len(line) {
			tail = "…"
		}
		line, start, end = line[from:to], start-from, max(start, min(end, to))-from
	}
	number := fmt.Sprintf("%6d | ", d.Span.Start.Line)
	b.WriteString(number + lead + printable(line) + tail + "\n")
	caret := "^" + strings.Repeat("~", max(0, columns(line[start:end])-1))
	b.WriteString(strings.Repeat(" ", len(number)-2) + "| " + strings.Repeat(" ", columns(lead)+columns(line[:start])) +
		paint(style.Caret, caret) + "\n")
}

const tabColumns = 2

// printable is a source line as a terminal may safely show it.
func printable(line string) string {
	var b strings.Builder
	for _, r := range line {
		switch {
		case r == '\t':
			b.WriteString(strings.Repeat(" ", tabColumns))
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// columns is the number of terminal columns that printable(text) takes: two for
// wide characters, none for combining marks.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r == '\t':
			n += tabColumns
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) || r == '\u200D' || unicode.Is(unicode.Variation_Selector, r):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return true
	}
	return false
}

func paint(style func(string) string, text string) string {
	if style == nil {
		return text
	}
	return style(text)
}

type jsonDiagnostic struct {
	File      string   `json:"file"`
	Line      int      `json:"line,omitempty"`
	Column    int      `json:"column,omitempty"`
	EndLine   int      `json:"end_line,omitempty"`
	EndColumn int      `json:"end_column,omitempty"`
	Severity  string   `json:"severity"`
	Code      Code     `json:"code"`
	Message   string   `json:"message"`
	Notes     []string `json:"notes,omitempty"`
	Snippet   string   `json:"snippet,omitempty"`
}

// MarshalJSON writes file, line, column (both 1-based, columns in bytes),
// severity, code, message, notes and the source line.
func (d Diagnostic) MarshalJSON() ([]byte, error) {
	j := jsonDiagnostic{
		File: d.Name(), Severity: d.Severity.String(), Code: d.Code, Message: d.Message, Notes: d.Notes,
	}
	if d.Span.IsValid() {
		j.Line, j.Column = d.Span.Start.Line, d.Span.Start.Column
		j.EndLine, j.EndColumn = d.Span.End.Line, d.Span.End.Column
		if d.File != nil && len(d.File.Line(j.Line)) <= 4*maxSnippet {
			j.Snippet = d.File.Line(j.Line)
		}
	}
	return json.Marshal(j)
}
