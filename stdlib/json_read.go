package stdlib

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Parse is JSON.parse(s): objects and arrays that nothing else refers to. Of equal keys the last
// one's value counts, in the first one's place.
//
//	parse(s) -> any
//	parse("[1, -0]") // [1, -0]
//	parse("{a: 1}")  // error: a rule would throw SyntaxError here
//
// Source: ECMA-262 JSON.parse. Engines: expr, cel.
func Parse(s any) (any, error) {
	text, err := jsvalue.ToString(s)
	if err != nil {
		return nil, err
	}
	if err := wellFormed(text); err != nil {
		return nil, err
	}
	r := jsonReader{text: text}
	value, err := r.value(0)
	if err != nil {
		return nil, err
	}
	r.space()
	if r.at < len(r.text) {
		return nil, jsvalue.ExitThrow
	}
	return value, nil
}

type jsonReader struct {
	text string
	at   int
}

func (r *jsonReader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

// next reports whether c stands here, and goes behind it.
func (r *jsonReader) next(c byte) bool {
	if r.at < len(r.text) && r.text[r.at] == c {
		r.at++
		return true
	}
	return false
}

// value reads a value and the white space before it.
func (r *jsonReader) value(depth int) (any, error) {
	if depth > maxJSONNesting {
		return nil, jsvalue.ExitSize
	}
	r.space()
	if r.at == len(r.text) {
		return nil, jsvalue.ExitThrow
	}
	switch c := r.text[r.at]; {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.list(depth)
	case c == '"':
		s, err := r.quoted()
		if err != nil {
			return nil, err
		}
		return s, nil
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	for word, value := range words {
		if len(r.text)-r.at >= len(word) && r.text[r.at:r.at+len(word)] == word {
			r.at += len(word)
			return value, nil
		}
	}
	return nil, jsvalue.ExitThrow
}

var words = map[string]any{"null": nil, "true": true, "false": false}

func (r *jsonReader) object(depth int) (any, error) {
	made := &jsvalue.Object{Values: map[string]any{}}
	r.at++
	r.space()
	if r.next('}') {
		return made, nil
	}
	for {
		r.space()
		if r.at == len(r.text) || r.text[r.at] != '"' {
			return nil, jsvalue.ExitThrow
		}
		key, err := r.quoted()
		if err != nil {
			return nil, err
		}
		r.space()
		if !r.next(':') {
			return nil, jsvalue.ExitThrow
		}
		value, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if _, twice := made.Values[key]; !twice {
			made.Keys = append(made.Keys, key)
		}
		made.Values[key] = value
		r.space()
		if r.next(',') {
			continue
		}
		if r.next('}') {
			return made, nil
		}
		return nil, jsvalue.ExitThrow
	}
}

func (r *jsonReader) list(depth int) (any, error) {
	made := &jsvalue.List{Items: []any{}}
	r.at++
	r.space()
	if r.next(']') {
		return made, nil
	}
	for {
		value, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		made.Items = append(made.Items, value)
		r.space()
		if r.next(',') {
			continue
		}
		if r.next(']') {
			return made, nil
		}
		return nil, jsvalue.ExitThrow
	}
}

// digits goes behind digits and reports whether there were any.
func (r *jsonReader) digits() bool {
	start := r.at
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
	}
	return r.at > start
}

func (r *jsonReader) number() (any, error) {
	start := r.at
	r.next('-')
	if !r.next('0') && !r.digits() {
		return nil, jsvalue.ExitThrow
	}
	if r.next('.') && !r.digits() {
		return nil, jsvalue.ExitThrow
	}
	if r.next('e') || r.next('E') {
		if !r.next('+') {
			r.next('-')
		}
		if !r.digits() {
			return nil, jsvalue.ExitThrow
		}
	}
	n, _ := strconv.ParseFloat(r.text[start:r.at], 64) // out of range is an infinity, as in JavaScript
	return n, nil
}

// quoted reads a text in quotes.
func (r *jsonReader) quoted() (string, error) {
	r.at++
	start := r.at
	for ; r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == '"':
			r.at++
			return r.text[start : r.at-1], nil
		case c < ' ':
			return "", jsvalue.ExitThrow
		case c == '\\':
			return r.escaped([]byte(r.text[start:r.at]))
		}
	}
	return "", jsvalue.ExitThrow
}

// escaped reads on from the first backslash; made is what stands before it.
func (r *jsonReader) escaped(made []byte) (string, error) {
	for r.at < len(r.text) {
		c := r.text[r.at]
		r.at++
		switch {
		case c == '"':
			return string(made), nil
		case c < ' ':
			return "", jsvalue.ExitThrow
		case c != '\\':
			made = append(made, c)
			continue
		case r.at == len(r.text):
			return "", jsvalue.ExitThrow
		}
		c = r.text[r.at]
		r.at++
		switch c {
		case '"', '\\', '/':
			made = append(made, c)
		case 'b':
			made = append(made, '\b')
		case 'f':
			made = append(made, '\f')
		case 'n':
			made = append(made, '\n')
		case 'r':
			made = append(made, '\r')
		case 't':
			made = append(made, '\t')
		case 'u':
			unit, ok := r.hex()
			if !ok {
				return "", jsvalue.ExitThrow
			}
			if utf16.IsSurrogate(unit) {
				if !r.next('\\') || !r.next('u') {
					return "", jsvalue.ExitSurrogate
				}
				low, _ := r.hex()
				if unit = utf16.DecodeRune(unit, low); unit == utf8.RuneError {
					return "", jsvalue.ExitSurrogate
				}
			}
			made = utf8.AppendRune(made, unit)
		default:
			return "", jsvalue.ExitThrow
		}
	}
	return "", jsvalue.ExitThrow
}

// hex reads four hexadecimal digits.
func (r *jsonReader) hex() (rune, bool) {
	if len(r.text)-r.at < 4 {
		return 0, false
	}
	n := rune(0)
	for _, c := range []byte(r.text[r.at : r.at+4]) {
		digit, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		n = n<<4 | rune(digit)
	}
	r.at += 4
	return n, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
