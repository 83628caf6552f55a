package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// hostOf is the host of a URL as spell writes it; "" for another text.
func hostOf(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		if strings.HasPrefix(url, "{") { // a base that is not known: {configuration.URL}/path
			if end := strings.IndexByte(url, '}'); end > 0 {
				return url[:end+1]
			}
		}
		return ""
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "ws", "wss", "mongodb", "mongodb+srv", "postgres", "postgresql", "mysql", "amqp", "amqps", "redis", "rediss", "ldap", "ldaps":
	default:
		return ""
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	if at := strings.LastIndexByte(host, '@'); at >= 0 {
		host = host[at+1:] // never a password
	}
	if host == "" {
		return computed
	}
	// 'https://example.com' + path: what follows a whole name is no part of it.
	if open := strings.IndexByte(host, '{'); open > 0 && strings.HasSuffix(host, "}") && strings.Contains(host[:open], ".") && !strings.ContainsRune(".:-", rune(host[open-1])) {
		host = host[:open]
	}
	if !strings.Contains(host, "{") {
		host = strings.ToLower(host)
	}
	return host
}

// urlNames are names of options that hold an address to call.
var urlNames = []string{"url", "uri", "baseurl", "endpoint", "apiurl", "serverurl", "hostname", "host", "server", "domain"}

func isURLName(name string) bool {
	return slices.Contains(urlNames, strings.ToLower(strings.ReplaceAll(name, "_", "")))
}

// networkCall notes the host of a call of an HTTP client.
func (t *toucher) networkCall(n *ast.Call) {
	if !t.network(n) || len(n.Args) == 0 {
		return
	}
	if _, name := method(n); slices.Contains([]string{"defaults", "create", "jar", "cookie", "isAxiosError", "on", "use", "promisify"}, name) {
		return
	}
	switch arg := t.rule.value(n.Args[0]).(type) {
	case *ast.Object:
		for _, name := range []string{"url", "uri", "baseURL", "baseUrl", "hostname", "host"} {
			if p, ok := property(arg, name); ok {
				t.host(p.Value, name == "hostname" || name == "host")
				return
			}
		}
	case *ast.Function, *ast.Arrow:
	default:
		t.host(n.Args[0], false)
	}
}

// packageAddress notes an address of the configuration that a package gets:
// require('slack-notify')(configuration.SLACK_HOOK_URL), new Client({domain: auth0.domain}).
func (t *toucher) packageAddress(callee ast.Expr, args []ast.Expr) {
	if len(args) == 0 || t.module(callee) == "" {
		return
	}
	if object, ok := t.rule.value(args[0]).(*ast.Object); ok {
		for _, p := range object.Properties {
			if p, ok := p.(*ast.Prop); ok && !p.Computed {
				if key, ok := p.Key.(*ast.String); ok && isURLName(key.Value) {
					t.configured(p.Value)
				}
			}
		}
		return
	}
	name := strings.ToLower(t.spell(args[0]))
	if slices.ContainsFunc([]string{"url", "hook", "host", "endpoint", "domain"}, func(word string) bool { return strings.Contains(name, word) }) {
		t.configured(args[0])
	}
}

// configured notes the host of an address that the configuration or the tenant gives.
func (t *toucher) configured(e ast.Expr) {
	if text := t.spell(e); strings.HasPrefix(text, "{configuration.") || strings.HasPrefix(text, "{auth0.") {
		t.add(&t.out.Hosts, hostOf(text))
	}
}

func (t *toucher) host(e ast.Expr, bare bool) {
	text := t.spell(e)
	if v := t.root(e); v != nil && v.params != nil && v.role == "" && strings.HasPrefix(text, "{") {
		if fn, ok := t.parents[v.params].(ast.Expr); ok && t.calledByName(fn) {
			return // what its callers give counts
		}
	}
	if bare && text != "" && !strings.Contains(text, "://") {
		text, _, _ = strings.Cut(text, "/")
		if !strings.Contains(text, "{") {
			text = strings.ToLower(text)
		}
		t.add(&t.out.Hosts, text)
		return
	}
	t.add(&t.out.Hosts, hostOf(text))
}

// address notes a URL in the text that is called, or to which the browser is sent.
func (t *toucher) address(e ast.Expr) {
	switch e := e.(type) {
	case *ast.String, *ast.Template:
	case *ast.Binary:
		if e.Op != "+" {
			return
		}
	default:
		return
	}
	if b, ok := t.parents[e].(*ast.Binary); ok && b.Op == "+" && b.Left == e {
		return // the longer text counts
	}
	text := t.spell(e)
	if !strings.Contains(text, "://") || strings.HasPrefix(text, "{") {
		return
	}
	host := hostOf(text)
	if host == "" {
		return
	}
	switch t.useOf(e, 0) {
	case useCalled:
		t.add(&t.out.Hosts, host)
	case useRedirect:
		t.add(&t.out.Redirects, host)
	}
}

