package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// turns lowers the body of a loop. continue goes to the next turn of the IR's loop.
func (l *lowerer) turns(label string, names []string, body func()) []ir.Step {
	j := &jump{label: label, names: names, isLoop: true, tries: len(l.tries)}
	j.next = func(at placed) { l.emit(&ir.Next{At: at.Span(), Label: label}) }
	l.function.jumps = append(l.function.jumps, j)
	l.loops++
	steps, _ := l.inside(body)
	l.loops--
	l.function.jumps = l.function.jumps[:len(l.function.jumps)-1]
	return steps
}

// forStatement lowers a loop over a number: for (let i = a; i < b; i++). Other loops of
// three parts are lowered part by part.
func (l *lowerer) forStatement(s *ast.For, names []string) {
	l.scope = newScope(l.scope)
	defer func() { l.scope = l.scope.outer }()
	name, by, ok := l.counter(s)
	if !ok {
		l.threeParts(s, names)
		return
	}
	var from ir.Expr
	if s.Decl != nil {
		if s.Decl.Kind != ast.VarVar {
			l.declareBlock([]ast.Stmt{s.Decl})
		}
		for _, b := range s.Decl.List {
			id := b.Target.(*ast.Ident)
			if id.Name == name {
				from = l.expr(b.Init)
				continue
			}
			if b.Init == nil {
				l.initialise(b, id.Name, undefined(b))
			} else {
				l.initialise(b, id.Name, l.value(b.Init))
			}
		}
	} else if a, isAssign := s.Init.(*ast.Assign); isAssign {
		from = l.expr(a.Value)
	}
	b := l.declared(&ast.Ident{At: s.At, Name: name})
	if b == nil {
		l.exit(diag.GlobalState, s, name)
		return
	}
	if b.static != nil || from == nil || b.kind == bindConst {
		l.exit(diag.NotLowered, s, "")
		return
	}
	b.ready, b.once = true, false
	if b.local == "" {
		b.local = l.local(name)
	}
	l.fresh[b.local] = false
	label := l.label("loop")
	mark := len(*l.out)
	l.loops++
	test := l.condition(s.Test)
	l.loops--
	if len(*l.out) != mark {
		*l.out = (*l.out)[:mark]
		l.exit(diag.NotLowered, s.Test, "")
		return
	}
	steps := l.turns(label, names, func() { l.body(s.Body) })
	l.emit(&ir.Count{At: s.At, Label: label, Name: b.local, From: from, While: test, By: by, Body: steps})
}

// counter finds the variable of a loop and its step: one that the loop's head moves by a
// constant and that its body does not write.
func (l *lowerer) counter(s *ast.For) (name string, by float64, ok bool) {
	if s.Test == nil || s.Update == nil {
		return "", 0, false
	}
	switch u := s.Update.(type) {
	case *ast.Update:
		if id, isIdent := u.X.(*ast.Ident); isIdent {
			name, by = id.Name, 1
			if u.Op == "--" {
				by = -1
			}
		}
	case *ast.Assign:
		id, isIdent := u.Target.(*ast.Ident)
		number, isNumber := u.Value.(*ast.Number)
		if isIdent && u.Op == "" || isIdent && u.Op == "=" {
			sum, isSum := u.Value.(*ast.Binary)
			if isSum && (sum.Op == "+" || sum.Op == "-") {
				left, isLeft := sum.Left.(*ast.Ident)
				if n, isN := sum.Right.(*ast.Number); isLeft && isN && left.Name == id.Name {
					name, by = id.Name, n.Value
					if sum.Op == "-" {
						by = -by
					}
				}
			}
		} else if isIdent && isNumber && (u.Op == "+" || u.Op == "-") {
			name, by = id.Name, number.Value
			if u.Op == "-" {
				by = -by
			}
		}
	}
	if name == "" || by == 0 {
		return "", 0, false
	}
	if s.Decl != nil {
		for _, b := range s.Decl.List {
			if _, isIdent := b.Target.(*ast.Ident); !isIdent {
				return "", 0, false
			}
		}
	} else if a, isAssign := s.Init.(*ast.Assign); !isAssign || a.Op != "=" {
		return "", 0, false
	} else if id, isIdent := a.Target.(*ast.Ident); !isIdent || id.Name != name {
		return "", 0, false
	}
	return name, by, !writes(s.Body, name) && !writes(s.Test, name)
}

// writes reports whether a variable of this name is written below n.
func writes(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Assign:
			if id, ok := n.Target.(*ast.Ident); ok && id.Name == name {
				found = true
			} else if !ok {
				bound(n.Target, func(other string) { found = found || other == name })
			}
		case *ast.Update:
			if id, ok := n.X.(*ast.Ident); ok && id.Name == name {
				found = true
			}
		case *ast.Var:
			for _, b := range n.List {
				bound(b.Target, func(other string) { found = found || other == name })
			}
		case *ast.ForIn:
			if n.Target != nil {
				bound(n.Target, func(other string) { found = found || other == name })
			}
		case *ast.ForOf:
			if n.Target != nil {
				bound(n.Target, func(other string) { found = found || other == name })
			}
		}
		return !found
	})
	return found
}

