package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// truths visits every expression that is asked for its truth: tests, operands of ! && ||
// in them, and the left sides of && and ||.
func (r *rule) truths(visit func(e ast.Expr, test bool)) {
	var asked func(e ast.Expr, test bool)
	asked = func(e ast.Expr, test bool) {
		switch e := e.(type) {
		case *ast.Logical:
			if e.Op != "??" {
				asked(e.Left, test)
				asked(e.Right, test)
				return
			}
		case *ast.Unary:
			if e.Op == "!" {
				asked(e.X, test)
				return
			}
		}
		visit(e, test)
	}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.If:
			asked(n.Test, true)
		case *ast.While:
			asked(n.Test, false)
		case *ast.DoWhile:
			asked(n.Test, false)
		case *ast.For:
			if n.Test != nil {
				asked(n.Test, false)
			}
		case *ast.Conditional:
			asked(n.Test, true)
		}
	}
}

// conditions is L29.
func conditions(r *rule) {
	r.truths(func(e ast.Expr, test bool) {
		switch e := e.(type) {
		case *ast.Call:
			if object, name := method(e); object != nil && (name == "indexOf" || name == "lastIndexOf" || name == "findIndex" || name == "search") {
				note(r.say("L29", e.Span(), "%s answers a place, and -1 when there is none: as a condition that is true for all places but the first", name),
					"compare it: %s !== -1; or use includes", r.text(e))
			}
		case *ast.Assign:
			if test && e.Op == "=" && !r.doubled(e) {
				note(r.say("L29", e.Span(), "the condition assigns %s instead of comparing it", r.text(e.Target)),
					"compare with ===: %s === %s", r.text(e.Target), r.text(e.Value))
			}
		case *ast.String:
			if e.Value != "" && r.alternative(e) {
				note(r.say("L29", e.Span(), "%s stands alone in the condition, which is therefore always true", r.text(e)),
					"compare each value: x === 'a' || x === 'b'; or ['a', 'b'].includes(x)")
			}
		}
	})
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Call:
			object, name := method(n)
			if object != nil && r.isGlobal(object, "Date") && !slices.Contains([]string{"now", "parse", "UTC"}, name) && (strings.HasPrefix(name, "get") || strings.HasPrefix(name, "to")) {
				note(r.say("L29", n.Span(), "Date.%s does not exist, so the call throws a TypeError", name), "call it on a date: new Date().%s()", name)
			}
		case *ast.Binary:
			r.comparison(n)
		case *ast.Logical:
			r.opposites(n)
		}
	}
}

// doubled reports whether an assignment has parentheses of its own, which say that it is
// meant, or is compared.
func (r *rule) doubled(e *ast.Assign) bool {
	switch e.Value.(type) {
	case *ast.String, *ast.Bool, *ast.Number, *ast.Null:
		return false
	}
	before := strings.TrimRight(r.file.Text[:e.Span().Start.Offset], " \t\n")
	before, ok := strings.CutSuffix(before, "(")
	before = strings.TrimRight(before, " \t\n")
	return ok && (strings.HasSuffix(before, "(") || strings.HasSuffix(before, "&") || strings.HasSuffix(before, "|") || strings.HasSuffix(before, "!"))
}

// alternative reports whether an expression is an operand of ||.
func (r *rule) alternative(e ast.Expr) bool {
	l, ok := r.parents[e].(*ast.Logical)
	return ok && l.Op == "||"
}

// lists are paths whose values are lists.
var lists = []string{"user.identities", "user.multifactor", "context.authorization.roles", "context.authentication.methods", "context.sso.current_clients"}

func (r *rule) isList(e ast.Expr) bool {
	if array, ok := r.value(e).(*ast.Array); ok {
		return len(array.Elements) != 1 // ['a'] == 'a' holds
	}
	return slices.Contains(lists, r.path(e))
}

// comparison finds comparisons whose answer does not depend on the login.
func (r *rule) comparison(n *ast.Binary) {
	equal := n.Op == "==" || n.Op == "==="
	if !equal && n.Op != "!=" && n.Op != "!==" {
		if call, ok := n.Left.(*ast.Call); ok && n.Op == ">" && isZero(n.Right) {
			if object, name := method(call); name == "indexOf" && r.isList(object) {
				note(r.say("L29", n.Span(), "indexOf(…) > 0 passes over the first element of the list, whose place is 0"),
					"compare with -1: %s > -1; or use includes", r.text(call))
			}
		}
		return
	}
	always := map[bool]string{true: "never holds", false: "always holds"}[equal]
	for _, side := range [][2]ast.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		a, b := side[0], side[1]
		if typeOf, ok := a.(*ast.Unary); ok && typeOf.Op == "typeof" {
			switch b := b.(type) {
			case *ast.Ident:
				if r.isGlobal(b, "undefined") {
					note(r.say("L29", n.Span(), "typeof answers a text, so comparing it with undefined %s", always), "compare with the text 'undefined'")
				}
			case *ast.String:
				if !slices.Contains([]string{"undefined", "object", "boolean", "number", "string", "function", "symbol", "bigint"}, b.Value) {
					d := r.say("L29", n.Span(), "typeof never answers %q, so the comparison %s", b.Value, always)
					if b.Value == "array" {
						note(d, "ask Array.isArray(%s)", r.text(typeOf.X))
					} else {
						note(d, "it answers undefined, object, boolean, number, string, function, symbol or bigint")
					}
				}
			}
		}
		if r.isGlobal(a, "NaN") {
			note(r.say("L29", n.Span(), "nothing equals NaN, so the comparison %s", always), "ask Number.isNaN(%s)", r.text(b))
		}
		if text, ok := r.value(b).(*ast.String); ok && r.isList(a) {
			note(r.say("L29", n.Span(), "%s is a list and %s a text: the comparison %s", r.text(a), r.text(text), always),
				"ask whether the list has it: %s.includes(%s)", r.text(a), r.text(b))
		}
	}
}

func isZero(e ast.Expr) bool {
	n, ok := e.(*ast.Number)
	return ok && n.Value == 0
}

// opposites finds x !== 'a' || x !== 'b', which always holds, and x === 'a' && x === 'b',
// which never does.
func (r *rule) opposites(n *ast.Logical) {
	right, ok := n.Right.(*ast.Binary)
	if !ok {
		return
	}
	want := map[string]string{"||": "!", "&&": "="}[n.Op]
	if want == "" || (right.Op != want+"=" && right.Op != want+"==") {
		return
	}
	for left := n.Left; ; {
		inner, nested := left.(*ast.Logical)
		compared := left
		if nested {
			if inner.Op != n.Op {
				return
			}
			compared = inner.Right
		}
		if b, ok := compared.(*ast.Binary); ok && b.Op == right.Op {
			p, q := r.path(b.Left), r.path(right.Left)
			s, isText := r.str(b.Right)
			t, isText2 := r.str(right.Right)
			if p != "" && p == q && !strings.Contains(p, "*") && isText && isText2 && s != t {
				if n.Op == "||" {
					note(r.say("L29", n.Span(), "%s differs from %q or from %q whatever it is, so the condition always holds", r.text(b.Left), s, t), "join the two with &&")
				} else {
					note(r.say("L29", n.Span(), "%s cannot equal both %q and %q, so the condition never holds", r.text(b.Left), s, t), "join the two with ||")
				}
				return
			}
		}
		if !nested {
			return
		}
		left = inner.Left
	}
}
