package lower

import (
	"math"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// call makes a call of a library function.
func call(at placed, name string, args ...ir.Expr) *ir.Call {
	return &ir.Call{At: at.Span(), Func: name, Args: args}
}

// expr lowers an expression to data.
func (l *lowerer) expr(e ast.Expr) ir.Expr { return l.data(e, l.value(e)) }

// data is a value as data; a static value that cannot be data exits.
func (l *lowerer) data(at placed, v value) ir.Expr {
	switch v := v.(type) {
	case ir.Expr:
		return v
	case *functionValue, *callbackValue, *objectValue, *choiceValue:
		return l.exit(diag.FunctionAsValue, at, "")
	case *namespace:
		if v.path == "configuration" {
			return l.wholeConfiguration(at)
		}
		return l.exit(diag.FunctionAsValue, at, v.path)
	case *moduleValue:
		return l.exit(diag.NeedsModule, at, v.name)
	case *promiseValue:
		return l.exit(diag.Waits, at, "")
	}
	return l.exit(diag.NotLowered, at, "")
}

// value lowers an expression.
func (l *lowerer) value(e ast.Expr) value {
	l.count()
	switch e := e.(type) {
	case *ast.Null:
		return constant(e, nil)
	case *ast.Bool:
		return constant(e, e.Value)
	case *ast.Number:
		return constant(e, e.Value)
	case *ast.String:
		return l.text(e, e.Value)
	case *ast.Template:
		return l.template(e)
	case *ast.Ident:
		return l.ident(e)
	case *ast.Member:
		return l.member(e)
	case *ast.Index:
		return l.index(e)
	case *ast.Chain:
		return l.chain(e)
	case *ast.Unary:
		return l.unary(e)
	case *ast.Binary:
		return l.binary(e)
	case *ast.Logical:
		return l.logical(e)
	case *ast.Conditional:
		return l.conditional(e)
	case *ast.Assign:
		return l.assign(e, true)
	case *ast.Update:
		return l.update(e, true)
	case *ast.Sequence:
		for _, x := range e.List[:len(e.List)-1] {
			l.effect(x)
		}
		return l.value(e.List[len(e.List)-1])
	case *ast.Array:
		return l.array(e)
	case *ast.Object:
		return l.object(e)
	case *ast.Function, *ast.Arrow:
		return &functionValue{node: e, scope: l.scope}
	case *ast.Call:
		return l.call(e, true)
	case *ast.New:
		return l.construct(e)
	case *ast.RegExp:
		return &regexpValue{at: e, source: e.Pattern, flags: e.Flags}
	case *ast.Await:
		return l.await(e)
	case *ast.This, *ast.NewTarget, *ast.Super:
		return l.exit(diag.UsesThis, e, "")
	case *ast.Class:
		return l.exit(diag.ClassUsed, e, "")
	}
	return l.exit(diag.NotLowered, e, "")
}

// text is a string constant; half of a surrogate pair exits.
func (l *lowerer) text(at placed, text string) ir.Expr {
	if jsvalue.HasLoneSurrogate(text) {
		return l.exit(diag.LoneSurrogate, at, "")
	}
	return constant(at, text)
}

// effect lowers an expression whose value nobody reads.
func (l *lowerer) effect(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Logical:
		if e.Op == "??" {
			break
		}
		left := l.condition(e.Left)
		then, otherwise := func() { l.effect(e.Right) }, func() {}
		if e.Op == "||" {
			then, otherwise = otherwise, then
		}
		l.choose(e, left, then, otherwise)
		return
	case *ast.Conditional:
		cond := l.condition(e.Test)
		l.choose(e, cond, func() { l.effect(e.Then) }, func() { l.effect(e.Else) })
		return
	case *ast.Assign:
		l.assign(e, false)
		return
	case *ast.Update:
		l.update(e, false)
		return
	case *ast.Call:
		l.discard(e, l.call(e, false))
		return
	case *ast.Sequence:
		for _, x := range e.List {
			l.effect(x)
		}
		return
	case *ast.Unary:
		if e.Op == "void" || e.Op == "!" {
			l.effect(e.X)
			return
		}
	case *ast.Ident:
		l.value(e)
		return
	}
	l.discard(e, l.value(e))
}

