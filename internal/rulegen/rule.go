package rulegen

import (
	"fmt"
	"strings"
)

// Mode says what kind of rules are wanted.
type Mode uint8

// The modes.
const (
	Usual Mode = iota // like rules in service: most are short, their types mostly fit
	Dense             // odd combinations: values of any type, aliases, shadowed names, callbacks anywhere
)

// String is the mode's name.
func (m Mode) String() string { return [...]string{"usual", "dense"}[m] }

// Rule is the text of a random rule, the same for the same seed and mode.
func Rule(seed uint64, mode Mode) string {
	g := &generator{random: newRandom(seed, uint64(mode)+1), dense: mode == Dense, user: "user", context: "context", callback: "callback"}
	g.era = pickOf(g.random, []era{old, old, middle, middle, middle, modern, modern})
	g.quote = g.pick("'", "'", "'", `"`)
	if g.chance(12) {
		g.callback = g.pick("cb", "done", "next", "mainCallback")
	}
	if g.chance(6) {
		g.context = g.pick("ctx", "c")
	}
	if g.chance(5) {
		g.user = g.pick("profile", "u", "usr")
	}
	return g.rule()
}

// era is how modern a rule's JavaScript is.
type era uint8

const (
	old    era = iota // ES5: var, function, +
	middle            // ES2015: const, arrows, templates, destructuring
	modern            // ?. ?? and spread of objects, async
)

// kind is what a variable or a path usually holds.
type kind uint8

const (
	text kind = iota
	number
	truth
	list
	object
	callable // a function of one text
	anything
)

// variable is a name in scope.
type variable struct {
	name  string
	kind  kind
	fixed bool // const, a parameter of an iteration, a function
}

// generator writes one rule.
type generator struct {
	random
	era   era
	dense bool
	quote string

	user, context, callback string // the parameters' names

	lines  []string
	indent int
	scope  []variable
	taken  map[string]bool // names used anywhere in the rule
	left   int             // statements still to write
	nested int             // inner functions around this place: no return of the rule here
	loops  int             // loops around this place
	async  bool
	awaits bool // the ending may await
	claims string
}

func (g *generator) line(format string, args ...any) {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	g.lines = append(g.lines, strings.Repeat("  ", g.indent)+format)
}

// size is how many statements a rule gets: median 9, one in ten above 20, at most 60.
func (g *generator) size() int {
	switch n := g.below(100); {
	case g.dense:
		return 4 + g.below(14)
	case n < 30:
		return 1 + g.below(2)
	case n < 65:
		return 2 + g.below(4)
	case n < 92:
		return 5 + g.below(8)
	case n < 98:
		return 12 + g.below(10)
	}
	return 30 + g.below(31)
}

func (g *generator) rule() string {
	g.taken = map[string]bool{}
	for _, name := range strings.Fields("user context callback configuration auth0 console global err e x i key value UnauthorizedError " + reserved) {
		g.taken[name] = true
	}
	g.taken[g.user], g.taken[g.context], g.taken[g.callback] = true, true, true
	g.left = g.size()
	g.async = g.era == modern && g.chance(25) || g.era == middle && g.chance(6)
	g.awaits = g.async && g.chance(30)
	head := g.head()
	g.line("%s", head)
	g.indent++
	if g.chance(6) {
		g.line(g.quoted("use strict") + ";")
	}
	tryAll := g.chance(4)
	if tryAll {
		g.line("try {")
		g.indent++
	}
	mark := len(g.scope)
	if g.chance(35) {
		g.namespace()
	}
	ended := g.body()
	if !ended {
		g.ending()
	}
	g.scope = g.scope[:mark]
	if tryAll {
		g.indent--
		g.line("} catch (%s) {", "err")
		g.indent++
		g.line("%s;", g.pick("return "+g.callback+"(err)", g.callback+"(err, "+g.user+", "+g.context+")", g.callback+"(new UnauthorizedError(err.name))"))
		g.indent--
		g.line("}")
	}
	g.indent--
	g.line("}")
	return strings.Join(g.lines, "\n") + "\n"
}

const reserved = "arguments default new in of if do for let var this null true false typeof void delete function return class switch case break try catch"

// head opens the rule.
func (g *generator) head() string {
	params := fmt.Sprintf("%s, %s, %s", g.user, g.context, g.callback)
	async := ""
	if g.async {
		async = "async "
	}
	if g.era != old && g.chance(15) {
		return async + "(" + params + ") => {"
	}
	if g.chance(35) {
		return fmt.Sprintf("%sfunction %s(%s) {", async, g.pick("addClaims", "checkAccess", "rule", "setRoles", "enrichProfile", "denyUnlessMember"), params)
	}
	return async + "function (" + params + ") {"
}

// body writes statements until the rule's budget is used up; true when the last one
// ended the rule.
func (g *generator) body() bool {
	for g.left > 0 {
		g.left--
		g.statement()
	}
	return false
}

// inside writes a few statements one level in; what they declare is gone behind them.
func (g *generator) inside(statements int) {
	g.indent++
	mark := len(g.scope)
	for range statements {
		g.left--
		g.statement()
	}
	g.scope = g.scope[:mark]
	g.indent--
}

// declare makes a new name like the wished one and puts it into scope.
func (g *generator) declare(wish string, k kind, fixed bool) string {
	name := g.name(wish)
	g.scope = append(g.scope, variable{name, k, fixed})
	return name
}

// name is a name that the rule does not use yet.
func (g *generator) name(wish string) string {
	name := wish
	for i := 2; g.taken[name]; i++ {
		name = fmt.Sprintf("%s%d", wish, i)
	}
	g.taken[name] = true
	return name
}

// local is the name of a variable of a kind, "" when there is none.
func (g *generator) local(k kind, writable bool) string {
	var found []string
	for _, v := range g.scope {
		if v.kind == k && !(writable && v.fixed) {
			found = append(found, v.name)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return g.pick(found...)
}

// keyword opens a declaration: const where it is never written again.
func (g *generator) keyword(again bool) string {
	switch {
	case g.era == old || g.chance(8):
		return "var"
	case again || g.chance(15):
		return "let"
	}
	return "const"
}

// quoted is a string literal.
func (g *generator) quoted(s string) string {
	s = strings.ReplaceAll(s, `\`, `\\`)
	s = strings.ReplaceAll(s, g.quote, `\`+g.quote)
	return g.quote + strings.ReplaceAll(s, "\n", `\n`) + g.quote
}

// function writes a function expression with a result: an arrow, or the long form.
func (g *generator) function(params, result string) string {
	if g.era == old || g.chance(20) {
		return fmt.Sprintf("function (%s) { return %s; }", params, bare(result))
	}
	if !strings.Contains(params, ",") && g.chance(50) {
		return fmt.Sprintf("%s => %s", params, arrowResult(result))
	}
	return fmt.Sprintf("(%s) => %s", params, arrowResult(result))
}

func arrowResult(result string) string {
	if strings.HasPrefix(result, "{") {
		return "(" + result + ")"
	}
	return bare(result)
}

// bare takes the parentheses around a whole expression away.
func bare(s string) string {
	if !strings.HasPrefix(s, "(") || !strings.HasSuffix(s, ")") || strings.HasPrefix(s, "({") {
		return s
	}
	depth, quote := 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '/': // perhaps a regular expression: leave it
			return s
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 && i < len(s)-1 {
				return s
			}
		case c == ',' && depth == 1:
			return s
		}
	}
	return s[1 : len(s)-1]
}
