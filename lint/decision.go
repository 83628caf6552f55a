package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// skippedDenials is L48: denials whose condition a missing attribute does not meet.
func skippedDenials(r *rule) {
	for _, n := range r.nodes {
		s, ok := n.(*ast.If)
		if !ok || !r.denies(s.Then) {
			continue
		}
		r.skipped(s.Test, s.Test)
	}
}

func conjuncts(e ast.Expr, op string) []ast.Expr {
	if l, ok := e.(*ast.Logical); ok && l.Op == op {
		return append(conjuncts(l.Left, op), conjuncts(l.Right, op)...)
	}
	return []ast.Expr{e}
}

func loginPath(p string) bool {
	return strings.HasPrefix(p, "user.") || strings.HasPrefix(p, "context.") && !strings.HasPrefix(p, "context.stats") && !strings.HasPrefix(p, "context.request.geoip")
}

func (r *rule) skipped(test, whole ast.Expr) {
	for _, alternative := range conjuncts(test, "||") {
		parts := conjuncts(alternative, "&&")
		for _, part := range parts {
			b, ok := part.(*ast.Binary)
			if !ok {
				continue
			}
			p, missing := r.path(b.Left), ""
			if !loginPath(p) || strings.Contains(p, "*") {
				continue
			}
			switch b.Op {
			case "===", "==":
				if value, ok := b.Right.(*ast.Bool); ok && !value.Value {
					missing = "ask for its truth: !" + r.text(b.Left)
				} else if _, ok := b.Right.(*ast.Null); ok && b.Op == "===" {
					missing = "ask with ==, which undefined meets, too: " + r.text(b.Left) + " == null"
				}
			case "<", "<=", ">", ">=":
				if _, ok := r.value(b.Right).(*ast.Number); ok && !strings.HasSuffix(p, ".length") {
					missing = "deny without it, too: !(" + r.text(b.Left) + " " + map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<"}[b.Op] + " " + r.text(b.Right) + ")"
				}
			}
			if missing == "" || r.alsoDenied(whole, b.Left, p) {
				continue
			}
			note(r.say("L48", part.Span(), "the denial is skipped when %s is missing: undefined does not meet %s", r.text(b.Left), r.text(part)), "%s", missing)
		}
		r.presence(parts)
	}
}

// alsoDenied reports whether another part of the condition, or an earlier denial, catches
// that a path is missing.
func (r *rule) alsoDenied(whole, path ast.Expr, p string) bool {
	missing := func(e ast.Node) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Unary:
				found = found || n.Op == "!" && r.path(n.X) == p
			case *ast.Binary:
				if (n.Op == "==" || n.Op == "===") && r.path(n.Left) == p {
					_, isNull := n.Right.(*ast.Null)
					found = found || n.Op == "==" && isNull || r.isGlobal(n.Right, "undefined")
				}
			}
			return !found
		})
		return found
	}
	if missing(whole) {
		return true
	}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.If:
			if n.Span().Start.Offset < whole.Span().Start.Offset && missing(n.Test) {
				return true
			}
		case *ast.Assign:
			if t, ok := n.Target.(ast.Expr); ok && r.path(t) == p {
				return true // it has been given a value
			}
		}
	}
	return false
}

// presence finds user.email && user.email is not of the list: a login without it passes.
func (r *rule) presence(parts []ast.Expr) {
	for i, part := range parts {
		p := r.path(part)
		if p != "user.email" && !strings.HasPrefix(p, "user.app_metadata.") && p != "user.email_verified" && !strings.HasPrefix(p, "user.user_metadata.") {
			continue
		}
		for _, later := range parts[i+1:] {
			if r.negative(later, p) && !r.alsoDenied(part, part, p) {
				note(r.say("L48", part.Span(), "the denial is skipped when %s is missing: a login without it gets through", r.text(part)),
					"deny without it, too: !%s || …", r.text(part))
				return
			}
		}
	}
}

// negative reports whether a condition says that a path is not one of some values.
func (r *rule) negative(e ast.Expr, p string) bool {
	switch e := e.(type) {
	case *ast.Unary:
		return e.Op == "!" && r.path(e.X) == "" && r.reads(e.X, below(p))
	case *ast.Binary:
		switch e.Op {
		case "!=", "!==":
			_, isNull := e.Right.(*ast.Null)
			return !isNull && !r.isGlobal(e.Right, "undefined") && r.reads(e.Left, below(p))
		case "==", "===", "<":
			return isMinusOne(e.Right) && r.reads(e.Left, below(p))
		}
	}
	return false
}

