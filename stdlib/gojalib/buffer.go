package gojalib

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/hex"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

//go:embed buffer.js
var bufferText string

var bufferProgram = script("buffer.js", bufferText)

// bufferGlobals is Node's Buffer.
//
//	Buffer.from('user:pass').toString('base64') // "dXNlcjpwYXNz"
var bufferGlobals = []Global{member("Buffer", bufferModule)}

func bufferModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "buffer", func() *goja.Object {
		helpers := vm.NewObject()
		for name, f := range map[string]func(*goja.Runtime, goja.FunctionCall) goja.Value{
			"describe": describeValue, "show": showValue, "quote": quoteValue, "bytes": bufferBytes, "byteLength": bufferByteLength, "text": bufferString,
			"write": bufferWrite, "compare": bufferCompare, "indexOf": bufferIndexOf,
		} {
			must(helpers.Set(name, func(call goja.FunctionCall) goja.Value { return f(vm, call) }))
		}
		must(helpers.Set("fail", NodeError(vm)))
		return evaluate(vm, bufferProgram(), helpers)
	})
}

// encodeString is the bytes of a string in one of Node's encodings.
func encodeString(s goja.String, encoding string) []byte {
	switch encoding {
	case "utf8":
		return encodeUTF8(s)
	case "latin1", "ascii":
		out := make([]byte, s.Length())
		for i := range out {
			out[i] = byte(s.CharAt(i))
		}
		return out
	case "ucs2":
		out := make([]byte, 0, 2*s.Length())
		for i := range s.Length() {
			c := s.CharAt(i)
			out = append(out, byte(c), byte(c>>8))
		}
		return out
	case "hex":
		out := make([]byte, 0, s.Length()/2)
		for i := 0; i+1 < s.Length(); i += 2 {
			a, b := s.CharAt(i), s.CharAt(i+1)
			if a > 0x7F || b > 0x7F || jsvalue.Digit(byte(a)) >= 16 || jsvalue.Digit(byte(b)) >= 16 {
				break
			}
			out = append(out, byte(jsvalue.Digit(byte(a))<<4|jsvalue.Digit(byte(b))))
		}
		return out
	case "base64", "base64url":
		return looseBase64(s)
	default:
		panic("internal error: no encoding " + encoding)
	}
}

// looseBase64 decodes as Node does: both alphabets, anything else skipped, and
// nothing after the first padding.
func looseBase64(s goja.String) []byte {
	out := make([]byte, 0, s.Length()*3/4)
	var group uint32
	var have int
	for i := range s.Length() {
		c := s.CharAt(i)
		var v uint32
		switch {
		case c >= 'A' && c <= 'Z':
			v = uint32(c - 'A')
		case c >= 'a' && c <= 'z':
			v = uint32(c-'a') + 26
		case c >= '0' && c <= '9':
			v = uint32(c-'0') + 52
		case c == '+' || c == '-':
			v = 62
		case c == '/' || c == '_':
			v = 63
		case c == '=':
			return looseRest(out, group, have)
		default:
			continue
		}
		group = group<<6 | v
		if have++; have == 4 {
			out = append(out, byte(group>>16), byte(group>>8), byte(group))
			group, have = 0, 0
		}
	}
	return looseRest(out, group, have)
}

// looseRest adds what an unfinished group of 2 or 3 characters holds.
func looseRest(out []byte, group uint32, have int) []byte {
	switch have {
	case 2:
		return append(out, byte(group>>4))
	case 3:
		return append(out, byte(group>>10), byte(group>>2))
	default:
		return out
	}
}

// decodeBytes is the string that bytes mean in one of Node's encodings.
func decodeBytes(vm *goja.Runtime, b []byte, encoding string) goja.Value {
	switch encoding {
	case "utf8":
		return text(vm, b)
	case "latin1":
		return latin1(b)
	case "ascii":
		low := make([]byte, len(b))
		for i, c := range b {
			low[i] = c & 0x7F
		}
		return latin1(low)
	case "ucs2":
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
		}
		return goja.StringFromUTF16(u)
	case "hex":
		return vm.ToValue(hex.EncodeToString(b))
	case "base64":
		return vm.ToValue(base64.StdEncoding.EncodeToString(b))
	case "base64url":
		return vm.ToValue(base64.RawURLEncoding.EncodeToString(b))
	default:
		panic("internal error: no encoding " + encoding)
	}
}

// bufferBytes is bytes(string, encoding): an ArrayBuffer.
func bufferBytes(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return vm.ToValue(vm.NewArrayBuffer(encodeString(asString(call.Argument(0)), call.Argument(1).String())))
}

// bufferByteLength is byteLength(string, encoding). For base64 it is Node's
// estimate from the length, not the number of bytes that decoding gives.
func bufferByteLength(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	s, n := asString(call.Argument(0)), 0
	switch encoding := call.Argument(1).String(); encoding {
	case "latin1", "ascii":
		n = s.Length()
	case "ucs2":
		n = 2 * s.Length()
	case "hex":
		n = s.Length() / 2
	case "base64", "base64url":
		size := s.Length()
		for range 2 {
			if size > 1 && s.CharAt(size-1) == '=' {
				size--
			}
		}
		n = size * 3 / 4
	default:
		n = len(encodeUTF8(s))
	}
	return vm.ToValue(n)
}

// bufferString is text(encoding, buffer, offset, length).
func bufferString(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return decodeBytes(vm, window(call, 1), call.Argument(0).String())
}

// bufferWrite is write(string, encoding, buffer, offset, length): the number of
// bytes written; no character is written in part.
func bufferWrite(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	encoding := call.Argument(1).String()
	b, out := encodeString(asString(call.Argument(0)), encoding), window(call, 2)
	n := min(len(b), len(out))
	switch encoding {
	case "utf8":
		for n < len(b) && n > 0 && b[n]&0xC0 == 0x80 {
			n--
		}
	case "ucs2":
		n &^= 1
	}
	return vm.ToValue(copy(out, b[:n]))
}

// bufferCompare is compare(buffer, offset, length, buffer, offset, length).
func bufferCompare(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return vm.ToValue(bytes.Compare(window(call, 0), window(call, 3)))
}

// bufferIndexOf is indexOf(hay…, needle…, from, forward, step). A needle of two
// byte units is found at even offsets only.
func bufferIndexOf(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	hay, needle := window(call, 0), window(call, 3)
	from, forward, step := call.Argument(6).ToInteger(), call.Argument(7).ToBoolean(), int(call.Argument(8).ToInteger())
	return vm.ToValue(searchBytes(hay, needle, from, forward, step))
}

func searchBytes(hay, needle []byte, from int64, forward bool, step int) int {
	size := int64(len(hay))
	if from < 0 {
		from += size
		if from < 0 {
			if !forward && len(needle) > 0 {
				return -1
			}
			from = 0
		}
	}
	if from > size {
		if forward && len(needle) > 0 {
			return -1
		}
		from = size
	}
	if len(needle) == 0 && forward {
		return int(from)
	}
	if len(needle) == 0 {
		return int(from) - int(from)%step
	}
	if len(hay) < len(needle) {
		return -1
	}
	at := int(from)
	if !forward {
		at = min(at, len(hay)-len(needle))
		for ; at >= 0; at-- {
			if at%step == 0 && bytes.HasPrefix(hay[at:], needle) {
				return at
			}
		}
		return -1
	}
	for at+len(needle) <= len(hay) {
		i := bytes.Index(hay[at:], needle)
		if i < 0 {
			return -1
		}
		if (at+i)%step == 0 {
			return at + i
		}
		at += i + 1
	}
	return -1
}
