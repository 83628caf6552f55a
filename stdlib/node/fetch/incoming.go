package fetch

import (
	"context"
	"io"
	"sync"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// ahead is how much of a body is read before somebody asks for it.
const ahead = 64 << 10

// incoming is the body of a response. One goroutine reads it ahead, so that a small body has been
// read and its connection is free when a rule asks for it, or does not.
type incoming struct {
	ctx    context.Context
	cancel context.CancelFunc
	body   io.ReadCloser
	size   int64 // as announced, or -1
	room   chan struct{}

	mu     sync.Mutex
	buffer []byte
	failed error // io.EOF at the end
	all    bool  // the whole is asked for
	waiter func()
}

func newIncoming(ctx context.Context, cancel context.CancelFunc, body io.ReadCloser, size int64) *incoming {
	return &incoming{ctx: ctx, cancel: cancel, body: body, size: size, room: make(chan struct{}, 1)}
}

// pump reads until the end, an error or close.
func (in *incoming) pump() {
	defer in.cancel()
	defer in.body.Close()
	chunk := make([]byte, in.chunkSize())
	for {
		n, err := in.body.Read(chunk)
		if !in.took(chunk[:n], err) {
			return
		}
		if n == len(chunk) && len(chunk) < ahead/2 {
			chunk = make([]byte, 2*len(chunk))
		}
	}
}

func (in *incoming) chunkSize() int64 {
	if in.size >= 0 {
		return min(in.size+1, ahead/4)
	}
	return 2 << 10
}

// took keeps what was read, and waits while there is enough. It answers whether to go on.
func (in *incoming) took(chunk []byte, err error) bool {
	in.mu.Lock()
	in.buffer = append(in.buffer, chunk...)
	if in.failed == nil {
		in.failed = err
	}
	if in.waiter != nil && (in.failed != nil || !in.all && len(in.buffer) > 0) {
		in.waiter()
		in.waiter = nil
	}
	for in.failed == nil && !in.all && len(in.buffer) >= ahead {
		in.mu.Unlock()
		select {
		case <-in.room:
		case <-in.ctx.Done():
			in.mu.Lock()
			in.failed = context.Cause(in.ctx)
			in.mu.Unlock()
			return false
		}
		in.mu.Lock()
	}
	defer in.mu.Unlock()
	return in.failed == nil
}

// object is what scripts have of it: read answers the promise of the next bytes, or of the whole
// rest, as an ArrayBuffer, or as a text where that is wanted and it is one; null at the end. Close
// ends it.
func (in *incoming) object(h host.Host) *goja.Object {
	return object(h.VM(), map[string]any{
		"read":  func(all, text bool) *goja.Promise { return in.read(h, all, text) },
		"close": in.close,
	})
}

func (in *incoming) read(h host.Host, all, text bool) *goja.Promise {
	vm := h.VM()
	promise, resolve, reject := vm.NewPromise()
	settle := func() error {
		bytes, err := in.take()
		switch {
		case err != nil && err != io.EOF && (all || len(bytes) == 0):
			return reject(failure(vm, err, ""))
		case !all && len(bytes) == 0:
			return resolve(goja.Null())
		}
		if text && utf8.Valid(bytes) {
			return resolve(string(bytes))
		}
		return resolve(vm.NewArrayBuffer(bytes))
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.all = in.all || all
	in.wake()
	if in.failed != nil || !all && len(in.buffer) > 0 {
		in.mu.Unlock()
		err := settle()
		in.mu.Lock()
		gojalib.PassOn(err)
		return promise
	}
	complete := h.Operation()
	in.waiter = func() { complete(settle) }
	return promise
}

// take empties the buffer.
func (in *incoming) take() ([]byte, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	bytes := in.buffer
	in.buffer = nil
	in.wake()
	return bytes, in.failed
}

// wake lets the goroutine go on.
func (in *incoming) wake() {
	select {
	case in.room <- struct{}{}:
	default:
	}
}

// close drops what is left. Who waits for it gets an error.
func (in *incoming) close() { in.cancel() }
