package steps

import (
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Place is where a path of a rule leads: an object, reached by names from a root, and a name in
// it. It is immutable and safe for concurrent use.
//
// It knows the usual case only: objects of the login all the way, and no name that a
// prototype answers to. For everything else there is [Place.Any].
type Place struct {
	keys      []string
	last      string
	ofContext bool
	unusual   bool // a root itself, or a prototype's name
}

// PlaceOf is the place of a path.
func PlaceOf(path *program.Path) *Place {
	p := &Place{keys: path.Keys, ofContext: path.Root == "context", unusual: len(path.Keys) == 0}
	for _, key := range path.Keys {
		p.unusual = p.unusual || jsvalue.OnObject(key)
	}
	if !p.unusual {
		p.last = path.Keys[len(path.Keys)-1]
	}
	return p
}

// Any answers the value as Frame.Path does.
func (p *Place) Any(f *Frame) any { return f.follow(p.ofContext, p.keys) }

// object is the object that the last name is looked up in; nil in unusual cases.
func (p *Place) object(f *Frame) map[string]any {
	root := f.User
	if p.ofContext {
		root = f.Context
	}
	if p.unusual {
		return nil
	}
	object, _ := root.(map[string]any)
	for _, name := range p.keys[:len(p.keys)-1] {
		object, _ = object[name].(map[string]any)
	}
	return object
}

// Read answers the value. ok is false for what is unusual, and for arrays that the rule
// shares: then Any knows.
func (p *Place) Read(f *Frame) (value any, ok bool) {
	object := p.object(f)
	value, there := object[p.last]
	switch v := value.(type) {
	case string:
		return value, readable(v)
	case bool, float64:
		return value, true
	case map[string]any:
		return value, v != nil
	case []any:
		return value, v != nil && f.Share == nil
	case nil:
		if there {
			return nil, true
		}
		return jsvalue.Undefined, object != nil
	}
	return nil, false
}

// Truthy answers the value's truthiness; ok as for Read.
//
// Source: ECMA-262 ToBoolean.
func (p *Place) Truthy(f *Frame) (yes, ok bool) {
	object := p.object(f)
	switch v := object[p.last].(type) {
	case bool:
		return v, true
	case string:
		return v != "", true
	case nil:
		return false, object != nil
	case map[string]any:
		return true, v != nil
	case []any:
		return true, v != nil
	case float64:
		return v != 0 && v == v, true
	}
	return false, false
}

// Text answers the value when it is a text; no is true when it surely is none, and not
// equal to any. A text is handed out as it is, though its bytes may be no UTF-8: that
// makes no difference to a comparison with a text that holds no U+FFFD.
func (p *Place) Text(f *Frame) (text string, is, no bool) {
	object := p.object(f)
	switch v := object[p.last].(type) {
	case string:
		return v, true, false
	case nil:
		return "", false, object != nil
	case bool, float64:
		return "", false, true
	}
	return "", false, false
}
