package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// assign lowers an assignment; wanted says that somebody reads its value.
func (l *lowerer) assign(e *ast.Assign, wanted bool) value {
	switch e.Op {
	case "", "=":
		return l.assignPlain(e, wanted)
	case "&&", "||", "??":
		return l.assignLogical(e, wanted)
	}
	if id, ok := e.Target.(*ast.Ident); ok {
		before := l.expr(id)
		middle := len(*l.out)
		v := l.expr(e.Value)
		values := []ir.Expr{before}
		l.keepBefore(middle, []ast.Expr{id}, values)
		return l.writeName(e, id, l.operate(e, e.Op, values[0], v))
	}
	place, ok := l.place(e.Target)
	if !ok {
		return undefined(e)
	}
	middle := len(*l.out)
	v := l.expr(e.Value)
	l.settlePlace(middle, e.Target, &place)
	return l.writePlace(e, place, l.operate(e, e.Op, read(place), v), wanted)
}

func (l *lowerer) assignPlain(e *ast.Assign, wanted bool) value {
	switch target := e.Target.(type) {
	case *ast.Ident:
		return l.writeName(e, target, l.value(e.Value))
	case *ast.ArrayPattern, *ast.ObjectPattern:
		v := l.keep(e.Value, "source", l.expr(e.Value))
		l.destructure(target, v, func(at placed, name string, v value) {
			l.writeName(at, &ast.Ident{At: at.Span(), Name: name}, v)
		})
		return v
	}
	if l.setsErrorField(e) {
		return undefined(e)
	}
	place, ok := l.place(e.Target)
	if !ok {
		return undefined(e)
	}
	middle := len(*l.out)
	v := l.value(e.Value)
	data, isData := v.(ir.Expr)
	if !isData {
		data = l.data(e.Value, v)
	}
	l.settlePlace(middle, e.Target, &place)
	return l.writePlace(e, place, data, wanted)
}

// assignLogical lowers x ||= v and its like.
func (l *lowerer) assignLogical(e *ast.Assign, wanted bool) value {
	var before ir.Expr
	var write func() ir.Expr
	if id, ok := e.Target.(*ast.Ident); ok {
		before = l.expr(id)
		write = func() ir.Expr { return l.data(e, l.writeName(e, id, l.value(e.Value))) }
	} else {
		place, ok := l.place(e.Target)
		if !ok {
			return undefined(e)
		}
		before = read(place)
		write = func() ir.Expr {
			own := place
			middle := len(*l.out)
			v := l.expr(e.Value)
			l.settlePlace(middle, e.Target, &own)
			return l.writePlace(e, own, v, wanted)
		}
	}
	result := ""
	if wanted {
		result = l.local("value")
		l.let(e, result, before)
		l.fresh[result] = false
		before = &ir.Local{At: e.At, Name: result}
	}
	then := func() {
		v := write()
		if wanted {
			l.let(e, result, v)
		}
	}
	switch e.Op {
	case "&&":
		l.choose(e, before, then, func() {})
	case "||":
		l.choose(e, before, func() {}, then)
	default:
		l.choose(e, call(e, "isNullish", before), then, func() {})
	}
	if wanted {
		return &ir.Local{At: e.At, Name: result}
	}
	return undefined(e)
}

// writeName gives a variable a value. Its answer is the value.
func (l *lowerer) writeName(at placed, id *ast.Ident, v value) value {
	b := l.declared(id)
	switch {
	case b == nil:
		return l.exit(diag.GlobalState, at, id.Name)
	case b.kind == bindConst || !b.ready:
		return l.exit(diag.Throws, at, "")
	case keepsRoot(b.static, v):
		// user = user || {}: it stays what it is, unless it is null.
		l.choose(at, b.static.(ir.Expr), func() {}, func() { l.exit(diag.CallbackArgs, at, "") })
		return b.static
	case b.static != nil && b.local == "":
		// A name that is written elsewhere, too, cannot be followed.
		return l.exit(diag.NotLowered, at, "")
	}
	if err, isError := v.(*errorValue); isError && (l.loops == 0 || b.reads == 0) {
		return l.holdError(at, id.Name, b, err)
	}
	data, ok := v.(ir.Expr)
	if !ok {
		data = l.data(at, v)
	}
	if !l.reachable {
		return undefined(at)
	}
	if b.local == "" {
		b.local = l.local(id.Name)
	}
	if b.tag != "" {
		l.let(at, b.tag, constant(at, 0.0))
	}
	b.holds(data)
	l.let(at, b.local, data)
	return &ir.Local{At: at.Span(), Name: b.local}
}

