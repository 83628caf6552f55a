package ruletest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// observation is what came of a case on one engine.
type observation struct {
	outcome       string
	err           *ferrule.RuleError
	redirect      any // the URL without the state
	multifactor   any
	user, context any
	order         *jsondoc.Order // of user and context
	tokens        any
	tokenOrder    *jsondoc.Order
	console       []any
	warnings      []any
	metadata      []any
	calls         []*Received
	unused        []*stubState
}

// observe reads an outcome. All of it is copied: a run's objects may be the caller's.
func observe(out *ferrule.Outcome, calls []*Received, unused []*stubState) (*observation, error) {
	o := &observation{outcome: out.Decision.String(), err: out.Err, calls: calls, unused: unused}
	user, err := out.UserJSON()
	if err != nil {
		return nil, err
	}
	context, err := out.ContextJSON()
	if err != nil {
		return nil, err
	}
	both, order, err := jsondoc.Decode(fmt.Appendf(nil, `{"user":%s,"context":%s}`, user, context))
	if err != nil {
		return nil, err
	}
	object := both.(map[string]any)
	o.user, o.context, o.order = object["user"], object["context"], order
	tokens := out.Tokens()
	text, err := tokens.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	o.tokens, o.tokenOrder = decode(text)
	if out.RedirectTo != nil {
		o.redirect = stateless(out.RedirectTo.URL)
	}
	if out.Multifactor != nil {
		o.multifactor, _, err = jsondoc.FromGo(out.Multifactor.Request)
		if err != nil {
			return nil, err
		}
	}
	for _, line := range out.Console {
		o.console = append(o.console, map[string]any{"rule": line.Rule, "level": line.Level, "text": line.Text})
	}
	for _, w := range out.Warnings {
		o.warnings = append(o.warnings, string(w.Code))
	}
	for _, w := range out.Metadata {
		values, _ := decode([]byte(w.JSON()))
		o.metadata = append(o.metadata, map[string]any{"target": w.Target, "user_id": w.UserID, "values": values})
	}
	return o, nil
}

// stateless is a URL without the state that the pipeline added.
func stateless(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := u.Query()
	if !query.Has("state") {
		return address
	}
	query.Del("state")
	// The rule's own spelling of the query stays when it has one.
	u.RawQuery = cutParameter(u.RawQuery, "state")
	return u.String()
}

func cutParameter(query, name string) string {
	kept := ""
	for start := 0; start <= len(query); {
		end := start
		for end < len(query) && query[end] != '&' {
			end++
		}
		part := query[start:end]
		if len(part) < len(name)+1 || part[:len(name)+1] != name+"=" {
			if kept != "" {
				kept += "&"
			}
			kept += part
		}
		start = end + 1
	}
	return kept
}

// errorTree is an error as cases see it.
func errorTree(e *ferrule.RuleError) map[string]any {
	tree := map[string]any{"kind": string(e.Kind), "message": e.Message, "oauth": e.OAuth}
	for name, text := range map[string]string{"name": e.Name, "code": e.Code, "description": e.Description, "user_id": e.UserID, "rule": e.Rule} {
		if text != "" {
			tree[name] = text
		}
	}
	if e.StatusCode != 0 {
		tree["status_code"] = float64(e.StatusCode)
	}
	return tree
}

// unexpected lists what fails a case whatever it expects: requests that no stub answered, and stubs
// that did not answer as often as they must.
func (o *observation) unexpected() []Mismatch {
	var found []Mismatch
	for _, call := range o.calls {
		if !call.Stubbed {
			found = append(found, Mismatch{Path: "calls", Expected: "a stub that answers", Actual: describeCall(call)})
		}
	}
	for _, stub := range o.unused {
		found = append(found, Mismatch{
			Path: "stubs", Expected: fmt.Sprintf("%s %d times (line %d)", stub.Text, stub.Times, stub.Line), Actual: fmt.Sprintf("%d times", stub.answered),
		})
	}
	return found
}

// describeCall is a request with its body, as far as that is short.
func describeCall(c *Received) string {
	text := c.String()
	if c.Body != "" {
		text += " with the body " + quoted(c.Body)
	}
	return text
}

// tree is the observation as JSON, for the comparison of engines.
func (o *observation) tree() map[string]any {
	t := map[string]any{
		"outcome": o.outcome, "user": o.user, "context": o.context, "tokens": o.tokens,
		"console": orEmpty(o.console), "warnings": orEmpty(o.warnings), "metadata": orEmpty(o.metadata),
	}
	if o.err != nil {
		e := errorTree(o.err)
		if o.err.Approximate {
			delete(e, "message")
		}
		t["error"] = e
	}
	if o.redirect != nil {
		t["redirect"] = o.redirect
	}
	if o.multifactor != nil {
		t["multifactor"] = o.multifactor
	}
	var calls []any
	for _, c := range o.calls {
		calls = append(calls, c.String())
	}
	t["calls"] = orEmpty(calls)
	return t
}

func orEmpty(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}

func indexOf(i int) string { return "[" + strconv.Itoa(i) + "]" }

// MarshalJSON writes what was received.
func (c *Received) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"method": c.Method, "url": c.URL, "query": form(c.Query), "status": c.Status})
}
