package jsondoc

import (
	"cmp"
	"reflect"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Order knows the key order of the objects of a tree, by the identity of their
// maps. A map that it does not know, and keys added behind its back, are read in
// UTF-16 order. It is safe for concurrent use; a nil *Order knows nothing.
type Order struct {
	mu   sync.RWMutex
	keys map[uintptr]ordered
}

// ordered holds the map too: while it is known its address is not used again.
type ordered struct {
	object map[string]any
	keys   []string
}

func identity(object map[string]any) uintptr { return reflect.ValueOf(object).Pointer() }

// Set says in which order an object's keys were written. keys is kept, not copied.
func (o *Order) Set(object map[string]any, keys []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.keys == nil {
		o.keys = make(map[uintptr]ordered)
	}
	o.keys[identity(object)] = ordered{object, keys}
}

// Known reports whether the object's written order is known.
func (o *Order) Known(object map[string]any) bool {
	_, ok := o.written(object)
	return ok
}

func (o *Order) written(object map[string]any) ([]string, bool) {
	if o == nil {
		return nil, false
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	entry, ok := o.keys[identity(object)]
	return entry.keys, ok
}

// Merge takes over what other knows.
func (o *Order) Merge(other *Order) {
	if other == nil || other == o {
		return
	}
	other.mu.RLock()
	defer other.mu.RUnlock()
	for _, entry := range other.keys {
		o.Set(entry.object, entry.keys)
	}
}

// Keys lists an object's keys as JavaScript lists its own keys: array indexes
// ascending, then the others as they were written. The slice is new.
//
// Source: ECMA-262 OrdinaryOwnPropertyKeys.
func (o *Order) Keys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	written, _ := o.written(object)
	for _, key := range written {
		if _, ok := object[key]; ok {
			keys = append(keys, key)
		}
	}
	if len(keys) < len(object) {
		seen := map[string]bool{}
		for _, key := range keys {
			seen[key] = true
		}
		added := len(keys)
		for key := range object {
			if !seen[key] {
				keys = append(keys, key)
			}
		}
		slices.SortFunc(keys[added:], CompareUTF16)
	}
	return indexesFirst(keys)
}

// Arrange sorts keys that were written in this order as JavaScript lists them: array
// indexes ascending, then the others. It changes and answers keys.
func (o *Order) Arrange(keys []string) []string { return indexesFirst(keys) }

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
