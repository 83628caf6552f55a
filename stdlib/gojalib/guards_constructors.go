package gojalib

import (
	"strings"

	"github.com/dop251/goja"
)

// GuardLists puts a join in place that counts how deep lists are nested, for code that
// turns lists into texts without naming it. It is made to cost little.
func GuardLists(vm *goja.Runtime, env *Env) {
	proto := vm.NewArray().Prototype()
	join, ok := goja.AssertFunction(proto.Get("join"))
	if !ok {
		panic("internal error: no built-in function join")
	}
	must(proto.DefineDataProperty("join", vm.ToValue(guardedJoin(vm, env, join, rangeError(vm))), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// BufferTypes lists the constructors that GuardBuffers knows.
func BufferTypes() []string {
	return []string{
		"ArrayBuffer", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
		"Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
	}
}

// GuardBuffers makes constructors of BufferTypes refuse sizes that memory has no room
// for.
func GuardBuffers(vm *goja.Runtime, names []string) {
	fail, construct := rangeError(vm), callable(vm, "Reflect", "construct")
	for _, name := range names {
		original := vm.Get(name).(*goja.Object)
		most, message := float64(maxBuffer), "Array buffer allocation failed"
		if size := original.Get("BYTES_PER_ELEMENT"); size != nil {
			most /= size.ToFloat()
			message = "Invalid typed array length: "
		}
		guarded := vm.ToValue(vm.NewProxy(original, &goja.ProxyTrapConfig{
			Construct: func(target *goja.Object, list []goja.Value, newTarget *goja.Object) *goja.Object {
				items := make([]any, len(list))
				for i, v := range list {
					items[i] = v
				}
				if len(list) > 0 {
					size := lengthOf(list[0])
					if _, object := list[0].(*goja.Object); !object {
						if _, symbol := list[0].(*goja.Symbol); !symbol {
							size = list[0].ToFloat()
						}
					}
					if size > most && size < 1<<53 { // goja refuses what is no length
						if strings.HasSuffix(message, " ") {
							panic(fail(message + vm.ToValue(size).String()))
						}
						panic(fail(message))
					}
				}
				return rethrow(construct(goja.Undefined(), target, vm.NewArray(items...), newTarget)).(*goja.Object)
			},
		}))
		instances(vm, original, guarded)
		must(original.Get("prototype").(*goja.Object).DefineDataProperty("constructor", guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		must(vm.GlobalObject().DefineDataProperty(name, guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
}

// instances lets instanceof work with a guarded constructor: goja's wants a function
// itself, no proxy of one. Classes that extend it inherit the method.
func instances(vm *goja.Runtime, original *goja.Object, guarded goja.Value) {
	ordinary, ok := goja.AssertFunction(vm.Get("Function").(*goja.Object).Get("prototype").(*goja.Object).GetSymbol(goja.SymHasInstance))
	if !ok {
		panic("internal error: no built-in function [Symbol.hasInstance]")
	}
	must(original.DefineDataPropertySymbol(goja.SymHasInstance, vm.ToValue(func(call goja.FunctionCall) goja.Value {
		class := call.This
		if class == guarded {
			class = original
		}
		return rethrow(ordinary(class, call.Arguments...))
	}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
}

// GuardConstructors makes the constructors of functions, and eval where eval is
// true, refuse texts that their parser cannot follow. A guarded eval is an indirect
// one: it sees globals only.
func GuardConstructors(vm *goja.Runtime, eval bool) {
	fail := rangeError(vm)
	check := func(list []goja.Value) {
		total := 0
		for _, v := range list {
			if text, ok := v.(goja.String); ok {
				total += text.Length()
			} else if o, ok := v.(*goja.Object); ok {
				total += o.ToString().(goja.String).Length()
			}
		}
		if total > maxScript {
			panic(fail("Maximum call stack size exceeded"))
		}
	}
	construct := callable(vm, "Reflect", "construct")
	v, err := vm.RunProgram(kindsProgram())
	must(err)
	for i, key := range []string{"0", "1", "2"} {
		proto := v.(*goja.Object).Get(key).(*goja.Object)
		original := proto.Get("constructor").(*goja.Object)
		call, _ := goja.AssertFunction(original)
		guarded := vm.ToValue(vm.NewProxy(original, &goja.ProxyTrapConfig{
			Apply: func(_ *goja.Object, this goja.Value, list []goja.Value) goja.Value {
				check(list)
				return rethrow(call(this, list...))
			},
			Construct: func(target *goja.Object, list []goja.Value, newTarget *goja.Object) *goja.Object {
				check(list)
				items := make([]any, len(list))
				for i, v := range list {
					items[i] = v
				}
				return rethrow(construct(goja.Undefined(), target, vm.NewArray(items...), newTarget)).(*goja.Object)
			},
		}))
		instances(vm, original, guarded)
		writable := goja.FLAG_FALSE
		if i == 0 {
			writable = goja.FLAG_TRUE
			must(vm.GlobalObject().DefineDataProperty("Function", guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		}
		must(proto.DefineDataProperty("constructor", guarded, writable, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	if !eval {
		return
	}
	evaluate := callable(vm, "eval")
	must(vm.GlobalObject().DefineDataProperty("eval", native(vm, "eval", 1, func(call goja.FunctionCall) goja.Value {
		if _, text := call.Argument(0).(goja.String); text {
			check(call.Arguments[:1])
		}
		return rethrow(evaluate(goja.Undefined(), call.Arguments...))
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// kindsProgram lists the prototypes of the kinds of functions.
var kindsProgram = script("kinds.js", `[Function.prototype, Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(async function () {})]`)
