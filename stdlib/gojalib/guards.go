package gojalib

import (
	"math"

	"github.com/dop251/goja"
)

// What goja does natively it does on Go's stack and without looking up: a stack of
// Go's that overflows, or an array that does not fit, ends the process, and no
// limit of a run can stop it. The guards here throw a RangeError before that, at
// the sizes where V8 throws or at ones that no rule reaches.

const (
	// maxNativeDepth is how deep native code may call itself in one VM: about what
	// V8's stack carries, and more than an input may be nested. A level takes 1 to
	// 3 KB of Go's stack.
	maxNativeDepth = 12_000
	// maxBound and maxProxies are the lengths of a chain of bound functions and of one of
	// proxies: each link is a level of Go's stack at each use.
	maxBound, maxProxies = 64, 16
	// maxArrayLength is the length from which on native methods refuse an array:
	// they work through holes as through elements. V8 goes on slowly.
	maxArrayLength = 1 << 25
	// maxArguments is the number of arguments that apply passes, about V8's.
	maxArguments = 1 << 17
	// maxScript is the length of a text that is compiled while a rule runs. A
	// character can cost the parser 3 KB of Go's stack, of which there is 1 GB.
	maxScript = 1 << 17
	// maxBuffer is the largest ArrayBuffer, in bytes. V8's is 2^33.
	maxBuffer = 1 << 29
	// maxBits is the size of V8's largest BigInt.
	maxBits = 1 << 30
)

// enter counts one level of native recursion in the VM of env; leave must follow.
func (env *Env) enter(overflow func(string) *goja.Object) {
	if env.depth >= maxNativeDepth {
		panic(overflow("Maximum call stack size exceeded"))
	}
	env.depth++
}

func (env *Env) leave() { env.depth-- }

// ticker lets a limit stop work in Go: a VM that was interrupted says so only where
// JavaScript runs.
type ticker int

// tick counts a piece of work and panics, now and then, when the VM was interrupted.
func (t *ticker) tick(vm *goja.Runtime) {
	if *t++; *t%4096 == 0 {
		if _, err := vm.RunProgram(nothingProgram()); err != nil {
			panic(err)
		}
	}
}

var nothingProgram = script("nothing.js", "0")

// guardMethods are wanted where their names are spelled. Names that a rule computes
// reach goja's own.
var guardMethods = []Method{
	{"String.prototype", "repeat", stringRepeat},
	{"String.prototype", "padStart", func(vm *goja.Runtime, _ *Env) goja.Value { return stringPad(vm, "padStart") }},
	{"String.prototype", "padEnd", func(vm *goja.Runtime, _ *Env) goja.Value { return stringPad(vm, "padEnd") }},
	{"String.prototype", "concat", stringConcat},
	{"Array.prototype", "join", arrayJoin},
	{"Array.prototype", "toLocaleString", arrayToLocaleString},
	{"Array.prototype", "flat", arrayFlat},
	{"Array.prototype", "map", lengthGuard("map", 1)},
	{"Array.prototype", "fill", lengthGuard("fill", 1)},
	{"Array.prototype", "sort", lengthGuard("sort", 1)},
	{"Array.prototype", "reverse", lengthGuard("reverse", 0)},
	{"Array.prototype", "splice", lengthGuard("splice", 2)},
	{"Array.prototype", "copyWithin", lengthGuard("copyWithin", 2)},
	{"Array.prototype", "unshift", lengthGuard("unshift", 1)},
	{"Array.prototype", "toSorted", lengthGuard("toSorted", 1)},
	{"Array.prototype", "toReversed", lengthGuard("toReversed", 0)},
	{"Array.prototype", "toSpliced", lengthGuard("toSpliced", 2)},
	{"Array.prototype", "with", lengthGuard("with", 2)},
	{"Array.prototype", "flatMap", lengthGuard("flatMap", 1)},
	{"Array", "from", arrayFrom},
	{"Function.prototype", "apply", functionApply},
	{"Function.prototype", "bind", functionBind},
	{"Proxy", "revocable", func(vm *goja.Runtime, _ *Env) goja.Value { return proxyModule(vm).Get("revocable") }},
	{"Reflect", "apply", reflectGuard("apply", 3, 2)},
	{"Reflect", "construct", reflectGuard("construct", 2, 1)},
	{"BigInt", "asIntN", bigIntBits("asIntN")},
	{"BigInt", "asUintN", bigIntBits("asUintN")},
	{"JSON", "parse", jsonParse},
	{"JSON", "stringify", jsonStringify},
}

// lengthOf is the length of an array or an array-like; 0 for anything else.
func lengthOf(v goja.Value) float64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	length := o.Get("length")
	if length == nil {
		return 0
	}
	if _, symbol := length.(*goja.Symbol); symbol {
		return 0
	}
	if n := length.ToFloat(); !math.IsNaN(n) {
		return n
	}
	return 0
}

// lengthGuard refuses arrays on which a native method of Array.prototype would work
// without end or take all memory.
//
//	Array(1e9).map(f) // RangeError: Invalid array length
func lengthGuard(name string, arity int) func(*goja.Runtime, *Env) goja.Value {
	return func(vm *goja.Runtime, _ *Env) goja.Value {
		method, fail := callable(vm, "Array", "prototype", name), rangeError(vm)
		return native(vm, name, arity, func(call goja.FunctionCall) goja.Value {
			if lengthOf(call.This) > maxArrayLength {
				panic(fail("Invalid array length"))
			}
			return rethrow(method(call.This, call.Arguments...))
		})
	}
}

