package steps

import (
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Path answers the value of a path of the rule, as it is now. Where JavaScript would throw,
// and where the value is not covered, the answer is the *jsvalue.Exit: who uses the value
// leaves with it.
//
// The items of an array that is met on the way are shared from then on when the rule changes
// arrays: see [Frame.Share].
func (f *Frame) Path(i int) any {
	path := &f.Paths[i]
	return f.follow(path.Root == "context", path.Keys)
}

// follow reads properties from a root on.
func (f *Frame) follow(ofContext bool, keys []string) any {
	value := f.User
	if ofContext {
		value = f.Context
	}
	for _, key := range keys {
		parent := value
		if object, ok := parent.(map[string]any); ok {
			value, ok = object[key]
			if !ok || key == "__proto__" {
				value = property(parent, key)
			}
		} else {
			value = property(parent, key)
		}
		if list, ok := value.([]any); ok && f.Share != nil && list != nil {
			value = f.Share(parent, key, list)
		}
	}
	switch v := value.(type) {
	case string:
		if !readable(v) {
			return jsvalue.ExitForeign
		}
		return value
	case bool, float64, nil, *jsvalue.List, *jsvalue.Object:
		return value
	case map[string]any:
		if v != nil {
			return value
		}
	case []any:
		if v != nil {
			return value
		}
	}
	return plain(value)
}

// readable reports whether a text is one of JavaScript's: UTF-8, but for halves of surrogate
// pairs. Other bytes, which the texts of Go maps may hold, become U+FFFD there.
func readable(text string) bool {
	return utf8.ValidString(text) || utf8.ValidString(jsvalue.ToUTF8(text))
}

// property reads a property that is not there, or that of a value that is no input object.
func property(parent any, key string) any {
	if object, ok := jsvalue.AsObject(parent); ok && !jsvalue.OnObject(key) {
		if value, ok := object[key]; ok {
			return value
		}
		return jsvalue.Undefined
	}
	if items, ok := jsvalue.AsList(parent); ok && key == "length" {
		return jsvalue.Count(len(items))
	}
	value, err := jsvalue.Get(parent, key)
	if err != nil {
		return exitOf(err)
	}
	return value
}

// plain makes Go's numbers float64, and an exit of what is no value.
func plain(value any) any {
	if n, ok := jsvalue.GoNumber(value); ok {
		return n
	}
	if err := jsvalue.Check(value); err != nil {
		return exitOf(err)
	}
	return value
}

func exitOf(err error) any {
	if exit, ok := err.(*jsvalue.Exit); ok {
		return exit
	}
	return jsvalue.ExitType
}
