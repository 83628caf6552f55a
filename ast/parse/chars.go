package parse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func (s *scanner) fail(code diag.Code, start, end int, format string, args ...any) {
	s.problem = &problem{code: code, start: start, end: end, message: fmt.Sprintf(format, args...)}
}

// position is "line:column" of an offset in the text as the user counts it.
func position(text string, offset int) string {
	return source.NewFile("", text).Pos(offset).String()
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLineBreak(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\v' || r == '\f' || r == 0xA0 || r == 0xFEFF || r > 0x7F && unicode.Is(unicode.Zs, r)
}

// lineEnd is the offset of the first line break, or the text's length.
func lineEnd(text string) int {
	for i, r := range text {
		if isLineBreak(r) {
			return i
		}
	}
	return len(text)
}

func isWordStart(r rune) bool {
	return r == '$' || r == '_' || r == '\\' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' ||
		r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r))
}

func isWordPart(r rune) bool {
	return isWordStart(r) || '0' <= r && r <= '9' || r == 0x200C || r == 0x200D ||
		r >= utf8.RuneSelf && (unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue))
}

// wordLen is the length of the identifier-like word that text begins with,
// unicode escapes included; 0 when it begins with none.
func wordLen(text string) int {
	i := 0
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if i == 0 && !isWordStart(r) || !isWordPart(r) {
			break
		}
		if r == '\\' {
			n = escapeLen(text[i:])
			if n == 0 {
				break
			}
		}
		i += n
	}
	return i
}

// escapeLen is the length of \uXXXX or \u{X…}; 0 for anything else.
func escapeLen(text string) int {
	if !strings.HasPrefix(text, `\u`) {
		return 0
	}
	if strings.HasPrefix(text, `\u{`) {
		if end := strings.IndexByte(text, '}'); end > 3 && isHex(text[3:end]) {
			return end + 1
		}
		return 0
	}
	if len(text) >= 6 && isHex(text[2:6]) {
		return 6
	}
	return 0
}

func isHex(text string) bool {
	for i := range len(text) {
		if c := text[i] | 0x20; !isDigit(text[i]) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// numberLen is the length of the numeric literal that text begins with, with
// whatever letters stick to it.
func numberLen(text string) int {
	i := 0
	digits := func() {
		for i < len(text) && (isDigit(text[i]) || text[i] == '_') {
			i++
		}
	}
	if len(text) < 2 || text[0] != '0' || !strings.ContainsRune("xXoObB", rune(text[1])) {
		digits()
		if i < len(text) && text[i] == '.' {
			i++
			digits()
		}
		if i < len(text) && text[i]|0x20 == 'e' {
			i++
			if i < len(text) && (text[i] == '+' || text[i] == '-') {
				i++
			}
			digits()
		}
	}
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\\' || !isWordPart(r) {
			break
		}
		i += n
	}
	return i
}

// regexpLen is the length of the regular expression literal that text begins
// with, flags included; 0 when its line ends first.
func regexpLen(text string) int {
	class := false
	for i := 1; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case isLineBreak(r):
			return 0
		case r == '\\':
			if i+1 >= len(text) {
				return 0
			}
			next, m := utf8.DecodeRuneInString(text[i+1:])
			if isLineBreak(next) {
				return 0
			}
			n += m
		case r == '[':
			class = true
		case r == ']':
			class = false
		case r == '/' && !class:
			for i++; i < len(text) && (isDigit(text[i]) || isWordStart(rune(text[i])) && text[i] != '\\' && text[i] < utf8.RuneSelf); {
				i++
			}
			return i
		}
		i += n
	}
	return 0
}

// unescape takes the escapes of a string, template or name to what they mean, as
// WTF-8; a malformed one stays as it is.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var units []uint16
	for i := 0; i < len(text); {
		if text[i] != '\\' || i+1 == len(text) {
			_, n := utf8.DecodeRuneInString(text[i:])
			units = append(units, ast.UTF16(text[i:i+n])...)
			i += n
			continue
		}
		value, n := escape(text[i:])
		units = append(units, value...)
		i += n
	}
	return ast.FromUTF16(units)
}

var plainEscapes = map[byte]uint16{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', 'v': '\v'}

// escape is what the escape at the start of text means, and its length.
func escape(text string) ([]uint16, int) {
	c := text[1]
	switch {
	case c == 'u':
		n := escapeLen(text)
		if n == 0 {
			return []uint16{'u'}, 2
		}
		var r rune
		fmt.Sscanf(strings.Trim(text[2:n], "{}"), "%x", &r)
		if 0xD800 <= r && r < 0xE000 {
			return []uint16{uint16(r)}, n
		}
		return ast.UTF16(string(r)), n
	case c == 'x' && len(text) >= 4 && isHex(text[2:4]):
		var r rune
		fmt.Sscanf(text[2:4], "%x", &r)
		return []uint16{uint16(r)}, 4
	case '0' <= c && c <= '7':
		n, v := 1, 0
		for n < len(text) && n < 4 && '0' <= text[n] && text[n] <= '7' && v*8+int(text[n]-'0') < 256 {
			v = v*8 + int(text[n]-'0')
			n++
		}
		return []uint16{uint16(v)}, n
	case plainEscapes[c] != 0:
		return []uint16{plainEscapes[c]}, 2
	}
	r, n := utf8.DecodeRuneInString(text[1:])
	if isLineBreak(r) {
		if strings.HasPrefix(text[1:], "\r\n") {
			n = 2
		}
		return nil, 1 + n
	}
	return ast.UTF16(string(r)), 1 + n
}
