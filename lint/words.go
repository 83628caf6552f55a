package lint

import (
	"strings"
	"unicode"
)

const shownText = 60 // bytes of source in a message

// short is source text for a message: one line, cut when it is long.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= shownText {
		return text
	}
	cut := shownText
	for cut > 0 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut] + "…"
}

// parts splits a name in its words, in lower case: "apiKey2", "API_KEY" and "api-key" have
// the words api and key.
func parts(name string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, strings.ToLower(word.String()))
			word.Reset()
		}
	}
	runes := []rune(name)
	for i, c := range runes {
		switch {
		case !unicode.IsLetter(c):
			end()
			continue
		case unicode.IsUpper(c) && i > 0 && unicode.IsLower(runes[i-1]):
			end()
		case unicode.IsUpper(c) && i > 0 && i+1 < len(runes) && unicode.IsUpper(runes[i-1]) && unicode.IsLower(runes[i+1]):
			end()
		}
		word.WriteRune(c)
	}
	end()
	return words
}
