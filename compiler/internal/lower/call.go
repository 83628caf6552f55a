package lower

import (
	"slices"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
)

func sortedNames(names map[string]*binding) []string {
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// call lowers a call; wanted says that somebody reads its value.
func (l *lowerer) call(e *ast.Call, wanted bool) value {
	if e.Optional {
		return l.exit(diag.NotLowered, e, "")
	}
	switch callee := e.Callee.(type) {
	case *ast.Member:
		if !callee.Optional {
			return l.memberCall(e, callee, wanted)
		}
	case *ast.Function:
		if usesThis(callee) {
			return l.exit(diag.UsesThis, e, "")
		}
	case *ast.Chain:
		return l.exit(diag.NotLowered, e, "")
	}
	callee := l.value(e.Callee)
	if !l.reachable {
		return undefined(e)
	}
	if _, isData := callee.(ir.Expr); isData {
		return l.exit(diag.CallNotPure, e, l.spelling(e.Callee)+"()")
	}
	if f, ok := callee.(*functionValue); ok && usesThis(f.node) {
		return l.exit(diag.UsesThis, e, "")
	}
	args, ok := l.arguments(e.Args)
	if !ok {
		return undefined(e)
	}
	return l.invoke(e, callee, args, wanted)
}

// memberCall lowers object.method(…).
func (l *lowerer) memberCall(e *ast.Call, m *ast.Member, wanted bool) value {
	if v, ok := l.persistCall(e, m); ok {
		return v
	}
	object := l.value(m.Object)
	if !l.reachable {
		return undefined(e)
	}
	switch o := object.(type) {
	case ir.Expr:
		return l.method(e, m, o, m.Object, wanted)
	case *regexpValue:
		return l.regexpMethod(e, m, o)
	case *promiseValue:
		return l.promiseMethod(e, m, o)
	case *functionValue:
		if usesThis(o.node) {
			return l.exit(diag.UsesThis, e, "")
		}
	case *namespace:
		if o.path == "console" {
			return l.console(e, m.Name)
		}
		if o.path == "Promise" {
			return l.promiseCall(e, m.Name)
		}
		if o.path == "Object" && m.Name == "assign" && len(e.Args) > 0 {
			return l.objectAssign(e)
		}
	case *objectValue:
		if f, ok := o.properties[m.Name].(*functionValue); ok && usesThis(f.node) {
			return l.exit(diag.UsesThis, e, "")
		}
	}
	callee := l.property(m, object, m.Name)
	if !l.reachable {
		return undefined(e)
	}
	args, ok := l.arguments(e.Args)
	if !ok {
		return undefined(e)
	}
	return l.invoke(e, callee, args, wanted)
}

// pureMethods are methods of strings, arrays, numbers and dates that the library has by
// the same name, with the largest number of arguments that counts.
var pureMethods = map[string]int{
	"toLowerCase": 0, "toUpperCase": 0, "trim": 0, "trimStart": 0, "trimEnd": 0, "split": 2, "includes": 2, "indexOf": 2,
	"lastIndexOf": 2, "startsWith": 2, "endsWith": 2, "slice": 2, "substring": 2, "substr": 2, "charAt": 1, "charCodeAt": 1,
	"codePointAt": 1, "at": 1, "concat": -1, "repeat": 1, "padStart": 2, "padEnd": 2, "replace": 2, "replaceAll": 2,
	"normalize": 1, "toString": 1, "toFixed": 1, "toPrecision": 1, "join": 1, "flat": 1, "match": 1, "search": 1, "localeCompare": 1,
	"getFullYear": 0, "getMonth": 0, "getDate": 0, "getDay": 0, "getHours": 0, "getMinutes": 0, "getSeconds": 0, "getMilliseconds": 0,
	"getUTCFullYear": 0, "getUTCMonth": 0, "getUTCDate": 0, "getUTCDay": 0, "getUTCHours": 0, "getUTCMinutes": 0, "getUTCSeconds": 0,
	"getUTCMilliseconds": 0, "getTime": 0, "valueOf": 0, "getTimezoneOffset": 0, "toISOString": 0, "toJSON": 0, "toDateString": 0, "toUTCString": 0,
}

// aliases are methods that the library has under another name.
var aliases = map[string]string{
	"hasOwnProperty": "hasOwn", "trimLeft": "trimStart", "trimRight": "trimEnd", "get": "getEntry", "has": "hasEntry", "toGMTString": "toUTCString",
}

// mutators are methods that change their receiver.
var mutators = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "sort": true, "fill": true,
	"add": true, "set": true, "delete": true, "clear": true, "append": true,
	"setDate": true, "setMonth": true, "setFullYear": true, "setHours": true, "setMinutes": true, "setSeconds": true, "setMilliseconds": true,
	"setTime": true, "setUTCDate": true, "setUTCMonth": true, "setUTCFullYear": true, "setUTCHours": true, "setUTCMinutes": true, "setUTCSeconds": true,
	"setUTCMilliseconds": true,
}

