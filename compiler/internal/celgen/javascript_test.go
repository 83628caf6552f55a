package celgen_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// javascript writes an expression as JavaScript, fully in parentheses.
func javascript(e ir.Expr) string {
	js := javascript
	switch e := e.(type) {
	case *ir.Const:
		return jsConst(e.Value)
	case *ir.Root:
		return e.Name
	case *ir.Local:
		return "undefined"
	case *ir.Path:
		text := e.Root
		for _, key := range e.Keys {
			text += "[" + quoted(key) + "]"
		}
		return text
	case *ir.Get:
		return "(" + js(e.Object) + ")[" + js(e.Key) + "]"
	case *ir.Call:
		return jsCall(e)
	case *ir.Not:
		return "!(" + js(e.X) + ")"
	case *ir.And:
		return "((" + js(e.X) + ") && (" + js(e.Y) + "))"
	case *ir.Or:
		return "((" + js(e.X) + ") || (" + js(e.Y) + "))"
	case *ir.Coalesce:
		return "((x, y) => x === null || x === undefined ? y() : x)(" + js(e.X) + ", () => " + js(e.Y) + ")"
	case *ir.Cond:
		return "((" + js(e.If) + ") ? (" + js(e.Then) + ") : (" + js(e.Else) + "))"
	case *ir.OptGet:
		return "(" + jsName(e.Name) + " => " + jsName(e.Name) + " === null || " + jsName(e.Name) +
			" === undefined ? undefined : (" + js(e.Then) + "))(" + js(e.X) + ")"
	case *ir.In:
		var items []string
		for _, c := range e.Set {
			items = append(items, jsConst(c))
		}
		return "[" + strings.Join(items, ", ") + "].some(c => c === (" + js(e.X) + "))"
	case *ir.List:
		var items []string
		for _, item := range e.Items {
			items = append(items, dots(item.Spread)+"("+js(item.X)+")")
		}
		return "[" + strings.Join(items, ", ") + "]"
	case *ir.Object:
		var fields []string
		for _, f := range e.Fields {
			if f.Key == nil {
				fields = append(fields, "...("+js(f.Value)+")")
				continue
			}
			fields = append(fields, "["+js(f.Key)+"]: ("+js(f.Value)+")")
		}
		return "({" + strings.Join(fields, ", ") + "})"
	case *ir.Regexp:
		return "new RegExp(" + quoted(e.Source) + ", " + quoted(e.Flags) + ")"
	case *ir.Each:
		method := map[ir.EachKind]string{ir.Some: "some", ir.Every: "every", ir.Find: "find", ir.FindIndex: "findIndex",
			ir.Filter: "filter", ir.Map: "map"}[e.Kind]
		params := jsName(e.Item)
		if e.Index != "" {
			params += ", " + jsName(e.Index)
		}
		return "array(" + js(e.List) + ")." + method + "((" + params + ") => (" + js(e.Body) + "))"
	case *ir.ItemVar:
		return jsName(e.Name)
	}
	panic(fmt.Sprintf("no JavaScript for %T", e))
}

func dots(spread bool) string {
	if spread {
		return "..."
	}
	return ""
}

// jsName is a name for an item variable.
func jsName(name string) string {
	var b strings.Builder
	b.WriteString("v")
	for _, r := range name {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		} else {
			b.WriteString("_" + strconv.Itoa(int(r)))
		}
	}
	return b.String()
}

func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}

func jsConst(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(value)
	case string:
		return quoted(value)
	case float64:
		switch {
		case math.IsNaN(value):
			return "NaN"
		case math.IsInf(value, 0):
			return "(" + strconv.Itoa(map[bool]int{true: 1, false: -1}[value > 0]) + " / 0)"
		case value == 0 && math.Signbit(value):
			return "(-0)"
		}
		return "(" + strconv.FormatFloat(value, 'g', -1, 64) + ")"
	}
	if jsvalue.IsUndefined(value) {
		return "undefined"
	}
	panic(fmt.Sprintf("no JavaScript for %T", value))
}

// jsOperators are functions of the library that JavaScript writes as operators.
var jsOperators = map[string]string{
	"same": "===", "equal": "==", "less": "<", "lessEq": "<=", "greater": ">", "greaterEq": ">=",
	"add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%",
}

// jsFunctions are those that it writes otherwise than as methods of the first argument.
var jsFunctions = map[string]string{
	"truthy": "Boolean", "String": "String", "Number": "Number", "isArray": "Array.isArray", "keys": "Object.keys",
	"isNullish": "(x => x === null || x === undefined)", "typeof": "(x => typeof x)", "items": "(x => [...x])",
	"get": "((o, k) => o[k])", "text": "((...p) => p.reduce((s, x) => s + `${x}`, ''))",
}

func jsCall(e *ir.Call) string {
	var args []string
	for _, arg := range e.Args {
		args = append(args, "("+javascript(arg)+")")
	}
	if op, ok := jsOperators[e.Func]; ok {
		return "(" + args[0] + " " + op + " " + args[1] + ")"
	}
	if f, ok := jsFunctions[e.Func]; ok {
		return f + "(" + strings.Join(args, ", ") + ")"
	}
	return args[0] + "." + e.Func + "(" + strings.Join(args[1:], ", ") + ")"
}

// prelude shows values as text, so that they can be compared: see show. array lets only
// arrays through, because a string or an object with a method of that name is no list.
const prelude = `
function show(x) {
  if (x === undefined) return "undefined";
  if (typeof x === "number") return Object.is(x, -0) ? "-0" : String(x);
  if (typeof x === "string") return JSON.stringify(x);
  if (Array.isArray(x)) return "[" + Array.from(x, show).join(", ") + "]";
  if (x instanceof Date) return "Date " + x.getTime();
  if (x instanceof RegExp) return "RegExp";
  if (typeof x === "function") return "function";
  if (x !== null && typeof x === "object") return "{" + Object.keys(x).map(k => JSON.stringify(k) + ": " + show(x[k])).join(", ") + "}";
  return String(x);
}
function array(x) { if (!Array.isArray(x)) throw new TypeError("no array"); return x; }
`

// show writes a value as prelude's show does.
func show(x any) string {
	switch x := x.(type) {
	case nil:
		return "null"
	case string:
		return jsQuote(x)
	case float64:
		if x == 0 && math.Signbit(x) {
			return "-0"
		}
		return jsvalue.NumberToString(x)
	case bool:
		return strconv.FormatBool(x)
	case []any:
		return "[" + showAll(x) + "]"
	case *jsvalue.List:
		return "[" + showAll(x.Items) + "]"
	case *jsvalue.Object:
		keys, values := ordered(x.Keys), []string{}
		for _, key := range keys {
			values = append(values, jsQuote(key)+": "+show(x.Values[key]))
		}
		return "{" + strings.Join(values, ", ") + "}"
	case map[string]any:
		var values []string
		for _, key := range inputKeys(x) {
			values = append(values, jsQuote(key)+": "+show(x[key]))
		}
		return "{" + strings.Join(values, ", ") + "}"
	}
	if jsvalue.IsUndefined(x) {
		return "undefined"
	}
	return fmt.Sprintf("%T", x)
}

func showAll(items []any) string {
	var all []string
	for _, item := range items {
		all = append(all, show(item))
	}
	return strings.Join(all, ", ")
}

// jsQuote is JSON.stringify of a string.
func jsQuote(s string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s)
	text := strings.TrimSuffix(b.String(), "\n")
	return strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029", `\u007f`, "\x7f").Replace(text)
}
