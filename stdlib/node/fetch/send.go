package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

// send sends one request, in a goroutine of its own that then reads the response ahead. It answers
// the promise of the response's head, and a function that gives the request up.
func send(h host.Host, spec *goja.Object) *goja.Object {
	vm := h.VM()
	name := spec.Get("host").String()
	follow := spec.Get("follow").ToBoolean()
	promise, resolve, reject := vm.NewPromise()
	ctx, cancel := context.WithCancel(h.Context())
	request, order, err := requestOf(vm, spec)
	var session *egress.Session
	if err == nil {
		session, err = net.Session(h, name, 0)
	}
	if err != nil {
		cancel()
		gojalib.PassOn(reject(failure(vm, err, name)))
	} else {
		complete := h.Operation()
		go func() {
			spelling := egress.Spelling{Order: order}
			response, err := session.RoundTrip(request.WithContext(ctx), egress.Options{Spelling: &spelling})
			if err != nil {
				cancel()
				complete(func() error { return reject(failure(vm, err, name)) })
				return
			}
			body, err := decoded(session, request.Method, response, follow)
			if err != nil {
				_ = response.Body.Close()
				cancel()
				complete(func() error { return reject(failure(vm, err, name)) })
				return
			}
			in := newIncoming(ctx, cancel, body, response.ContentLength)
			complete(func() error { return resolve(head(h, response, spelling.Lines, in)) })
			in.pump()
		}()
	}
	return object(vm, map[string]any{"response": promise, "cancel": func() { cancel() }})
}

// requestOf makes Go's request of what the script wants sent, and the order of its header.
func requestOf(vm *goja.Runtime, spec *goja.Object) (r *http.Request, order []string, err error) {
	href := spec.Get("url").String()
	to, err := url.Parse(href)
	if err != nil {
		to = &url.URL{}
		scheme, rest, _ := strings.Cut(href, "://")
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			return nil, nil, err
		}
		to.Scheme, to.Host, to.Opaque = scheme, rest[:end], rest[end:]
	}
	to.Fragment, to.RawFragment = "", ""
	// The path goes out as the URL has it, also where Go would write it in another way.
	_, path, _ := strings.Cut(href, "://")
	path, _, _ = strings.Cut(path[strings.IndexByte(path, '/'):], "#")
	if to.RequestURI() != path && !strings.HasPrefix(path, "//") {
		to.Opaque = path
	}
	r = &http.Request{
		Method: spec.Get("method").String(), URL: to, Host: to.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
	}
	var list []string
	if err := vm.ExportTo(spec.Get("headers"), &list); err != nil {
		return nil, nil, err
	}
	order = append(order, "host")
	for i := 0; i+1 < len(list); i += 2 {
		name, value := list[i], latin1(list[i+1])
		switch strings.ToLower(name) {
		case "host", "content-length": // they follow from the URL and the body
		case "connection", "user-agent": // Go looks for their usual spelling
			r.Header.Set(name, value)
		default:
			r.Header[name] = append(r.Header[name], value)
		}
		if !strings.EqualFold(name, "content-length") {
			order = append(order, name)
		}
	}
	order = append(order, "content-length", "transfer-encoding")
	if body := spec.Get("body"); !goja.IsNull(body) {
		content := slices.Clone(host.Bytes(body))
		r.ContentLength = int64(len(content))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
		if spec.Get("streamed").ToBoolean() {
			r.ContentLength = -1
		} else if len(content) == 0 {
			r.GetBody = func() (io.ReadCloser, error) { return http.NoBody, nil }
		}
		r.Body, _ = r.GetBody()
	}
	return r, order, nil
}

