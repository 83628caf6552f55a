package parse

import (
	"fmt"
	"sort"

	gojaast "github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// converter takes goja's tree to ours. goja keeps no parentheses and computes most
// ends from the decoded text, so ends come from the scanner's tokens.
//
// Each method that converts an expression or a pattern answers the node and where
// it stands in the text, its own parentheses left out.
type converter struct {
	scan   *scanner
	prefix int                         // goja's offset minus ours
	place  func(offset int) source.Pos // an offset of the text in the user's file
	strict bool
	mends  []mend
	lower  bool // goja misreads something that esbuild can write in another way
}

// mend is text to be put into the code that goja runs.
type mend struct {
	offset int
	text   string
	skip   int // bytes of the code that the text replaces
}

// unexpected is a node of goja's that no program has.
type unexpected struct{ node string }

func (u unexpected) Error() string { return "goja's parser made a " + u.node }

func (c *converter) at(start, end int) source.Span {
	from, to := c.place(start), c.place(max(start, end))
	if to.Offset < from.Offset { // esbuild moved something
		to = from
	}
	return source.Span{Start: from, End: to}
}

func (c *converter) offset(idx file.Idx) int { return int(idx) - 1 - c.prefix }

// index is the token that holds offset, or the next one behind it.
func (c *converter) index(offset int) int {
	return sort.Search(len(c.scan.tokens), func(i int) bool { return c.scan.tokens[i].end > offset })
}

func (c *converter) token(i int) (token, string) {
	if i < 0 || i >= len(c.scan.tokens) {
		return token{match: -1, kind: punctToken, start: len(c.scan.text), end: len(c.scan.text)}, ""
	}
	return c.scan.tokens[i], c.scan.textOf(c.scan.tokens[i])
}

// before is the token that ends at or before offset.
func (c *converter) before(offset int) (token, string) { return c.token(c.index(offset) - 1) }

// leaf is the place of the token at idx.
func (c *converter) leaf(idx file.Idx) (start, end int) {
	start = c.offset(idx)
	t, _ := c.token(c.index(start))
	return start, max(start, t.end)
}

// outer widens a place by the parentheses directly around it.
func (c *converter) outer(start, end int) (int, int) {
	open, close := c.index(start)-1, c.index(end)
	for {
		t, text := c.token(open)
		if text != "(" || t.match != close {
			return start, end
		}
		start, end = t.start, c.scan.tokens[close].end
		open--
		close++
	}
}

// semicolon is end, or the end of a semicolon behind it.
func (c *converter) semicolon(end int) int {
	if t, text := c.token(c.index(end)); text == ";" {
		return t.end
	}
	return end
}

// text is a string of goja's, which is ASCII or begins with a mark unit.
func text(s unistring.String) string {
	if units := s.AsUtf16(); units != nil {
		return ast.FromUTF16(units[1:])
	}
	return string(s)
}

func (c *converter) ident(x *gojaast.Identifier) (*ast.Ident, int, int) {
	if x == nil {
		return nil, 0, 0
	}
	start, end := c.leaf(x.Idx)
	return &ast.Ident{At: c.at(start, end), Name: text(x.Name)}, start, end
}

// expr converts an expression, which is there.
func (c *converter) expr(x gojaast.Expression) (ast.Expr, int, int) {
	switch x := x.(type) {
	case *gojaast.Identifier:
		return c.ident(x)
	case *gojaast.ThisExpression:
		start, end := c.leaf(x.Idx)
		return &ast.This{At: c.at(start, end)}, start, end
	case *gojaast.SuperExpression:
		start, end := c.leaf(x.Idx)
		return &ast.Super{At: c.at(start, end)}, start, end
	case *gojaast.NullLiteral:
		start, end := c.leaf(x.Idx)
		return &ast.Null{At: c.at(start, end)}, start, end
	case *gojaast.BooleanLiteral:
		start, end := c.leaf(x.Idx)
		return &ast.Bool{At: c.at(start, end), Value: x.Value}, start, end
	case *gojaast.NumberLiteral:
		start, end := c.leaf(x.Idx)
		return number(c.at(start, end), x.Literal), start, end
	case *gojaast.StringLiteral:
		start, end := c.leaf(x.Idx)
		return &ast.String{At: c.at(start, end), Value: text(x.Value)}, start, end
	case *gojaast.RegExpLiteral:
		start := c.offset(x.Idx)
		end := start + len(x.Pattern) + len(x.Flags) + 2
		return &ast.RegExp{At: c.at(start, end), Pattern: x.Pattern, Flags: x.Flags}, start, end
	case *gojaast.PrivateIdentifier:
		n, start, end := c.privateName(x)
		return n, start, end
	case *gojaast.MetaProperty:
		start := c.offset(x.Meta.Idx)
		_, end := c.leaf(x.Property.Idx)
		return &ast.NewTarget{At: c.at(start, end)}, start, end
	case *gojaast.TemplateLiteral:
		return c.template(x)
	case *gojaast.ArrayLiteral:
		start, end := c.offset(x.LeftBracket), c.offset(x.RightBracket)+1
		return &ast.Array{At: c.at(start, end), Elements: c.exprs(x.Value)}, start, end
	case *gojaast.ObjectLiteral:
		return c.object(x)
	case *gojaast.SpreadElement:
		inner, s, e := c.expr(x.Expression)
		s, e = c.outer(s, e)
		dots, _ := c.before(s)
		return &ast.Spread{At: c.at(dots.start, e), X: inner}, dots.start, e
	case *gojaast.FunctionLiteral:
		return c.function(x)
	case *gojaast.ArrowFunctionLiteral:
		return c.arrow(x)
	case *gojaast.ClassLiteral:
		return c.class(x)
	}
	return c.operation(x)
}

// optional takes the mark of ?. off a left side.
func optional(x gojaast.Expression) (gojaast.Expression, bool) {
	if o, ok := x.(*gojaast.Optional); ok {
		return o.Expression, true
	}
	return x, false
}

// left converts the left side of an operation; the place includes its parentheses.
func (c *converter) left(x gojaast.Expression) (ast.Expr, int, int) {
	n, s, e := c.expr(x)
	s, e = c.outer(s, e)
	return n, s, e
}

func (c *converter) operation(x gojaast.Expression) (ast.Expr, int, int) {
	switch x := x.(type) {
	case *gojaast.DotExpression:
		object, opt := optional(x.Left)
		left, start, _ := c.left(object)
		s, end := c.leaf(x.Identifier.Idx)
		return &ast.Member{At: c.at(start, end), Object: left, Name: text(x.Identifier.Name), NameAt: c.at(s, end), Optional: opt}, start, end
	case *gojaast.PrivateDotExpression:
		object, opt := optional(x.Left)
		left, start, _ := c.left(object)
		name, _, end := c.privateName(&x.Identifier)
		return &ast.PrivateMember{At: c.at(start, end), Object: left, Name: name, Optional: opt}, start, end
	case *gojaast.BracketExpression:
		object, opt := optional(x.Left)
		left, start, _ := c.left(object)
		key, _, _ := c.expr(x.Member)
		end := c.offset(x.RightBracket) + 1
		return &ast.Index{At: c.at(start, end), Object: left, Key: key, Optional: opt}, start, end
	case *gojaast.CallExpression:
		callee, opt := optional(x.Callee)
		left, start, _ := c.left(callee)
		end := c.offset(x.RightParenthesis) + 1
		return &ast.Call{At: c.at(start, end), Callee: left, Args: c.exprs(x.ArgumentList), Optional: opt}, start, end
	case *gojaast.NewExpression:
		start := c.offset(x.New)
		callee, _, end := c.left(x.Callee)
		if x.RightParenthesis > 0 {
			end = c.offset(x.RightParenthesis) + 1
		}
		return &ast.New{At: c.at(start, end), Callee: callee, Args: c.exprs(x.ArgumentList)}, start, end
	case *gojaast.OptionalChain:
		inner, start, end := c.expr(x.Expression)
		return &ast.Chain{At: c.at(start, end), X: inner}, start, end
	case *gojaast.UnaryExpression:
		return c.unary(x)
	case *gojaast.BinaryExpression:
		return c.binary(x)
	case *gojaast.ConditionalExpression:
		test, start, _ := c.left(x.Test)
		then, _, _ := c.expr(x.Consequent)
		other, _, end := c.left(x.Alternate)
		return &ast.Conditional{At: c.at(start, end), Test: test, Then: then, Else: other}, start, end
	case *gojaast.AssignExpression:
		target, s, e := c.pattern(x.Left)
		start, _ := c.outer(s, e)
		value, _, end := c.left(x.Right)
		return &ast.Assign{At: c.at(start, end), Op: x.Operator.String(), Target: target, Value: value}, start, end
	case *gojaast.SequenceExpression:
		seq := &ast.Sequence{}
		var start, end int
		for i, part := range x.Sequence {
			n, s, e := c.left(part)
			seq.List = append(seq.List, n)
			if i == 0 {
				start = s
			}
			end = e
		}
		seq.At = c.at(start, end)
		return seq, start, end
	case *gojaast.AwaitExpression:
		start := c.offset(x.Await)
		inner, _, end := c.left(x.Argument)
		return &ast.Await{At: c.at(start, end), X: inner}, start, end
	case *gojaast.YieldExpression:
		start, end := c.leaf(x.Yield)
		n := &ast.Yield{Delegate: x.Delegate}
		if x.Argument != nil {
			n.X, _, end = c.left(x.Argument)
		}
		n.At = c.at(start, end)
		return n, start, end
	}
	panic(unexpected{fmt.Sprintf("%T", x)})
}

func (c *converter) exprs(list []gojaast.Expression) []ast.Expr {
	if len(list) == 0 {
		return nil
	}
	out := make([]ast.Expr, len(list))
	for i, x := range list {
		if x != nil {
			out[i], _, _ = c.expr(x)
		}
	}
	return out
}

func (c *converter) privateName(x *gojaast.PrivateIdentifier) (*ast.PrivateName, int, int) {
	start, end := c.leaf(x.Idx)
	return &ast.PrivateName{At: c.at(start, end), Name: text(x.Name)}, start, end
}

func (c *converter) template(x *gojaast.TemplateLiteral) (ast.Expr, int, int) {
	start, end := c.offset(x.OpenQuote), c.offset(x.CloseQuote)+1
	n := &ast.Template{At: c.at(start, end), Exprs: c.exprs(x.Expressions)}
	piece := c.index(start)
	for _, e := range x.Elements {
		t, _ := c.token(piece)
		part := ast.TemplatePart{At: c.at(t.start, t.end), Raw: e.Literal, Valid: e.Valid}
		if e.Valid {
			part.Cooked = text(e.Parsed)
		}
		n.Parts = append(n.Parts, part)
		piece = t.match
	}
	if x.Tag == nil {
		return n, start, end
	}
	tag, from, _ := c.left(x.Tag)
	return &ast.TaggedTemplate{At: c.at(from, end), Tag: tag, Template: n}, from, end
}

func (c *converter) unary(x *gojaast.UnaryExpression) (ast.Expr, int, int) {
	op := x.Operator.String()
	start := c.offset(x.Idx)
	if op != "++" && op != "--" {
		inner, _, end := c.left(x.Operand)
		return &ast.Unary{At: c.at(start, end), Op: op, X: inner}, start, end
	}
	target, s, e := c.pattern(x.Operand)
	s, e = c.outer(s, e)
	if x.Postfix {
		start, e = s, start+2
	}
	return &ast.Update{At: c.at(start, e), Op: op, Prefix: !x.Postfix, X: target}, start, e
}

func (c *converter) binary(x *gojaast.BinaryExpression) (ast.Expr, int, int) {
	op := x.Operator.String()
	if isRelational(x) {
		n := c.fold(c.relational(x))
		return n.x, n.start, n.end
	}
	left, start, leftEnd := c.left(x.Left)
	right, _, end := c.left(x.Right)
	switch op {
	case "&&", "||", "??":
		return &ast.Logical{At: c.at(start, end), Op: op, Left: left, Right: right}, start, end
	}
	return &ast.Binary{At: c.at(start, end), Op: op, OpAt: c.opAt(leftEnd, op), Left: left, Right: right}, start, end
}

// opAt is the place of the operator behind offset.
func (c *converter) opAt(offset int, op string) source.Span {
	t, _ := c.token(c.index(offset))
	return c.at(t.start, t.start+len(op))
}