// listMutators are the mutators of arrays.
var listMutators = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "sort": true, "fill": true,
}

// method lowers a method call on data. receiver is where the data stands in the rule; nil inside
// an optional chain, where nothing may be changed.
func (l *lowerer) method(e *ast.Call, m *ast.Member, object ir.Expr, receiver ast.Expr, wanted bool) value {
	name := m.Name
	if kind, ok := iterations[name]; ok && len(e.Args) > 0 {
		return l.iterate(e, kind, object, wanted)
	}
	if mutators[name] {
		return l.mutate(e, m, object, receiver, wanted)
	}
	library, known := name, false
	if other, ok := aliases[name]; ok {
		library = other
	}
	most, isPure := pureMethods[library]
	f, exists := stdlib.Lookup(library)
	known = exists && (isPure || library != name)
	if !isPure && known {
		most = f.Max - 1
	}
	if !known {
		code := diag.CallNotPure
		switch name {
		case "toLocaleString", "toLocaleDateString", "toLocaleTimeString", "toLocaleLowerCase", "toLocaleUpperCase", "localeCompare":
			code = diag.LocaleDependent
		case "then", "catch", "finally":
			code = diag.Waits
		}
		return l.exit(code, e, l.spelling(m)+"()")
	}
	mark := len(*l.out)
	args, ok := l.arguments(e.Args)
	if !ok {
		return undefined(e)
	}
	if len(*l.out) != mark {
		kept := []ir.Expr{object}
		l.keepBefore(mark, []ast.Expr{m.Object}, kept)
		object = kept[0]
	}
	made := []ir.Expr{object}
	for i, a := range args {
		if most >= 0 && i >= most {
			l.drop(args[i:])
			break
		}
		data, ok := l.argument(e, name, a)
		if !ok {
			return undefined(e)
		}
		made = append(made, data)
	}
	return l.library(e, f, made)
}

// argument is an argument of a library function: data, or a regular expression.
func (l *lowerer) argument(at placed, name string, v value) (ir.Expr, bool) {
	if re, ok := v.(*regexpValue); ok {
		switch name {
		case "replace", "replaceAll", "split", "match", "search":
			return l.regexp(re)
		}
		l.exit(diag.NotLowered, at, "")
		return nil, false
	}
	data := l.data(at, v)
	return data, l.reachable
}

// library makes a call of a library function; arguments that are left out are undefined.
func (l *lowerer) library(at placed, f stdlib.Function, args []ir.Expr) ir.Expr {
	for f.Max >= 0 && len(args) < f.Max {
		args = append(args, undefined(at))
	}
	if f.Max >= 0 && len(args) > f.Max {
		for _, dropped := range args[f.Max:] {
			l.discard(at, dropped)
		}
		args = args[:f.Max]
	}
	return call(at, f.Name, args...)
}

// regexp is a regular expression as an argument, when RE2 is proven to match the same.
func (l *lowerer) regexp(re *regexpValue) (ir.Expr, bool) {
	if re.named {
		for _, flag := range re.flags {
			if flag == 'g' || flag == 'y' {
				l.exit(diag.RegexpDiffers, re.at, "lastIndex of a regular expression in a variable")
				return nil, false
			}
		}
	}
	if ok, reason := stdlib.LowerableRegexp(re.source, re.flags); !ok {
		l.exit(diag.RegexpDiffers, re.at, reason)
		return nil, false
	}
	return &ir.Regexp{At: re.at.Span(), Source: re.source, Flags: re.flags}, true
}

