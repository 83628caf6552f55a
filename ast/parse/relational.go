package parse

import (
	gojaast "github.com/dop251/goja/ast"
	gojatoken "github.com/dop251/goja/token"

	"github.com/ferrule-rules/ferrule/ast"
)

// goja groups comparisons from the right: it takes 0 < x < 10 for 0 < (x < 10).
// The grammar groups them from the left, so the converter puts the tree right and
// leaves mends that put parentheses into the code goja runs.

// operand is a converted expression and its place, parentheses included.
type operand struct {
	x          ast.Expr
	start, end int
}

// comparison is a row of operands with the operators between them.
type comparison struct {
	operands []operand
	ops      []string
}

func isRelational(x gojaast.Expression) bool {
	b, ok := x.(*gojaast.BinaryExpression)
	if !ok {
		return false
	}
	if _, private := b.Left.(*gojaast.PrivateIdentifier); private {
		return true
	}
	switch b.Operator {
	case gojatoken.LESS, gojatoken.GREATER, gojatoken.LESS_OR_EQUAL, gojatoken.GREATER_OR_EQUAL, gojatoken.IN, gojatoken.INSTANCEOF:
		return true
	}
	return false
}

// relational takes apart x and the comparisons on its right that stand in no
// parentheses.
func (c *converter) relational(x gojaast.Expression) comparison {
	b := x.(*gojaast.BinaryExpression)
	op := b.Operator.String()
	if _, private := b.Left.(*gojaast.PrivateIdentifier); private {
		op = "in" // goja records the token behind it
		c.lower = true
	}
	left, start, end := c.left(b.Left)
	row := comparison{operands: []operand{{left, start, end}}, ops: []string{op}}
	if !isRelational(b.Right) {
		right, s, e := c.left(b.Right)
		row.operands = append(row.operands, operand{right, s, e})
		return row
	}
	rest := c.relational(b.Right)
	last := rest.operands[len(rest.operands)-1]
	opIndex := c.index(end)
	next := opIndex + 1
	for t, _ := c.token(next); t.end <= c.scan.tokens[opIndex].start+len(op); t, _ = c.token(next) {
		next++
	}
	if open, text := c.token(next); text == "(" && open.match >= 0 && c.scan.tokens[open.match].start >= last.end {
		n := c.fold(rest)
		n.start, n.end = c.outer(n.start, n.end)
		row.operands = append(row.operands, n)
		return row
	}
	row.operands = append(row.operands, rest.operands...)
	row.ops = append(row.ops, rest.ops...)
	return row
}

// fold groups a row from the left.
func (c *converter) fold(row comparison) operand {
	n := row.operands[0]
	for i, op := range row.ops {
		right := row.operands[i+1]
		span := c.at(n.start, right.end)
		if name, ok := n.x.(*ast.PrivateName); ok {
			n.x = &ast.PrivateIn{At: span, Name: name, Object: right.x}
		} else {
			n.x = &ast.Binary{At: span, Op: op, OpAt: c.opAt(n.end, op), Left: n.x, Right: right.x}
		}
		n.end = right.end
		if i < len(row.ops)-1 {
			c.mends = append(c.mends, mend{offset: n.start, text: "("}, mend{offset: n.end, text: ")"})
		}
	}
	return n
}
