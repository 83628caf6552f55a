package ast

import (
	"fmt"
	"strings"
)

// Print writes a tree as JavaScript that parses to an equal tree: parentheses where
// the grammar needs them, a semicolon after every statement that can have one, one
// statement a line. An expression is written as what may stand between parentheses.
// Comments are gone.
func Print(n Node) string {
	p := &printer{}
	switch n := n.(type) {
	case Expr:
		return p.expr(n, precSequence)
	case Stmt:
		return strings.TrimSuffix(p.stmt(n), "\n")
	case *Method:
		return p.method(n, false)
	case Pattern:
		return p.pattern(n)
	case Property:
		return p.property(n)
	case ClassMember:
		return p.classMember(n)
	case *Binding:
		return p.binding(n)
	case *Params:
		return p.params(n)
	case *PatternProp:
		return p.patternProp(n)
	case *Case:
		return strings.TrimSuffix(p.caseClause(n), "\n")
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", n))
}

// The levels of the expression grammar: an expression of a lower level in the place
// of a higher one stands in parentheses.
const (
	precSequence = iota
	precAssign   // also arrow functions and yield
	precConditional
	precCoalesce
	precOr
	precAnd
	precBitOr
	precBitXor
	precBitAnd
	precEquality
	precRelational
	precShift
	precAdd
	precMultiply
	precExponent
	precUnary // also await
	precUpdate
	precCall // calls and optional chains
	precMember
	precPrimary
)

var binaryPrec = map[string]int{
	"??": precCoalesce, "||": precOr, "&&": precAnd, "|": precBitOr, "^": precBitXor, "&": precBitAnd,
	"==": precEquality, "!=": precEquality, "===": precEquality, "!==": precEquality,
	"<": precRelational, ">": precRelational, "<=": precRelational, ">=": precRelational,
	"in": precRelational, "instanceof": precRelational,
	"<<": precShift, ">>": precShift, ">>>": precShift, "+": precAdd, "-": precAdd,
	"*": precMultiply, "/": precMultiply, "%": precMultiply, "**": precExponent,
}

type printer struct {
	indent string
	noIn   bool // inside the first part of a for head, where a bare in would end it
}

// expr writes x, in parentheses when its level is below min.
func (p *printer) expr(x Expr, min int) string {
	text, prec := p.bare(x)
	if prec < min {
		return "(" + text + ")"
	}
	return text
}

func (p *printer) bare(x Expr) (string, int) {
	switch x := x.(type) {
	case *Ident:
		return x.Name, precPrimary
	case *This:
		return "this", precPrimary
	case *Super:
		return "super", precPrimary
	case *Null:
		return "null", precPrimary
	case *Bool:
		return fmt.Sprint(x.Value), precPrimary
	case *Number:
		return x.Raw, precPrimary
	case *BigInt:
		return x.Raw, precPrimary
	case *String:
		return Quote(x.Value), precPrimary
	case *RegExp:
		return "/" + x.Pattern + "/" + x.Flags, precPrimary
	case *PrivateName:
		return "#" + x.Name, precPrimary
	case *NewTarget:
		return "new.target", precPrimary
	case *Template:
		return p.template(x), precPrimary
	case *TaggedTemplate:
		return p.head(x.Tag, precMember) + p.template(x.Template), precMember
	case *Array:
		return p.array(x), precPrimary
	case *Object:
		return p.object(x), precPrimary
	case *Function:
		return p.function(x), precPrimary
	case *Class:
		return p.class(x), precPrimary
	case *Arrow:
		return p.arrow(x), precAssign
	case *Spread:
		return "..." + p.expr(x.X, precAssign), precAssign
	case *Member, *Index, *PrivateMember, *Call, *New, *Chain:
		return p.access(x)
	case *Sequence:
		return p.list(x.List), precSequence
	}
	return p.operator(x)
}

// access writes what follows a value: members, calls.
func (p *printer) access(x Expr) (string, int) {
	switch x := x.(type) {
	case *Member:
		return p.object2(x.Object) + dot(x.Optional) + x.Name, precMember
	case *PrivateMember:
		return p.object2(x.Object) + dot(x.Optional) + "#" + x.Name.Name, precMember
	case *Index:
		open := "["
		if x.Optional {
			open = "?.["
		}
		return p.object2(x.Object) + open + p.inside(x.Key, precSequence) + "]", precMember
	case *Call:
		open := "("
		if x.Optional {
			open = "?.("
		}
		return p.head(x.Callee, precCall) + open + p.args(x.Args) + ")", precCall
	case *New:
		callee := p.expr(x.Callee, precMember)
		if hasCall(x.Callee) {
			callee = "(" + p.expr(x.Callee, precSequence) + ")"
		}
		return "new " + callee + "(" + p.args(x.Args) + ")", precMember
	case *Chain:
		text, _ := p.bare(x.X)
		return text, precCall
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", x))
}

func dot(optional bool) string {
	if optional {
		return "?."
	}
	return "."
}

// object2 is the left side of a member: a number would swallow the dot, a chain
// would go on.
func (p *printer) object2(x Expr) string {
	if _, ok := x.(*Number); ok {
		return "(" + p.expr(x, precSequence) + ")"
	}
	return p.head(x, precCall)
}

// head is what a call, member or tag is applied to.
func (p *printer) head(x Expr, min int) string {
	switch x.(type) {
	case *Chain, *Function, *Class:
		return "(" + p.expr(x, precSequence) + ")"
	case *Call, *Member, *Index, *PrivateMember, *TaggedTemplate:
		min = precCall
	}
	return p.expr(x, min)
}

// hasCall reports whether new would take the arguments of a call inside x.
func hasCall(x Expr) bool {
	switch x := x.(type) {
	case *Call, *Chain:
		return true
	case *Member:
		return hasCall(x.Object)
	case *Index:
		return hasCall(x.Object)
	case *PrivateMember:
		return hasCall(x.Object)
	case *TaggedTemplate:
		return hasCall(x.Tag)
	}
	return false
}

// operator writes unary, binary, assigning and other operators.
func (p *printer) operator(x Expr) (string, int) {
	switch x := x.(type) {
	case *Unary:
		operand := p.expr(x.X, precUnary)
		if len(x.Op) > 1 || operand[0] == x.Op[0] {
			operand = " " + operand
		}
		return x.Op + operand, precUnary
	case *Await:
		return "await " + p.expr(x.X, precUnary), precUnary
	case *Update:
		if x.Prefix {
			return x.Op + p.pattern(x.X), precUnary
		}
		return p.pattern(x.X) + x.Op, precUpdate
	case *Binary:
		return p.binary(x)
	case *PrivateIn:
		return p.guardIn("in", "#"+x.Name.Name+" in "+p.expr(x.Object, precShift))
	case *Logical:
		return p.logical(x)
	case *Conditional:
		return p.expr(x.Test, precCoalesce) + " ? " + p.inside(x.Then, precAssign) + " : " + p.expr(x.Else, precAssign), precConditional
	case *Assign:
		op := x.Op
		if op != "=" {
			op += "="
		}
		return p.pattern(x.Target) + " " + op + " " + p.expr(x.Value, precAssign), precAssign
	case *Yield:
		switch {
		case x.Delegate:
			return "yield* " + p.expr(x.X, precAssign), precAssign
		case x.X != nil:
			return "yield " + p.expr(x.X, precAssign), precAssign
		}
		return "yield", precAssign
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", x))
}

// binary writes both operands. Comparisons inside comparisons stand in parentheses
// although the grammar does without: goja groups them from the right.
func (p *printer) binary(x *Binary) (string, int) {
	prec := binaryPrec[x.Op]
	left, right := prec, prec+1
	switch prec {
	case precExponent:
		left, right = precUpdate, precExponent
	case precRelational:
		left = prec + 1
	}
	text := p.expr(x.Left, left) + " " + x.Op + " " + p.expr(x.Right, right)
	text, guarded := p.guardIn(x.Op, text)
	if guarded == precPrimary {
		return text, guarded
	}
	return text, prec
}

// guardIn puts an in operator into parentheses where it would end a for head.
func (p *printer) guardIn(op, text string) (string, int) {
	if op == "in" && p.noIn {
		return "(" + text + ")", precPrimary
	}
	return text, precRelational
}

// logical writes both operands; ?? next to || or && needs parentheses.
func (p *printer) logical(x *Logical) (string, int) {
	prec := binaryPrec[x.Op]
	operand := func(y Expr, min int) string {
		if l, ok := y.(*Logical); ok && (l.Op == "??") != (x.Op == "??") {
			min = precPrimary
		}
		return p.expr(y, min)
	}
	return operand(x.Left, prec) + " " + x.Op + " " + operand(x.Right, prec+1), prec
}

// inside writes x where brackets around it allow the in operator again.
func (p *printer) inside(x Expr, min int) string {
	defer func(was bool) { p.noIn = was }(p.noIn)
	p.noIn = false
	return p.expr(x, min)
}

func (p *printer) args(list []Expr) string {
	defer func(was bool) { p.noIn = was }(p.noIn)
	p.noIn = false
	return p.list(list)
}

func (p *printer) list(list []Expr) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = p.expr(x, precAssign)
	}
	return strings.Join(parts, ", ")
}

func (p *printer) array(x *Array) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, e := range x.Elements {
		if e != nil {
			b.WriteString(p.inside(e, precAssign))
		}
		if i < len(x.Elements)-1 || e == nil {
			b.WriteByte(',')
		}
		if i < len(x.Elements)-1 {
			b.WriteByte(' ')
		}
	}
	return b.String() + "]"
}

func (p *printer) template(x *Template) string {
	var b strings.Builder
	b.WriteByte('`')
	for i, part := range x.Parts {
		b.WriteString(part.Raw)
		if i < len(x.Exprs) {
			b.WriteString("${" + p.inside(x.Exprs[i], precSequence) + "}")
		}
	}
	return b.String() + "`"
}

func (p *printer) arrow(x *Arrow) string {
	head := p.params(x.Params) + " => "
	if x.Async {
		head = "async " + head
	}
	if x.Body != nil {
		return head + p.block(x.Body)
	}
	result := p.expr(x.Result, precAssign)
	if strings.HasPrefix(result, "{") {
		result = "(" + result + ")"
	}
	return head + result
}
