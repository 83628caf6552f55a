package lint

import (
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// slowPatterns is L49: regular expressions whose backtracking takes exponential time. Each is
// tried on texts that repeat what its loops match; only one that is seen to explode is named,
// with the text.
func slowPatterns(r *rule) {
	for _, n := range r.nodes {
		var at ast.Node
		pattern := ""
		switch n := n.(type) {
		case *ast.RegExp:
			at, pattern = n, n.Pattern
		case *ast.New:
			if r.isGlobal(n.Callee, "RegExp") && len(n.Args) > 0 {
				at = n
				pattern, _ = r.str(n.Args[0])
			}
		}
		if pattern == "" {
			continue
		}
		if attack, steps := attackOn(pattern); attack != "" {
			note(note(r.say("L49", at.Span(), "this pattern takes exponential time: %s (%d characters) takes %s steps, and each further repetition multiplies them", quoted(attack), len(attack), steps),
				"who chooses the text can hold up every login"),
				"let no repetition stand inside another that can match the same characters: [a-z0-9.]+ instead of ([a-z0-9]+\\.?)+")
		}
	}
}

func quoted(text string) string {
	if len(text) > 40 {
		text = text[:36] + "…" + text[len(text)-3:]
	}
	return "'" + strings.ReplaceAll(text, "\n", `\n`) + "'"
}

const (
	maxMatchSteps = 400_000
	maxPattern    = 400
)

// attackOn is a text on which a pattern explodes; "" when none is found, or when the pattern
// has what is not looked at: lookarounds, back references.
func attackOn(pattern string) (attack, steps string) {
	if len(pattern) > maxPattern || !strings.ContainsAny(pattern, "+*{") {
		return "", ""
	}
	// A group that captures is kept apart from what is in it.
	tree, err := syntax.Parse(strings.ReplaceAll(pattern, "(?:", "("), syntax.Perl)
	if err != nil {
		return "", ""
	}
	var loops []loopIn
	findLoops(tree, "", &loops)
	for _, l := range loops {
		for _, end := range []string{"!", "\x00", "", "@", " "} {
			text := func(n int) string { return l.before + strings.Repeat(l.pump, n) + end }
			a, b, c := matchSteps(tree, text(10)), matchSteps(tree, text(14)), matchSteps(tree, text(18))
			if a > 100 && b > 4*a && (c > 4*b || c >= maxMatchSteps) {
				if strings.ContainsRune(end, 0) {
					continue
				}
				counted := fmt.Sprint(c)
				if c >= maxMatchSteps {
					counted = fmt.Sprintf("more than %d", maxMatchSteps)
				}
				return text(18), counted
			}
		}
	}
	return "", ""
}

// loopIn is a repetition of a pattern: a text that leads to it, and one that it repeats.
type loopIn struct{ before, pump string }

// findLoops lists repetitions that hold another repetition or a choice.
func findLoops(re *syntax.Regexp, before string, loops *[]loopIn) {
	switch re.Op {
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			findLoops(sub, before, loops)
			before += instance(sub, 1)
		}
		return
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		if re.Op != syntax.OpRepeat || re.Max < 0 || re.Max > 20 {
			for variant := 1; variant <= 2; variant++ {
				if pump := instance(re.Sub[0], variant); pump != "" && len(*loops) < 12 {
					*loops = append(*loops, loopIn{before, pump})
				}
			}
		}
	}
	for _, sub := range re.Sub {
		findLoops(sub, before, loops)
	}
}

// instance is a short text that a pattern matches; another variant chooses other ways.
func instance(re *syntax.Regexp, variant int) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		for _, want := range "a0A-_. @" {
			for i := 0; i+1 < len(re.Rune); i += 2 {
				if re.Rune[i] <= want && want <= re.Rune[i+1] {
					return string(want)
				}
			}
		}
		if len(re.Rune) > 0 {
			return string(re.Rune[0])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "a"
	case syntax.OpCapture, syntax.OpPlus:
		return instance(re.Sub[0], variant)
	case syntax.OpStar, syntax.OpQuest:
		if variant == 2 {
			return instance(re.Sub[0], 1)
		}
	case syntax.OpRepeat:
		return strings.Repeat(instance(re.Sub[0], variant), max(re.Min, variant-1))
	case syntax.OpConcat:
		text := ""
		for _, sub := range re.Sub {
			text += instance(sub, variant)
		}
		return text
	case syntax.OpAlternate:
		return instance(re.Sub[min(variant, len(re.Sub))-1], variant)
	}
	return ""
}

// matcher counts the steps of a backtracking match.
type matcher struct {
	text  []rune
	steps int
}

// matchSteps is how many steps a match takes from the begin of a text, at most maxMatchSteps.
func matchSteps(re *syntax.Regexp, text string) int {
	m := &matcher{text: []rune(text)}
	m.match(re, 0, func(int) bool { return true })
	return m.steps
}

func (m *matcher) match(re *syntax.Regexp, at int, then func(int) bool) bool {
	if m.steps++; m.steps >= maxMatchSteps {
		return true // as if found: the search ends
	}
	switch re.Op {
	case syntax.OpLiteral:
		for i, c := range re.Rune {
			if at+i >= len(m.text) || m.text[at+i] != c {
				return false
			}
		}
		return then(at + len(re.Rune))
	case syntax.OpCharClass:
		if at < len(m.text) {
			for i := 0; i+1 < len(re.Rune); i += 2 {
				if re.Rune[i] <= m.text[at] && m.text[at] <= re.Rune[i+1] {
					return then(at + 1)
				}
			}
		}
		return false
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return at < len(m.text) && m.text[at] != '\n' && then(at+1)
	case syntax.OpBeginText, syntax.OpBeginLine:
		return at == 0 && then(at)
	case syntax.OpEndText, syntax.OpEndLine:
		return at == len(m.text) && then(at)
	case syntax.OpCapture:
		return m.match(re.Sub[0], at, then)
	case syntax.OpConcat:
		return m.sequence(re.Sub, at, then)
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if m.match(sub, at, then) {
				return true
			}
		}
		return false
	case syntax.OpStar:
		return m.repeat(re, 0, -1, at, then)
	case syntax.OpPlus:
		return m.repeat(re, 1, -1, at, then)
	case syntax.OpQuest:
		return m.repeat(re, 0, 1, at, then)
	case syntax.OpRepeat:
		return m.repeat(re, re.Min, re.Max, at, then)
	case syntax.OpNoMatch:
		return false
	}
	return then(at) // word boundaries and the empty match
}

func (m *matcher) sequence(subs []*syntax.Regexp, at int, then func(int) bool) bool {
	if len(subs) == 0 {
		return then(at)
	}
	return m.match(subs[0], at, func(at int) bool { return m.sequence(subs[1:], at, then) })
}

func (m *matcher) repeat(re *syntax.Regexp, least, most, at int, then func(int) bool) bool {
	again := func() bool {
		return most != 0 && m.match(re.Sub[0], at, func(next int) bool {
			if next == at && least <= 0 {
				return false // a turn that takes nothing is none
			}
			return m.repeat(re, max(least-1, 0), max(most-1, -1), next, then)
		})
	}
	if least > 0 {
		return again()
	}
	if re.Flags&syntax.NonGreedy != 0 {
		return then(at) || again()
	}
	return again() || then(at)
}
