package gojalib

import (
	_ "embed"
	"strings"

	"github.com/dop251/goja"
	whatwg "github.com/nlnwa/whatwg-url/url"
)

//go:embed url.js
var urlText string

var urlProgram = script("url.js", urlText)

// urlGlobals are URL and URLSearchParams after WHATWG's standard, with the
// errors of Node.
//
//	new URL('../b?x=1', 'https://example.com/a/').href // "https://example.com/b?x=1"
//	new URL('example.com')                            // TypeError ERR_INVALID_URL: Invalid URL
var urlGlobals = []Global{member("URL", urlModule), member("URLSearchParams", urlModule)}

func urlModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "url", func() *goja.Object {
		helpers := vm.NewObject()
		for name, f := range map[string]func(*goja.Runtime, goja.FunctionCall) goja.Value{
			"parse": urlParse, "get": urlGet, "set": urlSet, "decode": urlDecode, "encode": urlEncode,
			"find": urlFind, "usv": urlUSV, "describe": describeValue,
		} {
			must(helpers.Set(name, func(call goja.FunctionCall) goja.Value { return f(vm, call) }))
		}
		return evaluate(vm, urlProgram(), helpers)
	})
}

// record is a parsed URL that a script holds. Setting href replaces it as a whole.
type record struct{ url *whatwg.Url }

// urlParse is parse(input, base): a record, or null for an invalid URL.
func urlParse(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	input, base := call.Argument(0).String(), call.Argument(1)
	var u *whatwg.Url
	var err error
	if goja.IsUndefined(base) {
		u, err = whatwg.Parse(input)
	} else {
		u, err = whatwg.ParseRef(base.String(), input)
	}
	if err != nil || u == nil {
		return goja.Null()
	}
	return vm.ToValue(&record{u})
}

func urlRecord(v goja.Value) *record {
	r, ok := v.Export().(*record)
	if !ok {
		panic("internal error: no URL record")
	}
	return r
}

// urlGet is get(record, part).
func urlGet(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	u := urlRecord(call.Argument(0)).url
	return vm.ToValue(urlPart(u, call.Argument(1).String()))
}

func urlPart(u *whatwg.Url, part string) string {
	switch part {
	case "href":
		return u.Href(false)
	case "origin":
		return urlOrigin(u)
	case "protocol":
		return u.Protocol()
	case "username":
		return u.Username()
	case "password":
		return u.Password()
	case "host":
		return u.Host()
	case "hostname":
		return u.Hostname()
	case "port":
		return u.Port()
	case "pathname":
		return u.Pathname()
	case "search":
		return u.Search()
	case "query":
		return u.Query()
	case "hash":
		return u.Hash()
	default:
		panic("internal error: no URL part " + part)
	}
}

// urlOrigin serialises the origin: opaque origins, file URLs among them, are "null".
func urlOrigin(u *whatwg.Url) string {
	switch u.Scheme() {
	case "http", "https", "ws", "wss", "ftp":
		return u.Protocol() + "//" + u.Host()
	case "blob":
		if inner, err := whatwg.Parse(u.Pathname()); err == nil && (inner.Scheme() == "http" || inner.Scheme() == "https") {
			return urlOrigin(inner)
		}
	}
	return "null"
}

// urlSet is set(record, part, value).
func urlSet(_ *goja.Runtime, call goja.FunctionCall) goja.Value {
	r := urlRecord(call.Argument(0))
	part := call.Argument(1).String()
	if part == "all" {
		r.url = urlRecord(call.Argument(2)).url
		return goja.Undefined()
	}
	u, value := r.url, call.Argument(2).String()
	switch part {
	case "protocol":
		u.SetProtocol(value)
	case "username":
		u.SetUsername(value)
	case "password":
		u.SetPassword(value)
	case "host":
		u.SetHost(value)
	case "hostname":
		u.SetHostname(value)
	case "port":
		u.SetPort(value)
	case "pathname":
		u.SetPathname(value)
	case "search", "query":
		u.SetSearch(value)
	case "hash":
		u.SetHash(value)
	default:
		panic("internal error: no URL part " + part)
	}
	return goja.Undefined()
}

// urlUSV replaces lone surrogates, as WebIDL's USVString does.
func urlUSV(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	return vm.ToValue(call.Argument(0).String())
}

// urlFind is find(list, name): the index of a name in a flat list of pairs, or -1.
func urlFind(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	list, name := call.Argument(0).ToObject(vm), call.Argument(1)
	for i, n := 0, pairCount(list); i < n; i += 2 {
		if list.Get(itoa(i)).StrictEquals(name) {
			return vm.ToValue(i)
		}
	}
	return vm.ToValue(-1)
}

func pairCount(list *goja.Object) int { return int(list.Get("length").ToInteger()) }

// urlDecode is the standard's application/x-www-form-urlencoded parser.
func urlDecode(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	var list []any
	for sequence := range strings.SplitSeq(call.Argument(0).String(), "&") {
		if sequence == "" {
			continue
		}
		name, value, _ := strings.Cut(sequence, "=")
		list = append(list, formDecode(name), formDecode(value))
	}
	return vm.NewArray(list...)
}

func formDecode(s string) string {
	if !strings.ContainsAny(s, "+%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return decodeUTF8(out)
}

// urlEncode is the standard's application/x-www-form-urlencoded serializer.
func urlEncode(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	list := call.Argument(0).ToObject(vm)
	var b strings.Builder
	for i, n := 0, pairCount(list); i < n; i += 2 {
		if i > 0 {
			b.WriteByte('&')
		}
		formEncode(&b, list.Get(itoa(i)).String())
		b.WriteByte('=')
		formEncode(&b, list.Get(itoa(i+1)).String())
	}
	return vm.ToValue(b.String())
}

func formEncode(b *strings.Builder, s string) {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('+')
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '*', c == '-', c == '.', c == '_':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	default:
		return c - 'a' + 10
	}
}
