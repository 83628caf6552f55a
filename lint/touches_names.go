package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// subject is the list for what is compared with an expression; nil when it is no name of a
// client, a connection or an organization.
func (t *toucher) subject(e ast.Expr) *[]string {
	for {
		call, ok := e.(*ast.Call)
		if !ok {
			break
		}
		object, name := method(call)
		if object == nil || !slices.Contains([]string{"toLowerCase", "toUpperCase", "trim", "toString"}, name) {
			break
		}
		e = object
	}
	path := t.path(e)
	switch path {
	case "context.clientID", "context.clientId", "context.client_id", "context.clientName", "context.request.query.client_id",
		"context.request.body.client_id", "user.clientID":
		return &t.out.Clients
	case "context.connection", "context.connectionID", "context.connectionStrategy", "context.connection.name":
		return &t.out.Connections
	case "context.organization.id", "context.organization.name", "user.org_id":
		return &t.out.Organizations
	}
	if strings.HasPrefix(path, "user.identities.") && (strings.HasSuffix(path, ".connection") || strings.HasSuffix(path, ".provider")) {
		return &t.out.Connections
	}
	return nil
}

const maxNested = 5 // lists in lists

// literals are the texts that an expression stands for: one, or those of a list or an object's
// keys.
func (t *toucher) literals(e ast.Expr) []string {
	if t.depth > maxNested {
		return nil // it may hold itself
	}
	t.depth++
	defer func() { t.depth-- }()
	if list := t.elements(e); list != nil {
		return list
	}
	if m, ok := e.(*ast.Member); ok { // c.id of [{id: 'a'}].some(c => …)
		if id, ok := m.Object.(*ast.Ident); ok && t.names.of[id] != nil && t.given[t.names.of[id]] == nil {
			var texts []string
			v := t.names.of[id]
			t.given[v] = e
			defer delete(t.given, v)
			for _, element := range t.valuesOf(v) {
				if object, ok := t.rule.value(element).(*ast.Object); ok {
					if p, ok := property(object, m.Name); ok {
						texts = append(texts, t.literals(p.Value)...)
					}
				}
			}
			if texts != nil {
				return texts
			}
		}
	}
	if id, ok := e.(*ast.Ident); ok && t.names.of[id] != nil && t.given[t.names.of[id]] == nil {
		v := t.names.of[id]
		if values := t.valuesOf(v); values != nil { // the parameter of an own function
			var texts []string
			t.given[v] = e
			for _, value := range values {
				texts = append(texts, t.literals(value)...)
			}
			delete(t.given, v)
			return texts
		}
	}
	switch v := t.rule.value(e).(type) {
	case *ast.Array:
		var texts []string
		for _, element := range v.Elements {
			if element == nil {
				continue
			}
			if _, spread := element.(*ast.Spread); !spread {
				texts = append(texts, t.literals(element)...)
			}
		}
		return texts
	case *ast.Object:
		var texts []string
		for _, p := range v.Properties {
			if p, ok := p.(*ast.Prop); ok && !p.Computed {
				if key, ok := p.Key.(*ast.String); ok {
					texts = append(texts, key.Value)
				}
			}
		}
		return texts
	case *ast.New:
		if t.isGlobal(v.Callee, "Set") && len(v.Args) == 1 {
			return t.literals(v.Args[0])
		}
	case *ast.RegExp:
		return []string{"/" + v.Pattern + "/" + v.Flags}
	case *ast.Null, *ast.Bool, *ast.Number:
		return nil
	}
	if text, whole := t.str(e); whole {
		return []string{text}
	}
	if p := t.path(e); under(p, "configuration") {
		return []string{"{" + p + "}"}
	}
	return nil
}

// compare notes context.clientName === 'a'.
func (t *toucher) compare(n *ast.Binary) {
	switch n.Op {
	case "==", "===", "!=", "!==":
	case "in":
		if list := t.subject(n.Left); list != nil {
			t.add(list, t.literals(n.Right)...)
		}
		return
	default:
		return
	}
	for _, side := range [][2]ast.Expr{{n.Left, n.Right}, {n.Right, n.Left}} {
		if list := t.subject(side[0]); list != nil {
			t.add(list, t.literals(side[1])...)
		}
	}
}

// compareKey notes names[context.clientName].
func (t *toucher) compareKey(n *ast.Index) {
	list := t.subject(n.Key)
	if list == nil {
		return
	}
	if object, ok := t.rule.value(n.Object).(*ast.Object); ok {
		t.add(list, t.literals(object)...)
	}
}

// compareCall notes ['a', 'b'].includes(context.clientName), context.clientName.startsWith('a')
// and the like.
func (t *toucher) compareCall(n *ast.Call) {
	object, name := method(n)
	if object == nil || len(n.Args) == 0 {
		return
	}
	switch name {
	case "indexOf", "includes", "has", "contains", "startsWith", "endsWith", "match", "search", "test", "hasOwnProperty", "lastIndexOf", "isEqual":
	default:
		return
	}
	if list := t.subject(object); list != nil {
		t.add(list, t.literals(n.Args[0])...)
	}
	if list := t.subject(n.Args[0]); list != nil {
		t.add(list, t.literals(object)...)
	}
	if len(n.Args) > 1 { // _.includes(list, name)
		if list := t.subject(n.Args[1]); list != nil {
			t.add(list, t.literals(n.Args[0])...)
		}
	}
}

// compareCases notes switch (context.clientName) { case 'a': … }.
func (t *toucher) compareCases(n *ast.Switch) {
	list := t.subject(n.Value)
	if list == nil {
		return
	}
	for _, c := range n.Cases {
		if c.Test != nil {
			t.add(list, t.literals(c.Test)...)
		}
	}
}
