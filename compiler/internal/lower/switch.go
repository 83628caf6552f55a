package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// switchStatement lowers switch: to a chain of Ifs when no case falls through, else
// with a variable that says whether a case has matched.
func (l *lowerer) switchStatement(s *ast.Switch) {
	on := l.keep(s.Value, "switch", l.expr(s.Value))
	label := l.label("switch")
	j := &jump{label: label, tries: len(l.tries)}
	l.function.jumps = append(l.function.jumps, j)
	defer func() { l.function.jumps = l.function.jumps[:len(l.function.jumps)-1] }()
	l.scope = newScope(l.scope)
	defer func() { l.scope = l.scope.outer }()
	for _, c := range s.Cases {
		l.declareBlock(c.Body)
	}
	steps, _ := l.inside(func() {
		if fallsThrough(s.Cases) {
			l.fallingCases(s, on)
		} else {
			l.chainedCases(s, on, s.Cases, nil)
		}
	})
	l.emit(&ir.Block{At: s.At, Label: label, Body: steps})
}

// fallsThrough reports whether a case that does something goes on with the next.
func fallsThrough(cases []*ast.Case) bool {
	for i, c := range cases {
		if i == len(cases)-1 || len(c.Body) == 0 {
			continue
		}
		if !endsHere(c.Body) {
			return true
		}
	}
	// An empty default before other cases joins them.
	for i, c := range cases {
		if c.Test == nil && len(c.Body) == 0 && i < len(cases)-1 {
			return true
		}
	}
	return false
}

// endsHere reports whether statements surely leave: their last one does.
func endsHere(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.Break, *ast.Return, *ast.Continue, *ast.Throw:
		return true
	case *ast.Block:
		return endsHere(s.List)
	case *ast.If:
		return s.Else != nil && endsHere([]ast.Stmt{s.Then}) && endsHere([]ast.Stmt{s.Else})
	}
	return false
}

// chainedCases lowers cases that do not fall through, those that share a body together.
func (l *lowerer) chainedCases(s *ast.Switch, on ir.Expr, cases []*ast.Case, fallback *ast.Case) {
	var cond ir.Expr
	isDefault := false
	for i, c := range cases {
		if c.Test == nil {
			isDefault = true
		} else {
			mark := len(*l.out)
			test := l.expr(c.Test)
			if len(*l.out) != mark {
				l.exit(diag.NotLowered, c.Test, "")
				return
			}
			same := call(c.Test, "same", on, test)
			if cond == nil {
				cond = same
			} else {
				cond = &ir.Or{At: c.At, X: cond, Y: same}
			}
		}
		if len(c.Body) == 0 && i < len(cases)-1 {
			continue
		}
		rest := cases[i+1:]
		if isDefault {
			if cond != nil && len(rest) > 0 {
				// case 'a': default: …; case 'b': …: the shared body runs unless b matches.
				cond = nil
			}
			if len(rest) == 0 {
				l.statements(c.Body)
				return
			}
			l.chainedCases(s, on, rest, c)
			return
		}
		l.choose(c, cond, func() { l.statements(c.Body) }, func() {
			switch {
			case len(rest) > 0:
				l.chainedCases(s, on, rest, fallback)
			case fallback != nil:
				l.statements(fallback.Body)
			}
		})
		return
	}
}

// fallingCases lowers cases that may fall through into the next.
func (l *lowerer) fallingCases(s *ast.Switch, on ir.Expr) {
	for i, c := range s.Cases {
		if c.Test == nil && i < len(s.Cases)-1 {
			l.exit(diag.NotLowered, c, "default before other cases that fall through")
			return
		}
	}
	hit := l.local("matched")
	l.let(s, hit, constant(s, false))
	for _, c := range s.Cases {
		if !l.reachable {
			return
		}
		if c.Test == nil {
			l.statements(c.Body)
			return
		}
		cond := &ir.Or{At: c.At, X: &ir.Local{At: c.At, Name: hit}, Y: call(c.Test, "same", on, l.expr(c.Test))}
		l.choose(c, cond, func() {
			l.let(c, hit, constant(c, true))
			l.statements(c.Body)
		}, func() {})
	}
}
