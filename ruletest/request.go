package ruletest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Request says which requests are meant: what is not given fits any.
type Request struct {
	Text    string // METHOD URL, as written; * in the URL is any text
	Query   map[string]any
	Headers map[string]any // names in lower case
	Body    any            // matcher or text of the body as it is
	HasBody bool
	JSON    any // of a JSON body; HasJSON says whether it is given
	HasJSON bool
	Form    map[string]any // of a body in form encoding

	method string // "*" is any
	url    *regexp.Regexp
	query  bool // the URL has a query
	order  *jsondoc.Order
}

// requestFields are the members of a stub and of an expected call that make its Request.
var requestFields = []string{"request", "query", "headers", "body", "json", "form"}

// Received is a request that a server of the test got.
type Received struct {
	Method  string
	URL     string // without the query
	Query   url.Values
	Headers map[string][]string // names in lower case
	Body    string
	Stubbed bool // some stub answered
	Status  int  // of the answer; 0 when there was none
}

// String is the request in one line.
func (c *Received) String() string {
	text := c.Method + " " + c.URL
	if len(c.Query) > 0 {
		text += "?" + c.Query.Encode()
	}
	return text
}

// request reads what a stub and an expected call have in common.
func (r *reader) request(n *yaml.Node, found map[string]*yaml.Node, what string) Request {
	q := Request{order: r.order}
	if found["request"] == nil {
		r.bad(n, "%s needs a member request, like request: GET https://api.example.com/users", what)
		return q
	}
	r.requestLine(&q, found["request"])
	q.Query = r.object(found["query"], "query")
	if headers := r.object(found["headers"], "headers"); headers != nil {
		q.Headers = map[string]any{}
		for name, value := range headers {
			q.Headers[strings.ToLower(name)] = value
		}
	}
	if body := found["body"]; body != nil {
		q.Body, q.HasBody = r.value(body), true
	}
	if body := found["json"]; body != nil {
		q.JSON, q.HasJSON = r.value(body), true
	}
	q.Form = r.object(found["form"], "form")
	for _, name := range requestFields[1:] {
		if found[name] != nil {
			r.matchersIn(found[name])
		}
	}
	return q
}

// matchersIn complains about matchers that do not exist.
func (r *reader) matchersIn(n *yaml.Node) {
	if why := checkMatchers(r.value(n)); why != "" {
		r.bad(n, "%s", why)
	}
}

// requestLine reads METHOD URL.
func (r *reader) requestLine(q *Request, n *yaml.Node) {
	q.Text = r.text(n, "request")
	if q.Text == "" {
		return
	}
	method, address, ok := strings.Cut(q.Text, " ")
	if !ok {
		method, address = "*", method
	}
	q.method = strings.ToUpper(method)
	address = strings.TrimSpace(address)
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		r.bad(n, "a request is written METHOD URL, with a URL that begins with https:// or http://, and this is %s", quoted(q.Text))
		return
	}
	if i := strings.Index(address, "://"); !strings.Contains(address[i+3:], "/") && !strings.HasSuffix(address, "*") {
		address += "/"
	}
	q.query = strings.Contains(address, "?")
	parts := strings.Split(address, "*")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	q.url = regexp.MustCompile("^" + strings.Join(parts, ".*") + "$")
}

// mismatches says what of a received request is not as meant; nothing when it fits.
func (q *Request) mismatches(got *Received, path string) []Mismatch {
	c := &comparison{want: q.order}
	if q.method != "*" && q.method != got.Method {
		c.found = append(c.found, Mismatch{Path: path + ".method", Expected: q.method, Actual: got.Method})
	}
	address := got.URL
	if q.query && len(got.Query) > 0 {
		address += "?" + got.Query.Encode()
	}
	if q.url == nil || !q.url.MatchString(address) {
		c.found = append(c.found, Mismatch{Path: path + ".url", Expected: q.Text, Actual: got.String()})
	}
	if q.Query != nil {
		c.object(path+".query", q.Query, form(got.Query))
	}
	if q.Headers != nil {
		headers := map[string]any{}
		for name, values := range got.Headers {
			headers[name] = strings.Join(values, ", ")
		}
		c.object(path+".headers", q.Headers, headers)
	}
	if q.HasBody {
		c.value(path+".body", q.Body, got.Body, got.Body != "" || !isAbsent(q.Body))
	}
	if q.HasJSON {
		value, order := decode([]byte(got.Body))
		c.got = order
		if order == nil {
			c.found = append(c.found, Mismatch{Path: path + ".json", Expected: encode(q.JSON, q.order), Actual: "no JSON: " + quoted(got.Body)})
		} else {
			c.value(path+".json", q.JSON, value, true)
		}
	}
	if q.Form != nil {
		values, err := url.ParseQuery(got.Body)
		if err != nil {
			values = url.Values{}
		}
		c.object(path+".form", q.Form, form(values))
	}
	return c.found
}

// object compares members; numbers and booleans that are expected are compared as texts.
func (c *comparison) object(path string, want, got map[string]any) {
	for _, key := range c.want.Keys(want) {
		expected := want[key]
		switch expected.(type) {
		case float64, bool:
			expected = encode(expected, nil)
		}
		value, has := got[key]
		c.value(memberPath(path, key), expected, value, has)
	}
}

// form is a query or a form as an object: a name that is there more than once has a list.
func form(values url.Values) map[string]any {
	object := map[string]any{}
	for name, all := range values {
		if len(all) == 1 {
			object[name] = all[0]
			continue
		}
		list := make([]any, len(all))
		for i := range all {
			list[i] = all[i]
		}
		object[name] = list
	}
	return object
}

// compareCalls holds the requests that were made against those expected. Each expected one takes the
// first that fits it; the order does not count, because requests of one turn may overtake each other.
func compareCalls(want []Request, got []*Received) []Mismatch {
	var found []Mismatch
	left := slices.Clone(got)
	var missing []int
	for i := range want {
		at := slices.IndexFunc(left, func(c *Received) bool { return len(want[i].mismatches(c, "")) == 0 })
		if at < 0 {
			missing = append(missing, i)
			continue
		}
		left = slices.Delete(left, at, at+1)
	}
	for _, i := range missing {
		path := fmt.Sprintf("calls[%d]", i)
		// The one that is nearest shows what is wrong.
		best, nearest := -1, []Mismatch{}
		for k, c := range left {
			if m := want[i].mismatches(c, path); best < 0 || len(m) < len(nearest) {
				best, nearest = k, m
			}
		}
		if best >= 0 && !slices.ContainsFunc(nearest, func(m Mismatch) bool { return m.Path == path+".url" }) {
			found, left = append(found, nearest...), slices.Delete(left, best, best+1)
			continue
		}
		found = append(found, Mismatch{Path: path, Expected: want[i].Text, Actual: nothing})
	}
	for _, c := range left {
		found = append(found, Mismatch{Path: "calls", Expected: nothing, Actual: c.String()})
	}
	return found
}
