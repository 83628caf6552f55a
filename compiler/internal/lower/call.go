package lower

import (
	"slices"
	"strings"

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
	if own, ok := l.borrowedMethod(e, m); ok {
		return l.memberCall(own, own.Callee.(*ast.Member), wanted)
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

// borrowedMethod takes [].forEach.call(list, f) and Array.prototype.forEach.call(list, f) as
// list.forEach(f), and [].concat.apply([], lists) as lists.flat(): compiled methods are
// those of arrays and strings only, whatever else a receiver is exits.
func (l *lowerer) borrowedMethod(e *ast.Call, m *ast.Member) (*ast.Call, bool) {
	method, ok := m.Object.(*ast.Member)
	if !ok || method.Optional || m.Name != "call" && m.Name != "apply" || len(e.Args) == 0 {
		return nil, false
	}
	switch o := method.Object.(type) {
	case *ast.Array:
		if len(o.Elements) > 0 {
			return nil, false
		}
	case *ast.Member:
		class, isName := o.Object.(*ast.Ident)
		if !isName || class.Name != "Array" || o.Name != "prototype" || l.scope.lookup("Array") != nil {
			return nil, false
		}
	default:
		return nil, false
	}
	for _, a := range e.Args {
		if _, isSpread := a.(*ast.Spread); isSpread {
			return nil, false
		}
	}
	if m.Name == "call" {
		callee := &ast.Member{At: m.At, Object: e.Args[0], Name: method.Name, NameAt: method.NameAt}
		return &ast.Call{At: e.At, Callee: callee, Args: e.Args[1:]}, iterations[method.Name].name != "" || pureMethods[method.Name] != 0
	}
	empty, isList := e.Args[0].(*ast.Array)
	if method.Name != "concat" || len(e.Args) != 2 || !isList || len(empty.Elements) > 0 {
		return nil, false
	}
	callee := &ast.Member{At: m.At, Object: e.Args[1], Name: "flat", NameAt: method.NameAt}
	return &ast.Call{At: e.At, Callee: callee}, true
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
	if made, ok := l.replaceByFunction(e, name, object, args); ok {
		return made
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

// replaceByFunction lowers s.replace(/…/, function) where the function only computes.
func (l *lowerer) replaceByFunction(e *ast.Call, name string, object ir.Expr, args []value) (value, bool) {
	if name != "replace" && name != "replaceAll" || len(args) != 2 {
		return nil, false
	}
	re, isRegexp := args[0].(*regexpValue)
	f, isFunction := args[1].(*functionValue)
	if !isRegexp || !isFunction || name == "replaceAll" && !strings.Contains(re.flags, "g") {
		return nil, false
	}
	pattern, ok := l.regexp(re)
	if !ok {
		return undefined(e), true
	}
	if arity(f) > 1+stdlib.RegexpGroups(re.source, re.flags) || usesThis(f.node) {
		return l.exit(diag.FunctionAsValue, e, ""), true
	}
	at := e.Args[1]
	item := l.unique("match")
	var body ir.Expr
	pure := l.attempt(func() {
		var given []value
		for i := range arity(f) {
			given = append(given, &ir.Get{At: at.Span(), Object: &ir.ItemVar{At: at.Span(), Name: item}, Key: constant(at, float64(i))})
		}
		body = l.data(at, l.inline(at, f, given, true))
	})
	if !pure {
		return l.exit(diag.FunctionAsValue, e, ""), true
	}
	each := &ir.Each{At: e.At, Kind: ir.Map, List: call(e, "matchesOf", object, pattern), Item: item, Body: body}
	return call(e, "replaceEach", object, pattern, each), true
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

// consoleLevels are the console's methods that write a line.
var consoleLevels = map[string]bool{"log": true, "info": true, "warn": true, "error": true, "debug": true}

// console lowers a console call.
func (l *lowerer) console(e *ast.Call, name string) value {
	if !consoleLevels[name] {
		return l.exit(diag.CallNotPure, e, "console."+name+"()")
	}
	l.emit(&ir.Log{At: e.At, Level: name, Args: l.items(e.Args)})
	return undefined(e)
}