// regexpMethod lowers /…/.test(s) and /…/.exec(s).
func (l *lowerer) regexpMethod(e *ast.Call, m *ast.Member, re *regexpValue) value {
	if len(e.Args) != 1 {
		return l.exit(diag.NotLowered, e, "")
	}
	switch m.Name {
	case "test":
		pattern, ok := l.regexp(re)
		if !ok {
			return undefined(e)
		}
		return call(e, "test", pattern, l.expr(e.Args[0]))
	case "exec":
		for _, flag := range re.flags {
			if flag == 'g' {
				return l.exit(diag.RegexpDiffers, e, "exec with the flag g")
			}
		}
		pattern, ok := l.regexp(re)
		if !ok {
			return undefined(e)
		}
		s := l.expr(e.Args[0])
		if ir.TypeOf(s) != ir.StringType {
			s = call(e, "String", s)
		}
		return call(e, "match", s, pattern)
	}
	return l.exit(diag.NotLowered, e, "")
}

// mutate lowers a method that changes its receiver. What an expression has just made is
// reversed and sorted as a new array.
func (l *lowerer) mutate(e *ast.Call, m *ast.Member, object ir.Expr, receiver ast.Expr, wanted bool) value {
	if receiver == nil {
		return l.exit(diag.NotLowered, e, "")
	}
	if m.Name == "sort" && len(e.Args) > 0 {
		return l.exit(diag.FunctionAsValue, e, "sort with a function")
	}
	if (m.Name == "reverse" || m.Name == "sort") && ir.TypeOf(object) == ir.NewListType {
		return call(e, map[string]string{"reverse": "reversed", "sort": "sorted"}[m.Name], object)
	}
	place, ok := l.changed(receiver, object)
	if !ok {
		return l.exit(diag.CallNotPure, e, "")
	}
	mark := len(*l.out)
	items := make([]ir.Item, 0, len(e.Args))
	var parts []ast.Expr
	for _, a := range e.Args {
		spread, isSpread := a.(*ast.Spread)
		if isSpread {
			a = spread.X
		}
		parts = append(parts, a)
		items = append(items, ir.Item{Spread: isSpread})
	}
	for i, v := range l.exprs(parts...) {
		if items[i].Spread {
			v = l.iterable(parts[i], v)
		}
		items[i].X = v
	}
	if !l.reachable {
		return undefined(e)
	}
	if len(*l.out) != mark {
		later := append([]ir.Step(nil), (*l.out)[mark:]...)
		*l.out = (*l.out)[:mark]
		place = ir.Place{At: place.At, Base: l.keepLocal(receiver, read(place))}
		*l.out = append(*l.out, later...)
	}
	return l.change(e, m.Name, place, items, wanted)
}

// changed is the place of an object that a method changes.
func (l *lowerer) changed(at placed, object ir.Expr) (ir.Place, bool) {
	place := ir.Place{At: at.Span()}
	switch o := object.(type) {
	case *ir.Local:
		place.Base = o
	case *ir.Path:
		place.Base = &ir.Root{At: o.At, Name: o.Root}
		for _, key := range o.Keys {
			place.Keys = append(place.Keys, constant(at, key))
		}
	case *ir.Get:
		p, ok := placeOf(o)
		if !ok {
			place.Base = l.keepLocal(at, object)
			break
		}
		p.At = at.Span()
		place = p
	case *ir.Const, *ir.Root, *ir.ItemVar:
		return ir.Place{}, false
	default:
		place.Base = l.keepLocal(at, object)
	}
	return place, true
}

// change emits a Mutate.
func (l *lowerer) change(at placed, method string, place ir.Place, items []ir.Item, wanted bool) value {
	if listMutators[method] {
		l.mutated = append(l.mutated, l.mutationOf(place, len(place.Keys)))
	}
	step := &ir.Mutate{At: at.Span(), Method: method, Target: place, Args: items}
	if wanted {
		step.Result = l.local("result")
		l.fresh[step.Result] = method == "splice"
		l.single[step.Result] = true
	}
	l.emit(step)
	if wanted {
		return &ir.Local{At: at.Span(), Name: step.Result}
	}
	return undefined(at)
}

