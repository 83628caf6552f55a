package emit

import (
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Generator writes one expression as text: exprgen.Generate and celgen.Generate. With test
// the text's value is a boolean. Marks are by ascending offset, in code points.
type Generator func(e ir.Expr, test bool, n *names.Names) (text string, marks []program.Mark, err error)
