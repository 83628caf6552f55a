package gojalib

import (
	"math"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// maxStringLength is V8's limit in UTF-16 code units.
const maxStringLength = 0x1fffffe8

// receiver is RequireObjectCoercible and ToString of this.
func receiver(vm *goja.Runtime, call goja.FunctionCall, name string) goja.String {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		panic(vm.NewTypeError("String.prototype." + name + " called on null or undefined"))
	}
	return asString(call.This)
}

// rangeError makes RangeErrors. The constructor is looked up when there is one to make, because
// it costs microseconds to come into being; where a rule has replaced it by something else, the
// error is a TypeError.
func rangeError(vm *goja.Runtime) func(message string) *goja.Object {
	return func(message string) *goja.Object {
		if class := vm.Get("RangeError"); class != nil {
			if e, err := vm.New(class, vm.ToValue(message)); err == nil {
				return e
			}
		}
		return vm.NewTypeError(message)
	}
}

func stringIsWellFormed(vm *goja.Runtime, _ *Env) goja.Value {
	return native(vm, "isWellFormed", 0, func(call goja.FunctionCall) goja.Value {
		_, ok := wellFormed(units(receiver(vm, call, "isWellFormed")))
		return vm.ToValue(ok)
	})
}

func stringToWellFormed(vm *goja.Runtime, _ *Env) goja.Value {
	return native(vm, "toWellFormed", 0, func(call goja.FunctionCall) goja.Value {
		u, _ := wellFormed(units(receiver(vm, call, "toWellFormed")))
		return goja.StringFromUTF16(u)
	})
}

// stringRepeat guards String.prototype.repeat.
//
//	'a'.repeat(0x1fffffe9) // RangeError: Invalid string length
func stringRepeat(vm *goja.Runtime, _ *Env) goja.Value {
	repeat, fail := callable(vm, "String", "prototype", "repeat"), rangeError(vm)
	return native(vm, "repeat", 1, func(call goja.FunctionCall) goja.Value {
		s := receiver(vm, call, "repeat")
		arg := call.Argument(0)
		count := math.Trunc(toNumber(arg))
		if count < 0 || math.IsInf(count, 1) {
			panic(fail("Invalid count value: " + arg.String()))
		}
		if math.IsNaN(count) {
			count = 0
		}
		if s.Length() == 0 {
			return s
		}
		if count*float64(s.Length()) > maxStringLength {
			panic(fail("Invalid string length"))
		}
		return rethrow(repeat(s, vm.ToValue(int64(count))))
	})
}

// toNumber is ToNumber; a Symbol or BigInt throws there.
func toNumber(v goja.Value) float64 {
	if goja.IsUndefined(v) {
		return math.NaN()
	}
	return v.ToNumber().ToFloat()
}

func stringPad(vm *goja.Runtime, name string) goja.Value {
	pad, fail := callable(vm, "String", "prototype", name), rangeError(vm)
	return native(vm, name, 2, func(call goja.FunctionCall) goja.Value {
		s := receiver(vm, call, name)
		length := math.Trunc(toNumber(call.Argument(0)))
		if !(length > float64(s.Length())) {
			return s
		}
		var filler goja.Value = vm.ToValue(" ")
		if arg := call.Argument(1); !goja.IsUndefined(arg) {
			filler = asString(arg)
		}
		if filler.(goja.String).Length() == 0 {
			return s
		}
		if length > maxStringLength {
			panic(fail("Invalid string length"))
		}
		return rethrow(pad(s, vm.ToValue(int64(length)), filler))
	})
}

func stringConcat(vm *goja.Runtime, _ *Env) goja.Value {
	fail := rangeError(vm)
	return native(vm, "concat", 1, func(call goja.FunctionCall) goja.Value {
		s := receiver(vm, call, "concat")
		total := s.Length()
		parts := make([]goja.String, len(call.Arguments))
		for i, arg := range call.Arguments {
			parts[i] = asString(arg)
			if total += parts[i].Length(); total > maxStringLength {
				panic(fail("Invalid string length"))
			}
		}
		var b goja.StringBuilder
		b.WriteString(s)
		for _, part := range parts {
			b.WriteString(part)
		}
		return b.String()
	})
}

