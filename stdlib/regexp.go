package stdlib

import "github.com/ferrule-rules/ferrule/stdlib/jsvalue"

// regexpFunctions are those of regular expressions; replace, replaceAll and split take one,
// too. A regular expression is a constant of the rule, [LowerableRegexp] says which ones
// there are. With flag g, test and match start at the beginning of the string: what
// JavaScript's lastIndex remembers from call to call is not there, so test must not be
// lowered for a regular expression with flag g that is used again.
var regexpFunctions = []Function{
	{Name: "regexp", Min: 2, Max: 2, Impl: NewRegexp, Doc: `regexp("^a+$", "i") // a constant: /^a+$/i`},
	{Name: "test", Min: 2, Max: 2, Result: Bool, Impl: Test, Doc: `test(regexp("b+", ""), "abc") // true`},
	{Name: "match", Min: 2, Max: 2, Impl: Match, Doc: `match("abc", regexp("b(.)", "")) // ["bc", "c"] with index and input; with flag g all matches; or null`},
	{Name: "matchesOf", Min: 2, Max: 2, Result: NewList, Impl: Matches, Doc: `matchesOf("abcb", regexp("b(.)?", "g")) // [["bc", "c"], ["b", undefined]]`},
	{Name: "replaceEach", Min: 3, Max: 3, Result: String, Impl: ReplaceEach, Doc: `replaceEach("abc", regexp("[ac]", "g"), ["x", "y"]) // "xby"`},
	{Name: "search", Min: 2, Max: 2, Result: Number, Impl: Search, Doc: `search("abc", regexp("c", "")) // 2`},
}

// LowerableRegexp reports whether a regular expression has exactly the same matches in Go
// as in JavaScript, for every string; reason says what it has that is not covered, as in
// "the regular expression has a back-reference".
//
//	LowerableRegexp(`^[^@]+@(.+)$`, "i") // true, ""
//	LowerableRegexp(`(a)\1`, "")         // false, "a back-reference or an octal escape"
func LowerableRegexp(source, flags string) (ok bool, reason string) {
	if _, err := jsvalue.CompileRegexp(source, flags); err != nil {
		return false, err.Error()
	}
	return true, ""
}

// NewRegexp answers a regular expression of a rule's text.
func NewRegexp(source, flags any) (any, error) {
	pattern, ok := source.(string)
	letters, isText := flags.(string)
	if !ok || !isText {
		return nil, jsvalue.ExitType
	}
	r, err := jsvalue.ConstantRegexp(pattern, letters)
	if err != nil {
		return nil, jsvalue.ExitType
	}
	return r, nil
}

// patternAndText reads the arguments of the functions below.
func patternAndText(re, s any) (*jsvalue.Regexp, string, error) {
	r, ok := re.(*jsvalue.Regexp)
	if !ok {
		return nil, "", jsvalue.NotOf(re)
	}
	text, err := jsvalue.ToString(s)
	return r, text, err
}

// Test is re.test(s); what is no string is read as its text.
func Test(re, s any) (bool, error) {
	r, text, err := patternAndText(re, s)
	if err != nil {
		return false, err
	}
	return r.Test(text)
}

// Match is s.match(re). What is no string has no such method: it exits.
func Match(s, re any) (any, error) {
	r, text, err := textAndPattern(s, re)
	if err != nil {
		return nil, err
	}
	return r.Match(text)
}

// Search is s.search(re). What is no string has no such method: it exits.
func Search(s, re any) (float64, error) {
	r, text, err := textAndPattern(s, re)
	if err != nil {
		return 0, err
	}
	return r.Search(text)
}

func textAndPattern(s, re any) (*jsvalue.Regexp, string, error) {
	text, ok := s.(string)
	if !ok {
		return nil, "", jsvalue.NotOf(s)
	}
	r, ok := re.(*jsvalue.Regexp)
	if !ok {
		return nil, "", jsvalue.NotOf(re)
	}
	return r, text, nil
}

// Matches lists what the function of s.replace(re, function) is called with: for each match
// an array of the match and its captures. Without flag g there is one match at most.
//
//	matchesOf(s, re) -> list
//	matchesOf("abc", regexp("[ac]", "g")) // [["a"], ["c"]]
//
// Source: ECMA-262 RegExp.prototype [ @@replace ]. Engines: expr, cel.
func Matches(s, re any) ([]any, error) {
	text, pattern, err := subjectAndPattern(s, re)
	if err != nil {
		return nil, err
	}
	return pattern.Matches(text)
}

// ReplaceEach is s.replace(re, function), with what the function answers for each of the
// matches.
//
//	replaceEach(s, re, list) -> string
//	replaceEach("abc", regexp("[ac]", "g"), ["x", "y"]) // "xby"
//
// Source: ECMA-262 RegExp.prototype [ @@replace ]. Engines: expr, cel.
func ReplaceEach(s, re, replacements any) (string, error) {
	text, pattern, err := subjectAndPattern(s, re)
	if err != nil {
		return "", err
	}
	items, ok := jsvalue.AsList(replacements)
	if !ok {
		return "", jsvalue.NotOf(replacements)
	}
	return pattern.ReplaceEach(text, items)
}

func subjectAndPattern(s, re any) (string, *jsvalue.Regexp, error) {
	text, ok := s.(string)
	if !ok {
		return "", nil, jsvalue.NotOf(s)
	}
	pattern, ok := re.(*jsvalue.Regexp)
	if !ok {
		return "", nil, jsvalue.NotOf(re)
	}
	return text, pattern, nil
}

// RegexpGroups is the number of captures of a regular expression that [LowerableRegexp] takes.
func RegexpGroups(source, flags string) int {
	re, err := jsvalue.CompileRegexp(source, flags)
	if err != nil {
		return 0
	}
	return re.Groups()
}
