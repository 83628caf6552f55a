package lint

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Touches is what the text of a rule reaches: whom it names, what it reads and writes, and
// where it calls. Lists are sorted and hold each text once. What the text does not say (a
// computed name) stands in braces: "{configuration.API_HOST}", "{…}".
type Touches struct {
	Clients       []string // that clientID, clientName and the like are compared with
	Connections   []string // that the connection is compared with
	Organizations []string // that the organization is compared with

	Reads   []string // fields of the profile: "user.app_metadata.roles"
	Whole   []string // objects of the profile that are passed on as they are: "user"
	Context []string // properties of the context that are read
	Writes  []string // properties of user and context that are assigned, tokens aside
	Claims  []Claim

	Metadata []string // that auth0.users.update… writes: "user_metadata"
	Tenant   bool     // it asks the Management API: auth0.baseUrl, auth0.accessToken

	Hosts     []string // that it calls
	Redirects []string // hosts that it sends the browser to

	Settings []Setting // of the configuration
	AnyTLS   bool      // it turns the verification of certificates off
}

// Claim is a claim that a rule writes.
type Claim struct {
	Token string // "ID token", "access token" or "SAML"
	Name  string
}

// Setting is a key of the configuration that a rule reads.
type Setting struct {
	Key      string // "{…}" when it is computed
	Optional bool   // every read has a default, or only asks whether it is set
}

// computed stands for what a text does not say.
const computed = "{…}"

// Touch finds what a rule touches; nil for a text that is no rule.
func Touch(file *source.File) *Touches {
	r := read(file)
	if r == nil {
		return nil
	}
	t := &toucher{rule: r, sets: map[*[]string]map[string]bool{}, given: map[*variable]ast.Expr{}, passed: map[*variable]ast.Expr{}, settings: map[string]bool{}, claims: map[Claim]bool{}}
	t.bindParameters()
	for _, n := range r.nodes {
		t.visit(n)
	}
	for list, set := range t.sets {
		*list = slices.Sorted(maps.Keys(set))
	}
	t.out.Reads = leaves(t.out.Reads, nil)
	t.out.Writes = leaves(t.out.Writes, nil)
	t.out.Context = leaves(t.out.Context, nil)
	for _, key := range slices.Sorted(maps.Keys(t.settings)) {
		t.out.Settings = append(t.out.Settings, Setting{Key: key, Optional: t.settings[key]})
	}
	t.out.Claims = slices.SortedFunc(maps.Keys(t.claims), func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.Token, b.Token), cmp.Compare(a.Name, b.Name))
	})
	return &t.out
}

// leaves drops the paths that have longer ones below them, keep's aside.
func leaves(paths, keep []string) []string {
	return slices.DeleteFunc(paths, func(p string) bool {
		return !slices.Contains(keep, p) && slices.ContainsFunc(paths, func(q string) bool { return q != p && under(q, p) })
	})
}

// toucher is the work on one rule.
type toucher struct {
	spelled int // see spell
	*rule
	out      Touches
	sets     map[*[]string]map[string]bool
	given    map[*variable]ast.Expr // what a variable stands for at this moment
	passed   map[*variable]ast.Expr // parameters of the rule's own functions that always get the same
	settings map[string]bool        // whether each key is optional
	claims   map[Claim]bool
	depth    int // of lists and objects that hold each other
}

func (t *toucher) add(list *[]string, texts ...string) {
	for _, text := range texts {
		if text == "" {
			continue
		}
		if t.sets[list] == nil {
			t.sets[list] = map[string]bool{}
		}
		t.sets[list][text] = true
	}
}

// bindParameters finds the parameters of the rule's own functions that get the same path at
// every call: u of function f(u) {…} with f(user).
func (t *toucher) bindParameters() {
	for _, v := range t.names.variables {
		if v.params == nil || v.role != "" || v.writes > 0 {
			continue
		}
		fn, ok := t.parents[v.params].(ast.Expr)
		if !ok {
			continue
		}
		given, ok := t.arguments(fn, v)
		if !ok || len(given) == 0 {
			continue
		}
		same := true
		for i := 1; i < len(given); i++ {
			p := t.rule.path(given[i-1])
			same = same && p != "" && p == t.rule.path(given[i])
		}
		if same {
			t.passed[v] = given[len(given)-1]
		}
	}
}

// arguments are what the calls of the rule's own function pass for a parameter; ok is false when it
// is used in another way than by being called.
func (t *toucher) arguments(fn ast.Expr, v *variable) (given []ast.Expr, ok bool) {
	for _, named := range t.names.variables {
		if named.fn != fn || !named.fixed() {
			continue
		}
		for _, id := range named.uses {
			call, ok := t.parents[id].(*ast.Call)
			if !ok || call.Callee != ast.Expr(id) || len(call.Args) <= v.index {
				return nil, false
			}
			given = append(given, call.Args[v.index])
		}
	}
	return given, true
}

