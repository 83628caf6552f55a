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
	write, at := c.writer(s.Value, s.At), s.At
	if place, ok := c.fixed(&s.Target); ok {
		return func(f *frame) signal {
			if object := place.object(f); object != nil {
				write.property(f, object, place.last())
				return through
			}
			return f.ended(write.anywhere(f, &place.Place), at)
		}
	}
	c.runner.numbers = true
	target := s.Target
	if place, key, ok := c.computed(&target, at); ok {
		return func(f *frame) signal {
			if object := place.object(f); object != nil {
				if name, ok := key(&f.Frame); ok && !jsvalue.OnObject(name) {
					write.property(f, object, name)
					return through
				}
			}
			return f.ended(write.anywhere(f, &target), at)
		}
	}
	return func(f *frame) signal { return f.ended(write.anywhere(f, &target), at) }
}

// setDefault writes a property that is falsy:
//
//	user.app_metadata ||= {}
func (c *compiler) setDefault(s *program.Default) op {
	write, at := c.writer(s.Value, s.At), s.At
	place, ok := c.fixed(&s.Target)
	if !ok {
		c.runner.numbers = true
		target := s.Target
		return func(f *frame) signal { return f.ended(write.byDefault(f, &target), at) }
	}
	return func(f *frame) signal {
		if object := place.object(f); object != nil {
			switch old := object[place.last()].(type) {
			case map[string]any:
				if old != nil {
					return through
				}
			case nil:
				write.property(f, object, place.last())
				return through
			}
		}
		return f.ended(write.byDefault(f, &place.Place), at)
	}
}

// writer writes the value of an expression to a property.
type writer struct {
	value   Value
	literal *Literal // nil when the expression is none
	keys    []string // of the literal; nil where an object is read in that order anyway
}

func (c *compiler) writer(expr int, at program.Pos) *writer {
	w := &writer{value: c.stored(expr, at)}
	if c.direct == nil || c.runner.mutates || c.runner.exprs[expr].clock {
		return w
	}
	if literal, ok := c.direct.Literal(expr); ok {
		w.literal = literal
		if !slices.IsSortedFunc(literal.Keys, jsondoc.CompareUTF16) {
			w.keys = literal.Keys
		}
	}
	return w
}

// property writes a property of one of the login's objects, whose name no prototype answers to.
// What the rule spells out, of texts, booleans, null and usual numbers, is decoded JSON at once:
//
//	set context.multifactor = {"provider": "any", "allowRememberBrowser": false}
func (w *writer) property(f *frame, object map[string]any, key string) {
	if w.literal == nil {
		f.work.set(object, key, w.value(&f.Frame))
		return
	}
	var made, ofRun any
	plain := true
	if w.literal.List {
		items := make([]any, len(w.literal.Values))
		for i, value := range w.literal.Values {
			items[i] = value(&f.Frame)
			plain = plain && isPlain(nil, items[i])
		}
		made = items
		if !plain || !f.work.setMade(object, key, made, nil) {
			ofRun = &jsvalue.List{Items: items}
		}
	} else {
		values := make(map[string]any, len(w.literal.Keys))
		for i, name := range w.literal.Keys {
			value := w.literal.Values[i](&f.Frame)
			plain = plain && isPlain(nil, value)
			values[name] = value
		}
		made = values
		if !plain || !f.work.setMade(object, key, made, w.keys) {
			ofRun = &jsvalue.Object{Keys: w.literal.Keys, Values: values}
		}
	}
	if ofRun != nil {
		f.work.set(object, key, ofRun)
	}
}

// anywhere writes a property at any place.
func (w *writer) anywhere(f *frame, p *program.Place) error {
	object, key, err := f.target(p)
	if err != nil {
		return err
	}
	return f.put(object, key, w.value(&f.Frame))
}

// byDefault writes a property at any place, when it is falsy.
func (w *writer) byDefault(f *frame, p *program.Place) error {
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
	return f.put(object, key, w.value(&f.Frame))
}

// fixedPlace is a place whose names are all known, and no name of a prototype's.
type fixedPlace struct{ program.Place }

func (p *fixedPlace) last() string { return p.Keys[len(p.Keys)-1].Name }

// fixed answers a place as a fixed one, if it is one. In a rule that changes arrays it is not:
// they have to be shared on the way.
func (c *compiler) fixed(p *program.Place) (*fixedPlace, bool) {
	if len(p.Keys) == 0 || c.runner.mutates {
		return nil, false
	}
	for _, key := range p.Keys {
		if key.Expr != program.None || jsvalue.OnObject(key.Name) {
			return nil, false
		}
	}
	return &fixedPlace{*p}, true
}

// computed is fixed for a place of which only the last name is computed, by key.
func (c *compiler) computed(p *program.Place, at program.Pos) (place *fixedPlace, key func(*Frame) (string, bool), ok bool) {
	last := len(p.Keys) - 1
	if last < 0 || p.Keys[last].Expr == program.None {
		return nil, nil, false
	}
	fixed := *p
	fixed.Keys = append(slices.Clone(p.Keys[:last]), program.Key{Expr: program.None})
	place, ok = c.fixed(&fixed)
	if !ok {
		return nil, nil, false
	}
	expr := p.Keys[last].Expr
	if c.direct != nil && !c.runner.exprs[expr].clock {
		if text, ok := c.direct.TextOf(expr); ok {
			return place, func(f *Frame) (string, bool) { return text(f), true }, true
		}
	}
	value := c.value(expr, at)
	return place, func(f *Frame) (string, bool) {
		name, ok := value(f).(string)
		return name, ok
	}, true
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
	for i := range len(p.Keys) - 1 {
		object, _ = object[p.Keys[i].Name].(map[string]any)
	}
	return object
}