// discard drops a value: data is computed all the same, as it may exit.
func (l *lowerer) discard(at placed, v value) {
	data, ok := v.(ir.Expr)
	if !ok || !l.reachable {
		return
	}
	switch data.(type) {
	case *ir.Const, *ir.Local, *ir.Root, *ir.ItemVar:
		return
	}
	l.emit(&ir.Eval{At: at.Span(), X: data})
}

// condition lowers an expression that is judged by its truthiness.
func (l *lowerer) condition(e ast.Expr) ir.Expr {
	switch v := l.value(e).(type) {
	case ir.Expr:
		return v
	case *functionValue, *callbackValue, *errorValue, *objectValue, *regexpValue, *promiseValue, *namespace:
		return constant(e, true)
	case *choiceValue:
		return l.choiceTruth(e, v)
	default:
		return l.data(e, v)
	}
}

// choiceTruth is a choice as a condition.
func (l *lowerer) choiceTruth(at placed, c *choiceValue) ir.Expr {
	side := func(v value) ir.Expr {
		switch v := v.(type) {
		case ir.Expr:
			return v
		case *choiceValue:
			return l.choiceTruth(at, v)
		}
		return constant(at, true)
	}
	return &ir.Cond{At: at.Span(), If: c.cond, Then: side(c.then), Else: side(c.otherwise)}
}

// choice makes a choice of values that are not both data, with the steps that each of them
// takes; nil where one of them cannot be followed.
func (l *lowerer) choice(at ast.Expr, cond ir.Expr, then, otherwise value, thenSteps, elseSteps []ir.Step) value {
	for _, v := range []value{then, otherwise} {
		switch v := v.(type) {
		case *errorValue, *functionValue, *choiceValue, *callbackValue:
		case ir.Expr:
			if !isStable(v) {
				return nil
			}
		default:
			return nil
		}
	}
	made := &choiceValue{cond: l.keep(at, "choice", cond), then: then, otherwise: otherwise}
	if len(thenSteps) > 0 || len(elseSteps) > 0 {
		l.emit(&ir.If{At: at.Span(), Cond: made.cond, Then: thenSteps, Else: elseSteps})
	}
	return made
}

// truth is the truthiness of an expression that is known beforehand.
func truth(e ir.Expr) (known, value bool) {
	switch e := e.(type) {
	case *ir.Const:
		switch v := e.Value.(type) {
		case nil:
			return true, false
		case bool:
			return true, v
		case float64:
			return true, v != 0 && !math.IsNaN(v)
		case string:
			return true, v != ""
		}
		return true, !jsvalue.IsUndefined(e.Value)
	case *ir.Not:
		known, value = truth(e.X)
		return known, !value
	case *ir.List, *ir.Object:
		return false, false // they may hold what exits
	}
	return false, false
}

// exprs lowers expressions in order. Values before one that does something are kept.
func (l *lowerer) exprs(list ...ast.Expr) []ir.Expr {
	made := make([]ir.Expr, len(list))
	for i, e := range list {
		mark := len(*l.out)
		made[i] = l.expr(e)
		l.keepBefore(mark, list[:i], made[:i])
	}
	return made
}

// keepBefore keeps values in variables that are set in front of the steps from mark on,
// when there are any.
func (l *lowerer) keepBefore(mark int, at []ast.Expr, values []ir.Expr) {
	if len(*l.out) == mark || len(values) == 0 {
		return
	}
	later := append([]ir.Step(nil), (*l.out)[mark:]...)
	reachable := l.reachable
	*l.out = (*l.out)[:mark]
	l.reachable = true
	for i, v := range values {
		values[i] = l.keep(at[i], "kept", v)
	}
	*l.out = append(*l.out, later...)
	l.reachable = reachable
}

// ident lowers a name.
func (l *lowerer) ident(e *ast.Ident) value {
	b := l.scope.lookup(e.Name)
	if b == nil {
		return l.global(e)
	}
	if !b.ready {
		return l.exit(diag.Throws, e, e.Name)
	}
	if b.static != nil {
		return b.static
	}
	if len(b.errors) > 0 {
		return l.oneOf(e, b)
	}
	b.reads++
	if b.local == "" {
		if b.kind == bindVar && b.once {
			return undefined(e) // nothing has written it yet
		}
		b.local = l.local(e.Name)
		l.fresh[b.local] = false
	}
	return &ir.Local{At: e.At, Name: b.local}
}

