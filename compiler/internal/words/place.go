package words

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// set writes a Set in the field's words, where it has some for the place.
func (w *writer) set(s *ir.Set) {
	names := placeNames(s.Target)
	value := func() string { return w.value(s.Value) }
	object, isObject := s.Value.(*ir.Object)
	switch {
	case len(names) == 2 && names[0] == "context" && names[1] == "multifactor":
		w.effect("asks for multifactor authentication")
		if provider, ok := onlyField(object, isObject, "provider"); ok {
			w.line(s.At, "ask for multifactor authentication by %s", w.value(provider))
			return
		}
		w.line(s.At, "ask for multifactor authentication: %s", value())
	case len(names) == 2 && names[0] == "context" && names[1] == "redirect":
		w.effect("redirects")
		if url, ok := onlyField(object, isObject, "url"); ok {
			w.line(s.At, "redirect to %s", w.value(url))
			return
		}
		w.line(s.At, "redirect: %s", value())
	case len(names) == 3 && names[0] == "context" && names[1] == "redirect" && names[2] == "url":
		w.effect("redirects")
		w.line(s.At, "redirect to %s", value())
	case len(names) == 3 && names[0] == "context" && names[1] == "samlConfiguration" && names[2] == "mappings" && isObject && len(object.Fields) > 0 && constKeys(object):
		w.effect("maps SAML attributes")
		w.line(s.At, "map SAML attributes, and no others:")
		w.depth++
		for _, f := range object.Fields {
			w.line(f.Value.Span(), "%s from %s", w.value(f.Key), w.value(f.Value))
		}
		w.depth--
	default:
		w.change(s.Target)
		w.line(s.At, "set %s to %s", w.place(s.Target), value())
	}
}

// onlyField is the value of an object's only field, when that has the name.
func onlyField(object *ir.Object, isObject bool, name string) (ir.Expr, bool) {
	if !isObject || len(object.Fields) != 1 {
		return nil, false
	}
	key, _ := constText(object.Fields[0].Key)
	return object.Fields[0].Value, key == name
}

func constKeys(object *ir.Object) bool {
	for _, f := range object.Fields {
		if _, ok := constText(f.Key); !ok {
			return false
		}
	}
	return true
}

// mutate writes a change of an array, set or map.
func (w *writer) mutate(s *ir.Mutate) {
	w.change(s.Target)
	place, args := w.place(s.Target), w.arguments(s.Args)
	text := ""
	switch plain := len(s.Args) > 0; {
	case s.Method == "push" && plain:
		text = fmt.Sprintf("append %s to %s", args, place)
	case s.Method == "unshift" && plain:
		text = fmt.Sprintf("put %s at the front of %s", args, place)
	case s.Method == "add" && len(s.Args) == 1:
		text = fmt.Sprintf("add %s to %s", args, place)
	case s.Method == "delete" && len(s.Args) == 1:
		text = fmt.Sprintf("remove %s from %s", args, place)
	case s.Method == "pop" && !plain:
		text = "remove the last item of " + place
	case s.Method == "shift" && !plain:
		text = "remove the first item of " + place
	case s.Method == "reverse" && !plain:
		text = "reverse " + place
	case s.Method == "sort" && !plain:
		text = "sort " + place
	case s.Method == "clear" && !plain:
		text = "empty " + place
	default:
		text = fmt.Sprintf("change %s by %s(%s)", place, s.Method, args)
	}
	if s.Result != "" {
		text += "; the answer is " + w.local(s.Result)
	}
	w.line(s.At, "%s", text)
}

// claims are the objects whose properties have a name of their own.
var claims = []struct{ object, name, does string }{
	{"idToken", "ID token claim", "sets ID token claims"},
	{"accessToken", "access token claim", "sets access token claims"},
}

// place names where a step writes.
func (w *writer) place(p ir.Place) string {
	names := placeNames(p)
	if root, ok := p.Base.(*ir.Root); ok && root.Name == "context" && len(p.Keys) == 2 && len(names) > 1 {
		key := p.Keys[1]
		switch {
		case names[1] == "accessToken" && len(names) == 3 && names[2] == "scope":
			return "the access token's scope"
		case names[1] == "samlConfiguration":
			return "SAML setting " + w.key(key)
		}
		for _, c := range claims {
			if names[1] == c.object {
				return c.name + " " + w.value(key)
			}
		}
	}
	if len(names) > 2 && names[0] == "context" && names[1] == "samlConfiguration" && names[2] == "mappings" && len(p.Keys) == 3 {
		return "SAML attribute " + w.value(p.Keys[2])
	}
	text := w.operand(p.Base, atom)
	for _, key := range p.Keys {
		text += w.property(key)
	}
	return text
}

// key is a property's name without quotes where it is a word.
func (w *writer) key(e ir.Expr) string {
	if text, ok := constText(e); ok && isIdentifier(text) {
		return text
	}
	return w.value(e)
}

// change notes in short what a write to a place does.
func (w *writer) change(p ir.Place) {
	names := placeNames(p)
	if len(names) == 0 {
		return // a variable of the rule
	}
	if names[0] == "context" && len(names) > 1 {
		switch names[1] {
		case "idToken", "accessToken":
			for _, c := range claims {
				if names[1] == c.object && !(len(names) > 2 && names[1] == "accessToken" && names[2] == "scope") {
					w.effect(c.does)
					return
				}
			}
			w.effect("sets the access token's scope")
			return
		case "samlConfiguration":
			w.effect("configures SAML")
			return
		case "redirect":
			w.effect("redirects")
			return
		case "multifactor":
			w.effect("asks for multifactor authentication")
			return
		}
	}
	if text := w.value(&ir.Root{Name: names[0]}); len(names) == 1 {
		w.changed = appendNew(w.changed, text)
	} else {
		w.changed = appendNew(w.changed, text+member(names[1]))
	}
}

// placeNames are the root's name and the fixed keys that follow it; none for a place that
// starts from a variable.
func placeNames(p ir.Place) []string {
	root, ok := p.Base.(*ir.Root)
	if !ok {
		return nil
	}
	names := []string{root.Name}
	for _, key := range p.Keys {
		name, ok := constText(key)
		if !ok {
			break
		}
		names = append(names, name)
	}
	return names
}

// constText is the text of a constant string.
func constText(e ir.Expr) (string, bool) {
	c, ok := e.(*ir.Const)
	if !ok {
		return "", false
	}
	text, ok := c.Value.(string)
	return text, ok
}
