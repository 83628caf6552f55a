package jsvm

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// caught sees what a rule catches before the rule does (gojalib.CompileRule): an error that goja made
// gets V8's words. For a handler of a promise it answers a function that sees its argument, and calls it.
func (m *machine) caught(call goja.FunctionCall) goja.Value {
	object, ok := call.Argument(0).(*goja.Object)
	if !ok {
		return call.Argument(0)
	}
	if object.ClassName() == "Error" {
		m.loop.reword(object)
		return object
	}
	handler, ok := goja.AssertFunction(object)
	if !ok {
		return object
	}
	return m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if object, ok := call.Argument(0).(*goja.Object); ok && object.ClassName() == "Error" {
			m.loop.reword(object)
		}
		value, err := handler(call.This, call.Arguments...)
		gojalib.PassOn(err)
		return value
	})
}

// maxGuessed bounds what a run remembers of errors whose words are a guess.
const maxGuessed = 100

// reword gives an error that goja made V8's message, in its stack, too.
func (l *loop) reword(object *goja.Object) {
	name, _ := l.field(object, "name")
	message, _ := l.field(object, "message")
	if text, ok := gojalib.TranslateMessage(name, message); ok && text == message {
		return
	}
	stack, _ := l.field(object, "stack")
	frames := l.readStack(stack)
	if madeByRule(stack, frames) {
		return
	}
	text, sure := translated(name, message, frames)
	if text == message {
		return
	}
	if !sure && len(l.guessed) < maxGuessed {
		if l.guessed == nil {
			l.guessed = map[*goja.Object]bool{}
		}
		l.guessed[object] = true
	}
	if l.vm.Try(func() { gojalib.SetProperty(object, "message", text) }) != nil {
		return
	}
	if rest, ok := strings.CutPrefix(stack, name+": "+message); ok {
		l.vm.Try(func() { gojalib.SetProperty(object, "stack", name+": "+text+rest) })
	}
}