// path is rule.path that follows the parameters of the rule's own functions, too.
func (t *toucher) path(e ast.Expr) string {
	p := t.rule.path(e)
	for range 5 {
		if !strings.HasPrefix(p, "~") {
			return p
		}
		given := t.passed[t.root(e)]
		if given == nil {
			return p
		}
		_, rest, deeper := strings.Cut(p, ".")
		e, p = given, t.rule.path(given)
		if p != "" && deeper {
			p += "." + rest
		}
	}
	return p
}

// root is the variable that a path begins with.
func (t *toucher) root(e ast.Expr) *variable {
	for range 2 * maxAliases {
		switch x := e.(type) {
		case *ast.Member:
			e = x.Object
		case *ast.Index:
			e = x.Object
		case *ast.Chain:
			e = x.X
		case *ast.Logical:
			e = x.Left
		case *ast.Ident:
			v := t.names.of[x]
			if v == nil || !v.fixed() || v.value == nil {
				return v
			}
			e = v.value
		default:
			return nil
		}
	}
	return nil
}

func (t *toucher) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Member:
		t.read(n)
	case *ast.Index:
		t.read(n)
		t.compareKey(n)
	case *ast.Ident:
		if v := t.names.of[n]; v == nil && n.Name != "configuration" || v != nil && v.ident == n {
			return // a declaration, a global
		}
		t.read(n)
	case *ast.Assign:
		t.assign(n)
	case *ast.Unary:
		if n.Op == "delete" {
			t.write(t.path(n.X))
		}
	case *ast.Call:
		t.call(n)
		t.compareCall(n)
		t.networkCall(n)
		t.lodashPath(n)
		t.packageAddress(n.Callee, n.Args)
	case *ast.New:
		t.packageAddress(n.Callee, n.Args)
	case *ast.Binary:
		t.compare(n)
	case *ast.Switch:
		t.compareCases(n)
	case *ast.Prop:
		if key, ok := n.Key.(*ast.String); ok && !n.Computed {
			t.option(key.Value, n.Value)
		}
	case *ast.ForIn:
		if t.path(n.Object) == "configuration" {
			t.setting(computed, false)
		}
	}
	if e, ok := n.(ast.Expr); ok {
		t.address(e)
	}
}

// option looks at a property of an object, or an assignment to one, that means something to
// whoever gets it.
func (t *toucher) option(name string, value ast.Expr) {
	b, isBool := t.value(value).(*ast.Bool)
	if isBool && !b.Value && (name == "rejectUnauthorized" || name == "strictSSL") {
		t.out.AnyTLS = true
	}
}

// inner reports whether an expression is a part of a longer path, and what stands around it.
func (t *toucher) inner(e ast.Expr) (parent ast.Node, inner bool) {
	parent = t.parents[e]
	if chain, ok := parent.(*ast.Chain); ok {
		return t.inner(chain)
	}
	switch p := parent.(type) {
	case *ast.Member:
		return parent, true
	case *ast.Index:
		return parent, p.Object == e
	}
	return parent, false
}

// whole is the longest path that an expression begins: it with the chain around it.
func (t *toucher) outer(e ast.Expr) ast.Expr {
	if chain, ok := t.parents[e].(*ast.Chain); ok {
		return chain
	}
	return e
}

// read notes a path that is read.
func (t *toucher) read(e ast.Expr) {
	parent, inner := t.inner(e)
	if inner {
		return
	}
	switch p := parent.(type) {
	case *ast.Assign:
		if target, ok := p.Target.(ast.Expr); ok && target == e && p.Op == "=" {
			return
		}
	case *ast.Unary:
		if p.Op == "delete" {
			return
		}
	}
	path := t.path(e)
	called := false
	if call, ok := parent.(*ast.Call); ok && call.Callee == t.outer(e) {
		called = true
		if cut := strings.LastIndexByte(path, '.'); cut > 0 {
			path = path[:cut]
		}
	}
	switch {
	case under(path, "user"):
		t.readUser(e, parent, path, called)
	case under(path, "context"):
		if path = tidy(path); path != "context" && tokenOf(path) == "" {
			t.add(&t.out.Context, path)
		}
	case under(path, "configuration"):
		_, key, ok := strings.Cut(path, ".")
		key, _, _ = strings.Cut(key, ".")
		if !ok && t.declares(parent, e) {
			return // const {A} = configuration, const c = configuration
		}
		if !ok || key == "*" {
			key = computed
		}
		t.setting(key, t.defaulted(e, parent))
	case under(path, "auth0.baseUrl"), under(path, "auth0.accessToken"):
		t.out.Tenant = true
	}
}

// declares reports whether an expression is what a variable is made with.
func (t *toucher) declares(parent ast.Node, e ast.Expr) bool {
	b, ok := parent.(*ast.Binding)
	return ok && b.Init == t.outer(e)
}

