package parse

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	gojaast "github.com/dop251/goja/ast"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// number reads a numeric literal after ECMA-262, the legacy octal forms included.
func number(at source.Span, raw string) ast.Expr {
	if strings.HasSuffix(raw, "n") {
		return &ast.BigInt{At: at, Raw: raw}
	}
	return &ast.Number{At: at, Value: numericValue(raw), Raw: raw}
}

func numericValue(raw string) float64 {
	digits := strings.ReplaceAll(raw, "_", "")
	base := 10
	if len(digits) > 1 && digits[0] == '0' {
		switch c := digits[1] | 0x20; {
		case c == 'x':
			base = 16
		case c == 'o':
			base = 8
		case c == 'b':
			base = 2
		case isDigit(digits[1]) && strings.Trim(digits, "01234567") == "":
			base = 8
			digits = "0o" + digits[1:]
		}
	}
	if base == 10 {
		v, err := strconv.ParseFloat(digits, 64)
		if err != nil && !math.IsInf(v, 0) {
			return math.NaN()
		}
		return v
	}
	n, ok := new(big.Int).SetString(digits[2:], base)
	if !ok {
		return math.NaN()
	}
	v, _ := new(big.Float).SetInt(n).Float64()
	return v
}

func (c *converter) object(x *gojaast.ObjectLiteral) (ast.Expr, int, int) {
	start, end := c.offset(x.LeftBrace), c.offset(x.RightBrace)+1
	n := &ast.Object{At: c.at(start, end)}
	for _, p := range x.Value {
		switch p := p.(type) {
		case *gojaast.PropertyShort:
			name, s, e := c.ident(&p.Name)
			n.Properties = append(n.Properties, &ast.Prop{
				At: c.at(s, e), Key: &ast.String{At: name.At, Value: name.Name}, Shorthand: true, Value: name,
			})
		case *gojaast.SpreadElement:
			spread, _, _ := c.expr(p)
			n.Properties = append(n.Properties, spread.(*ast.Spread))
		case *gojaast.PropertyKeyed:
			n.Properties = append(n.Properties, c.keyed(p))
		default:
			panic(unexpected{fmt.Sprintf("%T", p)})
		}
	}
	return n, start, end
}

func (c *converter) keyed(p *gojaast.PropertyKeyed) ast.Property {
	key, start := c.key(p.Key, p.Computed)
	if p.Kind == gojaast.PropertyKindValue {
		value, _, end := c.left(p.Value)
		return &ast.Prop{At: c.at(start, end), Key: key, Computed: p.Computed, Value: value}
	}
	literal := p.Value.(*gojaast.FunctionLiteral)
	fn, end := c.methodFunction(literal)
	return &ast.Method{At: c.at(c.offset(literal.Function), end), Key: key, Computed: p.Computed, Kind: methodKind(p.Kind), Func: fn}
}

func methodKind(kind gojaast.PropertyKind) ast.MethodKind {
	switch kind {
	case gojaast.PropertyKindGet:
		return ast.Getter
	case gojaast.PropertyKindSet:
		return ast.Setter
	}
	return ast.Plain
}

// key converts a property's key and answers where it starts, bracket included.
func (c *converter) key(x gojaast.Expression, computed bool) (ast.Expr, int) {
	key, start, end := c.expr(x)
	if computed {
		start, _ = c.outer(start, end)
		bracket, _ := c.before(start)
		start = bracket.start
	}
	return key, start
}

// methodFunction converts the function of a method: it starts at its parameters.
func (c *converter) methodFunction(x *gojaast.FunctionLiteral) (*ast.Function, int) {
	fn, _, end := c.function(x)
	f := fn.(*ast.Function)
	f.At.Start = f.Params.At.Start
	return f, end
}

