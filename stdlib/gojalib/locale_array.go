package gojalib

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

// arrayToLocaleString joins the elements' own toLocaleString with commas, and
// unlike goja's passes locales and options on. An array inside itself prints
// as nothing.
func arrayToLocaleString(vm *goja.Runtime, env *Env) goja.Value {
	overflow := rangeError(vm)
	active := map[*goja.Object]bool{}
	return intlFunc(vm, "toLocaleString", 0, func(call goja.FunctionCall) goja.Value {
		array := call.This.ToObject(vm)
		if active[array] {
			return vm.ToValue("")
		}
		env.enter(overflow)
		defer env.leave()
		active[array] = true
		defer delete(active, array)
		length := 0
		if v := array.Get("length"); v != nil {
			length = int(min(max(v.ToNumber().ToFloat(), 0), 1<<53-1))
		}
		var text strings.Builder
		if length > maxArrayLength {
			panic(overflow("Invalid string length"))
		}
		for i := range length {
			if i > 0 {
				text.WriteByte(',')
			}
			item := array.Get(fmt.Sprint(i))
			if item == nil || goja.IsUndefined(item) || goja.IsNull(item) {
				continue
			}
			method, ok := goja.AssertFunction(item.ToObject(vm).Get("toLocaleString"))
			if !ok {
				panic(vm.NewTypeError("%s.toLocaleString is not a function", receiverText(item)))
			}
			v, err := method(item, call.Argument(0), call.Argument(1))
			PassOn(err)
			text.WriteString(stringOf(vm, v))
		}
		return vm.ToValue(text.String())
	})
}
