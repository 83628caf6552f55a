package stdlib

import (
	"math"
	"strings"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// jsonFunctions are JSON's.
var jsonFunctions = []Function{
	{Name: "stringify", Min: 1, Max: 2, Run: true, Impl: Stringify, Doc: `stringify({a: [1]}) // "{\"a\":[1]}"`},
	{Name: "parse", Min: 1, Max: 1, Impl: Parse, Doc: `parse("{\"a\":1}") // {a: 1}`},
}

// maxJSONNesting is how deep values are written and read; a cycle is deeper.
const maxJSONNesting = 500

// Stringify is JSON.stringify(x, null, indent). Its answer is undefined for undefined.
//
//	stringify(x, indent) -> any
//	stringify([undefined, NaN, -0]) // "[null,null,0]"
//
// Source: ECMA-262 JSON.stringify. Engines: expr, cel.
func Stringify(x, indent, run any) (any, error) {
	if jsvalue.IsUndefined(x) {
		return x, nil
	}
	gap, err := gapOf(indent)
	if err != nil {
		return nil, err
	}
	w := jsonWriter{gap: gap}
	w.run, _ = run.(*jsvalue.Run)
	if err := w.value(x, 0); err != nil {
		return nil, err
	}
	return string(w.text), nil
}

// gapOf is the indent of one level: spaces, or a text, of ten units at most. V8 has ways of its
// own with a number between 0 and 1 and with U+0000.
func gapOf(indent any) (string, error) {
	const spaces = "          "
	if s, ok := indent.(string); ok {
		n, err := jsvalue.Length(s)
		if err != nil {
			return "", err
		}
		if strings.Contains(s, "\x00") {
			return "", jsvalue.ExitType
		}
		return jsvalue.Substring(s, 0, min(n, 10))
	}
	if n, ok := jsvalue.GoNumber(indent); ok {
		if n > 0 && n < 1 {
			return "", jsvalue.ExitType
		}
		n, err := jsvalue.ToInteger(n)
		return spaces[:int(min(max(n, 0), 10))], err
	}
	return "", jsvalue.Check(indent)
}

type jsonWriter struct {
	run  *jsvalue.Run
	gap  string
	text []byte
}

func (w *jsonWriter) value(x any, depth int) (err error) {
	if depth > maxJSONNesting {
		return jsvalue.ExitThrow
	}
	if len(w.text) > jsvalue.MaxText {
		return jsvalue.ExitSize
	}
	switch x := x.(type) {
	case nil:
		w.text = append(w.text, "null"...)
		return nil
	case bool:
		if x {
			w.text = append(w.text, "true"...)
		} else {
			w.text = append(w.text, "false"...)
		}
		return nil
	case string:
		w.text, err = jsvalue.AppendQuoted(w.text, x)
		return err
	case *jsvalue.Set, *jsvalue.Map:
		w.text = append(w.text, "{}"...)
		return nil
	case jsvalue.JSONer:
		plain, err := x.JSON()
		if err != nil {
			return err
		}
		if jsvalue.TypeIn(plain) == jsvalue.ObjectType {
			return jsvalue.ExitType
		}
		return w.value(plain, depth)
	}
	if n, ok := jsvalue.GoNumber(x); ok {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			w.text = append(w.text, "null"...)
		} else {
			w.text = jsvalue.AppendNumber(w.text, n)
		}
		return nil
	}
	if items, ok := jsvalue.AsList(x); ok {
		return w.list(items, depth)
	}
	if properties, ok := jsvalue.AsObject(x); ok {
		return w.object(x, properties, depth)
	}
	return jsvalue.NotOf(x)
}

func (w *jsonWriter) list(items []any, depth int) error {
	if len(items) == 0 {
		w.text = append(w.text, "[]"...)
		return nil
	}
	w.text = append(w.text, '[')
	for i, item := range items {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		w.line(depth + 1)
		if jsvalue.IsUndefined(item) {
			item = nil
		}
		if err := w.value(item, depth+1); err != nil {
			return err
		}
	}
	w.line(depth)
	w.text = append(w.text, ']')
	return nil
}

func (w *jsonWriter) object(x any, properties map[string]any, depth int) error {
	keys, err := jsvalue.OwnKeys(x, w.run)
	if err != nil {
		return err
	}
	w.text = append(w.text, '{')
	empty := true
	for _, key := range keys {
		value := properties[key]
		if jsvalue.IsUndefined(value) {
			continue
		}
		if !empty {
			w.text = append(w.text, ',')
		}
		empty = false
		w.line(depth + 1)
		if w.text, err = jsvalue.AppendQuoted(w.text, key); err != nil {
			return err
		}
		w.text = append(w.text, ':')
		if w.gap != "" {
			w.text = append(w.text, ' ')
		}
		if err := w.value(value, depth+1); err != nil {
			return err
		}
	}
	if !empty {
		w.line(depth)
	}
	w.text = append(w.text, '}')
	return nil
}

// line starts a new line when there is an indent.
func (w *jsonWriter) line(depth int) {
	if w.gap == "" {
		return
	}
	w.text = append(w.text, '\n')
	for range depth {
		w.text = append(w.text, w.gap...)
	}
}
