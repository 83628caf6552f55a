package ir

// steps reads steps up to a closing brace or the end.
func (r *reader) steps() []Step {
	defer r.nest()()
	var steps []Step
	for {
		for r.take(";") {
		}
		if r.tok.kind == tokenEnd || r.is("}") {
			return steps
		}
		steps = append(steps, r.step())
		r.endOfStep()
	}
}

// endOfStep checks that nothing else stands in the line.
func (r *reader) endOfStep() {
	if !r.atEnd() {
		r.unexpected("the end of the step")
	}
}

// atEnd reports whether the step ends before the token at hand.
func (r *reader) atEnd() bool {
	return r.tok.kind == tokenEnd || r.tok.line || r.is("}") || r.is(";")
}

func (r *reader) block() []Step {
	outer := r.items
	r.items = nil
	r.want("{")
	steps := r.steps()
	r.want("}")
	r.items = outer
	return steps
}

func (r *reader) step() Step {
	start, word := r.tok.start, r.tok.text
	if r.tok.kind != tokenName {
		r.unexpected("a step")
	}
	r.next()
	switch word {
	case "let":
		return r.let(start)
	case "set":
		return r.set(start)
	case "default":
		return r.defaults(start)
	case "delete":
		return r.delete(start)
	case "append":
		return r.append(start)
	case "mutate":
		return r.mutate(start)
	case "add":
		return r.add(start)
	case "if":
		return r.cond(start)
	case "for":
		return r.forOf(start)
	case "forEach":
		return r.loop(start, r.label(), true)
	case "count":
		return r.count(start)
	case "block":
		return r.labelled(start)
	case "leave":
		return &Leave{Label: r.name("a label"), At: r.span(start)}
	case "next":
		return &Next{Label: r.name("a label"), At: r.span(start)}
	case "eval":
		return &Eval{X: r.expr(), At: r.span(start)}
	case "log":
		return &Log{Level: r.name("a level"), Args: r.args(), At: r.span(start)}
	case "done":
		return r.done(start)
	case "deny":
		return r.deny(start)
	case "fail":
		return r.failStep(start)
	case "persist":
		return r.persist(start)
	case "return":
		return &Return{At: r.span(start)}
	case "exit":
		return r.exit(start)
	}
	r.fail(start, "a step was expected, not %q", word)
	return nil
}

func (r *reader) let(start int) Step {
	n := r.name("the name of a variable")
	r.want("=")
	value := r.expr()
	return &Let{At: r.span(start), Name: n, Value: value}
}

// place reads a place; method is the name behind its last dot when parentheses follow.
func (r *reader) place() (at Place, method string) {
	start := r.tok.start
	if r.is("user") || r.is("context") {
		at.Base = &Root{At: r.file.Span(start, r.tok.end), Name: r.tok.text}
		r.next()
	} else {
		n := r.name("user, context or a variable")
		at.Base = &Local{At: r.span(start), Name: n}
	}
	at.At = r.span(start)
	for r.tok.touches {
		switch {
		case r.take("."):
			if r.tok.kind == tokenQuoted {
				return at, r.name("a method")
			}
			key := &Const{At: r.file.Span(r.tok.start, r.tok.end), Value: r.property()}
			if r.is("(") && r.tok.touches {
				return at, key.Value.(string)
			}
			at.Keys = append(at.Keys, key)
		case r.take("["):
			at.Keys = append(at.Keys, r.expr())
			r.want("]")
		default:
			return at, ""
		}
		at.At = r.span(start)
	}
	return at, ""
}

// target reads a place that is no call.
func (r *reader) target() Place {
	at, method := r.place()
	if method != "" {
		r.unexpected("a place")
	}
	return at
}

func (r *reader) assignment() (Place, Expr) {
	at := r.target()
	r.want("=")
	return at, r.expr()
}

func (r *reader) set(start int) Step {
	at, value := r.assignment()
	return &Set{At: r.span(start), Target: at, Value: value}
}

func (r *reader) defaults(start int) Step {
	at, value := r.assignment()
	return &Default{At: r.span(start), Target: at, Value: value}
}

func (r *reader) delete(start int) Step {
	at := r.target()
	return &Delete{At: r.span(start), Target: at}
}

// args reads arguments up to the end of the step.
func (r *reader) args() []Item {
	var args []Item
	for !r.atEnd() {
		spread := r.take("...")
		args = append(args, Item{X: r.unary(), Spread: spread})
	}
	return args
}

