package jsvm

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// lazyObject stands for an object of the input that JavaScript may never look at: its
// properties are converted when they are read, and what was not touched goes out
// as it came in. Rules cannot tell it from a plain object, but for what eagerWords
// lists: a bundle where one of those words stands gets plain objects.
type lazyObject struct {
	c    *converter
	from map[string]any // as it came; never changed while rules may read it: see detach
	// lasting says that nobody else ever changes from.
	lasting bool
	// own holds what was written, and the objects and arrays that were read, so that
	// each read answers the same one. A nil value: deleted.
	own members
	// added are the keys that were not there when they were written, in order. A key
	// of from that was deleted and written again is among them.
	added []string
	// stale says that added holds keys that were deleted since; see live.
	stale   bool
	reshape bool // keys were added or deleted
}

var lazyType = reflect.TypeFor[*lazyObject]()

// asLazy is the lazy object behind a JavaScript object; nil for any other.
func asLazy(object *goja.Object) *lazyObject {
	if object.ExportType() != lazyType {
		return nil
	}
	lazy, _ := object.Export().(*lazyObject)
	return lazy
}

// eagerWords are names of what would show a rule that an object is no plain one: own
// symbols, accessors, attributes of properties, objects that cannot be extended,
// other prototypes, and code that no list of words describes.
var eagerWords = []string{
	"Symbol", "defineProperty", "defineProperties", "freeze", "seal", "preventExtensions", "isFrozen", "isSealed", "isExtensible",
	"setPrototypeOf", "__proto__", "__defineGetter__", "__defineSetter__", "Proxy", "Reflect", "eval", "Function", "constructor", "toJSON",
}

// isEager reports whether rules need plain objects: they use one of eagerWords, or
// spell half of a surrogate pair, which a lazy object's keys cannot carry.
func isEager(rules []compiled, words map[string]bool) bool {
	if slices.ContainsFunc(eagerWords, func(word string) bool { return words[word] }) {
		return true
	}
	for i := range rules {
		if strings.Contains(strings.ToLower(rules[i].Code), `\ud`) {
			return true
		}
	}
	return false
}

func (o *lazyObject) has(key string) bool {
	if value, ok := o.own.get(key); ok {
		return value != nil
	}
	_, ok := o.came(key)
	return ok
}

// came is the value of a property as it came.
func (o *lazyObject) came(key string) (any, bool) {
	o.c.gate.enter()
	defer o.c.gate.leave()
	tree, ok := o.from[key]
	return tree, ok
}

// Get implements goja.DynamicObject.
func (o *lazyObject) Get(key string) goja.Value {
	if value, ok := o.own.get(key); ok {
		return value
	}
	value, err := o.made(key)
	if err != nil {
		panic(&inputPanic{err})
	}
	if _, isObject := value.(*goja.Object); isObject {
		o.own.put(key, value)
	}
	return value
}

// made is a property's value for JavaScript; nil when there is none.
func (o *lazyObject) made(key string) (goja.Value, error) {
	c := o.c
	c.gate.enter()
	defer c.gate.leave()
	tree, ok := o.from[key]
	if !ok {
		return nil, nil
	}
	outer := c.lasting
	c.lasting = o.lasting
	value, err := c.in(tree, 1)
	c.lasting = outer
	return value, err
}

// Set implements goja.DynamicObject.
func (o *lazyObject) Set(key string, value goja.Value) bool {
	if !o.has(key) {
		if o.stale && len(o.added) > 64+4*o.own.len() {
			o.live()
		}
		o.added = append(o.added, key)
		o.reshape = true
	}
	o.own.put(key, value)
	return true
}

// Has implements goja.DynamicObject.
func (o *lazyObject) Has(key string) bool { return o.has(key) }

// Delete implements goja.DynamicObject.
func (o *lazyObject) Delete(key string) bool {
	if o.has(key) {
		o.stale = len(o.added) > 0
		o.own.put(key, nil)
		o.reshape = true
	}
	return true
}

// live is added without the keys that were deleted since. Of a key that was written
// again the last place counts.
func (o *lazyObject) live() []string {
	if !o.stale {
		return o.added
	}
	o.stale = false
	seen := make(map[string]bool, len(o.added))
	kept := make([]string, 0, len(o.added))
	for _, key := range slices.Backward(o.added) {
		if !seen[key] && o.has(key) {
			kept = append(kept, key)
		}
		seen[key] = true
	}
	slices.Reverse(kept)
	o.added = kept
	return kept
}

