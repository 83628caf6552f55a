package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// readJSON reads a metadata file: a JSON object. It answers its fields in the
// order of the file with the last of equal keys only, as JSON.parse does, and
// whether the text is an object at all.
func readJSON(t *Text) ([]member, diag.List, bool) {
	skip := t.File.BOM()
	text := t.File.Text[skip:]
	var raw json.RawMessage
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, diag.List{jsonError(t, skip, err)}, false
	}
	whole := place{text: t, start: skip + leadingSpace(text), end: skip + len(strings.TrimRight(text, " \t\r\n"))}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	scan := &jsonScan{text: t, skip: skip, dec: dec}
	root := scan.value()
	if root.kind != kindObject {
		d := whole.diagnostic(diag.BadField, "the file holds %s; it must hold an object", root.describe())
		return nil, diag.List{d}, false
	}
	members, list := scan.members()
	return members, list, true
}

// jsonScan reads a text that is known to be JSON, token by token.
type jsonScan struct {
	text *Text
	skip int // bytes of the byte order mark
	dec  *json.Decoder
}

// token reads a token and where it stands.
func (s *jsonScan) token() (json.Token, place) {
	from := int(s.dec.InputOffset())
	tok, err := s.dec.Token()
	if err != nil {
		panic("internal error: checked JSON does not scan: " + err.Error())
	}
	text := s.text.File.Text[s.skip:]
	for from < len(text) && strings.IndexByte(" \t\r\n,:", text[from]) >= 0 {
		from++
	}
	return tok, place{text: s.text, start: s.skip + from, end: s.skip + int(s.dec.InputOffset())}
}

// value reads a value. Of a list or an object it has read the opening bracket only.
func (s *jsonScan) value() value {
	tok, at := s.token()
	v := value{at: at}
	switch tok := tok.(type) {
	case nil:
		v.kind = kindNull
	case bool:
		v.kind, v.boolean = kindBool, tok
	case string:
		v.kind, v.text = kindText, tok
	case json.Number:
		number, err := strconv.ParseFloat(string(tok), 64)
		if err != nil {
			v.kind, v.tag = kindOther, "!!float"
			break
		}
		v.kind, v.number = kindNumber, number
	case json.Delim:
		v.kind = kindList
		if tok == '{' {
			v.kind = kindObject
		}
	}
	return v
}

// members reads the fields of an object whose brace is read, up to the closing one.
func (s *jsonScan) members() ([]member, diag.List) {
	var (
		members []member
		list    diag.List
		seen    = map[string]int{}
	)
	for s.dec.More() {
		tok, at := s.token()
		m := member{key: tok.(string), keyAt: at, value: s.value()}
		if m.value.kind == kindList || m.value.kind == kindObject {
			m.value.at.end = s.leave()
		}
		if i, twice := seen[m.key]; twice {
			d := m.keyAt.diagnostic(diag.BadField, "%s is given twice; the last one counts", m.key)
			d.Severity = diag.Warning
			list = append(list, d)
			members[i] = m
			continue
		}
		seen[m.key] = len(members)
		members = append(members, m)
	}
	return members, list
}

// leave reads up to the end of the list or object just entered and answers its offset.
func (s *jsonScan) leave() int {
	for depth := 1; depth > 0; {
		tok, _ := s.token()
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return s.skip + int(s.dec.InputOffset())
}

// jsonError places an error of encoding/json and says what the likely cause is.
func jsonError(t *Text, skip int, err error) diag.Diagnostic {
	text := t.File.Text
	offset := len(text)
	message := err.Error()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		offset = skip + int(syntax.Offset)
		if !strings.HasPrefix(message, "unexpected end") && offset > skip {
			offset-- // it counts the bytes up to and with the wrong one
		}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		message = "unexpected end of JSON input"
	}
	offset = min(offset, len(text))
	if strings.TrimSpace(text[skip:]) == "" {
		return t.diagnostic(diag.BadJSON, offset, offset, "the file is empty; it must hold a JSON object")
	}
	d := t.diagnostic(diag.BadJSON, offset, min(offset+1, len(text)), "%s", message)
	if note := jsonHint([]byte(text), offset); note != "" {
		d = d.WithNote("%s", note)
	}
	return d
}

// jsonHint guesses what somebody meant who wrote the byte at offset.
func jsonHint(text []byte, offset int) string {
	before := bytes.TrimRight(text[:offset], " \t\r\n")
	rest := text[offset:]
	switch {
	case bytes.HasPrefix(rest, []byte("/")):
		return "JSON has no comments"
	case bytes.HasPrefix(rest, []byte("'")):
		return "JSON texts stand between double quotes"
	case bytes.HasPrefix(rest, []byte("@@")), bytes.HasPrefix(rest, []byte("##")):
		return "a keyword without a mapping stays as it is"
	case len(rest) > 0 && (rest[0] == '}' || rest[0] == ']') && bytes.HasSuffix(before, []byte(",")):
		return "a comma before a closing bracket is one too many"
	case len(rest) > 0 && rest[0] == '"' && len(before) > 0 && before[len(before)-1] != '\\':
		return "a comma may be missing in front of it"
	case len(rest) > 0 && (rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= 'A' && rest[0] <= 'Z' || rest[0] == '_') &&
		(bytes.HasSuffix(before, []byte("{")) || bytes.HasSuffix(before, []byte(","))):
		return "JSON keys stand between double quotes"
	}
	return ""
}

func leadingSpace(text string) int { return len(text) - len(strings.TrimLeft(text, " \t\r\n")) }