func (r *reader) append(start int) Step {
	at := r.target()
	args := r.args()
	if len(args) == 0 {
		r.unexpected("a value")
	}
	return &Mutate{At: r.span(start), Method: "push", Target: at, Args: args}
}

func (r *reader) mutate(start int) Step {
	s := &Mutate{}
	s.Target, s.Method = r.place()
	if s.Method == "" {
		r.unexpected("a method")
	}
	r.want("(")
	s.Args = list(r, ")", r.item)
	if r.take("->") {
		s.Result = r.name("the name of a variable")
	}
	s.At = r.span(start)
	return s
}

func (r *reader) add(start int) Step {
	value := r.unary()
	r.want("to")
	at := r.target()
	r.want("unless")
	r.want("there")
	return &AddRole{At: r.span(start), Target: at, Value: value}
}

func (r *reader) cond(start int) Step {
	defer r.nest()()
	s := &If{Cond: r.expr(), Then: r.block()}
	if r.take("else") {
		next := r.tok.start
		if r.take("if") {
			s.Else = []Step{r.cond(next)}
		} else {
			s.Else = r.block()
		}
	}
	s.At = r.span(start)
	return s
}

// variable reads a name, or _ for none.
func (r *reader) variable() string {
	if r.take("_") {
		return ""
	}
	return r.name("the name of a variable")
}

func (r *reader) forOf(start int) Step {
	label := r.label()
	if r.take("key") {
		s := &ForKeys{Label: label, Key: r.variable()}
		r.want("of")
		s.Object = r.expr()
		s.Body = r.block()
		s.At = r.span(start)
		return s
	}
	return r.loop(start, label, false)
}

func (r *reader) loop(start int, label string, fixed bool) Step {
	s := &For{Label: label, Item: r.variable(), Fixed: fixed}
	if r.take(",") {
		s.Index = r.name("the name of a variable")
	}
	r.want("in")
	s.List = r.expr()
	s.Body = r.block()
	s.At = r.span(start)
	return s
}

func (r *reader) label() string {
	label := r.name("a label")
	r.want(":")
	return label
}

func (r *reader) count(start int) Step {
	s := &Count{Label: r.label(), Name: r.name("the name of a variable")}
	r.want("from")
	s.From = r.expr()
	r.want("while")
	s.While = r.expr()
	r.want("by")
	at := r.tok.start
	by, ok := r.constant().(float64)
	if !ok {
		r.fail(at, "a number was expected")
	}
	s.By = by
	s.Body = r.block()
	s.At = r.span(start)
	return s
}

func (r *reader) labelled(start int) Step {
	s := &Block{Label: r.name("a label"), Body: r.block()}
	s.At = r.span(start)
	return s
}

func (r *reader) done(start int) Step {
	s := &Done{}
	pass := func() Pass {
		if r.take("missing") {
			return Missing
		}
		r.want("null")
		return Dropped
	}
	if !r.atEnd() && r.take("user") {
		s.User = pass()
	}
	if !r.atEnd() && r.take("context") {
		s.Context = pass()
	}
	if !r.atEnd() && r.take("falsy") {
		s.Falsy = r.string("what was handed over")
	}
	s.At = r.span(start)
	return s
}

func (r *reader) deny(start int) Step {
	s := &Deny{}
	if !r.atEnd() {
		s.Message = r.unary()
	}
	s.At = r.span(start)
	return s
}

func (r *reader) failStep(start int) Step {
	s := &Fail{}
	if !r.take("value") {
		s.Name = r.name("the class of an error")
	}
	if !r.atEnd() && !r.is("with") {
		s.Message = r.unary()
	}
	if !r.atEnd() && r.take("with") {
		r.want("{")
		s.Fields = list(r, "}", r.field)
	}
	s.At = r.span(start)
	return s
}

func (r *reader) persist(start int) Step {
	s := &Persist{Target: r.tok.text, Style: "none"}
	if !r.take("app") && !r.take("user") {
		r.unexpected("app or user")
	}
	s.UserID = r.unary()
	s.Values = r.unary()
	switch {
	case r.atEnd():
	case r.take("await"):
		s.Style, s.Await = "await", true
	case r.is("then"), r.is("callback"):
		s.Style = r.tok.text
		r.next()
		s.Then = r.block()
	}
	s.At = r.span(start)
	return s
}

func (r *reader) exit(start int) Step {
	if r.atEnd() {
		r.unexpected("the code of an exit")
	}
	s := &Exit{Code: r.code()}
	if r.tok.kind == tokenString && !r.tok.line {
		s.Note = r.string("a note")
	}
	s.At = r.span(start)
	return s
}
