package ir

import (
	"strconv"
	"strings"
)

func (p *printer) steps(steps []Step) {
	for _, s := range steps {
		p.write(strings.Repeat("  ", p.indent))
		p.step(s)
		p.write("\n")
	}
}

// block writes steps in braces.
func (p *printer) block(steps []Step) {
	if len(steps) == 0 {
		p.write("{}")
		return
	}
	p.write("{\n")
	p.indent++
	p.steps(steps)
	p.indent--
	p.write(strings.Repeat("  ", p.indent), "}")
}

func (p *printer) step(s Step) {
	switch s := s.(type) {
	case *Let:
		p.write("let ", name(s.Name), " = ")
		p.expr(s.Value, levelAny)
	case *Set:
		p.assign("set ", s.Target, s.Value)
	case *Default:
		p.assign("default ", s.Target, s.Value)
	case *Delete:
		p.write("delete ")
		p.place(s.Target)
	case *Mutate:
		p.mutate(s)
	case *AddRole:
		p.write("add ")
		p.expr(s.Value, levelUnary)
		p.write(" to ")
		p.place(s.Target)
		p.write(" unless there")
	case *If:
		p.cond(s)
	case *For:
		p.forEach(s)
	case *ForKeys:
		p.write("for ", name(s.Label), ": key ", variable(s.Key), " of ")
		p.expr(s.Object, levelAny)
		p.write(" ")
		p.block(s.Body)
	case *Count:
		p.write("count ", name(s.Label), ": ", name(s.Name), " from ")
		p.expr(s.From, levelAny)
		p.write(" while ")
		p.expr(s.While, levelAny)
		p.write(" by ", number(s.By), " ")
		p.block(s.Body)
	case *Block:
		p.write("block ", name(s.Label), " ")
		p.block(s.Body)
	case *Leave:
		p.write("leave ", name(s.Label))
	case *Next:
		p.write("next ", name(s.Label))
	case *Eval:
		p.write("eval ")
		p.expr(s.X, levelAny)
	case *Log:
		p.write("log ", name(s.Level))
		p.args(s.Args)
	case *Done:
		p.write("done", pass(" user", s.User), pass(" context", s.Context))
		if s.Falsy != "" {
			p.write(" falsy ", strconv.Quote(s.Falsy))
		}
	case *Deny:
		p.write("deny")
		p.message(s.Message)
	case *Fail:
		p.fail(s)
	case *Persist:
		p.persist(s)
	case *Return:
		p.write("return")
	case *Exit:
		p.exit(s)
	default:
		panic("internal error: no text form of an unknown step")
	}
}

// variable writes a variable that may be missing.
func variable(n string) string {
	if n == "" {
		return "_"
	}
	return name(n)
}

func (p *printer) place(at Place) {
	p.bare(at.Base)
	for _, key := range at.Keys {
		p.computedKey(key)
	}
}

func (p *printer) assign(word string, at Place, value Expr) {
	p.write(word)
	p.place(at)
	p.write(" = ")
	p.expr(value, levelAny)
}

// args writes arguments with spaces before them.
func (p *printer) args(args []Item) {
	for _, arg := range args {
		p.write(" ")
		p.item(arg, levelUnary)
	}
}

func (p *printer) message(x Expr) {
	if x != nil {
		p.write(" ")
		p.expr(x, levelUnary)
	}
}

func (p *printer) mutate(s *Mutate) {
	if s.Method == "push" && s.Result == "" && len(s.Args) > 0 {
		p.write("append ")
		p.place(s.Target)
		p.args(s.Args)
		return
	}
	p.write("mutate ")
	p.place(s.Target)
	p.write(".", name(s.Method), "(")
	p.items(s.Args)
	p.write(")")
	if s.Result != "" {
		p.write(" -> ", name(s.Result))
	}
}

func (p *printer) cond(s *If) {
	p.write("if ")
	p.expr(s.Cond, levelAny)
	p.write(" ")
	p.block(s.Then)
	switch {
	case len(s.Else) == 0:
		return
	case len(s.Else) == 1:
		if next, ok := s.Else[0].(*If); ok {
			p.write(" else ")
			p.cond(next)
			return
		}
	}
	p.write(" else ")
	p.block(s.Else)
}

func (p *printer) forEach(s *For) {
	if s.Fixed {
		p.write("forEach ")
	} else {
		p.write("for ")
	}
	p.write(name(s.Label), ": ", variable(s.Item))
	if s.Index != "" {
		p.write(", ", name(s.Index))
	}
	p.write(" in ")
	p.expr(s.List, levelAny)
	p.write(" ")
	p.block(s.Body)
}

func pass(what string, p Pass) string {
	switch p {
	case Own:
		return ""
	case Missing:
		return what + " missing"
	case Dropped:
		return what + " null"
	default:
		panic("internal error: no text form of an unknown pass")
	}
}

func (p *printer) fail(s *Fail) {
	if s.Name == "" {
		p.write("fail value")
	} else {
		p.write("fail ", name(s.Name))
	}
	p.message(s.Message)
	if len(s.Fields) > 0 {
		p.write(" with ")
		p.fields(s.Fields)
	}
}

func (p *printer) persist(s *Persist) {
	p.write("persist ", s.Target, " ")
	p.expr(s.UserID, levelUnary)
	p.write(" ")
	p.expr(s.Values, levelUnary)
	switch s.Style {
	case "none":
	case "await":
		p.write(" await")
	default: // then, callback
		p.write(" ", s.Style, " ")
		p.block(s.Then)
	}
}

func (p *printer) exit(s *Exit) {
	p.write("exit ", s.Code)
	if s.Note != "" {
		p.write(" ", strconv.Quote(s.Note))
	}
}
