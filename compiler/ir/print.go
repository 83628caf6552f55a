package ir

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Print writes a rule in its text form, one step a line, two spaces for each level. The
// rule's name, its variables and whether it changes arrays stand first, each in a line
// that is left out when there is nothing to say:
//
//	rule "add roles"
//	locals roles, r
//	mutates lists
//	let roles = user.app_metadata.roles or []
//	for l1: r in roles {
//	  append user.roles r
//	}
//	done
//
// Names that the text form would take for something else stand in backquotes.
func Print(r *Rule) string {
	p := &printer{}
	if r.Name != "" {
		p.line("rule ", strconv.Quote(r.Name))
	}
	if len(r.Locals) > 0 {
		names := make([]string, len(r.Locals))
		for i, local := range r.Locals {
			names[i] = name(local)
		}
		p.line("locals ", strings.Join(names, ", "))
	}
	if r.MutatesLists {
		p.line("mutates lists")
	}
	p.steps(r.Steps)
	return p.b.String()
}

// PrintSteps writes steps as [Print] does.
func PrintSteps(steps []Step) string {
	p := &printer{}
	p.steps(steps)
	return p.b.String()
}

// PrintExpr writes an expression in its text form.
func PrintExpr(e Expr) string {
	p := &printer{}
	p.expr(e, levelAny)
	return p.b.String()
}

// The levels of expressions: an operand that binds less than its place asks for stands in
// parentheses.
type level int

const (
	levelAny     level = iota // x ?? y
	levelOr                   // x or y
	levelAnd                  // x and y
	levelCompare              // x in {…}, x == y, x < y
	levelUnary                // all others
)

// infix are the library's functions that stand between their two arguments.
var infix = map[string]string{"same": "==", "less": "<", "lessEq": "<=", "greater": ">", "greaterEq": ">="}

// eachNames are the words of [EachKind].
var eachNames = map[EachKind]string{Some: "some", Every: "every", Find: "find", FindIndex: "findIndex", Filter: "filter", Map: "map"}

// String is the kind's name in JavaScript and in the text form.
func (k EachKind) String() string {
	if n, ok := eachNames[k]; ok {
		return n
	}
	return "EachKind(" + strconv.Itoa(int(k)) + ")"
}

// reserved are the words that are no names where an expression stands.
var reserved = map[string]bool{
	"null": true, "undefined": true, "true": true, "false": true, "NaN": true, "Infinity": true,
	"user": true, "context": true, "not": true, "and": true, "or": true, "in": true,
	"if": true, "then": true, "else": true, "from": true, "while": true, "by": true, "of": true, "to": true, "unless": true,
	"with": true, "await": true, "callback": true, "none": true, "regexp": true, "value": true, "key": true, "_": true,
	"some": true, "every": true, "find": true, "findIndex": true, "filter": true, "map": true,
}

// name writes a variable's, label's or function's name.
func name(n string) string {
	if isName(n) && !reserved[n] {
		return n
	}
	quoted := strconv.Quote(n)
	quoted = strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
	return "`" + strings.ReplaceAll(quoted, "`", `\x60`) + "`"
}

// isName reports whether n is a letter, _ or $ with letters, digits, _ and $ behind.
func isName(n string) bool {
	for i, r := range n {
		if r == utf8.RuneError || !isNameRune(r, i == 0) {
			return false
		}
	}
	return n != ""
}

func isNameRune(r rune, first bool) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || !first && unicode.IsDigit(r)
}

type printer struct {
	b      strings.Builder
	indent int
}

func (p *printer) write(parts ...string) {
	for _, part := range parts {
		p.b.WriteString(part)
	}
}

func (p *printer) line(parts ...string) {
	p.write(parts...)
	p.write("\n")
}

// expr writes e, in parentheses when it binds less than min.
func (p *printer) expr(e Expr, min level) {
	if bindsAs(e) < min {
		p.write("(")
		p.bare(e)
		p.write(")")
		return
	}
	p.bare(e)
}

func bindsAs(e Expr) level {
	switch e := e.(type) {
	case *Coalesce:
		return levelAny
	case *Or:
		return levelOr
	case *And:
		return levelAnd
	case *In:
		return levelCompare
	case *Call:
		if isInfix(e) {
			return levelCompare
		}
	}
	return levelUnary
}

func isInfix(e *Call) bool { return infix[e.Func] != "" && len(e.Args) == 2 }

