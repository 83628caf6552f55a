package jsvm

import (
	"errors"
	"fmt"
	"math"
	"slices"
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
	eager := *c
	eager.eager = true
	return eager.in(value, 0)
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

var (
	nothingProgram = goja.MustCompile("ferrule", `0`, false)
	defineProgram  = goja.MustCompile("ferrule", `(function (o, k, v) { o[k] = v; })`, false)
	entriesProgram = goja.MustCompile("ferrule", `(function (o) { var r = [], k = Object.keys(o), i; for (i = 0; i < k.length; i++) r.push(k[i], o[k[i]]); return r; })`, false)
)

// losses collects what JSON could not carry.
type losses struct {
	paths []string
	more  int
}

const maxLosses = 5

func (l *losses) add(path *path, what string) {
	if len(l.paths) == maxLosses {
		l.more++
		return
	}
	l.paths = append(l.paths, path.String()+" ("+what+")")
}

// String names what was lost; "" when nothing was.
func (l *losses) String() string {
	if len(l.paths) == 0 {
		return ""
	}
	text := "JSON cannot carry " + strings.Join(l.paths, ", ")
	if l.more > 0 {
		text += fmt.Sprintf(" and %d more", l.more)
	}
	return text
}

// path is a place in a tree, built only when somebody asks.
type path struct {
	up    *path
	key   string
	index int // used when key is "" and up is not nil
}

// String is the path as a rule would write it.
func (p *path) String() string {
	if p.up == nil {
		return p.key
	}
	if p.key == "" {
		return fmt.Sprintf("%s[%d]", p.up, p.index)
	}
	return p.up.String() + "." + p.key
}

// fromJS copies a value out, as JSON.parse(JSON.stringify(value)) would. Where
// the copy equals before it is before itself, so what a rule left alone keeps its
// identity and Go types. Getters and toJSON methods of the rule run.
//
// # Errors
//
// A cycle, a BigInt, nesting beyond maxDepth; *goja.Exception when a getter or
// toJSON throws; *goja.InterruptedError when the VM is stopped meanwhile.
func (c *converter) fromJS(value goja.Value, before any, root string, lost *losses) (tree any, err error) {
	if c.writing >= maxWriting {
		return nil, errTooDeep
	}
	c.writing++
	defer func() { c.writing-- }()
	w := writer{converter: c, lost: lost}
	thrown := c.vm.Try(func() {
		var some bool
		if tree, some, err = w.out(value, before, &path{key: root}, 0); err == nil && !some {
			tree = nil
		}
	})
	if thrown != nil {
		return nil, thrown
	}
	return tree, err
}

type writer struct {
	*converter
	lost *losses
	open []*goja.Object // the objects around the current place
	done int            // values so far
}

var errBigInt = errors.New("it holds a BigInt")

// out copies one value; some is false for what JSON leaves out.
//
// Source: ECMA-262 SerializeJSONProperty.
func (w *writer) out(value goja.Value, before any, at *path, depth int) (tree any, some bool, err error) {
	if w.done++; w.done%4096 == 0 { // a VM that was interrupted says so only where JavaScript runs
		if _, err := w.vm.RunProgram(nothingProgram); err != nil {
			return nil, false, err
		}
	}
	object, isObject := value.(*goja.Object)
	if !isObject {
		return w.primitive(value, before, at)
	}
	if toJSON, callable := goja.AssertFunction(object.Get("toJSON")); callable {
		key := w.vm.ToValue(at.key)
		if at.key == "" {
			key = w.vm.ToValue(fmt.Sprint(at.index))
		}
		if at.up == nil {
			key = w.vm.ToValue("")
		}
		made, err := toJSON(object, key)
		if err != nil {
			return nil, false, err
		}
		if object.ClassName() == "Date" {
			w.lost.add(at, "a date became a text")
		}
		if value = made; value == nil {
			value = goja.Undefined()
		}
		if object, isObject = value.(*goja.Object); !isObject {
			return w.primitive(value, before, at)
		}
	}
	if _, callable := goja.AssertFunction(object); callable {
		w.lost.add(at, "a function")
		return nil, false, nil
	}
	if depth >= maxDepth {
		return nil, false, errTooDeep
	}
	class := object.ClassName()
	switch class {
	case "Number", "String", "Boolean":
		w.lost.add(at, "an object of a class")
	}
	switch class {
	case "Number":
		return w.primitive(object.ToNumber(), before, at)
	case "String":
		return w.primitive(object.ToString(), before, at)
	case "Boolean":
		return w.primitive(w.vm.ToValue(object.Export()), before, at)
	case "BigInt":
		return nil, false, errBigInt
	}
	for _, around := range w.open {
		if around == object {
			return nil, false, fmt.Errorf("%s is a cycle", at)
		}
	}
	w.open = append(w.open, object)
	defer func() { w.open = w.open[:len(w.open)-1] }()
	if lazy := asLazy(object); lazy != nil {
		return w.lazyOut(lazy, before, at, depth)
	}
	if class == "Array" {
		return w.array(object, before, at, depth)
	}
	if proto := object.Prototype(); proto != nil && proto != w.proto || object == w.proto {
		w.lost.add(at, "an object of a class")
	}
	return w.object(object, before, at, depth)
}

func (w *writer) primitive(value goja.Value, before any, at *path) (any, bool, error) {
	switch v := value.(type) {
	case goja.String:
		text := stringOf(v)
		if same, ok := before.(string); ok && same == text {
			return before, true, nil
		}
		return orSame(before, text), true, nil
	case *goja.Symbol:
		w.lost.add(at, "a symbol")
		return nil, false, nil
	}
	switch {
	case goja.IsUndefined(value):
		return nil, false, nil
	case goja.IsNull(value):
		return orSame(before, nil), true, nil
	}
	switch v := value.Export().(type) {
	case bool:
		return orSame(before, v), true, nil
	case int64, float64:
		number := value.ToFloat()
		if math.IsNaN(number) || math.IsInf(number, 0) {
			w.lost.add(at, value.String())
			return orSame(before, nil), true, nil
		}
		if number == 0 {
			number = 0 // JSON has no -0
		}
		return orSame(before, number), true, nil
	}
	return nil, false, errBigInt
}

// orSame is before when it reads as the same JSON primitive, else value.
func orSame(before, value any) any {
	switch b := before.(type) {
	case nil, map[string]any, []any:
		return value
	case string, bool, float64:
		if b == value {
			return before
		}
		return value
	case int:
		if value == any(float64(b)) {
			return before
		}
		return value
	case int64:
		if value == any(float64(b)) {
			return before
		}
		return value
	}
	if tree, _, err := jsondoc.FromGo(before); err == nil {
		switch tree.(type) {
		case nil, string, bool, float64:
			if tree == value {
				return before
			}
		}
	}
	return value
}

func (w *writer) array(object *goja.Object, before any, at *path, depth int) (any, bool, error) {
	old, _ := before.([]any)
	length := int(object.Get("length").ToInteger())
	same := old != nil && len(old) == length
	made := make([]any, 0, min(length, 1024))
	for i := range length {
		var prior any
		if i < len(old) {
			prior = old[i]
		}
		element := object.Get(fmt.Sprint(i))
		if element == nil {
			element = goja.Undefined()
		}
		place := &path{up: at, index: i}
		tree, some, err := w.out(element, prior, place, depth+1)
		if err != nil {
			return nil, false, err
		}
		if !some {
			if goja.IsUndefined(element) {
				w.lost.add(place, "undefined")
			}
			tree = nil
		}
		same = same && identical(prior, tree)
		made = append(made, tree)
	}
	for _, key := range object.Keys() {
		if _, isIndex := jsvalue.ArrayIndex(key); !isIndex {
			w.lost.add(&path{up: at, key: key}, "a property of an array")
		}
	}
	if same {
		return before, true, nil
	}
	return orSameTree(before, made), true, nil
}

func (w *writer) object(object *goja.Object, before any, at *path, depth int) (any, bool, error) {
	old, _ := before.(map[string]any)
	keys := object.Keys()
	var values []goja.Value
	for _, key := range keys {
		if strings.Contains(key, "\uFFFD") {
			var err error
			if keys, values, err = w.entries(object); err != nil {
				return nil, false, err
			}
			break
		}
	}
	made := make(map[string]any, len(keys))
	written := make([]string, 0, len(keys))
	for i, key := range keys {
		var value goja.Value
		if values != nil {
			value = values[i]
		} else if value = object.Get(key); value == nil {
			continue
		}
		prior := old[key]
		tree, some, err := w.out(value, prior, &path{up: at, key: key}, depth+1)
		if err != nil {
			return nil, false, err
		}
		if !some {
			continue
		}
		made[key] = tree
		written = append(written, key)
	}
	if old != nil && sameObject(old, made) && slices.Equal(w.order.Keys(old), written) {
		return before, true, nil
	}
	if tree := orSameTree(before, made); old == nil && identical(tree, before) {
		return before, true, nil
	}
	w.order.Set(made, written)
	return made, true, nil
}

// entries lists keys and values where a key has a lone surrogate.
func (w *writer) entries(object *goja.Object) ([]string, []goja.Value, error) {
	made, err := w.vm.RunProgram(entriesProgram)
	if err != nil {
		return nil, nil, err
	}
	list, _ := goja.AssertFunction(made)
	flat, err := list(goja.Undefined(), object)
	if err != nil {
		return nil, nil, err
	}
	array := flat.(*goja.Object)
	var keys []string
	var values []goja.Value
	for i := range int(array.Get("length").ToInteger()) / 2 {
		keys = append(keys, stringOf(array.Get(fmt.Sprint(2*i))))
		values = append(values, array.Get(fmt.Sprint(2*i+1)))
	}
	return keys, values, nil
}

func sameObject(old, made map[string]any) bool {
	if len(old) != len(made) {
		return false
	}
	for key, value := range made {
		if prior, ok := old[key]; !ok || !identical(prior, value) {
			return false
		}
	}
	return true
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
