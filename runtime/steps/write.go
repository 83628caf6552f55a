package steps

import (
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// set writes a property:
//
//	set context.idToken["https://example.com/plan"] = user.plan
//
// The place is found first, then the value is computed, as JavaScript does it.
func (c *compiler) set(s *program.Set) op {
	value := c.stored(s.Value, s.At)
	if inner, last, ok := c.fixed(&s.Target); ok {
		return func(f *frame) signal {
			object, ok := f.object(s.Target.Root, inner)
			if !ok {
				return f.ended(f.write(&s.Target, value), s.At)
			}
			f.work.set(object, last, value(&f.Frame))
			return through
		}
	}
	return func(f *frame) signal { return f.ended(f.write(&s.Target, value), s.At) }
}

// write writes a property at any place.
func (f *frame) write(p *program.Place, value Value) error {
	object, key, err := f.target(p)
	if err != nil {
		return err
	}
	return f.put(object, key, value(&f.Frame))
}

// fixed reports whether a place is one below user or context whose names are all known, and
// no name of a prototype's. inner are the names up to the last.
func (c *compiler) fixed(p *program.Place) (inner []string, last string, ok bool) {
	if p.Root == "" || len(p.Keys) == 0 || c.runner.rule.MutatesLists {
		return nil, "", false
	}
	names := make([]string, len(p.Keys))
	for i, key := range p.Keys {
		names[i] = key.Name
		if key.Expr != program.None || jsvalue.OnObject(key.Name) {
			return nil, "", false
		}
	}
	return slices.Clip(names[:len(names)-1]), names[len(names)-1], true
}

// object follows names from a root through objects of the login; ok is false where
// one of them is anything else.
func (f *frame) object(root string, names []string) (object map[string]any, ok bool) {
	object, _ = f.root(root).(map[string]any)
	for _, name := range names {
		object, _ = object[name].(map[string]any)
	}
	return object, object != nil
}
