package egress

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
)

// free is what a response may grow to before Limits.Ratio counts.
const free = 1 << 20

// Decompress reads a body in the coding that Content-Encoding names: gzip, x-gzip, br, deflate
// (with zlib's header or without); it answers false for others and reads nothing. Reading fails with a
// [*LimitError] when the content is larger than Limits.ResponseBytes or grows beyond Limits.Ratio.
// Closing it closes the body.
func (s *Session) Decompress(body io.ReadCloser, coding string) (io.ReadCloser, bool) {
	var open func(io.Reader) (io.Reader, error)
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "gzip", "x-gzip":
		open = func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }
	case "deflate":
		open = inflate
	case "br":
		open = func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }
	default:
		return nil, false
	}
	return &inflated{session: s, body: body, source: &counted{Reader: body}, open: open}, true
}

// inflate reads deflate as browsers and Node's clients do: with zlib's header where there is one.
func inflate(r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(r)
	first, err := buffered.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0]&0x0f == 8 {
		return zlib.NewReader(buffered)
	}
	return flate.NewReader(buffered), nil
}

type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// inflated opens its reader at the first read: the body may not be there yet.
type inflated struct {
	session *Session
	body    io.Closer
	source  *counted
	open    func(io.Reader) (io.Reader, error)
	reader  io.Reader
	n       int64
	failed  error
}

func (d *inflated) Read(p []byte) (int, error) {
	if d.failed == nil && d.reader == nil {
		d.reader, d.failed = d.open(d.source)
	}
	if d.failed != nil {
		return 0, d.failed
	}
	n, err := d.reader.Read(p)
	d.n += int64(n)
	limits := d.session.client.limits
	over := d.session.took(n)
	switch {
	case over != nil:
		d.failed = over
	case d.n > limits.ResponseBytes:
		d.failed = tooLarge("ResponseBytes", limits.ResponseBytes)
	case d.n > free && d.n/limits.Ratio > d.source.n:
		d.failed = ratio(limits.Ratio)
	default:
		d.failed = err
		return n, err
	}
	d.session.tell(d.failed)
	return 0, d.failed
}

func (d *inflated) Close() error { return d.body.Close() }
