package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// callbackCalls visits the calls of the rule's callback.
func (r *rule) callbackCalls(visit func(*ast.Call)) {
	for _, n := range r.nodes {
		if call, ok := n.(*ast.Call); ok && r.path(call.Callee) == "callback" {
			visit(call)
		}
	}
}

// success reports whether a call of the callback lets the login through.
func (r *rule) success(call *ast.Call) bool {
	if len(call.Args) == 0 {
		return true
	}
	switch e := r.value(call.Args[0]).(type) {
	case *ast.Null:
		return true
	case *ast.Bool:
		return !e.Value
	case *ast.Ident:
		return r.isGlobal(e, "undefined")
	}
	return false
}

// callbackArguments is L37.
func callbackArguments(r *rule) {
	const through = "callback(null, user, context) lets the login through, callback(new UnauthorizedError('…')) denies it"
	r.callbackCalls(func(call *ast.Call) {
		args := call.Args
		if slices.ContainsFunc(args, func(e ast.Expr) bool { _, spread := e.(*ast.Spread); return spread }) {
			return
		}
		if len(args) == 0 {
			note(r.say("L37", call.Span(), "callback() lets the login through without naming user and context"), through)
			return
		}
		switch first := args[0].(type) {
		case *ast.String, *ast.Template:
			note(r.say("L37", first.Span(), "the callback gets a text as its error: the contract wants an Error, and the application sees access_denied"),
				"deny with callback(new UnauthorizedError(%s))", r.text(first))
			return
		case *ast.Object:
			note(r.say("L37", first.Span(), "the callback gets a plain object as its error: only some of its fields are kept"),
				"deny with callback(new UnauthorizedError('…')), or hand on an Error")
			return
		case *ast.Bool, *ast.Number:
			d := r.say("L37", first.Span(), "the callback gets %s as its error", r.text(first))
			if b, ok := first.(*ast.Bool); ok && !b.Value {
				d.Message += ", which lets the login through"
			}
			note(d, through)
			return
		}
		switch p := r.path(args[0]); p {
		case "user", "context":
			note(r.say("L37", args[0].Span(), "the callback gets %s as its error, so the login fails", p), "the error comes first: callback(null, user, context)")
			return
		}
		if r.success(call) {
			r.passedOn(call)
		}
	})
}

// passedOn judges the user and context of a success.
func (r *rule) passedOn(call *ast.Call) {
	args := call.Args
	for _, arg := range args[min(1, len(args)):] {
		if e, ok := arg.(*ast.New); ok && strings.HasSuffix(r.path(e.Callee), "Error") {
			d := r.say("L37", arg.Span(), "the error is not the first argument, so the login is let through")
			d.Severity = diag.Error
			note(d, "the error comes first: callback(%s)", r.text(arg))
			return
		}
	}
	if len(args) < 3 {
		d := r.say("L37", call.Span(), "%s names no %s", r.text(call), map[int]string{1: "user and no context", 2: "context"}[len(args)])
		note(d, "pass the objects that the rule was given: callback(null, user, context)")
		d.Severity = diag.Note
	}
	for i, want := range []string{"user", "context"} {
		if i+1 >= len(args) {
			break
		}
		arg := args[i+1]
		bad := ""
		switch e := r.value(arg).(type) {
		case *ast.Object:
			bad = "a new object"
		case *ast.Null:
			bad = "null"
		default:
			switch p := r.path(e); {
			case (p == "user" || p == "context") && p != want:
				bad = p
			case p != want && (under(p, "user") || under(p, "context")):
				bad = p
			case p == "~err" || p == "~error":
				bad = "an error, which it takes for the " + want
			}
		}
		if bad != "" {
			note(r.say("L37", arg.Span(), "the callback gets %s as the %s: the rules behind see that instead", bad, want),
				"change the object that the rule was given, and pass it on: callback(null, user, context)")
		}
	}
}

// errorWithoutNew is L47.
func errorWithoutNew(r *rule) {
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok {
			continue
		}
		for _, class := range []string{"UnauthorizedError", "ValidationError", "WrongUsernameOrPasswordError"} {
			if !r.isGlobal(call.Callee, class) {
				continue
			}
			follows := "and the call throws or answers nothing"
			if outer, ok := r.parents[call].(*ast.Call); ok && r.path(outer.Callee) == "callback" {
				follows = "the class answers undefined, and callback(undefined) lets the login through"
			}
			note(r.say("L47", call.Span(), "%s is called without new: %s", class, follows), "write new %s", r.text(call))
			r.mend("L47", call.Span(), call.Span().Start.Offset, call.Span().Start.Offset, "new ")
		}
	}
}
