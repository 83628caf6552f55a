package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// addresses is L30.
func addresses(r *rule) {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Binary:
			if !slices.Contains([]string{"==", "===", "!=", "!=="}, n.Op) {
				continue
			}
			for _, side := range [][2]ast.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
				if r.path(side[0]) == "context.request.ip" {
					if _, isConstant := r.str(side[1]); isConstant || len(r.elements(side[1])) > 0 {
						note(r.say("L30", n.Span(), "%s is compared as a text, and one address has many texts: IPv6, or IPv4 inside of it", r.text(side[0])),
							"compare addresses: require('ipaddr.js@1.9.0').process(ip), and ask for its kind first")
					}
				}
			}
		case *ast.Call:
			object, name := method(n)
			if object != nil && (name == "includes" || name == "indexOf") && len(n.Args) > 0 && r.path(n.Args[0]) == "context.request.ip" {
				note(r.say("L30", n.Span(), "%s is looked up as a text, and one address has many texts: IPv6, or IPv4 inside of it", r.text(n.Args[0])),
					"compare addresses: require('ipaddr.js@1.9.0').process(ip), and ask for its kind first")
				continue
			}
			if object == nil || r.path(object) != "context.request.ip" {
				continue
			}
			switch name {
			case "indexOf", "startsWith", "split", "match", "includes", "substr", "substring", "search":
				note(r.say("L30", n.Span(), "%s takes the address for a text of IPv4: it may be IPv6", r.text(n.Callee)),
					"compare networks: require('ipaddr.js@1.9.0').process(ip).match(…), and ask for its kind first")
			}
		}
	}
}

// fromCaller are parameters of the request that the platform itself judges.
var fromCaller = []string{"scope", "audience", "acr_values", "prompt", "client_id", "redirect_uri", "response_type", "connection", "protocol", "state", "nonce"}

// callerDecides is L31.
func callerDecides(r *rule) {
	if r.mentionsText("redirect-callback") {
		return // L27 judges what comes back
	}
	for _, n := range r.nodes {
		m, ok := n.(*ast.Member)
		if !ok {
			continue
		}
		p := r.path(m)
		name := p[strings.LastIndexByte(p, '.')+1:]
		own := strings.HasPrefix(p, "context.request.query.") && !slices.Contains(fromCaller, name) ||
			strings.HasPrefix(p, "context.request.body.") && !slices.Contains(fromCaller, name) && name != "grant_type" || p == "context.request.userAgent"
		if !own {
			continue
		}
		if parent, ok := r.parents[m].(*ast.Member); ok && parent.Object == ast.Expr(m) && parent.Name == "length" {
			continue
		}
		s, ok := r.inTest(m).(*ast.If)
		if !ok || !r.denies(s.Then) && (s.Else == nil || !r.denies(s.Else)) && !r.grants(s.Then) && !r.skips(s) {
			continue
		}
		note(r.say("L31", m.Span(), "%s decides about access, and whoever sends the request chooses it", r.text(m)),
			"decide by what the server knows: context.clientID, context.connection, user.app_metadata")
		return
	}
}

// skips reports whether an if lets the login through at once, in front of a denial or of a
// second factor.
func (r *rule) skips(s *ast.If) bool {
	through := false
	ast.Inspect(s.Then, func(n ast.Node) bool {
		if c, ok := n.(*ast.Call); ok && r.path(c.Callee) == "callback" && r.success(c) {
			through = true
		}
		return !through
	})
	if !through {
		return false
	}
	for _, n := range r.nodes {
		if n.Span().Start.Offset <= s.Span().End.Offset {
			continue
		}
		switch n := n.(type) {
		case *ast.Call:
			if r.path(n.Callee) == "callback" && r.denial(n) {
				return true
			}
		case *ast.Assign:
			if t, ok := n.Target.(ast.Expr); ok && under(r.path(t), "context.multifactor") {
				return true
			}
		}
	}
	return false
}

// clientNames is L32.
func clientNames(r *rule) {
	for _, n := range r.nodes {
		e, ok := n.(ast.Expr)
		if !ok || r.path(e) != "context.clientName" {
			continue
		}
		switch n.(type) {
		case *ast.Member, *ast.Ident:
		default:
			continue
		}
		compared := false
		switch p := r.parents[e].(type) {
		case *ast.Binary:
			compared = p.Op != "+" && p.Op != "in"
		case *ast.Call:
			_, name := method(p)
			compared = (name == "indexOf" || name == "includes") && len(p.Args) > 0 && p.Args[0] == e
		case *ast.Member:
			if c, ok := r.parents[p].(*ast.Call); ok {
				_, name := method(c)
				compared = name == "indexOf" || name == "includes" || name == "match" || name == "startsWith"
			}
		}
		if !compared {
			continue
		}
		note(r.say("L32", e.Span(), "the application is told by its name, which can be changed, and which another can have"),
			"use context.clientID, or a key of context.clientMetadata")
		return
	}
}