// use says what becomes of an address.
type use uint8

const (
	useOther use = iota
	useCalled
	useRedirect
)

// harmless are methods and functions that call nothing with an address.
var harmless = []string{"indexOf", "includes", "startsWith", "endsWith", "replace", "push", "log", "error", "warn", "info", "encodeURIComponent",
	"hasOwnProperty", "stringify", "parse", "split", "test", "match", "sign", "verify", "UnauthorizedError", "ValidationError", "Error", "callback", "set", "get_claim"}

// useOf says what becomes of the value of an expression.
func (t *toucher) useOf(e ast.Expr, depth int) use {
	if depth > 8 {
		return useOther
	}
	switch p := t.parents[e].(type) {
	case *ast.Binary:
		if p.Op == "+" && p.Left == e {
			return t.useOf(p, depth+1)
		}
	case *ast.Template:
		if len(p.Exprs) > 0 && p.Exprs[0] == e && p.Parts[0].Cooked == "" {
			return t.useOf(p, depth+1)
		}
	case *ast.Logical, *ast.Conditional:
		return t.useOf(p.(ast.Expr), depth+1)
	case *ast.Member: // 'https://…'.concat(…)
		if call, ok := t.parents[p].(*ast.Call); ok && p.Name == "concat" {
			return t.useOf(call, depth+1)
		}
	case *ast.Binding:
		id, ok := p.Target.(*ast.Ident)
		if !ok || p.Init != e {
			return useOther
		}
		return t.useOfVariable(t.names.of[id], depth)
	case *ast.Assign:
		switch target := p.Target.(type) {
		case *ast.Ident:
			return t.useOfVariable(t.names.of[target], depth)
		case *ast.Member:
			if t.path(target.Object) == "context.redirect" {
				return useRedirect
			}
			if isURLName(target.Name) && tokenOf(t.path(target.Object)) == "" && !under(t.path(target.Object), "user") {
				return useCalled
			}
		}
	case *ast.Prop:
		key, ok := p.Key.(*ast.String)
		if ok && !p.Computed && isURLName(key.Value) {
			return t.useOfObject(p)
		}
	case *ast.Call:
		return t.useOfArgument(p.Callee, p, depth)
	case *ast.New:
		return t.useOfArgument(p.Callee, p, depth)
	}
	return useOther
}

// useOfObject says what becomes of an object in which an address stands under the name of one.
func (t *toucher) useOfObject(p *ast.Prop) use {
	object, ok := t.parents[p].(*ast.Object)
	if !ok {
		return useOther
	}
	if assign, ok := t.parents[object].(*ast.Assign); ok {
		if target, ok := assign.Target.(ast.Expr); ok {
			switch path := t.path(target); {
			case path == "context.redirect":
				return useRedirect
			case under(path, "context"), under(path, "user"):
				return useOther
			}
		}
	}
	if b, ok := t.parents[object].(*ast.Binding); ok {
		if id, ok := b.Target.(*ast.Ident); ok {
			if v := t.names.of[id]; v != nil {
				for _, id := range v.uses {
					if assign, ok := t.parents[id].(*ast.Assign); ok && assign.Value == ast.Expr(id) {
						if target, ok := assign.Target.(ast.Expr); ok && t.path(target) == "context.redirect" {
							return useRedirect
						}
					}
				}
			}
		}
	}
	return useCalled
}

func (t *toucher) useOfVariable(v *variable, depth int) use {
	if v == nil {
		return useOther
	}
	for _, id := range v.uses {
		if u := t.useOf(id, depth+1); u != useOther {
			return u
		}
	}
	return useOther
}

// calling are methods that call somebody, whatever their object is.
var calling = strings.Fields(`get post put patch delete head request fetch connect open createClient send query jsonp download`)

func (t *toucher) useOfArgument(callee, call ast.Expr, depth int) use {
	if t.isGlobal(callee, "URL") || t.isGlobal(callee, "String") {
		return t.useOf(call, depth+1)
	}
	if c, ok := call.(*ast.Call); ok && t.network(c) {
		return useCalled
	}
	switch callee := callee.(type) {
	case *ast.Ident:
		if slices.Contains(harmless, callee.Name) {
			return useOther
		}
		return useCalled
	case *ast.Member:
		if _, ok := call.(*ast.New); ok || slices.Contains(calling, callee.Name) {
			return useCalled
		}
		if t.module(callee) != "" && !slices.Contains(harmless, callee.Name) {
			return useCalled
		}
	case *ast.Call: // require('x')('https://…')
		if t.module(callee) != "" {
			return useCalled
		}
	}
	return useOther
}

// calledByName reports whether a function is the rule's own and called by its name.
func (t *toucher) calledByName(fn ast.Expr) bool {
	return slices.ContainsFunc(t.names.variables, func(v *variable) bool { return v.fn == fn && v.fixed() && len(v.uses) > 0 })
}
