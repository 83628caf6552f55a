package egress

import (
	"bytes"
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// CertificateError says why the certificate of a server is refused.
type CertificateError struct {
	Code string // as Node has it: CERT_HAS_EXPIRED
	Text string // OpenSSL's words for it: "certificate has expired"
	err  error  // Go's
}

func (e *CertificateError) Error() string { return e.Text }

func (e *CertificateError) Unwrap() error { return e.err }

// verifier judges the certificates of a server as Node does: what is wrong with the chain comes before
// the names, and a certificate without names counts for its common name.
func verifier(roots *x509.CertPool, host string) func(tls.ConnectionState) error {
	return func(state tls.ConnectionState) error {
		presented := state.PeerCertificates
		if len(presented) == 0 {
			return &CertificateError{Code: "CERT_REJECTED", Text: "certificate rejected"}
		}
		between := x509.NewCertPool()
		for _, c := range presented[1:] {
			between.AddCert(c)
		}
		if _, err := presented[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between}); err != nil {
			code, text := chainFault(presented, roots, err)
			return &CertificateError{code, text, err}
		}
		if usage := presented[0].KeyUsage; usage != 0 && usage&serving == 0 { // Go does not ask
			return &CertificateError{"INVALID_PURPOSE", verifyTexts["INVALID_PURPOSE"], x509.CertificateInvalidError{Cert: presented[0], Reason: x509.IncompatibleUsage}}
		}
		if !matches(presented[0], host) {
			err := x509.HostnameError{Certificate: presented[0], Host: host}
			return &CertificateError{"ERR_TLS_CERT_ALTNAME_INVALID", err.Error(), err}
		}
		return nil
	}
}

// serving are the usages of which a server's key has one, when it has any.
//
// Source: OpenSSL 3, check_purpose_ssl_server.
const serving = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment | x509.KeyUsageKeyAgreement

// verifyTexts are the words for codes.
//
// Source: OpenSSL 3, X509_verify_cert_error_string.
var verifyTexts = map[string]string{
	"CERT_HAS_EXPIRED":                  "certificate has expired",
	"CERT_NOT_YET_VALID":                "certificate is not yet valid",
	"CERT_REJECTED":                     "certificate rejected",
	"DEPTH_ZERO_SELF_SIGNED_CERT":       "self-signed certificate",
	"INVALID_CA":                        "invalid CA certificate",
	"INVALID_PURPOSE":                   "unsuitable certificate purpose",
	"PATH_LENGTH_EXCEEDED":              "path length constraint exceeded",
	"SELF_SIGNED_CERT_IN_CHAIN":         "self-signed certificate in certificate chain",
	"UNABLE_TO_GET_ISSUER_CERT_LOCALLY": "unable to get local issuer certificate",
	"UNABLE_TO_VERIFY_LEAF_SIGNATURE":   "unable to verify the first certificate",
}

// chainFault is OpenSSL's word for a chain that Go refuses, and its text. Of several things that
// are wrong OpenSSL names the last that it looks at: first the chain, then what the certificates are
// for, then their times from the root down.
func chainFault(presented []*x509.Certificate, roots *x509.CertPool, err error) (code, text string) {
	chain, complete := chainOf(presented, roots)
	var invalid x509.CertificateInvalidError
	known := errors.As(err, &invalid)
	code = timeCode(chain)
	switch {
	case code != "":
	case !complete:
		code = incompleteCode(chain)
	case known && invalid.Reason == x509.CANotAuthorizedForThisName:
		return "UNSPECIFIED", "permitted subtree violation" // Node has no name for it
	case slices.ContainsFunc(chain[1:], func(c *x509.Certificate) bool { return c.KeyUsage != 0 && c.KeyUsage&x509.KeyUsageCertSign == 0 }):
		return "UNSPECIFIED", "key usage does not include certificate signing"
	case slices.ContainsFunc(chain[1:], func(c *x509.Certificate) bool { return !c.IsCA }):
		code = "INVALID_PURPOSE" // OpenSSL looks at what it is for behind INVALID_CA
	case !known:
		code = "CERT_REJECTED"
	default:
		code = cmp.Or(reasonCodes[invalid.Reason], "CERT_REJECTED")
	}
	return code, verifyTexts[code]
}

