package gojalib

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// parseIntModule is parseInt, which goja lets answer 0 for "-0" and rounds, beyond 2^53,
// digit by digit.
//
//	parseInt('-0')                             // -0
//	parseInt('123456789012345678901234567890') // 1.2345678901234568e+29
func parseIntModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "parseInt", func() *goja.Object {
		parse := callable(vm, "parseInt")
		part := vm.CreateObject(nil)
		must(part.Set("parseInt", native(vm, "parseInt", 2, func(call goja.FunctionCall) goja.Value {
			if _, isSymbol := call.Argument(0).(*goja.Symbol); isSymbol {
				return rethrow(parse(goja.Undefined(), call.Arguments...))
			}
			text, radix := asString(call.Argument(0)), call.Argument(1)
			if _, isObject := radix.(*goja.Object); isObject {
				radix = radix.ToNumber()
			}
			result := rethrow(parse(goja.Undefined(), text, radix))
			if x := result.ToFloat(); x == 0 || math.Abs(x) >= 1<<53 {
				return vm.ToValue(exactInteger(x, jsvalue.TrimStart(text.String()), radix))
			}
			return result
		})))
		return part
	})
}

// exactInteger corrects x, which goja read from a text.
func exactInteger(x float64, text string, radix goja.Value) float64 {
	if x == 0 && strings.HasPrefix(text, "-") {
		return math.Copysign(0, -1)
	}
	sign := len(text) - len(strings.TrimLeft(text, "+-"))
	rest := text[sign:]
	if base := radix.ToInteger(); x == 0 || base != 10 && (goja.IsUndefined(radix) || base != 0) && !goja.IsUndefined(radix) ||
		base != 10 && (strings.HasPrefix(rest, "0x") || strings.HasPrefix(rest, "0X")) {
		return x
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	exact, _ := strconv.ParseFloat(text[:sign+digits], 64) // out of range is an infinity
	return exact
}

// numberTest mends isNaN and isFinite, for which goja takes a text with white space beyond
// ASCII for no number.
//
//	isNaN('\u00a05') // false
func numberTest(vm *goja.Runtime, name string) goja.Value {
	test := callable(vm, name)
	return native(vm, name, 1, func(call goja.FunctionCall) goja.Value {
		if text, ok := call.Argument(0).(goja.String); ok {
			return rethrow(test(goja.Undefined(), text.ToNumber()))
		}
		if object, ok := call.Argument(0).(*goja.Object); ok {
			return rethrow(test(goja.Undefined(), object.ToNumber()))
		}
		return rethrow(test(goja.Undefined(), call.Arguments...))
	})
}

// numberToPrecision writes the sign by itself: goja loses the first digit of a negative
// number that carries, as in (-99904).toPrecision(1).
func numberToPrecision(vm *goja.Runtime, _ *Env) goja.Value {
	method := callable(vm, "Number", "prototype", "toPrecision")
	return native(vm, "toPrecision", 1, func(call goja.FunctionCall) goja.Value {
		_, isObject := call.This.(*goja.Object)
		if isObject || !goja.IsNumber(call.This) || !(call.This.ToFloat() < 0) {
			return rethrow(method(call.This, call.Arguments...))
		}
		text := rethrow(method(vm.ToValue(-call.This.ToFloat()), call.Arguments...))
		return vm.ToValue("-" + text.String())
	})
}

// objectFromEntries reads pairs that lack a part, on which goja breaks.
//
//	Object.fromEntries([['a']]) // { a: undefined }
func objectFromEntries(vm *goja.Runtime, _ *Env) goja.Value {
	fromEntries := callable(vm, "Object", "fromEntries")
	return native(vm, "fromEntries", 1, func(call goja.FunctionCall) goja.Value {
		if areFullPairs(call.Argument(0)) {
			return rethrow(fromEntries(call.This, call.Arguments...))
		}
		lenient, _ := goja.AssertFunction(mendedModule(vm).Get("fromEntries"))
		return rethrow(lenient(goja.Undefined(), call.Arguments...))
	})
}

// areFullPairs reports whether v is a list of lists of two and more, or of values on which
// fromEntries fails.
func areFullPairs(v goja.Value) bool {
	list, ok := v.(*goja.Object)
	if !ok {
		return goja.IsUndefined(v) || goja.IsNull(v)
	}
	if list.ClassName() != "Array" {
		return list.ClassName() == "Map"
	}
	for i := range pairCount(list) {
		pair, ok := list.Get(itoa(i)).(*goja.Object)
		if !ok {
			return true
		}
		if pair.ClassName() != "Array" || pair.Get("0") == nil || pair.Get("1") == nil {
			return false
		}
	}
	return true
}
