package jsvm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// frame is one call of a rule's or a package's code on a stack: the function's name and its
// place in the text that goja compiled (both 1-based, bytes).
type frame struct {
	name         string
	rule         *compiled // nil: the code is a package's
	packages     *packages
	line, column int
}

// readStack finds the frames of rules and packages in an error's stack text.
func (l *loop) readStack(stack string) []frame {
	if !strings.Contains(stack, programPrefix) && !strings.Contains(stack, modulesName) {
		return nil
	}
	var frames []frame
	for line := range strings.SplitSeq(stack, "\n") {
		f, index, ok := readFrame(strings.TrimLeft(line, " \t\f\r"))
		switch {
		case !ok || index >= len(l.bundle.rules):
			continue // Node's, or a rule wrote this stack itself
		case index < 0:
			f.packages = &l.bundle.packages
		default:
			f.rule = &l.bundle.rules[index]
		}
		frames = append(frames, f)
	}
	return frames
}

// readFrame reads a line of goja's stack texts, or of V8's form of them. The rule of a package's
// frame is -1.
//
//	at f (rule#0:3:12(4))   at rule#0:3:12   at f (modules#:3:12(4))
func readFrame(line string) (f frame, rule int, ok bool) {
	text, isCall := strings.CutPrefix(line, "at ")
	prefix := programPrefix
	begin := strings.LastIndex(text, prefix)
	if begin < 0 {
		prefix = modulesName
		begin = strings.LastIndex(text, prefix)
	}
	if !isCall || begin < 0 {
		return frame{}, 0, false
	}
	if begin > 0 {
		if f.name, ok = strings.CutSuffix(text[:begin], " ("); !ok {
			return frame{}, 0, false
		}
	}
	text = text[begin+len(prefix):]
	if prefix == modulesName {
		if !strings.HasPrefix(text, ":") {
			return frame{}, 0, false
		}
		text = "0" + text
	}
	for _, part := range []struct {
		into *int
		end  string
	}{{&rule, ":"}, {&f.line, ":"}, {&f.column, ""}} {
		n := 0
		for n < len(text) && '0' <= text[n] && text[n] <= '9' {
			n++
		}
		var err error
		if *part.into, err = strconv.Atoi(text[:n]); err != nil || !strings.HasPrefix(text[n:], part.end) {
			return frame{}, 0, false
		}
		text = text[n+len(part.end):]
	}
	if counter, found := strings.CutPrefix(text, "("); found {
		text = strings.TrimLeft(counter, "0123456789")
		if len(text) == len(counter) || text == "" || text[0] != ')' {
			return frame{}, 0, false
		}
		text = text[1:]
	}
	if prefix == modulesName {
		rule = -1
	}
	return f, rule, text == "" || text == ")"
}

// framesOf are the frames of rules and packages of an exception's own stack.
func (l *loop) framesOf(stack []goja.StackFrame) []frame {
	var frames []frame
	for _, f := range stack {
		at := f.Position()
		if rule := l.bundle.rule(f.SrcName()); rule != nil {
			frames = append(frames, frame{name: f.FuncName(), rule: rule, line: at.Line, column: at.Column})
		} else if f.SrcName() == modulesName {
			frames = append(frames, frame{name: f.FuncName(), packages: &l.bundle.packages, line: at.Line, column: at.Column})
		}
	}
	return frames
}

// code is the text of the frame's code, and head what stood before it when it was compiled.
func (f frame) code() (text, head string) {
	if f.rule == nil {
		return f.packages.Code, modulesHead
	}
	return f.rule.Code, "("
}

// offset is the frame's place in its code; -1 outside.
func (f frame) offset() int {
	text, head := f.code()
	start := 0
	for range f.line - 1 {
		next := strings.IndexByte(text[start:], '\n')
		if next < 0 {
			return -1
		}
		start += next + 1
	}
	offset := start + f.column - 1
	if f.line == 1 {
		offset -= len(head)
	}
	if offset < 0 || offset >= len(text) {
		return -1
	}
	return offset
}

// madeByRule reports whether code of a rule or a package made an error itself: the place where it was
// made is a new, or a call of the error's class.
func madeByRule(stack string, frames []frame) bool {
	_, lines, _ := strings.Cut(stack, "\n")
	first, _, _ := strings.Cut(strings.TrimSpace(lines), "\n")
	if strings.Contains(stack, "Could not convert &{") {
		return false // new Error of a value that has no text: goja shows its own pointers
	}
	if strings.HasSuffix(first, "Error (native)") {
		return true
	}
	if len(frames) == 0 {
		return stack != "" // no place, or a stack that the rule wrote
	}
	if !strings.Contains(first, programPrefix) && !strings.Contains(first, modulesName) {
		return false // a built-in made it
	}
	at := frames[0].offset()
	code, _ := frames[0].code()
	return at >= 0 && strings.HasPrefix(code[at:], "new") && !newBuiltin.MatchString(code[at:]) && !refusedNew.MatchString(stack)
}

// refusedNew is the head of goja's stack for a new of what is no class.
var refusedNew = regexp.MustCompile(`^TypeError: Value is not (?:an object: |a constructor)`)

// newBuiltin makes a built-in object that is no error: what it throws is the engine's.
var newBuiltin = regexp.MustCompile(`^new\s+(?:(?:Weak)?(?:Set|Map)|Date|Promise|RegExp|URL|URLSearchParams|Array|String|Number|Boolean|Object|Proxy|\w+Array|ArrayBuffer|DataView|Function)\b`)

// dynamicSet is goja's text for a write that an object of the engine refuses.
const dynamicSet = "'Set' on a dynamic object returned false"

// translate puts V8's words for goja's.
func translate(failure *runtime.RuleError, frames []frame) {
	text, ok := translated(failure.Name, failure.Message, frames)
	failure.Message, failure.Approximate = text, !ok
}

// translated is V8's text for one of goja's; ok says that it is just that.
func translated(name, message string, frames []frame) (text string, ok bool) {
	if message == dynamicSet {
		// Only configuration refuses a write, and only strict code hears of it.
		return "Cannot assign to read only property of object '#<Object>'", false
	}
	if len(frames) > 0 && frames[0].offset() >= 0 {
		code, _ := frames[0].code()
		return gojalib.TranslateAt(name, message, code, frames[0].offset())
	}
	return gojalib.TranslateMessage(name, message)
}

// at says in the user's terms where the frame is: in the rule's file, or in one of a package.
func (f frame) at() string {
	if f.rule == nil {
		return f.packages.place(f.line, f.column)
	}
	return fmt.Sprintf("%s:%s", f.rule.File, f.rule.Pos(f.line, f.column))
}

// place notes where in the user's file an error was made, or what was called there that made
// it, and writes its stack with positions of the user's files and those of packages.
func place(failure *runtime.RuleError, frames []frame) {
	if len(frames) == 0 {
		return
	}
	var stack strings.Builder
	stack.WriteString(strings.TrimPrefix(failure.Name+": "+failure.Message, ": "))
	for _, f := range frames {
		if f.rule != nil && !failure.Pos.IsValid() {
			failure.File, failure.Pos = f.rule.File, f.rule.Pos(f.line, f.column)
		}
		name := f.name
		if name == "" {
			name = "<anonymous>"
		}
		fmt.Fprintf(&stack, "\n    at %s (%s)", name, f.at())
	}
	failure.Stack = stack.String()
}
