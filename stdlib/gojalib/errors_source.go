package gojalib

import (
	"regexp"
	"slices"
	"strings"
)

var (
	setPattern        = regexp.MustCompile(`^(?:([A-Za-z_$][\w$]*)|\[(?:(\d{1,9})|'([^'\\]*)'|"([^"\\]*)")\])\s*=(?:[^=>]|$)`)
	operandPattern    = regexp.MustCompile(`^(?:[A-Za-z_$][\w$]*|\[[\w$]*\]|\([\w$., ]*\))`)
	inPattern         = regexp.MustCompile(`^(?:'([^'\\]*)'|"([^"\\]*)"|(\d{1,9}))\s+in\s`)
	instanceOfPattern = regexp.MustCompile(`^[\w$.]+\s+instanceof\s`)
	parameterPattern  = regexp.MustCompile(`^(?:(?:async\s+)?function\b[^(]*|async\s*)?\(\s*\{\s*([A-Za-z_$][\w$]*)[^{}=]*\}\s*[,)]`)
	firstPattern      = regexp.MustCompile(`^\s*(?:([A-Za-z_$][\w$]*)|'([^'\\]*)'|"([^"\\]*)")\s*(?:[,:=]|$)`)
	wrappedPattern    = regexp.MustCompile(`^([\w$.?]+)\s*(\|\||&&|\?\?)\s*(?:([\w$.?]+|\[\]|\{\})|'([^'\\]*)'|("[^"\\]*"))$`)
)

// takesFunction are the methods of arrays that refuse what is no function with its text.
var takesFunction = []string{"map", "forEach", "filter", "some", "every", "find", "findIndex", "findLast", "flatMap", "reduce", "reduceRight"}

// fromSource is what V8 says where goja's text lacks what stands in the source: "" when that is not
// plain. sure is false where null and undefined look alike.
func fromSource(message, src string, offset int) (text string, sure bool) {
	rest := src[offset:]
	value, isValue := strings.CutPrefix(message, "Value is not an object: ")
	switch {
	case message == "Cannot convert undefined or null to object":
		if m := setPattern.FindStringSubmatch(rest); m != nil && (m[1] == "" || offset > 0 && src[offset-1] == '.') {
			return "Cannot set properties of undefined (setting '" + firstOf(m[1:]) + "')", false
		}
		if ofFunctions(src[:offset]) && strings.HasPrefix(rest, "(null)") {
			return "null is not a function", false
		}
		return iteration(src, offset, true)
	case message == "object is not iterable":
		return iteration(src, offset, false)
	case message == "Value is not object coercible":
		return destructured(src, offset)
	case isValue && rest[0] == '(':
		if ofFunctions(src[:offset]) {
			return value + " is not a function", value == "undefined" || value == "null"
		}
	case isValue:
		if m := inPattern.FindStringSubmatch(rest); m != nil {
			return "Cannot use 'in' operator to search for '" + firstOf(m[1:]) + "' in " + value, true
		}
		if instanceOfPattern.MatchString(rest) {
			return "Right-hand side of 'instanceof' is not an object", true
		}
	case strings.HasPrefix(message, "Expecting a function in instanceof check"):
		return "Right-hand side of 'instanceof' is not callable", true
	}
	return "", false
}

// ofFunctions reports whether a call's callee, which ends where src ends, wants a function.
func ofFunctions(src string) bool {
	callee, _ := chainBefore(src)
	dot := strings.LastIndexByte(callee, '.')
	return dot >= 0 && slices.Contains(takesFunction, callee[dot+1:])
}

