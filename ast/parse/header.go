package parse

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Header is the comment block that opens a rule of the template collection.
//
//	/**
//	 * @title Only for one domain
//	 * @overview Denies everybody else.
//	 * @gallery true
//	 * @category access control
//	 *
//	 * Markdown text.
//	 */
type Header struct {
	At          source.Span // the whole comment
	Title       string
	Overview    string
	Gallery     bool
	Categories  []string
	Description string // the text behind the tags
}

var categories = []string{
	"access control", "enrich profile", "multifactor", "guardian", "debugging", "saml", "webhook", "database", "token",
	"marketplace", "test", "default",
}

// header reads the template header: a block comment with two stars before any
// code that has at least one of the four tags. Other comments are no header.
func header(file *source.File) (*Header, diag.List) {
	start := file.BOM() + len(file.Text[file.BOM():]) - len(strings.TrimLeft(file.Text[file.BOM():], " \t\r\n"))
	rest := file.Text[start:]
	if !strings.HasPrefix(rest, "/**") || strings.HasPrefix(rest, "/**/") {
		return nil, nil
	}
	length := strings.Index(rest[3:], "*/")
	if length < 0 {
		return nil, nil
	}
	h := &headerReader{file: file, seen: map[string]bool{}}
	h.header.At = file.Span(start, start+length+5)
	for i := h.header.At.Start.Line; i <= h.header.At.End.Line; i++ {
		h.line(i, start+3, start+3+length)
	}
	if len(h.seen) == 0 {
		return nil, nil
	}
	h.header.Description = strings.TrimSpace(strings.Join(h.text, "\n"))
	return &h.header, h.found
}

type headerReader struct {
	file   *source.File
	header Header
	text   []string
	seen   map[string]bool
	found  diag.List
}

// line reads what line i holds between the offsets from and to.
func (h *headerReader) line(i, from, to int) {
	start := h.file.At(i, 1).Offset
	end := start + len(h.file.Line(i))
	start, end = max(start, from), min(end, to)
	if start > end {
		return
	}
	text := strings.TrimSpace(h.file.Text[start:end])
	text = strings.TrimPrefix(strings.TrimPrefix(text, "*"), " ")
	tag, value, _ := strings.Cut(strings.TrimSpace(text), " ")
	value = strings.TrimSpace(value)
	at := start + strings.Index(h.file.Text[start:end], tag)
	span := h.file.Span(at, at+len(tag))
	switch tag {
	case "@title", "@overview", "@gallery", "@category":
	default:
		h.text = append(h.text, text)
		return
	}
	if h.seen[tag] {
		h.warn(span, "%s stands twice", tag)
	}
	h.seen[tag] = true
	if value == "" {
		h.warn(span, "%s has no text", tag)
	}
	h.tag(tag, value, span)
}

func (h *headerReader) tag(tag, value string, span source.Span) {
	switch tag {
	case "@title":
		h.header.Title = value
	case "@overview":
		h.header.Overview = value
	case "@gallery":
		h.header.Gallery = value == "true"
		if value != "" && value != "true" && value != "false" {
			h.warn(span, "@gallery is %q, not true or false", value)
		}
	case "@category":
		for category := range strings.SplitSeq(value, ",") {
			category = strings.TrimSpace(category)
			if category == "" {
				continue
			}
			h.header.Categories = append(h.header.Categories, category)
			if !slices.Contains(categories, category) {
				h.warn(span, "%q is no category", category)
			}
		}
	}
}

func (h *headerReader) warn(span source.Span, format string, args ...any) {
	h.found = append(h.found, diag.New(diag.BadHeader, h.file, span, format, args...))
}
