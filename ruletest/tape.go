package ruletest

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// A tape is a file with stubs alone: what services answered in a real run. A case that names one by
// tape is answered from it.

// tape reads the stubs of a tape. One that does not exist is not an error before the case runs.
func (b *builder) tape(at *yaml.Node) (tapes []string, stubs []*Stub) {
	if at == nil {
		return nil, nil
	}
	name := path.Join(path.Dir(b.file.path), b.text(at, "tape"))
	tapes = []string{name}
	data, err := fs.ReadFile(b.file.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return tapes, nil
	}
	if err != nil {
		b.bad(at, "tape: %v", err)
		return nil, nil
	}
	mine := b.reader.file
	defer func() { b.reader.file = mine }()
	b.reader.file = source.NewFile(path.Join(b.prefix, name), string(data))
	if root := b.parse(); root != nil {
		stubs = b.stubs(b.fields(root, "a tape", "stubs")["stubs"])
	}
	for _, s := range stubs {
		s.taped = true
	}
	return tapes, stubs
}

// Record runs the cases that name a tape on the engine js with the real services, as far as policy lets
// the rules reach them, and answers the texts of their tapes by the names of their files. Requests that
// stubs of the case answer are not sent.
//
// A tape holds no header of a request, of the answers' only those that say what the body is or when to
// try again, no value of the configuration of 6 bytes or more, and no member of JSON or a form whose
// name says that it is a secret.
//
// # Errors
//
// Those of [Run], and what is wrong with policy.
func Record(ctx context.Context, files []*File, o Options, policy egress.Policy) (map[string]string, error) {
	client, err := egress.New(policy)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	// Jobs is one so that tapes that cases share keep their order.
	o.Engines, o.Done, o.Jobs = []string{string(ferrule.EngineJS)}, nil, 1
	o.tapes = &taping{client: client, tapes: map[string]*tape{}}
	report, err := Run(ctx, files, o)
	if err != nil {
		return nil, err
	}
	for _, b := range report.Broken {
		return nil, b.Err
	}
	texts := map[string]string{}
	for name, tape := range o.tapes.tapes {
		texts[name] = tape.text()
	}
	return texts, nil
}

// taping is a recording of cases.
type taping struct {
	client *egress.Client

	mu    sync.Mutex
	tapes map[string]*tape // by the name of the file
}

// tape is what was recorded: requests in the order in which they were first made.
type tape struct{ entries []*entry }

// entry is a request as YAML and what the service answered, in turn.
type entry struct {
	request string
	answers []string
}

// add writes down a request and its answer. The same answer to the same request once more adds nothing.
func (t *tape) add(request, answer string) {
	i := slices.IndexFunc(t.entries, func(e *entry) bool { return e.request == request })
	if i < 0 {
		t.entries = append(t.entries, &entry{request, []string{answer}})
		return
	}
	if e := t.entries[i]; e.answers[len(e.answers)-1] != answer {
		e.answers = append(e.answers, answer)
	}
}

func (t *tape) text() string {
	if len(t.entries) == 0 {
		return "# Made by ferrule test --record: no request was made.\nstubs: []\n"
	}
	var b strings.Builder
	b.WriteString("# Made by ferrule test --record.\nstubs:\n")
	for _, e := range t.entries {
		b.WriteString(e.request + "    answers:\n")
		for _, answer := range e.answers {
			b.WriteString("      - " + answer + "\n")
		}
	}
	return b.String()
}

// begin makes what sends the requests of a case to the real services and writes them down.
func (t *taping) begin(ctx context.Context, c *Case, name string) func(*http.Request, *Received) Answer {
	t.mu.Lock()
	if t.tapes[name] == nil {
		t.tapes[name] = &tape{}
	}
	t.mu.Unlock()
	session := t.client.Session(ctx, egress.Observer{})
	scrub := newScrubber(c.Configuration)
	return func(q *http.Request, got *Received) Answer {
		answer := forward(session.For("record"), q, got)
		request, taped := scrub.stub(got, &answer)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.tapes[name].add(request, taped)
		return answer
	}
}

// forward sends a request to where the rule meant it to go.
func forward(session *egress.Session, q *http.Request, got *Received) Answer {
	address := got.URL
	if q.URL.RawQuery != "" {
		address += "?" + q.URL.RawQuery
	}
	out, err := http.NewRequestWithContext(q.Context(), q.Method, address, strings.NewReader(got.Body))
	if err != nil {
		return Answer{Error: failReset}
	}
	out.Header = q.Header.Clone()
	out.Host = q.Host
	for _, name := range []string{"Connection", "Accept-Encoding", "Content-Length", "Transfer-Encoding"} {
		out.Header.Del(name)
	}
	response, err := session.RoundTrip(out, egress.Options{})
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown):
		return Answer{Error: failUnknown}
	case err != nil:
		if code, _ := egress.Code(err); code == "ECONNREFUSED" {
			return Answer{Error: failRefused}
		}
		return Answer{Error: failReset}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return Answer{Error: failReset}
	}
	answer := Answer{Status: response.StatusCode, Headers: map[string]string{}, Body: body}
	for _, name := range keptHeaders {
		if value := response.Header.Get(name); value != "" {
			answer.Headers[name] = value
		}
	}
	return answer
}