// Keys implements goja.DynamicObject.
func (o *lazyObject) Keys() []string {
	keys := o.keys()
	if !o.reshape {
		return keys
	}
	added := o.live()
	among := jsondoc.Among(added)
	keys = slices.DeleteFunc(keys, func(key string) bool { return !o.has(key) || among(key) })
	return jsondoc.Arrange(append(keys, added...))
}

func (o *lazyObject) keys() []string {
	o.c.gate.enter()
	defer o.c.gate.leave()
	return o.c.order.Keys(o.from)
}

func (o *lazyObject) cloned() map[string]any {
	o.c.gate.enter()
	defer o.c.gate.leave()
	return maps.Clone(o.from)
}

// lazy makes a lazy object.
func (c *converter) lazy(from map[string]any) goja.Value {
	o := &lazyObject{c: c, from: from, lasting: c.lasting}
	if !o.lasting {
		c.attached = append(c.attached, o)
	}
	return c.vm.NewDynamicObject(o)
}

// inputPanic carries an input error out of a property read, through the VM.
type inputPanic struct{ err error }

// lazyOut copies a lazy object out. At its own place of the input, what was not
// touched is shared with the input; at any other place it is copied, because the
// input is changed in place when the run succeeds.
func (w *writer) lazyOut(o *lazyObject, before any) (any, bool, error) {
	atHome := identical(o.from, before)
	if atHome && o.own.len() == 0 {
		return before, true, nil
	}
	var made map[string]any // nil while nothing differs
	if !atHome {
		made = w.copied(o)
	} else if o.reshape {
		made = o.cloned()
	}
	var room [fewMembers]string
	for _, key := range o.touched(room[:0]) {
		value, _ := o.own.get(key)
		if value == nil {
			delete(made, key)
			continue
		}
		var prior any
		had := false
		if atHome {
			prior, had = o.came(key)
		}
		tree, some, err := w.inner(step{key: key, index: -1}, value, prior)
		if err != nil {
			return nil, false, err
		}
		if some && had && identical(prior, tree) {
			continue
		}
		if made == nil {
			made = o.cloned()
		}
		if some {
			made[key] = tree
		} else {
			delete(made, key)
		}
	}
	if made == nil {
		return before, true, nil
	}
	if atHome && o.reshape && len(o.live()) == 0 && o.same(made) {
		return before, true, nil
	}
	if tree := orSameTree(before, made); identical(tree, before) {
		return before, true, nil // a struct or the like, which was read only
	}
	if added := o.live(); len(added) > 0 || o.c.order.Known(o.from) {
		w.order.Extend(made, o.from, slices.Clone(added))
	}
	return made, true, nil
}

func (o *lazyObject) same(made map[string]any) bool {
	o.c.gate.enter()
	defer o.c.gate.leave()
	return sameObject(o.from, made)
}

// copied is what came of a lazy object, copied, but for what was touched.
func (w *writer) copied(o *lazyObject) map[string]any {
	o.c.gate.enter()
	defer o.c.gate.leave()
	return w.cloneExcept(o.from, &o.own)
}

// cloneExcept copies an object of the input but for some of its keys.
func (w *writer) cloneExcept(object map[string]any, except *members) map[string]any {
	made := make(map[string]any, len(object))
	for key, value := range object {
		if except != nil {
			if _, skip := except.get(key); skip {
				continue
			}
		}
		made[key] = w.clone(value)
	}
	return made
}

// clone copies a tree of the input, key order included.
func (w *writer) clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		if v == nil {
			return nil
		}
		made := w.cloneExcept(v, nil)
		w.order.Set(made, w.order.Keys(v))
		return made
	case []any:
		if v == nil {
			return nil
		}
		made := make([]any, len(v))
		for i, element := range v {
			made[i] = w.clone(element)
		}
		return made
	}
	return value
}

// touched appends the keys of own, sorted: what toJSON methods and getters do has an
// order, too.
func (o *lazyObject) touched(keys []string) []string {
	keys = o.own.keys(keys)
	slices.Sort(keys)
	return keys
}
