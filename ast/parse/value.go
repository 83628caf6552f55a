package parse

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// value is the part of an expression that gives its value.
func value(x ast.Expr) ast.Expr {
	for {
		switch n := x.(type) {
		case *ast.Sequence:
			x = n.List[len(n.List)-1]
		case *ast.Assign:
			if n.Op != "=" {
				return x
			}
			x = n.Value
		default:
			return x
		}
	}
}

// checkValue refuses a value that cannot be a function and warns of generators.
func (r *reader) checkValue(x ast.Expr) {
	if what := notFunction(x); what != "" {
		d := diag.New(diag.NotAFunction, r.file, x.Span(), "the rule is %s, not a function", what)
		if _, ok := x.(*ast.Class); ok {
			d = d.WithNote("a class cannot be called; write function (user, context, callback) { … }")
		} else if _, ok := x.(*ast.Object); ok && r.looksLikeJSON() {
			d = d.WithNote("the file looks like JSON: the rule's code belongs here, its metadata into the .json file beside it")
		} else {
			d = d.WithNote("a rule is one function: function (user, context, callback) { … }")
		}
		r.add(d)
		return
	}
	if f, ok := x.(*ast.Function); ok && f.Generator {
		r.add(diag.New(diag.GeneratorRule, r.file, r.file.Span(f.At.Start.Offset, f.Params.At.Start.Offset),
			"a generator function runs nothing when it is called, so the rule never calls back").
			WithNote("take the * away"))
	}
}

func (r *reader) looksLikeJSON() bool {
	return r.scan.word(0) == "{" && len(r.scan.tokens) > 2 && r.scan.tokens[1].kind == stringToken
}

// notFunction says what a value is that cannot be a function; "" when it may be one.
func notFunction(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Object:
		return "an object"
	case *ast.Array:
		return "an array"
	case *ast.String:
		return "a string"
	case *ast.Template:
		return "a string"
	case *ast.Number, *ast.BigInt, *ast.Update:
		return "a number"
	case *ast.Bool, *ast.PrivateIn:
		return "a boolean"
	case *ast.Null:
		return "null"
	case *ast.RegExp:
		return "a regular expression"
	case *ast.Class:
		return "a class"
	case *ast.Ident:
		if x.Name == "undefined" || x.Name == "NaN" || x.Name == "Infinity" {
			return x.Name
		}
	case *ast.Unary:
		return map[string]string{"!": "a boolean", "delete": "a boolean", "typeof": "a string", "void": "undefined"}[x.Op] +
			map[string]string{"+": "a number", "-": "a number", "~": "a number"}[x.Op]
	case *ast.Binary:
		if binaryTruth[x.Op] {
			return "a boolean"
		}
		return "a number or a string"
	default:
		return notFunctionChoice(x)
	}
	return ""
}

var binaryTruth = map[string]bool{
	"==": true, "!=": true, "===": true, "!==": true, "<": true, ">": true, "<=": true, ">=": true, "in": true, "instanceof": true,
}

// notFunctionChoice looks at expressions that give one of several values.
func notFunctionChoice(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.Conditional:
		if notFunction(value(x.Then)) != "" {
			return notFunction(value(x.Else))
		}
	case *ast.Logical:
		if x.Op != "&&" && notFunction(value(x.Left)) == "" {
			return ""
		}
		return notFunction(value(x.Right))
	case *ast.Assign:
		if x.Op != "=" && x.Op != "&&" && x.Op != "||" && x.Op != "??" {
			return "a number or a string"
		}
	case *ast.Sequence:
		return notFunction(value(x))
	}
	return ""
}

// modules finds what only modules have, and esbuild lets pass.
//
// module.exports = … is legal JavaScript, but a rule has no module and no exports,
// so it would fail at every login. import.meta is legal in ES modules only.
func (r *reader) modules() (diag.Diagnostic, bool) {
	for i := range r.scan.tokens {
		if t := r.scan.tokens[i]; r.scan.word(i) == "import" && !r.scan.memberName(i) && r.scan.word(i+1) == "." {
			return diag.New(diag.SyntaxError, r.file, r.file.Span(t.start, t.end), "import.meta stands in modules only, and a rule is none"), true
		}
	}
	first, second := r.scan.word(0), r.scan.word(1)
	if !(first == "module" && second == "." && r.scan.word(2) == "exports") && !(first == "exports" && (second == "." || second == "=")) {
		return diag.Diagnostic{}, false
	}
	t := r.scan.tokens[0]
	d := diag.New(diag.NotOneExpression, r.file, r.file.Span(t.start, t.end), "a rule has no %s: the file must be the function itself", first)
	return d.WithNote("take everything before the word function away"), true
}
