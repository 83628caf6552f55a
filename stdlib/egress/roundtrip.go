package egress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options are what is special about one request.
type Options struct {
	TLS      TLS
	Spelling *Spelling // nil: Go's order and names
}

// RoundTrip sends one request and answers its response when the header is there. It follows no
// redirect: each hop is a request of its own. The body comes as it is sent (see [Decompress]), and
// reading it fails beyond the limit; it must be closed. The request is not changed, and
// its own context ends it, too.
//
// # Errors
//
// [*Refusal], [*LimitError], [*RequestError], [*ResponseError] (with a Spelling), [ErrClosed], errors of package net and of the context;
// [Code] answers what Node calls them. Reading the body gives the same.
func (s *Session) RoundTrip(r *http.Request, o Options) (*http.Response, error) {
	scheme, host, port, err := target(r.URL)
	if err != nil {
		return nil, err
	}
	c, err := s.begin(Call{Method: r.Method, Scheme: scheme, Host: host, Port: port, Path: pathOf(r.URL)})
	if err != nil {
		return nil, err
	}
	ctx, cancel := s.join(r.Context())
	response, err := s.send(ctx, c, r, scheme, host, port, o)
	if err != nil {
		err = explain(ctx, err, s.client.limits)
		cancel()
		c.end(err)
		return nil, err
	}
	return response.keep(ctx, cancel), nil
}

// pathOf is the path that a request asks for, as it is sent. One for a proxy is a URL.
func pathOf(u *url.URL) string {
	path, _, _ := strings.Cut(u.RequestURI(), "?")
	path, _, _ = strings.Cut(path, "#")
	before, rest, isURL := strings.Cut(path, "://")
	if !isURL {
		return path
	}
	authority, path, _ := strings.Cut(rest, "/")
	return before + "://" + authority[strings.LastIndexByte(authority, '@')+1:] + "/" + path
}

// answered is a response whose call goes on.
type answered struct {
	*http.Response
	call *call
}

// send judges a request, waits for a place and sends it.
func (s *Session) send(ctx context.Context, c *call, r *http.Request, scheme, host string, port uint16, o Options) (*answered, error) {
	if scheme != "http" && scheme != "https" {
		return nil, &Refusal{Host: host, Port: port, Reason: "the scheme " + scheme + " is not allowed", Rule: "schemes http, https"}
	}
	if err := s.client.policy.target(scheme, host, port); err != nil {
		return nil, err
	}
	limits := s.client.limits
	if err := check(r, limits.HeaderBytes); err != nil {
		return nil, err
	}
	if r.ContentLength > limits.RequestBytes {
		return nil, tooLarge("RequestBytes", limits.RequestBytes)
	}
	transport, err := s.client.transport(o.TLS, host)
	if err != nil {
		return nil, err
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	sent := r.WithContext(ctx)
	u := *r.URL
	u.User = nil
	sent.URL = &u
	sent.Header = r.Header.Clone()
	if sent.Header == nil {
		sent.Header = http.Header{}
	}
	if !has(sent.Header, "User-Agent") {
		sent.Header["User-Agent"] = []string{""} // Node sends none
	}
	if r.Body != nil && r.Body != http.NoBody {
		sent.Body = &upload{ReadCloser: r.Body, call: c, left: limits.RequestBytes, max: limits.RequestBytes}
	}
	var used *wire
	sent = sent.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if used, _ = info.Conn.(*wire); used != nil && o.Spelling != nil {
			used.expect(o.Spelling.Order)
		}
	}}))
	response, err := transport.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	if used != nil {
		response.TLS = used.state
		if o.Spelling != nil {
			if err := used.fault(); err != nil {
				_ = response.Body.Close()
				return nil, err
			}
			o.Spelling.Lines = used.lines()
		}
	}
	c.note(func(record *Call) { record.Status = response.StatusCode })
	return &answered{response, c}, nil
}

func has(h http.Header, name string) bool {
	for key := range h {
		if strings.EqualFold(key, name) {
			return true
		}
	}
	return false
}

// keep lays the limits around the body.
func (a *answered) keep(ctx context.Context, cancel context.CancelFunc) *http.Response {
	limits := a.call.session.client.limits
	if a.StatusCode == http.StatusSwitchingProtocols {
		// The body is the connection, which is written to as well: it is not a response to limit.
		a.Body.Close()
		a.Body = http.NoBody
	}
	a.Body = &download{body: a.Body, call: a.call, ctx: ctx, cancel: cancel, max: limits.ResponseBytes, limits: limits}
	return a.Response
}

func tooLarge(limit string, max int64) error {
	return &LimitError{limit, fmt.Sprintf("%d bytes", max)}
}

// explain finds what was behind an error of the transport.
func explain(ctx context.Context, err error, limits Limits) error {
	if until, ok := ctx.Deadline(); ok && errors.Is(err, context.DeadlineExceeded) && !time.Now().Before(until) {
		<-ctx.Done() // another timer was quicker
	}
	var limited *LimitError
	if errors.As(context.Cause(ctx), &limited) {
		return limited
	}
	if cause := cause(err); cause != nil {
		return cause
	}
	if strings.Contains(err.Error(), "response headers exceeded") {
		return tooLarge("HeaderBytes", limits.HeaderBytes)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// cause is the refusal or the limit in an error, or nil.
func cause(err error) error {
	var refusal *Refusal
	var limited *LimitError
	switch {
	case errors.As(err, &refusal):
		return refusal
	case errors.As(err, &limited):
		return limited
	}
	return nil
}

// upload counts and limits a body that is sent.
type upload struct {
	io.ReadCloser
	call      *call
	left, max int64
}

func (u *upload) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.call.note(func(r *Call) { r.RequestBytes += int64(n) })
	if u.left -= int64(n); u.left < 0 {
		return n, tooLarge("RequestBytes", u.max)
	}
	return n, err
}

// download counts and limits a body that is read. The call ends with it.
type download struct {
	body   io.ReadCloser
	call   *call
	ctx    context.Context
	cancel context.CancelFunc
	max    int64
	limits Limits
	read   atomic.Int64
	failed error
	once   sync.Once
}

func (d *download) Read(p []byte) (int, error) {
	if d.failed != nil {
		return 0, d.failed
	}
	n, err := d.body.Read(p)
	total := d.read.Add(int64(n))
	d.call.note(func(r *Call) { r.ResponseBytes = total })
	over := d.call.session.took(n)
	switch {
	case total > d.max:
		err = tooLarge("ResponseBytes", d.max)
		n -= int(min(total-d.max, int64(n)))
	case over != nil:
		err = over
	case err != nil && err != io.EOF:
		err = explain(d.ctx, err, d.limits)
	}
	if err != nil {
		d.failed = err
		d.end(err)
	}
	return n, err
}

// Close ends the call; what was not read is dropped with its connection.
func (d *download) Close() error {
	d.end(nil)
	return nil
}

func (d *download) end(err error) {
	d.once.Do(func() {
		if err == io.EOF {
			err = nil
		}
		_ = d.body.Close()
		d.cancel()
		d.call.end(err)
	})
}
