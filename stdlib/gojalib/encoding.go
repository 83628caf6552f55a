package gojalib

import (
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
	"golang.org/x/text/encoding/charmap"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

//go:embed encoding.js
var encodingText string

var encodingProgram = script("encoding.js", encodingText)

// encodingGlobals are TextEncoder, TextDecoder (utf-8, utf-16le, latin1), btoa,
// atob, DOMException and queueMicrotask.
var encodingGlobals = []Global{
	member("TextEncoder", encodingModule), member("TextDecoder", encodingModule),
	member("btoa", encodingModule), member("atob", encodingModule),
	member("DOMException", encodingModule), member("queueMicrotask", encodingModule),
}

func encodingModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "encoding", func() *goja.Object {
		helpers := vm.NewObject()
		for name, f := range map[string]func(*goja.Runtime, goja.FunctionCall) goja.Value{
			"describe": describeValue, "encode": encodeText, "encodeInto": encodeInto, "decode": decodeText, "btoa": encodeBase64, "atob": decodeBase64,
		} {
			must(helpers.Set(name, func(call goja.FunctionCall) goja.Value { return f(vm, call) }))
		}
		must(helpers.Set("fail", NodeError(vm)))
		return evaluate(vm, encodingProgram(), helpers)
	})
}

// describeValue is what Node's argument errors say of a wrong value, e.g.
// "type string ('x')" or "an instance of Map".
func describeValue(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return vm.ToValue(describe(vm, call.Argument(0)))
}

// showValue is what "%s" of util.format makes of a value.
func showValue(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	in := NewInspector(vm)
	return vm.ToValue(in.Format(vm.ToValue("%s"), call.Argument(0)))
}

// quoteValue is what Node's errors show of a value that is invalid.
func quoteValue(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	shown := []rune(NewInspector(vm).Inspect(call.Argument(0), nil))
	if len(shown) > 128 {
		shown = append(shown[:128:128], []rune("...")...)
	}
	return vm.ToValue(string(shown))
}

func describe(vm *goja.Runtime, v goja.Value) string {
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return v.String()
	}
	in := NewInspector(vm)
	if o, ok := v.(*goja.Object); ok {
		if _, ok := goja.AssertFunction(o); ok {
			return "function " + o.Get("name").String()
		}
		if c, ok := o.Get("constructor").(*goja.Object); ok {
			if name := c.Get("name"); name != nil {
				return "an instance of " + name.String()
			}
		}
		return in.Inspect(v, &inspect.Options{Depth: new(-1)})
	}
	switch s := v.(type) {
	case *goja.Symbol:
		return "type symbol (" + in.Inspect(v, nil) + ")"
	case goja.String:
		shown := s.String()
		if s.Length() > 28 {
			shown = s.Substring(0, 25).String() + "..."
		}
		if strings.Contains(shown, "'") {
			quoted, err := json.Marshal(shown)
			if err == nil {
				return "type string (" + string(quoted) + ")"
			}
		}
		return "type string ('" + shown + "')"
	}
	kind := "number"
	switch v.ExportType().Kind().String() {
	case "bool":
		kind = "boolean"
	case "ptr":
		kind = "bigint"
	}
	return "type " + kind + " (" + in.Inspect(v, nil) + ")"
}

// Describe says what a wrong argument is, as Node's errors do: "type string ('x')",
// "an instance of Map". Nil is undefined.
func Describe(vm *goja.Runtime, v goja.Value) string {
	if v == nil {
		v = goja.Undefined()
	}
	return describe(vm, v)
}

// encodeText is encode(string): an ArrayBuffer.
func encodeText(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return vm.ToValue(vm.NewArrayBuffer(encodeUTF8(asString(call.Argument(0)))))
}

// encodeInto is encodeInto(string, buffer, offset, length): units read times 2^32
// plus bytes written would not be exact, so it is an array of both.
func encodeInto(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	u, _ := wellFormed(units(asString(call.Argument(0))))
	out := window(call, 1)
	read, written := 0, 0
	for read < len(u) {
		n, r := 1, rune(u[read])
		if utf16.IsSurrogate(r) {
			n, r = 2, utf16.DecodeRune(r, rune(u[read+1]))
		}
		b := []byte(string(r))
		if written+len(b) > len(out) {
			break
		}
		written += copy(out[written:], b)
		read += n
	}
	return vm.NewArray(read, written)
}

