package gojalib

import (
	"math"
	"sync"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// intrinsics are the built-ins of a VM that the inspector uses, held from the
// first inspection on: what a rule does to them later has no effect.
type intrinsics struct {
	ownKeys, objectKeys, getOwn, has, get, stringify goja.Callable
	functionText, regexpText                         goja.Callable
	mapSize, setSize, typedLength, typedName         goja.Callable
	mapItems, setItems, unbox, firstKeys             goja.Callable
	isWeakMap, isWeakSet, isDataView                 goja.Callable

	objectProto, functionProto, errorProto   *goja.Object
	asyncProto, generatorProto               *goja.Object
	weakMapProto, weakSetProto, dataViewProt *goja.Object
	customSymbol                             *goja.Symbol
}

// intrinsicsProgram collects the intrinsics. The functions that end in Items and
// Keys return arrays of their own making.
var intrinsicsProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("inspect", `(function () {
  'use strict';
  var apply = Reflect.apply, getOwn = Object.getOwnPropertyDescriptor, protoOf = Object.getPrototypeOf;
  var method = function (f) { return function (o) { return apply(f, o, []); }; };
  var getter = function (o, key) { return method(getOwn(o, key).get); };
  var typed = protoOf(Uint8Array.prototype);
  var items = function (make, width) {
    var next = protoOf(apply(make, width === 2 ? new Map() : new Set(), [])).next;
    return function (o, limit) {
      var it = apply(make, o, []), out = [], n = 0, r;
      while (n < limit && !(r = apply(next, it, [])).done) {
        if (width === 2) { out[n++] = r.value[0]; out[n++] = r.value[1]; } else { out[n++] = r.value; }
      }
      return out;
    };
  };
  var hasOwn = Object.prototype.hasOwnProperty;
  var valueOf = [String, Number, Boolean, Symbol, BigInt].map(function (c) { return c.prototype.valueOf; });
  var weakMapHas = WeakMap.prototype.has, weakSetHas = WeakSet.prototype.has;
  var viewLength = getOwn(DataView.prototype, 'byteLength').get;
  var works = function (f, args) { return function (o) { try { apply(f, o, args); return true; } catch (e) { return false; } }; };
  return {
    ownKeys: Reflect.ownKeys, objectKeys: Object.keys, getOwn: getOwn, has: Reflect.has, get: Reflect.get,
    stringify: JSON.stringify,
    functionText: method(Function.prototype.toString), regexpText: method(RegExp.prototype.toString),
    mapSize: getter(Map.prototype, 'size'), setSize: getter(Set.prototype, 'size'),
    typedLength: getter(typed, 'length'), typedName: getter(typed, Symbol.toStringTag),
    mapItems: items(Map.prototype.entries, 2), setItems: items(Set.prototype.values, 1),
    unbox: function (o) {
      for (var i = 0; i < valueOf.length; i++) { try { return apply(valueOf[i], o, []); } catch (e) { } }
    },
    firstKeys: function (o, limit) {
      var out = [], n = 0;
      for (var k in o) {
        if (n >= limit) break;
        if (apply(hasOwn, o, [k])) out[n++] = k;
      }
      return out;
    },
    isWeakMap: works(weakMapHas, [{}]), isWeakSet: works(weakSetHas, [{}]), isDataView: works(viewLength, []),
    objectProto: Object.prototype, functionProto: Function.prototype, errorProto: Error.prototype,
    asyncProto: protoOf(async function () { }), generatorProto: protoOf(function* () { }),
    weakMapProto: WeakMap.prototype, weakSetProto: WeakSet.prototype, dataViewProto: DataView.prototype,
    customSymbol: Symbol.for('nodejs.util.inspect.custom')
  };
})()`, true)
})

// intrinsics collects them at the first call. It panics with the exception that a
// rule's damage to the globals causes.
func (in *Inspector) intrinsics() *intrinsics {
	if in.built != nil {
		return in.built
	}
	v, err := in.vm.RunProgram(intrinsicsProgram())
	if err != nil {
		panic(err)
	}
	all := v.(*goja.Object)
	function := func(name string) goja.Callable {
		f, ok := goja.AssertFunction(all.Get(name))
		if !ok {
			panic(in.vm.NewTypeError("console: the built-in behind %s was replaced", name))
		}
		return f
	}
	object := func(name string) *goja.Object { o, _ := all.Get(name).(*goja.Object); return o }
	b := &intrinsics{
		ownKeys: function("ownKeys"), objectKeys: function("objectKeys"), getOwn: function("getOwn"),
		has: function("has"), get: function("get"), stringify: function("stringify"),
		functionText: function("functionText"), regexpText: function("regexpText"),
		mapSize: function("mapSize"), setSize: function("setSize"),
		typedLength: function("typedLength"), typedName: function("typedName"),
		mapItems: function("mapItems"), setItems: function("setItems"),
		unbox: function("unbox"), firstKeys: function("firstKeys"),
		isWeakMap: function("isWeakMap"), isWeakSet: function("isWeakSet"), isDataView: function("isDataView"),
		objectProto: object("objectProto"), functionProto: object("functionProto"), errorProto: object("errorProto"),
		asyncProto: object("asyncProto"), generatorProto: object("generatorProto"),
		weakMapProto: object("weakMapProto"), weakSetProto: object("weakSetProto"), dataViewProt: object("dataViewProto"),
	}
	b.customSymbol, _ = all.Get("customSymbol").(*goja.Symbol)
	in.built = b
	return b
}

// call calls a built-in, whose exception goes on as a panic.
func (b *intrinsics) call(f goja.Callable, args ...goja.Value) goja.Value {
	v, err := f(goja.Undefined(), args...)
	if err != nil {
		panic(err)
	}
	return v
}

// apply is call, for the helpers that make arrays.
func (b *intrinsics) apply(f goja.Callable, args ...goja.Value) goja.Value { return b.call(f, args...) }

// inherited finds the classes that goja tells apart by prototype and brand only.
func (b *intrinsics) inherited(o *goja.Object) inspect.Class {
	steps := 0
	for p := o.Prototype(); p != nil && steps < 1000; p = p.Prototype() {
		steps++
		switch p {
		case b.objectProto:
			return inspect.ClassOrdinary
		case b.errorProto:
			return inspect.ClassError
		case b.weakMapProto:
			if b.call(b.isWeakMap, o).ToBoolean() {
				return inspect.ClassWeakMap
			}
		case b.weakSetProto:
			if b.call(b.isWeakSet, o).ToBoolean() {
				return inspect.ClassWeakSet
			}
		case b.dataViewProt:
			if b.call(b.isDataView, o).ToBoolean() {
				return inspect.ClassDataView
			}
		}
	}
	return inspect.ClassOrdinary
}

func (b *intrinsics) functionKind(f *goja.Object) inspect.FunctionKind {
	for p, steps := f.Prototype(), 0; p != nil && steps < 1000; p, steps = p.Prototype(), steps+1 {
		switch p {
		case b.asyncProto:
			return inspect.AsyncFunction
		case b.generatorProto:
			return inspect.GeneratorFunc
		case b.functionProto:
			return inspect.PlainFunction
		}
	}
	return inspect.PlainFunction
}

// Custom calls the object's inspect hook.
func (g *gojaObject) Custom(receiver inspect.Object, depth int, options *inspect.Options) (inspect.Value, bool) {
	built := g.in.intrinsics()
	hook := g.o.GetSymbol(built.customSymbol)
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
	if err != nil {
		panic(err)
	}
	if result == goja.Value(this) {
		return inspect.Value{}, false
	}
	return g.in.Value(result), true
}