// member lowers a property read by a fixed name.
func (l *lowerer) member(e *ast.Member) value {
	if e.Optional {
		return l.exit(diag.NotLowered, e, "")
	}
	return l.property(e, l.value(e.Object), e.Name)
}

// property reads a property of a value by a fixed name.
func (l *lowerer) property(at placed, object value, name string) value {
	switch o := object.(type) {
	case ir.Expr:
		return get(at, o, constant(at, name))
	case *namespace:
		return l.namespaceMember(at, o, name)
	case *moduleValue:
		return &moduleValue{name: o.name}
	case *objectValue:
		if v, ok := o.properties[name]; ok {
			return v
		}
	case *errorValue:
		return l.errorProperty(at, o, name)
	case *functionValue, *callbackValue, *methodValue:
		switch name {
		case "call", "apply":
			return &boundMethod{of: object, name: name}
		}
	}
	return l.exit(diag.NotLowered, at, "")
}

// boundMethod is f.call or f.apply, to be called.
type boundMethod struct {
	of   value
	name string
}

// get reads a property. Fixed names of roots and paths make longer paths; length and
// indexes are no part of a path, as they are read of arrays and strings.
func get(at placed, object, key ir.Expr) ir.Expr {
	if c, ok := key.(*ir.Const); ok {
		if name, isName := c.Value.(string); isName && name != "length" {
			if _, isIndex := jsvalue.ArrayIndex(name); !isIndex {
				switch o := object.(type) {
				case *ir.Root:
					return &ir.Path{At: at.Span(), Root: o.Name, Keys: []string{name}}
				case *ir.Path:
					return &ir.Path{At: at.Span(), Root: o.Root, Keys: append(append([]string(nil), o.Keys...), name)}
				}
			}
		}
	}
	return &ir.Get{At: at.Span(), Object: object, Key: key}
}

// index lowers a property read by a computed key.
func (l *lowerer) index(e *ast.Index) value {
	if e.Optional {
		return l.exit(diag.NotLowered, e, "")
	}
	object := l.value(e.Object)
	data, isData := object.(ir.Expr)
	if !isData {
		key := l.expr(e.Key)
		if c, ok := key.(*ir.Const); ok {
			if name, isName := c.Value.(string); isName {
				return l.property(e, object, name)
			}
		}
		if ns, ok := object.(*namespace); ok && ns.path == "configuration" {
			return get(e, l.wholeConfiguration(e), key)
		}
		return l.data(e, object)
	}
	mark := len(*l.out)
	key := l.expr(e.Key)
	values := []ir.Expr{data}
	l.keepBefore(mark, []ast.Expr{e.Object}, values)
	return get(e, values[0], key)
}

// chain lowers an optional chain: each ?. becomes an OptGet around the rest.
func (l *lowerer) chain(e *ast.Chain) value {
	return l.link(e.X, func(v value) value { return v })
}

// link lowers the links of an optional chain from its start; rest makes the value of the
// whole of the value of e.
func (l *lowerer) link(e ast.Expr, rest func(value) value) value {
	switch e := e.(type) {
	case *ast.Member:
		return l.link(e.Object, func(object value) value {
			if !e.Optional {
				return rest(l.property(e, object, e.Name))
			}
			return l.optional(e, object, func(o ir.Expr) value { return rest(l.property(e, o, e.Name)) })
		})
	case *ast.Index:
		return l.link(e.Object, func(object value) value {
			read := func(o value) value {
				data, ok := o.(ir.Expr)
				if !ok {
					return l.exit(diag.NotLowered, e, "")
				}
				mark := len(*l.out)
				key := l.expr(e.Key)
				if len(*l.out) != mark {
					return l.exit(diag.NotLowered, e, "")
				}
				return rest(get(e, data, key))
			}
			if !e.Optional {
				return read(object)
			}
			return l.optional(e, object, func(o ir.Expr) value { return read(o) })
		})
	case *ast.Call:
		if m, ok := e.Callee.(*ast.Member); ok && !e.Optional {
			return l.link(m.Object, func(object value) value {
				invoke := func(o value) value {
					data, isData := o.(ir.Expr)
					if !isData {
						return l.exit(diag.NotLowered, e, "")
					}
					return rest(l.method(e, m, data, nil, true))
				}
				if !m.Optional {
					return invoke(object)
				}
				return l.optional(e, object, func(o ir.Expr) value { return invoke(o) })
			})
		}
		if e.Optional {
			return l.exit(diag.NotLowered, e, "")
		}
	}
	return rest(l.value(e))
}

