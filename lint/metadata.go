package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// updates lists the calls that write metadata, with app_metadata or user_metadata.
func (r *rule) updates(visit func(call *ast.Call, which string)) {
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok {
			continue
		}
		switch p := r.callee(call); {
		case strings.HasSuffix(p, "users.updateAppMetadata"):
			visit(call, "app_metadata")
		case strings.HasSuffix(p, "users.updateUserMetadata"):
			visit(call, "user_metadata")
		}
	}
}

// metadataKeys is L33.
func metadataKeys(r *rule) {
	bad := func(at ast.Node, key, which string) {
		if strings.ContainsAny(key, ".$") {
			note(r.say("L33", at.Span(), "the key %s of %s has a dot or a dollar sign: the write fails", short(key), which), "name it without: %s", regexp.MustCompile(`[.$]`).ReplaceAllString(key, "_"))
		}
	}
	written := map[string]bool{}
	r.updates(func(call *ast.Call, which string) {
		written[which] = true
		if len(call.Args) < 2 {
			return
		}
		if o, ok := r.value(call.Args[1]).(*ast.Object); ok {
			for _, p := range o.Properties {
				if p, ok := p.(*ast.Prop); ok {
					if key, ok := r.str(p.Key); ok {
						bad(p.Key, key, which)
					}
				}
			}
		}
		for _, n := range r.nodes {
			u, ok := n.(*ast.Unary)
			if !ok || u.Op != "delete" || r.path(call.Args[1]) != "user."+which {
				continue
			}
			var object ast.Expr
			switch x := u.X.(type) {
			case *ast.Member:
				object = x.Object
			case *ast.Index:
				object = x.Object
			}
			if object != nil && r.path(object) == "user."+which && u.Span().Start.Offset < call.Span().Start.Offset {
				note(r.say("L33", u.Span(), "the stored value stays: an update merges the first level, and a key that is not sent is not removed"), "set it to null instead of deleting it: %s = null", r.text(u.X))
			}
		}
	})
	for _, n := range r.nodes {
		a, ok := n.(*ast.Assign)
		if !ok {
			continue
		}
		i, ok := a.Target.(*ast.Index)
		if !ok {
			continue
		}
		which := strings.TrimPrefix(r.path(i.Object), "user.")
		if key, whole := r.str(i.Key); whole && written[which] {
			bad(i.Key, key, which)
		}
	}
}

// toldErrors is L34.
func toldErrors(r *rule) {
	r.callbackCalls(func(call *ast.Call) {
		if len(call.Args) == 0 {
			return
		}
		e, ok := call.Args[0].(*ast.New)
		if !ok || len(e.Args) == 0 {
			return
		}
		arg := e.Args[0]
		what := ""
		ast.Inspect(arg, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Member:
				p := r.path(n)
				switch {
				case n.Name == "stack":
					what = "the stack"
				case n.Name == "message" && regexp.MustCompile(`~(?:err|error|e|ex|exception)\.message$`).MatchString(p):
					what = "the text of another error"
				case slices.Contains([]string{"user.email", "user.phone_number", "user.user_id", "user.name", "context.request.ip"}, p):
					what = p
				}
			case *ast.Ident:
				if p := r.path(n); p == "~err" || p == "~error" || p == "~body" {
					if _, member := r.parents[n].(*ast.Member); !member {
						what = map[string]string{"~err": "another error", "~error": "another error", "~body": "a service's answer"}[p]
					}
				}
			}
			return what == ""
		})
		if what != "" {
			note(r.say("L34", arg.Span(), "the message holds %s, and the message stands in the URL that the browser goes to", what), "give a short text of your own, and log the rest: console.log(…)")
		}
	})
}

var linkCall = regexp.MustCompile(`/identities$|/identities\b`)

