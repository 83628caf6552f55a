package fetch

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// encode answers a text in UTF-8, as a Uint8Array.
func encode(b *bridge) native {
	vm := b.h.VM()
	array := vm.Get("Uint8Array")
	return func(call goja.FunctionCall) goja.Value {
		bytes, err := vm.New(array, vm.ToValue(vm.NewArrayBuffer([]byte(call.Argument(0).String()))))
		gojalib.PassOn(err)
		return bytes
	}
}

// decode reads UTF-8 as the standard does: without its mark, with U+FFFD for what is none. A text is
// read already.
func decode(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		vm := b.h.VM()
		if text, ok := call.Argument(0).(goja.String); ok {
			if text.Length() > 0 && text.CharAt(0) == 0xfeff {
				return text.Substring(1, text.Length())
			}
			return text
		}
		if bytes := host.Bytes(call.Argument(0)); utf8.Valid(bytes) {
			return vm.ToValue(strings.TrimPrefix(string(bytes), "\ufeff"))
		}
		decoder, err := vm.New(b.h.Global("TextDecoder"))
		gojalib.PassOn(err)
		decode, _ := goja.AssertFunction(decoder.Get("decode"))
		text, err := decode(decoder, call.Argument(0))
		gojalib.PassOn(err)
		return text
	}
}

func percentDecode(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		return b.h.VM().ToValue(b.h.VM().NewArrayBuffer(unescape(call.Argument(0).String())))
	}
}

// base64Decode answers null for what is none.
func base64Decode(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		text := strings.Map(func(c rune) rune {
			if strings.ContainsRune("\t\n\f\r ", c) {
				return -1
			}
			return c
		}, string(host.Bytes(call.Argument(0))))
		if len(text)%4 == 0 {
			text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
		}
		decoded, err := base64.RawStdEncoding.DecodeString(text)
		if err != nil {
			return goja.Null()
		}
		return b.h.VM().ToValue(b.h.VM().NewArrayBuffer(decoded))
	}
}

// formParts answers the parts of a multipart body, or null where it is none.
func formParts(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		return parts(b.h.VM(), host.Bytes(call.Argument(0)), call.Argument(1).String())
	}
}

// unescape undoes percent signs, and leaves those that stand for nothing.
func unescape(text string) []byte {
	digit := func(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) && digit(text[i+1]) >= 0 && digit(text[i+2]) >= 0 {
			out = append(out, byte(digit(text[i+1])<<4|digit(text[i+2])))
			i += 2
			continue
		}
		out = append(out, text[i])
	}
	return out
}

func parts(vm *goja.Runtime, body []byte, boundary string) goja.Value {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	var list []any
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) && bytes.Contains(body, []byte("--"+boundary+"--")) {
			return vm.NewArray(list...)
		}
		if err != nil {
			return goja.Null()
		}
		content, err := io.ReadAll(part)
		name, named := disposition(part.Header.Get("Content-Disposition"), "name")
		if err != nil || !named {
			return goja.Null()
		}
		members := map[string]any{"name": name, "bytes": vm.NewArrayBuffer(content), "type": "text/plain"}
		if file, ok := disposition(part.Header.Get("Content-Disposition"), "filename"); ok {
			members["filename"] = file
		}
		if kind := part.Header.Get("Content-Type"); kind != "" {
			members["type"] = kind
		}
		list = append(list, object(vm, members))
	}
}

// disposition finds a quoted parameter. Forms escape three characters of it with percent signs.
func disposition(header, name string) (string, bool) {
	_, rest, ok := strings.Cut(header, "; "+name+"=\"")
	if !ok {
		return "", false
	}
	value, _, ok := strings.Cut(rest, "\"")
	return strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%22", "\"").Replace(value), ok
}