// optional makes the part of a chain behind ?.: its steps, when it has any, must not run
// for null and undefined, and then the whole becomes an If.
func (l *lowerer) optional(at placed, object value, then func(o ir.Expr) value) value {
	x, ok := object.(ir.Expr)
	if !ok {
		return then(l.data(at, object))
	}
	if c, isConst := x.(*ir.Const); isConst && jsvalue.IsNullish(c.Value) {
		return undefined(at)
	}
	item := l.unique("it")
	var made ir.Expr
	if l.attempt(func() { made = l.data(at, then(&ir.ItemVar{At: at.Span(), Name: item})) }) {
		return &ir.OptGet{At: at.Span(), X: x, Name: item, Then: made}
	}
	kept := l.keep(at, "it", x)
	result := l.local("chain")
	l.let(at, result, undefined(at))
	l.choose(at, &ir.Not{At: at.Span(), X: call(at, "isNullish", kept)}, func() {
		l.let(at, result, l.data(at, then(kept)))
	}, func() {})
	return &ir.Local{At: at.Span(), Name: result}
}

// template lowers a template literal.
func (l *lowerer) template(e *ast.Template) value {
	values := l.exprs(e.Exprs...)
	var args []ir.Expr
	for i, part := range e.Parts {
		if part.Cooked != "" {
			if jsvalue.HasLoneSurrogate(part.Cooked) {
				return l.exit(diag.LoneSurrogate, e, "")
			}
			args = append(args, &ir.Const{At: part.At, Value: part.Cooked})
		}
		if i < len(values) {
			args = append(args, values[i])
		}
	}
	return concat(e, args)
}

// concat joins texts; constants beside each other become one.
func concat(at placed, args []ir.Expr) ir.Expr {
	var joined []ir.Expr
	for _, arg := range args {
		text, isText := textOf(arg)
		if isText && len(joined) > 0 {
			if before, also := textOf(joined[len(joined)-1]); also {
				joined[len(joined)-1] = constant(at, before+text)
				continue
			}
		}
		if isText {
			arg = constant(at, text)
		}
		joined = append(joined, arg)
	}
	switch len(joined) {
	case 0:
		return constant(at, "")
	case 1:
		if _, isText := textOf(joined[0]); isText {
			return joined[0]
		}
	}
	return call(at, "text", joined...)
}

// textOf is the text of a constant.
func textOf(e ir.Expr) (string, bool) {
	c, ok := e.(*ir.Const)
	if !ok {
		return "", false
	}
	switch v := c.Value.(type) {
	case string:
		return v, true
	case float64:
		return jsvalue.NumberToString(v), true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	case nil:
		return "null", true
	}
	return "undefined", true
}

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

// conditional lowers ?:. Branches that do something become an If.
func (l *lowerer) conditional(e *ast.Conditional) value {
	cond := l.condition(e.Test)
	if known, value := truth(cond); known {
		if value {
			return l.value(e.Then)
		}
		return l.value(e.Else)
	}
	var then, otherwise value
	thenSteps, _ := l.inside(func() { then = l.value(e.Then) })
	elseSteps, _ := l.inside(func() { otherwise = l.value(e.Else) })
	a, isData := then.(ir.Expr)
	b, also := otherwise.(ir.Expr)
	if len(thenSteps) == 0 && len(elseSteps) == 0 && isData && also {
		return &ir.Cond{At: e.At, If: cond, Then: a, Else: b}
	}
	if made := l.choice(e, cond, then, otherwise, thenSteps, elseSteps); made != nil {
		return made
	}
	result := l.local("value")
	l.fresh[result] = false
	branch := func(at ast.Expr, v value, steps []ir.Step) func() {
		return func() {
			for _, s := range steps {
				l.emit(s)
				if _, isExit := s.(*ir.Exit); isExit {
					l.reachable = false
				}
			}
			l.let(at, result, l.data(at, v))
		}
	}
	l.choose(e, cond, branch(e.Then, then, thenSteps), branch(e.Else, otherwise, elseSteps))
	return &ir.Local{At: e.At, Name: result}
}

