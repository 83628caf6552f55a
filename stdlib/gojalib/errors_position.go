package gojalib

import (
	"regexp"
	"slices"
	"strings"
)

var (
	calleePattern = regexp.MustCompile(`(?:^|[^\w$.#)\]}?'"` + "`" + `\\])((?:[A-Za-z_$][\w$]*)(?:\.[A-Za-z_$][\w$]*|\[(?:\d{1,9}|[A-Za-z_$][\w$]*|'[\w -]*'|"[\w -]*")\])*)[ \t]*$`)
	newPattern    = regexp.MustCompile(`^new[ \t]+((?:[A-Za-z_$][\w$]*)(?:\.[A-Za-z_$][\w$]*)*)[ \t]*[(;\n)]`)
	namePattern   = regexp.MustCompile(`^[A-Za-z_$][\w$]*`)
	keyPattern    = regexp.MustCompile(`\[(?:'([\w -]*)'|"([\w -]*)")\]`)
)

// notCallees are words that stand before a parenthesis and are no callee, or one
// that V8 does not quote.
var notCallees = []string{"super", "return", "typeof", "await", "yield", "new", "delete", "void", "in", "of", "case", "throw", "else", "do", "import"}

// TranslateAt is [TranslateMessage] with the place of the error: src is the text
// that goja compiled, offset the byte in it (0-based) where the topmost frame of
// the exception stands, which must be a frame of that text, not of a built-in.
// It finds the callee of a call or a new, a variable read before its declaration, and
// what is written, iterated or taken apart, when they are written as plain names, members, indexes and calls. ok is
// false otherwise, and for new with a value that is no object: the guess is good
// then, but a constructor that complains of its argument looks alike.
//
//	TranslateAt("TypeError", "Object has no member 'f'", "o.a.f(1)", 5) // "o.a.f is not a function", true
func TranslateAt(name, message, src string, offset int) (text string, ok bool) {
	if text, ok = TranslateMessage(name, message); ok || offset < 0 || offset >= len(src) {
		return text, ok
	}
	if name == "ReferenceError" && message == "Cannot access a variable before initialization" {
		if variable := namePattern.FindString(src[offset:]); variable != "" && !slices.Contains(notCallees, variable) && !isName(src, offset-1) {
			return "Cannot access '" + variable + "' before initialization", true
		}
	}
	if name != "TypeError" {
		return text, false
	}
	if found, sure := fromSource(message, src, offset); found != "" {
		return found, sure
	}
	return calleeOf(text, message, src, offset)
}

// calleeOf is [TranslateAt] for what was called and is no function, or no constructor.
func calleeOf(text, message, src string, offset int) (string, bool) {
	switch {
	case strings.HasPrefix(message, "Value is not an object: ") || message == "Value is not a constructor" || strings.HasPrefix(message, "Object has no member '"), strings.HasPrefix(message, "Not a function: "):
		if found := newPattern.FindStringSubmatch(src[offset:]); found != nil && !strings.HasPrefix(message, "Object has") {
			// A built-in constructor has no frame of its own: new Promise(1) looks alike.
			return found[1] + " is not a constructor", message == "Value is not a constructor"
		}
		if message == "Value is not a constructor" || src[offset] != '(' {
			break
		}
		if callee := calleeBefore(src[:offset]); callee != "" {
			// V8 says more where the call's value is iterated at once.
			return callee + " is not a function", !iterated.MatchString(src[:offset])
		}
		if callee, _ := chainBefore(src[:offset]); callee != "" {
			return callee + " is not a function", false
		}
	}
	return text, false
}

// iterated ends with the callee of a call whose value is taken apart, or with a method
// that is there and refuses its arguments.
var iterated = regexp.MustCompile(`(?:\bof\s+|\.\.\.\s*|\]\s*=\s*)[\w.$\[\]'"]+$|\.apply\s*$`)

// isName reports whether the byte at i belongs to a longer name or member.
func isName(src string, i int) bool {
	return i >= 0 && (src[i] == '.' || src[i] == '$' || src[i] == '_' || src[i] >= '0' && src[i] <= '9' || src[i]|32 >= 'a' && src[i]|32 <= 'z' || src[i] >= 0x80)
}

// calleeBefore is the callee that ends where src ends, as V8 prints it: a key in
// quotes becomes a member. It is "" when the callee is not plain.
func calleeBefore(src string) string {
	line := src[strings.LastIndexByte(src, '\n')+1:]
	if len(line) == 0 || strings.Contains(line, "//") || strings.Contains(line, "*/") {
		return ""
	}
	found := calleePattern.FindStringSubmatchIndex(line)
	if found == nil || found[2] > 0 && line[found[2]-1] >= 0x80 {
		return ""
	}
	callee := line[found[2]:found[3]]
	// A chain may go on from the line above, or hang on a space: "a .b()".
	before := strings.TrimRight(src[:len(src)-len(line)+found[2]], " \t\r\n")
	if strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...") {
		return ""
	}
	first, _, _ := strings.Cut(callee, ".")
	first, _, _ = strings.Cut(first, "[")
	if slices.Contains(notCallees, first) {
		return ""
	}
	return keyPattern.ReplaceAllString(callee, ".$1$2")
}