// businessErrors is L38.
func businessErrors(r *rule) {
	r.callbackCalls(func(call *ast.Call) {
		if len(call.Args) == 0 {
			return
		}
		e, ok := call.Args[0].(*ast.New)
		if !ok || !r.isGlobal(e.Callee, "Error") || len(e.Args) == 0 || r.inFailure(call) {
			return
		}
		if _, whole := r.str(e.Args[0]); !whole {
			return
		}
		note(r.say("L38", e.Span(), "the application sees access_denied, as for a rule that breaks, and not unauthorized"),
			"a denial is new UnauthorizedError(%s)", r.text(e.Args[0]))
	})
}

var failureWords = regexp.MustCompile(`(?i)\b(?:err|error|e|ex)\b|statuscode|\.status\b|\.ok\b|response|\bres\b|body|configuration|result|data|timeout|token|payload|decoded`)

// inFailure reports whether a node stands where something went wrong: in a catch, or under a
// test of an error, an answer or the configuration.
func (r *rule) inFailure(n ast.Node) bool {
	failed := false
	r.up(n, func(child, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.Try:
			failed = failed || p.Catch != nil && ast.Node(p.Catch) == child
		case *ast.If:
			failed = failed || ast.Node(p.Test) != child && (failureWords.MatchString(r.file.Slice(p.Test.Span())) || r.reads(p.Test, below("configuration")))
		case *ast.Call:
			if _, name := method(p); name == "catch" || r.isGlobal(p.Callee, "setTimeout") {
				failed = true
			}
		}
		return !failed
	})
	return failed
}

// failOpen is L39.
func failOpen(r *rule) {
	if !r.denies(r.tree) {
		return
	}
	r.callbackCalls(func(call *ast.Call) {
		if !r.success(call) {
			return
		}
		where := ""
		r.up(call, func(child, parent ast.Node) bool {
			switch p := parent.(type) {
			case *ast.Try:
				if p.Catch != nil && ast.Node(p.Catch) == child {
					where = "in the catch"
				}
			case *ast.If:
				if id := identOf(p.Test); id != nil && ast.Node(p.Then) == child && slices.Contains([]string{"err", "error", "e"}, id.Name) {
					where = "when " + id.Name + " is set"
				}
			case *ast.Call:
				if _, name := method(p); name == "catch" && ast.Node(p.Callee) != child {
					where = "in the handler of .catch"
				}
			}
			return where == ""
		})
		if where == "" || r.denialsAreElsewhere(call) {
			return
		}
		note(r.say("L39", call.Span(), "the login is let through %s, although the rule denies by what it asked: who makes that fail gets in", where),
			"deny there, too: callback(new UnauthorizedError('…')); or say with // ferrule-ignore L39 that the check may be left out")
	})
}

// denialsAreElsewhere reports whether no denial of the rule depends on what failed: all stand
// before it.
func (r *rule) denialsAreElsewhere(call *ast.Call) bool {
	var outer ast.Node
	r.up(call, func(_, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.Try:
			outer = p
			return false
		case *ast.Function, *ast.Arrow:
			outer = p
			if c, ok := r.parents[p].(*ast.Call); ok {
				outer = c
			}
			return false
		}
		return true
	})
	return outer == nil || !r.denies(outer)
}

// firstLogin is L40 and L45.
func firstLogin(r *rule) {
	for _, n := range r.nodes {
		b, ok := n.(*ast.Binary)
		if !ok || !slices.Contains([]string{"==", "===", ">", "<", "<=", ">=", "!=", "!=="}, b.Op) || r.path(b.Left) != "context.stats.loginsCount" {
			continue
		}
		if s, ok := r.inTest(b).(*ast.If); ok && (b.Op == "==" || b.Op == "===" || b.Op == "<" || b.Op == "<=") && r.denies(s.Then) {
			note(r.say("L45", b.Span(), "the denial is decided at the first logins only: the session stays, and the next login passes"), "check it at every login")
			continue
		}
		if count, ok := b.Right.(*ast.Number); !ok || count.Value > 2 {
			continue
		}
		if r.reads(r.tree, below("context.protocol", "context.request.query.prompt")) || r.mentionsName("app_metadata") {
			continue
		}
		note(r.say("L40", b.Span(), "loginsCount alone does not tell a first login: it does not change in silent logins and refresh-token exchanges"),
			"test context.protocol, too, and keep a flag in user.app_metadata")
		return
	}
}
