package host

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// Describe says what a wrong argument is, as Node's errors do.
func Describe(vm *goja.Runtime, v goja.Value) string {
	if v == nil {
		return "undefined"
	}
	if goja.IsUndefined(v) || goja.IsNull(v) {
		return v.String()
	}
	in := gojalib.NewInspector(vm)
	if o, ok := v.(*goja.Object); ok {
		if _, ok := goja.AssertFunction(o); ok {
			return strings.TrimSuffix("function "+o.Get("name").String(), " ")
		}
		if c, ok := o.Get("constructor").(*goja.Object); ok && c.Get("name") != nil && c.Get("name").String() != "" {
			return "an instance of " + c.Get("name").String()
		}
		return in.Inspect(v, nil)
	}
	shown := in.Inspect(v, nil)
	kind := "number"
	switch v := v.(type) {
	case *goja.Symbol:
		kind = "symbol"
	case goja.String:
		kind = "string"
		if v.Length() > 28 {
			shown = in.Inspect(v.Substring(0, 25), nil)
			shown = shown[:len(shown)-1] + "..." + shown[len(shown)-1:]
		}
	default:
		switch v.ExportType().Kind().String() {
		case "bool":
			kind = "boolean"
		case "ptr":
			kind = "bigint"
		}
	}
	return "type " + kind + " (" + shown + ")"
}
