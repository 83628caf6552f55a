package jsondoc

import "slices"

// Over makes an order that is laid over another: it knows what under knows, and what it
// learns itself stays above. under, which may be nil, is never changed.
func Over(under *Order) *Order { return &Order{under: under} }

// Place is what an order knew of one object: see Restore.
type Place struct {
	entry ordered
	known bool
}

// Appended says that a key was written to an object that did not have it: it comes last.
// The answer takes that back, with Restore; several are taken back in reverse order.
func (o *Order) Appended(object map[string]any, key string) Place {
	o.mu.Lock()
	defer o.mu.Unlock()
	entry, known := o.keys.get(identity(object))
	before := Place{entry, known}
	switch {
	case !known:
		entry = ordered{object: object, over: true}
	case entry.stale && len(entry.keys) > 64+4*len(object):
		entry.keys, entry.stale = lastPlaces(object, entry.keys), false
	}
	// Another entry may have been copied from this one.
	if cap(entry.keys) == len(entry.keys) || !known {
		entry.keys = slices.Grow(slices.Clip(entry.keys), len(entry.keys)/2+2)
	}
	entry.keys = append(entry.keys, key)
	o.keys.set(identity(object), entry)
	return before
}

// Removed says that a key was deleted from an object. Nothing has to take that back.
func (o *Order) Removed(object map[string]any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if entry, known := o.keys.get(identity(object)); known && !entry.stale {
		entry.stale = true
		o.keys.set(identity(object), entry)
	}
}

// Replace is Set for an object that is changed in place; the answer takes it back.
func (o *Order) Replace(object map[string]any, keys []string) Place {
	entry, known := o.own(object)
	o.Set(object, keys)
	return Place{entry, known}
}

// Restore makes what is known of an object what it was.
func (o *Order) Restore(object map[string]any, before Place) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !before.known {
		o.keys.remove(identity(object))
		return
	}
	o.keys.set(identity(object), before.entry)
}

// lastPlaces is keys without those that object does not have; of a key that is there more
// than once the last place counts. The slice is new.
func lastPlaces(object map[string]any, keys []string) []string {
	seen := make(map[string]bool, len(keys))
	kept := make([]string, 0, len(keys))
	for _, key := range slices.Backward(keys) {
		if _, stays := object[key]; stays && !seen[key] {
			kept = append(kept, key)
		}
		seen[key] = true
	}
	slices.Reverse(kept)
	return kept
}

// Copy copies decoded JSON, all that is in it. into, which is not nil, learns the key order
// of the copies. Values that are no decoded JSON are shared.
func (o *Order) Copy(value any, into *Order) any {
	switch v := value.(type) {
	case map[string]any:
		if v == nil {
			return value
		}
		made := make(map[string]any, len(v)+1)
		if o.Known(v) {
			into.Set(made, o.Keys(v))
		}
		for key, member := range v {
			made[key] = o.Copy(member, into)
		}
		return made
	case []any:
		if v == nil {
			return value
		}
		made := make([]any, len(v))
		for i, item := range v {
			made[i] = o.Copy(item, into)
		}
		return made
	}
	return value
}