// holds notes that data is written to a variable.
func (b *binding) holds(data ir.Expr) {
	c, isConst := data.(*ir.Const)
	switch {
	case !isConst:
		b.varied = true
	case b.data == nil:
		b.data = c
	case !ir.EqualConst(b.data.Value, c.Value):
		b.varied = true
	}
}

// declared is the variable that a name stands for where it is written. A name that nobody
// declares is a global variable: one that no other rule can see, and that is written at the
// top of the rule's own function, is a variable of the rule from there on. nil for any other.
func (l *lowerer) declared(id *ast.Ident) *binding {
	if b := l.scope.lookup(id.Name); b != nil {
		return b
	}
	private := l.options.Private
	if private == nil || !private(id.Name) || globalType(id.Name) != "" || l.loops > 0 || l.top == nil ||
		!l.function.rule || l.branch != l.function.branch || isStrict(l.function.node) {
		return nil
	}
	b := &binding{kind: bindLet, ready: true}
	l.top.declare(id.Name, b)
	return b
}

func isStrict(fn ast.Expr) bool {
	switch fn := fn.(type) {
	case *ast.Function:
		return fn.Strict
	case *ast.Arrow:
		return fn.Strict
	}
	return true
}

// keepsRoot reports whether a root is given to itself unless it is null.
func keepsRoot(static, v value) bool {
	root, isRoot := static.(*ir.Root)
	or, isOr := v.(*ir.Or)
	if !isRoot || !isOr {
		return false
	}
	same, isSame := or.X.(*ir.Root)
	return isSame && same.Name == root.Name
}

// holdError makes a variable hold an error that the rule made.
func (l *lowerer) holdError(at placed, name string, b *binding, err *errorValue) value {
	if b.tag == "" {
		b.tag = l.local(name + "_is")
	}
	b.errors = append(b.errors, err)
	l.let(at, b.tag, constant(at, float64(len(b.errors))))
	return err
}

// oneOf is the value of a variable that may hold an error.
func (l *lowerer) oneOf(at placed, b *binding) value {
	var made value = undefined(at)
	switch {
	case b.local == "":
	case b.data != nil && !b.varied && b.kind != bindVar:
		made = constant(at, b.data.Value)
	case b.data != nil && !b.varied && (jsvalue.IsUndefined(b.data.Value) || b.started):
		made = constant(at, b.data.Value)
	default:
		made = &ir.Local{At: at.Span(), Name: b.local}
	}
	for i, err := range b.errors {
		made = &choiceValue{
			cond: call(at, "same", &ir.Local{At: at.Span(), Name: b.tag}, constant(at, float64(i+1))), then: err, otherwise: made,
		}
	}
	return made
}

// update lowers ++ and --.
func (l *lowerer) update(e *ast.Update, wanted bool) value {
	op := e.Op[:1]
	one := constant(e, 1.0)
	if id, ok := e.X.(*ast.Ident); ok {
		before := l.expr(id)
		number := call(e, "Number", before)
		var old ir.Expr = number
		if wanted && !e.Prefix {
			old = l.keep(e, "before", number)
		}
		after := l.writeName(e, id, call(e, addOrSub(op), old, one))
		if wanted && !e.Prefix {
			return old
		}
		return after
	}
	place, ok := l.place(e.X)
	if !ok {
		return undefined(e)
	}
	var old ir.Expr = call(e, "Number", read(place))
	if wanted && !e.Prefix {
		old = l.keep(e, "before", old)
	}
	after := l.writePlace(e, place, call(e, addOrSub(op), old, one), wanted && e.Prefix)
	if wanted && !e.Prefix {
		return old
	}
	return after
}

func addOrSub(op string) string {
	if op == "+" {
		return "add"
	}
	return "sub"
}

// remove lowers delete.
func (l *lowerer) remove(e *ast.Unary) value {
	switch x := e.X.(type) {
	case *ast.Member, *ast.Index:
		place, ok := l.place(x.(ast.Pattern))
		if !ok {
			return undefined(e)
		}
		if len(place.Keys) > 0 {
			l.emit(&ir.Delete{At: e.At, Target: place})
		}
		return constant(e, true)
	}
	return l.exit(diag.NotLowered, e, "")
}
