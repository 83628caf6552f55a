package ruletest

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Expectation is what must come of a case. What is not given is not looked at, except that without an
// outcome the login must be allowed.
type Expectation struct {
	Outcome     string         // allowed, denied, failed, redirect
	Error       map[string]any // members of the error; see errorTree
	Redirect    any            // the URL, its state aside; a matcher or a text
	HasRedirect bool
	Multifactor any // of context.multifactor
	HasFactor   bool
	// User, Context and Tokens are patches: what they name must be so afterwards, and with Exact
	// nothing else of user and context may have changed.
	User, Context, Tokens map[string]any
	Exact                 bool
	Console               []any // a text is a line of any level, else an object with rule, level, text
	HasConsole            bool
	Warnings              []any // codes
	HasWarnings           bool
	Metadata              []any // objects with target, user_id, values
	HasMetadata           bool
	Calls                 []Request
	HasCalls              bool
}

var (
	expectFields = []string{"outcome", "message", "error", "redirect", "multifactor", "user", "context", "tokens", "exact", "console", "warnings", "metadata", "calls"}
	errorFields  = []string{"name", "message", "code", "kind", "oauth", "description", "user_id", "status_code", "rule"}
)

func (r *reader) expectation(n *yaml.Node) Expectation {
	e := Expectation{Outcome: ferrule.Allowed.String()}
	if n == nil {
		return e
	}
	if f := follow(n); f.Kind == yaml.ScalarNode {
		e.Outcome = r.outcome(n)
		return e
	}
	found := r.fields(n, "expect", expectFields...)
	for name, node := range found {
		if name != "calls" {
			r.matchersIn(node)
		}
	}
	if found["redirect"] != nil {
		e.Outcome, e.Redirect, e.HasRedirect = ferrule.Redirect.String(), r.value(found["redirect"]), true
	}
	if found["message"] != nil || found["error"] != nil {
		e.Outcome = ferrule.Denied.String()
		e.Error = map[string]any{}
		if found["error"] != nil {
			r.fields(found["error"], "error", errorFields...)
			if object := r.object(found["error"], "error"); object != nil {
				e.Error = object
			}
		}
		if found["message"] != nil {
			e.Error["message"] = r.value(found["message"])
		}
	}
	if found["outcome"] != nil {
		e.Outcome = r.outcome(found["outcome"])
	}
	if found["multifactor"] != nil {
		e.Multifactor, e.HasFactor = r.value(found["multifactor"]), true
	}
	e.User, e.Context, e.Tokens = r.object(found["user"], "user"), r.object(found["context"], "context"), r.object(found["tokens"], "tokens")
	e.Exact = r.boolean(found["exact"], "exact")
	list := func(name string, entry func(*yaml.Node) any) ([]any, bool) {
		var all []any
		for _, item := range r.items(found[name], name) {
			all = append(all, entry(item))
		}
		return all, found[name] != nil
	}
	e.Console, e.HasConsole = list("console", r.consoleLine)
	e.Warnings, e.HasWarnings = list("warnings", func(n *yaml.Node) any { return r.value(n) })
	e.Metadata, e.HasMetadata = list("metadata", func(n *yaml.Node) any {
		r.fields(n, "a metadata write", "target", "user_id", "values")
		return r.value(n)
	})
	if found["calls"] != nil {
		e.HasCalls = true
		for _, item := range r.items(found["calls"], "calls") {
			e.Calls = append(e.Calls, r.expectedCall(item))
		}
	}
	return e
}

func (r *reader) outcome(n *yaml.Node) string {
	names := []string{"allowed", "denied", "failed", "redirect"}
	text := r.text(n, "outcome")
	if !slices.Contains(names, text) {
		r.bad(n, "an outcome is %s, not %s", strings.Join(names, ", "), quoted(text))
	}
	return text
}

// consoleLine reads a text, a matcher of one, or an object with rule, level and text.
func (r *reader) consoleLine(n *yaml.Node) any {
	value := r.value(n)
	if _, isMatcher := matcherOf(value); isMatcher {
		return map[string]any{"text": value}
	}
	if follow(n).Kind == yaml.ScalarNode {
		return map[string]any{"text": r.text(n, "a console line")}
	}
	r.fields(n, "a console line", "rule", "level", "text")
	return value
}

