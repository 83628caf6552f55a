package gojalib

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/dop251/goja"
)

// What is here is reached by common names (from, sub, link, stringify), so it is
// Go: the build costs a microsecond where a script would cost a hundred.

// jsonStringify adds to goja's error for a cycle what V8 says of the way there, and
// indents by itself: goja indents what follows an empty object too far. Only the
// error pays for the description, and only an indented text for the indenting.
//
// goja follows nested values on Go's stack to any depth, so a replacer counts.
func jsonStringify(vm *goja.Runtime, env *Env) goja.Value {
	stringify, overflow := callable(vm, "JSON", "stringify"), rangeError(vm)
	return native(vm, "stringify", 3, func(call goja.FunctionCall) goja.Value {
		arguments, gap := call.Arguments, ""
		if len(arguments) > 2 {
			arguments, gap = arguments[:2], jsonGap(arguments[2])
		}
		base := env.depth
		defer func() { env.depth = base }()
		if _, nested := call.Argument(0).(*goja.Object); nested {
			replacer, isFunction := goja.AssertFunction(call.Argument(1))
			list, isList := call.Argument(1).(*goja.Object)
			switch counted := []goja.Value{call.Argument(0), depthReplacer(vm, env, replacer, overflow)}; {
			case !isFunction && isList && list.ClassName() == "Array":
				// The list names what is written, and bounds it in breadth only.
			case len(arguments) > 1:
				arguments = append(counted, arguments[2:]...)
			default:
				arguments = counted
			}
		}
		v, err := stringify(call.This, arguments...)
		if err == nil && gap != "" && !goja.IsUndefined(v) {
			var indented bytes.Buffer
			if json.Indent(&indented, []byte(v.String()), "", gap) == nil {
				v = vm.ToValue(indented.String())
			}
		}
		if ex := (*goja.Exception)(nil); errors.As(err, &ex) {
			describeCircle(vm, ex, call)
		}
		return rethrow(v, err)
	})
}

// jsonGap is the text of one step of indentation.
//
// Source: ECMA-262 JSON.stringify, steps 5 to 8.
func jsonGap(space goja.Value) string {
	if object, ok := space.(*goja.Object); ok {
		switch object.ClassName() {
		case "Number":
			space = object.ToNumber()
		case "String":
			space = object.ToString()
		default:
			return ""
		}
	}
	if text, ok := space.(goja.String); ok {
		return text.Substring(0, min(10, text.Length())).String()
	}
	switch space.Export().(type) {
	case int64, float64:
		return strings.Repeat(" ", int(min(10, max(0, space.ToInteger()))))
	}
	return ""
}

func describeCircle(vm *goja.Runtime, ex *goja.Exception, call goja.FunctionCall) {
	e, ok := ex.Value().(*goja.Object)
	if !ok || e.ClassName() != "Error" {
		return
	}
	const circular = "Converting circular structure to JSON"
	if message := e.Get("message"); message == nil || message.String() != circular {
		return
	}
	if _, replaced := goja.AssertFunction(call.Argument(1)); replaced {
		return
	}
	circle, ok := goja.AssertFunction(mendedModule(vm).Get("circle"))
	if !ok {
		return
	}
	if way, err := circle(goja.Undefined(), call.Argument(0)); err == nil {
		_ = e.Set("message", circular+way.String())
	}
}

// typedArrayFrom lets %TypedArray%.from take a string, as any other iterable.
func typedArrayFrom(vm *goja.Runtime, _ *Env) goja.Value {
	from, list := callable(vm, "Uint8Array", "__proto__", "from"), callable(vm, "Array", "from")
	return native(vm, "from", 1, func(call goja.FunctionCall) goja.Value {
		arguments := call.Arguments
		if len(arguments) > 0 {
			switch source := arguments[0].(type) {
			case *goja.Object:
				if source.ClassName() != "String" {
					break
				}
				arguments = append([]goja.Value{rethrow(list(goja.Undefined(), source))}, arguments[1:]...)
			default:
				if !goja.IsUndefined(source) && !goja.IsNull(source) {
					arguments = append([]goja.Value{rethrow(list(goja.Undefined(), source))}, arguments[1:]...)
				}
			}
		}
		return rethrow(from(call.This, arguments...))
	})
}

// html is one of the methods of Annex B that write a tag around a string.
//
//	'a'.link('u') // <a href="u">a</a>
func html(name, tag, attribute string) func(*goja.Runtime, *Env) goja.Value {
	return func(vm *goja.Runtime, _ *Env) goja.Value {
		length := 0
		if attribute != "" {
			length = 1
		}
		return native(vm, name, length, func(call goja.FunctionCall) goja.Value {
			s := receiver(vm, call, name)
			var b goja.StringBuilder
			b.WriteUTF8String("<" + tag)
			if attribute != "" {
				b.WriteUTF8String(" " + attribute + `="`)
				value := asString(call.Argument(0))
				if strings.Contains(value.String(), `"`) {
					value = asString(vm.ToValue(strings.ReplaceAll(value.String(), `"`, "&quot;")))
				}
				b.WriteString(value)
				b.WriteUTF8String(`"`)
			}
			b.WriteUTF8String(">")
			b.WriteString(s)
			b.WriteUTF8String("</" + tag + ">")
			return b.String()
		})
	}
}
