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
