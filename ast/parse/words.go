package parse

import "strings"

// addWords puts the identifier-like words of the code into words: names, and what
// strings and templates hold, with escapes decoded. Comments and regular
// expressions are left out.
func addWords(words map[string]bool, s *scanner) {
	for _, t := range s.tokens {
		switch t.kind {
		case wordToken, privateToken, stringToken, templateToken:
			text := s.textOf(t)
			if opensSubstitution(text) {
				text = text[:len(text)-2]
			}
			runs(words, text)
			if strings.Contains(text, `\`) {
				runs(words, unescape(text))
			}
		}
	}
}

// runs adds the runs of word characters in text that begin with no digit.
func runs(words map[string]bool, text string) {
	start := -1
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (identByte(text[i]) || start >= 0 && isDigit(text[i])) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			words[text[start:i]] = true
			start = -1
		}
	}
}

func identByte(c byte) bool {
	return c == '_' || c == '$' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
