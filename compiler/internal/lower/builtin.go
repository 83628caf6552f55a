package lower

import (
	"math"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// functions are JavaScript's own functions that the library has: their names there and the
// number of arguments that count (-1: all).
var functions = map[string]struct {
	name string
	most int
}{
	"parseInt": {"parseInt", 2}, "parseFloat": {"parseFloat", 1}, "isNaN": {"isNaN", 1}, "isFinite": {"isFinite", 1},
	"Number": {"Number", 1}, "String": {"String", 1},
	"encodeURIComponent": {"encodeURIComponent", 1}, "decodeURIComponent": {"decodeURIComponent", 1},
	"encodeURI": {"encodeURI", 1}, "decodeURI": {"decodeURI", 1},
	"Number.parseInt": {"parseInt", 2}, "Number.parseFloat": {"parseFloat", 1}, "Number.isNaN": {"numberIsNaN", 1},
	"Number.isFinite": {"numberIsFinite", 1}, "Number.isInteger": {"isInteger", 1}, "Number.isSafeInteger": {"isSafeInteger", 1},
	"Object.keys": {"keys", 1}, "Object.values": {"values", 1}, "Object.entries": {"entries", 1}, "Object.fromEntries": {"fromEntries", 1},
	"Object.hasOwn": {"hasOwn", 2}, "Array.isArray": {"isArray", 1}, "JSON.parse": {"parse", 1},
	"Math.floor": {"floor", 1}, "Math.ceil": {"ceil", 1}, "Math.round": {"round", 1}, "Math.trunc": {"trunc", 1}, "Math.abs": {"abs", 1},
	"Math.sign": {"sign", 1}, "Math.sqrt": {"sqrt", 1}, "Math.cbrt": {"cbrt", 1}, "Math.min": {"min", -1}, "Math.max": {"max", -1},
	"Math.hypot": {"hypot", -1}, "Math.log": {"log", 1}, "Math.log2": {"log2", 1}, "Math.log10": {"log10", 1}, "Math.exp": {"exp", 1},
	"Math.pow": {"pow", 2}, "Date.now": {"dateNow", 0}, "Date.UTC": {"dateUTC", 7}, "Date.parse": {"dateParse", 1},
}

// methodsOf are prototypes whose methods are called through call.
var prototypes = map[string]bool{"Array": true, "String": true, "Object": true}

// globals are the names that JavaScript or the contract gives to rules: what typeof says.
var globals = map[string]string{
	"Object": "function", "Array": "function", "String": "function", "Number": "function", "Boolean": "function", "Date": "function",
	"RegExp": "function", "Set": "function", "Map": "function", "Promise": "function", "Error": "function", "TypeError": "function",
	"RangeError": "function", "SyntaxError": "function", "ReferenceError": "function", "EvalError": "function", "URIError": "function",
	"UnauthorizedError": "function", "ValidationError": "function", "WrongUsernameOrPasswordError": "function", "URL": "function",
	"URLSearchParams": "function", "parseInt": "function", "parseFloat": "function", "isNaN": "function", "isFinite": "function",
	"encodeURIComponent": "function", "decodeURIComponent": "function", "encodeURI": "function", "decodeURI": "function",
	"setTimeout": "function", "setInterval": "function", "setImmediate": "function", "clearTimeout": "function", "require": "function",
	"Symbol": "function", "JSON": "object", "Math": "object", "console": "object", "auth0": "object", "configuration": "object",
	"global": "object", "globalThis": "object", "Reflect": "object", "Intl": "object", "undefined": "undefined", "NaN": "number", "Infinity": "number",
	"Function": "function", "eval": "function", "Proxy": "function", "WeakMap": "function", "WeakSet": "function", "Buffer": "function",
}

func globalType(name string) string { return globals[name] }

func namespaceType(path string) string {
	if kind, ok := globals[path]; ok {
		return kind
	}
	if _, ok := functions[path]; ok {
		return "function"
	}
	return ""
}

// global lowers a name that the rule does not declare.
func (l *lowerer) global(e *ast.Ident) value {
	switch e.Name {
	case "undefined":
		return undefined(e)
	case "NaN":
		return constant(e, math.NaN())
	case "Infinity":
		return constant(e, math.Inf(1))
	case "arguments":
		return l.exit(diag.UsesThis, e, "")
	case "eval", "Function":
		return l.exit(diag.DynamicCode, e, "")
	case "global", "globalThis":
		return l.exit(diag.GlobalState, e, "")
	case "setTimeout", "setInterval", "setImmediate", "clearTimeout", "queueMicrotask":
		return l.exit(diag.Timer, e, "")
	case "Symbol", "Proxy", "Reflect", "WeakMap", "WeakSet", "Buffer":
		return l.exit(diag.NotLowered, e, "")
	case "Intl":
		return l.exit(diag.LocaleDependent, e, "")
	case "fetch", "request":
		return l.exit(diag.NeedsHTTP, e, "")
	}
	if _, ok := globals[e.Name]; ok {
		return &namespace{path: e.Name}
	}
	return l.exit(diag.UnknownName, e, "")
}

// namespaceMember reads a member of one of JavaScript's own objects.
func (l *lowerer) namespaceMember(at placed, ns *namespace, name string) value {
	path := ns.path + "." + name
	switch ns.path {
	case "configuration":
		return l.setting(at, name)
	case "auth0":
		switch name {
		case "users":
			return &namespace{path: path}
		case "domain", "baseUrl":
			if l.options.Domain == "" {
				return l.exit(diag.CallNotPure, at, path)
			}
			l.tenant = true
			if name == "domain" {
				return constant(at, l.options.Domain)
			}
			if l.options.AccessToken == "" {
				return l.exit(diag.CallNotPure, at, path)
			}
			return constant(at, "https://"+l.options.Domain+"/api/v2")
		case "accessToken":
			if l.options.AccessToken != "" {
				l.tenant = true
				return constant(at, l.options.AccessToken)
			}
		}
		return l.exit(diag.CallNotPure, at, path)
	case "Number":
		switch name {
		case "MAX_SAFE_INTEGER":
			return constant(at, 9007199254740991.0)
		case "MIN_SAFE_INTEGER":
			return constant(at, -9007199254740991.0)
		case "POSITIVE_INFINITY":
			return constant(at, math.Inf(1))
		case "NEGATIVE_INFINITY":
			return constant(at, math.Inf(-1))
		case "NaN":
			return constant(at, math.NaN())
		}
	case "Math":
		switch name {
		case "PI":
			return constant(at, math.Pi)
		case "random":
			return l.exit(diag.RandomValue, at, "")
		}
	}
	if name == "prototype" && prototypes[ns.path] {
		return &namespace{path: path}
	}
	if class, ok := prototypeOf(ns.path); ok && class != "" {
		return &methodValue{name: name}
	}
	if name == "call" || name == "apply" || name == "bind" {
		return &boundMethod{of: ns, name: name}
	}
	if _, ok := functions[path]; ok {
		return &namespace{path: path}
	}
	switch path {
	case "Array.from", "Array.of", "JSON.stringify", "Object.assign", "Object.freeze":
		return &namespace{path: path}
	}
	if ns.path == "console" {
		return &namespace{path: path}
	}
	return l.exit(diag.CallNotPure, at, path)
}

// prototypeOf answers Array for Array.prototype.
func prototypeOf(path string) (string, bool) {
	for class := range prototypes {
		if path == class+".prototype" {
			return class, true
		}
	}
	return "", false
}

// methodValue is a method of a prototype, to be called with call: Array.prototype.slice.
type methodValue struct{ name string }

// builtin lowers a call of one of JavaScript's own functions.
func (l *lowerer) builtin(at placed, path string, args []value, _ bool) value {
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if re, isRegexp := a.(*regexpValue); isRegexp && path == "String" {
			return l.exit(diag.NotLowered, re.at, "")
		}
		if path == "require" {
			break
		}
		if data[i] = l.data(at, a); !l.reachable {
			return undefined(at)
		}
	}
	arg := func(i int) ir.Expr {
		if i < len(data) {
			return data[i]
		}
		return undefined(at)
	}
	if level, isConsole := strings.CutPrefix(path, "console."); isConsole && consoleLevels[level] {
		items := make([]ir.Item, len(data))
		for i, d := range data {
			items[i].X = d
		}
		l.emit(&ir.Log{At: at.Span(), Level: level, Args: items})
		return undefined(at)
	}
	switch path {
	case "Boolean":
		l.drop(args[min(1, len(args)):])
		return call(at, "truthy", arg(0))
	case "String":
		if len(data) == 0 {
			return constant(at, "")
		}
		if text, ok := textOf(data[0]); ok {
			return constant(at, text)
		}
	case "Number":
		if len(data) == 0 {
			return constant(at, 0.0)
		}
	case "Array", "Array.of":
		if len(data) == 1 && path == "Array" {
			return l.exit(diag.NotLowered, at, "")
		}
		made := &ir.List{At: at.Span()}
		for _, d := range data {
			made.Items = append(made.Items, ir.Item{X: d})
		}
		return made
	case "Array.from":
		if len(data) == 1 {
			return call(at, "items", data[0])
		}
		return l.exit(diag.NotLowered, at, "")
	case "Object":
		if len(data) == 0 {
			return &ir.Object{At: at.Span()}
		}
	case "JSON.stringify":
		if len(data) > 1 {
			if c, ok := data[1].(*ir.Const); !ok || !jsvalue.IsNullish(c.Value) {
				return l.exit(diag.FunctionAsValue, at, "JSON.stringify with a replacer")
			}
		}
		return call(at, "stringify", arg(0), arg(2))
	case "JSON.parse":
		if len(data) > 1 {
			return l.exit(diag.FunctionAsValue, at, "JSON.parse with a reviver")
		}
	case "require":
		return l.require(at, args)
	case "Object.freeze":
		return l.exit(diag.CallNotPure, at, path)
	}
	if _, isError := errorClasses[path]; isError && path != "UnauthorizedError" && path != "ValidationError" && path != "WrongUsernameOrPasswordError" {
		return l.makeError(at, path, args) // Error('x') is new Error('x')
	}
	known, ok := functions[path]
	f, exists := stdlib.Lookup(known.name)
	if !ok || !exists {
		return l.exit(diag.CallNotPure, at, path+"()")
	}
	if known.most >= 0 && len(data) > known.most {
		l.drop(args[known.most:])
		data = data[:known.most]
	}
	return l.library(at, f, data)
}

