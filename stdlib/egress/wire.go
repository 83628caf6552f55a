package egress

import (
	"bytes"
	"crypto/tls"
	"net"
	"strings"
	"sync"
)

// Spelling is how the headers of one request and of its response are written, which Go's client
// does not keep.
type Spelling struct {
	// Order are the names of the request's header in the order and case in which they are sent.
	// It adds nothing: names that the request lacks are passed over.
	Order []string
	// Lines are name and value of each line of the response's header, as it came. RoundTrip sets
	// it.
	Lines []string
}

// wire is a connection of the pool below HTTP and above TLS. For a request with a Spelling it
// writes the header in its order, and keeps the header of the response.
type wire struct {
	net.Conn
	max   int
	state *tls.ConnectionState // nil: not encrypted

	mu      sync.Mutex
	order   []string // nil: nothing is to be ordered
	waiting []byte   // of a header that is to be ordered
	keeping bool
	head    []byte // of the response that comes
}

// expect begins a request.
func (w *wire) expect(order []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.order, w.waiting, w.keeping, w.head = order, nil, true, nil
}

var headEnd = []byte("\r\n\r\n")

// Write holds a header back until it is whole.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	if w.order == nil {
		w.mu.Unlock()
		return w.Conn.Write(p)
	}
	w.waiting = append(w.waiting, p...)
	end := bytes.Index(w.waiting, headEnd)
	if end < 0 && len(w.waiting) <= w.max {
		w.mu.Unlock()
		return len(p), nil
	}
	out := w.waiting
	if end >= 0 {
		out = append(ordered(w.waiting[:end], w.order), w.waiting[end:]...)
	}
	w.order, w.waiting = nil, nil
	w.mu.Unlock()
	if _, err := w.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// ordered sorts the lines behind the first one.
func ordered(head []byte, order []string) []byte {
	lines := strings.Split(string(head), "\r\n")
	byName := map[string][]string{}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		key := strings.ToLower(name)
		byName[key] = append(byName[key], value)
	}
	out := []byte(lines[0])
	for _, name := range order {
		key := strings.ToLower(name)
		if values := byName[key]; len(values) > 0 {
			out = append(out, "\r\n"+name+":"+values[0]...)
			byName[key] = values[1:]
		}
	}
	for _, line := range lines[1:] {
		name, _, _ := strings.Cut(line, ":")
		key := strings.ToLower(name)
		for _, value := range byName[key] {
			out = append(out, "\r\n"+name+":"+value...)
		}
		delete(byName, key)
	}
	return out
}

// Read keeps the header that comes by.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.keeping && n > 0 {
		begun := len(w.head) > 0
		w.keep(p[:n])
		if !begun && foreign(p[:n]) {
			n = copy(p, "?\r\n")
		}
	}
	return n, err
}

// foreign reports whether an answer begins with no version of HTTP. Go's parser may find its second
// word wrong first, Node's the first one: so it is given a line that is wrong in the same way.
func foreign(answer []byte) bool {
	const begin = "HTTP/"
	answer = bytes.TrimLeft(answer, "\r\n")
	return !strings.HasPrefix(begin, string(answer[:min(len(answer), len(begin))]))
}

func (w *wire) keep(p []byte) {
	from := max(0, len(w.head)-len(headEnd))
	w.head = append(w.head, p...)
	for {
		end := bytes.Index(w.head[from:], headEnd)
		if end < 0 {
			w.keeping = len(w.head) <= w.max
			return
		}
		end += from
		if status := w.head[:min(end, 12)]; len(status) == 12 && status[9] == '1' && string(status[9:]) != "101" {
			w.head, from = w.head[end+len(headEnd):], 0 // what informs is not the answer
			continue
		}
		w.head, w.keeping = append([]byte(nil), w.head[:end]...), false
		return
	}
}

// lines are those of the response's header, or nil when it was not kept as a whole.
func (w *wire) lines() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.keeping || len(w.head) == 0 {
		return nil
	}
	var out []string
	for i, line := range strings.Split(string(w.head), "\r\n") {
		if i == 0 {
			continue
		}
		if line != "" && (line[0] == ' ' || line[0] == '\t') && len(out) > 0 { // a line that goes on
			out[len(out)-1] += " " + strings.Trim(line, " \t")
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		out = append(out, name, strings.Trim(value, " \t"))
	}
	return out
}

// fault is what Node's parser finds wrong with the response's header and Go's lets pass, or nil: what one
// reader takes for the end of a response is none to another.
func (w *wire) fault() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.keeping {
		return nil
	}
	lengths, coded := 0, false
	for i, line := range strings.Split(string(w.head), "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		switch {
		case i == 0:
		case line != "" && (line[0] == ' ' || line[0] == '\t'):
			return &ResponseError{"HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value"}
		case !token(name):
			return &ResponseError{"HPE_INVALID_HEADER_TOKEN", "Invalid header token"}
		case strings.EqualFold(name, "Content-Length"):
			lengths++
		case strings.EqualFold(name, "Transfer-Encoding"):
			coded = true
		}
		switch {
		case lengths > 1:
			return &ResponseError{"HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length"}
		case lengths > 0 && coded:
			return &ResponseError{"HPE_INVALID_CONTENT_LENGTH", "Content-Length can't be present with Transfer-Encoding"}
		}
	}
	return nil
}

// wired is a connection of the pool.
func (c *Client) wired(conn net.Conn) *wire {
	w := &wire{Conn: conn, max: int(min(c.limits.HeaderBytes, 1<<30))}
	if secure, ok := conn.(*tls.Conn); ok {
		state := secure.ConnectionState()
		w.state = &state
	}
	return w
}
