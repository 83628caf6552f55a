package gojalib

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func itoa(i int) string { return strconv.Itoa(i) }

// encodeUTF8 is the string in UTF-8, lone surrogates as U+FFFD.
func encodeUTF8(s goja.String) []byte { return []byte(s.String()) }

// units are the UTF-16 code units of a string.
func units(s goja.String) []uint16 {
	out := make([]uint16, s.Length())
	for i := range out {
		out[i] = s.CharAt(i)
	}
	return out
}

// text is a JavaScript string of UTF-8 bytes.
func text(vm *goja.Runtime, b []byte) goja.Value { return vm.ToValue(jsvalue.DecodeUTF8(b)) }

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