func (p *printer) bare(e Expr) {
	switch e := e.(type) {
	case *Const:
		p.write(constant(e.Value))
	case *Root:
		p.write(e.Name)
	case *Local:
		p.write(name(e.Name))
	case *ItemVar:
		p.write(name(e.Name))
	case *Path:
		p.write(e.Root)
		for _, key := range e.Keys {
			p.key(key)
		}
	case *Get:
		p.get(e)
	case *Call:
		if isInfix(e) {
			p.expr(e.Args[0], levelUnary)
			p.write(" ", infix[e.Func], " ")
			p.expr(e.Args[1], levelUnary)
			return
		}
		p.write(name(e.Func), "(")
		for i, arg := range e.Args {
			p.comma(i)
			p.expr(arg, levelAny)
		}
		p.write(")")
	case *Not:
		p.write("not(")
		p.expr(e.X, levelAny)
		p.write(")")
	case *And:
		p.expr(e.X, levelAnd)
		p.write(" and ")
		p.expr(e.Y, levelCompare)
	case *Or:
		p.expr(e.X, levelOr)
		p.write(" or ")
		p.expr(e.Y, levelAnd)
	case *Coalesce:
		if _, chain := e.X.(*Coalesce); chain {
			p.expr(e.X, levelAny)
		} else {
			p.expr(e.X, levelCompare)
		}
		p.write(" ?? ")
		p.expr(e.Y, levelCompare)
	case *Cond:
		p.write("(if ")
		p.expr(e.If, levelAny)
		p.write(" then ")
		p.expr(e.Then, levelAny)
		p.write(" else ")
		p.expr(e.Else, levelAny)
		p.write(")")
	case *OptGet:
		p.write("(")
		p.expr(e.X, levelUnary)
		p.write(" ?. ", name(e.Name), ": ")
		p.expr(e.Then, levelAny)
		p.write(")")
	case *In:
		p.expr(e.X, levelUnary)
		p.write(" in {")
		for i, v := range e.Set {
			p.comma(i)
			p.write(constant(v))
		}
		p.write("}")
	case *List:
		p.write("[")
		p.items(e.Items)
		p.write("]")
	case *Object:
		p.fields(e.Fields)
	case *Regexp:
		p.regexp(e)
	case *Each:
		p.write(e.Kind.String(), "(")
		p.expr(e.List, levelAny)
		if e.Index == "" {
			p.write(", ", name(e.Item), ": ")
		} else {
			p.write(", (", name(e.Item), ", ", name(e.Index), "): ")
		}
		p.expr(e.Body, levelAny)
		p.write(")")
	default:
		panic("internal error: no text form of an unknown expression")
	}
}

func (p *printer) comma(i int) {
	if i > 0 {
		p.write(", ")
	}
}

// get writes a Get. A fixed key behind a root or a path would read as a longer path: what
// is before it stands in parentheses.
func (p *printer) get(e *Get) {
	c, isConst := e.Key.(*Const)
	key, isString := "", false
	if isConst {
		key, isString = c.Value.(string)
	}
	switch e.Object.(type) {
	case *Root, *Path:
		if isString {
			p.write("(")
			p.bare(e.Object)
			p.write(")")
			p.key(key)
			return
		}
		p.bare(e.Object)
	case *Const, *Regexp: // 1.x would read as a number
		p.write("(")
		p.bare(e.Object)
		p.write(")")
	default:
		p.expr(e.Object, levelUnary)
	}
	p.computedKey(e.Key)
}

// key writes a fixed property.
func (p *printer) key(key string) {
	if isName(key) {
		p.write(".", key)
	} else {
		p.write("[", strconv.Quote(key), "]")
	}
}

func (p *printer) computedKey(key Expr) {
	if c, ok := key.(*Const); ok {
		if s, ok := c.Value.(string); ok {
			p.key(s)
			return
		}
	}
	p.write("[")
	p.expr(key, levelAny)
	p.write("]")
}

func (p *printer) items(items []Item) {
	for i, item := range items {
		p.comma(i)
		p.item(item, levelAny)
	}
}

func (p *printer) item(item Item, min level) {
	if item.Spread {
		p.write("...")
	}
	p.expr(item.X, min)
}

func (p *printer) fields(fields []Field) {
	p.write("{")
	for i, f := range fields {
		p.comma(i)
		switch key := f.Key.(type) {
		case nil:
			p.write("...")
		case *Const:
			switch key.Value.(type) {
			case string, float64:
				p.write(constant(key.Value), ": ")
			default:
				p.write("[", constant(key.Value), "]: ")
			}
		default:
			p.write("[")
			p.expr(key, levelAny)
			p.write("]: ")
		}
		p.expr(f.Value, levelAny)
	}
	p.write("}")
}

// regexp writes the literal, or a call where a literal would not read back.
func (p *printer) regexp(e *Regexp) {
	literal := "/" + e.Source + "/"
	if end := regexpEnd(literal); end == len(literal) && utf8.ValidString(literal) && isFlags(e.Flags) {
		p.write(literal, e.Flags)
		return
	}
	p.write("regexp(", strconv.Quote(e.Source), ", ", strconv.Quote(e.Flags), ")")
}

// isFlags reports whether flags can stand behind a literal.
func isFlags(flags string) bool { return flags == "" || isName(flags) }

// regexpEnd is the offset behind the literal that text starts with; -1 when there is none.
func regexpEnd(text string) int {
	if len(text) < 2 || text[1] == '/' {
		return -1
	}
	class := false
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c < ' ' || c == 0x7f:
			return -1
		case c == '\\':
			i++
			if i < len(text) && text[i] < ' ' {
				return -1
			}
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return i + 1
		}
	}
	return -1
}

// constant writes a constant.
func constant(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return number(v)
	case string:
		return strconv.Quote(v)
	}
	if jsvalue.IsUndefined(v) {
		return "undefined"
	}
	panic("internal error: a constant that is no JavaScript value")
}

func number(v float64) string {
	switch abs := math.Abs(v); {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case v == 0 && math.Signbit(v):
		return "-0"
	case abs != 0 && abs < 1e-6 || abs >= 1e21:
		return strconv.FormatFloat(v, 'e', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
