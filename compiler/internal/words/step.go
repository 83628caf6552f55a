package words

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// steps writes a list of steps. last says that the rule ends behind them.
func (w *writer) steps(list []ir.Step, last bool) {
	for i, s := range list {
		if w.isHelper(list, i) {
			let := s.(*ir.Let)
			w.inlined[let.Name] = let.Value
			continue
		}
		if w.isAlias(s) || i > 0 && isReturn(s) && decides(list[i-1]) {
			continue // it is said already
		}
		w.step(s, last && i == len(list)-1 || i+1 < len(list) && isReturn(list[i+1]))
	}
}

func isReturn(s ir.Step) bool { _, ok := s.(*ir.Return); return ok }

// decides reports whether a step calls the callback.
func decides(s ir.Step) bool {
	switch s.(type) {
	case *ir.Done, *ir.Deny, *ir.Fail:
		return true
	}
	return false
}

// indented writes steps one level deeper; none are said to be none.
func (w *writer) indented(list []ir.Step, last bool) {
	w.depth++
	before := len(w.lines)
	w.steps(list, last)
	if len(w.lines) == before {
		w.lines = append(w.lines, Line{Depth: w.depth, Text: "do nothing"})
	}
	w.depth--
}

// step writes one step. ends says that the rule ends behind it.
func (w *writer) step(s ir.Step, ends bool) {
	switch s := s.(type) {
	case *ir.Let:
		w.line(s.At, "%s = %s", w.local(s.Name), w.value(s.Value))
	case *ir.Set:
		w.set(s)
	case *ir.Default:
		w.change(s.Target)
		w.terms["set"] = true
		w.line(s.At, "if %s is not set, set it to %s", w.place(s.Target), w.value(s.Value))
	case *ir.Delete:
		w.change(s.Target)
		w.line(s.At, "remove %s", w.place(s.Target))
	case *ir.Mutate:
		w.mutate(s)
	case *ir.AddRole:
		w.change(s.Target)
		kind := ""
		if names := placeNames(s.Target); len(names) > 0 && strings.Contains(strings.ToLower(names[len(names)-1]), "role") {
			kind = "role "
		}
		w.line(s.At, "add %s%s to %s unless it is there", kind, w.value(s.Value), w.place(s.Target))
	case *ir.If:
		w.branch(s, "if", ends)
	case *ir.For, *ir.ForKeys, *ir.Count:
		w.loop(s)
	case *ir.Block:
		w.block(s, ends)
	case *ir.Leave:
		w.leave(s)
	case *ir.Next:
		w.next(s)
	case *ir.Eval:
		w.line(s.At, "read %s", w.value(s.X))
	case *ir.Log:
		w.effect("logs")
		level := ""
		if s.Level != "log" {
			level = " (" + s.Level + ")"
		}
		text := w.arguments(s.Args)
		if text == "" {
			text = "an empty line"
		}
		w.line(s.At, "log%s %s", level, text)
	case *ir.Done:
		w.done(s, ends)
	case *ir.Deny:
		w.effect("denies")
		text := "deny"
		if s.Message != nil {
			text += " " + w.value(s.Message)
		}
		w.line(s.At, "%s%s", text, goesOn(ends))
	case *ir.Fail:
		w.fail(s, ends)
	case *ir.Persist:
		w.persist(s)
	case *ir.Return:
		w.line(s.At, "end this rule")
	case *ir.Exit:
		w.line(s.At, "JavaScript takes over: %s", reason(diag.Code(s.Code), s.Note))
	default:
		panic(fmt.Sprintf("internal error: words knows no step %T", s))
	}
}

// goesOn is said of a decision behind which the rule does more.
func goesOn(ends bool) string {
	if ends {
		return ""
	}
	return ", and go on in this rule"
}

func (w *writer) done(s *ir.Done, ends bool) {
	var dropped, missing []string
	for _, passed := range []struct {
		name string
		how  ir.Pass
	}{{"user", s.User}, {"context", s.Context}} {
		switch passed.how {
		case ir.Dropped:
			dropped = append(dropped, passed.name)
		case ir.Missing:
			missing = append(missing, passed.name)
		}
	}
	text := "continue with the next rule"
	if !ends {
		text = "let the login continue"
	}
	if len(dropped) > 0 {
		w.effect("drops the " + strings.Join(dropped, " and the "))
		text += ", with null as " + strings.Join(dropped, " and ")
	}
	text += goesOn(ends)
	switch len(missing) {
	case 1:
		text += " (" + missing[0] + " is not handed on and stays as it is)"
	case 2:
		text += " (user and context are not handed on and stay as they are)"
	}
	w.line(s.At, "%s", text)
}

func (w *writer) fail(s *ir.Fail, ends bool) {
	w.effect("fails logins")
	text := "fail the login with"
	if s.Name != "" {
		text += " " + s.Name
	}
	if s.Message != nil {
		text += " " + w.value(s.Message)
	}
	for i, f := range s.Fields {
		joint := ", "
		if i == 0 {
			joint = " and "
		}
		key, _ := constText(f.Key)
		text += joint + key + " " + w.value(f.Value)
	}
	w.line(s.At, "%s%s", text, goesOn(ends))
}

func (w *writer) persist(s *ir.Persist) {
	w.effect("saves " + s.Target + "_metadata")
	whose := "the user " + w.value(s.UserID)
	if p, ok := s.UserID.(*ir.Path); ok && p.Root == "user" && len(p.Keys) == 1 && p.Keys[0] == "user_id" {
		whose = "the user"
	}
	text := fmt.Sprintf("save %s to the %s_metadata of %s", w.value(s.Values), s.Target, whose)
	if len(s.Then) == 0 {
		w.line(s.At, "%s", text)
		return
	}
	w.line(s.At, "%s; once the steps below are done:", text)
	w.indented(s.Then, true)
}

// maxLine is how long a line with an if and what it guards may be.
const maxLine = 110

// branch writes an if with its else; word is "if" or "else if".
func (w *writer) branch(s *ir.If, word string, ends bool) {
	if len(s.Then) == 0 && len(s.Else) > 0 {
		w.branch(&ir.If{At: s.At, Cond: &ir.Not{At: s.At, X: s.Cond}, Then: s.Else}, word, ends)
		return
	}
	condition := w.condition(s.Cond)
	w.guarded(func() { w.line(s.At, "%s %s:", word, condition) }, s.Then, ends)
	if len(s.Else) == 0 {
		return
	}
	if len(s.Else) == 1 {
		if inner, ok := s.Else[0].(*ir.If); ok && len(inner.Then) > 0 {
			w.branch(inner, "else if", ends)
			return
		}
	}
	w.guarded(func() { w.lines = append(w.lines, Line{Depth: w.depth, Text: "else:"}) }, s.Else, ends)
}

// guarded writes a heading and the steps under it; a single short step stands behind it.
func (w *writer) guarded(heading func(), list []ir.Step, ends bool) {
	at := len(w.lines)
	heading()
	w.indented(list, ends)
	if len(w.lines) != at+2 {
		return
	}
	if only := w.lines[at+1].Text; !strings.HasPrefix(only, "if ") {
		if joined := w.lines[at].Text + " " + only; len(joined) <= maxLine {
			w.lines[at].Text = joined
			if w.lines[at].Number == 0 {
				w.lines[at].Number = w.lines[at+1].Number
			}
			w.lines = w.lines[:at+1]
		}
	}
}