// linking is L35.
func linking(r *rule) {
	primaryTooEarly(r)
	links := r.mentionsText("/identities") || r.mentionsName("linkUsers")
	for _, n := range r.nodes {
		if c, ok := n.(*ast.Call); ok && strings.HasSuffix(r.callee(c), ".users.link") {
			links = true
		}
	}
	if !links || !r.reads(r.tree, isEmail) {
		return
	}
	times := 0
	for _, n := range r.nodes {
		if m, ok := n.(*ast.Member); ok && m.Name == "email_verified" {
			times++
		}
	}
	const advice = "take only accounts of which both addresses are verified: user.email_verified, and email_verified of the one that is found"
	for _, n := range r.nodes {
		e, ok := n.(ast.Expr)
		if !ok {
			continue
		}
		text, _ := r.prefixOrTail(e)
		c, isCall := n.(*ast.Call)
		if !linkCall.MatchString(text) && !(isCall && (strings.HasSuffix(r.callee(c), ".users.link") || strings.HasSuffix(r.callee(c), ".linkUsers"))) {
			continue
		}
		switch times {
		case 0:
			note(r.say("L35", e.Span(), "accounts are linked by an address that nobody verified: whoever signs up with it takes the account over"), advice)
		case 1:
			if !r.mentionsText("email_verified") {
				note(r.say("L35", e.Span(), "accounts are linked by their address, and only one of the two is asked whether it is verified"), advice)
			}
		}
		break
	}
}

// primaryTooEarly is L35, too: context.primaryUser set although the link may still fail.
func primaryTooEarly(r *rule) {
	for _, a := range r.sets("context.primaryUser") {
		for _, n := range r.nodes {
			e, ok := n.(ast.Expr)
			if !ok {
				continue
			}
			if text, _ := r.prefixOrTail(e); !linkCall.MatchString(text) {
				continue
			}
			call := r.outermost(e)
			if call == nil || call.Span().Contains(a.Span().Start.Offset) || !r.network(call) && !r.chainOf(call) {
				continue
			}
			_, awaited := r.parents[call].(*ast.Await)
			before := a.Span().Start.Offset < call.Span().Start.Offset
			if before || !awaited && r.functionAround(a) == r.functionAround(call) {
				note(r.say("L35", a.Span(), "context.primaryUser is set before the accounts are linked: when that fails, so does the login, or the token is of the wrong account"),
					"set it when the link has succeeded: in its callback, in .then, or behind await")
			}
		}
	}
}

// outermost is the outermost call around an expression in its statement and function.
func (r *rule) outermost(e ast.Expr) *ast.Call {
	var found *ast.Call
	r.up(e, func(_, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.Call:
			found = p
		case ast.Stmt, *ast.Function, *ast.Arrow, *ast.Await:
			return false
		}
		return true
	})
	return found
}

// chainOf reports whether a call is a promise's method whose promise an HTTP client made.
func (r *rule) chainOf(c *ast.Call) bool {
	for {
		object, _ := method(c)
		inner, ok := object.(*ast.Call)
		if object == nil || !ok {
			return false
		}
		if c = inner; r.network(c) {
			return true
		}
	}
}

// functionAround is the function that a node stands in.
func (r *rule) functionAround(n ast.Node) ast.Node {
	var in ast.Node
	r.up(n, func(_, parent ast.Node) bool {
		switch parent.(type) {
		case *ast.Function, *ast.Arrow:
			in = parent
		}
		return in == nil
	})
	return in
}

// prefixOrTail is the constant text of an expression that ends in one.
func (r *rule) prefixOrTail(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.String:
		return e.Value, true
	case *ast.Template:
		return e.Parts[len(e.Parts)-1].Cooked, false
	}
	return "", false
}

var managementSearch = regexp.MustCompile(`/users\?|/users-by-email|/users/?$|search_engine|[?&]q=`)

