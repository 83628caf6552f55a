package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

var metaCharacters = regexp.MustCompile(`\\.|[\[\](){}?*+|^$\\]`)

// refusing are the words of names of lists whose members are kept out.
var refusing = regexp.MustCompile(`(?i)block|bann|deny|denied|black|forbid|exclu`)

func isEmail(path string) bool { return path == "user.email" }

var letter = regexp.MustCompile(`[A-Za-z]`)

// emailText reports whether an expression is the user's address as a text: user.email, or it
// in lower case, trimmed or as a text.
func (r *rule) emailText(e ast.Expr) bool {
	e = r.value(e)
	if isEmail(r.path(e)) {
		return true
	}
	switch e := e.(type) {
	case *ast.Chain:
		return r.emailText(e.X)
	case *ast.Logical:
		return r.emailText(e.Left) || e.Op == "&&" && r.emailText(e.Right)
	case *ast.Call:
		object, name := method(e)
		return object != nil && slices.Contains([]string{"toLowerCase", "toUpperCase", "trim", "toString"}, name) && r.emailText(object)
	}
	return false
}

// emailParts is L04.
func emailParts(r *rule) {
	const advice = "compare the part behind the last @, in lower case, as a whole: user.email.toLowerCase().split('@').pop() === 'example.com'"
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok || len(call.Args) == 0 {
			continue
		}
		object, name := method(call)
		if object == nil {
			continue
		}
		arg := call.Args[0]
		switch name {
		case "indexOf", "includes", "search", "lastIndexOf":
			if !r.emailText(object) || !r.asked(call) {
				continue
			}
			text, whole := r.str(arg)
			if _, isPattern := r.value(arg).(*ast.RegExp); isPattern || whole && !letter.MatchString(text) {
				continue
			}
			shown := r.text(arg)
			if whole {
				shown = "'" + text + "'"
			}
			note(r.say("L04", call.Span(), "%s finds %s anywhere in the address: %s has it, too", r.text(call.Callee), shown, evil(text)), "%s", advice)
		case "endsWith":
			if !r.emailText(object) {
				continue
			}
			texts := r.elements(arg)
			if text, whole := r.str(arg); whole {
				texts = []string{text}
			}
			for _, text := range texts {
				if !strings.Contains(text, "@") && !strings.HasPrefix(text, ".") && strings.Contains(text, ".") {
					note(r.say("L04", call.Span(), "an address that ends with '%s' need not be of that domain: ann@evil-%s ends so, too", text, text), "ask for the @, too: endsWith('@%s')", text)
					break
				}
			}
		case "match", "matchAll":
			if r.emailText(object) {
				r.emailPattern(call, arg, advice)
			}
		case "test", "exec":
			if r.emailText(arg) {
				r.emailPattern(call, object, advice)
			}
		}
	}
}

// evil is an address of another domain that holds a text.
func evil(text string) string {
	switch {
	case strings.HasPrefix(text, "@"):
		return "name" + text + ".evil.example"
	case strings.Contains(text, "@"):
		return text + ".evil.example"
	case text == "":
		return "an address of another domain"
	}
	return strings.Trim(text, ".") + "@evil.example"
}

// asked reports whether a value decides something: it is compared, negated or a test, or what
// a function of some, find or filter answers.
func (r *rule) asked(e ast.Expr) bool {
	switch p := r.parents[e].(type) {
	case *ast.Binary:
		return p.Op != "+"
	case *ast.Unary, *ast.If, *ast.Logical:
		return true
	case *ast.Conditional:
		return p.Test == e
	case *ast.Return, *ast.Arrow:
		return true
	case *ast.Binding:
		return true
	}
	return false
}

// emailPattern judges a regular expression that an address is held against.
func (r *rule) emailPattern(call *ast.Call, e ast.Expr, advice string) {
	pattern := ""
	switch p := r.value(e).(type) {
	case *ast.RegExp:
		pattern = p.Pattern
	case *ast.New:
		if r.isGlobal(p.Callee, "RegExp") && len(p.Args) > 0 {
			pattern, _ = r.str(p.Args[0])
		}
	case *ast.String:
		pattern = p.Value
	}
	domain := pattern[strings.LastIndex(pattern, "@")+1:]
	plain := metaCharacters.ReplaceAllString(strings.ReplaceAll(domain, `\.`, "."), "")
	if !letter.MatchString(plain) {
		return // it asks for something in front of the @
	}
	switch {
	case !strings.HasSuffix(pattern, "$") && !strings.HasSuffix(pattern, "$)") && !(strings.HasPrefix(pattern, "^") && !strings.Contains(pattern, "@")):
		note(r.say("L04", e.Span(), "the pattern has no $ at its end, so it matches inside of the address, too: name@%s.evil.example", plain), "%s", advice)
	case !strings.Contains(pattern, "@"):
		note(r.say("L04", e.Span(), "the pattern names no @, so it matches other domains with this ending, too"), "put @ in front of the domain: /@example\\.com$/")
	case regexp.MustCompile(`(?:^|[^\\])\.(?:com|org|net|edu|io|co|de|uk)\b`).MatchString(pattern):
		note(r.say("L04", e.Span(), "the dot in the pattern matches any character, so it matches other domains, too"), "write it as \\.")
	}
}

