package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// bodies are properties that HTTP clients send.
var bodies = []string{"json", "body", "form", "formData", "data", "qs", "params", "payload"}

// wholeObjects is L06.
func wholeObjects(r *rule) {
	for _, n := range r.nodes {
		id, ok := n.(*ast.Ident)
		if !ok {
			continue
		}
		p := r.path(id)
		if p != "user" && p != "context" && p != "auth0" && p != "configuration" || !r.sent(id) {
			continue
		}
		what := map[string]string{
			"user": "the whole profile with its provider tokens", "context": "the whole context with the request's body and tokens",
			"auth0": "the token for the Management API", "configuration": "all secrets of the tenant",
		}[p]
		note(r.say("L06", id.Span(), "the service gets %s: %s", r.text(id), what), "send what it needs and nothing else: { id: user.user_id, email: user.email }")
	}
}

// sent reports whether an expression goes out: it is, or is part of, what an HTTP client sends.
func (r *rule) sent(e ast.Expr) bool {
	sent := false
	r.up(e, func(child, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.Object, *ast.Spread, *ast.Array:
			return true
		case *ast.Prop:
			if p.Value != child {
				return false
			}
			if key, ok := p.Key.(*ast.String); ok && slices.Contains(bodies, key.Value) {
				sent = r.options(p)
				return !sent
			}
			return true
		case *ast.Call:
			if ast.Node(p.Callee) == child {
				return false
			}
			object, name := method(p)
			switch {
			case r.callee(p) == "JSON.stringify":
				return true
			case r.network(p):
				sent = true
			case object != nil && (name == "write" || name == "end" || name == "send"):
				if c, ok := r.value(object).(*ast.Call); ok {
					sent = r.network(c)
				}
			}
			return false
		}
		return false
	})
	return sent
}

// options reports whether a property belongs to the options of an HTTP client: its object has
// a URL, too, or stands in a client's call.
func (r *rule) options(p *ast.Prop) bool {
	o, ok := r.parents[p].(*ast.Object)
	if !ok {
		return false
	}
	for _, name := range []string{"url", "uri", "method", "headers", "baseURL"} {
		if _, ok := property(o, name); ok {
			return true
		}
	}
	call, ok := r.parents[o].(*ast.Call)
	return ok && r.network(call)
}

// insecureURLs is L08.
func insecureURLs(r *rule) {
	for _, n := range r.nodes {
		e, ok := n.(ast.Expr)
		if !ok {
			continue
		}
		switch e.(type) {
		case *ast.String, *ast.Template:
		default:
			continue
		}
		text, _ := r.prefix(e, 0)
		if !strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "http://localhost") || strings.HasPrefix(text, "http://127.") || !r.isURL(e) {
			continue
		}
		note(r.say("L08", e.Span(), "%s is called without encryption: anyone on the way reads and changes what is said", short(text)), "use https://")
	}
}

// isURL reports whether a text is used as the address of a call or a redirect.
func (r *rule) isURL(e ast.Expr) bool {
	switch p := r.parents[e].(type) {
	case *ast.Binary:
		return p.Op == "+" && r.isURL(p)
	case *ast.Prop:
		key, ok := p.Key.(*ast.String)
		return ok && slices.Contains([]string{"url", "uri", "baseURL", "baseUrl", "proxy", "endpoint"}, key.Value)
	case *ast.Call:
		return r.network(p) && len(p.Args) > 0 && p.Args[0] == e
	case *ast.Assign:
		t, ok := p.Target.(ast.Expr)
		return ok && p.Value == e && r.path(t) == "context.redirect.url"
	case *ast.Binding:
		id, ok := p.Target.(*ast.Ident)
		if v := r.names.of[id]; !ok || v == nil || v.value == nil {
			return false // not a name, or a variable that is made of itself
		}
		for _, use := range r.names.of[id].uses {
			if r.isURL(use) {
				return true
			}
		}
	}
	return false
}

// wholeClaims is L20.
func wholeClaims(r *rule) {
	for a, t := range r.assignments() {
		target := r.path(t)
		if target == "" {
			if i, ok := t.(*ast.Index); ok {
				target = r.path(i.Object) + ".*"
			}
		}
		if !strings.HasPrefix(target, "context.idToken.") && !strings.HasPrefix(target, "context.accessToken.") {
			continue
		}
		switch p := r.path(a.Value); p {
		case "user", "user.app_metadata", "user.user_metadata", "user.identities", "context", "context.request":
			note(r.say("L20", a.Value.Span(), "the token gets the whole of %s: everybody who holds the token reads it, and it grows with the profile", p),
				"pick the fields that the application needs: { plan: user.app_metadata.plan }")
		}
	}
}

// globals is L21.
func globals(r *rule) {
	assigned, tested := map[string]bool{}, map[string]bool{}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Assign:
			t, ok := n.Target.(ast.Expr)
			if !ok || !under(r.path(t), "global") {
				continue
			}
			p := r.path(t)
			assigned[p] = true
			if strings.Contains(p, "*") || functionOf(n.Value) != nil {
				continue
			}
			if r.reads(n.Value, func(p string) bool { return under(p, "user") || under(p, "context.request") }) && !r.calls(n.Value) {
				note(r.say("L21", n.Span(), "%s keeps data of this user for whoever logs in next", r.text(t)), "keep it in a variable of the rule, or under the user's id: global.cache[user.user_id]")
			}
		case *ast.If:
			r.globalTests(n.Test, tested)
		case *ast.Conditional:
			r.globalTests(n.Test, tested)
		case *ast.Logical:
			r.globalTests(n.Left, tested)
		case *ast.Unary:
			r.globalTests(n, tested)
		}
	}
	for _, n := range r.nodes {
		m, ok := n.(*ast.Member)
		if !ok || !r.isGlobal(m.Object, "global") || m.Optional {
			continue
		}
		if p := r.path(m); !assigned[p] && !tested[p] {
			note(r.say("L21", m.Span(), "%s may be missing: another rule sets it, in this process or not at all", r.text(m)), "test it first, or make it here: %s = %s || …", r.text(m), r.text(m))
			tested[p] = true
		}
	}
}

func (r *rule) globalTests(test ast.Node, tested map[string]bool) {
	r.reads(test, func(p string) bool {
		if strings.HasPrefix(p, "global.") {
			tested[p] = true
		}
		return false
	})
}

// calls reports whether an expression calls something, so that its value is another's.
func (r *rule) calls(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		_, call := n.(*ast.Call)
		found = found || call
		return !found
	})
	return found
}
