package jsvalue

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// Regexp is a regular expression of a rule's text whose matches package regexp finds
// exactly as JavaScript does; [CompileRegexp] makes it. It is immutable and safe for
// concurrent use: flag g changes what match and replace answer, but there is no lastIndex.
// So it stands for a literal that is evaluated anew each time, whose lastIndex is 0.
//
// # Errors
//
// Its methods exit with [ExitSurrogate] for a string with a character beyond U+FFFF,
// unless the pattern can neither match a half of it nor the place between the halves, and
// with [ExitType] where the answer would hold captures that differ from JavaScript's.
type Regexp struct {
	Source, Flags string

	pattern *translated
	global  bool
	start   *regexp.Regexp // for searches from the start of a string
	behind  *regexp.Regexp // for searches in the rest of a string: ^ never matches
	pairs   bool           // strings with surrogate pairs are covered
}

// CompileRegexp compiles a JavaScript pattern. The error says, for people, what the regular
// expression has that is not covered.
func CompileRegexp(source, flags string) (*Regexp, error) {
	pattern, err := translateRegexp(source, flags)
	if err != nil {
		return nil, err
	}
	r := &Regexp{
		Source: source, Flags: flags,
		pattern: pattern,
		global:  strings.Contains(flags, "g"),
		pairs:   !pattern.halves && !pattern.nullable,
	}
	if r.start, err = regexp.Compile(pattern.text); err != nil {
		return nil, errRegexpSize
	}
	r.behind = r.start
	if pattern.tail != "" {
		if r.behind, err = regexp.Compile(pattern.tail); err != nil {
			return nil, errRegexpSize
		}
	}
	return r, nil
}

// compiledRegexps are those of [ConstantRegexp].
var compiledRegexps sync.Map

// ConstantRegexp is [CompileRegexp] for constants of rules, each compiled once and kept as
// long as the process runs.
func ConstantRegexp(source, flags string) (*Regexp, error) {
	key := [2]string{source, flags}
	if r, ok := compiledRegexps.Load(key); ok {
		return r.(*Regexp), nil
	}
	r, err := CompileRegexp(source, flags)
	if err != nil {
		return nil, err
	}
	kept, _ := compiledRegexps.LoadOrStore(key, r)
	return kept.(*Regexp), nil
}

// subject exits for a string in which JavaScript's UTF-16 and Go's characters differ.
func (r *Regexp) subject(s string) error {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return r.wideSubject(s[i:])
		}
	}
	return nil
}

func (r *Regexp) wideSubject(s string) error {
	if !utf8.ValidString(s) {
		return ExitSurrogate
	}
	if r.pairs {
		return nil
	}
	for i := range len(s) {
		if s[i] >= 0xF0 {
			return ExitSurrogate
		}
	}
	return nil
}

// Test is re.test(s).
func (r *Regexp) Test(s string) (bool, error) {
	if err := r.subject(s); err != nil {
		return false, err
	}
	return r.start.MatchString(s), nil
}

// Search is s.search(re): the place of the first match in UTF-16 units, or -1.
func (r *Regexp) Search(s string) (float64, error) {
	if err := r.subject(s); err != nil {
		return 0, err
	}
	place := r.start.FindStringIndex(s)
	if place == nil {
		return -1, nil
	}
	n, err := Length(s[:place[0]])
	return float64(n), err
}

// Match is s.match(re): nil when there is no match; the *List of all matches with flag g,
// else a *[RegexpMatch].
func (r *Regexp) Match(s string) (any, error) {
	if err := r.subject(s); err != nil {
		return nil, err
	}
	if !r.global {
		place := r.start.FindStringSubmatchIndex(s)
		if place == nil {
			return nil, nil
		}
		return r.newMatch(s, place)
	}
	list := &List{}
	err := r.each(s, func(place []int) { list.Items = append(list.Items, s[place[0]:place[1]]) })
	if err != nil || len(list.Items) == 0 {
		return nil, err
	}
	return list, nil
}

// each calls f with all matches as a regular expression with flag g finds them: an empty
// one may follow another at its end, which package regexp leaves out.
func (r *Regexp) each(s string, f func(place []int)) error {
	if !r.pattern.nullable {
		for _, place := range r.start.FindAllStringSubmatchIndex(s, -1) {
			f(place)
		}
		return nil
	}
	for at := 0; at <= len(s); {
		place, err := r.from(s, at)
		if err != nil || place == nil {
			return err
		}
		f(place)
		if at = place[1]; place[0] == place[1] {
			at += width(s[at:])
		}
	}
	return nil
}

// from finds the first match at or behind a place, as submatch indexes of s.
func (r *Regexp) from(s string, at int) ([]int, error) {
	if at == 0 {
		return r.start.FindStringSubmatchIndex(s), nil
	}
	if r.pattern.boundary {
		return nil, ExitType // what stands before the place counts
	}
	place := r.behind.FindStringSubmatchIndex(s[at:])
	for i := range place {
		if place[i] >= 0 {
			place[i] += at
		}
	}
	return place, nil
}

// width is the size of the first character, 1 at the end.
func width(s string) int {
	if s == "" {
		return 1
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}

// capture is a capture of a match, undefined when it took no part.
func capture(s string, place []int, i int) any {
	if place[2*i] < 0 {
		return Undefined
	}
	return s[place[2*i]:place[2*i+1]]
}

// Class is RegExp.
func (r *Regexp) Class() string { return "RegExp" }

// Property reads the source and the flags.
func (r *Regexp) Property(key string) (any, error) {
	switch key {
	case "global":
		return r.global, nil
	case "ignoreCase":
		return strings.Contains(r.Flags, "i"), nil
	case "multiline":
		return strings.Contains(r.Flags, "m"), nil
	case "dotAll":
		return strings.Contains(r.Flags, "s"), nil
	case "unicode", "unicodeSets", "sticky", "hasIndices", "source", "flags", "lastIndex", "exec", "test", "compile":
		return nil, ExitPrototype
	}
	if OnObject(key) {
		return nil, ExitPrototype
	}
	return Undefined, nil
}

// Text exits: who needs the text of a regular expression needs little else of a rule.
func (r *Regexp) Text() (string, error) { return "", ExitType }
