package http

import (
	"context"
	"errors"
	"io"
	"sync"
)

// errGone says that nobody reads a body any more.
var errGone = errors.New("the request is over")

// feed is a request's body of which JavaScript hands over piece after piece: the next one when
// the transport has read the last.
type feed struct {
	pieces chan piece
	gone   chan struct{}
	once   sync.Once
	rest   []byte        // of the piece that is read
	read   chan struct{} // closed when it was read
	last   bool
	short  bool // nothing may end before all was sent: the server waits for more
}

type piece struct {
	bytes []byte
	last  bool
	read  chan struct{}
}

// newFeed makes a body that ends with the context at the latest.
func newFeed(ctx context.Context) *feed {
	f := &feed{pieces: make(chan piece), gone: make(chan struct{})}
	context.AfterFunc(ctx, func() { _ = f.Close() })
	return f
}

// Read implements io.Reader.
func (f *feed) Read(p []byte) (int, error) {
	for len(f.rest) == 0 {
		if f.read != nil {
			close(f.read)
			f.read = nil
		}
		if f.last && !f.short {
			return 0, io.EOF
		}
		select {
		case next := <-f.pieces:
			f.rest, f.last, f.read = next.bytes, next.last, next.read
		case <-f.gone:
			return 0, errGone
		}
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// Close lets go of who waits for a piece to be read.
func (f *feed) Close() error {
	f.once.Do(func() { close(f.gone) })
	return nil
}

// write hands over a piece, which must not change until it is read. It waits.
func (f *feed) write(bytes []byte, last bool) {
	next := piece{bytes, last, make(chan struct{})}
	select {
	case f.pieces <- next:
	case <-f.gone:
		return
	}
	select {
	case <-next.read:
	case <-f.gone:
	}
}

// known is a body that is there as a whole, and shorter than its header says: its end never
// comes before that of the context.
type known struct {
	ctx  context.Context
	rest []byte
	gone chan struct{}
	once sync.Once
}

func (k *known) Read(p []byte) (int, error) {
	if len(k.rest) == 0 {
		select {
		case <-k.gone:
		case <-k.ctx.Done():
		}
		return 0, errGone
	}
	n := copy(p, k.rest)
	k.rest = k.rest[n:]
	return n, nil
}

func (k *known) Close() error {
	k.once.Do(func() { close(k.gone) })
	return nil
}
