package ir

// Total reports whether JavaScript computes e without throwing, whatever the values are
// that it reads. What is total can be computed earlier, later or not at all.
func Total(e Expr) bool {
	switch e := e.(type) {
	case *Const, *Root, *Local, *ItemVar, *Regexp:
		return true
	case *Path, *Get:
		return false
	case *Call:
		return totalCall(e)
	case *List:
		for _, item := range e.Items {
			if !Total(item.X) || item.Spread && TypeOf(item.X) != NewListType {
				return false
			}
		}
		return true
	case *Object:
		for _, f := range e.Fields {
			if f.Key != nil && !(Total(f.Key) && TypeOf(f.Key).Primitive()) || !Total(f.Value) {
				return false
			}
		}
		return true
	case *Each:
		return TypeOf(e.List) == NewListType && Total(e.List) && Total(e.Body)
	case *Not, *And, *Or, *Coalesce, *Cond, *OptGet, *In:
		total := true
		EachOperand(e, func(x Expr) { total = total && Total(x) })
		return total
	default:
		panic("internal error: it is not known whether an unknown expression is total")
	}
}

// totalCall knows the functions that take every value, those that take every primitive
// value, and those that take every string.
func totalCall(e *Call) bool {
	primitives, texts := true, true
	for _, arg := range e.Args {
		if !Total(arg) {
			return false
		}
		t := TypeOf(arg)
		primitives = primitives && t.Primitive()
		texts = texts && t == StringType
	}
	switch e.Func {
	case "same", "truthy", "typeof", "isNullish", "isArray":
		return true
	case "String", "Number", "text", "add", "sub", "mul", "div", "mod", "neg", "less", "lessEq", "greater", "greaterEq", "equal":
		return primitives
	case "toLowerCase", "toUpperCase", "trim", "includes", "startsWith", "endsWith", "indexOf":
		return texts && len(e.Args) > 0
	}
	return false
}
