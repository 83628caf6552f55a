package folder

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// kind is what a metadata value is, in the words of JSON.
type kind uint8

const (
	kindOther kind = iota // a YAML value that JSON has no word for
	kindNull
	kindBool
	kindNumber
	kindText
	kindList
	kindObject
)

// value is one value of a JSON or YAML file, read as deep as the rules need.
type value struct {
	kind    kind
	text    string // of a text
	number  float64
	boolean bool
	at      place
	node    *yaml.Node // of a YAML list or object, aliases followed
	tag     string     // of a kindOther
}

// member is one field of an object.
type member struct {
	key   string
	keyAt place
	value value
}

// place is where something stands: in a text, or in a file as a whole.
type place struct {
	text       *Text
	path       string // when text is nil
	start, end int    // offsets in text.File; the whole file when end is 0
	// A YAML node knows its line and column in code points (both 1-based); they
	// become offsets only when somebody asks, because that walks the line.
	line, column int
	raw          string
}

// diagnostic makes a diagnostic about the place.
func (p place) diagnostic(code diag.Code, format string, args ...any) diag.Diagnostic {
	switch start, end := p.offsets(); {
	case p.text == nil:
		return diag.ForPath(code, p.path, format, args...)
	case end == 0:
		return diag.New(code, p.text.Original, source.Span{}, format, args...)
	default:
		return p.text.diagnostic(code, start, end, format, args...)
	}
}

// offsets are the ends of the place in the text; 0, 0 for a file as a whole.
func (p place) offsets() (start, end int) {
	if p.line == 0 {
		return p.start, p.end
	}
	file := p.text.File
	start = file.FromCodePoints(p.line, p.column-1).Offset
	rest := file.Text[start:]
	switch {
	case p.raw != "" && strings.HasPrefix(rest, p.raw):
		return start, start + len(p.raw)
	case strings.HasPrefix(rest, `"`), strings.HasPrefix(rest, `'`):
		if i := strings.IndexByte(rest[1:], rest[0]); i >= 0 {
			return start, start + i + 2
		}
	}
	line := rest
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	line, _, _ = strings.Cut(line, " #")
	return start, max(start+len(strings.TrimRight(line, " \t")), 1)
}

// String is "file:line:column", or the file alone.
func (p place) String() string {
	if p.text == nil {
		return p.path
	}
	start, end := p.offsets()
	if end == 0 {
		return p.text.Original.Name
	}
	return p.text.Original.Name + ":" + p.text.Position(start).String()
}

// describe says what a value is, for a message.
func (v value) describe() string {
	switch v.kind {
	case kindNull:
		return "null"
	case kindBool:
		return strconv.FormatBool(v.boolean)
	case kindNumber:
		return "the number " + strconv.FormatFloat(v.number, 'g', -1, 64)
	case kindText:
		return "the text " + quoteShort(v.text)
	case kindList:
		return "a list"
	case kindObject:
		return "an object"
	}
	switch v.tag {
	case "!!float", "!!int":
		return "no number that JSON can write"
	case "!!timestamp":
		return "a date"
	}
	return "a value with the tag " + v.tag
}

// quoteShort quotes a text for a message and cuts it when it is long.
func quoteShort(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return strconv.Quote(text)
}
