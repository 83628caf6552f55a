package egress

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type key struct{}

// Key is the key under which a run's *Session is granted to modules (host.Host.Grant).
var Key any = key{}

// Call is what is recorded of a request or of a socket. It holds nothing that may be secret: no
// query, no header, no user information, no content.
type Call struct {
	Rule          string // see Session.For
	Method        string // CONNECT for sockets
	Scheme        string // http, https, tcp, tls
	Host          string
	Port          uint16
	Path          string // without the query; empty for sockets
	Status        int    // 0 when there was no answer
	RequestBytes  int64  // of the body, as far as it was sent
	ResponseBytes int64  // of the body, as far as it was read
	Error         string // a code as Code answers, "unfinished" for what goes on when the run has answered; else empty
	Began         time.Time
	Duration      time.Duration
}

// URL is where the call went, without query and user information.
func (c Call) URL() string {
	host := c.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if c.Port != standardPort(c.Scheme) {
		host = fmt.Sprintf("%s:%d", host, c.Port)
	}
	return c.Scheme + "://" + host + c.Path
}

func standardPort(scheme string) uint16 { return map[string]uint16{"http": 80, "https": 443}[scheme] }

// Observer is told of what a run does, from many goroutines. Its functions may be nil.
type Observer struct {
	Called  func(Call)                       // when a call has ended
	Refused func(rule string, err *Refusal)  // when the policy refused something
	Limited func(rule string, e *LimitError) // when a limit was reached
}

// Session is the way out of one run. It is safe for concurrent use.
type Session struct {
	*run
	rule string
}

// run is what the views of a session share.
type run struct {
	client   *Client
	ctx      context.Context
	observer Observer
	slots    chan struct{} // Limits.RunInFlight
	sockets  chan struct{} // the same, of sockets that are open
	received atomic.Int64  // see Limits.RunBytes
	full     atomic.Bool   // the observer knows that RunBytes is reached

	mu      sync.Mutex
	count   int
	lookups int
	open    map[*call]struct{}
}

// Session begins the way out of a run. All that the run does ends with ctx.
func (c *Client) Session(ctx context.Context, o Observer) *Session {
	return &Session{run: &run{
		client: c, ctx: ctx, observer: o, open: map[*call]struct{}{},
		slots: make(chan struct{}, min(c.limits.RunInFlight, 1<<16)), sockets: make(chan struct{}, min(c.limits.RunInFlight, 1<<16)),
	}}
}

// For is the session in the name of a rule.
func (s *Session) For(rule string) *Session { return &Session{s.run, rule} }

// Limits are those of the policy, with defaults filled in.
func (s *Session) Limits() Limits { return s.client.limits }

// Flush tells the observer of the calls that have not ended, as they are now. They are not told of
// again.
func (s *Session) Flush() {
	s.mu.Lock()
	open := s.open
	s.open = map[*call]struct{}{}
	s.mu.Unlock()
	for c := range open {
		record := c.snapshot()
		if record.Error == "" {
			record.Error = "unfinished"
		}
		if s.observer.Called != nil {
			s.observer.Called(record)
		}
	}
}

// call is one that goes on.
type call struct {
	session *Session
	mu      sync.Mutex
	record  Call
}

// took counts what the run has received. It fails beyond the limit.
func (r *run) took(n int) error {
	if limit := r.client.limits.RunBytes; r.received.Add(int64(n)) > limit {
		return &LimitError{"RunBytes", fmt.Sprintf("%d bytes for all responses of one run", limit)}
	}
	return nil
}

// begin counts a call and begins its record.
func (s *Session) begin(record Call) (*call, error) {
	record.Rule, record.Began = s.rule, time.Now()
	record.Method, record.Host, record.Path = shortened(record.Method, longestName), shortened(record.Host, longestName), shortened(record.Path, longestPath)
	s.mu.Lock()
	s.count++
	over := s.count > s.client.limits.Requests
	c := &call{session: s, record: record}
	if !over {
		s.open[c] = struct{}{}
	}
	first := s.count == s.client.limits.Requests+1
	s.mu.Unlock()
	if over {
		err := &LimitError{"Requests", fmt.Sprintf("%d requests and sockets of one run", s.client.limits.Requests)}
		if first { // further ones would flood the outcome
			s.tell(err)
		}
		return nil, err
	}
	return c, nil
}

// longestPath is how much of a path is recorded, in bytes.
const longestPath = 2 << 10

