package gojalib

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// jsonParse is JSON.parse over UTF-16 code units: goja's goes through UTF-8 and
// loses lone surrogates, refuses numbers past the range of a double, and has
// the error texts of Go.
func jsonParse(vm *goja.Runtime, env *Env) goja.Value {
	overflow := rangeError(vm)
	ctor, set := vm.Get("SyntaxError"), callable(vm, "Reflect", "set")
	return native(vm, "parse", 2, func(call goja.FunctionCall) goja.Value {
		s := asString(call.Argument(0))
		p := &jsonParser{vm: vm, set: set, s: s, n: s.Length()}
		v, message := p.document()
		if message != "" {
			e, err := vm.New(ctor, vm.ToValue(message))
			must(err)
			panic(e)
		}
		reviver := call.Argument(1)
		if _, ok := goja.AssertFunction(reviver); !ok {
			return v
		}
		return revive(vm, env, v, reviver, overflow)
	})
}

// revive walks a parsed value as InternalizeJSONProperty does.
func revive(vm *goja.Runtime, env *Env, v, reviver goja.Value, overflow func(string) *goja.Object) goja.Value {
	f, _ := goja.AssertFunction(reviver)
	var walk func(holder *goja.Object, key string) goja.Value
	walk = func(holder *goja.Object, key string) goja.Value {
		env.enter(overflow)
		defer env.leave()
		v := holder.Get(key)
		if o, ok := v.(*goja.Object); ok {
			var names []string
			if o.ClassName() == "Array" {
				for i := int64(0); i < o.Get("length").ToInteger(); i++ {
					names = append(names, strconv.FormatInt(i, 10))
				}
			} else {
				names = o.Keys()
			}
			for _, name := range names {
				if w := walk(o, name); goja.IsUndefined(w) {
					_ = o.Delete(name)
				} else {
					_ = o.DefineDataProperty(name, w, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				}
			}
		}
		return rethrow(f(holder, vm.ToValue(key), v))
	}
	root := vm.NewObject()
	must(root.DefineDataProperty("", v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	return walk(root, "")
}

// jsonParser reads one text. message, where a method returns one, is V8's text
// of the SyntaxError.
type jsonParser struct {
	vm    *goja.Runtime
	set   goja.Callable // Reflect.set, for keys that a Go string cannot hold
	s     goja.String
	n, at int
	depth int
	bad   string
	buf   []byte
	wide  []uint16
}

// maxJSONDepth bounds the recursion; V8 has no bound, but a text as deep as this
// is no profile.
const maxJSONDepth = 20000

const end = -1

func (p *jsonParser) peek() int {
	if p.at >= p.n {
		return end
	}
	return int(p.s.CharAt(p.at))
}

func (p *jsonParser) space() int {
	for {
		switch c := p.peek(); c {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return c
		}
	}
}

func (p *jsonParser) document() (goja.Value, string) {
	v := p.value()
	if p.bad == "" && p.space() != end {
		p.failAt("Unexpected non-whitespace character after JSON at position %d")
	}
	return v, p.bad
}

// fail records the first error.
func (p *jsonParser) fail(message string) goja.Value {
	if p.bad == "" {
		p.bad = message
	}
	return nil
}

func (p *jsonParser) failAt(format string) goja.Value { return p.fail(fmt.Sprintf(format, p.at)) }

// unexpected is the error for a token where a value was wanted.
func (p *jsonParser) unexpected() goja.Value {
	c := p.peek()
	if c == end {
		return p.fail("Unexpected end of JSON input")
	}
	switch c {
	case '"':
		return p.failAt("Unexpected string in JSON at position %d")
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return p.failAt("Unexpected number in JSON at position %d")
	}
	whole := p.s.String()
	switch whole {
	case "NaN", "Infinity", "undefined", "[object Object]":
		return p.fail(`"` + whole + `" is not valid JSON`)
	}
	const around, most = 10, 20
	token := p.s.Substring(p.at, p.at+1).String()
	from, to, before, after := 0, p.n, "", ""
	if p.n > most {
		if p.at >= around {
			from, before = p.at-around, "..."
		}
		if p.at < p.n-around {
			to, after = p.at+around, "..."
		}
	}
	return p.fail(fmt.Sprintf("Unexpected token '%s', %s\"%s\"%s is not valid JSON", token, before, p.s.Substring(from, to).String(), after))
}

func (p *jsonParser) value() goja.Value {
	switch c := p.space(); {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.string()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == 't':
		return p.word("true", p.vm.ToValue(true))
	case c == 'f':
		return p.word("false", p.vm.ToValue(false))
	case c == 'n':
		return p.word("null", goja.Null())
	default:
		return p.unexpected()
	}
}

func (p *jsonParser) word(w string, v goja.Value) goja.Value {
	for i := range len(w) {
		if p.peek() != int(w[i]) {
			return p.unexpected()
		}
		p.at++
	}
	return v
}

func (p *jsonParser) enter() bool {
	if p.depth++; p.depth > maxJSONDepth {
		p.fail("Maximum nesting of JSON exceeded")
		return false
	}
	return true
}

func (p *jsonParser) object() goja.Value {
	if !p.enter() {
		return nil
	}
	defer func() { p.depth-- }()
	o := p.vm.NewObject()
	p.at++
	if p.space() == '}' {
		p.at++
		return o
	}
	for first := true; ; first = false {
		if p.space() != '"' {
			if first {
				return p.failAt("Expected property name or '}' in JSON at position %d")
			}
			return p.failAt("Expected double-quoted property name in JSON at position %d")
		}
		key := p.string()
		if p.bad != "" {
			return nil
		}
		if p.space() != ':' {
			return p.failAt("Expected ':' after property name in JSON at position %d")
		}
		p.at++
		v := p.value()
		if p.bad != "" {
			return nil
		}
		p.define(o, key.(goja.String), v)
		switch p.space() {
		case ',':
			p.at++
		case '}':
			p.at++
			return o
		default:
			return p.failAt("Expected ',' or '}' after property value in JSON at position %d")
		}
	}
}

// define makes an own property whatever the key is and whatever Object.prototype
// has. Keys with a lone surrogate cannot pass through a Go string.
func (p *jsonParser) define(o *goja.Object, key goja.String, v goja.Value) {
	name := key.String()
	if strings.ContainsRune(name, utf8.RuneError) {
		rethrow(p.set(goja.Undefined(), o, key, v))
		return
	}
	must(o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

func (p *jsonParser) array() goja.Value {
	if !p.enter() {
		return nil
	}
	defer func() { p.depth-- }()
	p.at++
	var items []any
	if p.space() == ']' {
		p.at++
		return p.vm.NewArray()
	}
	for {
		v := p.value()
		if p.bad != "" {
			return nil
		}
		items = append(items, v)
		switch p.space() {
		case ',':
			p.at++
		case ']':
			p.at++
			return p.vm.NewArray(items...)
		default:
			return p.failAt("Expected ',' or ']' after array element in JSON at position %d")
		}
	}
}

// string reads a string into bytes as long as it is ASCII, into units after that.
func (p *jsonParser) string() goja.Value {
	p.at++
	p.buf = p.buf[:0]
	wide := false
	put := func(c uint16) {
		if !wide && c < 0x80 {
			p.buf = append(p.buf, byte(c))
			return
		}
		if !wide {
			wide = true
			p.wide = p.wide[:0]
			for _, b := range p.buf {
				p.wide = append(p.wide, uint16(b))
			}
		}
		p.wide = append(p.wide, c)
	}
	for {
		c := p.peek()
		switch {
		case c == end:
			return p.failAt("Unterminated string in JSON at position %d")
		case c == '"':
			p.at++
			if wide {
				return goja.StringFromUTF16(append([]uint16(nil), p.wide...))
			}
			return p.vm.ToValue(string(p.buf))
		case c < 0x20:
			return p.failAt("Bad control character in string literal in JSON at position %d")
		case c != '\\':
			put(uint16(c))
			p.at++
		default:
			p.at++
			u, ok := p.escape()
			if !ok {
				return nil
			}
			put(u)
		}
	}
}

func (p *jsonParser) escape() (uint16, bool) {
	c := p.peek()
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		var u uint16
		for range 4 {
			p.at++
			h := p.peek()
			if h == end || h > 0x7F || jsvalue.Digit(byte(h)) >= 16 {
				p.failAt("Bad Unicode escape in JSON at position %d")
				return 0, false
			}
			u = u<<4 | uint16(jsvalue.Digit(byte(h)))
		}
		p.at++
		return u, true
	case end:
		p.failAt("Unterminated string in JSON at position %d")
		return 0, false
	default:
		p.failAt("Bad escaped character in JSON at position %d")
		return 0, false
	}
	p.at++
	return uint16(c), true
}

func (p *jsonParser) number() goja.Value {
	p.buf = p.buf[:0]
	next := func() { p.buf = append(p.buf, byte(p.peek())); p.at++ }
	digit := func() bool { c := p.peek(); return c >= '0' && c <= '9' }
	integral := true
	if p.peek() == '-' {
		next()
		if !digit() {
			return p.failAt("No number after minus sign in JSON at position %d")
		}
	}
	if p.peek() == '0' {
		next()
		if digit() {
			return p.failAt("Unexpected number in JSON at position %d")
		}
	} else {
		for digit() {
			next()
		}
	}
	if p.peek() == '.' {
		integral = false
		next()
		if !digit() {
			return p.failAt("Unterminated fractional number in JSON at position %d")
		}
		for digit() {
			next()
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		integral = false
		next()
		if c := p.peek(); c == '+' || c == '-' {
			next()
		}
		if !digit() {
			return p.failAt("Exponent part is missing a number in JSON at position %d")
		}
		for digit() {
			next()
		}
	}
	if integral && len(p.buf) < 16 && string(p.buf) != "-0" {
		i, _ := strconv.ParseInt(string(p.buf), 10, 64)
		return p.vm.ToValue(i)
	}
	f, _ := strconv.ParseFloat(string(p.buf), 64) // out of range gives an infinity, as wanted
	return p.vm.ToValue(f)
}
