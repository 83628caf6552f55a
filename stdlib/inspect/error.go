package inspect

import (
	"regexp"
	"strconv"
	"strings"
)

// An error without prototype is named by what its stack starts with.
var (
	stackName     = regexp.MustCompile(`^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)`)
	stackOnlyName = regexp.MustCompile(`^([a-z_A-Z0-9-]*Error)$`)
)

const frameStart = "\n    at"

// errorText prints an error by its stack, in brackets when it has none, and
// takes those keys off f.keys that the stack shows already.
func (p *printer) errorText(f *form) string {
	o := f.object
	name := "Error"
	if v := o.Get(NameKey("name")); v.Kind != KindUndefined && v.Kind != KindNull {
		name = plainText(v)
	}
	stack := stackText(o)
	p.dropShownKeys(f, stack)
	if o.Has(NameKey("cause")) {
		f.addKey("cause")
	}
	if v := o.Get(NameKey("errors")); v.Kind == KindObject && v.Object.Class() == ClassArray {
		f.addKey("errors")
	}
	stack = improveStack(stack, f.maker, name, f.tag)

	from := 0
	if v := o.Get(NameKey("message")); v.Kind == KindString && v.Text != "" {
		if at := strings.Index(stack, v.Text); at > 0 {
			from = at + len(v.Text)
		}
	}
	if at := strings.Index(stack[from:], frameStart); at < 0 {
		stack = "[" + stack + "]"
	} else {
		at += from
		frames := shortenFrames(o, strings.Split(stack[at+1:], "\n"))
		stack = stack[:at] + "\n" + strings.Join(frames, "\n")
	}
	if p.indent != 0 {
		stack = strings.ReplaceAll(stack, "\n", "\n"+p.spaces(0))
	}
	return p.leaf(stack)
}

func (f *form) addKey(name string) {
	for _, k := range f.keys {
		if k.Symbol == nil && k.Name == name {
			return
		}
	}
	f.keys = append(f.keys, NameKey(name))
}

// dropShownKeys hides name, message and stack where the stack contains them.
func (p *printer) dropShownKeys(f *form, stack string) {
	if p.showHidden {
		return
	}
	kept := f.keys[:0:0]
	for _, k := range f.keys {
		if k.Symbol == nil && (k.Name == "name" || k.Name == "message" || k.Name == "stack") &&
			strings.Contains(stack, plainText(f.object.Get(k))) {
			continue
		}
		kept = append(kept, k)
	}
	f.keys = kept
}

// stackText is the error's stack, or `name: message` when it has none.
func stackText(o Object) string {
	if v := o.Get(NameKey("stack")); truthy(v) {
		return plainText(v)
	}
	name, message := "Error", ""
	if v := o.Get(NameKey("name")); v.Kind != KindUndefined {
		name = plainText(v)
	}
	if v := o.Get(NameKey("message")); v.Kind != KindUndefined {
		message = plainText(v)
	}
	switch {
	case name == "":
		return message
	case message == "":
		return name
	}
	return name + ": " + message
}

// improveStack makes the head of a usual stack name the error's class.
func improveStack(stack string, m maker, name, tag string) string {
	size := len(name)
	usual := strings.HasSuffix(name, "Error") && strings.HasPrefix(stack, name) &&
		(len(stack) == size || stack[size] == ':' || stack[size] == '\n')
	if !m.null && !usual {
		return stack
	}
	fallback := "Error"
	if m.null {
		found := stackName.FindStringSubmatch(stack)
		if found == nil {
			found = stackOnlyName.FindStringSubmatch(stack)
		}
		size = 0
		if found != nil && found[1] != "" {
			fallback, size = found[1], len(found[1])
		}
	}
	head := strings.TrimSuffix(namePrefix(m, tag, fallback, ""), " ")
	switch {
	case name == head:
		return stack
	case !strings.Contains(head, name):
		return head + " [" + name + "]" + stack[size:]
	case size == 0:
		return head + ": " + stack
	}
	return head + stack[size:]
}

// shortenFrames replaces the frames that the error's cause has, too, by a count.
func shortenFrames(o Object, frames []string) []string {
	cause := o.Get(NameKey("cause"))
	if cause.Kind != KindObject || cause.Object.Class() != ClassError {
		return frames
	}
	causeStack := stackText(cause.Object)
	at := strings.Index(causeStack, frameStart)
	if at < 0 {
		return frames
	}
	offset, n := sharedFrames(frames, strings.Split(causeStack[at+1:], "\n"))
	if n == 0 {
		return frames
	}
	skipped := n - 2
	short := append([]string(nil), frames[:offset+1]...)
	short = append(short, "    ... "+strconv.Itoa(skipped)+" lines matching cause stack trace ...")
	return append(short, frames[offset+1+skipped:]...)
}

// sharedFrames finds the first run of more than three frames that a and b share.
func sharedFrames(a, b []string) (offset, n int) {
	for i := 0; i < len(a)-3; i++ {
		for at, frame := range b {
			if frame != a[i] {
				continue
			}
			if rest := len(b) - at; rest > 3 {
				n := 1
				for n < min(len(a)-i, rest) && a[i+n] == b[at+n] {
					n++
				}
				if n > 3 {
					return i, n
				}
			}
			break
		}
	}
	return 0, 0
}
