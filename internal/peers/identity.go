package peers

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"
)

// Identity is a certificate with its key.
type Identity struct {
	*x509.Certificate
	Key *ecdsa.PrivateKey
}

// Issue makes a certificate that is valid today, signed by an issuer; nil: by itself. Change makes
// it special; nil leaves it for signatures, and for no host.
func Issue(t testing.TB, issuer *Identity, name string, change func(*x509.Certificate)) *Identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(form)
	}
	parent, by := form, key
	if issuer != nil {
		parent, by = issuer.Certificate, issuer.Key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, parent, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &Identity{made, key}
}

// Authority lets a certificate sign others.
func Authority(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign }

// Local makes a certificate one of this machine: of localhost and 127.0.0.1.
func Local(c *x509.Certificate) {
	c.DNSNames, c.IPAddresses = []string{"localhost"}, []net.IP{{127, 0, 0, 1}}
}

// PEM is the certificate as a text.
func (i *Identity) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.Raw}))
}

// KeyPEM is the key as a text, PKCS #8.
func (i *Identity) KeyPEM(t testing.TB) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(i.Key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// Pair is what a server shows: the certificate, those that lead from it to an authority, and the key.
func (i *Identity) Pair(chain ...*Identity) tls.Certificate {
	pair := tls.Certificate{Certificate: [][]byte{i.Raw}, PrivateKey: i.Key}
	for _, c := range chain {
		pair.Certificate = append(pair.Certificate, c.Raw)
	}
	return pair
}
