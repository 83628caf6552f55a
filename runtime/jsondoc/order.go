package jsondoc

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Order knows the key order of the objects of a tree, by the identity of their
// maps. A map that it does not know, and keys added behind its back, are read in
// UTF-16 order. It is safe for concurrent use; a nil *Order knows nothing.
type Order struct {
	under *Order // what it was laid over; nil for none, never changed
	mu    sync.RWMutex
	keys  entries
}

// ordered holds the map too: while it is known its address is not used again.
type ordered struct {
	object map[string]any
	base   map[string]any // its keys come first, as they were ordered there; nil for none
	keys   []string
	// over says that keys were added to an object that the order below knows, or that
	// none knows: those that it had come first. See Appended.
	over bool
	// stale says that keys may hold some that were deleted since, and twice those that
	// were written again: the last place counts.
	stale bool
}

// entries holds what is known by the identity of the object. Few are kept side by side,
// because most runs write to few objects.
type entries struct {
	few  []ordered
	many map[uintptr]ordered // nil while there are few
}

// maxFew is how many entries are looked through one by one.
const maxFew = 8

func (e *entries) get(id uintptr) (ordered, bool) {
	if e.many != nil {
		entry, ok := e.many[id]
		return entry, ok
	}
	for i := range e.few {
		if identity(e.few[i].object) == id {
			return e.few[i], true
		}
	}
	return ordered{}, false
}

func (e *entries) set(id uintptr, entry ordered) {
	if e.many == nil {
		for i := range e.few {
			if identity(e.few[i].object) == id {
				e.few[i] = entry
				return
			}
		}
		if e.few == nil {
			e.few = make([]ordered, 0, 2)
		}
		if len(e.few) < maxFew {
			e.few = append(e.few, entry)
			return
		}
		e.many = make(map[uintptr]ordered, 2*maxFew)
		for _, one := range e.few {
			e.many[identity(one.object)] = one
		}
		e.few = nil
	}
	e.many[id] = entry
}

func (e *entries) remove(id uintptr) {
	delete(e.many, id)
	e.few = slices.DeleteFunc(e.few, func(entry ordered) bool { return identity(entry.object) == id })
}

// all is a copy of the entries, in no order.
func (e *entries) all() []ordered {
	return slices.AppendSeq(slices.Clone(e.few), maps.Values(e.many))
}

func identity(object map[string]any) uintptr { return jsvalue.Identity(object) }

// Set says in which order an object's keys were written. keys is kept, not copied.
func (o *Order) Set(object map[string]any, keys []string) { o.set(ordered{object: object, keys: keys}) }

// Extend says that an object was made of base: the keys that both have come first, in
// base's order, then added, in its own. Keys of added are not looked for in base;
// added is kept, not copied.
func (o *Order) Extend(object, base map[string]any, added []string) {
	entry, known := o.entry(base)
	switch {
	case !known && len(added) == 0:
		return // both are read in UTF-16 order
	case known && entry.base != nil:
		// What base was made of, then what it added, then what is added now.
		earlier := slices.DeleteFunc(slices.Clone(entry.keys), Among(added))
		base, added = entry.base, append(earlier, added...)
	}
	o.set(ordered{object: object, base: base, keys: added})
}

func (o *Order) set(entry ordered) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keys.set(identity(entry.object), entry)
}

// Known reports whether the object's written order is known.
func (o *Order) Known(object map[string]any) bool {
	_, ok := o.entry(object)
	return ok
}

func (o *Order) entry(object map[string]any) (ordered, bool) {
	if o == nil {
		return ordered{}, false
	}
	if entry, ok := o.own(object); ok || o.under == nil {
		return entry, ok
	}
	return o.under.entry(object)
}

// own is the entry of this order itself, not of one below.
func (o *Order) own(object map[string]any) (ordered, bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.keys.get(identity(object))
}

// Merge takes over what other knows.
func (o *Order) Merge(other *Order) {
	if other == nil || other == o {
		return
	}
	o.Merge(other.under)
	other.mu.RLock()
	entries := other.keys.all()
	other.mu.RUnlock()
	for _, entry := range entries {
		if entry.over || entry.stale {
			entry = ordered{object: entry.object, keys: other.Keys(entry.object)}
		}
		o.set(entry)
	}
}

