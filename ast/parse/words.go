package parse

import "strings"

// addWords puts the identifier-like words of the code into words: names, and what
// strings and templates hold, with escapes decoded. Comments and regular
// expressions are left out.
//
// Some entries are no words: MakesLists, DirectEval, DeletesName and HasRegexps.
func addWords(words map[string]bool, s *scanner) {
	for i, t := range s.tokens {
		switch t.kind {
		case punctToken:
			switch text := s.textOf(t); {
			case text == "[" && s.nests(i):
				words[MakesLists] = true
			case text == "(" && s.word(i-1) == "eval" && s.word(i-2) != "." && s.word(i-2) != "?.":
				words[DirectEval] = true
			}
		case regexpToken:
			words[HasRegexps] = true
		case wordToken, privateToken, stringToken, templateToken:
			text := s.textOf(t)
			if opensSubstitution(text) {
				text = text[:len(text)-2]
			}
			runs(words, text)
			if text == "delete" && s.deletesName(i) {
				words[DeletesName] = true
			}
			if putsIntoLists[text] || text == "length" && s.word(i+1) == "=" && s.word(i+2) != "=" {
				words[MakesLists] = true
			}
			if strings.Contains(text, `\`) {
				runs(words, unescape(text))
			}
		}
	}
}

// Words are the words of JavaScript that is no rule, as Script.Words has those of a rule.
func Words(code string) map[string]bool {
	words := map[string]bool{}
	s := scan(code, 0, false)
	addWords(words, s)
	if s.problem != nil { // then its tokens are not all: each word of the text may be one of the code
		runs(words, code)
		runs(words, unescape(code))
		words[MakesLists], words[HasRegexps], words[DeletesName] = true, true, true
		if words["eval"] {
			words[DirectEval] = true
		}
	}
	return words
}

// Entries of Script.Words that are no words.
const (
	MakesLists  = "[]"      // the code may put lists into lists, or make very long ones
	DirectEval  = "eval("   // the code calls eval by its name
	DeletesName = "delete(" // the code may delete a variable
	HasRegexps  = "/"       // the code has a regular expression
)

// deletesName reports whether the operator delete at token i may be applied to a name
// alone, and not to a member of something.
func (s *scanner) deletesName(i int) bool {
	switch s.word(i + 2) {
	case ".", "[", "?.":
		return false
	}
	return s.word(i-1) != "." && s.word(i-1) != "?." && s.word(i+1) != ":"
}

// putsIntoLists are the methods by which code without brackets makes lists of lists.
var putsIntoLists = wordSet("Array push unshift concat splice fill of from map flatMap reduce reduceRight entries with toSpliced")

// nests reports whether the bracket at token i begins a list literal or pattern that
// holds more than literals, or an element that is set.
func (s *scanner) nests(i int) bool {
	t := s.tokens[i]
	if t.match < 0 || t.match == i+1 {
		return false
	}
	if s.word(t.match+1) == "=" && s.word(t.match+2) != "=" && !s.namesMember(i+1, t.match) {
		return true
	}
	if !s.beginsList(i) {
		return false
	}
	for _, inner := range s.tokens[i+1 : t.match] {
		switch text := s.textOf(inner); inner.kind {
		case stringToken, numberToken:
		case punctToken:
			if text != "," {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// beginsList reports whether the bracket at token i stands where a list may.
func (s *scanner) beginsList(i int) bool {
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

// namesMember reports whether the tokens from first up to end are a sum or a template with
// a literal part that neither an index nor length holds: a list's elements are not what it
// names.
//
//	namespace + 'roles'  `${namespace}roles`
func (s *scanner) namesMember(first, end int) bool {
	if s.tokens[first].kind == templateToken {
		return s.templateNamesMember(first, end)
	}
	found := false
	for i := first; i < end; i++ {
		t, text := s.tokens[i], s.textOf(s.tokens[i])
		begins, ends := i == first || s.word(i-1) == "+", i+1 == end || s.word(i+1) == "+"
		switch {
		case t.kind == stringToken:
			found = found || begins && ends && tells(text[1:len(text)-1])
		case t.kind == wordToken && !listWords[text], t.kind == numberToken, text == ".":
		case text == "+":
			if begins {
				return false // a number, whatever stands there
			}
		case (text == "(" || text == "[") && t.match > i:
			i = t.match
		default:
			return false
		}
	}
	return found
}

func (s *scanner) templateNamesMember(first, end int) bool {
	found := false
	for i := first; i < end; i++ {
		if s.tokens[i].kind != templateToken {
			continue
		}
		text := s.textOf(s.tokens[i])
		if (i == first) != (text[0] == '`') || (i+1 == end) != (text[len(text)-1] == '`') {
			return false // more than one template
		}
		found = found || tells(strings.Trim(strings.TrimSuffix(text, "${"), "`}"))
	}
	return found
}

// tells reports whether a literal, as it is written, has a character that is in no index and
// not in length.
func tells(text string) bool {
	return !strings.Contains(text, `\`) && strings.Trim(text, "0123456789length") != ""
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
