package mixed

import (
	"math/bits"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// index knows by the values of few properties of context which rules do nothing. It is
// immutable.
type index struct {
	keys  []indexedKey
	words int    // of a set of rules
	again []bool // by rule: behind it the properties may have other values
}

// indexedKey is one property that rules are guarded by.
type indexedKey struct {
	key   string
	texts map[string]ruleSet
	few   []indexedText // in place of texts, where there are few
	other ruleSet       // for undefined, null and all other texts
}

type indexedText struct {
	text  string
	rules ruleSet
}

// fewTexts are as many as are compared one by one faster than they are looked up.
const fewTexts = 3

// indexOf makes the index of the rules' guards; nil when they have none.
func indexOf(runners []*steps.Runner) *index {
	x := &index{words: (len(runners) + 63) / 64, again: make([]bool, len(runners))}
	position := map[string]int{}
	for _, runner := range runners {
		if runner == nil {
			continue
		}
		for _, guard := range runner.Guards() {
			i, ok := position[guard.Key]
			if !ok {
				i = len(x.keys)
				position[guard.Key] = i
				x.keys = append(x.keys, indexedKey{key: guard.Key, texts: map[string]ruleSet{}, other: x.set()})
			}
			for _, text := range guard.Values {
				x.keys[i].texts[text] = x.set()
			}
		}
	}
	if len(x.keys) == 0 {
		return nil
	}
	for rule, runner := range runners {
		if runner == nil {
			continue
		}
		for _, guard := range runner.Guards() {
			x.keys[position[guard.Key]].add(rule, guard.Values, guard.Except)
		}
		effects := runner.Effects()
		for i := range x.keys {
			x.again[rule] = x.again[rule] || effects.MayReplace("context", x.keys[i].key)
		}
	}
	for i := range x.keys {
		if k := &x.keys[i]; len(k.texts) <= fewTexts {
			for text, rules := range k.texts {
				k.few = append(k.few, indexedText{text, rules})
			}
			k.texts = nil
		}
	}
	return x
}

func (x *index) set() ruleSet { return make(ruleSet, x.words) }

// add notes that a rule does nothing for texts, or for all but these.
func (k *indexedKey) add(rule int, values []string, except bool) {
	if except {
		k.other.add(rule)
		for _, rules := range k.texts {
			rules.add(rule)
		}
	}
	for _, text := range values {
		if except {
			k.texts[text].remove(rule)
		} else {
			k.texts[text].add(rule)
		}
	}
}

// idle fills in which rules do nothing for a context.
func (x *index) idle(context any, rules ruleSet) {
	clear(rules)
	object, ok := context.(map[string]any)
	if !ok || object == nil {
		return
	}
	for i := range x.keys {
		rules.addAll(x.keys[i].rules(object))
	}
}

// rules are those that do nothing; none where the value is of another kind than the guards
// speak of.
func (k *indexedKey) rules(context map[string]any) ruleSet {
	value := context[k.key]
	if value == nil {
		return k.other
	}
	text, ok := value.(string)
	if !ok {
		return nil
	}
	for i := range k.few {
		if k.few[i].text == text {
			return k.few[i].rules
		}
	}
	if k.texts != nil {
		if rules, ok := k.texts[text]; ok {
			return rules
		}
	}
	if !utf8.ValidString(text) {
		return nil // it may be one that rules exit for
	}
	return k.other
}

// ruleSet is a set of rules, by their places.
type ruleSet []uint64

func (s ruleSet) add(rule int)    { s[rule/64] |= 1 << (rule % 64) }
func (s ruleSet) remove(rule int) { s[rule/64] &^= 1 << (rule % 64) }

func (s ruleSet) addAll(other ruleSet) {
	for i, word := range other {
		s[i] |= word
	}
}

// next is the first rule from one on that is not in the set, at most to.
func (s ruleSet) next(from, to int) int {
	for from < to {
		if rest := ^s[from/64] >> (from % 64); rest != 0 {
			return min(from+bits.TrailingZeros64(rest), to)
		}
		from = (from/64 + 1) * 64
	}
	return to
}
