package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
)

// block walks statements in order.
func (f *flow) block(list []ast.Stmt, in []state) []state {
	for _, s := range list {
		if len(in) == 0 {
			return nil
		}
		in = f.stmt(s, in)
	}
	return in
}

// stmt walks one statement: the ways on which the next one is reached.
func (f *flow) stmt(s ast.Stmt, in []state) []state {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return f.discarded(s.X, in)
	case *ast.Var:
		for _, b := range s.List {
			in = f.binding(b, in)
		}
		return in
	case *ast.Block:
		return f.block(s.List, in)
	case *ast.If:
		holds, fails := f.cond(s.Test, in)
		out := f.stmt(s.Then, holds)
		if s.Else != nil {
			return f.join(out, f.stmt(s.Else, fails))
		}
		return f.join(out, fails)
	case *ast.Return:
		if s.X != nil {
			in = f.returned(s.X, in)
		}
		f.frame.returns = f.join(f.frame.returns, each(in, func(st *state) {
			if !st.settled() {
				st.end = s
			}
		}))
		return nil
	case *ast.Throw:
		in = f.eval(s.X, in)
		f.frame.throws = f.join(f.frame.throws, each(in, func(st *state) { st.thrown = s }))
		return nil
	case *ast.Try:
		return f.try(s, in)
	case *ast.For:
		return f.loop(in, func(in []state) []state {
			if s.Decl != nil {
				in = f.stmt(s.Decl, in)
			}
			if s.Init != nil {
				in = f.eval(s.Init, in)
			}
			return in
		}, s.Test, s.Body, s.Update)
	case *ast.While:
		return f.loop(in, nil, s.Test, s.Body, nil)
	case *ast.DoWhile:
		out := f.body(s.Body, in)
		holds, fails := f.cond(s.Test, out.normal)
		again := f.body(s.Body, holds)
		_, fails2 := f.cond(s.Test, again.normal)
		return f.join(fails, fails2, out.left, again.left)
	case *ast.ForIn:
		return f.visits(s.Decl, s.Target, s.Object, s.Body, in)
	case *ast.ForOf:
		return f.visits(s.Decl, s.Target, s.Iterable, s.Body, in)
	case *ast.Switch:
		return f.choose(s, in)
	case *ast.Labelled:
		out := f.stmt(s.Body, in)
		out = f.join(out, f.frame.breaks[s.Label.Name], f.frame.continues[s.Label.Name])
		delete(f.frame.breaks, s.Label.Name)
		delete(f.frame.continues, s.Label.Name)
		return out
	case *ast.Break:
		f.leave(f.frame.breaks, s.Label, in)
		return nil
	case *ast.Continue:
		f.leave(f.frame.continues, s.Label, in)
		return nil
	case *ast.With:
		return f.stmt(s.Body, f.eval(s.Object, in))
	}
	return in // declarations, directives, empty statements
}

func (f *flow) leave(to map[string][]state, label *ast.Ident, in []state) {
	name := ""
	if label != nil {
		name = label.Name
	}
	to[name] = f.join(to[name], in)
}

func (f *flow) binding(b *ast.Binding, in []state) []state {
	if b.Init == nil {
		return in
	}
	in = f.eval(b.Init, in)
	if pattern, ok := b.Target.(*ast.ObjectPattern); ok && (len(pattern.Properties) > 0 || pattern.Rest != nil) {
		f.guarded(b.Init, b.Target, in)
	}
	return f.assigned(b.Target, b.Init, in)
}

// turn is how a loop's body ends.
type turn struct{ normal, left []state }

// body walks a loop's body once. left are the ways that break out.
func (f *flow) body(s ast.Stmt, in []state) turn {
	breaks, continues := f.frame.breaks[""], f.frame.continues[""]
	delete(f.frame.breaks, "")
	delete(f.frame.continues, "")
	out := f.stmt(s, in)
	t := turn{normal: f.join(out, f.frame.continues[""]), left: f.frame.breaks[""]}
	f.frame.breaks[""], f.frame.continues[""] = breaks, continues
	return t
}

// loop walks a loop of no, one or two turns.
func (f *flow) loop(in []state, init func([]state) []state, test ast.Expr, s ast.Stmt, update ast.Expr) []state {
	if init != nil {
		in = init(in)
	}
	var out []state
	for range 2 {
		fails := []state(nil)
		if test != nil {
			in, fails = f.cond(test, in)
		}
		t := f.body(s, in)
		out = f.join(out, fails, t.left)
		if in = t.normal; update != nil {
			in = f.eval(update, in)
		}
	}
	if test != nil {
		_, in = f.cond(test, in)
		out = f.join(out, in)
	}
	return out
}

