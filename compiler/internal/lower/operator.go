package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var unaryFunctions = map[string]string{"-": "neg", "+": "Number", "~": "bitNot"}

func (l *lowerer) unary(e *ast.Unary) value {
	switch e.Op {
	case "!":
		return not(e, l.condition(e.X))
	case "void":
		l.effect(e.X)
		return undefined(e)
	case "typeof":
		return l.typeof(e)
	case "delete":
		return l.remove(e)
	}
	x := l.expr(e.X)
	if c, ok := x.(*ir.Const); ok {
		if n, isNumber := c.Value.(float64); isNumber {
			switch e.Op {
			case "-":
				return constant(e, -n)
			case "+":
				return c
			}
		}
	}
	return call(e, unaryFunctions[e.Op], x)
}

func not(at placed, x ir.Expr) ir.Expr {
	if known, value := truth(x); known {
		return constant(at, !value)
	}
	return &ir.Not{At: at.Span(), X: x}
}

// typeof answers for names that nobody declares, too.
func (l *lowerer) typeof(e *ast.Unary) value {
	if id, ok := e.X.(*ast.Ident); ok && l.scope.lookup(id.Name) == nil {
		switch kind := globalType(id.Name); kind {
		case "":
			return l.exit(diag.UnknownName, e, id.Name)
		default:
			return constant(e, kind)
		}
	}
	switch v := l.value(e.X).(type) {
	case *functionValue, *callbackValue:
		return constant(e, "function")
	case *errorValue, *promiseValue, *objectValue, *regexpValue:
		return constant(e, "object")
	case *namespace:
		if kind := namespaceType(v.path); kind != "" {
			return constant(e, kind)
		}
		return l.exit(diag.NotLowered, e, "")
	case *ir.Root:
		return call(e, "typeof", v)
	default:
		return call(e, "typeof", l.data(e, v))
	}
}

var binaryFunctions = map[string]string{
	"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod", "**": "pow",
	"&": "bitAnd", "|": "bitOr", "^": "bitXor", "<<": "shl", ">>": "shr", ">>>": "ushr",
	"<": "less", "<=": "lessEq", ">": "greater", ">=": "greaterEq",
}

func (l *lowerer) binary(e *ast.Binary) value {
	switch e.Op {
	case "instanceof":
		return l.instanceOf(e)
	case "===", "!==", "==", "!=":
		return l.equality(e)
	case "in":
		args := l.exprs(e.Left, e.Right)
		return call(e, "has", args[1], args[0])
	}
	args := l.exprs(e.Left, e.Right)
	return l.operate(e, e.Op, args[0], args[1])
}

// operate applies a binary operator to data.
func (l *lowerer) operate(at placed, op string, x, y ir.Expr) ir.Expr {
	if op == "+" {
		a, isText := x.(*ir.Const)
		b, also := y.(*ir.Const)
		if isText && also {
			_, s := a.Value.(string)
			_, t := b.Value.(string)
			if s || t {
				return concat(at, []ir.Expr{x, y})
			}
		}
	}
	name, ok := binaryFunctions[op]
	if !ok {
		return l.exit(diag.NotLowered, at, op)
	}
	return call(at, name, x, y)
}

// equality lowers the four equalities. Static values are compared by identity.
func (l *lowerer) equality(e *ast.Binary) value {
	x := l.value(e.Left)
	middle := len(*l.out)
	y := l.value(e.Right)
	a, isData := x.(ir.Expr)
	b, also := y.(ir.Expr)
	negated := e.Op == "!==" || e.Op == "!="
	if !isData || !also {
		if isData != also { // an object that the rule made, and data
			other := a
			if also {
				other = b
			}
			if c, isConst := other.(*ir.Const); isConst {
				if _, isText := c.Value.(string); !isText || e.Op == "===" || e.Op == "!==" {
					return constant(e, negated)
				}
			}
		}
		if c, isChoice := x.(*choiceValue); isChoice && also {
			if k, isConst := b.(*ir.Const); isConst && jsvalue.IsNullish(k.Value) {
				return l.choiceEquals(e, c, k, negated)
			}
		}
		return l.exit(diag.NotLowered, e, "")
	}
	values := []ir.Expr{a}
	l.keepBefore(middle, []ast.Expr{e.Left}, values)
	a = values[0]
	var made ir.Expr
	name := "same"
	if len(e.Op) == 2 {
		name = "equal"
		for _, pair := range [][2]ir.Expr{{a, b}, {b, a}} {
			if c, isConst := pair[0].(*ir.Const); isConst && jsvalue.IsNullish(c.Value) {
				made = call(e, "isNullish", pair[1])
			}
		}
	}
	if made == nil {
		made = call(e, name, a, b)
	}
	if negated {
		return &ir.Not{At: e.At, X: made}
	}
	return made
}