var reasonCodes = map[x509.InvalidReason]string{
	x509.Expired:              "CERT_HAS_EXPIRED", // the root
	x509.NotAuthorizedToSign:  "INVALID_CA",
	x509.IncompatibleUsage:    "INVALID_PURPOSE",
	x509.TooManyIntermediates: "PATH_LENGTH_EXCEEDED",
}

// timeCode says what is wrong with the times of a chain; the server's own certificate counts first.
func timeCode(chain []*x509.Certificate) string {
	now := time.Now()
	for _, c := range chain {
		switch {
		case now.Before(c.NotBefore):
			return "CERT_NOT_YET_VALID"
		case now.After(c.NotAfter):
			return "CERT_HAS_EXPIRED"
		}
	}
	return ""
}

// incompleteCode says where a chain without a known root ends.
func incompleteCode(chain []*x509.Certificate) string {
	own := selfIssued(chain[len(chain)-1])
	switch {
	case len(chain) == 1 && own:
		return "DEPTH_ZERO_SELF_SIGNED_CERT"
	case len(chain) == 1:
		return "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
	case own:
		return "SELF_SIGNED_CERT_IN_CHAIN"
	}
	return "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"
}

// chainOf follows the issuers from the server's certificate up, without a root that the client
// has, and reports whether there is one.
func chainOf(presented []*x509.Certificate, roots *x509.CertPool) (chain []*x509.Certificate, complete bool) {
	at := presented[0]
	for {
		chain = append(chain, at)
		if selfIssued(at) || trusted(at, roots) {
			return chain, trusted(at, roots)
		}
		issuer := slices.IndexFunc(presented[1:], func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, at.RawIssuer) && !slices.Contains(chain, c)
		})
		if issuer < 0 {
			return chain, false
		}
		at = presented[1+issuer]
	}
}

// trusted reports whether a certificate is a root or signed by one.
func trusted(c *x509.Certificate, roots *x509.CertPool) bool {
	alone := *c // whatever it is for, and whenever
	alone.UnhandledCriticalExtensions = nil
	_, err := alone.Verify(x509.VerifyOptions{Roots: roots, CurrentTime: c.NotBefore, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	var invalid x509.CertificateInvalidError
	return err == nil || errors.As(err, &invalid)
}

func selfIssued(c *x509.Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

// matches reports whether a certificate is for a host.
//
// Source: tls.checkServerIdentity of Node 20.
func matches(c *x509.Certificate, host string) bool {
	host = strings.TrimSuffix(host, ".")
	if addr, err := netip.ParseAddr(host); err == nil {
		ip := net.IP(addr.Unmap().AsSlice())
		return slices.ContainsFunc(c.IPAddresses, ip.Equal)
	}
	if len(c.DNSNames) == 0 {
		return fits(host, c.Subject.CommonName)
	}
	return slices.ContainsFunc(c.DNSNames, func(name string) bool { return fits(host, name) })
}

// fits reports whether a host has a name, in which the first part may have one *.
func fits(host, pattern string) bool {
	labels, parts := strings.Split(strings.ToLower(host), "."), strings.Split(strings.ToLower(strings.TrimSuffix(pattern, ".")), ".")
	if pattern == "" || len(labels) != len(parts) || slices.Contains(parts, "") ||
		strings.ContainsFunc(pattern, func(c rune) bool { return c <= ' ' || c > '~' }) || !slices.Equal(labels[1:], parts[1:]) {
		return false
	}
	before, after, wild := strings.Cut(parts[0], "*")
	switch {
	case !wild || strings.Contains(parts[0], "xn--"):
		return labels[0] == parts[0]
	case strings.Contains(after, "*") || len(parts) <= 2 || len(before)+len(after) > len(labels[0]):
		return false
	}
	return strings.HasPrefix(labels[0], before) && strings.HasSuffix(labels[0], after)
}
