package saved

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Version is the version of the format that is written, and the only one that is read.
const Version = 1

// The largest body that is read, compressed and not.
const (
	MaxBody = 256 << 20
	MaxText = 1 << 30
)

const (
	magic = "ferrule-pipeline "
	// headBytes is the longest first line.
	headBytes = 128
)

// Reason says what is wrong with a file.
type Reason string

// The reasons of a [FileError].
const (
	NotAPipeline   Reason = "not-a-pipeline"  // it is some other file
	UnknownVersion Reason = "unknown-version" // another Ferrule wrote it
	Truncated      Reason = "truncated"       // its end is missing
	Damaged        Reason = "damaged"         // its checksum, compression or JSON is wrong
	TooLarge       Reason = "too-large"       // it is larger than what is read
)

// FileError is what is wrong with the file of a pipeline.
type FileError struct {
	Reason  Reason
	Message string
	cause   error
}

func (e *FileError) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

func (e *FileError) Unwrap() error { return e.cause }

func wrong(reason Reason, cause error, format string, args ...any) error {
	return &FileError{Reason: reason, Message: fmt.Sprintf(format, args...), cause: cause}
}

// Is reports whether a text is the beginning of a pipeline's file. Twenty bytes are enough.
func Is(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }

// Write writes the file of a pipeline. The bytes depend on nothing but the pipeline.
func Write(w io.Writer, p *Pipeline) error {
	var body bytes.Buffer
	zip, err := gzip.NewWriterLevel(&body, gzip.BestCompression)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(zip)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(p); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	sum := sha256.Sum256(body.Bytes())
	if _, err := fmt.Fprintf(w, "%s%d %d %x\n", magic, Version, body.Len(), sum); err != nil {
		return err
	}
	_, err = w.Write(body.Bytes())
	return err
}

// Read reads the file of a pipeline.
//
// # Errors
//
//   - *[FileError]: the file is none, or cannot be used; Reason says why.
//   - The error of r.
func Read(r io.Reader) (*Pipeline, error) {
	size, sum, err := readHead(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return nil, err
	}
	switch {
	case len(body) < size:
		return nil, wrong(Truncated, nil, "the pipeline's file ends after %d of %d bytes", len(body), size)
	case len(body) > size:
		return nil, wrong(Damaged, nil, "there is something behind the pipeline's end")
	}
	if got := sha256.Sum256(body); hex.EncodeToString(got[:]) != sum {
		return nil, wrong(Damaged, nil, "the pipeline's file is damaged: its checksum is wrong")
	}
	return unpack(body)
}

// readHead reads the first line, byte by byte: what follows is the caller's.
func readHead(r io.Reader) (size int, sum string, err error) {
	var head []byte
	for one := make([]byte, 1); len(head) < headBytes; {
		n, err := r.Read(one)
		if n == 1 && one[0] == '\n' {
			return parseHead(string(head))
		}
		head = append(head, one[:n]...)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, "", err
		}
		if !bytes.HasPrefix(head, []byte(magic)[:min(len(head), len(magic))]) {
			break
		}
		if err != nil {
			if Is(head) {
				return 0, "", wrong(Truncated, nil, "the pipeline's file ends in its first line")
			}
			break
		}
	}
	if Is(head) {
		return 0, "", wrong(Damaged, nil, "the first line of the pipeline's file is damaged")
	}
	return 0, "", wrong(NotAPipeline, nil, "this is no file of a compiled pipeline: it does not begin with %q", strings.TrimSpace(magic))
}

func parseHead(head string) (size int, sum string, err error) {
	if !Is([]byte(head)) {
		return 0, "", wrong(NotAPipeline, nil, "this is no file of a compiled pipeline: it does not begin with %q", strings.TrimSpace(magic))
	}
	damaged := wrong(Damaged, nil, "the first line of the pipeline's file is damaged")
	fields := strings.Split(strings.TrimPrefix(head, magic), " ")
	version, err := strconv.Atoi(fields[0])
	if err != nil || version < 1 || fields[0] != strconv.Itoa(version) {
		return 0, "", damaged
	}
	if version != Version {
		return 0, "", wrong(UnknownVersion, nil, "the pipeline's file has version %d of the format, and this Ferrule reads %d: build it again", version, Version)
	}
	if len(fields) != 3 || len(fields[2]) != 2*sha256.Size {
		return 0, "", damaged
	}
	size, err = strconv.Atoi(fields[1])
	if err != nil || size < 0 {
		return 0, "", damaged
	}
	if size > MaxBody {
		return 0, "", wrong(TooLarge, nil, "the pipeline's file has a body of %d bytes, more than %d", size, MaxBody)
	}
	return size, fields[2], nil
}

// unpack reads a body.
func unpack(body []byte) (*Pipeline, error) {
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, wrong(Damaged, err, "the pipeline's file is damaged")
	}
	text, err := io.ReadAll(io.LimitReader(zip, MaxText+1))
	if err != nil {
		return nil, wrong(Damaged, err, "the pipeline's file is damaged")
	}
	if len(text) > MaxText {
		return nil, wrong(TooLarge, nil, "the pipeline's file unpacks to more than %d bytes", MaxText)
	}
	p := &Pipeline{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(p); err != nil {
		return nil, wrong(Damaged, err, "the pipeline's file is damaged")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, wrong(Damaged, nil, "the pipeline's file is damaged: there is something behind its JSON")
	}
	return p, nil
}
