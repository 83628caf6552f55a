package gojalib

import (
	_ "embed"

	"github.com/dop251/goja"
	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
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
		helpers, parser := vm.NewObject(), newURLParser()
		must(helpers.Set("parse", func(call goja.FunctionCall) goja.Value { return urlParse(vm, parser, call) }))
		for name, f := range map[string]func(*goja.Runtime, goja.FunctionCall) goja.Value{
			"get": urlGet, "set": urlSet, "decode": urlDecode, "encode": urlEncode,
			"find": urlFind, "usv": urlUSV, "describe": describeValue,
		} {
			must(helpers.Set(name, func(call goja.FunctionCall) goja.Value { return f(vm, call) }))
		}
		must(helpers.Set("fail", NodeError(vm)))
		return evaluate(vm, urlProgram(), helpers)
	})
}

// record is a parsed URL that a script holds. Setting href replaces it as a whole.
type record struct{ url *whatwg.Url }

// urlParse is parse(input, base): a record, or null for an invalid URL.
func urlParse(vm *goja.Runtime, parser whatwg.Parser, call goja.FunctionCall) goja.Value {
	input, base := call.Argument(0).String(), call.Argument(1)
	var u *whatwg.Url
	var err error
	switch {
	case goja.IsUndefined(base):
		u, err = parser.Parse(input)
	case base.String() == "":
		return goja.Null() // the parser would take it for none
	default:
		u, err = parser.ParseRef(base.String(), input)
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
	pairs := jsvalue.FormPairs(call.Argument(0).String())
	list := make([]any, len(pairs))
	for i, text := range pairs {
		list[i] = text
	}
	return vm.NewArray(list...)
}

// urlEncode is the standard's application/x-www-form-urlencoded serializer.
func urlEncode(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	list := call.Argument(0).ToObject(vm)
	pairs := make([]string, pairCount(list))
	for i := range pairs {
		pairs[i] = list.Get(itoa(i)).String()
	}
	return vm.ToValue(jsvalue.FormText(pairs))
}
