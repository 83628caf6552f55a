package egress

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Codes of errors that JavaScript sees, beside Node's own.
const (
	CodeRefused = "EEGRESS"
	CodeLimit   = "EEGRESSLIMIT"
)

// Refusal says that the policy does not let a rule go somewhere.
type Refusal struct {
	Host   string     // as the rule wrote it, in lower case
	Port   uint16     // 0: the refusal is about no port
	Addr   netip.Addr // what the host resolved to, where that is why; else invalid
	Reason string     // "a loopback address"
	Rule   string     // of the policy: "deny *.example.com", "public addresses only"
	Mend   string     // what grants it, empty where nothing does
}

func (e *Refusal) Error() string {
	var text strings.Builder
	host := shortened(e.Host, longestName)
	text.WriteString("egress to " + host)
	if e.Port != 0 {
		text.Reset()
		text.WriteString("egress to " + net.JoinHostPort(host, strconv.Itoa(int(e.Port))))
	}
	text.WriteString(" is refused: ")
	if e.Addr.IsValid() && e.Addr.String() != e.Host {
		text.WriteString(e.Addr.String() + " is ")
	}
	text.WriteString(e.Reason + " [" + e.Rule + "]")
	if e.Mend != "" {
		text.WriteString("; grant it with " + e.Mend)
	}
	return text.String()
}

// LimitError says that a limit of the policy was reached.
type LimitError struct {
	Limit string // the field of Limits: "ResponseBytes"
	Max   string // its value: "33554432 bytes"
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("the egress limit %s is reached: %s", e.Limit, e.Max)
}

// RequestError says that a request cannot be sent as it is: a line break in its header, say.
type RequestError struct{ Text string }

func (e *RequestError) Error() string { return e.Text }

// ResponseError says that the header of a response can be read in more than one way.
type ResponseError struct {
	Code   string // as Node has it: HPE_UNEXPECTED_CONTENT_LENGTH
	Reason string
}

func (e *ResponseError) Error() string { return "Parse Error: " + e.Reason }

// RuleError says that the text of a rule cannot be read.
type RuleError struct{ Rule, Text string }

func (e *RuleError) Error() string { return fmt.Sprintf("network rule %q: %s", e.Rule, e.Text) }

// ErrClosed says that the client was closed.
var ErrClosed = errors.New("the network of this pipeline is closed")

// Code answers the code that Node gives an error, and the system call that failed in its words;
// empty where it has none.
func Code(err error) (code, call string) {
	var (
		refusal *Refusal
		limited *LimitError
		request *RequestError
		answer  *ResponseError
		name    *net.DNSError
		number  syscall.Errno
		refused *CertificateError
		record  tls.RecordHeaderError
		op      *net.OpError
	)
	if errors.As(err, &op) {
		call = map[string]string{"dial": "connect"}[op.Op]
		if call == "" {
			call = op.Op
		}
	}
	switch {
	case err == nil:
		return "", ""
	case errors.As(err, &refusal):
		return CodeRefused, "connect"
	case errors.As(err, &limited):
		return CodeLimit, ""
	case errors.As(err, &request):
		return "ERR_INVALID_CHAR", ""
	case errors.As(err, &answer):
		return answer.Code, ""
	case errors.As(err, &name):
		if name.IsNotFound {
			return "ENOTFOUND", "getaddrinfo"
		}
		return "EAI_AGAIN", "getaddrinfo"
	case errors.As(err, &refused):
		return refused.Code, ""
	case errors.As(err, &record):
		return "EPROTO", "write"
	case op != nil && (op.Op == "remote error" || op.Op == "local error"): // alerts of TLS
		if op.Err.Error() == "tls: certificate required" {
			return "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "" // it comes when the handshake is over
		}
		return "EPROTO", "write"
	case errors.As(err, &number):
		return errnoName(number), call
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "ETIMEDOUT", "connect"
	case errors.Is(err, context.Canceled):
		return "ECONNABORTED", ""
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return "ECONNRESET", ""
	}
	return "", ""
}

// errnoName spells an error number of the system.
func errnoName(number syscall.Errno) string {
	if name, ok := errnoNames[number]; ok {
		return name
	}
	return "EIO"
}

var errnoNames = map[syscall.Errno]string{
	syscall.ECONNREFUSED: "ECONNREFUSED", syscall.ECONNRESET: "ECONNRESET", syscall.ECONNABORTED: "ECONNABORTED",
	syscall.EPIPE: "EPIPE", syscall.ETIMEDOUT: "ETIMEDOUT", syscall.EHOSTUNREACH: "EHOSTUNREACH",
	syscall.ENETUNREACH: "ENETUNREACH", syscall.EADDRNOTAVAIL: "EADDRNOTAVAIL", syscall.EADDRINUSE: "EADDRINUSE",
	syscall.EACCES: "EACCES", syscall.EPERM: "EPERM", syscall.EMFILE: "EMFILE", syscall.ENFILE: "ENFILE",
	syscall.EINVAL: "EINVAL", syscall.EAFNOSUPPORT: "EAFNOSUPPORT", syscall.ENETDOWN: "ENETDOWN", syscall.ENOTCONN: "ENOTCONN",
}
