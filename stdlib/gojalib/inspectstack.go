package gojalib

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"
)

// gojaFrame matches a line of goja's stacks: "\tat f (rule.js:3:4(17))", with
// the program counter at the end.
var gojaFrame = regexp.MustCompile(`^\tat (?:(.*) \()?(native|.*:\d+:\d+)(?:\(\d+\))?\)?$`)

// nodeStack writes an error's stack as V8 would. goja makes the text when it is
// first asked for, V8 when the error is made: the head therefore takes the name
// from the prototype, as it was before a constructor set this.name. Texts that
// goja did not make stay as they are.
func (in *Inspector) nodeStack(o *goja.Object, stack string) string {
	head, frames, found := strings.Cut(stack, "\n\tat ")
	if !found {
		if !strings.HasSuffix(stack, "\n") {
			return stack
		}
		head = strings.TrimSuffix(stack, "\n")
	}
	var b strings.Builder
	b.WriteString(in.stackHead(o, head))
	if !found {
		return b.String()
	}
	for i, line := range strings.Split(strings.TrimSuffix("\tat "+frames, "\n"), "\n") {
		b.WriteByte('\n')
		m := gojaFrame.FindStringSubmatch(line)
		if m == nil {
			b.WriteString(strings.Replace(line, "\t", "    ", 1))
			continue
		}
		name, place := m[1], m[2]
		if place == "native" {
			place = "<anonymous>"
		}
		if i == 0 && name == "" {
			name = in.makingClass(o)
		}
		if name == "" {
			b.WriteString("    at " + place)
		} else {
			b.WriteString("    at " + name + " (" + place + ")")
		}
	}
	return b.String()
}

func (in *Inspector) stackHead(o *goja.Object, head string) string {
	own := in.ownText(o, "name")
	if own == "" || head != own && !strings.HasPrefix(head, own+":") {
		return head
	}
	proto := o.Prototype()
	if proto == nil {
		return head
	}
	name := proto.Get("name")
	if _, ok := name.(goja.String); !ok || name.String() == "" {
		return head
	}
	return name.String() + head[len(own):]
}

// ownText is an own string property that is no accessor, or "".
func (in *Inspector) ownText(o *goja.Object, name string) string {
	built := in.intrinsics()
	descriptor, ok := built.call(built.getOwn, o, in.vm.ToValue(name)).(*goja.Object)
	if !ok {
		return ""
	}
	if s, ok := descriptor.Get("value").(goja.String); ok {
		return stringText(s)
	}
	return ""
}

// makingClass names the frame of a class constructor, which goja leaves nameless.
func (in *Inspector) makingClass(o *goja.Object) string {
	built := in.intrinsics()
	class, ok := o.Get("constructor").(*goja.Object)
	if !ok {
		return ""
	}
	if _, callable := goja.AssertFunction(class); !callable {
		return ""
	}
	source := built.call(built.functionText, class).String()
	if !strings.HasPrefix(source, "class") || !strings.Contains(source, "constructor") {
		return ""
	}
	return "new " + in.ownText(class, "name")
}
