package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// assign notes what an assignment writes.
func (t *toucher) assign(n *ast.Assign) {
	switch target := n.Target.(type) {
	case *ast.Member:
		t.option(target.Name, n.Value)
		t.assignTo(target, t.path(target.Object), n, target.Name)
	case *ast.Index:
		t.assignTo(target, t.path(target.Object), n, t.variants(target.Key)...)
	}
}

func (t *toucher) assignTo(target ast.Expr, object string, n *ast.Assign, names ...string) {
	whole := t.path(target)
	switch {
	case tokenOf(object) != "":
		t.claim(tokenWord(tokenOf(object)), names...)
	case object == samlMappings:
		t.claim("SAML", names...)
	case tokenOf(whole) != "":
		t.claimsOf(tokenWord(tokenOf(whole)), n.Value)
	case whole == samlMappings:
		t.claimsOf("SAML", n.Value)
	case whole == "context.redirect":
		t.write(whole)
		if o, ok := t.rule.value(n.Value).(*ast.Object); ok {
			if p, ok := property(o, "url"); ok {
				t.add(&t.out.Redirects, hostOf(t.spell(p.Value)))
			}
		}
	default:
		t.write(whole)
	}
}

const samlMappings = "context.samlConfiguration.mappings"

func (t *toucher) claim(token string, names ...string) {
	for _, name := range names {
		if name != "" {
			t.claims[Claim{token, name}] = true
		}
	}
}

// claimsOf notes the claims of an object.
func (t *toucher) claimsOf(token string, e ast.Expr) {
	if t.depth > maxNested {
		return
	}
	t.depth++
	defer func() { t.depth-- }()
	switch e := t.rule.value(e).(type) {
	case *ast.Object:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.Prop:
				if key, ok := p.Key.(*ast.String); ok && !p.Computed {
					t.claim(token, key.Value)
				} else {
					t.claim(token, t.variants(p.Key)...)
				}
			case *ast.Spread:
				if p := t.path(p.X); tokenOf(p) == "" && p != samlMappings {
					t.claim(token, computed)
				}
			}
		}
	case *ast.Logical:
		t.claimsOf(token, e.Right)
	case *ast.Call:
		if callee := t.path(e.Callee); strings.HasPrefix(callee, "Object.assign") || strings.HasSuffix(callee, ".extend") {
			for _, arg := range e.Args {
				t.claimsOf(token, arg)
			}
			return
		}
		t.claim(token, computed)
	default:
		if tokenOf(t.path(e)) == "" {
			t.claim(token, computed)
		}
	}
}

func (t *toucher) write(path string) {
	if strings.HasPrefix(path, "user.") || strings.HasPrefix(path, "context.") {
		t.add(&t.out.Writes, strings.TrimSuffix(path, ".*"))
	}
}

// call notes what a call writes.
func (t *toucher) call(n *ast.Call) {
	callee := t.path(n.Callee)
	switch {
	case callee == "auth0.users.updateUserMetadata":
		t.add(&t.out.Metadata, "user_metadata")
	case callee == "auth0.users.updateAppMetadata":
		t.add(&t.out.Metadata, "app_metadata")
	case callee == "Object.assign" || strings.HasSuffix(callee, ".extend") || strings.HasSuffix(callee, ".assign") || strings.HasSuffix(callee, ".merge"):
		if len(n.Args) < 2 {
			return
		}
		target := t.path(n.Args[0])
		for _, arg := range n.Args[1:] {
			switch {
			case tokenOf(target) != "":
				t.claimsOf(tokenWord(tokenOf(target)), arg)
			case target == samlMappings:
				t.claimsOf("SAML", arg)
			case target+".mappings" == samlMappings:
				if o, ok := t.rule.value(arg).(*ast.Object); ok {
					if p, ok := property(o, "mappings"); ok {
						t.claimsOf("SAML", p.Value)
					}
				}
			}
		}
		if tokenOf(target) == "" && target != samlMappings {
			t.write(target)
		}
	case strings.HasSuffix(callee, ".push") || strings.HasSuffix(callee, ".unshift") || strings.HasSuffix(callee, ".splice"):
		t.write(callee[:strings.LastIndexByte(callee, '.')])
	}
}

// spell is the text of an expression with braces for what is not known.
func (t *toucher) spell(e ast.Expr) string { return t.spellDepth(e, 0) }

func (t *toucher) spellDepth(e ast.Expr, depth int) string {
	if depth == 0 {
		t.spelled = 0
	}
	if t.spelled++; depth > maxAliases || t.spelled > maxPrefixes {
		return computed
	}
	if text, whole := t.str(e); whole {
		return text
	}
	switch e := e.(type) {
	case *ast.Template:
		text := ""
		for i, part := range e.Parts {
			text += part.Cooked
			if i < len(e.Exprs) {
				text += t.spellDepth(e.Exprs[i], depth+1)
			}
		}
		return text
	case *ast.Binary:
		if e.Op == "+" {
			return t.spellDepth(e.Left, depth+1) + t.spellDepth(e.Right, depth+1)
		}
	case *ast.Logical:
		return t.spellDepth(e.Left, depth+1)
	case *ast.New:
		if t.isGlobal(e.Callee, "URL") && len(e.Args) > 0 {
			return t.spellDepth(e.Args[len(e.Args)-1], depth+1)
		}
	case *ast.Member:
		if n, ok := t.rule.value(e.Object).(*ast.New); ok && slices.Contains([]string{"href", "host", "hostname", "origin"}, e.Name) && t.isGlobal(n.Callee, "URL") {
			return t.spellDepth(n, depth+1)
		}
	case *ast.Call:
		if text := t.spellCall(e, depth); text != "" {
			return text
		}
		if t.isGlobal(e.Callee, "String") && len(e.Args) == 1 {
			return t.spellDepth(e.Args[0], depth+1)
		}
		if object, name := method(e); object != nil && (name == "toString" || name == "trim" || name == "replace") {
			return t.spellDepth(object, depth+1)
		}
		if object, name := method(e); object != nil && name == "concat" {
			text := t.spellDepth(object, depth+1)
			for _, arg := range e.Args {
				text += t.spellDepth(arg, depth+1)
			}
			return text
		}
	case *ast.Ident:
		v := t.names.of[e]
		if given := t.given[v]; v != nil && given != nil {
			t.given[v] = nil // a call in which it stands for itself
			text := t.spellDepth(given, depth+1)
			t.given[v] = given
			return text
		}
		if v.fixed() && v.value != nil && len(v.keys) == 0 && functionOf(v.value) == nil {
			if _, isCall := v.value.(*ast.Call); !isCall {
				return t.spellDepth(v.value, depth+1)
			}
		}
		if given := t.passed[v]; v != nil && given != nil {
			return t.spellDepth(given, depth+1)
		}
	}
	if p := t.path(e); p != "" {
		return "{" + strings.TrimPrefix(p, "~") + "}"
	}
	return computed
}