// keptHeaders are those of answers that tapes hold.
var keptHeaders = []string{"content-type", "content-encoding", "location", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"}

// scrubber takes secrets out of what is written to a tape.
type scrubber struct{ secrets []string }

const scrubbed = "scrubbed"

// secretName finds names of members whose values are secrets.
var secretName = regexp.MustCompile(`(?i)(passw|secret|token|api_?-?key|apikey|authorization|credential|private_?key|session|cookie|signature|assertion|^(key|auth|pwd|pass|jwt|sig)$)`)

func newScrubber(configuration map[string]string) *scrubber {
	s := &scrubber{}
	for _, value := range configuration {
		if len(value) >= 6 {
			for _, form := range []string{value, url.QueryEscape(value), url.PathEscape(value), base64.StdEncoding.EncodeToString([]byte(value))} {
				if !slices.Contains(s.secrets, form) {
					s.secrets = append(s.secrets, form)
				}
			}
		}
	}
	slices.SortFunc(s.secrets, func(a, b string) int { return len(b) - len(a) })
	return s
}

func (s *scrubber) holds(text string) bool {
	return slices.ContainsFunc(s.secrets, func(secret string) bool { return strings.Contains(text, secret) })
}

// text is a text with something else in the place of secrets.
func (s *scrubber) text(text, instead string) string {
	for _, secret := range s.secrets {
		text = strings.ReplaceAll(text, secret, instead)
	}
	return text
}

// expected is a value of a request: what is secret becomes any value.
func (s *scrubber) expected(name string, value any, order, to *jsondoc.Order) any {
	return s.value(name, value, map[string]any{"$any": true}, order, to)
}

func (s *scrubber) value(name string, value, instead any, order, to *jsondoc.Order) any {
	if secretName.MatchString(name) && value != nil {
		return instead
	}
	switch v := value.(type) {
	case string:
		if s.holds(v) {
			return instead
		}
	case map[string]any:
		object, keys := map[string]any{}, order.Keys(v)
		for _, key := range keys {
			object[key] = s.value(key, v[key], instead, order, to)
		}
		to.Set(object, keys)
		return object
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = s.value("", v[i], instead, order, to)
		}
		return list
	}
	return value
}

// stub writes a request, which begins an item of a list, and its answer as YAML.
func (s *scrubber) stub(got *Received, answer *Answer) (request, answered string) {
	order := &jsondoc.Order{}
	parts, keys := map[string]any{}, []string{}
	set := func(key string, value any) {
		parts[key] = value
		keys = append(keys, key)
	}
	set("request", got.Method+" "+s.text(got.URL, "*"))
	if len(got.Query) > 0 {
		set("query", s.expected("", form(got.Query), nil, order))
	}
	kind := ""
	if all := got.Headers["content-type"]; len(all) > 0 {
		kind, _, _ = mime.ParseMediaType(all[0])
	}
	value, valueOrder := decode([]byte(got.Body))
	values, err := url.ParseQuery(got.Body)
	switch {
	case got.Body == "":
	case valueOrder != nil:
		set("json", s.expected("", value, valueOrder, order))
	case kind == "application/x-www-form-urlencoded" && err == nil:
		set("form", s.expected("", form(values), nil, order))
	case utf8.ValidString(got.Body) && !s.holds(got.Body):
		set("body", got.Body)
	}
	order.Set(parts, keys)
	var b strings.Builder
	block(&b, parts, order, "    ")
	return "  - " + strings.TrimPrefix(b.String(), "    "), flow(s.answer(answer, order), order)
}

func (s *scrubber) answer(answer *Answer, order *jsondoc.Order) map[string]any {
	parts, keys := map[string]any{}, []string{}
	set := func(key string, value any) {
		parts[key] = value
		keys = append(keys, key)
	}
	if answer.Error != "" {
		set("error", answer.Error)
		return parts
	}
	set("status", float64(answer.Status))
	headers := maps.Clone(answer.Headers)
	value, valueOrder := decode(answer.Body)
	switch {
	case len(answer.Body) == 0:
	case valueOrder != nil:
		set("json", s.value("", value, scrubbed, valueOrder, order))
		if strings.HasPrefix(headers["content-type"], "application/json") {
			delete(headers, "content-type")
		}
	case utf8.Valid(answer.Body):
		set("text", s.text(string(answer.Body), scrubbed))
	default:
		set("base64", base64.StdEncoding.EncodeToString(answer.Body))
	}
	if len(headers) > 0 {
		object := map[string]any{}
		for name, value := range headers {
			object[name] = s.text(value, scrubbed)
		}
		set("headers", object)
	}
	order.Set(parts, keys)
	return parts
}

// untaped says that a case names a tape that does not exist.
func (c *Case) untaped(f *File) []Mismatch {
	for _, name := range c.Tapes {
		if _, err := fs.Stat(f.fsys, name); err != nil {
			return []Mismatch{{Path: "tape", Expected: fmt.Sprintf("the tape %s, which ferrule test --record makes", path.Join(prefixOf(f), name)), Actual: nothing}}
		}
	}
	return nil
}
