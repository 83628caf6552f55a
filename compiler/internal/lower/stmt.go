package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// statements lowers a list of statements whose declarations are known.
func (l *lowerer) statements(list []ast.Stmt) {
	for _, s := range list {
		if !l.reachable {
			return
		}
		l.statement(s)
	}
}

// block lowers statements in a scope of their own.
func (l *lowerer) block(list []ast.Stmt) {
	l.scope = newScope(l.scope)
	l.declareBlock(list)
	l.statements(list)
	l.scope = l.scope.outer
}

// body lowers a statement that stands where a block may stand.
func (l *lowerer) body(s ast.Stmt) {
	if b, ok := s.(*ast.Block); ok {
		l.block(b.List)
		return
	}
	l.block([]ast.Stmt{s})
}

func (l *lowerer) statement(s ast.Stmt) {
	l.count()
	switch s := s.(type) {
	case *ast.Empty, *ast.Directive, *ast.FunctionDecl, *ast.Debugger:
	case *ast.ExprStmt:
		l.effect(s.X)
	case *ast.Var:
		l.declaration(s)
	case *ast.Block:
		l.block(s.List)
	case *ast.If:
		l.ifStatement(s)
	case *ast.Return:
		l.returnStatement(s)
	case *ast.For:
		l.forStatement(s, nil)
	case *ast.ForOf:
		l.forOf(s, nil)
	case *ast.ForIn:
		l.forIn(s, nil)
	case *ast.While:
		l.whileStatement(s, nil)
	case *ast.DoWhile:
		l.doWhile(s, nil)
	case *ast.Switch:
		l.switchStatement(s)
	case *ast.Break:
		l.breakStatement(s)
	case *ast.Continue:
		l.continueStatement(s)
	case *ast.Labelled:
		l.labelled(s, nil)
	case *ast.Throw:
		l.throwStatement(s)
	case *ast.Try:
		l.tryStatement(s)
	case *ast.ClassDecl:
		l.exit(diag.ClassUsed, s, "")
	case *ast.With:
		l.exit(diag.DynamicCode, s, "with")
	default:
		l.exit(diag.NotLowered, s, "")
	}
}

// declaration lowers var, let and const.
func (l *lowerer) declaration(s *ast.Var) {
	for _, b := range s.List {
		if !l.reachable {
			return
		}
		if b.Init == nil {
			if s.Kind != ast.VarVar {
				bound(b.Target, func(name string) { l.initialise(b, name, undefined(b)) })
			}
			continue
		}
		if id, ok := b.Target.(*ast.Ident); ok {
			l.initialise(b, id.Name, l.value(b.Init))
			continue
		}
		bind := func(at placed, name string, v value) { l.initialise(at, name, v) }
		v := l.value(b.Init)
		if l.destructureStatic(b.Target, v, bind) {
			continue
		}
		l.destructure(b.Target, l.data(b.Init, v), bind)
	}
}

// initialise gives a declared name its first value.
func (l *lowerer) initialise(at placed, name string, v value) {
	b := l.scope.lookup(name)
	if b == nil {
		l.exit(diag.UnknownName, at, name)
		return
	}
	b.ready = true
	if b.once {
		switch v := v.(type) {
		case *ir.Const, *ir.Root, *ir.ItemVar:
			b.static = v
			return
		case ir.Expr:
		case *regexpValue:
			named := *v
			named.named = true
			b.static = &named
			return
		default:
			b.static = v
			return
		}
	}
	if err, isError := v.(*errorValue); isError && l.loops == 0 {
		l.holdError(at, name, b, err)
		return
	}
	data, ok := v.(ir.Expr)
	if !ok {
		data = l.data(at, v)
	}
	if b.tag != "" {
		l.let(at, b.tag, constant(at, 0.0))
	}
	b.holds(data)
	b.started = b.started || l.branch == l.function.branch
	if b.local == "" {
		b.local = l.local(name)
		l.single[b.local] = b.once
	}
	l.let(at, b.local, data)
}

