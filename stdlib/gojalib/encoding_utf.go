package gojalib

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

func itoa(i int) string { return strconv.Itoa(i) }

// encodeUTF8 is the string in UTF-8, lone surrogates as U+FFFD.
func encodeUTF8(s goja.String) []byte { return []byte(s.String()) }

// decodeUTF8 is UTF-8 decoded as WHATWG's Encoding standard and Node do: one
// U+FFFD for each maximal part of an ill-formed sequence, where Go's conversion
// would give one for each byte.
func decodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		n, ok := sequenceUTF8(b)
		if ok {
			out = append(out, b[:n]...)
		} else {
			out = append(out, "\uFFFD"...)
		}
		b = b[n:]
	}
	return string(out)
}

// sequenceUTF8 is the length of the first sequence and whether it is well formed.
func sequenceUTF8(b []byte) (n int, ok bool) {
	c := b[0]
	low, high, need := byte(0x80), byte(0xBF), 0
	switch {
	case c < 0x80:
		return 1, true
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			low = 0xA0
		} else if c == 0xED {
			high = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			low = 0x90
		} else if c == 0xF4 {
			high = 0x8F
		}
	default:
		return 1, false
	}
	for i := 1; i <= need; i++ {
		if i >= len(b) || b[i] < low || b[i] > high {
			return i, false
		}
		low, high = 0x80, 0xBF
	}
	return need + 1, true
}

// units are the UTF-16 code units of a string.
func units(s goja.String) []uint16 {
	out := make([]uint16, s.Length())
	for i := range out {
		out[i] = s.CharAt(i)
	}
	return out
}

// text is a JavaScript string of UTF-8 bytes.
func text(vm *goja.Runtime, b []byte) goja.Value { return vm.ToValue(decodeUTF8(b)) }

// latin1 is a JavaScript string with one unit for each byte.
func latin1(b []byte) goja.Value {
	u := make([]uint16, len(b))
	for i, c := range b {
		u[i] = uint16(c)
	}
	return goja.StringFromUTF16(u)
}

// wellFormed is the string with each lone surrogate replaced by U+FFFD, and
// whether there was none.
func wellFormed(u []uint16) (fixed []uint16, ok bool) {
	ok = true
	for i := 0; i < len(u); i++ {
		if !utf16.IsSurrogate(rune(u[i])) {
			continue
		}
		if i+1 < len(u) && utf16.DecodeRune(rune(u[i]), rune(u[i+1])) != utf8.RuneError {
			i++
			continue
		}
		if ok {
			ok = false
			u = append([]uint16(nil), u...)
		}
		u[i] = utf8.RuneError
	}
	return u, ok
}

// window is the bytes of a view: three arguments buffer, offset, length.
func window(call goja.FunctionCall, at int) []byte {
	buffer, ok := call.Argument(at).Export().(goja.ArrayBuffer)
	if !ok {
		panic("internal error: no ArrayBuffer")
	}
	from := int(call.Argument(at + 1).ToInteger())
	return buffer.Bytes()[from : from+int(call.Argument(at+2).ToInteger())]
}

// asString is ToString of a value. What goja's own conversion does not answer
// with a string (undefined, null) goes through its text.
func asString(v goja.Value) goja.String {
	if s, ok := v.(goja.String); ok {
		return s
	}
	if s, ok := v.ToString().(goja.String); ok {
		return s
	}
	return goja.StringFromUTF16(utf16.Encode([]rune(v.String())))
}
