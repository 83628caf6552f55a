package fetch

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// ending remembers how a body that is decompressed ended.
type ending struct {
	io.ReadCloser
	err error
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.ReadCloser.Read(p)
	if err != nil {
		e.err = err
	}
	return n, err
}

// coded is a decompressed body. One that was sent as a whole and breaks off in the middle of its
// coding ends there: undici's does, too.
type coded struct {
	io.ReadCloser
	from *ending
}

func (c *coded) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) && c.from.err == io.EOF {
		err = io.EOF
	}
	return n, err
}

// ofData is the error of zlib for content that is not in its coding; nil for other errors.
func ofData(vm *goja.Runtime, err error) *goja.Object {
	message := ""
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zlib.ErrHeader):
		message = "incorrect header check"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		message = "incorrect data check"
	case errors.As(err, &corrupt):
		message = "invalid stored block lengths"
	default:
		return nil
	}
	fault := made(vm, message, "Error")
	gojalib.SetProperty(fault, "errno", -3)
	gojalib.SetProperty(fault, "code", "Z_DATA_ERROR")
	return fault
}