// require answers a module, which does nothing until it is used.
func (l *lowerer) require(at placed, args []value) value {
	if len(args) == 1 {
		if c, ok := args[0].(*ir.Const); ok {
			if name, isName := c.Value.(string); isName {
				return &moduleValue{name: name}
			}
		}
	}
	return l.exit(diag.NeedsModule, at, "")
}

// setting reads a key of the configuration, which is known.
func (l *lowerer) setting(at placed, name string) ir.Expr {
	l.settings[name] = true
	v, ok := l.options.Configuration[name]
	if ok {
		return l.text(at, v)
	}
	if objectPrototype[name] {
		return l.exit(diag.PrototypeKey, at, name)
	}
	return undefined(at)
}

var objectPrototype = map[string]bool{
	"constructor": true, "hasOwnProperty": true, "isPrototypeOf": true, "propertyIsEnumerable": true, "toLocaleString": true, "toString": true,
	"valueOf": true, "__proto__": true, "__defineGetter__": true, "__defineSetter__": true, "__lookupGetter__": true, "__lookupSetter__": true,
}

// wholeConfiguration is the configuration as a value; its keys are in UTF-16 order, as the
// rule gets them.
func (l *lowerer) wholeConfiguration(at placed) ir.Expr {
	return l.exit(diag.NotLowered, at, "configuration")
}

