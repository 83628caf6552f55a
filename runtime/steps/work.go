package steps

import (
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Work is what the compiled rules of one run work on: user and context, which they change
// in place, and a journal that can take every write back. It is used by one goroutine at a
// time. Between two rules it holds decoded JSON only.
type Work struct {
	user, context any // map[string]any, or nil
	order         *jsondoc.Order
	under         *jsondoc.Order // the order that came with the state
	laid          bool           // order is laid over under already
	changes       []change
	date          *replacement // the date that the last commit has made a text of; nil for none
}

// change is one entry of the journal: what something was before a write.
type change struct {
	// A write to a property of an object; made is set when a run made it.
	object map[string]any
	key    string
	old    any
	had    bool
	made   *jsvalue.Object
	keys   []string // of made

	// What the key order was, when placed: with the write, or (reordered) by itself.
	placed    bool
	reordered bool
	place     jsondoc.Place

	// A change of an array's items.
	list  *jsvalue.List
	items []any
}

// fewChanges are as many as most runs make.
const fewChanges = 4

// Begin makes w the work on a state, whose objects it changes.
func (w *Work) Begin(in runtime.State) {
	clear(w.changes)
	*w = Work{user: in.User, context: in.Context, order: in.Order, under: in.Order, changes: w.changes[:0]}
}

// BeginCopy makes w the work on a copy of a state.
func (w *Work) BeginCopy(in runtime.State) {
	order := &jsondoc.Order{}
	w.Begin(runtime.State{User: in.Order.Copy(in.User, order), Context: in.Order.Copy(in.Context, order), Order: order})
	w.laid = true
}

// State is what the next rule gets.
func (w *Work) State() runtime.State {
	return runtime.State{User: w.user, Context: w.context, Order: w.order}
}

// Undo takes back everything since Begin.
func (w *Work) Undo() {
	w.rollback(0)
	if w.under != nil {
		w.order, w.laid = w.under, false
	}
}

// written makes sure that the order is the run's own.
func (w *Work) written() {
	if !w.laid {
		w.order, w.laid = jsondoc.Over(w.under), true
	}
}

// set writes a property of one of the login's objects.
func (w *Work) set(object map[string]any, key string, value any) {
	old, had := object[key]
	c := change{object: object, key: key, old: old, had: had}
	if !had {
		w.written()
		c.placed, c.place = true, w.order.Appended(object, key)
	}
	if w.changes == nil {
		w.changes = make([]change, 0, fewChanges)
	}
	w.changes = append(w.changes, c)
	object[key] = value
}

// remove deletes a property of one of the login's objects.
func (w *Work) remove(object map[string]any, key string) {
	old, had := object[key]
	if !had {
		return
	}
	w.changes = append(w.changes, change{object: object, key: key, old: old, had: true})
	delete(object, key)
	if w.laid {
		w.order.Removed(object)
	}
}

// keepObject notes a property of an object that the run made, before it is written.
func (w *Work) keepObject(o *jsvalue.Object, key string) {
	old, had := o.Values[key]
	w.changes = append(w.changes, change{object: o.Values, key: key, old: old, had: had, made: o, keys: o.Keys})
}

// keepList notes an array's items before they are changed.
func (w *Work) keepList(l *jsvalue.List) {
	w.changes = append(w.changes, change{list: l, items: append([]any(nil), l.Items...)})
}

// rollback takes back all changes but the first ones.
func (w *Work) rollback(to int) {
	for i := len(w.changes) - 1; i >= to; i-- {
		c := &w.changes[i]
		switch {
		case c.list != nil:
			c.list.Items = c.items
		case c.reordered:
		case c.had:
			c.object[c.key] = c.old
		default:
			delete(c.object, c.key)
		}
		if c.made != nil {
			c.made.Keys = c.keys
		}
		if c.placed {
			w.order.Restore(c.object, c.place)
		}
	}
	clear(w.changes[to:])
	w.changes = w.changes[:to]
}

// replace makes an object equal to made, which the rule put in its place, so that it keeps
// its identity. made shares nothing with it but what stands at the same place.
func (w *Work) replace(object, made map[string]any) {
	for key, value := range made {
		old, had := object[key]
		if settled := w.settled(old, value); !had || !identical(settled, old) {
			w.changes = append(w.changes, change{object: object, key: key, old: old, had: had})
			object[key] = settled
		}
	}
	if len(object) > len(made) {
		for key := range object {
			if _, stays := made[key]; !stays {
				w.changes = append(w.changes, change{object: object, key: key, old: object[key], had: true})
				delete(object, key)
			}
		}
	}
	w.written()
	w.changes = append(w.changes, change{
		object: object, reordered: true, placed: true, place: w.order.Replace(object, w.order.Keys(made)),
	})
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
