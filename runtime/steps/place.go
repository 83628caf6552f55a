package steps

import (
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// boxed is an array of the input as one that the run shares.
func boxed(items []any) *jsvalue.List { return &jsvalue.List{Items: slices.Clone(items)} }

// root is the rule's user or context.
func (f *frame) root(name string) any {
	if name == "user" {
		return f.User
	}
	return f.Context
}

// shareAt puts a shared array in the place of one of the input's: see [Frame.Share].
func (f *frame) shareAt(parent any, key string, list []any) *jsvalue.List {
	shared := boxed(list)
	switch o := parent.(type) {
	case map[string]any:
		f.work.set(o, key, shared)
	case *jsvalue.Object:
		if f.decided {
			f.work.keepObject(o, key)
		}
		o.Values[key] = shared
	case *jsvalue.List:
		if i, ok := jsvalue.ArrayIndex(key); ok {
			f.keep(o)
			o.Items[i] = shared
		}
	}
	return shared
}

// child reads a property on the way to a place. Where the rule changes arrays, one of the
// input becomes shared.
func (f *frame) child(object any, p propertyName) (any, error) {
	value, err := p.of(object)
	if err != nil || !f.runner.mutates {
		return value, err
	}
	array, ok := value.([]any)
	if !ok || array == nil {
		return value, nil
	}
	name, err := p.text()
	if err != nil {
		return nil, err
	}
	return f.shareAt(object, name, array), nil
}

// propertyName is a property's name: fixed, or computed when that is not nil, a text or a number.
type propertyName struct {
	fixed    string
	computed any
}

// of reads the property of an object.
func (p propertyName) of(object any) (any, error) {
	if p.computed != nil {
		return jsvalue.Get(object, p.computed)
	}
	if o, ok := object.(map[string]any); ok && p.fixed != "__proto__" {
		switch value := o[p.fixed].(type) {
		case string, bool, float64, map[string]any:
			return value, nil
		}
	}
	return jsvalue.Get(object, p.fixed)
}

// text is the property's name as a text.
func (p propertyName) text() (string, error) {
	if p.computed != nil {
		return jsvalue.ToString(p.computed)
	}
	return p.fixed, nil
}

// target finds the object that a place is a property of, and the property's key.
func (f *frame) target(p *program.Place) (object any, key propertyName, err error) {
	if p.Root != "" {
		object = f.root(p.Root)
	} else {
		object = f.Locals[p.Local]
	}
	last := len(p.Keys) - 1
	for i := range p.Keys {
		if key, err = f.key(&p.Keys[i]); err != nil {
			return nil, key, err
		}
		if i < last {
			if object, err = f.child(object, key); err != nil {
				return nil, key, err
			}
		}
	}
	return object, key, nil
}

// key is a property's name, or the number that it was computed as.
func (f *frame) key(k *program.Key) (propertyName, error) {
	if k.Expr == program.None {
		return propertyName{fixed: k.Name}, nil
	}
	value, err := f.eval(k.Expr, program.Pos{})
	if err != nil {
		return propertyName{}, err
	}
	switch value.(type) {
	case string, float64:
		return propertyName{computed: value}, nil
	}
	if n, ok := jsvalue.GoNumber(value); ok {
		return propertyName{computed: n}, nil
	}
	text, err := jsvalue.ToString(value)
	return propertyName{fixed: text}, err
}

// keep notes an array that is about to change, when a savepoint needs it: before the
// callback, an exit drops what the run made.
func (f *frame) keep(l *jsvalue.List) {
	if f.decided {
		f.work.keepList(l)
	}
}

// put writes a property.
func (f *frame) put(object any, p propertyName, value any) error {
	name, err := p.text()
	if err != nil {
		return err
	}
	switch o := object.(type) {
	case map[string]any:
		switch {
		case o == nil:
			return jsvalue.ExitForeign
		case jsvalue.OnObject(name):
			return jsvalue.ExitPrototype
		}
		f.work.set(o, name, value)
		return nil
	case *jsvalue.Object:
		if jsvalue.OnObject(name) {
			return jsvalue.ExitPrototype
		}
		if f.decided {
			f.work.keepObject(o, name)
		}
		if _, had := o.Values[name]; !had {
			o.Keys = append(o.Keys, name)
		}
		if o.Values == nil {
			o.Values = map[string]any{}
		}
		o.Values[name] = value
		return nil
	case *jsvalue.List:
		i, ok := jsvalue.ArrayIndex(name)
		switch {
		case !ok:
			return jsvalue.ExitPrototype
		case int(i) > len(o.Items):
			return jsvalue.ExitType // a hole
		}
		f.keep(o)
		if int(i) == len(o.Items) {
			o.Items = append(o.Items, value)
		} else {
			o.Items[i] = value
		}
		return nil
	}
	return jsvalue.NotOf(object)
}

func (f *frame) remove(s *program.Delete) error {
	object, key, err := f.target(&s.Target)
	if err != nil {
		return err
	}
	name, err := key.text()
	if err != nil {
		return err
	}
	switch o := object.(type) {
	case map[string]any:
		if o == nil {
			return jsvalue.ExitForeign
		}
		f.work.remove(o, name)
		return nil
	case *jsvalue.Object:
		if _, had := o.Values[name]; !had {
			return nil
		}
		if f.decided {
			f.work.keepObject(o, name)
		}
		o.Keys = slices.DeleteFunc(slices.Clone(o.Keys), func(key string) bool { return key == name })
		delete(o.Values, name)
		return nil
	}
	return jsvalue.NotOf(object)
}