// construct lowers new.
func (l *lowerer) construct(e *ast.New) value {
	callee := l.value(e.Callee)
	if !l.reachable {
		return undefined(e)
	}
	switch c := callee.(type) {
	case *moduleValue:
		for _, a := range e.Args {
			l.inert(a)
		}
		return c
	case *namespace:
		args, ok := l.arguments(e.Args)
		if !ok {
			return undefined(e)
		}
		return l.constructBuiltin(e, c.path, args)
	}
	return l.exit(diag.ClassUsed, e, "")
}

// inert lowers an argument that nothing looks at before the rule exits: it is computed,
// as it may throw, but static values in it may stand.
func (l *lowerer) inert(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Spread:
		l.inert(e.X)
	case *ast.Object:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.Prop:
				if p.Computed {
					l.effect(p.Key)
				}
				l.inert(p.Value)
			case *ast.Spread:
				l.inert(p.X)
			}
		}
	case *ast.Array:
		for _, x := range e.Elements {
			if x != nil {
				l.inert(x)
			}
		}
	default:
		l.effect(e)
	}
}

func (l *lowerer) constructBuiltin(e *ast.New, class string, args []value) value {
	if _, isError := errorClasses[class]; isError {
		return l.makeError(e, class, args)
	}
	if class == "RegExp" {
		return l.newRegexp(e, args)
	}
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if data[i] = l.data(e, a); !l.reachable {
			return undefined(e)
		}
	}
	name := ""
	switch class {
	case "Date":
		switch {
		case len(data) == 0:
			name = "newDate"
		case len(data) == 1:
			name = "dateOf"
		default:
			name = "dateFrom"
		}
	case "Set":
		name = "newSet"
	case "Map":
		name = "newMap"
	case "URL":
		name = "newURL"
	case "URLSearchParams":
		name = "newSearchParams"
	case "Array":
		return l.builtin(e, "Array", args, true)
	case "Object":
		if len(data) == 0 {
			return &ir.Object{At: e.At}
		}
	}
	f, ok := stdlib.Lookup(name)
	if !ok {
		return l.exit(diag.ClassUsed, e, "new "+class)
	}
	return l.library(e, f, data)
}

// newRegexp lowers new RegExp of constants.
func (l *lowerer) newRegexp(e *ast.New, args []value) value {
	texts := []string{"", ""}
	for i, a := range args {
		if i >= len(texts) {
			break
		}
		c, ok := a.(*ir.Const)
		if !ok {
			return l.exit(diag.RegexpDiffers, e, "a regular expression that is made while the rule runs")
		}
		text, isText := c.Value.(string)
		if !isText {
			return l.exit(diag.RegexpDiffers, e, "")
		}
		texts[i] = text
	}
	if texts[0] == "" {
		return l.exit(diag.RegexpDiffers, e, "")
	}
	return &regexpValue{at: e, source: texts[0], flags: texts[1]}
}
