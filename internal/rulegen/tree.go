package rulegen

import (
	"fmt"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// record is a JSON object that keeps the order of its keys. A tree's other values are
// []any, string, float64, bool, nil and raw.
type record struct {
	keys   []string
	values map[string]any
}

// raw is a number as JSON text.
type raw string

func newRecord(pairs ...any) *record {
	r := &record{values: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		r.set(pairs[i].(string), pairs[i+1])
	}
	return r
}

func (r *record) set(key string, value any) {
	if _, had := r.values[key]; !had {
		r.keys = append(r.keys, key)
	}
	r.values[key] = value
}

func (r *record) remove(key string) {
	if _, had := r.values[key]; had {
		delete(r.values, key)
		r.keys = slices.DeleteFunc(slices.Clone(r.keys), func(k string) bool { return k == key })
	}
}

// parseTree reads JSON text; it panics on anything else.
func parseTree(text []byte) any {
	value, order, err := jsondoc.Decode(text)
	if err != nil {
		panic(fmt.Sprintf("internal error: %v in %.200s", err, text))
	}
	return fromGo(value, order)
}

func fromGo(value any, order *jsondoc.Order) any {
	switch v := value.(type) {
	case map[string]any:
		r := newRecord()
		for _, key := range order.Keys(v) {
			r.set(key, fromGo(v[key], order))
		}
		return r
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = fromGo(item, order)
		}
		return items
	}
	return value
}

// appendTree writes a value as JSON text.
func appendTree(b []byte, value any) []byte {
	switch v := value.(type) {
	case *record:
		b = append(b, '{')
		for i, key := range v.keys {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(jsondoc.AppendString(b, key), ':')
			b = appendTree(b, v.values[key])
		}
		return append(b, '}')
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendTree(b, item)
		}
		return append(b, ']')
	case raw:
		return append(b, v...)
	}
	b, err := jsondoc.Append(b, value, nil)
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return b
}

// copyTree is a copy that shares nothing.
func copyTree(value any) any {
	switch v := value.(type) {
	case *record:
		r := newRecord()
		for _, key := range v.keys {
			r.set(key, copyTree(v.values[key]))
		}
		return r
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = copyTree(item)
		}
		return items
	}
	return value
}
