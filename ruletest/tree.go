package ruletest

import (
	"maps"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// clone copies decoded JSON with the order of its keys.
func clone(value any, from, to *jsondoc.Order) any {
	switch v := value.(type) {
	case map[string]any:
		c := make(map[string]any, len(v))
		keys := from.Keys(v)
		for _, key := range keys {
			c[key] = clone(v[key], from, to)
		}
		to.Set(c, keys)
		return c
	case []any:
		c := make([]any, len(v))
		for i := range v {
			c[i] = clone(v[i], from, to)
		}
		return c
	}
	return value
}

// merge lays over over base: objects member by member, everything else whole. Both stay untouched;
// the answer is new where they meet. [absent] takes a member away.
func merge(base, over any, order *jsondoc.Order) any {
	o, ok := over.(map[string]any)
	b, both := base.(map[string]any)
	if _, isMatcher := matcherOf(over); !ok || !both || isMatcher {
		return over
	}
	merged, keys := maps.Clone(b), order.Keys(b)
	for _, key := range order.Keys(o) {
		if isAbsent(o[key]) {
			delete(merged, key)
			keys = slices.DeleteFunc(keys, func(k string) bool { return k == key })
			continue
		}
		old, had := merged[key]
		if !had {
			keys = append(keys, key)
			old = map[string]any{}
			if _, isObject := o[key].(map[string]any); !isObject {
				old = nil
			}
		}
		merged[key] = merge(old, o[key], order)
	}
	order.Set(merged, keys)
	return merged
}

// without answers a copy of an object that lacks what stands at a path; ok is false when there is nothing.
func without(object map[string]any, path []string, order *jsondoc.Order) (map[string]any, bool) {
	value, there := object[path[0]]
	if !there {
		return object, false
	}
	c, keys := maps.Clone(object), order.Keys(object)
	if len(path) == 1 {
		delete(c, path[0])
		keys = slices.DeleteFunc(keys, func(k string) bool { return k == path[0] })
	} else {
		inner, isObject := value.(map[string]any)
		if !isObject {
			return object, false
		}
		changed, ok := without(inner, path[1:], order)
		if !ok {
			return object, false
		}
		c[path[0]] = changed
	}
	order.Set(c, keys)
	return c, true
}

// encode is a value as JSON text for people.
func encode(value any, order *jsondoc.Order) string {
	data, err := jsondoc.Encode(value, order)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// decode is a JSON text as a value; nil for what is none.
func decode(data []byte) (any, *jsondoc.Order) {
	value, order, err := jsondoc.Decode(data)
	if err != nil {
		return nil, nil
	}
	return value, order
}
