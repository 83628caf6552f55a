package gojalib

import (
	"math"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// function makes a native function with a name.
func (in *Inspector) function(name string, f func(goja.FunctionCall) goja.Value) *goja.Object {
	o := in.vm.ToValue(f).(*goja.Object)
	// A function's name is configurable, so this cannot fail.
	_ = o.DefineDataProperty("name", in.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

// FormatFunction makes util.format.
func (in *Inspector) FormatFunction() goja.Value {
	return in.function("format", func(call goja.FunctionCall) goja.Value {
		return in.vm.ToValue(in.Format(call.Arguments...))
	})
}

// FormatWithOptionsFunction is util.formatWithOptions. Colours are an option that changes nothing:
// no output of a rule has them.
func (in *Inspector) FormatWithOptionsFunction() goja.Value {
	return in.function("formatWithOptions", func(call goja.FunctionCall) goja.Value {
		var options inspect.Options
		in.readOptions(call.Argument(0), &options)
		return in.vm.ToValue(inspect.FormatWithOptions(&options, in.values(call.Arguments[min(1, len(call.Arguments)):])...))
	})
}

// InspectFunction is util.inspect with its member custom, the same function at
// each call. Its first argument is printed by the options in the second, or by
// the old form showHidden, depth.
func (in *Inspector) InspectFunction() goja.Value {
	if in.inspectFn != nil {
		return in.inspectFn
	}
	in.inspectFn = in.function("inspect", func(call goja.FunctionCall) goja.Value {
		var options inspect.Options
		if b := call.Argument(1); b.ExportType() != nil && b.Export() == true {
			options.ShowHidden = true
		} else {
			in.readOptions(b, &options)
		}
		if len(call.Arguments) > 2 && !goja.IsUndefined(call.Argument(2)) {
			options.Depth = limitOption(call.Argument(2))
		}
		return in.vm.ToValue(in.Inspect(call.Argument(0), &options))
	})
	_ = in.inspectFn.Set("custom", in.intrinsics().fetch(hookSymbol).value)
	return in.inspectFn
}

// limitOption reads a number option; null and Infinity are no limit.
func limitOption(v goja.Value) *int {
	n := v.ToFloat()
	switch {
	case goja.IsNull(v) || n >= math.MaxInt32:
		return new(inspect.Infinite)
	case !(n > -1):
		return new(-1)
	}
	return new(int(n))
}

// readOptions adds the own members of a JavaScript options object to options.
func (in *Inspector) readOptions(v goja.Value, options *inspect.Options) {
	o, ok := v.(*goja.Object)
	if !ok {
		return
	}
	for _, name := range o.Keys() {
		v := o.Get(name)
		if v == nil || goja.IsUndefined(v) && name != "customInspect" && name != "depth" {
			continue
		}
		switch name {
		case "depth":
			options.Depth = limitOption(v)
			if goja.IsUndefined(v) {
				options.Depth = new(inspect.Infinite)
			}
		case "showHidden":
			options.ShowHidden = v.ToBoolean()
		case "showProxy":
			options.ShowProxy = v.ToBoolean()
		case "customInspect":
			options.NoCustomInspect = !v.ToBoolean()
		case "maxArrayLength":
			options.MaxArrayLength = limitOption(v)
		case "maxStringLength":
			options.MaxStringLength = limitOption(v)
		case "breakLength":
			options.BreakLength = limitOption(v)
		case "sorted":
			options.Sorted = v.ToBoolean()
		case "numericSeparator":
			options.NumericSeparator = v.ToBoolean()
		case "compact":
			options.Compact = limitOption(v)
			if b, isBool := v.Export().(bool); isBool {
				options.Compact = new(0)
				if b {
					options.Compact = new(inspect.CompactAll)
				}
			}
		case "getters":
			switch v.Export() {
			case true:
				options.Getters = inspect.GettersAll
			case "get":
				options.Getters = inspect.GettersOnly
			case "set":
				options.Getters = inspect.GettersSetters
			}
		}
	}
}

// optionsValue makes the options object that an inspect hook receives.
func (in *Inspector) optionsValue(depth int, options *inspect.Options) goja.Value {
	number := func(p *int, def int) any {
		switch {
		case p == nil:
			return def
		case *p == inspect.Infinite:
			return math.Inf(1)
		}
		return *p
	}
	o := in.vm.NewObject()
	set := func(name string, v any) { _ = o.Set(name, v) }
	set("stylize", in.function("stylizeNoColor", func(call goja.FunctionCall) goja.Value { return call.Argument(0) }))
	set("showHidden", options.ShowHidden)
	set("depth", number(options.Depth, 2))
	set("colors", false)
	set("customInspect", !options.NoCustomInspect)
	set("showProxy", options.ShowProxy)
	set("maxArrayLength", number(options.MaxArrayLength, 100))
	set("maxStringLength", number(options.MaxStringLength, 10000))
	set("breakLength", number(options.BreakLength, 80))
	switch {
	case options.Compact != nil && *options.Compact == inspect.CompactAll:
		set("compact", true)
	case options.Compact != nil && *options.Compact == 0:
		set("compact", false)
	default:
		set("compact", number(options.Compact, 3))
	}
	set("sorted", options.Sorted)
	set("getters", options.Getters != inspect.GettersNone)
	set("numericSeparator", options.NumericSeparator)
	return o
}
