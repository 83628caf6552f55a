package jsvm

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var (
	nothingProgram = goja.MustCompile("ferrule", `0`, false)
	defineProgram  = goja.MustCompile("ferrule", `(function (o, k, v) { o[k] = v; })`, false)
	entriesProgram = goja.MustCompile("ferrule", `(function (o) { var r = [], k = Object.keys(o), i; for (i = 0; i < k.length; i++) r.push(k[i], o[k[i]]); return r; })`, false)
)

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
	w := &c.writer
	if c.writing > 1 {
		w = new(writer)
	}
	w.converter, w.lost, w.root, w.places, w.open, w.plain = c, lost, root, w.firstPlaces[:0], w.firstOpen[:0], false
	thrown := c.vm.Try(func() {
		var some bool
		if tree, some, err = w.out(value, before); err == nil && !some {
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
	lost   *losses
	root   string         // what the outermost value is
	places []step         // from there to the current value
	open   []*goja.Object // the objects around it
	done   int            // values so far
	// plain says that Object.prototype has no toJSON. Code of the rule that runs may give it one.
	plain bool

	firstPlaces [8]step
	firstOpen   [8]*goja.Object
}

// at shows the current place.
func (w *writer) at() string {
	text := w.root
	for _, p := range w.places {
		text += p.text()
	}
	return text
}

// lose notes what the current value cannot be in JSON.
func (w *writer) lose(what string) {
	if w.lost.full() {
		w.lost.more++
		return
	}
	w.lost.paths = append(w.lost.paths, w.at()+" ("+what+")")
}

// loseInner is lose for a value of the current object.
func (w *writer) loseInner(p step, what string) {
	w.places = append(w.places, p)
	w.lose(what)
	w.places = w.places[:len(w.places)-1]
}

// inner copies a value of the current object.
func (w *writer) inner(p step, value goja.Value, before any) (tree any, some bool, err error) {
	w.places = append(w.places, p)
	tree, some, err = w.out(value, before)
	w.places = w.places[:len(w.places)-1]
	return tree, some, err
}

var errBigInt = errors.New("it holds a BigInt")

// out copies one value; some is false for what JSON leaves out.
//
// Source: ECMA-262 SerializeJSONProperty.
func (w *writer) out(value goja.Value, before any) (tree any, some bool, err error) {
	if w.done++; w.done%4096 == 0 { // a VM that was interrupted says so only where JavaScript runs
		if _, err := w.vm.RunProgram(nothingProgram); err != nil {
			return nil, false, err
		}
	}
	object, isObject := value.(*goja.Object)
	if !isObject {
		return w.primitive(value, before)
	}
	lazy := asLazy(object)
	if toJSON, callable := goja.AssertFunction(w.toJSON(object, lazy)); callable {
		key := ""
		if n := len(w.places); n > 0 {
			if key = w.places[n-1].key; w.places[n-1].index >= 0 {
				key = strconv.Itoa(w.places[n-1].index)
			}
		}
		made, err := toJSON(object, w.vm.ToValue(key))
		if err != nil {
			return nil, false, err
		}
		if object.ClassName() == "Date" {
			w.lose("a date became a text")
		} else {
			w.lose("an object became what its toJSON answers")
		}
		if value = made; value == nil {
			value = goja.Undefined()
		}
		if object, isObject = value.(*goja.Object); !isObject {
			return w.primitive(value, before)
		}
		lazy = asLazy(object)
	}
	class := "" // of a lazy object
	if lazy == nil {
		if _, callable := goja.AssertFunction(object); callable {
			w.lose("a function")
			return nil, false, nil
		}
		class = object.ClassName()
	}
	if len(w.places) >= maxDepth {
		return nil, false, errTooDeep
	}
	switch class {
	case "Number", "String", "Boolean":
		w.lose("an object of a class")
	}
	switch class {
	case "Number":
		return w.primitive(object.ToNumber(), before)
	case "String":
		return w.primitive(object.ToString(), before)
	case "Boolean":
		return w.primitive(w.vm.ToValue(object.Export()), before)
	case "BigInt":
		return nil, false, errBigInt
	}
	if err := w.enter(object); err != nil {
		return nil, false, err
	}
	defer w.leave()
	switch {
	case lazy != nil:
		return w.lazyOut(lazy, before)
	case class == "Array" || isArrayProxy(object):
		return w.array(object, before)
	}
	if proto := object.Prototype(); proto != nil && proto != w.proto || object == w.proto {
		w.lose("an object of a class")
	}
	return w.object(object, before)
}

// isArrayProxy reports whether an object is a proxy of an array, which is an array for JSON.
//
// Source: ECMA-262 IsArray.
func isArrayProxy(object *goja.Object) bool {
	target, ok := proxyTarget(object)
	for ok && target != nil && target.ClassName() != "Array" {
		target, ok = proxyTarget(target)
	}
	return ok && target != nil
}

// toJSON is the method of that name; nil for none.
func (w *writer) toJSON(object *goja.Object, lazy *lazyObject) goja.Value {
	if lazy == nil || object.Prototype() != w.proto {
		w.plain = false // a getter may run
		return object.Get("toJSON")
	}
	if own := lazy.Get("toJSON"); own != nil || w.plain {
		return own
	}
	method := object.Get("toJSON")
	w.plain = method == nil
	return method
}

// enter notes that the values of an object come next. leave must follow.
func (w *writer) enter(object *goja.Object) error {
	for _, around := range w.open {
		if around == object {
			return fmt.Errorf("%s is a cycle", w.at())
		}
	}
	w.open = append(w.open, object)
	return nil
}

func (w *writer) leave() { w.open = w.open[:len(w.open)-1] }

func (w *writer) primitive(value goja.Value, before any) (any, bool, error) {
	switch v := value.(type) {
	case goja.String:
		text := stringOf(v)
		if same, ok := before.(string); ok && same == text {
			return before, true, nil
		}
		return orSame(before, text), true, nil
	case *goja.Symbol:
		w.lose("a symbol")
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
			w.lose(value.String())
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

func (w *writer) array(object *goja.Object, before any) (any, bool, error) {
	old, _ := before.([]any)
	length := int(object.Get("length").ToInteger())
	same := old != nil && len(old) == length
	made := make([]any, 0, min(length, 1024))
	for i := range length {
		var prior any
		if i < len(old) {
			prior = old[i]
		}
		element := object.Get(strconv.Itoa(i))
		if element == nil {
			element = goja.Undefined()
		}
		tree, some, err := w.inner(step{index: i}, element, prior)
		if err != nil {
			return nil, false, err
		}
		if !some {
			if goja.IsUndefined(element) {
				w.loseInner(step{index: i}, "undefined")
			}
			tree = nil
		}
		same = same && identical(prior, tree)
		made = append(made, tree)
	}
	for _, key := range object.Keys() {
		if _, isIndex := jsvalue.ArrayIndex(key); !isIndex {
			w.loseInner(step{key: key, index: -1}, "a property of an array")
		}
	}
	if same {
		return before, true, nil
	}
	return orSameTree(before, made), true, nil
}

func (w *writer) object(object *goja.Object, before any) (any, bool, error) {
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
		tree, some, err := w.inner(step{key: key, index: -1}, value, prior)
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
