package jsvm

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// handedOver is the failure that a truthy first argument of the callback means.
//
// Source: contract rows 8 to 12.
func (l *loop) handedOver(r *ruleRun, status goja.Value) *runtime.RuleError {
	return l.fromValue(r, status, runtime.KindRule)
}

// thrown is the failure that an uncaught exception means.
func (l *loop) thrown(r *ruleRun, ex *goja.Exception) *runtime.RuleError {
	failure := l.fromValue(r, ex.Value(), runtime.KindException)
	if !failure.Pos.IsValid() {
		place(failure, l.framesOf(ex.Stack()))
	}
	return failure
}

// fromValue reads the fields of contract 5.3 from what a rule handed over or threw.
// Reading may call getters of the rule: one that throws counts as absent.
func (l *loop) fromValue(r *ruleRun, value goja.Value, kind runtime.Kind) *runtime.RuleError {
	failure := &runtime.RuleError{Kind: kind, Rule: r.rule.Name, File: r.rule.File}
	object, ok := value.(*goja.Object)
	if !ok {
		failure.Message = l.text(value)
		return failure
	}
	failure.Name = "Error"
	if name, ok := l.field(object, "name"); ok && name != "" {
		failure.Name = name
	}
	failure.Message, _ = l.field(object, "message")
	failure.Code, _ = l.field(object, "code")
	failure.Description, _ = l.field(object, "description")
	failure.UserID, _ = l.field(object, "user_id")
	stack, _ := l.field(object, "stack")
	if status := l.get(object, "status_code"); status != nil {
		l.vm.Try(func() { failure.StatusCode = int(status.ToInteger()) })
	}
	if cause, ok := l.get(object, "cause").(*goja.Object); ok && cause.ClassName() == "Error" {
		failure.Cause = l.text(cause)
		if code, ok := l.field(cause, "code"); ok && code != "" {
			failure.Cause += " [" + code + "]"
		}
	}
	frames := l.readStack(stack)
	if object.ClassName() == "Error" && !madeByRule(stack, frames) {
		translate(failure, frames)
		failure.Approximate = failure.Approximate || l.guessed[object]
	}
	place(failure, frames)
	return failure
}

// get reads a property; nil when it is absent, null or its getter throws.
func (l *loop) get(object *goja.Object, name string) goja.Value {
	var value goja.Value
	if ex := l.vm.Try(func() { value = object.Get(name) }); ex != nil || value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	return value
}

func (l *loop) field(object *goja.Object, name string) (string, bool) {
	value := l.get(object, name)
	if value == nil {
		return "", false
	}
	return l.text(value), true
}

// text is JavaScript's String(value); a value that cannot be one is described.
func (l *loop) text(value goja.Value) (text string) {
	if symbol, ok := value.(*goja.Symbol); ok {
		return "Symbol(" + symbol.String() + ")"
	}
	if ex := l.vm.Try(func() { text = stringOf(value.ToString()) }); ex != nil {
		return received(value)
	}
	return text
}

// received describes a value in messages, shortly: undefined, a string, a function, …
func received(value goja.Value) string {
	switch v := value.(type) {
	case nil:
		return "undefined"
	case *goja.Symbol:
		return "a symbol"
	case *goja.Object:
		if _, callable := goja.AssertFunction(v); callable {
			return "a function"
		}
		switch class := v.ClassName(); class {
		case "Object":
			return "an object"
		case "Array", "Error":
			return "an " + strings.ToLower(class)
		default:
			return "a " + class
		}
	}
	switch {
	case goja.IsUndefined(value):
		return "undefined"
	case goja.IsNull(value):
		return "null"
	}
	switch value.Export().(type) {
	case string:
		return "the text " + string(jsondoc.AppendString(nil, value.String()))
	case bool:
		return value.String()
	}
	return "the number " + value.String()
}

// typeError makes Node's TypeError with a code.
func (l *loop) typeError(code, message string) *goja.Object {
	fail, _ := goja.AssertFunction(gojalib.NodeError(l.vm))
	object, err := fail(goja.Undefined(), l.vm.Get("TypeError"), l.vm.ToValue(code), l.vm.ToValue(message))
	gojalib.PassOn(err)
	return object.ToObject(l.vm)
}

// must stops at an error that the VM cannot give: defining a property on an
// object that was made here.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
}
