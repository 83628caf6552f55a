package net

import (
	"crypto/x509"
	"errors"
	"fmt"
	gonet "net"
	"net/netip"
	"strings"
	"syscall"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// Session is the current run's way out to the network.
//
// # Errors
//
// [*egress.Refusal] when the run has none.
func Session(h host.Host, to string, port uint16) (*egress.Session, error) {
	session, _ := h.Grant(egress.Key).(*egress.Session)
	if session == nil {
		return nil, &egress.Refusal{Host: to, Port: port, Reason: "this pipeline has no network", Rule: "no network"}
	}
	return session, nil
}

// Fault makes JavaScript's error of one of egress, of package net or of TLS, as Node spells it:
// message, errno, code, syscall and where it happened. To is the host that was asked for.
func Fault(vm *goja.Runtime, err error, to string) *goja.Object {
	message, fields := describe(err, to)
	fault, failure := vm.New(vm.Get("Error"), vm.ToValue(message))
	gojalib.PassOn(failure)
	for _, f := range fields {
		gojalib.SetProperty(fault, f.name, f.value)
	}
	return fault
}

type field struct {
	name  string
	value any
}

// numbers are those that Node gives errors of name servers.
var numbers = map[string]int{"ENOTFOUND": -3008, "EAI_AGAIN": -3001}

// describe answers the message, and the properties in Node's order.
func describe(err error, to string) (string, []field) {
	code, call := egress.Code(err)
	var refusal *egress.Refusal
	var limited *egress.LimitError
	var number syscall.Errno
	switch {
	case errors.As(err, &refusal):
		fields := []field{{"code", code}, {"syscall", call}, {"hostname", refusal.Host}}
		if refusal.Port != 0 {
			fields = append(fields, field{"port", int(refusal.Port)})
		}
		return err.Error(), fields
	case errors.As(err, &limited):
		return err.Error(), []field{{"code", code}}
	case code == "ENOTFOUND" || code == "EAI_AGAIN":
		return fmt.Sprintf("getaddrinfo %s %s", code, to),
			[]field{{"errno", numbers[code]}, {"code", code}, {"syscall", call}, {"hostname", to}}
	case errors.As(err, &number):
		return ofSystem(err, number, code, call)
	case code == "ETIMEDOUT":
		return ofSystem(err, syscall.ETIMEDOUT, code, "connect")
	case code == "ECONNRESET" || strings.Contains(err.Error(), "server closed idle connection"):
		return "socket hang up", []field{{"code", "ECONNRESET"}}
	}
	if message, fields, ok := ofCertificate(err, code, to); ok {
		return message, fields
	}
	if message, ok := parseFaults(err); ok {
		return "Parse Error: " + message.value.(string), []field{{"code", message.name}, {"reason", message.value}}
	}
	if code == "" {
		return err.Error(), nil
	}
	return err.Error(), []field{{"code", code}}
}

// ofSystem is an error of a system call, with the address when it has one.
func ofSystem(err error, number syscall.Errno, code, call string) (string, []field) {
	if call == "" {
		call = "read"
	}
	message, fields := call+" "+code, []field{{"errno", -int(number)}, {"code", code}, {"syscall", call}}
	var op *gonet.OpError
	if errors.As(err, &op) && call == "connect" && op.Addr != nil {
		if to, err := netip.ParseAddrPort(op.Addr.String()); err == nil {
			message += fmt.Sprintf(" %s:%d", to.Addr(), to.Port())
			fields = append(fields, field{"address", to.Addr().String()}, field{"port", int(to.Port())})
		}
	}
	return message, fields
}

func ofCertificate(err error, code, to string) (string, []field, bool) {
	var name x509.HostnameError
	if errors.As(err, &name) {
		reason := altNames(name, name.Host)
		return "Hostname/IP does not match certificate's altnames: " + reason,
			[]field{{"code", code}, {"reason", reason}, {"host", name.Host}}, true
	}
	var refused *egress.CertificateError
	if errors.As(err, &refused) {
		return refused.Text, []field{{"code", code}}, true
	}
	if code == "EPROTO" {
		return "write EPROTO " + err.Error(), []field{{"errno", -int(syscall.EPROTO)}, {"code", code}, {"syscall", "write"}}, true
	}
	return "", nil, false
}

// altNames says of a certificate for other names what Node says.
func altNames(err x509.HostnameError, to string) string {
	if _, parsed := netip.ParseAddr(to); parsed == nil {
		addresses := make([]string, len(err.Certificate.IPAddresses))
		for i, ip := range err.Certificate.IPAddresses {
			addresses[i] = ip.String()
		}
		return fmt.Sprintf("IP: %s is not in the cert's list: %s", to, strings.Join(addresses, ", "))
	}
	var names []string
	for _, name := range err.Certificate.DNSNames {
		names = append(names, "DNS:"+name)
	}
	for _, ip := range err.Certificate.IPAddresses {
		names = append(names, "IP Address:"+ip.String())
	}
	if len(names) == 0 {
		if err.Certificate.Subject.CommonName == "" {
			return "Cert does not contain a DNS name"
		}
		return fmt.Sprintf("Host: %s. is not cert's CN: %s", to, err.Certificate.Subject.CommonName)
	}
	return fmt.Sprintf("Host: %s. is not in the cert's altnames: %s", to, strings.Join(names, ", "))
}

// parseFaults is what Node's parser of HTTP says where Go's says something else.
func parseFaults(err error) (field, bool) {
	var answer *egress.ResponseError
	if errors.As(err, &answer) {
		return field{answer.Code, answer.Reason}, true
	}
	text := err.Error()
	for _, known := range []struct{ part, code, reason string }{
		{"malformed HTTP response", "HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/"},
		{"malformed HTTP version", "HPE_INVALID_VERSION", "Invalid HTTP version"},
		{"malformed HTTP status code", "HPE_INVALID_STATUS", "Invalid status code"},
		{"malformed MIME header", "HPE_INVALID_HEADER_TOKEN", "Invalid header token"},
		{"bad Content-Length", "HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"},
		{"invalid byte in chunk length", "HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size"},
		{"malformed chunked encoding", "HPE_STRICT", "Expected LF after chunk data"},
		{"multiple Content-Length headers", "HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length"},
		{"http chunk length too large", "HPE_INVALID_CHUNK_SIZE", "Chunk size overflow"},
		{"header line too long", "HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow"},
		{"suspiciously long trailer", "HPE_HEADER_OVERFLOW", "Header overflow"},
	} {
		if strings.Contains(text, known.part) {
			return field{known.code, known.reason}, true
		}
	}
	return field{}, false
}
