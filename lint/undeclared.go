package lint

import (
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// globalNames are the names that rules have without declaring them: JavaScript's, Node's, the
// sandbox's.
var globalNames = wordSet(`undefined NaN Infinity globalThis global Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array
Boolean DataView Date Error EvalError AggregateError FinalizationRegistry Float32Array Float64Array Function Int16Array Int32Array
Int8Array Intl JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol
SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly decodeURI
decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN parseFloat parseInt arguments
console process Buffer require module exports __dirname __filename setTimeout setInterval setImmediate clearTimeout clearInterval
clearImmediate queueMicrotask structuredClone atob btoa fetch Headers Request Response FormData Blob File URL URLSearchParams
TextEncoder TextDecoder AbortController AbortSignal Event EventTarget MessageChannel MessageEvent MessagePort BroadcastChannel
performance crypto Crypto CryptoKey SubtleCrypto DOMException ReadableStream WritableStream TransformStream CompressionStream
DecompressionStream WebSocket navigator
configuration auth0 UnauthorizedError ValidationError WrongUsernameOrPasswordError`)

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// undeclared is L51.
func undeclared(r *rule) {
	known := map[string]bool{}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.With:
			return
		case *ast.Unary:
			if id := identOf(n.X); id != nil && n.Op == "typeof" {
				known[id.Name] = true
			}
		case *ast.Assign:
			targets(n.Target, nil, true, func(id *ast.Ident, _ []string, _ bool) { known[id.Name] = true })
			if m, ok := n.Target.(*ast.Member); ok && (r.isGlobal(m.Object, "global") || r.isGlobal(m.Object, "globalThis")) {
				known[m.Name] = true
			}
		case *ast.ForIn:
			if id, ok := n.Target.(*ast.Ident); ok {
				known[id.Name] = true
			}
		case *ast.ForOf:
			if id, ok := n.Target.(*ast.Ident); ok {
				known[id.Name] = true
			}
		case *ast.FunctionDecl:
			known[n.Func.Name.Name] = true // of a block: sloppy code sees it outside, too
		case *ast.Class:
			if n.Name != nil {
				known[n.Name.Name] = true
			}
		}
	}
	for _, n := range r.nodes {
		id, ok := n.(*ast.Ident)
		if !ok || r.names.of[id] != nil || globalNames[id.Name] || known[id.Name] || implicit[id.Name] != "" || strings.HasPrefix(id.Name, "__") {
			continue
		}
		switch p := r.parents[id].(type) {
		case *ast.Labelled, *ast.Break, *ast.Continue:
			continue
		case *ast.Function:
			if p.Name == id {
				continue
			}
		}
		known[id.Name] = true
		d := r.say("L51", id.Span(), "nothing declares %s: reading it throws a ReferenceError, and the login fails", id.Name)
		if near := r.nearest(id.Name); near != "" {
			note(d, "did you mean %s?", near)
		} else {
			note(d, "declare it in the rule: const %s = …; what other rules share is global.%s", id.Name, id.Name)
		}
	}
}

// nearest is a name of the rule that differs by one letter, or in case.
func (r *rule) nearest(name string) string {
	for _, v := range r.names.variables {
		if strings.EqualFold(v.name, name) || len(name) > 3 && oneApart(v.name, name) {
			return v.name
		}
	}
	for known := range globalNames {
		if strings.EqualFold(known, name) && name != "error" {
			return known
		}
	}
	return ""
}

// oneApart reports whether two names differ by one letter that is missing, further, another
// or swapped with the next.
func oneApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	switch len(a) - len(b) {
	case 0:
		if i == len(b) {
			return false
		}
		return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i+1:] == b[i:]
	}
	return false
}
