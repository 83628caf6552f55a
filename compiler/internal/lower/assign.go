package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
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
	b := l.scope.lookup(id.Name)
	switch {
	case b == nil:
		return l.exit(diag.GlobalState, at, id.Name)
	case b.kind == bindConst || !b.ready:
		return l.exit(diag.Throws, at, "")
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
	l.let(at, b.local, data)
	return &ir.Local{At: at.Span(), Name: b.local}
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
	if b.local != "" {
		made = &ir.Local{At: at.Span(), Name: b.local}
	}
	for i, err := range b.errors {
		made = &choiceValue{
			cond: call(at, "same", &ir.Local{At: at.Span(), Name: b.tag}, constant(at, float64(i+1))), then: err, otherwise: made,
		}
	}
	return made
}

// writePlace emits a Set. The value is kept in a variable when it is wanted.
func (l *lowerer) writePlace(at placed, place ir.Place, v ir.Expr, wanted bool) ir.Expr {
	if wanted {
		v = l.keep(at, "value", v)
	}
	if n := len(place.Keys); n > 0 {
		if c, ok := place.Keys[n-1].(*ir.Const); ok {
			switch key := c.Value.(type) {
			case float64:
				l.mutated = append(l.mutated, l.mutationOf(place, n-1))
			case string:
				if _, isIndex := jsvalue.ArrayIndex(key); isIndex {
					l.mutated = append(l.mutated, l.mutationOf(place, n-1))
				}
			}
		}
	}
	l.emit(&ir.Set{At: at.Span(), Target: place, Value: v})
	return v
}

func (l *lowerer) mutationOf(place ir.Place, keys int) mutation {
	if local, ok := place.Base.(*ir.Local); ok && keys == 0 {
		return mutation{local: local.Name}
	}
	return mutation{}
}

// read is the value that stands at a place.
func read(p ir.Place) ir.Expr {
	v := p.Base
	for _, key := range p.Keys {
		v = get(spanned{p}, v, key)
	}
	return v
}

// spanned lends a place's span to what is made of it.
type spanned struct{ ir.Place }

// Span implements placed.
func (s spanned) Span() source.Span { return s.At }

// place lowers what is written to: a property of a root, of a variable, or of a value
// that is put into a variable.
func (l *lowerer) place(p ast.Pattern) (ir.Place, bool) {
	switch p := p.(type) {
	case *ast.Member:
		if p.Optional {
			break
		}
		place, ok := l.container(p.Object)
		if !ok {
			return ir.Place{}, false
		}
		place.At = p.At
		place.Keys = append(place.Keys, constant(p, p.Name))
		return place, true
	case *ast.Index:
		if p.Optional {
			break
		}
		place, ok := l.container(p.Object)
		if !ok {
			return ir.Place{}, false
		}
		middle := len(*l.out)
		key := l.expr(p.Key)
		l.settlePlace(middle, p, &place)
		place.At = p.At
		place.Keys = append(place.Keys, key)
		return place, l.reachable
	}
	l.exit(diag.NestedWrite, p, "")
	return ir.Place{}, false
}

// container lowers the object that is written to, as a place without a last key.
func (l *lowerer) container(e ast.Expr) (ir.Place, bool) {
	switch e := e.(type) {
	case *ast.Member:
		if !e.Optional {
			if _, isData := l.staticBase(e); !isData {
				break
			}
			return l.place(e)
		}
	case *ast.Index:
		if !e.Optional {
			if _, isData := l.staticBase(e); !isData {
				break
			}
			return l.place(e)
		}
	}
	v := l.value(e)
	data, ok := v.(ir.Expr)
	if !ok {
		if ns, isNamespace := v.(*namespace); isNamespace {
			code := diag.BuiltinChanged
			if ns.path == "global" || ns.path == "globalThis" || ns.path == "configuration" {
				code = diag.GlobalState
			}
			l.exit(code, e, ns.path)
			return ir.Place{}, false
		}
		l.exit(diag.NestedWrite, e, "")
		return ir.Place{}, false
	}
	if !l.reachable {
		return ir.Place{}, false
	}
	switch data.(type) {
	case *ir.Root, *ir.Local:
		return ir.Place{At: e.Span(), Base: data}, true
	case *ir.Const:
		l.exit(diag.NestedWrite, e, "")
		return ir.Place{}, false
	}
	return ir.Place{At: e.Span(), Base: l.keepLocal(e, data)}, true
}

// keepLocal puts a value into a variable.
func (l *lowerer) keepLocal(at placed, v ir.Expr) ir.Expr {
	if local, ok := v.(*ir.Local); ok {
		return local
	}
	name := l.local("target")
	l.let(at, name, v)
	return &ir.Local{At: at.Span(), Name: name}
}

// staticBase reports whether the base of a chain of members is data: a root, a variable or
// something that is computed.
func (l *lowerer) staticBase(e ast.Expr) (string, bool) {
	for {
		switch x := e.(type) {
		case *ast.Member:
			e = x.Object
		case *ast.Index:
			e = x.Object
		case *ast.Ident:
			b := l.scope.lookup(x.Name)
			if b == nil {
				return x.Name, false
			}
			if b.static != nil {
				_, isData := b.static.(ir.Expr)
				return x.Name, isData
			}
			return x.Name, true
		case *ast.Call, *ast.New, *ast.Chain, *ast.Logical, *ast.Conditional:
			return "", false // computed once, into a variable
		default:
			return "", true
		}
	}
}

