package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestPrintable(t *testing.T) {
	tests := []struct{ in, printable, oneLine string }{
		{"plain é 😀", "plain é 😀", "plain é 😀"},
		{"a\tb\nc\r\nd", "a\tb\nc\\u000d\nd", `a\tb\nc\nd`},
		{"\x1b[2J\x7f\u0085", `\u001b[2J\u007f\u0085`, `\u001b[2J\u007f\u0085`},
		{"\u202eevil\u2066", `\u202eevil\u2066`, `\u202eevil\u2066`},
		{"bad\xffbyte", "bad\uFFFDbyte", "bad\uFFFDbyte"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.printable, printable(tt.in), "printable(%q)", tt.in)
		assert.Equal(t, tt.oneLine, oneLine(tt.in), "oneLine(%q)", tt.in)
	}
}

func TestDuration(t *testing.T) {
	tests := []struct {
		in   time.Duration
		want string
	}{
		{0, "-"}, {900, "0 µs"}, {842 * time.Microsecond, "842 µs"}, {1240 * time.Microsecond, "1.24 ms"},
		{15 * time.Millisecond, "15 ms"}, {20 * time.Second, "20.0 s"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, duration(tt.in), "duration(%d)", tt.in)
	}
}

// failing refuses to be written to, like a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestResultsThatCannotBeWritten(t *testing.T) {
	const rule = "testdata/allow.js"
	for _, args := range [][]string{{"run", rule}, {"run", "--json", rule}, {"run", "--json", "--cases", "-", rule}, {"run", "--cases", "-", rule}, {"version"}} {
		var stderr bytes.Buffer
		status := run(args, strings.NewReader("{}\n{}\n"), failing{}, &stderr)
		assert.Equal(t, exitWrong, status, "%v", args)
		assert.Contains(t, stderr.String(), "short write", "%v", args)
	}
}

func TestInputThatCannotBeRead(t *testing.T) {
	for _, flag := range []string{"--user", "--cases"} {
		var stdout, stderr bytes.Buffer
		status := run([]string{"run", flag, "-", "testdata/allow.js"}, broken{}, &stdout, &stderr)
		assert.Equal(t, exitWrong, status, flag)
		assert.Contains(t, stderr.String(), "ferrule: "+flag+": cannot read stdin: unexpected EOF", flag)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