// placeOf is the place that a chain of reads from a root or a variable names, when its keys
// are constants.
func placeOf(g *ir.Get) (ir.Place, bool) {
	if !isStable(g.Key) {
		return ir.Place{}, false
	}
	switch o := g.Object.(type) {
	case *ir.Local, *ir.Root:
		return ir.Place{Base: o, Keys: []ir.Expr{g.Key}}, true
	case *ir.Path:
		p := ir.Place{Base: &ir.Root{At: o.At, Name: o.Root}}
		for _, key := range o.Keys {
			p.Keys = append(p.Keys, &ir.Const{At: o.At, Value: key})
		}
		p.Keys = append(p.Keys, g.Key)
		return p, true
	case *ir.Get:
		p, ok := placeOf(o)
		p.Keys = append(p.Keys, g.Key)
		return p, ok
	}
	return ir.Place{}, false
}

// objectAssign lowers Object.assign: to a new object when the target is a literal, else to
// writes one by one.
func (l *lowerer) objectAssign(e *ast.Call) value {
	for _, a := range e.Args {
		if _, isSpread := a.(*ast.Spread); isSpread {
			return l.exit(diag.NotLowered, e, "")
		}
	}
	values := l.exprs(e.Args...)
	if !l.reachable {
		return undefined(e)
	}
	if target, ok := values[0].(*ir.Object); ok {
		made := &ir.Object{At: e.At, Fields: append([]ir.Field(nil), target.Fields...)}
		for _, v := range values[1:] {
			if source, isLiteral := v.(*ir.Object); isLiteral {
				made.Fields = append(made.Fields, source.Fields...)
				continue
			}
			made.Fields = append(made.Fields, ir.Field{Value: v})
		}
		return made
	}
	var base ir.Expr = values[0]
	switch base.(type) {
	case *ir.Root, *ir.Local:
	case *ir.Const:
		return l.exit(diag.Throws, e, "")
	default:
		base = l.keepLocal(e.Args[0], base)
	}
	for i, v := range values[1:] {
		at := e.Args[i+1]
		if source, isLiteral := v.(*ir.Object); isLiteral && hasOnlyConstantKeys(source) {
			for _, field := range source.Fields {
				l.writePlace(at, ir.Place{At: e.At, Base: base, Keys: []ir.Expr{field.Key}}, field.Value, false)
			}
			continue
		}
		source := l.keep(at, "source", v)
		key, label := l.local("key"), l.label("loop")
		of := &ir.Local{At: at.Span(), Name: key}
		steps, _ := l.inside(func() {
			l.emit(&ir.Set{At: e.At, Target: ir.Place{At: e.At, Base: base, Keys: []ir.Expr{of}}, Value: &ir.Get{At: at.Span(), Object: source, Key: of}})
		})
		l.emit(&ir.ForKeys{At: at.Span(), Label: label, Key: key, Object: source, Body: steps})
	}
	return base
}

// hasOnlyConstantKeys reports whether an object can be written field by field: its keys
// are known, and no field's value depends on what was written in front of it.
func hasOnlyConstantKeys(o *ir.Object) bool {
	for _, f := range o.Fields {
		if _, isConst := f.Key.(*ir.Const); !isConst || !isStable(f.Value) {
			return false
		}
	}
	return true
}

// consoleLevels are the console's methods that write a line.
var consoleLevels = map[string]bool{"log": true, "info": true, "warn": true, "error": true, "debug": true}

// console lowers a console call.
func (l *lowerer) console(e *ast.Call, name string) value {
	if !consoleLevels[name] {
		return l.exit(diag.CallNotPure, e, "console."+name+"()")
	}
	items := make([]ir.Item, 0, len(e.Args))
	var parts []ast.Expr
	for _, a := range e.Args {
		spread, isSpread := a.(*ast.Spread)
		if isSpread {
			a = spread.X
		}
		parts = append(parts, a)
		items = append(items, ir.Item{Spread: isSpread})
	}
	for i, v := range l.exprs(parts...) {
		items[i].X = v
	}
	l.emit(&ir.Log{At: e.At, Level: name, Args: items})
	return undefined(e)
}