// unverified is L05.
func unverified(r *rule) {
	if r.mentionsName("email_verified") || r.reads(r.tree, below("context.connection", "context.connectionStrategy", "context.connectionID", "context.organization")) {
		return
	}
	for _, n := range r.nodes {
		e, ok := n.(ast.Expr)
		if !ok || !r.emailDecision(e) {
			continue
		}
		d := r.say("L05", e.Span(), "the rule decides by user.email and never asks user.email_verified: anybody can sign up with this address at another connection")
		note(d, "deny first: if (!user.email || !user.email_verified) return callback(new UnauthorizedError('Please verify your email.'))")
		return
	}
}

// emailDecision reports whether an expression compares the address, or a part of it, with
// something, and a denial, roles or claims hang on that.
func (r *rule) emailDecision(e ast.Expr) bool {
	compared := false
	switch e := e.(type) {
	case *ast.Binary:
		if !slices.Contains([]string{"==", "===", "!=", "!=="}, e.Op) {
			return false
		}
		for _, side := range [][2]ast.Expr{{e.Left, e.Right}, {e.Right, e.Left}} {
			if _, isNull := side[1].(*ast.Null); !isNull && !r.isGlobal(side[1], "undefined") && !isMinusOne(side[1]) && !isText(side[1], "") && r.emailPiece(side[0]) {
				compared = true
			}
		}
	case *ast.Call:
		object, name := method(e)
		if object == nil || len(e.Args) == 0 {
			return false
		}
		switch name {
		case "includes", "indexOf", "contains", "has":
			text, whole := r.str(e.Args[0])
			compared = r.emailPiece(e.Args[0]) || r.emailText(object) && (!whole || letter.MatchString(text))
		case "endsWith", "match":
			compared = r.emailText(object)
		case "test":
			compared = r.emailText(e.Args[0])
		}
	}
	if !compared || refusing.MatchString(r.file.Slice(e.Span())) {
		return false
	}
	if r.denies(r.tree) {
		return true
	}
	in, ok := r.inTest(e).(*ast.If)
	return ok && (r.grants(in.Then) || in.Else != nil && r.grants(in.Else))
}

func isMinusOne(e ast.Expr) bool {
	u, ok := e.(*ast.Unary)
	return ok && u.Op == "-" || isZero(e)
}

func isText(e ast.Expr, text string) bool {
	s, ok := e.(*ast.String)
	return ok && s.Value == text
}

// emailPiece reports whether an expression is the address or a piece of it.
func (r *rule) emailPiece(e ast.Expr) bool {
	if r.emailText(e) {
		return true
	}
	switch e := r.value(e).(type) {
	case *ast.Index:
		return r.emailPiece(e.Object)
	case *ast.Call:
		object, name := method(e)
		return object != nil && slices.Contains([]string{"split", "pop", "substring", "substr", "slice", "toLowerCase", "trim", "replace"}, name) && r.emailPiece(object)
	}
	return false
}

// grants reports whether a statement gives roles, groups or permissions.
func (r *rule) grants(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Assign:
			if t, ok := n.Target.(ast.Expr); ok {
				p := r.path(t)
				name := strings.ToLower(p[strings.LastIndexAny(p, "./")+1:])
				found = found || slices.ContainsFunc(roleWords, func(w string) bool { return strings.Contains(name, w) })
			}
		case *ast.Call:
			if object, name := method(n); object != nil && name == "push" {
				p := strings.ToLower(r.path(object))
				found = found || slices.ContainsFunc(roleWords, func(w string) bool { return strings.Contains(p, w) })
			}
		case *ast.Return:
			if array, ok := n.X.(*ast.Array); ok && len(array.Elements) > 0 {
				found = true
			}
		}
		return !found
	})
	return found
}

var roleWords = []string{"role", "group", "permission", "scope", "admin", "entitlement"}

// editableRoles is L19.
func editableRoles(r *rule) {
	for _, n := range r.nodes {
		m, ok := n.(*ast.Member)
		if !ok || r.path(m.Object) != "user.user_metadata" || r.written(m) {
			continue
		}
		name := strings.ToLower(strings.ReplaceAll(m.Name, "_", ""))
		if slices.Contains([]string{"role", "roles", "permission", "permissions", "groups", "group", "isadmin", "admin", "scopes", "entitlements", "authorization", "accesslevel"}, name) {
			note(r.say("L19", m.Span(), "%s decides about access, and users can change their user_metadata themselves", r.text(m)),
				"keep it in user.app_metadata, or use the roles of context.authorization")
		}
	}
}

// written reports whether a node is the target of an assignment, or deleted.
func (r *rule) written(n ast.Expr) bool {
	switch p := r.parents[n].(type) {
	case *ast.Assign:
		return ast.Node(p.Target) == ast.Node(n)
	case *ast.Unary:
		return p.Op == "delete"
	case *ast.Member, *ast.Index:
		return r.written(p.(ast.Expr))
	}
	return false
}