// strictBody reports whether the body opens with a use strict directive.
func (c *converter) strictBody(body *gojaast.BlockStatement) bool {
	for _, s := range body.List {
		raw, ok := c.directive(s)
		if !ok {
			return false
		}
		if len(raw) > 2 && raw[1:len(raw)-1] == "use strict" {
			return true
		}
	}
	return false
}

// directive is the text of a statement that is a bare string literal.
func (c *converter) directive(s gojaast.Statement) (string, bool) {
	e, ok := s.(*gojaast.ExpressionStatement)
	if !ok {
		return "", false
	}
	literal, ok := e.Expression.(*gojaast.StringLiteral)
	if !ok {
		return "", false
	}
	if _, text := c.before(c.offset(literal.Idx)); text == "(" {
		return "", false
	}
	return literal.Literal, true
}

func (c *converter) function(x *gojaast.FunctionLiteral) (ast.Expr, int, int) {
	defer func(was bool) { c.strict = was }(c.strict)
	c.strict = c.strict || c.strictBody(x.Body)
	start, end := c.offset(x.Function), c.offset(x.Body.RightBrace)+1
	name, _, _ := c.ident(x.Name)
	return &ast.Function{
		At: c.at(start, end), Name: name,
		Params: c.params(x.ParameterList, c.offset(x.ParameterList.Opening), c.offset(x.ParameterList.Closing)+1),
		Body:   c.body(x.Body), Async: x.Async, Generator: x.Generator, Strict: c.strict,
	}, start, end
}

func (c *converter) arrow(x *gojaast.ArrowFunctionLiteral) (ast.Expr, int, int) {
	defer func(was bool) { c.strict = was }(c.strict)
	block, _ := x.Body.(*gojaast.BlockStatement)
	if block != nil {
		c.strict = c.strict || c.strictBody(block)
	}
	start := c.offset(x.Start)
	i := c.index(start)
	if _, word := c.token(i); x.Async && word == "async" {
		i++
	}
	open, _ := c.token(i)
	end := open.end
	if open.match > i {
		end = c.scan.tokens[open.match].end
	}
	n := &ast.Arrow{Params: c.params(x.ParameterList, open.start, end), Async: x.Async, Strict: c.strict}
	if block != nil {
		n.Body, end = c.body(block), c.offset(block.RightBrace)+1
	} else {
		n.Result, _, end = c.left(x.Body.(*gojaast.ExpressionBody).Expression)
	}
	n.At = c.at(start, end)
	return n, start, end
}

func (c *converter) params(x *gojaast.ParameterList, start, end int) *ast.Params {
	n := &ast.Params{At: c.at(start, end)}
	for _, b := range x.List {
		binding, _, _ := c.binding(b)
		n.List = append(n.List, binding)
	}
	if x.Rest != nil {
		n.Rest, _, _ = c.pattern(x.Rest)
	}
	return n
}

// binding converts a declarator or parameter and answers where it stands.
func (c *converter) binding(b *gojaast.Binding) (*ast.Binding, int, int) {
	target, start, end := c.pattern(b.Target)
	n := &ast.Binding{Target: target}
	if b.Initializer != nil {
		n.Init, _, end = c.left(b.Initializer)
	}
	n.At = c.at(start, end)
	return n, start, end
}

// element converts a pattern with an optional default.
func (c *converter) element(x gojaast.Expression) (target ast.Pattern, init ast.Expr, start, end int) {
	if a, ok := x.(*gojaast.AssignExpression); ok {
		target, start, end = c.pattern(a.Left)
		start, _ = c.outer(start, end)
		init, _, end = c.left(a.Right)
		return target, init, start, end
	}
	target, start, end = c.pattern(x)
	start, end = c.outer(start, end)
	return target, nil, start, end
}