// Keys lists an object's keys as JavaScript lists its own keys: array indexes
// ascending, then the others as they were written. The slice is new.
//
// Source: ECMA-262 OrdinaryOwnPropertyKeys.
func (o *Order) Keys(object map[string]any) []string {
	if len(object) == 1 {
		for key := range object {
			return []string{key}
		}
	}
	keys := o.known(make([]string, 0, len(object)), object)
	if len(keys) < len(object) {
		added := len(keys)
		seen := make(map[string]bool, added)
		for _, key := range keys {
			seen[key] = true
		}
		for key := range object {
			if !seen[key] {
				keys = append(keys, key)
			}
		}
		slices.SortFunc(keys[added:], CompareUTF16)
	}
	return indexesFirst(keys)
}

// known appends the keys of an object whose place is known. What base holds by now
// does not matter: it may have been changed since.
func (o *Order) known(keys []string, object map[string]any) []string {
	if o == nil {
		return keys
	}
	entry, ok := o.own(object)
	if !ok {
		return o.under.known(keys, object)
	}
	if entry.stale {
		entry.keys = lastPlaces(object, entry.keys)
	}
	if entry.base != nil || entry.over {
		added := Among(entry.keys)
		var first []string
		if entry.over {
			first = o.under.known(nil, object)
		} else {
			base, _ := o.entry(entry.base)
			first = base.keys
		}
		for _, key := range first {
			if _, stays := object[key]; stays && !added(key) {
				keys = append(keys, key)
			}
		}
		rest := len(keys)
		listed := Among(keys)
		for key := range object {
			if !listed(key) && !added(key) {
				keys = append(keys, key)
			}
		}
		slices.SortFunc(keys[rest:], CompareUTF16)
	}
	for _, key := range entry.keys {
		if _, stays := object[key]; stays {
			keys = append(keys, key)
		}
	}
	return keys
}

// Among answers a test whether a key is one of keys, quick for few and for many.
func Among(keys []string) func(key string) bool {
	if len(keys) <= 8 {
		return func(key string) bool { return slices.Contains(keys, key) }
	}
	set := make(map[string]bool, len(keys))
	for _, key := range keys {
		set[key] = true
	}
	return func(key string) bool { return set[key] }
}

// Arrange sorts keys that were written in this order as JavaScript lists them: array
// indexes ascending, then the others. It changes and answers keys.
func Arrange(keys []string) []string { return indexesFirst(keys) }

// indexesFirst moves array indexes to the front, ascending.
func indexesFirst(keys []string) []string {
	first := slices.IndexFunc(keys, isIndex)
	if first < 0 {
		return keys
	}
	slices.SortStableFunc(keys, func(a, b string) int {
		i, aIndex := jsvalue.ArrayIndex(a)
		j, bIndex := jsvalue.ArrayIndex(b)
		switch {
		case aIndex && bIndex:
			return cmp.Compare(i, j)
		case aIndex:
			return -1
		case bIndex:
			return 1
		}
		return 0
	})
	return keys
}

func isIndex(key string) bool {
	_, ok := jsvalue.ArrayIndex(key)
	return ok
}

// CompareUTF16 compares two texts by their UTF-16 units, as JavaScript's < does.
func CompareUTF16(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return cmp.Compare(len(a), len(b))
	}
	for i > 0 && !utf8.RuneStart(a[i]) {
		i--
	}
	return cmp.Compare(firstUnit(a[i:]), firstUnit(b[i:]))*2 + cmp.Compare(a[i:], b[i:])
}

// firstUnit is the first UTF-16 unit of a text. Within one unit's value UTF-8
// order is UTF-16 order, so it settles every comparison but that of two
// characters which share a high surrogate.
func firstUnit(text string) rune {
	if unit, ok := jsvalue.LoneSurrogate(text); ok {
		return rune(unit)
	}
	r, _ := utf8.DecodeRuneInString(text)
	if r > 0xFFFF {
		return 0xD800 + (r-0x10000)>>10
	}
	return r
}
