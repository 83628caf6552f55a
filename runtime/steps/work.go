package steps

import (
	"slices"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Work is what the compiled rules of one run work on: user and context, which they change
// in place, and a journal that can take every write back. It is used by one goroutine at a
// time, and may be used again for another run. Between two rules it holds decoded JSON only.
type Work struct {
	user, context any // map[string]any, or nil
	order         *jsondoc.Order
	under         *jsondoc.Order // the order that came with the state
	laid          bool           // order is laid over under already
	changes       []change
	arranged      int           // entries of the journal that order knows of; see ordered
	pending       []replacement // of the commit under way
	date          *replacement  // the date that the last commit has made a text of; nil for none
	frame         *frame        // of the rule that runs, and of those before
}

// change is one entry of the journal: what something was before a write.
type change struct {
	// A write to a property of an object.
	object map[string]any
	key    string
	old    any
	had    bool
	plain  bool // decoded JSON was written: the commit has nothing to do
	silent bool // the key order does not learn of it
	// reordered: the keys of object are in another order now, and nothing else.
	reordered bool
	removed   bool // the property was deleted, by the rule or by the commit
	// An object that came into the login, with the order of its keys. An entry may be for that
	// alone, without object.
	made map[string]any
	keys []string
	more *detail
}

// detail is what few entries have.
type detail struct {
	// A property of an object that a run made: all its keys before.
	made *jsvalue.Object
	keys []string

	// The key order before it learned of this entry.
	placed bool
	place  jsondoc.Place

	// A change of an array's items.
	list  *jsvalue.List
	items []any
}

// fewChanges are as many as most runs make.
const fewChanges = 4

// Begin makes w the work on a state, whose objects it changes.
func (w *Work) Begin(in runtime.State) {
	clear(w.changes)
	w.user, w.context, w.order, w.under = in.User, in.Context, in.Order, in.Order
	w.laid, w.changes, w.arranged, w.date = false, w.changes[:0], 0, nil
}

// BeginCopy makes w the work on a copy of a state.
func (w *Work) BeginCopy(in runtime.State) {
	order := &jsondoc.Order{}
	w.Begin(runtime.State{User: in.Order.Copy(in.User, order), Context: in.Order.Copy(in.Context, order), Order: order})
	w.laid = true
}

// State is what the next rule gets.
func (w *Work) State() runtime.State {
	return runtime.State{User: w.user, Context: w.context, Order: w.ordered()}
}

// Leave fills in what the last rule has left. What the order has not learned yet may go
// to p.Added, where there is room for it.
func (w *Work) Leave(p *runtime.Passage) {
	p.State.User, p.State.Context = w.user, w.context
	if len(w.changes) > w.arranged && (p.Added == nil || !w.add(p.Added)) {
		w.ordered()
	}
	p.State.Order = w.order
}

// add adds the keys that came since the order learned of the journal. It answers false, and
// leaves nothing added, when more has happened to the order than that.
func (w *Work) add(added *jsondoc.Additions) bool {
	for i := w.arranged; i < len(w.changes); i++ {
		c := &w.changes[i]
		if c.made != nil && !slices.IsSortedFunc(c.keys, jsondoc.CompareUTF16) { // that is how an unknown object is read
			for _, key := range c.keys {
				added.Add(c.made, key)
			}
		}
		switch {
		case c.object == nil || c.silent || c.more != nil && c.more.made != nil:
		case c.reordered, c.removed:
			added.Reset()
			return false
		case !c.had && len(c.object) > 1: // one key has no order
			added.Add(c.object, c.key)
		}
	}
	return true
}

// Context is the context of State.
func (w *Work) Context() any { return w.context }

// Undo takes back everything since Begin.
func (w *Work) Undo() {
	w.rollback(0)
	if w.under != nil {
		w.order, w.laid = w.under, false
	}
}

// Forget drops what w refers to of a run, so that w may wait for the next one.
func (w *Work) Forget() {
	w.Begin(runtime.State{})
	if w.frame != nil {
		w.frame.forget()
	}
}

// Unordered is State without the key order: see Order.
func (w *Work) Unordered() runtime.State { return runtime.State{User: w.user, Context: w.context} }

// Order is the key order of the state.
func (w *Work) Order() *jsondoc.Order { return w.ordered() }

// Writes is how many writes to objects there were since Begin.
func (w *Work) Writes() int { return len(w.changes) }

// Write is one of them; see jsondoc.Journal.
func (w *Work) Write(i int) jsondoc.Write {
	c := &w.changes[i]
	return jsondoc.Write{Object: c.object, Key: c.key, Added: !c.had, Removed: c.removed, Arranged: c.reordered}
}

// written makes sure that the order is the run's own.
func (w *Work) written() *jsondoc.Order {
	if !w.laid {
		w.order, w.laid = jsondoc.Over(w.under), true
	}
	return w.order
}

// ordered is the key order as of now. Most runs never ask for it, so it learns from the journal
// only when somebody does.
func (w *Work) ordered() *jsondoc.Order {
	for ; w.arranged < len(w.changes); w.arranged++ {
		c := &w.changes[w.arranged]
		if c.made != nil {
			w.written().Set(c.made, c.keys)
		}
		if c.object == nil || c.silent || c.more != nil && c.more.made != nil {
			continue
		}
		if c.reordered {
			c.more = &detail{placed: true, place: w.written().Replace(c.object, c.keys)}
			continue
		}
		if !c.had {
			place := w.written().Appended(c.object, c.key)
			if c.more == nil {
				c.more = &detail{}
			}
			c.more.placed, c.more.place = true, place
		}
		if c.removed && w.laid {
			w.order.Removed(c.object)
		}
	}
	return w.order
}

// set writes a property of one of the login's objects.
func (w *Work) set(object map[string]any, key string, value any) {
	old, had := object[key]
	if now, ok := value.(map[string]any); ok && had && identical(old, now) {
		return
	}
	if w.changes == nil {
		w.changes = make([]change, 0, fewChanges)
	}
	w.changes = append(w.changes, change{object: object, key: key, old: old, had: had, plain: isPlain(old, value)})
	object[key] = value
}

// setMade is set for an object or an array that was made for the place, of values that are decoded
// JSON. keys is an object's order, nil where that goes without saying. It answers false,
// and does nothing, where something stands that may have to stay.
func (w *Work) setMade(object map[string]any, key string, made any, keys []string) bool {
	old, had := object[key]
	switch old.(type) {
	case nil, string, bool, float64:
	default:
		return false
	}
	c := change{object: object, key: key, old: old, had: had, plain: true}
	if keys != nil {
		c.made, _ = made.(map[string]any)
		c.keys = keys
	}
	w.changes = append(w.changes, c)
	object[key] = made
	return true
}

// isPlain reports whether a value that is written where old stood is decoded JSON as it is.
func isPlain(old, value any) bool {
	switch v := value.(type) {
	case string, bool, nil:
	case float64:
		if v == 0 || v-v != 0 {
			return false // -0, NaN, the infinities
		}
	default:
		return false
	}
	switch old.(type) {
	case nil, string, bool, float64, map[string]any, []any:
		return true
	}
	return false
}

// remove deletes a property of one of the login's objects.
func (w *Work) remove(object map[string]any, key string) {
	old, had := object[key]
	if !had {
		return
	}
	w.changes = append(w.changes, change{object: object, key: key, old: old, had: true, removed: true})
	delete(object, key)
}

// keepObject notes a property of an object that the run made, before it is written.
func (w *Work) keepObject(o *jsvalue.Object, key string) {
	old, had := o.Values[key]
	w.changes = append(w.changes, change{object: o.Values, key: key, old: old, had: had, more: &detail{made: o, keys: o.Keys}})
}

// keepList notes an array's items before they are changed.
func (w *Work) keepList(l *jsvalue.List) {
	w.changes = append(w.changes, change{more: &detail{list: l, items: append([]any(nil), l.Items...)}})
}

// rollback takes back all changes but the first ones.
func (w *Work) rollback(to int) {
	for i := len(w.changes) - 1; i >= to; i-- {
		c := &w.changes[i]
		more := c.more
		switch {
		case more != nil && more.list != nil:
			more.list.Items = more.items
		case c.reordered, c.object == nil:
		case c.had:
			c.object[c.key] = c.old
		default:
			delete(c.object, c.key)
		}
		if more == nil {
			continue
		}
		if more.made != nil {
			more.made.Keys = more.keys
		}
		if more.placed {
			w.order.Restore(c.object, more.place)
		}
	}
	clear(w.changes[to:])
	w.changes = w.changes[:to]
	w.arranged = min(w.arranged, to)
}

// replace makes an object equal to made, which the rule put in its place, so that it keeps
// its identity. made shares nothing with it but what stands at the same place.
func (w *Work) replace(object, made map[string]any) {
	for key, value := range made {
		old, had := object[key]
		if settled := w.settled(old, value); !had || !identical(settled, old) {
			w.changes = append(w.changes, change{object: object, key: key, old: old, had: had, silent: true})
			object[key] = settled
		}
	}
	if len(object) > len(made) {
		for key := range object {
			if _, stays := made[key]; !stays {
				w.changes = append(w.changes, change{object: object, key: key, old: object[key], had: true, removed: true, silent: true})
				delete(object, key)
			}
		}
	}
	w.changes = append(w.changes, change{object: object, reordered: true, keys: w.keysOf(made)})
}

// fewKeys is how many entries of the journal are looked through for an object's order.
const fewKeys = 16

// keysOf lists the keys of an object that the commit has made: see plainer.keep.
func (w *Work) keysOf(made map[string]any) []string {
	for i := len(w.changes) - 1; i >= max(w.arranged, len(w.changes)-fewKeys); i-- {
		if c := &w.changes[i]; c.made != nil && jsvalue.SameObject(c.made, made) {
			return c.keys
		}
	}
	return w.ordered().Keys(made)
}

// settled is the value to store where old stood: old itself, made equal to value, when both
// are objects; an array that did not change.
func (w *Work) settled(old, value any) any {
	switch v := value.(type) {
	case map[string]any:
		if object, ok := old.(map[string]any); ok && object != nil {
			if !identical(object, v) {
				w.replace(object, v)
			}
			return object
		}
	case []any:
		array, ok := old.([]any)
		if !ok || array == nil || identical(array, v) {
			return value
		}
		same := len(array) == len(v)
		for i := range min(len(array), len(v)) {
			if len(array) == len(v) {
				v[i] = w.settled(array[i], v[i])
			}
			same = same && identical(array[i], v[i])
		}
		if same {
			return old
		}
	}
	return value
}