var sqlWords = regexp.MustCompile(`(?i)\b(?:select\s.+\sfrom|insert\s+into|update\s.+\sset|delete\s+from)\b`)

// injections is L41.
func injections(r *rule) {
	profile := func(p string) bool {
		return under(p, "user") && p != "user.user_id" && p != "user" || under(p, "context.request.query") || under(p, "context.request.body") || p == "context.request.userAgent"
	}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Template:
			text := ""
			for _, part := range n.Parts {
				text += part.Cooked + " x "
			}
			r.injected(n, text, n.Exprs, profile)
		case *ast.Binary:
			if outer, ok := r.parents[n].(*ast.Binary); n.Op != "+" || ok && outer.Op == "+" {
				continue
			}
			text := ""
			var values []ast.Expr
			for _, e := range addends(n) {
				if s, ok := r.str(e); ok {
					text += s
				} else {
					text += " x "
					values = append(values, e)
				}
			}
			r.injected(n, text, values, profile)
		case *ast.New:
			if r.isGlobal(n.Callee, "RegExp") && len(n.Args) > 0 && r.reads(n.Args[0], func(p string) bool { return profile(p) || p == "user.user_id" }) && !r.escaped(n.Args[0]) {
				note(r.say("L41", n.Span(), "the pattern is made of what the user chose: it can match everything, or take exponential time"), "compare texts instead, or escape the characters that mean something in patterns")
			}
		}
	}
}

func addends(e ast.Expr) []ast.Expr {
	if b, ok := e.(*ast.Binary); ok && b.Op == "+" {
		return append(addends(b.Left), addends(b.Right)...)
	}
	return []ast.Expr{e}
}

// injected judges a text that values are put into.
func (r *rule) injected(at ast.Expr, text string, values []ast.Expr, profile func(string) bool) {
	for _, v := range values {
		if r.escaped(v) || !r.reads(v, profile) {
			continue
		}
		switch {
		case sqlWords.MatchString(text):
			note(r.say("L41", v.Span(), "%s becomes part of an SQL statement, so its owner can write the statement", r.text(v)), "give it as a parameter: query('… where email = ?', [%s])", r.text(v))
		case regexp.MustCompile(`\((?:mail|uid|cn|sAMAccountName)=`).MatchString(text):
			note(r.say("L41", v.Span(), "%s becomes part of an LDAP filter, so its owner can write the filter", r.text(v)), "escape it, or use the library's filter objects")
		case regexp.MustCompile(`^(?:https?://|\s*x\s*/)[^?]*\?.*=`).MatchString(text) && profile(r.path(v)) && r.isURL(at):
			note(r.say("L41", v.Span(), "%s is put into the URL as it is: & and # in it change the request", r.text(v)), "write encodeURIComponent(%s)", r.text(v))
		default:
			continue
		}
		return
	}
}

// escaped reports whether an expression escapes what it holds.
func (r *rule) escaped(e ast.Expr) bool {
	escaped := false
	ast.Inspect(r.value(e), func(n ast.Node) bool {
		if c, ok := n.(*ast.Call); ok {
			name := r.callee(c)
			if regexp.MustCompile(`(?i)encodeURI|escape|stringify|toString$|base64|hash|digest|sign|Number|parseInt`).MatchString(name) {
				escaped = true
			}
		}
		return !escaped
	})
	return escaped
}

// splitIDs is L43.
func splitIDs(r *rule) {
	for _, n := range r.nodes {
		c, ok := n.(*ast.Call)
		if !ok {
			continue
		}
		object, name := method(c)
		if object == nil || r.path(object) != "user.user_id" {
			continue
		}
		switch name {
		case "split", "substr", "substring", "slice", "indexOf", "startsWith", "match", "replace", "includes":
			note(r.say("L43", c.Span(), "the rule takes user_id apart, whose form is not promised"), "user.identities[0].user_id and user.identities[0].provider have the parts")
			return
		}
	}
}

// sharedState is L46.
func sharedState(r *rule) {
	builtins := []string{"Array", "String", "Object", "Number", "Date", "Function", "RegExp", "Promise", "Boolean", "Error", "JSON", "Math"}
	for a, t := range r.assignments() {
		p := r.path(t)
		first, rest, _ := strings.Cut(p, ".")
		switch {
		case first == "configuration" && rest != "":
			note(r.say("L46", a.Span(), "%s is written, and configuration belongs to all rules", r.text(t)), "copy the value to a variable of the rule and change that")
		case slices.Contains(builtins, first) && (strings.HasPrefix(rest, "prototype.") || first == "Math" || first == "JSON"):
			note(r.say("L46", a.Span(), "%s changes JavaScript for all rules and packages of the process", r.text(t)), "write a function of the rule instead")
		}
	}
}