// forOf lowers for (const x of list).
func (l *lowerer) forOf(s *ast.ForOf, names []string) {
	list := l.iterable(s.Iterable, l.expr(s.Iterable))
	if !l.reachable {
		return
	}
	label, item := l.label("loop"), l.local(targetName(s.Decl, s.Target, "item"))
	steps := l.turns(label, names, func() {
		l.scope = newScope(l.scope)
		l.loopTarget(s.Decl, s.Target, &ir.Local{At: s.Iterable.Span(), Name: item})
		l.body(s.Body)
		l.scope = l.scope.outer
	})
	l.fresh[item] = false
	l.emit(&ir.For{At: s.At, Label: label, Item: item, List: list, Body: steps})
}

// iterable is a value that for-of and spread go through: an array as it is, another
// iterable that is surely none as the list of its items.
func (l *lowerer) iterable(at placed, v ir.Expr) ir.Expr {
	if c, ok := v.(*ir.Call); ok && (c.Func == "newSet" || c.Func == "newMap") || ir.TypeOf(v) == ir.StringType {
		return call(at, "items", v)
	}
	return v
}

// forIn lowers for (const key in object).
func (l *lowerer) forIn(s *ast.ForIn, names []string) {
	object := l.expr(s.Object)
	if !l.reachable {
		return
	}
	label, key := l.label("loop"), l.local(targetName(s.Decl, s.Target, "key"))
	steps := l.turns(label, names, func() {
		l.scope = newScope(l.scope)
		l.loopTarget(s.Decl, s.Target, &ir.Local{At: s.Object.Span(), Name: key})
		l.body(s.Body)
		l.scope = l.scope.outer
	})
	l.fresh[key] = false
	l.emit(&ir.ForKeys{At: s.At, Label: label, Key: key, Object: object, Body: steps})
}

// targetName is the name that a loop's variable has in the rule.
func targetName(decl *ast.Var, target ast.Pattern, other string) string {
	if decl != nil {
		target = decl.List[0].Target
	}
	if id, ok := target.(*ast.Ident); ok {
		return id.Name
	}
	return other
}

// loopTarget gives a loop's variable its value for one turn.
func (l *lowerer) loopTarget(decl *ast.Var, target ast.Pattern, v ir.Expr) {
	if decl == nil {
		l.assignTo(target, target, v)
		return
	}
	l.declareBlock([]ast.Stmt{decl})
	b := decl.List[0]
	if id, ok := b.Target.(*ast.Ident); ok {
		if own := l.scope.lookup(id.Name); own != nil && own.once && decl.Kind != ast.VarVar {
			own.static, own.ready = v, true // the loop's own variable, which only the loop writes
			return
		}
		l.initialise(b, id.Name, v)
		return
	}
	l.destructure(b.Target, v, func(at placed, name string, v value) { l.initialise(at, name, v) })
}

// threeParts lowers for (init; test; update) of any kind.
func (l *lowerer) threeParts(s *ast.For, names []string) {
	if s.Decl != nil {
		if s.Decl.Kind != ast.VarVar {
			l.declareBlock([]ast.Stmt{s.Decl})
			for _, b := range s.Decl.List { // the loop writes them
				bound(b.Target, func(name string) { l.scope.names[name].once = false })
			}
		}
		l.declaration(s.Decl)
	} else if s.Init != nil {
		l.effect(s.Init)
	}
	l.repeat(s, names, s.Test, false, s.Body, s.Update)
}

func (l *lowerer) whileStatement(s *ast.While, names []string) {
	l.repeat(s, names, s.Test, false, s.Body, nil)
}

func (l *lowerer) doWhile(s *ast.DoWhile, names []string) {
	l.repeat(s, names, s.Test, true, s.Body, nil)
}

// repeat lowers a loop whose turns nothing counts; the step runner bounds them. test may be
// nil; with after it is asked behind each turn, update is computed behind each.
func (l *lowerer) repeat(at ast.Stmt, names []string, test ast.Expr, after bool, body ast.Stmt, update ast.Expr) {
	if !l.reachable {
		return
	}
	label, turn := l.label("loop"), l.local("turn")
	l.fresh[turn] = false
	var cond ir.Expr = constant(at, true)
	if test != nil && !after {
		l.loops++
		if !l.attempt(func() { cond = l.condition(test) }) {
			cond = nil
		}
		l.loops--
	}
	leaveUnless := func() {
		l.choose(at, l.condition(test), func() {}, func() {
			l.emit(&ir.Leave{At: test.Span(), Label: label})
			l.reachable = false
		})
	}
	inner := ""
	steps := l.turns(label, names, func() {
		if cond == nil {
			leaveUnless()
		}
		if update == nil && !after {
			l.body(body)
			return
		}
		// continue goes on with what stands behind the body.
		inner = l.label("turn")
		jumps := l.function.jumps
		j := jumps[len(jumps)-1]
		used := false
		j.next = func(at placed) {
			used = true
			l.emit(&ir.Leave{At: at.Span(), Label: inner})
		}
		made, ends := l.inside(func() { l.body(body) })
		if used {
			l.emit(&ir.Block{At: body.Span(), Label: inner, Body: made})
		} else {
			for _, step := range made {
				l.emit(step)
			}
			l.reachable = ends
		}
		if update != nil && l.reachable {
			l.effect(update)
		}
		if after && l.reachable {
			leaveUnless()
		}
	})
	if cond == nil {
		cond = constant(at, true)
	}
	if known, value := truth(cond); known && !value {
		return
	}
	l.emit(&ir.Count{At: at.Span(), Label: label, Name: turn, From: constant(at, 0.0), While: cond, By: 1, Body: steps})
}
