package jsondoc

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// MaxDepth is the deepest nesting of arrays and objects that is read; it is
// encoding/json's limit, too.
const MaxDepth = 10000

// SyntaxError says where and why bytes are not JSON.
type SyntaxError struct {
	Offset  int    // 0-based, in bytes
	Problem string // lower case, no full stop
}

// Error names the offset and the problem.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not JSON at byte %d: %s", e.Offset, e.Problem)
}

// Decode reads one JSON text and the key order of its objects. Numbers become
// float64; one that is too large for it is an error. Bytes that are not UTF-8
// become U+FFFD.
//
// # Errors
//
// *SyntaxError for everything that is not one JSON text.
func Decode(data []byte) (any, *Order, error) {
	d := decoder{data: data, order: &Order{}}
	d.space()
	value := d.value(0)
	d.space()
	if d.err == nil && d.at < len(d.data) {
		d.fail("text behind the value")
	}
	if d.err != nil {
		return nil, nil, d.err
	}
	return value, d.order, nil
}

type decoder struct {
	data  []byte
	at    int
	order *Order
	err   *SyntaxError
	buf   []byte
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = &SyntaxError{Offset: d.at, Problem: fmt.Sprintf(format, args...)}
	}
}

func (d *decoder) space() {
	for d.at < len(d.data) {
		switch d.data[d.at] {
		case ' ', '\t', '\n', '\r':
			d.at++
		default:
			return
		}
	}
}

// peek is the next byte; 0 at the end.
func (d *decoder) peek() byte {
	if d.at < len(d.data) {
		return d.data[d.at]
	}
	return 0
}

func (d *decoder) value(depth int) any {
	if d.at >= len(d.data) {
		d.fail("the text ends where a value should start")
		return nil
	}
	switch c := d.data[d.at]; {
	case depth >= MaxDepth && (c == '{' || c == '['):
		d.fail("nested deeper than %d", MaxDepth)
		return nil
	case c == '{':
		return d.object(depth)
	case c == '[':
		return d.array(depth)
	case c == '"':
		return d.text()
	case c == '-' || c >= '0' && c <= '9':
		return d.number()
	case d.literal("true"):
		return true
	case d.literal("false"):
		return false
	case d.literal("null"):
		return nil
	}
	if d.err == nil {
		r, _ := utf8.DecodeRune(d.data[d.at:])
		d.fail("no value starts with %q", r)
	}
	return nil
}

func (d *decoder) literal(word string) bool {
	if len(d.data)-d.at < len(word) || string(d.data[d.at:d.at+len(word)]) != word {
		return false
	}
	d.at += len(word)
	return true
}

func (d *decoder) object(depth int) any {
	d.at++
	object := map[string]any{}
	var keys []string
	d.space()
	if d.peek() == '}' && d.at < len(d.data) {
		d.at++
		d.order.Set(object, nil)
		return object
	}
	for d.err == nil {
		d.space()
		if d.peek() != '"' {
			d.fail("a key in double quotes must stand here")
			break
		}
		key := d.text()
		d.space()
		if d.peek() != ':' {
			d.fail("a colon must follow the key")
			break
		}
		d.at++
		d.space()
		value := d.value(depth + 1)
		if _, twice := object[key]; !twice {
			keys = append(keys, key)
		}
		object[key] = value
		d.space()
		switch d.peek() {
		case ',':
			d.at++
		case '}':
			d.at++
			d.order.Set(object, keys)
			return object
		default:
			d.fail("a comma or } must stand here")
		}
	}
	return nil
}

func (d *decoder) array(depth int) any {
	d.at++
	array := []any{}
	d.space()
	if d.peek() == ']' {
		d.at++
		return array
	}
	for d.err == nil {
		d.space()
		array = append(array, d.value(depth+1))
		d.space()
		switch d.peek() {
		case ',':
			d.at++
		case ']':
			d.at++
			return array
		default:
			d.fail("a comma or ] must stand here")
		}
	}
	return nil
}

