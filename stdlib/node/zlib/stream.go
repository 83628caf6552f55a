package zlib

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
)

// Node's flush flags.
const (
	noFlush   = 0
	finish    = 4
	syncFlush = 2
)

// A stream that decompresses may give MaxOutput, and maxRatio bytes for one of its input beyond the first
// freeOutput: packages keep what it gives.
const (
	freeOutput = 16 << 20
	maxRatio   = 200
)

var errRatio = errors.New("the output is more than 200 bytes for one of input")

// piece is the most bytes that a stream gives in one step.
const piece = 64 << 10

// codec is the work of one stream: it is given input step by step, and gives what comes out of
// it as far as that is known.
type codec interface {
	// step takes input, or goes on with what it has when that is nil. More says that it has output
	// left, or input from which more may come. It ends soon after the context.
	step(ctx context.Context, in []byte, flush int) (out []byte, more bool, err error)
}

// newCodec begins a stream; its goroutine, if it has one, ends with the context.
func newCodec(ctx context.Context, kind string, level int) (codec, error) {
	out := &bytes.Buffer{}
	w, err := newWriter(kind, level, out)
	if err != nil {
		return nil, err
	}
	if w != nil {
		return &packer{w: w, out: out}, nil
	}
	return newUnpacker(ctx, kind), nil
}

// packer compresses.
type packer struct {
	w   compressor
	out *bytes.Buffer
}

type compressor interface {
	io.WriteCloser
	Flush() error
}

func (p *packer) step(ctx context.Context, in []byte, flush int) ([]byte, bool, error) {
	err := writePieces(ctx, p.w, in)
	switch {
	case err != nil:
	case flush == finish:
		err = p.w.Close()
	case flush != noFlush:
		err = p.w.Flush()
	}
	out := bytes.Clone(p.out.Bytes())
	p.out.Reset()
	return out, false, err
}

// unpacker decompresses on a goroutine: Go's decompressors pull their input.
type unpacker struct {
	ctx   context.Context
	input chan []byte // closed at the end
	steps chan step
	held  []byte
	taken int64 // bytes of input
	given int64 // bytes of output
	over  bool
	fails error
}

// step is what the goroutine tells: output, that it needs input, or that it is done.
type step struct {
	out    []byte
	hungry bool
	err    error // io.EOF at the end
}

func newUnpacker(ctx context.Context, kind string) *unpacker {
	u := &unpacker{ctx: ctx, input: make(chan []byte), steps: make(chan step)}
	go u.work(kind)
	return u
}

func (u *unpacker) tell(s step) bool {
	select {
	case u.steps <- s:
		return true
	case <-u.ctx.Done():
		return false
	}
}

func (u *unpacker) work(kind string) {
	if !u.await() {
		return
	}
	if len(u.held) == 0 { // nothing was ever written
		u.tell(step{err: io.ErrUnexpectedEOF})
		return
	}
	r, err := newReader(kind, u)
	if err != nil {
		u.tell(step{err: err})
		return
	}
	given := false
	for {
		out := make([]byte, piece)
		n, err := r.Read(out)
		given = given || n > 0
		if n > 0 && !u.tell(step{out: out[:n]}) {
			return
		}
		if err != nil {
			// Bytes behind the last member of a gzip file are ignored, as zlib does.
			if given && kind == "gunzip" && errors.Is(err, gzip.ErrHeader) {
				err = io.EOF
			}
			u.tell(step{err: err})
			return
		}
	}
}

// await waits for input; false when there is none any more.
func (u *unpacker) await() bool {
	for len(u.held) == 0 {
		select {
		case in, ok := <-u.input:
			if !ok {
				u.input = nil
				return true
			}
			u.held = in
		case <-u.ctx.Done():
			return false
		}
		if len(u.held) == 0 && !u.tell(step{hungry: true}) {
			return false
		}
	}
	return true
}

// Read is the input of the decompressor.
func (u *unpacker) Read(b []byte) (int, error) {
	if len(u.held) == 0 {
		if u.input == nil {
			return 0, io.EOF
		}
		if !u.tell(step{hungry: true}) || !u.await() {
			return 0, u.ctx.Err()
		}
		if len(u.held) == 0 {
			return 0, io.EOF
		}
	}
	n := copy(b, u.held)
	u.held = u.held[n:]
	return n, nil
}

func (u *unpacker) step(_ context.Context, in []byte, flush int) ([]byte, bool, error) {
	switch {
	case u.fails != nil:
		return nil, false, u.fails
	case u.over:
		return nil, false, nil // what follows the end is ignored
	case len(in) > 0:
		u.taken += int64(len(in))
		select {
		case u.input <- in:
		case s := <-u.steps: // it ended before
			return u.took(s)
		case <-u.ctx.Done():
			return nil, false, u.ctx.Err()
		}
	case flush == finish && in != nil:
		close(u.input)
	case in != nil:
		return nil, false, nil
	}
	select {
	case s := <-u.steps:
		return u.took(s)
	case <-u.ctx.Done():
		return nil, false, u.ctx.Err()
	}
}

func (u *unpacker) took(s step) ([]byte, bool, error) {
	u.given += int64(len(s.out))
	switch {
	case u.given > MaxOutput:
		s.err = errTooLarge
	case u.given > freeOutput && u.given > maxRatio*u.taken:
		s.err = errRatio
	}
	switch {
	case s.err == io.EOF:
		u.over = true
		return nil, false, nil
	case s.err != nil:
		u.fails = s.err
		return nil, false, s.err
	}
	return s.out, !s.hungry, nil
}