func (r *reader) expectedCall(n *yaml.Node) Request {
	if follow(n).Kind == yaml.ScalarNode {
		q := Request{order: r.order}
		r.requestLine(&q, n)
		return q
	}
	return r.request(n, r.fields(n, "a call", requestFields...), "a call")
}

// compare says what of an observation is not as expected.
func (e *Expectation) compare(c *Case, o *observation, order *jsondoc.Order) []Mismatch {
	found := o.unexpected()
	check := func(path string, want, got any, there bool, gotOrder *jsondoc.Order) {
		cmp := &comparison{want: order, got: gotOrder}
		cmp.value(path, want, got, there)
		found = append(found, cmp.found...)
	}
	if e.Outcome != o.outcome {
		m := Mismatch{Path: "outcome", Expected: e.Outcome, Actual: o.outcome}
		if o.err != nil {
			m.Actual += ": " + o.err.Name + ": " + o.err.Message
		}
		found = append(found, m)
	}
	if e.Error != nil && o.err != nil {
		check("error", e.Error, errorTree(o.err), true, nil)
	}
	if e.HasRedirect && o.outcome == ferrule.Redirect.String() {
		check("redirect", e.Redirect, o.redirect, true, nil)
	}
	if e.HasFactor {
		check("multifactor", e.Multifactor, o.multifactor, o.multifactor != nil, o.order)
	}
	if e.Outcome != o.outcome && o.err != nil {
		return found // the login is as it was, and nothing beside matters
	}
	found = append(found, e.patch("user", e.User, c.User, o.user, order, o)...)
	found = append(found, e.patch("context", e.Context, c.Context, o.context, order, o)...)
	if e.Tokens != nil {
		check("tokens", e.Tokens, o.tokens, true, o.tokenOrder)
	}
	if e.HasConsole {
		found = append(found, compareLists("console", e.Console, o.console, order)...)
	}
	if e.HasWarnings {
		found = append(found, compareLists("warnings", e.Warnings, o.warnings, order)...)
	}
	if e.HasMetadata || e.Exact {
		found = append(found, compareLists("metadata", e.Metadata, o.metadata, order)...)
	}
	if e.HasCalls || e.Exact && len(e.Calls) > 0 {
		found = append(found, compareCalls(e.Calls, o.calls)...)
	}
	return found
}

// patch compares what was expected to change with what a run made of it.
func (e *Expectation) patch(name string, patch, before map[string]any, after any, order *jsondoc.Order, o *observation) []Mismatch {
	if patch == nil && !e.Exact {
		return nil
	}
	cmp := &comparison{want: order, got: o.order, exact: e.Exact}
	var want any = patch
	if e.Exact {
		if before == nil {
			before = map[string]any{}
		}
		want = any(before)
		if patch != nil {
			want = merge(before, patch, order)
		}
	}
	cmp.value(name, want, after, after != nil)
	return cmp.found
}

// compareLists compares item by item, and says which items are missing or too many.
func compareLists(path string, want, got []any, order *jsondoc.Order) []Mismatch {
	cmp := &comparison{want: order}
	if len(want) == len(got) {
		for i := range want {
			cmp.value(path+indexOf(i), want[i], got[i], true)
		}
		return cmp.found
	}
	// What fits in order is left out.
	k := 0
	for i := range want {
		at := slices.IndexFunc(got[k:], func(item any) bool { return matches(want[i], item, order) })
		if at < 0 {
			cmp.add(path+indexOf(i), want[i], nil, false)
			continue
		}
		for _, item := range got[k : k+at] {
			cmp.found = append(cmp.found, Mismatch{Path: path, Expected: nothing, Actual: encode(item, nil)})
		}
		k += at + 1
	}
	for _, item := range got[k:] {
		cmp.found = append(cmp.found, Mismatch{Path: path, Expected: nothing, Actual: encode(item, nil)})
	}
	return cmp.found
}