// pattern converts what is assigned or bound.
func (c *converter) pattern(x gojaast.Expression) (ast.Pattern, int, int) {
	switch x := x.(type) {
	case *gojaast.ArrayPattern:
		start, end := c.offset(x.LeftBracket), c.offset(x.RightBracket)+1
		n := &ast.ArrayPattern{At: c.at(start, end)}
		for _, e := range x.Elements {
			if e == nil {
				n.Elements = append(n.Elements, nil)
				continue
			}
			target, init, s, e := c.element(e)
			n.Elements = append(n.Elements, &ast.Binding{At: c.at(s, e), Target: target, Init: init})
		}
		if x.Rest != nil {
			n.Rest, _, _ = c.pattern(x.Rest)
		}
		return n, start, end
	case *gojaast.ObjectPattern:
		start, end := c.offset(x.LeftBrace), c.offset(x.RightBrace)+1
		n := &ast.ObjectPattern{At: c.at(start, end)}
		for _, p := range x.Properties {
			n.Properties = append(n.Properties, c.patternProp(p))
		}
		if x.Rest != nil {
			n.Rest, _, _ = c.pattern(x.Rest)
		}
		return n, start, end
	case *gojaast.Binding:
		return c.pattern(x.Target)
	}
	n, start, end := c.expr(x)
	p, ok := n.(ast.Pattern)
	if !ok {
		panic(unexpected{fmt.Sprintf("target %T", x)})
	}
	return p, start, end
}

func (c *converter) patternProp(p gojaast.Property) *ast.PatternProp {
	switch p := p.(type) {
	case *gojaast.PropertyShort:
		name, start, end := c.ident(&p.Name)
		n := &ast.PatternProp{Key: &ast.String{At: name.At, Value: name.Name}, Shorthand: true, Target: name}
		if p.Initializer != nil {
			n.Init, _, end = c.left(p.Initializer)
		}
		n.At = c.at(start, end)
		return n
	case *gojaast.PropertyKeyed:
		key, start := c.key(p.Key, p.Computed)
		target, init, _, end := c.element(p.Value)
		return &ast.PatternProp{At: c.at(start, end), Key: key, Computed: p.Computed, Target: target, Init: init}
	}
	panic(unexpected{fmt.Sprintf("%T", p)})
}

func (c *converter) class(x *gojaast.ClassLiteral) (ast.Expr, int, int) {
	defer func(was bool) { c.strict = was }(c.strict)
	c.strict = true
	start, end := c.offset(x.Class), c.offset(x.RightBrace)+1
	n := &ast.Class{At: c.at(start, end)}
	n.Name, _, _ = c.ident(x.Name)
	if x.SuperClass != nil {
		n.Extends, _, _ = c.expr(x.SuperClass)
	}
	for _, m := range x.Body {
		n.Members = append(n.Members, c.classMember(m))
	}
	return n, start, end
}

func (c *converter) classMember(m gojaast.ClassElement) ast.ClassMember {
	switch m := m.(type) {
	case *gojaast.MethodDefinition:
		key, _ := c.key(m.Key, m.Computed)
		fn, end := c.methodFunction(m.Body)
		return &ast.Method{
			At: c.at(c.offset(m.Idx), end), Key: key, Computed: m.Computed, Static: m.Static, Kind: methodKind(m.Kind), Func: fn,
		}
	case *gojaast.FieldDefinition:
		start, end := c.leaf(m.Idx)
		key, at := c.key(m.Key, m.Computed)
		n := &ast.Field{Key: key, Computed: m.Computed, Static: m.Static}
		if t, _ := c.token(c.index(at)); m.Computed && t.match >= 0 {
			end = c.scan.tokens[t.match].end
		} else {
			end = max(end, t.end)
		}
		if m.Initializer != nil {
			n.Value, _, end = c.left(m.Initializer)
		}
		n.At = c.at(start, c.semicolon(end))
		return n
	case *gojaast.ClassStaticBlock:
		end := c.offset(m.Block.RightBrace) + 1
		return &ast.StaticBlock{At: c.at(c.offset(m.Static), end), Body: c.block(m.Block)}
	}
	panic(unexpected{fmt.Sprintf("%T", m)})
}
