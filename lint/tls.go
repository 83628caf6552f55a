package lint

import (
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// tlsOff is L36.
func tlsOff(r *rule) {
	const advice = "take it away: the service needs a valid certificate, or its own authority in the ca option"
	off := func(e ast.Expr) bool {
		b, ok := r.value(e).(*ast.Bool)
		return ok && !b.Value
	}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Prop:
			if key, ok := n.Key.(*ast.String); ok && (key.Value == "strictSSL" || key.Value == "rejectUnauthorized") && off(n.Value) {
				note(r.say("L36", n.Span(), "%s: false accepts any certificate", key.Value), advice)
			}
		case *ast.Assign:
			m, ok := n.Target.(*ast.Member)
			switch {
			case !ok:
			case (m.Name == "strictSSL" || m.Name == "rejectUnauthorized") && off(n.Value):
				note(r.say("L36", n.Span(), "%s = false accepts any certificate", m.Name), advice)
			case m.Name == "NODE_TLS_REJECT_UNAUTHORIZED":
				if text := strings.Trim(r.text(n.Value), `'"`); text == "0" {
					note(r.say("L36", n.Span(), "NODE_TLS_REJECT_UNAUTHORIZED = 0 switches certificate checks off for every call of the tenant"), advice)
				}
			}
		}
	}
}
