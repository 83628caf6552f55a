// Package zlib is Node's zlib with Go's compressors. What is compressed differs in its bytes from
// Node's and is decompressed to the same. Asynchronous calls and streams work outside the VM.
// No output of a call is larger than MaxOutput.
package zlib

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	_ "embed"
	"errors"
	"hash/crc32"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// MaxOutput is the most bytes that one call gives.
const MaxOutput = 128 << 20

//go:embed zlib.js
var text string

//go:embed tables.json
var tables string

var script = host.NewScript("zlib.js", "internal.tables = "+tables+";\n"+text)

// Modules is zlib.
var Modules = []host.Module{{Name: "zlib", Build: build}}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	return script.Evaluate(h, map[string]any{
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"crc32": func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(int64(crc32.Update(uint32(call.Argument(1).ToInteger()), crc32.IEEETable, host.Bytes(call.Argument(0)))))
		},
		"run": func(call goja.FunctionCall) goja.Value {
			limit := limitOf(call.Argument(3))
			kind, in, level, partial := call.Argument(0).String(), host.Bytes(call.Argument(1)), int(call.Argument(2).ToInteger()), call.Argument(4).ToBoolean()
			out, err := host.ComputeNow(h, func(ctx context.Context) ([]byte, error) { return convert(ctx, kind, in, level, limit, partial) })
			return answer(vm, out, err, limit)
		},
		// stream(kind, level) begins a stream.
		"stream": func(call goja.FunctionCall) goja.Value {
			c, err := newCodec(h.Context(), call.Argument(0).String(), int(call.Argument(1).ToInteger()))
			if err != nil {
				panic(vm.NewGoError(err))
			}
			return vm.ToValue(&c)
		},
		// step(stream, bytes or undefined, flush, callback) gives a stream input, or lets it go on.
		"step": func(call goja.FunctionCall) goja.Value {
			c, _ := call.Argument(0).Export().(*codec)
			in, flush := bytes.Clone(host.Bytes(call.Argument(1))), int(call.Argument(2).ToInteger())
			callback, _ := goja.AssertFunction(call.Argument(3))
			host.Compute(h, func(ctx context.Context) func() error {
				out, more, err := (*c).step(ctx, in, flush)
				return func() error {
					_, err := callback(goja.Undefined(), answer(vm, out, err, MaxOutput), vm.ToValue(more))
					return err
				}
			})
			return goja.Undefined()
		},
		"start": func(call goja.FunctionCall) goja.Value {
			kind, in, level, limit := call.Argument(0).String(), bytes.Clone(host.Bytes(call.Argument(1))), int(call.Argument(2).ToInteger()), limitOf(call.Argument(3))
			partial := call.Argument(4).ToBoolean()
			callback, _ := goja.AssertFunction(call.Argument(5))
			host.Compute(h, func(ctx context.Context) func() error {
				out, err := convert(ctx, kind, in, level, limit, partial)
				return func() error {
					_, err := callback(goja.Undefined(), answer(vm, out, err, limit))
					return err
				}
			})
			return goja.Undefined()
		},
	})
}

func limitOf(v goja.Value) int64 { return max(0, min(v.ToInteger(), MaxOutput)) }

// answer tells the script what came out: bytes, or Node's code, number and message.
func answer(vm *goja.Runtime, out []byte, err error, limit int64) *goja.Object {
	o := vm.NewObject()
	set := func(name string, v any) { gojalib.SetProperty(o, name, v) }
	switch {
	case err == nil:
		set("bytes", vm.NewArrayBuffer(out))
	case errors.Is(err, errTooLarge), errors.Is(err, errRatio):
		set("code", "ERR_BUFFER_TOO_LARGE")
		set("limit", limit)
		if errors.Is(err, errRatio) {
			set("message", err.Error())
		}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		set("code", "Z_BUF_ERROR")
		set("errno", -5)
		set("message", "unexpected end of file")
	default:
		set("code", "Z_DATA_ERROR")
		set("errno", -3)
		set("message", dataMessage(err))
	}
	return o
}

// dataMessage is zlib's word for what is wrong with data.
func dataMessage(err error) string {
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zlib.ErrHeader):
		return "incorrect header check"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		return "incorrect data check"
	case errors.Is(err, errMethod):
		return errMethod.Error()
	case errors.Is(err, zlib.ErrDictionary):
		return "Missing dictionary"
	default:
		return "invalid stored block lengths"
	}
}

var (
	errTooLarge = errors.New("the output is too large")
	errMethod   = errors.New("unknown compression method")
)

// newWriter answers nil for a kind that decompresses.
func newWriter(kind string, level int, out io.Writer) (compressor, error) {
	switch kind {
	case "deflate":
		return zlib.NewWriterLevel(out, level)
	case "gzip":
		return gzip.NewWriterLevel(out, level)
	case "deflateRaw":
		return flate.NewWriter(out, level)
	case "brotliCompress":
		return brotli.NewWriterLevel(out, max(0, min(level, brotli.BestCompression))), nil
	}
	return nil, nil
}

// convert does the work of a call. Partial input is no error when it is allowed.
func convert(ctx context.Context, kind string, in []byte, level int, limit int64, partial bool) ([]byte, error) {
	var out bytes.Buffer
	w, err := newWriter(kind, level, &out)
	if err != nil {
		return nil, err
	}
	if w == nil {
		return expand(ctx, kind, in, limit, partial)
	}
	if err = writePieces(ctx, w, in); err == nil {
		err = w.Close()
	}
	if err == nil && int64(out.Len()) > limit {
		err = errTooLarge
	}
	return out.Bytes(), err
}

// writePieces writes until the context ends.
func writePieces(ctx context.Context, w io.Writer, in []byte) error {
	for len(in) > 0 {
		n := min(len(in), piece)
		if _, err := w.Write(in[:n]); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		in = in[n:]
	}
	return nil
}

func newReader(kind string, in io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(in)
	if kind == "unzip" || kind == "inflate" {
		head, _ := buffered.Peek(2)
		gzipped := kind == "unzip" && len(head) > 1 && head[0] == 0x1F && head[1] == 0x8B
		switch {
		case gzipped:
			kind = "gunzip"
		case len(head) > 1 && (int(head[0])<<8|int(head[1]))%31 == 0 && head[0]&0xF != 8:
			return nil, errMethod
		default:
			return zlib.NewReader(buffered)
		}
	}
	switch kind {
	case "gunzip":
		return gzip.NewReader(buffered)
	case "inflateRaw":
		return flate.NewReader(buffered), nil
	case "brotliDecompress":
		return brotli.NewReader(buffered), nil
	}
	panic("internal error: no compressor " + kind)
}

func expand(ctx context.Context, kind string, in []byte, limit int64, partial bool) ([]byte, error) {
	r, err := newReader(kind, bytes.NewReader(in))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(&stopping{ctx, io.LimitReader(r, limit+1)})
	if int64(len(out)) > limit {
		return nil, errTooLarge
	}
	// Bytes behind the last member of a gzip file are ignored, as zlib does.
	if (kind == "gunzip" || kind == "unzip") && len(out) > 0 && errors.Is(err, gzip.ErrHeader) {
		err = nil
	}
	if partial && errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return out, err
}

// stopping is a reader that ends with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s *stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}
