package gojalib

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

// gojaFrame matches a line of goja's stacks: "\tat f (rule.js:3:4(17))", with
// the program counter at the end.
var gojaFrame = regexp.MustCompile(`^\tat (?:(.*) \()?(native|.*:\d+:\d+)(?:\(\d+\))?\)?$`)

// nodeStack writes an error's stack as V8 would: other indentation, no program
// counters, and no frames of the constructors that made the error. Both engines
// write the head when the stack is first asked for, so that is goja's. Texts
// that goja did not make stay as they are.
func (in *Inspector) nodeStack(o *goja.Object, stack string) string {
	head, frames, found := strings.Cut(stack, "\n\tat ")
	if !found {
		return strings.TrimSuffix(stack, "\n")
	}
	var b strings.Builder
	b.WriteString(head)
	hidden := in.constructorFrames(o)
	for _, line := range strings.Split(strings.TrimSuffix("\tat "+frames, "\n"), "\n") {
		m := gojaFrame.FindStringSubmatch(line)
		if m == nil {
			b.WriteString("\n" + strings.Replace(line, "\t", "    ", 1))
			continue
		}
		name, place := m[1], m[2]
		if hidden > 0 && name == "" {
			hidden--
			continue
		}
		hidden = 0
		if place == "native" {
			place = "<anonymous>"
		}
		if name != "" {
			place = name + " (" + place + ")"
		}
		b.WriteString("\n    at " + place)
	}
	return b.String()
}

// constructorFrames counts the classes with a constructor of their own that made
// an error: each has left a nameless frame.
func (in *Inspector) constructorFrames(o *goja.Object) int {
	built := in.intrinsics()
	class, _ := in.ownValue(o.Prototype(), "constructor").(*goja.Object)
	for n := 0; ; n++ {
		if class == nil || n > 100 {
			return n
		}
		if _, callable := goja.AssertFunction(class); !callable {
			return n
		}
		source := built.call(sourceText, class).String()
		if !strings.HasPrefix(source, "class") || !strings.Contains(source, "constructor") {
			return n
		}
		class = class.Prototype()
	}
}

// ownValue is the value of an own property that is no accessor, or nil.
func (in *Inspector) ownValue(o *goja.Object, name string) goja.Value {
	if o == nil {
		return nil
	}
	built := in.intrinsics()
	descriptor, ok := built.call(getOwn, nil, o, in.vm.ToValue(name)).(*goja.Object)
	if !ok {
		return nil
	}
	return descriptor.Get("value")
}
