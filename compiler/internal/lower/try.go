package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// throwStatement goes to the catch around it, when what is thrown is known; a throw that
// leaves the rule is goja's to report.
func (l *lowerer) throwStatement(s *ast.Throw) {
	if len(l.tries) == 0 {
		l.exit(diag.Throws, s, "")
		return
	}
	t := l.tries[len(l.tries)-1]
	if t.node.Catch == nil || t.node.Finally != nil || t.depth != len(l.inlining) {
		l.exit(diag.Throws, s, "")
		return
	}
	thrown := l.value(s.X)
	l.caught(s, t, thrown)
}

// caught lowers a catch block where something is thrown into it.
func (l *lowerer) caught(at placed, t *try, thrown value) {
	outer, tries := l.scope, l.tries
	l.scope, l.tries = newScope(t.scope), l.tries[:len(l.tries)-1]
	switch param := t.node.Param.(type) {
	case nil:
	case *ast.Ident:
		l.scope.declare(param.Name, &binding{kind: bindLet, once: !l.assigned[param.Name]})
		l.initialise(param, param.Name, thrown)
	default:
		l.exit(diag.Destructures, t.node.Param, "")
	}
	l.block(t.node.Catch.List)
	l.scope, l.tries = outer, tries
	if l.reachable {
		t.used = true
		l.emit(&ir.Leave{At: at.Span(), Label: t.label})
	}
	l.reachable = false
}

// tryStatement lowers a try to its body: what throws in it exits, but for throw
// statements, which go to the catch.
func (l *lowerer) tryStatement(s *ast.Try) {
	t := &try{node: s, label: l.label("try"), scope: l.scope, depth: len(l.inlining)}
	l.tries = append(l.tries, t)
	steps, ends := l.inside(func() { l.block(s.Body.List) })
	l.tries = l.tries[:len(l.tries)-1]
	if t.used {
		l.emit(&ir.Block{At: s.At, Label: t.label, Body: steps})
	} else {
		for _, step := range steps {
			l.emit(step)
		}
		l.reachable = ends
	}
	if s.Finally == nil || !l.reachable {
		if s.Finally != nil {
			l.reachable = true
			l.exit(diag.NotLowered, s, "try with finally that is left early")
		}
		return
	}
	l.block(s.Finally.List)
}
