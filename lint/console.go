package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

var consoleMethods = []string{"log", "info", "warn", "error", "debug", "trace", "dir", "table"}

// consoles is L10.
func consoles(r *rule) {
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok {
			continue
		}
		object, name := method(call)
		if object == nil || !r.isGlobal(object, "console") || !slices.Contains(consoleMethods, name) {
			continue
		}
		for _, arg := range call.Args {
			if at, what := r.sensitive(arg); what != "" {
				note(r.say("L10", at.Span(), "console.%s gets %s", name, what),
					"log what helps to find a fault and nothing else: user.user_id, a status code, a message of your own")
				break
			}
		}
	}
}

// sensitive finds what must not be logged in a value that becomes text.
func (r *rule) sensitive(e ast.Expr) (ast.Expr, string) {
	switch e := e.(type) {
	case *ast.Binary:
		if e.Op == "+" {
			if at, what := r.sensitive(e.Left); what != "" && !isWhole(what) {
				return at, what // an object joined with + is [object Object]
			}
			if at, what := r.sensitive(e.Right); what != "" && !isWhole(what) {
				return at, what
			}
		}
		return nil, ""
	case *ast.Template:
		for _, x := range e.Exprs {
			if at, what := r.sensitive(x); what != "" && !isWhole(what) {
				return at, what
			}
		}
		return nil, ""
	case *ast.Logical:
		if at, what := r.sensitive(e.Left); what != "" && e.Op != "&&" {
			return at, what
		}
		return r.sensitive(e.Right)
	case *ast.Object:
		for _, p := range e.Properties {
			var value ast.Expr
			switch p := p.(type) {
			case *ast.Prop:
				value = p.Value
			case *ast.Spread:
				value = p.X
			}
			if value != nil {
				if at, what := r.sensitive(value); what != "" {
					return at, what
				}
			}
		}
		return nil, ""
	case *ast.Spread:
		return r.sensitive(e.X)
	case *ast.Call:
		switch r.callee(e) {
		case "JSON.stringify", "String", "util.inspect", "~util.inspect", "~util.format":
			if len(e.Args) > 1 {
				if _, filtered := r.value(e.Args[1]).(*ast.Array); filtered {
					return nil, ""
				}
			}
			if len(e.Args) > 0 {
				if at, what := r.sensitive(e.Args[0]); what != "" {
					return at, strings.TrimPrefix(what, "the whole object ") // spelled out by stringify
				}
			}
		}
		return nil, ""
	}
	what := ""
	switch p := r.path(e); {
	case p == "user":
		what = "the whole object user, the profile with its provider tokens"
	case p == "context":
		what = "the whole object context, tokens and the request's body included"
	case p == "configuration":
		what = "the whole object configuration, all secrets of the tenant"
	case p == "auth0":
		what = "the whole object auth0, the token for the Management API included"
	case p == "auth0.accessToken":
		what = "auth0.accessToken, the token for the Management API"
	case under(p, "configuration") && strings.Count(p, ".") == 1:
		if secretName(strings.TrimPrefix(p, "configuration.")) {
			what = p + ", a secret of the tenant"
		}
	case p == "user.identities" || p == "user.identities.0" || p == "user.identities.*":
		what = "the whole object " + p + ", with the providers' access tokens"
	case p == "context.request" || p == "context.request.body":
		what = "the whole object " + p + ", which can hold the password of the login"
	case p == "context.request.body.password":
		what = "the password of the login"
	case p == "~body" && r.parameter(e):
		what = "the whole answer of a service"
	default:
		if name := p[strings.LastIndexAny(p, ".~")+1:]; p != "" && tokenName(name) {
			what = short(r.file.Slice(e.Span())) + ", which looks like a token or a secret"
		}
	}
	if what == "" {
		return nil, ""
	}
	return e, what
}

func isWhole(what string) bool { return strings.HasPrefix(what, "the whole object ") }

// tokenName reports whether a name ends in a word for tokens and secrets.
func tokenName(name string) bool {
	words := parts(name)
	if len(words) == 0 || !secretName(name) && !slices.Contains([]string{"jwt", "authorization"}, words[len(words)-1]) {
		return false
	}
	return slices.Contains([]string{"token", "secret", "password", "jwt", "key", "authorization", "credentials", "passwd", "pwd"}, words[len(words)-1])
}

// parameter reports whether an expression is a function's parameter.
func (r *rule) parameter(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && r.names.of[id] != nil && r.names.of[id].params != nil
}