// decoded undoes the codings of a body where the standard wants it.
func decoded(session *egress.Session, method string, response *http.Response, follow bool) (io.ReadCloser, error) {
	switch {
	case method == http.MethodHead, slices.Contains([]int{101, 103, 204, 205, 304}, response.StatusCode):
		return response.Body, nil
	case follow && response.Header.Get("Location") != "" && slices.Contains([]int{301, 302, 303, 307, 308}, response.StatusCode):
		return response.Body, nil
	}
	var codings []string
	for _, value := range response.Header.Values("Content-Encoding") {
		codings = append(codings, strings.Split(value, ",")...)
	}
	if len(codings) > maxCodings { // each of them takes memory of its own
		return nil, fmt.Errorf("too many content-encodings in response: %d, maximum allowed is %d", len(codings), maxCodings)
	}
	from := &ending{ReadCloser: response.Body}
	body := io.ReadCloser(from)
	for _, coding := range slices.Backward(codings) {
		reader, ok := session.Decompress(body, coding)
		if !ok {
			return response.Body, nil
		}
		body = &coded{reader, from}
	}
	return body, nil
}

// maxCodings is undici's.
const maxCodings = 5

// head is what a script sees of a response; lines are its header as it came, nil where nobody knows.
func head(h host.Host, response *http.Response, lines []string, in *incoming) *goja.Object {
	vm := h.VM()
	if lines == nil {
		for _, name := range slices.Sorted(maps.Keys(response.Header)) {
			for _, value := range response.Header[name] {
				lines = append(lines, name, value)
			}
		}
		for _, value := range response.TransferEncoding {
			lines = append(lines, "transfer-encoding", value)
		}
	}
	list := make([]any, len(lines))
	for i, text := range lines {
		if i%2 == 0 {
			list[i] = strings.ToLower(text)
		} else {
			list[i] = ofLatin1(text)
		}
	}
	_, text, _ := strings.Cut(response.Status, " ")
	return object(vm, map[string]any{
		"status": response.StatusCode, "statusText": ofLatin1(text), "headers": vm.NewArray(list...), "incoming": in.object(h),
	})
}

// failure is the cause of a failed fetch. Where the other side ended the connection undici has an
// error of its own.
func failure(vm *goja.Runtime, err error, to string) *goja.Object {
	if fault := ofData(vm, err); fault != nil {
		return fault
	}
	closed := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "server closed idle connection")
	if code, _ := egress.Code(err); closed && (code == "ECONNRESET" || code == "") {
		fault := made(vm, "other side closed", "SocketError")
		gojalib.SetProperty(fault, "code", "UND_ERR_SOCKET")
		return fault
	}
	fault := net.Fault(vm, err, to)
	message := fault.Get("message").String()
	if reason, ok := strings.CutPrefix(message, "Parse Error: "); ok {
		code := fault.Get("code")
		if own := parseReasons[reason]; own != "" {
			reason = own
		}
		fault = made(vm, "Response does not match the HTTP/1.1 protocol ("+reason+")", "HTTPParserError")
		gojalib.SetProperty(fault, "code", code)
	}
	return fault
}

// parseReasons are those of undici's parser where it has other words than Node's own.
var parseReasons = map[string]string{"Expected HTTP/, RTSP/ or ICE/": "Expected HTTP/", "Invalid status code": "Invalid response status"}

// made is an error with a name of its own.
func made(vm *goja.Runtime, message, name string) *goja.Object {
	fault, err := vm.New(vm.Get("Error"), vm.ToValue(message))
	gojalib.PassOn(err)
	gojalib.SetProperty(fault, "name", name)
	return fault
}

func object(vm *goja.Runtime, members map[string]any) *goja.Object {
	o := vm.NewObject()
	for name, member := range members {
		gojalib.SetProperty(o, name, member)
	}
	return o
}

// latin1 is the bytes of a text of which every character is one.
func latin1(text string) string {
	var bytes []byte
	for _, c := range text {
		bytes = append(bytes, byte(c))
	}
	return string(bytes)
}

// ofLatin1 is the text of which every character is a byte.
func ofLatin1(text string) string {
	if !strings.ContainsFunc(text, func(c rune) bool { return c >= 0x80 }) {
		return text
	}
	var chars []rune
	for i := range len(text) {
		chars = append(chars, rune(text[i]))
	}
	return string(chars)
}