// settlePlace fixes the object and the keys of a place when steps were emitted behind it:
// JavaScript has looked them up before.
func (l *lowerer) settlePlace(mark int, at placed, place *ir.Place) {
	if len(*l.out) == mark {
		return
	}
	later := append([]ir.Step(nil), (*l.out)[mark:]...)
	reachable := l.reachable
	*l.out, l.reachable = (*l.out)[:mark], true
	if n := len(place.Keys); n > 0 {
		object := *place
		object.Keys = place.Keys[:n-1]
		last := l.keep(at, "key", place.Keys[n-1])
		base := place.Base
		if _, isRoot := base.(*ir.Root); !isRoot || n > 1 {
			name := l.local("target")
			l.let(at, name, read(object))
			base = &ir.Local{At: at.Span(), Name: name}
		}
		place.Base, place.Keys = base, []ir.Expr{last}
	} else if local, ok := place.Base.(*ir.Local); ok {
		name := l.local("target")
		l.let(at, name, local)
		place.Base = &ir.Local{At: at.Span(), Name: name}
	}
	*l.out = append(*l.out, later...)
	l.reachable = reachable
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

// assignTo writes a value to what a loop or a pattern names.
func (l *lowerer) assignTo(at placed, target ast.Pattern, v ir.Expr) {
	switch t := target.(type) {
	case *ast.Ident:
		l.writeName(at, t, v)
	case *ast.Member, *ast.Index:
		if place, ok := l.place(t); ok {
			l.writePlace(at, place, v, false)
		}
	case *ast.ArrayPattern, *ast.ObjectPattern:
		l.destructure(target, v, func(at placed, name string, v value) {
			l.writeName(at, &ast.Ident{At: at.Span(), Name: name}, v)
		})
	default:
		l.exit(diag.NestedWrite, at, "")
	}
}

// destructure takes a value apart; bind gives each name its value.
func (l *lowerer) destructure(p ast.Pattern, from ir.Expr, bind func(at placed, name string, v value)) {
	if !l.reachable {
		return
	}
	switch p := p.(type) {
	case *ast.Ident:
		bind(p, p.Name, from)
	case *ast.ObjectPattern:
		from = l.keep(p, "source", from)
		rest := []ir.Expr{from}
		if len(p.Properties) == 0 {
			l.emit(&ir.Eval{At: p.At, X: get(p, from, constant(p, "_"))})
		}
		for _, property := range p.Properties {
			var key ir.Expr
			if property.Computed {
				key = l.keep(property, "key", l.expr(property.Key))
			} else if name, ok := propertyName(property.Key); ok && !jsvalue.HasLoneSurrogate(name) {
				key = constant(property.Key, name)
			} else {
				l.exit(diag.Destructures, property, "")
				return
			}
			rest = append(rest, key)
			l.element(property, property.Target, property.Init, get(property, from, key), bind)
		}
		if p.Rest != nil {
			l.element(p.Rest, p.Rest, nil, call(p.Rest, "without", rest...), bind)
		}
	case *ast.ArrayPattern:
		list := l.keep(p, "source", call(p, "items", from))
		for i, e := range p.Elements {
			if e != nil {
				l.element(e, e.Target, e.Init, get(e, list, constant(e, float64(i))), bind)
			}
		}
		if p.Rest != nil {
			rest := call(p.Rest, "slice", list, constant(p, float64(len(p.Elements))), undefined(p))
			l.element(p.Rest, p.Rest, nil, rest, bind)
		}
	default:
		// A member as target, in an assignment.
		l.assignTo(p, p, from)
	}
}

// destructureStatic takes an object apart that is no data: configuration, a module. It
// reports whether it did.
func (l *lowerer) destructureStatic(p ast.Pattern, from value, bind func(at placed, name string, v value)) bool {
	pattern, ok := p.(*ast.ObjectPattern)
	if _, isData := from.(ir.Expr); isData || !ok || pattern.Rest != nil {
		return false
	}
	switch from.(type) {
	case *namespace, *moduleValue, *objectValue:
	default:
		return false
	}
	for _, property := range pattern.Properties {
		if _, named := propertyName(property.Key); property.Computed || !named {
			return false
		}
	}
	for _, property := range pattern.Properties {
		name, _ := propertyName(property.Key)
		v := l.property(property, from, name)
		if !l.reachable {
			return true
		}
		data, isData := v.(ir.Expr)
		if !isData {
			if id, isName := property.Target.(*ast.Ident); isName {
				bind(property, id.Name, v)
				continue
			}
			if l.destructureStatic(property.Target, v, bind) {
				continue
			}
			data = l.data(property, v)
		}
		l.element(property, property.Target, property.Init, data, bind)
	}
	return true
}

// element binds one part of a pattern, with its default.
func (l *lowerer) element(at placed, target ast.Pattern, init ast.Expr, v ir.Expr, bind func(at placed, name string, v value)) {
	if init != nil {
		v = l.orDefault(at, v, init)
	}
	l.destructure(target, v, bind)
}

// orDefault is v, or init's value where v is undefined.
func (l *lowerer) orDefault(at placed, v ir.Expr, init ast.Expr) ir.Expr {
	if c, ok := v.(*ir.Const); ok {
		if jsvalue.IsUndefined(c.Value) {
			return l.expr(init)
		}
		return v
	}
	var other ir.Expr
	missing := call(at, "same", v, undefined(at))
	if l.attempt(func() { other = l.expr(init) }) {
		return &ir.Cond{At: at.Span(), If: missing, Then: other, Else: v}
	}
	name := l.local("value")
	l.let(at, name, v)
	l.fresh[name] = false
	kept := &ir.Local{At: at.Span(), Name: name}
	l.choose(at, call(at, "same", kept, undefined(at)), func() { l.let(at, name, l.expr(init)) }, func() {})
	return kept
}