// managementCalls is L25.
func managementCalls(r *rule) {
	const advice = "keep what it asks for in app_metadata or context; where it must ask, do it once and remember that"
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Call:
			_, name := method(n)
			p := r.callee(n)
			if slices.Contains([]string{"getUsers", "getUsersByEmail", "listUsersByEmail"}, name) || strings.HasSuffix(p, ".users.getAll") || strings.HasSuffix(p, ".usersByEmail.getByEmail") {
				note(r.say("L25", n.Callee.Span(), "%s searches the users of the tenant at a login: its rate limit makes logins fail", r.text(n.Callee)), advice)
			}
		case *ast.String:
			api := strings.Contains(n.Value, "/api/v2/users") || managementSearch.MatchString(n.Value) && r.besideAPI(n)
			if api && managementSearch.MatchString(n.Value) {
				note(r.say("L25", n.Span(), "the Management API is asked for a list of users at a login: its rate limit makes logins fail"), advice)
			}
		case *ast.Template:
			text := ""
			for _, part := range n.Parts {
				text += part.Cooked
			}
			if managementSearch.MatchString(text) && (strings.Contains(text, "/api/v2/users") || r.reads(n, below("auth0.baseUrl"))) {
				note(r.say("L25", n.Span(), "the Management API is asked for a list of users at a login: its rate limit makes logins fail"), advice)
			}
		}
	}
}

// besideAPI reports whether a text is joined to auth0.baseUrl.
func (r *rule) besideAPI(e ast.Expr) bool {
	b, ok := r.parents[e].(*ast.Binary)
	return ok && b.Op == "+" && r.reads(b, below("auth0.baseUrl"))
}

// paid are services that charge for each call.
var paid = regexp.MustCompile(`(?i)api\.twilio\.com|nexmo|clearbit\.com|fullcontact\.com|towerdata\.com|api\.pipl\.com|messagebird|plivo`)

// paidServices is L09.
func paidServices(r *rule) {
	if r.reads(r.tree, below("user.app_metadata", "user.user_metadata", "context.stats.loginsCount")) {
		return
	}
	for _, n := range r.nodes {
		name := ""
		switch n := n.(type) {
		case *ast.String:
			name = paid.FindString(n.Value)
		case *ast.Template:
			for _, part := range n.Parts {
				name += paid.FindString(part.Cooked)
			}
		case *ast.Call:
			if r.isGlobal(n.Callee, "require") {
				name = regexp.MustCompile(`^(?:twilio|nexmo|clearbit|fullcontact)`).FindString(r.module(n))
			}
		}
		if name != "" {
			note(r.say("L09", n.Span(), "%s charges for each call, and the rule calls it at every login: anybody with an account can run up costs", name),
				"call it once for each user: remember in user.app_metadata that it was done")
			return
		}
	}
}

// rootProperties is L18.
func rootProperties(r *rule) {
	if r.mentionsName("samlConfiguration", "mappings") {
		return
	}
	var first *ast.Member
	var names []string
	for _, n := range r.nodes {
		a, ok := n.(*ast.Assign)
		if !ok || a.Op != "=" {
			continue
		}
		m, ok := a.Target.(*ast.Member)
		if !ok || r.path(m.Object) != "user" || slices.Contains(profileFields, m.Name) || slices.Contains(names, m.Name) || r.readBack(m) {
			continue
		}
		if names = append(names, m.Name); first == nil {
			first = m
		}
	}
	if first == nil {
		return
	}
	is := "is no claim"
	if len(names) > 5 {
		names = append(names[:5:5], "…")
	}
	if len(names) > 1 {
		is = "and, below, " + strings.Join(names[1:], ", ") + " are no claims"
	}
	note(r.say("L18", first.Span(), "%s %s: tokens of OIDC-conformant applications have no such properties, only later rules and SAML mappings see them", r.text(first), is),
		"for a claim write context.idToken['https://example.com/%s'] = …", first.Name)
}

// readBack reports whether the rule reads a property that it sets.
func (r *rule) readBack(m *ast.Member) bool {
	for _, other := range r.nodes {
		if o, ok := other.(*ast.Member); ok && r.path(o) == r.path(m) && !r.written(o) {
			return true
		}
	}
	return false
}

var profileFields = append([]string{"app_metadata", "user_metadata", "jti", "user_id", "username", "multifactor", "identities", "upn", "blocked", "last_login"}, profile...)