func firstOf(texts []string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// iteration is what V8 says of the value that ends at offset and cannot be iterated.
func iteration(src string, offset int, nullish bool) (text string, sure bool) {
	length := len(operandPattern.FindString(src[offset:]))
	operand, start := chainBefore(src[:offset+length])
	if length == 0 || operand == "" {
		return "", false
	}
	before, after := strings.TrimRight(src[:start], " \t\r\n"), strings.TrimLeft(src[offset+length:], " \t\r\n")
	spread := strings.HasSuffix(before, "(...")
	array := strings.HasSuffix(before, "=") && strings.HasSuffix(strings.TrimRight(before[:len(before)-1], " \t"), "]")
	listed := strings.HasSuffix(before, " of") && strings.HasPrefix(after, ")") || strings.HasSuffix(before, "[...")
	callee, isCall := strings.CutSuffix(operand, "(...)")
	switch {
	case isCall && (array || listed):
		return callee + " is not a function or its return value is not iterable", false
	case isCall:
	case listed:
		return operand + " is not iterable", true
	case spread && strings.HasPrefix(after, ")") && nullish:
		return operand + " is not iterable (cannot read property undefined)", false
	case spread && strings.HasPrefix(after, ")"):
		return "Spread syntax requires ...iterable[Symbol.iterator] to be a function", true
	case array && nullish:
		return "undefined is not iterable (cannot read property Symbol(Symbol.iterator))", false
	case array:
		return "object is not iterable (cannot read property Symbol(Symbol.iterator))", false
	}
	return "", false
}

// destructured is what V8 says of undefined that is taken apart: what ends at offset, or the first
// argument of the function that begins there.
func destructured(src string, offset int) (text string, sure bool) {
	if m := parameterPattern.FindStringSubmatch(src[offset:]); m != nil {
		return "Cannot destructure property '" + m[1] + "' of 'undefined' as it is undefined.", false
	}
	length := len(operandPattern.FindString(src[offset:]))
	operand, start := chainBefore(src[:offset+length])
	before, isAssigned := strings.CutSuffix(strings.TrimRight(src[:start], " \t\r\n"), "=")
	before, isPattern := strings.CutSuffix(strings.TrimRight(before, " \t\r\n"), "}")
	begin := strings.LastIndexByte(before, '{')
	if length == 0 || operand == "" || !isAssigned || !isPattern || begin < 0 || strings.ContainsAny(before[begin:], "}()") {
		return "", false
	}
	if m := firstPattern.FindStringSubmatch(before[begin+1:]); m != nil {
		return "Cannot destructure property '" + firstOf(m[1:]) + "' of '" + operand + "' as it is undefined.", false
	}
	return "Cannot destructure '" + operand + "' as it is undefined.", false
}

// chainBefore is the chain of names, members and calls that ends where src ends, as V8 prints it:
//
//	_.chain(list).map  →  _.chain(...).map
//
// It is "" where the chain has other parts, or a comment in it.
func chainBefore(src string) (text string, start int) {
	end := len(src)
	for {
		end = spacesBefore(src, end)
		if end <= 0 {
			return "", 0
		}
		switch c := src[end-1]; {
		case c == ')':
			begin := opening(src, end)
			if begin < 0 {
				return "", 0
			}
			if before := spacesBefore(src, begin); before > 0 && operandEnd(src, before) {
				text, end = "(...)"+text, begin
				continue
			}
			if inner := wrapped(strings.TrimSpace(src[begin+1 : end-1])); inner != "" {
				return inner + text, begin
			}
			return "", 0
		case c == ']':
			begin := opening(src, end)
			if begin < 0 || !operandEnd(src, spacesBefore(src, begin)) {
				return "", 0
			}
			key := src[begin:end]
			if m := keyPattern.FindStringSubmatch(key); m != nil {
				key = "." + m[1] + m[2]
			} else if !indexPattern.MatchString(key) {
				return "", 0
			}
			text, end = key+text, begin
		case isWord(c):
			begin := end
			for begin > 0 && isWord(src[begin-1]) {
				begin--
			}
			word := src[begin:end]
			dot := spacesBefore(src, begin)
			switch {
			case dot > 1 && src[dot-1] == '.' && src[dot-2] == '?':
				text, end = "?."+word+text, dot-2
			case dot > 0 && src[dot-1] == '.' && !strings.HasSuffix(src[:dot], "..."):
				text, end = "."+word+text, dot-1
			case slices.Contains(notCallees, word) || '0' <= word[0] && word[0] <= '9' || begin > 0 && (src[begin-1] == '#' || src[begin-1] >= 0x80 || src[begin-1] == '\\') || newBefore.MatchString(src[:begin]):
				return "", 0
			default:
				return word + text, begin
			}
		default:
			return "", 0
		}
	}
}

var (
	indexPattern = regexp.MustCompile(`^\[[\w$]+\]$`)
	newBefore    = regexp.MustCompile(`\bnew\s+$`)
)

func isWord(c byte) bool {
	return c == '$' || c == '_' || '0' <= c && c <= '9' || 'a' <= c|32 && c|32 <= 'z'
}

// operandEnd reports whether a value ends at end that may be called: no keyword, no operator.
func operandEnd(src string, end int) bool {
	if end <= 0 {
		return false
	}
	if c := src[end-1]; c == ')' || c == ']' {
		return true
	}
	begin := end
	for begin > 0 && isWord(src[begin-1]) {
		begin--
	}
	word := src[begin:end]
	return word != "" && !slices.Contains(notCallees, word) && !slices.Contains([]string{"if", "for", "while", "switch", "catch", "function"}, word)
}

// spacesBefore is the place before white space; -1 where a comment may end there.
func spacesBefore(src string, end int) int {
	for end > 0 && strings.IndexByte(" \t\r\n", src[end-1]) >= 0 {
		end--
		if src[end] == '\n' && strings.Contains(src[strings.LastIndexByte(src[:end], '\n')+1:end], "//") {
			return -1
		}
	}
	return end
}

// opening is the bracket that the one before end closes; -1 where a comment or a regular expression
// may stand between.
func opening(src string, end int) int {
	depth := 0
	for i := end - 1; i >= 0; i-- {
		switch c := src[i]; c {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			if depth--; depth == 0 {
				return i
			}
		case '/':
			return -1
		case '\'', '"', '`':
			begin := strings.LastIndexByte(src[:i], c)
			if begin < 0 || begin > 0 && src[begin-1] == '\\' || strings.IndexByte(src[begin:i], '\n') >= 0 {
				return -1
			}
			i = begin
		}
	}
	return -1
}

// wrapped is what V8 prints for a value in parentheses; "" when that is not plain.
func wrapped(inner string) string {
	if strings.HasPrefix(inner, "await ") {
		return "(intermediate value)"
	}
	if m := wrappedPattern.FindStringSubmatch(inner); m != nil {
		for i, operand := range m {
			if strings.Contains(operand, "?.") {
				m[i] = "(intermediate value)"
			}
		}
		if m[3]+m[5] == "" {
			m[3] = `"` + m[4] + `"`
		}
		return "(" + m[1] + " " + m[2] + " " + m[3] + m[5] + ")"
	}
	if text, start := chainBefore(inner); start == 0 {
		return text
	}
	return ""
}