// arrayFrom refuses array-likes that are too long.
func arrayFrom(vm *goja.Runtime, _ *Env) goja.Value {
	from, fail := callable(vm, "Array", "from"), rangeError(vm)
	return native(vm, "from", 1, func(call goja.FunctionCall) goja.Value {
		if lengthOf(call.Argument(0)) > maxArrayLength {
			panic(fail("Invalid array length"))
		}
		return rethrow(from(call.This, call.Arguments...))
	})
}

// arrayFlat is Array.prototype.flat, which goja does on Go's stack to any depth.
//
// Source: ECMA-262 FlattenIntoArray; the result is a plain array where species would
// allow another.
func arrayFlat(vm *goja.Runtime, env *Env) goja.Value {
	flat, isArray, overflow := callable(vm, "Array", "prototype", "flat"), callable(vm, "Array", "isArray"), rangeError(vm)
	return native(vm, "flat", 0, func(call goja.FunctionCall) goja.Value {
		depth := 1.0
		if arg := call.Argument(0); !goja.IsUndefined(arg) {
			if depth = math.Trunc(toNumber(arg)); math.IsNaN(depth) {
				depth = 0
			}
		}
		if lengthOf(call.This) > maxArrayLength {
			panic(overflow("Invalid array length"))
		}
		if depth <= 32 { // a cycle is not taken apart often enough to matter
			return rethrow(flat(call.This, vm.ToValue(depth)))
		}
		var out []any
		var work ticker
		var walk func(o *goja.Object, left float64)
		walk = func(o *goja.Object, left float64) {
			env.enter(overflow)
			defer env.leave()
			length := lengthOf(o)
			if length > maxArrayLength || len(out) > maxArrayLength {
				panic(overflow("Invalid array length"))
			}
			for i := range int64(length) {
				work.tick(vm)
				element := o.Get(vm.ToValue(i).String())
				if element == nil {
					continue
				}
				inner, ok := element.(*goja.Object)
				if ok && left > 0 && rethrow(isArray(goja.Undefined(), inner)).ToBoolean() {
					walk(inner, left-1)
					continue
				}
				out = append(out, element)
			}
		}
		walk(call.This.ToObject(vm), depth)
		return vm.NewArray(out...)
	})
}

// functionApply refuses lists of arguments that are too long, as V8 does.
func functionApply(vm *goja.Runtime, _ *Env) goja.Value {
	apply, fail := callable(vm, "Function", "prototype", "apply"), rangeError(vm)
	return native(vm, "apply", 2, func(call goja.FunctionCall) goja.Value {
		if lengthOf(call.Argument(1)) > maxArguments {
			panic(fail("Maximum call stack size exceeded"))
		}
		return rethrow(apply(call.This, call.Arguments...))
	})
}

func reflectGuard(name string, arity, list int) func(*goja.Runtime, *Env) goja.Value {
	return func(vm *goja.Runtime, _ *Env) goja.Value {
		method, fail := callable(vm, "Reflect", name), rangeError(vm)
		return native(vm, name, arity, func(call goja.FunctionCall) goja.Value {
			if lengthOf(call.Argument(list)) > maxArguments {
				panic(fail("Maximum call stack size exceeded"))
			}
			return rethrow(method(call.This, call.Arguments...))
		})
	}
}

// bigIntBits guards BigInt.asIntN and asUintN: no number here has as many bits as
// would make a difference.
func bigIntBits(name string) func(*goja.Runtime, *Env) goja.Value {
	return func(vm *goja.Runtime, _ *Env) goja.Value {
		method, fail := callable(vm, "BigInt", name), rangeError(vm)
		return native(vm, name, 2, func(call goja.FunctionCall) goja.Value {
			if bits := toNumber(call.Argument(0)); bits > maxBits && bits < 1<<53 {
				v := rethrow(method(call.This, vm.ToValue(0), call.Argument(1))) // the conversions and their errors
				if v != nil && name == "asUintN" && call.Argument(1).ToNumber().ToFloat() < 0 {
					panic(fail("Maximum BigInt size exceeded"))
				}
				return call.Argument(1)
			}
			return rethrow(method(call.This, call.Arguments...))
		})
	}
}

// depthReplacer is a replacer of JSON.stringify that changes nothing and counts how
// deep the value is nested, by the holders that goja calls it with. env.depth is the
// caller's to restore.
func depthReplacer(vm *goja.Runtime, env *Env, inner goja.Callable, overflow func(string) *goja.Object) goja.Value {
	var open []*goja.Object
	var work ticker
	base := env.depth
	return vm.ToValue(func(call goja.FunctionCall) goja.Value {
		work.tick(vm)
		holder, _ := call.This.(*goja.Object)
		for len(open) > 0 && open[len(open)-1] != holder {
			open = open[:len(open)-1]
		}
		value := call.Argument(1)
		if inner != nil {
			value = rethrow(inner(holder, call.Argument(0), value))
		}
		if o, ok := value.(*goja.Object); ok {
			if len(open) == 0 {
				open = append(open, holder)
			}
			open = append(open, o)
		}
		if env.depth = base + len(open); env.depth > maxNativeDepth {
			panic(overflow("Maximum call stack size exceeded"))
		}
		return value
	})
}
