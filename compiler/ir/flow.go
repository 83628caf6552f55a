package ir

// Ends reports whether nothing behind steps is ever reached: each way through them ends in
// a Return, an Exit, or a Leave or Next to somewhere around them.
func Ends(steps []Step) bool {
	on, _ := (&flow{}).steps(steps)
	return !on
}

// Exits lists the Exit steps of a rule that control can reach, in order. Conditions count
// as unknown unless they are constants.
func Exits(r *Rule) []*Exit {
	f := &flow{}
	f.steps(r.Steps)
	return f.exits
}

// flow follows control through steps.
type flow struct {
	exits []*Exit
}

// steps answers whether control can go on behind steps, and the labels that it can leave for.
func (f *flow) steps(steps []Step) (on bool, leaves map[string]bool) {
	for _, s := range steps {
		next, labels := f.step(s)
		leaves = union(leaves, labels)
		if !next {
			return false, leaves
		}
	}
	return true, leaves
}

func (f *flow) step(s Step) (on bool, leaves map[string]bool) {
	switch s := s.(type) {
	case *Return:
		return false, nil
	case *Exit:
		f.exits = append(f.exits, s)
		return false, nil
	case *Leave:
		return false, map[string]bool{s.Label: true}
	case *Next:
		return false, nil // its loop goes on anyway
	case *If:
		if c, ok := s.Cond.(*Const); ok {
			if c.Truthy() {
				return f.steps(s.Then)
			}
			return f.steps(s.Else)
		}
		then, thenLeaves := f.steps(s.Then)
		otherwise, elseLeaves := f.steps(s.Else)
		return then || otherwise, union(thenLeaves, elseLeaves)
	case *Block:
		on, leaves = f.steps(s.Body)
		return on || leaves[s.Label], leaves
	case *For:
		_, leaves = f.steps(s.Body)
	case *ForKeys:
		_, leaves = f.steps(s.Body)
	case *Count:
		_, leaves = f.steps(s.Body)
	case *Persist:
		f.steps(s.Then)
	}
	return true, leaves
}

func union(a, b map[string]bool) map[string]bool {
	if len(a) == 0 {
		return b
	}
	for label := range b {
		a[label] = true
	}
	return a
}

// Size is the number of steps and expressions of a rule.
func Size(r *Rule) int {
	n := 0
	Walk(r.Steps, func(Step) bool { n++; return true }, func(Expr) bool { n++; return true })
	return n
}

// ExprSize is the number of expressions in e, itself counted.
func ExprSize(e Expr) int {
	n := 0
	WalkExpr(e, func(Expr) bool { n++; return true })
	return n
}
