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

// frame is one call of a rule's code on a stack: the function's name and its place
// in the text that goja compiled (both 1-based, bytes).
type frame struct {
	name         string
	rule         *compiled
	line, column int
}

// readStack finds the rules' frames in an error's stack text.
func (l *loop) readStack(stack string) []frame {
	if !strings.Contains(stack, "rule#") {
		return nil
	}
	var frames []frame
	for line := range strings.SplitSeq(stack, "\n") {
		f, index, ok := readFrame(strings.TrimLeft(line, " \t\f\r"))
		if !ok || index >= len(l.bundle.rules) {
			continue // no rule's, or a rule wrote this stack itself
		}
		f.rule = &l.bundle.rules[index]
		frames = append(frames, f)
	}
	return frames
}

// readFrame reads a line of goja's stack texts, or of V8's form of them.
//
//	at f (rule#0:3:12(4))   at rule#0:3:12
func readFrame(line string) (f frame, rule int, ok bool) {
	text, isCall := strings.CutPrefix(line, "at ")
	begin := strings.LastIndex(text, "rule#")
	if !isCall || begin < 0 {
		return frame{}, 0, false
	}
	if begin > 0 {
		if f.name, ok = strings.CutSuffix(text[:begin], " ("); !ok {
			return frame{}, 0, false
		}
	}
	text = text[begin+len("rule#"):]
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
	return f, rule, text == "" || text == ")"
}

// framesOf are the rules' frames of an exception's own stack.
func (l *loop) framesOf(stack []goja.StackFrame) []frame {
	var frames []frame
	for _, f := range stack {
		if rule := l.bundle.rule(f.SrcName()); rule != nil {
			at := f.Position()
			frames = append(frames, frame{f.FuncName(), rule, at.Line, at.Column})
		}
	}
	return frames
}

// offset is the frame's place in the compiled text, the rule's code in parentheses;
// -1 outside.
func (f frame) offset() int {
	text := f.rule.Code
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
		offset-- // the parenthesis before the code
	}
	if offset < 0 || offset >= len(text) {
		return -1
	}
	return offset
}

// madeByRule reports whether the rule itself made an error: the place where it was
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
	if !strings.Contains(first, "rule#") {
		return false // a built-in made it
	}
	at := frames[0].offset()
	return at >= 0 && strings.HasPrefix(frames[0].rule.Code[at:], "new") && !newBuiltin.MatchString(frames[0].rule.Code[at:])
}

// newBuiltin makes a built-in object that is no error: what it throws is the engine's.
var newBuiltin = regexp.MustCompile(`^new\s+(?:(?:Weak)?(?:Set|Map)|Date|Promise|RegExp|URL|URLSearchParams|Array|String|Number|Boolean|Object|Proxy|\w+Array|ArrayBuffer|DataView|Function)\b`)

// dynamicSet is goja's text for a write that an object of the engine refuses.
const dynamicSet = "'Set' on a dynamic object returned false"

// translate puts V8's words for goja's.
func translate(failure *runtime.RuleError, frames []frame) {
	ok := false
	if failure.Message == dynamicSet {
		// Only configuration refuses a write, and only strict code hears of it.
		failure.Message, failure.Approximate = "Cannot assign to read only property of object '#<Object>'", true
		return
	}
	if len(frames) > 0 && frames[0].offset() >= 0 {
		failure.Message, ok = gojalib.TranslateAt(failure.Name, failure.Message, frames[0].rule.Code, frames[0].offset())
	} else {
		failure.Message, ok = gojalib.TranslateMessage(failure.Name, failure.Message)
	}
	failure.Approximate = !ok
}

// place notes where in the user's file an error was made, and writes its stack with
// positions of the user's files.
func place(failure *runtime.RuleError, frames []frame) {
	if len(frames) == 0 {
		return
	}
	var stack strings.Builder
	stack.WriteString(strings.TrimPrefix(failure.Name+": "+failure.Message, ": "))
	for i, f := range frames {
		pos := f.rule.Pos(f.line, f.column)
		if i == 0 {
			failure.File, failure.Pos = f.rule.File, pos
		}
		name := f.name
		if name == "" {
			name = "<anonymous>"
		}
		fmt.Fprintf(&stack, "\n    at %s (%s:%s)", name, f.rule.File, pos)
	}
	failure.Stack = stack.String()
}
