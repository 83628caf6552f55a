package steps

import (
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// set writes a property:
//
//	set context.idToken["https://example.com/plan"] = user.plan
//
// The place is found first, then the value is computed, as JavaScript does it.
func (c *compiler) set(s *program.Set) op {
	value, at := c.stored(s.Value, s.At), s.At
	place, ok := c.fixed(&s.Target)
	if !ok {
		return func(f *frame) signal { return f.ended(f.write(&s.Target, value), at) }
	}
	if c.direct != nil && !c.runner.exprs[s.Value].clock {
		if literal, ok := c.direct.Literal(s.Value); ok {
			return c.setLiteral(place, literal, at)
		}
	}
	return func(f *frame) signal {
		object := place.object(f)
		if object == nil {
			return f.ended(f.write(&place.Place, value), at)
		}
		f.work.set(object, place.last, value(&f.Frame))
		return through
	}
}

// setLiteral writes an object that the rule spells out. Made of texts, booleans, null and usual
// numbers it is decoded JSON at once:
//
//	set context.multifactor = {"provider": "any", "allowRememberBrowser": false}
func (c *compiler) setLiteral(place *fixedPlace, literal *Literal, at program.Pos) op {
	keys := literal.Keys
	if slices.IsSortedFunc(keys, jsondoc.CompareUTF16) {
		keys = nil // as objects are read whose order nobody knows
	}
	return func(f *frame) signal {
		object := place.object(f)
		made := make(map[string]any, len(literal.Keys))
		plain := object != nil
		for i, key := range literal.Keys {
			value := literal.Values[i](&f.Frame)
			plain = plain && isPlain(nil, value)
			made[key] = value
		}
		if plain && f.work.setMade(object, place.last, made, keys) {
			return through
		}
		value := &jsvalue.Object{Keys: literal.Keys, Values: made}
		if object != nil {
			f.work.set(object, place.last, value)
			return through
		}
		target, key, err := f.target(&place.Place)
		if err == nil {
			err = f.put(target, key, value)
		}
		return f.ended(err, at)
	}
}

// write writes a property at any place.
func (f *frame) write(p *program.Place, value Value) error {
	object, key, err := f.target(p)
	if err != nil {
		return err
	}
	return f.put(object, key, value(&f.Frame))
}

// fixedPlace is a place whose names are all known, and no name of a prototype's.
type fixedPlace struct {
	program.Place
	inner []program.Key // those up to the last
	last  string
}

// fixed answers a place as a fixed one, if it is one. In a rule that changes arrays it is not:
// they have to be shared on the way.
func (c *compiler) fixed(p *program.Place) (*fixedPlace, bool) {
	if len(p.Keys) == 0 || c.runner.rule.MutatesLists {
		c.runner.numbers = true
		return nil, false
	}
	for _, key := range p.Keys {
		if key.Expr != program.None || jsvalue.OnObject(key.Name) {
			c.runner.numbers = true
			return nil, false
		}
	}
	last := len(p.Keys) - 1
	return &fixedPlace{Place: *p, inner: p.Keys[:last], last: p.Keys[last].Name}, true
}

// object is the object of the login that the last name is a property of; nil where something
// else stands on the way.
func (p *fixedPlace) object(f *frame) map[string]any {
	var base any
	switch p.Root {
	case "user":
		base = f.User
	case "context":
		base = f.Context
	default:
		base = f.Locals[p.Local]
	}
	object, _ := base.(map[string]any)
	for i := range p.inner {
		object, _ = object[p.inner[i].Name].(map[string]any)
	}
	return object
}

// setDefault writes a property that is falsy:
//
//	user.app_metadata ||= {}
func (c *compiler) setDefault(s *program.Default) op {
	value, at := c.stored(s.Value, s.At), s.At
	place, ok := c.fixed(&s.Target)
	if !ok {
		return func(f *frame) signal { return f.ended(f.writeDefault(&s.Target, value), at) }
	}
	return func(f *frame) signal {
		object := place.object(f)
		if object != nil {
			switch old := object[place.last].(type) {
			case map[string]any:
				if old != nil {
					return through
				}
			case nil:
				f.work.set(object, place.last, value(&f.Frame))
				return through
			}
		}
		return f.ended(f.writeDefault(&place.Place, value), at)
	}
}

// writeDefault is setDefault at any place.
func (f *frame) writeDefault(p *program.Place, value Value) error {
	object, key, err := f.target(p)
	if err != nil {
		return err
	}
	old, err := key.of(object)
	if err != nil {
		return err
	}
	there, err := jsvalue.ToBoolean(old)
	if err != nil || there {
		return err
	}
	return f.put(object, key, value(&f.Frame))
}