// ifStatement lowers if; a condition that is known leaves one branch.
func (l *lowerer) ifStatement(s *ast.If) {
	cond := l.condition(s.Test)
	l.choose(s, cond, func() { l.body(s.Then) }, func() {
		if s.Else != nil {
			l.body(s.Else)
		}
	})
}

// choose emits an If of two branches.
func (l *lowerer) choose(at placed, cond ir.Expr, then, otherwise func()) {
	if !l.reachable {
		return
	}
	if known, value := truth(cond); known {
		if value {
			then()
		} else {
			otherwise()
		}
		return
	}
	thenSteps, thenEnds := l.inside(then)
	elseSteps, elseEnds := l.inside(otherwise)
	if len(thenSteps) == 0 && len(elseSteps) == 0 {
		l.emit(&ir.Eval{At: cond.Span(), X: cond})
		return
	}
	l.emit(&ir.If{At: at.Span(), Cond: cond, Then: thenSteps, Else: elseSteps})
	l.reachable = thenEnds || elseEnds
}

// returnStatement leaves the function that is being lowered.
func (l *lowerer) returnStatement(s *ast.Return) {
	f := l.function
	if f.rule || f.later {
		if s.X != nil {
			l.effect(s.X)
		}
		l.emit(&ir.Return{At: s.At})
		l.reachable = false
		return
	}
	if len(l.tries) > f.tries && l.tries[len(l.tries)-1].node.Finally != nil {
		l.exit(diag.NotLowered, s, "return inside try with finally")
		return
	}
	if f.result == "" {
		if s.X != nil {
			l.effect(s.X)
		}
	} else if s.X != nil {
		l.let(s, f.result, l.expr(s.X))
	} else {
		l.let(s, f.result, undefined(s))
	}
	if l.reachable {
		f.leave(s)
		l.reachable = false
	}
}

// find looks for the loop, switch or labelled statement that break or continue mean.
func (l *lowerer) find(label *ast.Ident, loop bool) *jump {
	jumps := l.function.jumps
	for i := len(jumps) - 1; i >= 0; i-- {
		j := jumps[i]
		if label != nil {
			for _, name := range j.names {
				if name == label.Name {
					return j
				}
			}
			continue
		}
		if j.isLoop || !loop && len(j.names) == 0 {
			return j
		}
	}
	return nil
}

func (l *lowerer) leavesFinally(j *jump) bool {
	for _, t := range l.tries[min(j.tries, len(l.tries)):] {
		if t.node.Finally != nil {
			return true
		}
	}
	return false
}

func (l *lowerer) breakStatement(s *ast.Break) {
	j := l.find(s.Label, false)
	if j == nil || l.leavesFinally(j) {
		l.exit(diag.NotLowered, s, "")
		return
	}
	l.emit(&ir.Leave{At: s.At, Label: j.label})
	l.reachable = false
}

func (l *lowerer) continueStatement(s *ast.Continue) {
	j := l.find(s.Label, true)
	if j == nil || j.next == nil || l.leavesFinally(j) {
		l.exit(diag.NotLowered, s, "")
		return
	}
	j.next(s)
	l.reachable = false
}

func (l *lowerer) labelled(s *ast.Labelled, names []string) {
	names = append(names, s.Label.Name)
	switch body := s.Body.(type) {
	case *ast.For:
		l.forStatement(body, names)
	case *ast.ForOf:
		l.forOf(body, names)
	case *ast.ForIn:
		l.forIn(body, names)
	case *ast.While:
		l.whileStatement(body, names)
	case *ast.DoWhile:
		l.doWhile(body, names)
	case *ast.Labelled:
		l.labelled(body, names)
	default:
		label := l.label("block")
		l.function.jumps = append(l.function.jumps, &jump{label: label, names: names, tries: len(l.tries)})
		steps, _ := l.inside(func() { l.body(s.Body) })
		l.function.jumps = l.function.jumps[:len(l.function.jumps)-1]
		l.emit(&ir.Block{At: s.At, Label: label, Body: steps})
	}
}
