package ruletest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/url"
	"sync"
	"time"
)

// authority signs the certificates of the hosts that rules call in a test. It lives as long as the
// process, and only the pipelines of tests trust it.
type authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	pool *x509.CertPool

	mu    sync.Mutex
	leafs map[string]*tls.Certificate
}

var newAuthority = sync.OnceValues(func() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "ferrule test"},
		NotBefore: longAgo, NotAfter: farAhead,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	data, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(data)
	if err != nil {
		return nil, err
	}
	a := &authority{key: key, cert: cert, pool: x509.NewCertPool(), leafs: map[string]*tls.Certificate{}}
	a.pool.AddCert(cert)
	return a, nil
})

var (
	longAgo  = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	farAhead = time.Date(2999, 1, 1, 0, 0, 0, 0, time.UTC)
	discard  = log.New(io.Discard, "", 0)
)

// config is the server's side of TLS for a host, or for the name that the client asks for.
func (a *authority) config(host string) *tls.Config {
	return &tls.Config{GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if hello.ServerName != "" {
			return a.leaf(hello.ServerName)
		}
		return a.leaf(host)
	}}
}

func (a *authority) leaf(host string) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if cert := a.leafs[host]; cert != nil {
		return cert, nil
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(len(a.leafs) + 2)), Subject: pkix.Name{CommonName: host},
		NotBefore: longAgo, NotAfter: farAhead,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{host}
	}
	data, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.key.Public(), a.key)
	if err != nil {
		return nil, fmt.Errorf("a certificate for %s: %w", host, err)
	}
	cert := &tls.Certificate{Certificate: [][]byte{data}, PrivateKey: a.key}
	a.leafs[host] = cert
	return cert, nil
}

func encodeForm(values map[string]string) string {
	form := url.Values{}
	for name, value := range values {
		form.Set(name, value)
	}
	return form.Encode()
}
