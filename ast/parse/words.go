package parse

import "strings"

// addWords puts the identifier-like words of the code into words: names, and what
// strings and templates hold, with escapes decoded. Comments and regular
// expressions are left out.
//
// Two entries are no words: MakesLists and DirectEval.
func addWords(words map[string]bool, s *scanner) {
	for i, t := range s.tokens {
		switch t.kind {
		case punctToken:
			switch text := s.textOf(t); {
			case text == "[" && s.nests(i):
				words[MakesLists] = true
			case text == "(" && s.word(i-1) == "eval":
				words[DirectEval] = true
			}
		case wordToken, privateToken, stringToken, templateToken:
			text := s.textOf(t)
			if opensSubstitution(text) {
				text = text[:len(text)-2]
			}
			runs(words, text)
			if putsIntoLists[text] || text == "length" && s.word(i+1) == "=" && s.word(i+2) != "=" {
				words[MakesLists] = true
			}
			if strings.Contains(text, `\`) {
				runs(words, unescape(text))
			}
		}
	}
}

// Entries of Script.Words that are no words.
const (
	MakesLists = "[]"    // the code may put lists into lists, or make very long ones
	DirectEval = "eval(" // the code calls eval by its name
)

// putsIntoLists are the methods by which code without brackets makes lists of lists.
var putsIntoLists = wordSet("Array push unshift concat splice fill of from map flatMap reduce reduceRight entries with toSpliced")

// nests reports whether the bracket at token i begins a list literal or pattern that
// holds more than one literal, or an element that is set.
func (s *scanner) nests(i int) bool {
	t := s.tokens[i]
	if t.match < 0 || t.match == i+1 {
		return false
	}
	if s.word(t.match+1) == "=" && s.word(t.match+2) != "=" {
		return true
	}
	if i == 0 {
		return true
	}
	before := s.tokens[i-1]
	switch text := s.textOf(before); before.kind {
	case punctToken:
		return text != ")" && text != "]" && text != "." // behind } a list may begin
	case wordToken:
		return listWords[text]
	case templateToken:
		return opensSubstitution(text)
	}
	return false
}

// listWords are the words behind which a bracket opens a list or a pattern.
var listWords = wordSet("return typeof case do else in of instanceof new void delete throw yield await const let var default extends")

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