func (t *toucher) readUser(e ast.Expr, parent ast.Node, path string, called bool) {
	passed := false
	switch p := parent.(type) {
	case *ast.Call:
		passed = !called && t.passes(p)
	case *ast.Prop:
		passed = p.Value == t.outer(e)
	case *ast.Spread: // {...user}
		if object, ok := t.parents[p].(*ast.Object); ok {
			switch around := t.parents[object].(type) {
			case *ast.Call:
				passed = t.passes(around)
			case *ast.Prop:
				passed = true
			}
		}
	}
	container := path == "user" || path == "user.app_metadata" || path == "user.user_metadata" || path == "user.identities"
	if passed && container {
		t.add(&t.out.Whole, path)
	}
	if index, ok := e.(*ast.Index); ok && strings.HasSuffix(path, ".*") {
		for _, key := range t.variants(index.Key) {
			if strings.ContainsAny(key, "{.") {
				key = "*"
			}
			t.add(&t.out.Reads, tidy(path[:len(path)-1]+key))
		}
		return
	}
	if path != "user" {
		t.add(&t.out.Reads, tidy(path))
	}
}

// passes reports whether a call hands what it gets to somebody else. The callback does not, nor
// do the rule's own functions, nor those that copy or store.
func (t *toucher) passes(call *ast.Call) bool {
	callee := t.path(call.Callee)
	if under(callee, "callback") || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return t.path(e) == "callback" }) {
		return false
	}
	fn := t.rule.value(call.Callee)
	if id, ok := call.Callee.(*ast.Ident); ok && functionOf(fn) == nil {
		if v := t.names.of[id]; v != nil && v.fn != nil {
			fn = v.fn
		}
	}
	if functionOf(fn) != nil || strings.HasPrefix(callee, "auth0.users.update") || strings.HasPrefix(callee, "Object.") || strings.HasPrefix(callee, "_.") {
		return false
	}
	switch module := t.module(call.Callee); {
	case strings.HasPrefix(module, "lodash"), slices.Contains([]string{"underscore", "extend", "xtend", "deepmerge", "ramda"}, module):
		return false
	}
	if callee == "JSON.stringify" { // a copy
		if around, ok := t.parents[call].(*ast.Call); ok && t.path(around.Callee) == "JSON.parse" {
			return false
		}
	}
	return true
}

// lodashPath notes the path that _.get(user, 'app_metadata.plan') reads.
func (t *toucher) lodashPath(n *ast.Call) {
	if len(n.Args) < 2 {
		return
	}
	_, name := method(n)
	module := t.module(n.Callee)
	if module == "lodash.get" || module == "lodash.has" {
		name = strings.TrimPrefix(module, "lodash.")
	} else if module != "lodash" && !strings.HasPrefix(t.path(n.Callee), "_.") {
		return
	}
	object := t.path(n.Args[0])
	if key, ok := t.str(n.Args[1]); ok && (name == "get" || name == "has" || name == "result") && under(object, "user") {
		t.add(&t.out.Reads, tidy(object+"."+strings.NewReplacer("[", ".", "]", "").Replace(key)))
	}
	if name == "pick" && under(object, "user") {
		for _, arg := range n.Args[1:] {
			for _, key := range t.literals(arg) {
				t.add(&t.out.Reads, tidy(object+"."+key))
			}
		}
	}
}

// plainFields are the fields of a profile that hold no object: what follows them is JavaScript's.
var plainFields = strings.Fields(`name given_name family_name middle_name nickname preferred_username picture email
email_verified phone_number phone_verified username user_id created_at updated_at last_login last_ip last_password_reset
logins_count locale gender birthdate blocked clientID clientName connection connectionStrategy clientId protocol`)

// parts of JavaScript's own objects that are no data.
var ownMembers = strings.Fields(`length prototype constructor`)

// tidy cuts what is not data off a path: user.email.length is user.email.
func tidy(path string) string {
	parts := strings.Split(path, ".")
	if len(parts) > 2 && slices.Contains(plainFields, parts[1]) {
		parts = parts[:2]
	}
	for i, part := range parts {
		if i > 0 && slices.Contains(ownMembers, part) {
			parts = parts[:i]
			break
		}
		if part != "" && strings.Trim(part, "0123456789") == "" {
			parts[i] = "*"
		}
	}
	for len(parts) > 2 && parts[len(parts)-1] == "*" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, ".")
}

// defaulted reports whether a rule works without what an expression reads: it gives a default,
// or only asks.
func (t *toucher) defaulted(e ast.Expr, parent ast.Node) bool {
	if l, ok := parent.(*ast.Logical); ok && l.Op != "&&" && l.Left == t.outer(e) {
		return true
	}
	if u, ok := parent.(*ast.Unary); ok && u.Op == "typeof" {
		return true
	}
	return t.inTest(e) != nil
}

func (t *toucher) setting(key string, optional bool) {
	before, there := t.settings[key]
	t.settings[key] = optional && (before || !there)
}
