package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// terminal is one output stream and what is known of who reads it. Writing is safe
// for concurrent use.
type terminal struct {
	isTerminal bool
	colour     bool
	columns    int // 0: not a terminal, lines are as long as they are

	mu  sync.Mutex
	out io.Writer
}

func newTerminal(out io.Writer) *terminal {
	t := &terminal{out: out}
	if file, ok := out.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(file.Fd())) {
		t.isTerminal, t.columns = true, 80
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 20 {
			t.columns = width
		}
	}
	return t
}

// Write writes to the stream as it is.
func (t *terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.out.Write(p)
}

// chooseColours reads --color, --no-color and the environment.
func (c *command) chooseColours() error {
	switch c.color {
	case "always", "never", "auto":
	default:
		return usage("--color is auto, always or never, not %q", c.color)
	}
	for _, t := range []*terminal{c.out, c.err} {
		switch {
		case c.noColor || c.color == "never":
			t.colour = false
		case c.color == "always":
			t.colour = true
		default:
			t.colour = t.isTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		}
	}
	return nil
}

func (t *terminal) paint(s string, colours ...text.Color) string {
	if !t.colour || s == "" {
		return s
	}
	return text.Escape(s, text.Colors(colours).EscapeSeq())
}

func (t *terminal) strong(s string) string { return t.paint(s, text.Bold) }
func (t *terminal) faint(s string) string  { return t.paint(s, text.Faint) }
func (t *terminal) good(s string) string   { return t.paint(s, text.FgGreen) }
func (t *terminal) bad(s string) string    { return t.paint(s, text.FgRed) }
func (t *terminal) warn(s string) string   { return t.paint(s, text.FgYellow) }
func (t *terminal) info(s string) string   { return t.paint(s, text.FgCyan) }

// room is how many columns are left in a line beside used ones.
func (t *terminal) room(used int) int {
	if t.columns == 0 {
		return 400 - used
	}
	return max(t.columns-used, 24)
}

// clip cuts a text to a number of columns.
func clip(s string, columns int) string { return text.Snip(s, max(columns, 8), "…") }

// printable makes a text safe for a terminal: control characters and those that
// turn the writing direction appear as escapes, line breaks and tabs stay.
func printable(s string) string {
	risky := func(r rune) bool {
		return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
	}
	if strings.IndexFunc(s, risky) < 0 {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for _, r := range s {
		if risky(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine is printable without line breaks and tabs.
func oneLine(s string) string {
	return printable(strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\t", `\t`).Replace(s))
}

// newTable is a table without lines, as all verbs print it.
func (t *terminal) newTable(header ...string) table.Writer {
	tw := table.NewWriter()
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft, style.Box.PaddingRight = "  ", ""
	tw.SetStyle(style)
	row := make(table.Row, len(header))
	for i, name := range header {
		row[i] = t.faint(name)
	}
	tw.AppendHeader(row)
	tw.SuppressTrailingSpaces()
	return tw
}

// printTable writes a table with a line break behind it.
func (t *terminal) printTable(tw table.Writer) { fmt.Fprintln(t, tw.Render()) }

// diagStyle colours diagnostics.
func (t *terminal) diagStyle() diag.Style {
	return diag.Style{
		Place: t.strong, Caret: t.good, Note: t.info,
		Severity: func(s diag.Severity, word string) string {
			switch s {
			case diag.Error:
				return t.paint(word, text.FgRed, text.Bold)
			case diag.Warning:
				return t.paint(word, text.FgYellow, text.Bold)
			}
			return t.info(word)
		},
	}
}

// printAll writes every diagnostic of a list.
func printAll(t *terminal, list diag.List) {
	style := t.diagStyle()
	for i := range list {
		_ = diag.Fprint(t, list[i:i+1], style) // there is nobody to tell that standard error is closed
	}
}
