package gojalib

import (
	"math"
	"reflect"
	"sync"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// intrinsics are the built-ins of a VM that the inspector uses. Each is fetched
// when it is first needed, since goja builds a built-in at its first use, and
// held: what a rule does to it later has no effect.
type intrinsics struct {
	vm            *goja.Runtime
	objectProto   *goja.Object
	functionProto *goja.Object
	fetched       map[string]intrinsic
}

type intrinsic struct {
	value goja.Value
	call  goja.Callable
}

// intrinsicPrograms compiles the expression of an intrinsic once per process.
var intrinsicPrograms sync.Map // string to *goja.Program

// intrinsics prepares them at the first call.
func (in *Inspector) intrinsics() *intrinsics {
	if in.built == nil {
		in.built = &intrinsics{
			vm:            in.vm,
			objectProto:   in.vm.NewObject().Prototype(),
			functionProto: in.vm.ToValue(func(goja.FunctionCall) goja.Value { return nil }).(*goja.Object).Prototype(),
			fetched:       map[string]intrinsic{},
		}
	}
	return in.built
}

// fetch evaluates an expression once. It panics with what a rule's damage to the
// globals causes.
func (b *intrinsics) fetch(expression string) intrinsic {
	if i, ok := b.fetched[expression]; ok {
		return i
	}
	program, ok := intrinsicPrograms.Load(expression)
	if !ok {
		program, _ = intrinsicPrograms.LoadOrStore(expression, goja.MustCompile("inspect", expression, true))
	}
	v, err := b.vm.RunProgram(program.(*goja.Program))
	PassOn(err)
	i := intrinsic{value: v}
	i.call, _ = goja.AssertFunction(v)
	b.fetched[expression] = i
	return i
}

// object is an intrinsic object.
func (b *intrinsics) object(expression string) *goja.Object {
	o, _ := b.fetch(expression).value.(*goja.Object)
	return o
}

// call calls an intrinsic function with a this value. Its exception goes on as a panic.
func (b *intrinsics) call(expression string, this goja.Value, args ...goja.Value) goja.Value {
	f := b.fetch(expression).call
	if f == nil {
		panic(b.vm.NewTypeError("console: the built-in %s was replaced", expression))
	}
	v, err := f(this, args...)
	PassOn(err)
	return v
}

// The expressions that make the intrinsics.
const (
	getOwn      = "Object.getOwnPropertyDescriptor"
	objectKeys  = "Object.keys"
	ownKeys     = "Reflect.ownKeys"
	hasKey      = "(function (o, k) { return k in o; })"
	getKey      = "(function (o, k) { return o[k]; })"
	firstKeys   = "(function (o, n) { var out = [], i = 0; for (var k in o) { if (i >= n) break; out[i++] = k; } return out; })"
	stringify   = "JSON.stringify"
	sourceText  = "Function.prototype.toString"
	regexpText  = "RegExp.prototype.toString"
	mapSize     = "Object.getOwnPropertyDescriptor(Map.prototype, 'size').get"
	setSize     = "Object.getOwnPropertyDescriptor(Set.prototype, 'size').get"
	mapEntries  = "Map.prototype.entries"
	setValues   = "Set.prototype.values"
	mapNext     = "Object.getPrototypeOf(new Map().entries()).next"
	setNext     = "Object.getPrototypeOf(new Set().values()).next"
	typedLength = "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length').get"
	typedName   = "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get"
	errorProto  = "Error.prototype"
	asyncProto  = "Object.getPrototypeOf(async function () { })"
	genProto    = "Object.getPrototypeOf(function* () { })"
	hookSymbol  = "Symbol.for('nodejs.util.inspect.custom')"
)

// unboxed reads the primitive in a wrapper object.
func (b *intrinsics) unboxed(o *goja.Object) goja.Value {
	class := o.ClassName()
	if class == "Object" {
		class = "BigInt"
		if o.ExportType().Kind() == reflect.String {
			class = "Symbol"
		}
	}
	return b.call(class+".prototype.valueOf", o)
}

// items reads at most limit members of a Map (as pairs) or Set.
func (in *Inspector) items(o *goja.Object, pairs bool, limit int) []inspect.Value {
	if limit <= 0 {
		return nil
	}
	b := in.intrinsics()
	start, next := setValues, setNext
	if pairs {
		start, next = mapEntries, mapNext
	}
	iterator := b.call(start, o)
	var values []inspect.Value
	for len(values) < limit {
		step, ok := b.call(next, iterator).(*goja.Object)
		if !ok || step.Get("done").ToBoolean() {
			break
		}
		v := step.Get("value")
		if entry, ok := v.(*goja.Object); ok && pairs {
			values = append(values, in.Value(entry.Get("0")), in.Value(entry.Get("1")))
		} else {
			values = append(values, in.Value(v))
		}
	}
	return values
}

// inherited finds the classes that goja tells apart by prototype and brand only.
func (b *intrinsics) inherited(o *goja.Object) inspect.Class {
	steps := 0
	for p := o.Prototype(); p != nil && p != b.objectProto && steps < 1000; p = p.Prototype() {
		steps++
		if p == b.object(errorProto) {
			return inspect.ClassError
		}
		tag, ok := p.GetSymbol(goja.SymToStringTag).(goja.String)
		if !ok {
			continue
		}
		class, probe := inspect.ClassOrdinary, ""
		switch tag.String() {
		case "WeakMap":
			class, probe = inspect.ClassWeakMap, "WeakMap.prototype.has"
		case "WeakSet":
			class, probe = inspect.ClassWeakSet, "WeakSet.prototype.has"
		case "DataView":
			class, probe = inspect.ClassDataView, "Object.getOwnPropertyDescriptor(DataView.prototype, 'byteLength').get"
		default:
			continue
		}
		// The probe throws for an object without the internal slots.
		if f := b.fetch(probe).call; f != nil {
			if _, err := f(o, o); err == nil {
				return class
			}
		}
	}
	return inspect.ClassOrdinary
}

func (b *intrinsics) functionKind(f *goja.Object) inspect.FunctionKind {
	for p, steps := f.Prototype(), 0; p != nil && p != b.functionProto && steps < 1000; p, steps = p.Prototype(), steps+1 {
		switch p {
		case b.object(asyncProto):
			return inspect.AsyncFunction
		case b.object(genProto):
			return inspect.GeneratorFunc
		}
	}
	return inspect.PlainFunction
}

// Custom calls the object's inspect hook.
func (g *gojaObject) Custom(receiver inspect.Object, depth int, options *inspect.Options) (inspect.Value, bool) {
	built := g.in.intrinsics()
	symbol, _ := built.fetch(hookSymbol).value.(*goja.Symbol)
	if symbol == nil {
		return inspect.Value{}, false
	}
	hook := g.o.GetSymbol(symbol)
	function, ok := goja.AssertFunction(hook)
	if !ok || g.in.inspectFn != nil && hook == goja.Value(g.in.inspectFn) {
		return inspect.Value{}, false
	}
	if c, ok := g.o.Get("constructor").(*goja.Object); ok && c.Get("prototype") == goja.Value(g.o) {
		return inspect.Value{}, false
	}
	this := g.o
	if r, ok := receiver.(*gojaObject); ok {
		this = r.o
	}
	left := g.in.vm.ToValue(depth)
	if depth == inspect.Infinite {
		left = g.in.vm.ToValue(math.Inf(1))
	}
	result, err := function(this, left, g.in.optionsValue(depth, options), g.in.InspectFunction())
	PassOn(err)
	if result == goja.Value(this) {
		return inspect.Value{}, false
	}
	return g.in.Value(result), true
}
