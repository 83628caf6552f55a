// Package zlib is Node's zlib with Go's compressors. What is compressed differs in its bytes from
// Node's and is decompressed to the same. Asynchronous calls work outside the VM; a stream
// gathers its input and answers at its end. No output is larger than MaxOutput.
package zlib

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	_ "embed"
	"errors"
	"hash/crc32"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// MaxOutput is the most bytes that one call gives, and that a stream gathers.
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
		"most":     MaxOutput,
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"crc32": func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(int64(crc32.Update(uint32(call.Argument(1).ToInteger()), crc32.IEEETable, host.Bytes(call.Argument(0)))))
		},
		"run": func(call goja.FunctionCall) goja.Value {
			limit := limitOf(call.Argument(3))
			out, err := convert(call.Argument(0).String(), host.Bytes(call.Argument(1)), int(call.Argument(2).ToInteger()), limit)
			return answer(vm, out, err, limit)
		},
		"start": func(call goja.FunctionCall) goja.Value {
			kind, in, level, limit := call.Argument(0).String(), bytes.Clone(host.Bytes(call.Argument(1))), int(call.Argument(2).ToInteger()), limitOf(call.Argument(3))
			callback, _ := goja.AssertFunction(call.Argument(4))
			complete := h.Operation()
			go func() {
				out, err := convert(kind, in, level, limit)
				complete(func() error {
					_, err := callback(goja.Undefined(), answer(vm, out, err, limit))
					return err
				})
			}()
			return goja.Undefined()
		},
	})
}

func limitOf(v goja.Value) int64 { return max(0, min(v.ToInteger(), MaxOutput)) }

// answer tells the script what came out: bytes, or Node's code, number and message.
func answer(vm *goja.Runtime, out []byte, err error, limit int64) *goja.Object {
	o := vm.NewObject()
	set := func(name string, v any) {
		if err := o.Set(name, v); err != nil {
			panic(err)
		}
	}
	switch {
	case err == nil:
		set("bytes", vm.NewArrayBuffer(out))
	case errors.Is(err, errTooLarge):
		set("code", "ERR_BUFFER_TOO_LARGE")
		set("limit", limit)
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

func convert(kind string, in []byte, level int, limit int64) ([]byte, error) {
	var out bytes.Buffer
	var w io.WriteCloser
	var err error
	switch kind {
	case "deflate":
		w, err = zlib.NewWriterLevel(&out, level)
	case "gzip":
		w, err = gzip.NewWriterLevel(&out, level)
	case "deflateRaw":
		w, err = flate.NewWriter(&out, level)
	case "brotliCompress":
		w = brotli.NewWriterLevel(&out, max(0, min(level, brotli.BestCompression)))
	default:
		return expand(kind, in, limit)
	}
	if err == nil {
		_, err = w.Write(in)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil && int64(out.Len()) > limit {
		err = errTooLarge
	}
	return out.Bytes(), err
}

func expand(kind string, in []byte, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	if kind == "unzip" {
		kind = "inflate"
		if len(in) > 1 && in[0] == 0x1F && in[1] == 0x8B {
			kind = "gunzip"
		}
	}
	switch kind {
	case "inflate":
		if len(in) > 1 && (int(in[0])<<8|int(in[1]))%31 == 0 && in[0]&0xF != 8 {
			return nil, errMethod
		}
		r, err = zlib.NewReader(bytes.NewReader(in))
	case "gunzip":
		r, err = gzip.NewReader(bytes.NewReader(in))
	case "inflateRaw":
		r = flate.NewReader(bytes.NewReader(in))
	case "brotliDecompress":
		r = brotli.NewReader(bytes.NewReader(in))
	default:
		panic("internal error: no compressor " + kind)
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(out)) > limit {
		return nil, errTooLarge
	}
	// Bytes behind the last member of a gzip file are ignored, as zlib does.
	if kind == "gunzip" && len(out) > 0 && errors.Is(err, gzip.ErrHeader) {
		err = nil
	}
	return out, err
}