func (d *decoder) number() any {
	start := d.at
	digits := func() bool {
		from := d.at
		for d.at < len(d.data) && d.data[d.at] >= '0' && d.data[d.at] <= '9' {
			d.at++
		}
		return d.at > from
	}
	if d.peek() == '-' {
		d.at++
	}
	switch {
	case d.peek() == '0':
		d.at++
	case !digits():
		d.fail("a digit must follow the minus sign")
		return nil
	}
	if d.peek() == '.' {
		d.at++
		if !digits() {
			d.fail("a digit must follow the decimal point")
			return nil
		}
	}
	if c := d.peek(); c == 'e' || c == 'E' {
		d.at++
		if c := d.peek(); c == '+' || c == '-' {
			d.at++
		}
		if !digits() {
			d.fail("a digit must follow the exponent sign")
			return nil
		}
	}
	number, err := strconv.ParseFloat(string(d.data[start:d.at]), 64)
	if err != nil {
		d.at = start
		d.fail("the number is too large")
		return nil
	}
	return number
}

// text reads a string; the opening quote is the next byte.
func (d *decoder) text() string {
	d.at++
	start := d.at
	for d.at < len(d.data) {
		switch c := d.data[d.at]; {
		case c == '"':
			text := string(d.data[start:d.at])
			d.at++
			return text
		case c == '\\' || c >= utf8.RuneSelf:
			return d.escapedText(start)
		case c < ' ':
			d.fail("a control character must be escaped in a string")
			return ""
		default:
			d.at++
		}
	}
	d.fail("the string does not end")
	return ""
}

// escapedText goes on where text met an escape or a byte that is not ASCII.
func (d *decoder) escapedText(start int) string {
	buf := append(d.buf[:0], d.data[start:d.at]...)
	defer func() { d.buf = buf }()
	for d.at < len(d.data) {
		c := d.data[d.at]
		switch {
		case c == '"':
			d.at++
			return string(buf)
		case c < ' ':
			d.fail("a control character must be escaped in a string")
			return ""
		case c == '\\':
			var ok bool
			if buf, ok = d.escape(buf); !ok {
				return ""
			}
		case c < utf8.RuneSelf:
			buf = append(buf, c)
			d.at++
		default:
			r, size := utf8.DecodeRune(d.data[d.at:])
			buf = utf8.AppendRune(buf, r)
			d.at += size
		}
	}
	d.fail("the string does not end")
	return ""
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (d *decoder) escape(buf []byte) ([]byte, bool) {
	if d.at+1 >= len(d.data) {
		d.at = len(d.data)
		d.fail("the string does not end")
		return buf, false
	}
	c := d.data[d.at+1]
	if c != 'u' {
		plain, ok := escapes[c]
		if !ok {
			d.fail("no escape sequence starts with \\%c", c)
			return buf, false
		}
		d.at += 2
		return append(buf, plain), true
	}
	unit, ok := d.unit()
	if !ok {
		d.fail("four hexadecimal digits must follow \\u")
		return buf, false
	}
	d.at += 6
	if !utf16.IsSurrogate(rune(unit)) {
		return utf8.AppendRune(buf, rune(unit)), true
	}
	if low, ok := d.unit(); ok {
		if r := utf16.DecodeRune(rune(unit), rune(low)); r != utf8.RuneError {
			d.at += 6
			return utf8.AppendRune(buf, r), true
		}
	}
	return jsvalue.AppendSurrogate(buf, unit), true
}

// unit reads \uXXXX at the current place without moving on.
func (d *decoder) unit() (uint16, bool) {
	if d.at+6 > len(d.data) || d.data[d.at] != '\\' || d.data[d.at+1] != 'u' {
		return 0, false
	}
	var unit uint16
	for _, c := range d.data[d.at+2 : d.at+6] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		unit = unit<<4 | uint16(c)
	}
	return unit, true
}
