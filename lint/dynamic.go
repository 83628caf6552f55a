package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
)

// dynamicCode is L11.
func dynamicCode(r *rule) {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.New:
			if r.isGlobal(n.Callee, "Function") {
				note(r.say("L11", n.Span(), "new Function makes code of text"), "write the function itself")
			}
		case *ast.Call:
			switch {
			case r.isGlobal(n.Callee, "eval"):
				note(r.say("L11", n.Span(), "eval runs text as code"), "write the code itself; JSON.parse reads data")
			case r.isGlobal(n.Callee, "Function"):
				note(r.say("L11", n.Span(), "Function makes code of text"), "write the function itself")
			case r.isGlobal(n.Callee, "setTimeout"), r.isGlobal(n.Callee, "setInterval"):
				if len(n.Args) > 0 {
					if _, ok := r.prefix(n.Args[0], 0); ok {
						note(r.say("L11", n.Args[0].Span(), "a timer gets text, which it would run as code"), "give it a function: setTimeout(() => { … }, ms)")
					}
				}
			case r.isGlobal(n.Callee, "require") && len(n.Args) > 0:
				name, ok := r.str(n.Args[0])
				switch module := r.module(n); {
				case !ok:
					note(r.say("L11", n.Args[0].Span(), "require gets a name that is computed while the rule runs"),
						"write the module's name: require('lodash@4.17.21')")
				case module == "vm" || module == "child_process" || module == "vm2":
					note(r.say("L11", n.Span(), "the module %s runs code or programs that the rule does not show", name), "do without it; a rule needs no other process")
				}
			}
		}
	}
}
