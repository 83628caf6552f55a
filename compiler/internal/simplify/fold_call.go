package simplify

import (
	"reflect"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// maxText is the length in bytes up to which a computed text becomes a constant.
const maxText = 1 << 12

// foldCall computes a call of constants, and joins the constant texts of a concatenation.
func foldCall(e *ir.Call) ir.Expr {
	switch e.Func {
	case "text":
		return foldText(e)
	case "add":
		if made, ok := foldAdd(e); ok {
			return made
		}
	case "truthy":
		if len(e.Args) == 1 {
			if truthy, known := truth(e.Args[0]); known {
				return &ir.Const{At: e.At, Value: truthy}
			}
			if ir.TypeOf(e.Args[0]) == ir.BoolType {
				return e.Args[0]
			}
			if x := tested(e.Args[0]); x != e.Args[0] {
				return &ir.Call{At: e.At, Func: "truthy", Args: []ir.Expr{x}}
			}
		}
	case "String":
		if len(e.Args) == 1 && ir.TypeOf(e.Args[0]) == ir.StringType {
			return e.Args[0]
		}
	}
	e = withoutMissing(e)
	args, ok := constants(e.Args)
	if !ok {
		return e
	}
	if v, ok := evident(e.Func, args); ok {
		return &ir.Const{At: e.At, Value: v}
	}
	if v, ok := computed(e.Func, args); ok {
		return &ir.Const{At: e.At, Value: v}
	}
	return e
}

// withoutMissing leaves out the last arguments where they are undefined, as one that is left
// out is undefined to the library. A second one stays unless it is a mere option: what is
// looked for may be undefined.
func withoutMissing(e *ir.Call) *ir.Call {
	f, known := stdlib.Lookup(e.Func)
	n, least := len(e.Args), max(f.Min, 2)
	switch e.Func {
	case "toString", "newURL", "join", "flat", "stringify", "parseInt":
		least = f.Min
	}
	for known && f.Max >= 0 && n > least {
		c, ok := e.Args[n-1].(*ir.Const)
		if !ok || !jsvalue.IsUndefined(c.Value) {
			break
		}
		n--
	}
	if n == len(e.Args) {
		return e
	}
	return &ir.Call{At: e.At, Func: e.Func, Args: e.Args[:n:n]}
}

// constants are the values of arguments that are constants or lists of them.
func constants(args []ir.Expr) ([]any, bool) {
	values := make([]any, len(args))
	for i, arg := range args {
		if c, ok := arg.(*ir.Const); ok {
			values[i] = c.Value
			continue
		}
		list, ok := ir.Constants(arg)
		if !ok {
			return nil, false
		}
		values[i] = list
	}
	return values, true
}

// evident computes what needs no library.
func evident(name string, args []any) (any, bool) {
	switch {
	case name == "same" && len(args) == 2:
		if isList(args[0]) || isList(args[1]) {
			return false, true // a new array is like nothing else
		}
		return args[0] == args[1], true
	case name == "typeof" && len(args) == 1:
		return typeName(args[0]), true
	case name == "isNullish" && len(args) == 1:
		return jsvalue.IsNullish(args[0]), true
	case name == "isArray" && len(args) == 1:
		return isList(args[0]), true
	}
	return nil, false
}

func isList(v any) bool {
	_, ok := v.([]any)
	return ok
}

func typeName(v any) string {
	switch v.(type) {
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case nil, []any:
		return "object"
	}
	return "undefined"
}

// large are the functions whose answer may be much larger than their arguments.
var large = map[string]bool{"repeat": true, "padStart": true, "padEnd": true, "arrayOfLength": true}

// computed calls the library. What exits, or is no primitive value, is left to the run; so
// is what depends on the run.
func computed(name string, args []any) (v any, ok bool) {
	f, known := stdlib.Lookup(name)
	if !known || f.Run || f.Impl == nil || large[name] || len(args) < f.Min || f.Max >= 0 && len(args) > f.Max {
		return nil, false
	}
	for f.Max >= 0 && len(args) < f.Max {
		args = append(args, jsvalue.Undefined)
	}
	impl := reflect.ValueOf(f.Impl)
	in := make([]reflect.Value, len(args))
	for i := range args {
		in[i] = reflect.ValueOf(&args[i]).Elem() // an interface, nil or not
	}
	t := impl.Type()
	if t.NumOut() != 2 || !t.IsVariadic() && t.NumIn() != len(in) || t.IsVariadic() && t.NumIn()-1 > len(in) {
		return nil, false
	}
	out := impl.Call(in)
	if !out[1].IsNil() {
		return nil, false
	}
	v = out[0].Interface()
	switch x := v.(type) {
	case nil, bool, float64:
		return x, true
	case string:
		return x, len(x) <= maxText && utf8.ValidString(x)
	}
	return v, jsvalue.IsUndefined(v)
}

// foldText joins the constant parts of a template literal.
//
//	text("a", "b", x, text("c", y))  ->  text("ab", x, "c", y)
func foldText(e *ir.Call) ir.Expr {
	var parts []ir.Expr
	changed := false
	for _, arg := range e.Args {
		if inner, ok := arg.(*ir.Call); ok && inner.Func == "text" {
			parts = append(parts, inner.Args...)
			changed = true
			continue
		}
		parts = append(parts, arg)
	}
	var joined []ir.Expr
	for _, part := range parts {
		s, isText := constantText(part)
		if isText && s == "" && len(parts) > 1 {
			changed = true
			continue
		}
		if isText && len(joined) > 0 {
			if before, ok := constantText(joined[len(joined)-1]); ok && len(before)+len(s) <= maxText {
				joined[len(joined)-1] = &ir.Const{At: joined[len(joined)-1].Span(), Value: before + s}
				changed = true
				continue
			}
		}
		joined = append(joined, part)
	}
	if len(joined) == 0 {
		return &ir.Const{At: e.At, Value: ""}
	}
	s, isText := constantText(joined[0])
	switch {
	case len(joined) == 1 && isText:
		return &ir.Const{At: e.At, Value: s}
	case len(joined) == 1 && ir.TypeOf(joined[0]) == ir.StringType:
		return joined[0]
	case changed:
		return &ir.Call{At: e.At, Func: "text", Args: joined}
	}
	return e
}

// constantText is ToString of a constant for which that is evident.
func constantText(e ir.Expr) (string, bool) {
	c, ok := e.(*ir.Const)
	if !ok {
		return "", false
	}
	switch v := c.Value.(type) {
	case string:
		return v, true
	case nil:
		return "null", true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	}
	return "undefined", jsvalue.IsUndefined(c.Value)
}

// foldAdd joins constant texts: add("a", "b"), and add(add(x, "a"), "b"), which is add(x, "ab"),
// as x + "a" is a text whatever x is.
func foldAdd(e *ir.Call) (ir.Expr, bool) {
	if len(e.Args) != 2 {
		return nil, false
	}
	second, ok := ir.ConstString(e.Args[1])
	if !ok {
		return nil, false
	}
	if first, ok := ir.ConstString(e.Args[0]); ok && len(first)+len(second) <= maxText {
		return &ir.Const{At: e.At, Value: first + second}, true
	}
	inner, ok := e.Args[0].(*ir.Call)
	if !ok || inner.Func != "add" || len(inner.Args) != 2 {
		return nil, false
	}
	first, ok := ir.ConstString(inner.Args[1])
	if !ok || len(first)+len(second) > maxText {
		return nil, false
	}
	joined := &ir.Const{At: e.Args[1].Span(), Value: first + second}
	return &ir.Call{At: e.At, Func: "add", Args: []ir.Expr{inner.Args[0], joined}}, true
}
