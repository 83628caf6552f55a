package ruletest

import (
	"encoding/base64"
	"slices"
	"time"

	"go.yaml.in/yaml/v4"
)

// Stub stands in for a service: it answers the requests that fit.
type Stub struct {
	Request
	Answers []Answer // in turn; the last one again and again
	Times   int      // how often it answers, and must; -1: any number
	Line    int      // of the file of cases

	taped bool // it comes from a tape
}

// Answer is what a stub says.
type Answer struct {
	Status  int
	Headers map[string]string
	Body    []byte
	Delay   time.Duration
	Error   string // one of failures; "" for an answer
}

// The ways in which a service can fail.
const (
	failReset   = "reset"        // the connection is reset before there is an answer
	failRefused = "refused"      // nobody listens: ECONNREFUSED
	failUnknown = "unknown-host" // there is no such name: ENOTFOUND
	failHang    = "hang"         // no answer ever
	failCut     = "cut"          // the connection is reset in the middle of the body
)

var failures = []string{failReset, failRefused, failUnknown, failHang, failCut}

func (r *reader) stubs(n *yaml.Node) []*Stub {
	var all []*Stub
	for _, item := range r.items(n, "stubs") {
		found := r.fields(item, "a stub", append([]string{"answer", "answers", "times"}, requestFields...)...)
		s := &Stub{Request: r.request(item, found, "a stub"), Times: -1, Line: follow(item).Line}
		if found["times"] != nil {
			s.Times = r.integer(found["times"], "times", 0)
		}
		switch {
		case found["answer"] != nil && found["answers"] != nil:
			r.bad(found["answers"], "a stub has answer or answers, not both")
		case found["answers"] != nil:
			for _, a := range r.items(found["answers"], "answers") {
				s.Answers = append(s.Answers, r.answer(a))
			}
		case found["answer"] != nil:
			s.Answers = []Answer{r.answer(found["answer"])}
		}
		if len(s.Answers) == 0 {
			s.Answers = []Answer{{Status: 200}}
		}
		all = append(all, s)
	}
	return all
}

func (r *reader) answer(n *yaml.Node) Answer {
	a := Answer{Status: 200}
	if f := follow(n); f.Kind == yaml.ScalarNode && f.ShortTag() == "!!int" {
		a.Status = r.status(n)
		return a
	}
	found := r.fields(n, "an answer", "status", "headers", "json", "text", "form", "base64", "delay", "error")
	if found["status"] != nil {
		a.Status = r.status(found["status"])
	}
	a.Headers = map[string]string{}
	bodies := 0
	body := func(name, kind string, content func(*yaml.Node) string) {
		if found[name] != nil {
			bodies++
			a.Body = []byte(content(found[name]))
			if kind != "" {
				a.Headers["content-type"] = kind
			}
		}
	}
	body("json", "application/json", func(n *yaml.Node) string { return encode(r.value(n), r.order) })
	body("text", "text/plain; charset=utf-8", func(n *yaml.Node) string { return r.text(n, "text") })
	body("form", "application/x-www-form-urlencoded", func(n *yaml.Node) string { return encodeForm(r.strings(n, "form")) })
	body("base64", "application/octet-stream", func(n *yaml.Node) string {
		data, err := base64.StdEncoding.DecodeString(r.text(n, "base64"))
		if err != nil {
			r.bad(n, "this is no base64: %v", err)
		}
		return string(data)
	})
	if bodies > 1 {
		r.bad(n, "an answer has one of json, text, form and base64")
	}
	for name, value := range r.strings(found["headers"], "headers") {
		a.Headers[name] = value
	}
	a.Delay = r.duration(found["delay"], "delay")
	if a.Error = r.text(found["error"], "error"); a.Error != "" && !slices.Contains(failures, a.Error) {
		r.bad(found["error"], "the error of an answer is reset, refused, unknown-host, hang or cut, not %s", quoted(a.Error))
	}
	return a
}

func (r *reader) status(n *yaml.Node) int {
	status := r.integer(n, "status", 200)
	if status > 599 {
		r.bad(n, "status is from 200 to 599, not %d", status)
		return 599
	}
	return status
}

func (r *reader) duration(n *yaml.Node, what string) time.Duration {
	if n == nil {
		return 0
	}
	d, err := time.ParseDuration(r.text(n, what))
	if err != nil || d < 0 {
		r.bad(n, "%s is a duration like 200ms or 3s, and this is %s", what, describe(n))
	}
	return d
}
