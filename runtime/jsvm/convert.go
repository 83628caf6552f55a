package jsvm

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// converter copies values between decoded JSON and a VM, as JSON.parse and
// JSON.stringify would copy them. Nothing that a rule did to built-ins changes
// how values come in.
type converter struct {
	vm    *goja.Runtime
	proto *goja.Object // Object.prototype, as it was when the VM was new
	// order knows the keys of every object that came in or went out in this run.
	order *jsondoc.Order
	// eager makes plain objects at once; else objects are lazy.
	eager bool
	gate  *gate
	// attached are the lazy objects whose values are the input's own: see detach. lasting
	// says that the objects which are made now are of values that nobody changes.
	attached []*lazyObject
	lasting  bool
	// define defines a property whose key has a lone surrogate; nil until needed.
	define goja.Callable
	// writing counts the copies under way: getters and toJSON may begin another.
	writing int
	writer  writer // of the first of them
}

// maxWriting bounds the copies in each other: each may need Go's stack for MaxDepth levels.
const maxWriting = 8

// maxDepth is the deepest nesting of user and context. What holds them, the line of a
// case or a login that waits, must still be readable as JSON.
const maxDepth = jsondoc.MaxDepth - 8

var errTooDeep = fmt.Errorf("it is nested deeper than %d", maxDepth)

// toJS makes a JavaScript value of decoded JSON.
//
// # Errors
//
// A Go value that encoding/json cannot marshal; nesting beyond maxDepth, which
// is what a cycle is.
func (c *converter) toJS(value any) (goja.Value, error) { return c.in(value, 0) }

// plain is toJS with plain objects, whatever the rules' words are.
func (c *converter) plain(value any) (goja.Value, error) {
	was := c.eager
	c.eager = true
	defer func() { c.eager = was }()
	return c.in(value, 0)
}

func (c *converter) in(value any, depth int) (goja.Value, error) {
	switch v := value.(type) {
	case nil:
		return goja.Null(), nil
	case string:
		return c.text(v), nil
	case bool:
		return c.vm.ToValue(v), nil
	case float64:
		return c.vm.ToValue(v), nil
	case int:
		return c.vm.ToValue(float64(v)), nil
	case int64:
		return c.vm.ToValue(float64(v)), nil
	case int32:
		return c.vm.ToValue(float64(v)), nil
	case map[string]any:
		if v == nil {
			return goja.Null(), nil
		}
		if !c.eager {
			return c.lazy(v), nil
		}
		return c.object(v, depth)
	case []any:
		if v == nil {
			return goja.Null(), nil
		}
		if depth >= maxDepth {
			return nil, errTooDeep
		}
		elements := make([]any, len(v))
		for i, element := range v {
			e, err := c.in(element, depth+1)
			if err != nil {
				return nil, err
			}
			elements[i] = e
		}
		return c.vm.NewArray(elements...), nil
	}
	tree, order, err := jsondoc.FromGo(value)
	if err != nil {
		return nil, err
	}
	c.order.Merge(order)
	return c.in(tree, depth)
}

// object makes a plain object. Its properties are defined while it has no
// prototype, so no setter runs and __proto__ is a key like any other.
func (c *converter) object(m map[string]any, depth int) (goja.Value, error) {
	if depth >= maxDepth {
		return nil, errTooDeep
	}
	object := c.vm.CreateObject(nil)
	keys := c.order.Keys(m)
	c.order.Set(m, keys)
	for _, key := range keys {
		value, err := c.in(m[key], depth+1)
		if err != nil {
			return nil, err
		}
		if jsvalue.HasLoneSurrogate(key) {
			err = c.defineOdd(object, key, value)
		} else {
			err = object.Set(key, value)
		}
		if err != nil {
			return nil, err
		}
	}
	return object, object.SetPrototype(c.proto)
}

// text makes a JavaScript string, with the lone surrogates that WTF-8 keeps.
func (c *converter) text(text string) goja.Value {
	if !jsvalue.HasLoneSurrogate(text) {
		return c.vm.ToValue(text)
	}
	var units []uint16
	for i := 0; i < len(text); {
		if unit, ok := jsvalue.LoneSurrogate(text[i:]); ok {
			units = append(units, unit)
			i += 3
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		units = utf16.AppendRune(units, r)
		i += size
	}
	return goja.StringFromUTF16(units)
}

// stringOf is a JavaScript string in WTF-8.
func stringOf(value goja.Value) string {
	text := value.String()
	s, ok := value.(goja.String)
	if !ok || !strings.Contains(text, "\uFFFD") {
		return text
	}
	var out []byte
	n := s.Length()
	for i := 0; i < n; i++ {
		unit := s.CharAt(i)
		if !utf16.IsSurrogate(rune(unit)) {
			out = utf8.AppendRune(out, rune(unit))
			continue
		}
		if i+1 < n {
			if r := utf16.DecodeRune(rune(unit), rune(s.CharAt(i+1))); r != utf8.RuneError {
				out = utf8.AppendRune(out, r)
				i++
				continue
			}
		}
		out = jsvalue.AppendSurrogate(out, unit)
	}
	return string(out)
}

// defineOdd defines a property whose key Go strings cannot carry into the VM.
func (c *converter) defineOdd(object *goja.Object, key string, value goja.Value) error {
	if c.define == nil {
		made, err := c.vm.RunProgram(defineProgram)
		if err != nil {
			return err
		}
		c.define, _ = goja.AssertFunction(made)
	}
	_, err := c.define(goja.Undefined(), object, c.text(key), value)
	return err
}

// isPlainObject reports whether a value may replace user or context: one made by
// a literal, Object.create(null) or JSON.parse.
func (c *converter) isPlainObject(value goja.Value) bool {
	object, ok := value.(*goja.Object)
	if !ok || object.ClassName() != "Object" {
		return false
	}
	proto := object.Prototype()
	return proto == nil || proto == c.proto
}
