package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// callsServices reports whether a rule makes HTTP calls.
func (r *rule) callsServices() bool { return r.serviceCall() != nil }

func (r *rule) serviceCall() *ast.Call {
	for _, n := range r.nodes {
		if c, ok := n.(*ast.Call); ok && r.network(c) {
			return c
		}
	}
	return nil
}

// cheapDenial reports whether a rule denies and asks no service for that.
func (r *rule) cheapDenial() bool { return r.denies(r.tree) && !r.callsServices() }

// late is L44: the rule calls a service, and a later one may deny without any call.
func (r *rule) late(name string) diag.Diagnostic {
	call := r.serviceCall()
	d := diag.Diagnostic{
		Code: "L44", Severity: diag.Note, File: r.file, Span: call.Callee.Span(),
		Message: r.text(call.Callee) + " is called for logins, too, that the later rule " + name + " denies without any call",
	}
	return *note(&d, "let %s run first: give it a lower order", name)
}