// decodeText is decode(label, fatal, skipBOM, final, buffer, offset, length): an
// array of the string and the number of bytes not yet used, or null when fatal.
func decodeText(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	fatal, skipBOM, final := call.Argument(1).ToBoolean(), call.Argument(2).ToBoolean(), call.Argument(3).ToBoolean()
	b := window(call, 4)
	switch call.Argument(0).String() {
	case "utf-8":
		rest := 0
		if !final {
			rest = unfinishedUTF8(b)
		}
		b = b[:len(b)-rest]
		if skipBOM && len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF {
			b = b[3:]
		}
		if fatal {
			for at := 0; at < len(b); {
				n, ok := jsvalue.SequenceUTF8(b[at:])
				if !ok {
					return goja.Null()
				}
				at += n
			}
		}
		return vm.NewArray(text(vm, b), rest)
	case "utf-16le":
		rest := len(b) % 2
		u := make([]uint16, 0, len(b)/2+1)
		for i := 0; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		}
		if !final && len(u) > 0 && u[len(u)-1]>>10 == 0x36 {
			u, rest = u[:len(u)-1], rest+2
		}
		if final && rest > 0 {
			u, rest = append(u, 0xDFFF), 0 // stands for the odd byte: a lone surrogate becomes U+FFFD
		}
		if skipBOM && len(u) > 0 && u[0] == 0xFEFF {
			u = u[1:]
		}
		u, ok := wellFormed(u)
		if fatal && !ok {
			return goja.Null()
		}
		return vm.NewArray(goja.StringFromUTF16(u), rest)
	default:
		if final {
			return vm.NewArray(latin1(b), 0) // Node 20 maps 0x80 to 0x9F to themselves, but in a stream it does not
		}
		u := make([]uint16, len(b))
		for i, c := range b {
			u[i] = uint16(charmap.Windows1252.DecodeByte(c))
			if u[i] == utf8.RuneError {
				u[i] = uint16(c)
			}
		}
		return vm.NewArray(goja.StringFromUTF16(u), 0)
	}
}

// unfinishedUTF8 is the length of a sequence at the end that more bytes may complete.
func unfinishedUTF8(b []byte) int {
	for n := 1; n <= 3 && n <= len(b); n++ {
		tail := b[len(b)-n:]
		if tail[0] >= 0xC2 {
			if used, ok := jsvalue.SequenceUTF8(tail); !ok && used == n && tail[0] <= 0xF4 && n < sequenceLength(tail[0]) {
				return n
			}
			return 0
		}
		if tail[0] < 0x80 {
			return 0
		}
	}
	return 0
}

func sequenceLength(c byte) int {
	switch {
	case c >= 0xF0:
		return 4
	case c >= 0xE0:
		return 3
	default:
		return 2
	}
}

// encodeBase64 is btoa: null for a unit above 255.
func encodeBase64(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	u := units(asString(call.Argument(0)))
	b := make([]byte, len(u))
	for i, c := range u {
		if c > 0xFF {
			return goja.Null()
		}
		b[i] = byte(c)
	}
	return vm.ToValue(base64.StdEncoding.EncodeToString(b))
}

// decodeBase64 is atob, the forgiving decoder of the Infra standard. What it
// refuses is a number: 1 for a character, 2 for the length.
func decodeBase64(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	var b []byte
	for _, c := range units(asString(call.Argument(0))) {
		switch c {
		case '\t', '\n', '\f', '\r', ' ':
			continue
		}
		if c > 0x7F {
			return vm.ToValue(1)
		}
		b = append(b, byte(c))
	}
	if len(b)%4 == 0 {
		for range 2 {
			if n := len(b); n > 0 && b[n-1] == '=' {
				b = b[:n-1]
			}
		}
	}
	for _, c := range b {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/') {
			return vm.ToValue(1)
		}
	}
	if len(b)%4 == 1 {
		return vm.ToValue(2)
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(b)))
	n, err := base64.RawStdEncoding.Decode(out, b)
	if err != nil {
		return vm.ToValue(2)
	}
	return latin1(out[:n])
}