// choiceEquals compares a choice with null or undefined.
func (l *lowerer) choiceEquals(e *ast.Binary, c *choiceValue, k *ir.Const, negated bool) value {
	side := func(v value) (ir.Expr, bool) {
		data, isData := v.(ir.Expr)
		if !isData {
			_, nested := v.(*choiceValue)
			return constant(e, negated), !nested
		}
		name := "same"
		if len(e.Op) == 2 {
			name = "equal"
		}
		made := ir.Expr(call(e, name, data, k))
		if negated {
			made = &ir.Not{At: e.At, X: made}
		}
		return made, true
	}
	then, ok := side(c.then)
	otherwise, also := side(c.otherwise)
	if !ok || !also {
		return l.exit(diag.NotLowered, e, "")
	}
	return &ir.Cond{At: e.At, If: c.cond, Then: then, Else: otherwise}
}

func (l *lowerer) instanceOf(e *ast.Binary) value {
	class, ok := l.value(e.Right).(*namespace)
	if !ok {
		return l.exit(diag.NotLowered, e, "")
	}
	left := l.value(e.Left)
	if err, isError := left.(*errorValue); isError {
		return constant(e, class.path == "Error" || class.path == err.name || class.path == "Object")
	}
	data := l.data(e.Left, left)
	switch class.path {
	case "Array":
		return call(e, "isArray", data)
	case "String", "Number", "Boolean", "Promise", "Error", "TypeError", "UnauthorizedError":
		// Neither JSON nor what compiled rules make has such objects.
		l.discard(e.Left, data)
		return constant(e, false)
	}
	return l.exit(diag.NotLowered, e, "")
}

// logical lowers && || ??. A right operand that does something becomes an If.
func (l *lowerer) logical(e *ast.Logical) value {
	left := l.value(e.Left)
	x, isData := left.(ir.Expr)
	if !isData { // static values are truthy
		if _, isModule := left.(*moduleValue); !isModule && e.Op == "&&" {
			return l.value(e.Right)
		}
		return left
	}
	if c, isConst := x.(*ir.Const); isConst {
		_, truthy := truth(c)
		if takesRight := e.Op == "&&" && truthy || e.Op == "||" && !truthy || e.Op == "??" && jsvalue.IsNullish(c.Value); takesRight {
			return l.value(e.Right)
		}
		return x
	}
	var right value
	steps, _ := l.inside(func() { right = l.value(e.Right) })
	y, isData := right.(ir.Expr)
	if len(steps) == 0 && isData {
		return combine(e, x, y)
	}
	if _, isError := right.(*errorValue); isError && e.Op == "&&" && ir.TypeOf(x) == ir.BoolType {
		if made := l.choice(e, x, right, constant(e, false), steps, nil); made != nil {
			return made
		}
	}
	if !isData && len(steps) == 0 {
		steps, _ = l.inside(func() { l.data(e.Right, right) })
		y = undefined(e)
	}
	result := l.local("value")
	l.let(e, result, x)
	kept := &ir.Local{At: e.At, Name: result}
	then := func() {
		for _, s := range steps {
			l.emit(s)
			if _, isExit := s.(*ir.Exit); isExit {
				l.reachable = false
			}
		}
		l.let(e, result, y)
	}
	switch e.Op {
	case "&&":
		l.choose(e, kept, then, func() {})
	case "||":
		l.choose(e, kept, func() {}, then)
	default:
		l.choose(e, call(e, "isNullish", kept), then, func() {})
	}
	return kept
}

func combine(e *ast.Logical, x, y ir.Expr) ir.Expr {
	switch e.Op {
	case "&&":
		return &ir.And{At: e.At, X: x, Y: y}
	case "||":
		return &ir.Or{At: e.At, X: x, Y: y}
	}
	return &ir.Coalesce{At: e.At, X: x, Y: y}
}