// visits walks for…in and for…of.
func (f *flow) visits(decl *ast.Var, target ast.Pattern, list ast.Expr, s ast.Stmt, in []state) []state {
	in = f.eval(list, in)
	if decl != nil {
		target = decl.List[0].Target
	}
	out := in
	for range 2 {
		targets(target, nil, true, func(id *ast.Ident, _ []string, _ bool) { in = f.forget(in, id) })
		t := f.body(s, in)
		in = t.normal
		out = f.join(out, t.left, in)
	}
	return out
}

// choose walks a switch: each clause from its own test and from the one before.
func (f *flow) choose(s *ast.Switch, in []state) []state {
	rest := f.eval(s.Value, in)
	starts := make([][]state, len(s.Cases))
	fallback := -1
	for i, c := range s.Cases {
		if c.Test == nil {
			fallback = i
			continue
		}
		rest = f.eval(c.Test, rest)
		key := ""
		if f.pure(s.Value) && f.pure(c.Test) {
			key = f.keyText(s.Value) + " === " + f.keyText(c.Test)
		}
		starts[i], rest = f.split(rest, c.Test, key, false, func(st *state, is bool) {
			if p := f.path(s.Value); is && p != "" && constant(c.Test) {
				f.learnThere(st, p)
			}
		})
	}
	breaks := f.frame.breaks[""]
	delete(f.frame.breaks, "")
	if fallback >= 0 {
		starts[fallback], rest = rest, nil
	}
	var fall []state
	for i, c := range s.Cases {
		fall = f.block(c.Body, f.join(starts[i], fall))
	}
	out := f.join(rest, fall, f.frame.breaks[""])
	f.frame.breaks[""] = breaks
	return out
}

// try walks try, catch and finally. What may throw inside is not judged call by call: the
// catch is reached from the state before, from throw statements and from rejected promises.
func (f *flow) try(s *ast.Try, in []state) []state {
	outer := f.frame.throws
	returns := len(f.frame.returns)
	f.frame.throws = nil
	out := f.block(s.Body.List, in)
	thrown := f.frame.throws
	f.frame.throws = outer
	if s.Catch != nil {
		var before []state
		for _, st := range in {
			if st.called == nil {
				st.branch = nil
				before = append(before, st)
			}
		}
		var uncalled []state
		for _, st := range thrown {
			st.thrown = nil
			uncalled = append(uncalled, st)
		}
		out = f.join(out, f.block(s.Catch.List, f.join(before, uncalled)))
	} else {
		f.frame.throws = f.join(f.frame.throws, thrown)
	}
	if s.Finally != nil {
		out = f.block(s.Finally.List, out)
		if f.mentions(s.Finally) && returns < len(f.frame.returns) {
			late := append([]state(nil), f.frame.returns[returns:]...)
			f.frame.returns = f.frame.returns[:returns:returns]
			f.frame.returns = f.join(f.frame.returns, f.block(s.Finally.List, late))
		}
	}
	return out
}

// cond evaluates a condition: the ways on which it holds and those on which it does not.
func (f *flow) cond(e ast.Expr, in []state) (holds, fails []state) {
	if len(in) == 0 {
		return nil, nil
	}
	switch e := e.(type) {
	case *ast.Bool:
		if e.Value {
			return in, nil
		}
		return nil, in
	case *ast.Unary:
		if e.Op == "!" {
			fails, holds = f.cond(e.X, in)
			return holds, fails
		}
	case *ast.Logical:
		switch e.Op {
		case "&&":
			left, no := f.cond(e.Left, in)
			right, no2 := f.cond(e.Right, left)
			return right, f.join(no, no2)
		case "||":
			yes, left := f.cond(e.Left, in)
			yes2, right := f.cond(e.Right, left)
			return f.join(yes, yes2), right
		}
	}
	in = f.eval(e, in)
	key, opposite := f.factKey(e)
	return f.split(in, e, key, opposite, func(s *state, is bool) { f.learnTruth(s, e, "", is) })
}

// split divides ways by the answer of a condition; a way that knows it goes one way only.
func (f *flow) split(in []state, test ast.Expr, key string, opposite bool, learn func(s *state, is bool)) (holds, fails []state) {
	yes, no := &branch{test, true}, &branch{test, false}
	for _, s := range in {
		is, known := s.knows(key)
		if known && key != "" {
			if is != opposite {
				holds = append(holds, s)
			} else {
				fails = append(fails, s)
			}
			continue
		}
		for _, b := range []*branch{yes, no} {
			way := s
			way.branch = b
			way.learn(key, b.holds != opposite)
			if _, isPath := test.(*ast.Binary); !isPath && key != "" && b.holds && !opposite {
				f.learnTruth(&way, test, key, true)
			}
			learn(&way, b.holds)
			if b.holds {
				holds = append(holds, way)
			} else {
				fails = append(fails, way)
			}
		}
	}
	return f.join(holds), f.join(fails)
}
