package exprgen

import (
	"errors"

	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Generate writes an expression as expr text. With test the text's value is a boolean: the
// truthiness of the expression's value. Marks place parts of the text in the user's file, by
// ascending offset in code points; a part ends where the next begins.
func Generate(e ir.Expr, test bool, n *names.Names) (text string, marks []program.Mark, err error) {
	return "", nil, errors.New("internal error: not yet")
}
