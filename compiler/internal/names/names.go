// Package names spells the variables of one rule for the texts of expr and CEL, the same
// for both: variables, item variables and paths.
//
// A name keeps the user's spelling where both languages can read it, and gets digits
// behind it where it clashes with a keyword, a function of the library, a root or
// another name. What goes in are the names of compiler/ir.
package names

import (
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
)

// Names holds how the names of one rule are spelled. It is used by one goroutine at a time.
type Names struct {
	locals map[string]string
	items  map[string]string
	taken  map[string]bool
}

// New spells the locals of a rule.
func New(rule *ir.Rule) *Names {
	n := &Names{locals: map[string]string{}, items: map[string]string{}, taken: map[string]bool{}}
	for _, local := range rule.Locals {
		n.locals[local] = n.Fresh(local)
	}
	return n
}

// Local is the spelling of a variable of the rule; ok is false for a name that the rule does not list.
func (n *Names) Local(name string) (spelled string, ok bool) {
	spelled, ok = n.locals[name]
	return spelled, ok
}

// Item is the spelling of an item variable. Item variables of the same name are spelled alike.
func (n *Names) Item(name string) string {
	spelled, ok := n.items[name]
	if !ok {
		spelled = n.Fresh(name)
		n.items[name] = spelled
	}
	return spelled
}

// Fresh is a spelling near name that nothing else has.
func (n *Names) Fresh(name string) string {
	base := identifier(name)
	spelled := base
	for i := 2; n.taken[spelled] || reserved(spelled); i++ {
		spelled = base + strconv.Itoa(i)
	}
	n.taken[spelled] = true
	return spelled
}

// Path is the spelling of a chain of fixed properties: user.app_metadata.plan,
// user["https://example.com/x"].
func Path(root string, keys []string) string {
	var b strings.Builder
	b.WriteString(root)
	for _, key := range keys {
		b.WriteString(Key(key))
	}
	return b.String()
}

// Key is the spelling of a property behind a value: .plan or ["https://example.com/x"].
func Key(key string) string {
	if Plain(key) {
		return "." + key
	}
	return "[" + Quote(key) + "]"
}

// Plain reports whether a key can stand behind a dot.
func Plain(key string) bool { return isIdentifier(key) && !keywords[key] }

// reserved reports whether a variable cannot have that name.
func reserved(name string) bool {
	if keywords[name] || others[name] {
		return true
	}
	_, ok := stdlib.Lookup(name)
	return ok
}

// isIdentifier reports whether a name is what identifier would make of it.
func isIdentifier(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return name != ""
}

// identifier makes a name of ASCII letters, digits and underscores of any name.
func identifier(name string) string {
	if isIdentifier(name) {
		return name
	}
	var b strings.Builder
	for i, c := range name {
		switch {
		case c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			b.WriteRune(c)
		case '0' <= c && c <= '9':
			if i == 0 {
				b.WriteByte('_')
			}
			b.WriteRune(c)
		default:
			b.WriteByte('_')
		}
	}
	if b.Len() == 0 {
		return "_"
	}
	return b.String()
}

// keywords are the words that expr or CEL read as something else than a name, behind a dot too.
var keywords = set(`
	true false null nil in let if else not and or matches contains startsWith endsWith
	as break const continue for function import loop namespace package return var void while
`)

// others are names that mean something in the texts or to one of the languages.
var others = set(`
	user context configuration run undefined NaN Infinity
	all any none one filter map count sum find findIndex findLast findLastIndex groupBy sortBy reduce
	exists exists_one has dyn type bool bytes double duration int list matches object merged optional
	size string timestamp uint cel math strings sets lists base64 regex proto bind
`)

func set(words string) map[string]bool {
	made := map[string]bool{}
	for _, word := range strings.Fields(words) {
		made[word] = true
	}
	return made
}
