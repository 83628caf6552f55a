package jsondoc

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Encode writes a tree as JSON.stringify would write the same object: keys in
// the order that order knows, numbers in JavaScript's form (-0 as 0, NaN and the
// infinities as null), no escapes that JavaScript would not write. Values that
// are no decoded JSON are written by encoding/json.
//
// # Errors
//
// The error of encoding/json for a value that it cannot marshal; nesting beyond MaxDepth.
func Encode(value any, order *Order) ([]byte, error) {
	return Append(nil, value, order)
}

// Append appends what [Encode] writes to dst.
func Append(dst []byte, value any, order *Order) ([]byte, error) {
	return appendValue(dst, value, order, 0)
}

func appendValue(dst []byte, value any, order *Order, depth int) ([]byte, error) {
	if depth > MaxDepth {
		return nil, fmt.Errorf("the value is nested deeper than %d", MaxDepth)
	}
	switch v := value.(type) {
	case nil:
		return append(dst, "null"...), nil
	case bool:
		if v {
			return append(dst, "true"...), nil
		}
		return append(dst, "false"...), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return append(dst, "null"...), nil
		}
		return jsvalue.AppendNumber(dst, v), nil
	case string:
		return AppendString(dst, v), nil
	case []any:
		if v == nil {
			return append(dst, "null"...), nil
		}
		var err error
		dst = append(dst, '[')
		for i, element := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = appendValue(dst, element, order, depth+1); err != nil {
				return nil, err
			}
		}
		return append(dst, ']'), nil
	case map[string]any:
		if v == nil {
			return append(dst, "null"...), nil
		}
		var err error
		dst = append(dst, '{')
		for i, key := range order.Keys(v) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(AppendString(dst, key), ':')
			if dst, err = appendValue(dst, v[key], order, depth+1); err != nil {
				return nil, err
			}
		}
		return append(dst, '}'), nil
	}
	tree, own, err := FromGo(value)
	if err != nil {
		return nil, err
	}
	return appendValue(dst, tree, own, depth)
}

// FromGo turns any Go value into decoded JSON: what encoding/json writes for it,
// read again, with the key order of that text.
//
// # Errors
//
// The error of encoding/json for a value that it cannot marshal.
func FromGo(value any) (any, *Order, error) {
	data, err := json.Marshal(value)
	if err != nil {
		return nil, nil, fmt.Errorf("a value of Go type %T is no JSON: %w", value, err)
	}
	tree, order, err := Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("a value of Go type %T is no JSON: %w", value, err)
	}
	return tree, order, nil
}

// AppendString appends a text as JSON.stringify quotes it; bytes that are no text become U+FFFD.
//
// Source: ECMA-262 QuoteJSONString.
func AppendString(dst []byte, text string) []byte {
	dst, _ = jsvalue.AppendQuotedText(dst, text)
	return dst
}
