package http

import (
	"bytes"
	"context"
	"io"
	gonet "net"
	gohttp "net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// target is where a request goes.
type target struct {
	scheme, host string
	port         uint16
}

func targetOf(spec *goja.Object) target {
	return target{spec.Get("scheme").String(), spec.Get("host").String(), uint16(spec.Get("port").ToInteger())}
}

// requestOf makes Go's request of what the script wants sent: the lines of its header with their
// names as they were written (those again, in order), and the body, whole or in pieces.
func requestOf(ctx context.Context, vm *goja.Runtime, spec *goja.Object) (r *gohttp.Request, names []string, sent *feed, err error) {
	to, encoded := targetOf(spec), latin1
	if spec.Get("wide").ToBoolean() {
		encoded = func(text string) string { return text }
	}
	r = &gohttp.Request{
		Method: spec.Get("method").String(), URL: to.url(encoded(spec.Get("path").String())),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: gohttp.Header{"User-Agent": {""}},
	}
	var lines []string
	if err := vm.ExportTo(spec.Get("lines"), &lines); err != nil {
		return nil, nil, nil, err
	}
	length := int64(-1)
	for i := 0; i+1 < len(lines); i += 2 {
		name, value := lines[i], encoded(lines[i+1])
		names = append(names, name)
		switch strings.ToLower(name) {
		case "host":
			r.Host = value
		case "content-length":
			if n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64); err == nil && n >= 0 {
				length = n
			}
		case "transfer-encoding": // chunked is what Go does without a length
		case "connection":
			// Go looks at the canonical name to see whether the connection is to be kept.
			if strings.EqualFold(strings.TrimSpace(value), "close") {
				r.Close = true
			} else {
				r.Header["Connection"] = append(r.Header["Connection"], value)
			}
		case "user-agent":
			if name == "User-Agent" {
				r.Header[name] = []string{value}
			} else {
				r.Header[name] = append(r.Header[name], value)
			}
		case "trailer":
			r.Trailer = gohttp.Header{}
			for key := range strings.SplitSeq(value, ",") {
				r.Trailer[gohttp.CanonicalHeaderKey(strings.TrimSpace(key))] = nil
			}
		default:
			r.Header[name] = append(r.Header[name], value)
		}
	}
	chunked := spec.Get("chunked").ToBoolean()
	if spec.Get("streamed").ToBoolean() {
		body := newFeed(ctx)
		r.Body, r.ContentLength = body, -1
		if !chunked {
			limited(r, body, length)
		}
		return r, names, body, nil
	}
	whole(ctx, r, bytes.Clone(host.Bytes(spec.Get("data"))), length, chunked)
	return r, names, nil, nil
}

// limited sends as much of a body as its header says, or nothing when it says nothing: so a
// server sees it.
func limited(r *gohttp.Request, body *feed, length int64) {
	r.ContentLength = max(length, 0)
	body.short = length > 0
	if length > 0 {
		r.Body = readCloser{io.LimitReader(body, length), body}
		return
	}
	r.Body = gohttp.NoBody
	_ = body.Close()
}

// whole gives a request a body that is there: it can be sent again when a kept connection turns
// out to be closed.
func whole(ctx context.Context, r *gohttp.Request, data []byte, length int64, chunked bool) {
	switch {
	case chunked:
		r.ContentLength = -1
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	case length <= 0:
		r.Body = gohttp.NoBody
		if length == 0 && r.Method != "POST" && r.Method != "PUT" && r.Method != "PATCH" {
			r.Header["content-length"] = []string{"0"} // Go's own line stands for these only
		}
		return
	case length > int64(len(data)):
		r.ContentLength = length
		r.GetBody = func() (io.ReadCloser, error) { return &known{ctx: ctx, rest: data, gone: make(chan struct{})}, nil }
	default:
		r.ContentLength = length
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data[:length])), nil }
	}
	r.Body, _ = r.GetBody()
}

type readCloser struct {
	io.Reader
	io.Closer
}

// url is the URL of a request line. Opaque keeps the path as it is spelled.
func (t target) url(path string) *url.URL {
	u := &url.URL{Scheme: t.scheme, Host: gonet.JoinHostPort(t.host, strconv.Itoa(int(t.port)))}
	if !strings.HasPrefix(path, "//") {
		u.Opaque = path
		return u
	}
	path, query, asked := strings.Cut(path, "?")
	u.RawQuery, u.ForceQuery, u.RawPath = query, asked, path
	u.Path = path
	if plain, err := url.PathUnescape(path); err == nil {
		u.Path = plain
	}
	return u
}

// latin1 is text as Node writes it into a header: a byte for a character.
func latin1(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			out := make([]byte, 0, len(text))
			for _, c := range text {
				out = append(out, byte(c))
			}
			return string(out)
		}
	}
	return text
}

// fromLatin1 is the way back.
func fromLatin1(text string) string {
	for i := range len(text) {
		if text[i] >= 0x80 {
			out := make([]rune, len(text))
			for i := range len(text) {
				out[i] = rune(text[i])
			}
			return string(out)
		}
	}
	return text
}