// shortened is a text as far as it is recorded. What would move a reader's cursor is escaped.
func shortened(text string, most int) string {
	if len(text) > most {
		text = strings.Clone(strings.ToValidUTF8(text[:most], "")) + "…"
	}
	isControl := func(c rune) bool { return c < ' ' || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 }
	if !strings.ContainsFunc(text, isControl) {
		return text
	}
	var out strings.Builder
	for _, c := range text {
		if isControl(c) {
			out.WriteString(url.PathEscape(string(c)))
		} else {
			out.WriteRune(c)
		}
	}
	return out.String()
}

// tell reports what the policy refused.
func (s *Session) tell(err error) {
	switch e := cause(err).(type) {
	case *Refusal:
		if s.observer.Refused != nil {
			s.observer.Refused(s.rule, e)
		}
	case *LimitError:
		if e.Limit == "RunBytes" && s.full.Swap(true) {
			return // all that goes on ends with it
		}
		if s.observer.Limited != nil {
			s.observer.Limited(s.rule, e)
		}
	}
}

// Report tells the observer of a limit that was reached in what goes over a socket of the session.
func (s *Session) Report(err error) {
	var limited *LimitError
	if errors.As(err, &limited) {
		s.tell(limited)
	}
}

func (c *call) snapshot() Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	record := c.record
	record.Duration = time.Since(record.Began)
	return record
}

func (c *call) note(change func(*Call)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.record)
}

// end records the call, with the error that ended it. Only the first one counts.
func (c *call) end(err error) {
	s := c.session
	s.mu.Lock()
	_, open := s.open[c]
	delete(s.open, c)
	s.mu.Unlock()
	if !open {
		return
	}
	if err != nil {
		s.tell(err)
		code, _ := Code(err)
		if code == "" {
			code = "EIO"
		}
		c.note(func(r *Call) { r.Error = code })
	}
	if s.observer.Called != nil {
		s.observer.Called(c.snapshot())
	}
}

// enter waits for a place among the requests that wait for an answer.
func (s *Session) enter(ctx context.Context) (leave func(), err error) {
	return queue(ctx, s.slots, s.client.slots)
}

// openSocket waits for a place among the sockets that are open.
func (s *Session) openSocket(ctx context.Context) (leave func(), err error) {
	return queue(ctx, s.sockets, s.client.sockets)
}

// queue waits for a place of the run and then for one of all.
func queue(ctx context.Context, own, all chan struct{}) (leave func(), err error) {
	for i, slots := range []chan struct{}{own, all} {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			if i == 1 {
				<-own
			}
			return nil, context.Cause(ctx)
		}
	}
	return sync.OnceFunc(func() { <-all; <-own }), nil
}

// join is a context that ends with ctx, with the run and with the time of one request.
func (s *Session) join(ctx context.Context) (context.Context, context.CancelFunc) {
	limit := s.client.limits.RequestTime
	ctx, cancel := context.WithCancelCause(ctx)
	timed, stopTimer := context.WithTimeoutCause(ctx, limit, &LimitError{"RequestTime", limit.String() + " for one request"})
	stop := context.AfterFunc(s.ctx, func() { cancel(context.Cause(s.ctx)) })
	return timed, func() {
		stop()
		stopTimer()
		cancel(context.Canceled)
	}
}

// target is where a request goes, as the policy sees it.
func target(u *url.URL) (scheme, host string, port uint16, err error) {
	scheme = strings.ToLower(u.Scheme)
	host = canonical(u.Hostname())
	port = standardPort(scheme)
	if text := u.Port(); text != "" {
		if _, port, err = splitAddress("x:" + text); err != nil {
			return "", "", 0, err
		}
	}
	if host == "" {
		return "", "", 0, &RequestError{"the request names no host"}
	}
	return scheme, host, port, nil
}

// check refuses requests whose text would be read as more than one.
func check(r *http.Request, limit int64) error {
	if !token(r.Method) {
		return &RequestError{"the method of the request has invalid characters"}
	}
	if strings.ContainsFunc(r.URL.RequestURI(), func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return &RequestError{"the path of the request has unescaped characters"}
	}
	if strings.ContainsFunc(r.Host, func(c rune) bool { return c <= ' ' || c == 0x7f }) {
		return &RequestError{"the host of the request has invalid characters"}
	}
	size := int64(len(r.Method) + len(r.URL.RequestURI()) + len(r.Host))
	for name, values := range r.Header {
		if !token(name) {
			return &RequestError{"a header name of the request has invalid characters"}
		}
		for _, value := range values {
			if strings.ContainsFunc(value, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
				return &RequestError{"the value of the header " + name + " has invalid characters"}
			}
			size += int64(len(name) + len(value) + 4)
		}
	}
	if size > limit {
		return &LimitError{"HeaderBytes", fmt.Sprintf("%d bytes for the header of a request", limit)}
	}
	return nil
}

// token reports whether text is a token of RFC 9110.
func token(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool {
		return c <= ' ' || c >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c)
	})
}