// array lowers an array literal.
func (l *lowerer) array(e *ast.Array) value {
	items := make([]ir.Item, 0, len(e.Elements))
	elements := make([]ast.Expr, 0, len(e.Elements))
	for _, x := range e.Elements {
		if x == nil {
			return l.exit(diag.NotLowered, e, "a hole in an array")
		}
		spread, isSpread := x.(*ast.Spread)
		if isSpread {
			x = spread.X
		}
		elements = append(elements, x)
		items = append(items, ir.Item{Spread: isSpread})
	}
	for i, v := range l.exprs(elements...) {
		if items[i].Spread {
			v = l.iterable(elements[i], v)
		}
		items[i].X = v
	}
	return &ir.List{At: e.At, Items: items}
}

// object lowers an object literal. One that holds functions is a static value.
func (l *lowerer) object(e *ast.Object) value {
	if l.holdsFunctions(e) {
		return l.functionsObject(e)
	}
	var parts []ast.Expr
	fields := make([]ir.Field, 0, len(e.Properties))
	type slot struct{ key, value int }
	slots := make([]slot, 0, len(e.Properties))
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Prop:
			s := slot{key: -1}
			field := ir.Field{}
			if p.Computed {
				s.key = len(parts)
				parts = append(parts, p.Key)
			} else {
				name, ok := propertyName(p.Key)
				if !ok || name == "__proto__" || jsvalue.HasLoneSurrogate(name) {
					return l.exit(diag.NotLowered, p, "")
				}
				field.Key = constant(p.Key, name)
			}
			s.value = len(parts)
			parts = append(parts, p.Value)
			slots = append(slots, s)
			fields = append(fields, field)
		case *ast.Spread:
			slots = append(slots, slot{-1, len(parts)})
			parts = append(parts, p.X)
			fields = append(fields, ir.Field{})
		default:
			return l.exit(diag.ClassUsed, e, "")
		}
	}
	values := l.exprs(parts...)
	for i, s := range slots {
		if s.key >= 0 {
			fields[i].Key = values[s.key]
		}
		fields[i].Value = values[s.value]
	}
	return &ir.Object{At: e.At, Fields: fields}
}

// propertyName is the name of a property that is not computed.
func propertyName(key ast.Expr) (string, bool) {
	switch k := key.(type) {
	case *ast.String:
		return k.Value, true
	case *ast.Number:
		return jsvalue.NumberToString(k.Value), true
	case *ast.Ident:
		return k.Name, true
	}
	return "", false
}

func (l *lowerer) holdsFunctions(e *ast.Object) bool {
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Method:
			return p.Kind == ast.Plain
		case *ast.Prop:
			switch p.Value.(type) {
			case *ast.Function, *ast.Arrow:
				return true
			}
		}
	}
	return false
}

// functionsObject is an object literal whose properties are followed one by one.
func (l *lowerer) functionsObject(e *ast.Object) value {
	made := &objectValue{properties: map[string]value{}}
	for _, p := range e.Properties {
		switch p := p.(type) {
		case *ast.Prop:
			name, ok := propertyName(p.Key)
			if p.Computed || !ok {
				return l.exit(diag.FunctionAsValue, e, "")
			}
			v := l.value(p.Value)
			if data, isData := v.(ir.Expr); isData {
				v = l.keep(p.Value, name, data)
			}
			made.properties[name] = v
		case *ast.Method:
			name, ok := propertyName(p.Key)
			if p.Computed || !ok || p.Kind != ast.Plain {
				return l.exit(diag.ClassUsed, e, "")
			}
			made.properties[name] = &functionValue{node: p.Func, scope: l.scope}
		default:
			return l.exit(diag.FunctionAsValue, e, "")
		}
	}
	return made
}
