package ir

import (
	"math"
	"slices"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// maxDepth is how deep a text may nest.
const maxDepth = 2000

// Read reads what [Print] writes. Spans are the places in the text. A # starts a comment
// that ends with the line, steps may also be parted by semicolons, and parentheses may
// stand around any expression.
//
// # Errors
//
//   - *[SyntaxError]: the text is no text form of a rule. What is well formed may still
//     break an invariant: see [Validate].
func Read(text string) (_ *Rule, err error) {
	defer catch(&err)
	r := newReader(text)
	rule := &Rule{}
	if r.take("rule") {
		rule.Name = r.string("the rule's name")
		r.endOfStep()
	}
	if r.take("locals") {
		for {
			rule.Locals = append(rule.Locals, r.name("the name of a variable"))
			if !r.take(",") {
				break
			}
		}
		r.endOfStep()
	}
	if r.take("mutates") {
		r.want("lists")
		rule.MutatesLists = true
		r.endOfStep()
	}
	rule.Steps = r.steps()
	if r.tok.kind != tokenEnd {
		r.unexpected("a step")
	}
	return rule, nil
}

// ReadExpr reads what [PrintExpr] writes. Names in items are read as item variables, as
// those that the text itself declares.
func ReadExpr(text string, items ...string) (_ Expr, err error) {
	defer catch(&err)
	r := newReader(text)
	r.items = items
	e := r.expr()
	if r.tok.kind != tokenEnd {
		r.unexpected("the end of the expression")
	}
	return e, nil
}

func newReader(text string) *reader {
	r := &reader{file: source.NewFile("", text), text: text}
	r.tok.end = r.file.BOM()
	r.next()
	return r
}

func (r *reader) string(what string) string {
	if r.tok.kind != tokenString {
		r.unexpected(what)
	}
	s := r.tok.text
	r.next()
	return s
}

// nest counts how deep the reader is; what it answers goes back up.
func (r *reader) nest() func() {
	if r.depth++; r.depth > maxDepth {
		r.fail(r.tok.start, "the text nests deeper than %d", maxDepth)
	}
	return func() { r.depth-- }
}

// expr reads any expression.
func (r *reader) expr() Expr {
	defer r.nest()()
	start := r.tok.start
	x := r.compare()
	switch {
	case r.is("??"):
		for r.take("??") {
			y := r.compare()
			x = &Coalesce{At: r.span(start), X: x, Y: y}
		}
		return x
	case r.is("and"), r.is("or"):
		x = r.ands(start, x)
		for r.take("or") {
			next := r.tok.start
			y := r.ands(next, r.compare())
			x = &Or{At: r.span(start), X: x, Y: y}
		}
	}
	return x
}

func (r *reader) ands(start int, x Expr) Expr {
	for r.take("and") {
		y := r.compare()
		x = &And{At: r.span(start), X: x, Y: y}
	}
	return x
}

// comparisons are the functions of infix, by their sign.
var comparisons = func() map[string]string {
	m := map[string]string{}
	for f, sign := range infix {
		m[sign] = f
	}
	return m
}()

func (r *reader) compare() Expr {
	start := r.tok.start
	x := r.unary()
	if r.take("in") {
		r.want("{")
		set := list(r, "}", r.constant)
		return &In{At: r.span(start), X: x, Set: set}
	}
	if r.tok.kind == tokenMark {
		if f, ok := comparisons[r.tok.text]; ok {
			r.next()
			y := r.unary()
			return &Call{At: r.span(start), Func: f, Args: []Expr{x, y}}
		}
	}
	return x
}

// list reads things parted by commas up to the closing mark.
func list[T any](r *reader, closing string, one func() T) []T {
	var all []T
	for !r.is(closing) {
		all = append(all, one())
		if !r.take(",") {
			break
		}
	}
	r.want(closing)
	return all
}

func (r *reader) constant() any {
	at := r.tok.start
	c, ok := r.unary().(*Const)
	if !ok {
		r.fail(at, "a constant was expected")
	}
	return c.Value
}

// unary reads an expression that needs no parentheses as an operand: a primary one with
// the properties read from it, which follow without a space.
func (r *reader) unary() Expr {
	start := r.tok.start
	x, open := r.primary()
	for r.tok.touches {
		switch {
		case r.take("."):
			key := &Const{At: r.file.Span(r.tok.start, r.tok.end), Value: r.property()}
			x, open = r.get(start, x, key, open)
		case r.take("["):
			key := r.expr()
			r.want("]")
			x, open = r.get(start, x, key, open)
		default:
			return x
		}
	}
	return x
}

func (r *reader) property() string {
	if r.tok.kind != tokenName {
		r.unexpected("the name of a property")
	}
	n := r.tok.text
	r.next()
	return n
}

// get reads a property: one step more of a path while that is open, else a Get.
func (r *reader) get(start int, x, key Expr, open bool) (Expr, bool) {
	if c, ok := key.(*Const); ok && open {
		if name, ok := c.Value.(string); ok {
			switch x := x.(type) {
			case *Root:
				return &Path{At: r.span(start), Root: x.Name, Keys: []string{name}}, true
			case *Path:
				return &Path{At: r.span(start), Root: x.Root, Keys: append(slices.Clone(x.Keys), name)}, true
			}
		}
	}
	return &Get{At: r.span(start), Object: x, Key: key}, false
}

// words are the constants that are words.
var words = map[string]any{
	"null": nil, "undefined": jsvalue.Undefined, "true": true, "false": false, "NaN": math.NaN(), "Infinity": math.Inf(1),
}

// primary reads an expression without what may follow it; open says that a property behind
// it makes a path.
func (r *reader) primary() (_ Expr, open bool) {
	defer r.nest()()
	start, tok := r.tok.start, r.tok
	at := func() source.Span { return r.span(start) }
	switch tok.kind {
	case tokenString:
		r.next()
		return &Const{At: at(), Value: tok.text}, false
	case tokenNumber:
		r.next()
		return &Const{At: at(), Value: tok.number}, false
	case tokenRegexp:
		r.next()
		return &Regexp{At: at(), Source: tok.text, Flags: tok.flags}, false
	case tokenQuoted:
		r.next()
		return r.named(start, tok.text), false
	case tokenName:
		if tok.text == "user" || tok.text == "context" {
			r.next()
			return &Root{At: at(), Name: tok.text}, true
		}
		if v, ok := words[tok.text]; ok {
			r.next()
			return &Const{At: at(), Value: v}, false
		}
		return r.word(start), false
	case tokenMark:
		switch tok.text {
		case "(":
			r.next()
			return r.group(start), false
		case "[":
			r.next()
			items := list(r, "]", r.item)
			return &List{At: at(), Items: items}, false
		case "{":
			r.next()
			fields := list(r, "}", r.field)
			return &Object{At: at(), Fields: fields}, false
		}
	}
	r.unexpected("an expression")
	return nil, false
}

// named is the variable or the call of a name that was read.
func (r *reader) named(start int, n string) Expr {
	switch {
	case r.is("(") && r.tok.touches:
		r.next()
		args := list(r, ")", r.expr)
		return &Call{At: r.span(start), Func: n, Args: args}
	case slices.Contains(r.items, n):
		return &ItemVar{At: r.span(start), Name: n}
	}
	return &Local{At: r.span(start), Name: n}
}

// eachKinds are the kinds of Each by their words.
var eachKinds = func() map[string]EachKind {
	m := map[string]EachKind{}
	for kind, n := range eachNames {
		m[n] = kind
	}
	return m
}()

// word reads what starts with a word that is no constant and no root.
func (r *reader) word(start int) Expr {
	n := r.tok.text
	if !reserved[n] {
		r.next()
		return r.named(start, n)
	}
	kind, each := eachKinds[n]
	if !each && n != "not" && n != "regexp" {
		r.unexpected("an expression")
	}
	r.next()
	r.want("(")
	switch {
	case each:
		return r.each(start, kind)
	case n == "not":
		x := r.expr()
		r.want(")")
		return &Not{At: r.span(start), X: x}
	default:
		text := r.string("a regular expression's source")
		r.want(",")
		flags := r.string("a regular expression's flags")
		r.want(")")
		return &Regexp{At: r.span(start), Source: text, Flags: flags}
	}
}

func (r *reader) each(start int, kind EachKind) Expr {
	e := &Each{Kind: kind, List: r.expr()}
	r.want(",")
	if r.take("(") {
		e.Item = r.name("an item variable")
		r.want(",")
		e.Index = r.name("an item variable")
		r.want(")")
	} else {
		e.Item = r.name("an item variable")
	}
	r.want(":")
	e.Body = r.within(e.Item, e.Index)
	r.want(")")
	e.At = r.span(start)
	return e
}

// within reads an expression in which names are item variables.
func (r *reader) within(names ...string) Expr {
	outer := r.items
	r.items = append(slices.Clip(outer), names...)
	e := r.expr()
	r.items = outer
	return e
}

// group reads what stands in parentheses.
func (r *reader) group(start int) Expr {
	if r.take("if") {
		e := &Cond{If: r.expr()}
		r.want("then")
		e.Then = r.expr()
		r.want("else")
		e.Else = r.expr()
		r.want(")")
		e.At = r.span(start)
		return e
	}
	x := r.expr()
	if r.take("?.") {
		n := r.name("an item variable")
		r.want(":")
		then := r.within(n)
		r.want(")")
		return &OptGet{At: r.span(start), X: x, Name: n, Then: then}
	}
	r.want(")")
	return x
}

func (r *reader) item() Item {
	spread := r.take("...")
	return Item{X: r.expr(), Spread: spread}
}

func (r *reader) field() Field {
	at := r.tok.start
	var key Expr
	switch {
	case r.take("..."):
		return Field{Value: r.expr()}
	case r.take("["):
		key = r.expr()
		r.want("]")
	case r.tok.kind == tokenString, r.tok.kind == tokenNumber, r.is("NaN"), r.is("Infinity"):
		key, _ = r.primary()
	default:
		r.fail(at, "a property was expected")
	}
	r.want(":")
	return Field{Key: key, Value: r.expr()}
}