// stringReplace guards replace and replaceAll. Only where the lengths alone allow
// a text that is too long are the matches counted first.
//
// goja's replaceAll never ends for an empty text within one that is not ASCII: it looks
// for it behind the end again and again. And see mended_match.go.
func stringReplace(vm *goja.Runtime, env *Env, name string) goja.Value {
	replace, match, fail := callable(vm, "String", "prototype", name), callable(vm, "String", "prototype", "match"), rangeError(vm)
	t := twinsOf(vm, env)
	return native(vm, name, 2, func(call goja.FunctionCall) goja.Value {
		s, isText := call.This.(goja.String)
		with, isFixed := call.Argument(1).(goja.String)
		long := 0 // what one match may be replaced by
		if isText && isFixed {
			long = with.Length()
			if text := with.String(); strings.ContainsRune(text, '$') { // the text before a match or behind it is half of all
				long += (strings.Count(text, "$'") + strings.Count(text, "$`")) * (s.Length() / 2)
			}
		}
		if isText && isFixed && s.Length()*long > maxStringLength {
			count := 1
			if pattern, ok := call.Argument(0).(goja.String); ok {
				if name == "replaceAll" {
					count = strings.Count(s.String(), pattern.String())
				}
			} else if o, ok := call.Argument(0).(*goja.Object); ok && o.ClassName() == "RegExp" && o.Get("global").ToBoolean() {
				if found, ok := rethrow(match(s, o)).(*goja.Object); ok {
					count = pairCount(found)
				}
			}
			if count*long > maxStringLength {
				panic(fail("Invalid string length"))
			}
		}
		if name == "replaceAll" && isTextPattern(call) {
			text, pattern := asString(call.This), asString(call.Argument(0))
			if pattern.Length() == 0 {
				return rethrow(replace(text, t.everywhere(), call.Argument(1)))
			}
			return rethrow(replace(text, pattern, call.Argument(1)))
		}
		if twin, k := t.standIn(call.Argument(0), call.This, true); twin != nil && len(call.Arguments) > 0 {
			arguments := append([]goja.Value{twin}, call.Arguments[1:]...)
			if strings.ContainsAny(k.flags, "gy") {
				return t.instead(call.Argument(0), twin, func() (goja.Value, error) { return replace(call.This, arguments...) })
			}
			return rethrow(replace(call.This, arguments...))
		}
		return rethrow(replace(call.This, call.Arguments...))
	})
}

// isTextPattern reports whether replaceAll looks for a text.
func isTextPattern(call goja.FunctionCall) bool {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return false
	}
	if _, isSymbol := call.Argument(0).(*goja.Symbol); isSymbol {
		return false
	}
	pattern, isObject := call.Argument(0).(*goja.Object)
	if !isObject {
		return true
	}
	method := pattern.GetSymbol(goja.SymReplace)
	return method == nil || goja.IsUndefined(method) || goja.IsNull(method)
}

// fewElements is the length up to which the texts of a list are not added up before
// they are joined.
const fewElements = 16

// arrayJoin guards Array.prototype.join against arrays that are nested too deeply, and
// against texts and separators that are too much; what other elements add is not
// known before they are converted. Conversions of arrays to text end here, too.
func arrayJoin(vm *goja.Runtime, env *Env) goja.Value {
	return native(vm, "join", 1, guardedJoin(vm, env, callable(vm, "Array", "prototype", "join"), rangeError(vm)))
}

func guardedJoin(vm *goja.Runtime, env *Env, join goja.Callable, fail func(string) *goja.Object) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		env.enter(fail)
		defer env.leave()
		env.joins.tick(vm)
		if list, ok := call.This.(*goja.Object); ok {
			n, separator := lengthOf(list), 1
			if text, ok := call.Argument(0).(goja.String); ok {
				separator = text.Length()
			}
			total := (n - 1) * float64(separator)
			if total > maxStringLength || n > maxStringLength {
				panic(fail("Invalid string length"))
			}
			if n > fewElements && n <= maxArrayLength && list.ClassName() == "Array" {
				for i := range int64(n) {
					if text, ok := list.Get(strconv.FormatInt(i, 10)).(goja.String); ok {
						if total += float64(text.Length()); total > maxStringLength {
							panic(fail("Invalid string length"))
						}
					}
				}
			}
		}
		return rethrow(join(call.This, call.Arguments...))
	}
}
