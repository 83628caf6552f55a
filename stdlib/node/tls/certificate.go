package tls

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// certificate is what getPeerCertificate answers.
func certificate(vm *goja.Runtime, c *x509.Certificate) *goja.Object {
	o := vm.NewObject()
	set := func(name string, v any) { gojalib.SetProperty(o, name, v) }
	set("subject", name(vm, c.Subject))
	set("issuer", name(vm, c.Issuer))
	if names := altNames(c); names != "" {
		set("subjectaltname", names)
	}
	set("ca", c.IsCA)
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		set("modulus", fmt.Sprintf("%X", key.N))
		set("bits", key.N.BitLen())
		set("exponent", fmt.Sprintf("0x%x", key.E))
	case *ecdsa.PublicKey:
		set("bits", key.Curve.Params().BitSize)
		set("asn1Curve", map[string]string{"P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}[key.Curve.Params().Name])
		set("nistCurve", key.Curve.Params().Name)
	}
	set("valid_from", date(c.NotBefore))
	set("valid_to", date(c.NotAfter))
	one, two, five := sha1.Sum(c.Raw), sha256.Sum256(c.Raw), sha512.Sum512(c.Raw)
	set("fingerprint", colons(one[:]))
	set("fingerprint256", colons(two[:]))
	set("fingerprint512", colons(five[:]))
	set("serialNumber", fmt.Sprintf("%X", c.SerialNumber.Bytes()))
	set("raw", vm.NewArrayBuffer(append([]byte(nil), c.Raw...)))
	return o
}

// name is a distinguished name; an attribute that is there more than once is a list.
func name(vm *goja.Runtime, n pkix.Name) *goja.Object {
	o := vm.NewObject()
	short := map[string]string{
		"2.5.4.6": "C", "2.5.4.8": "ST", "2.5.4.7": "L", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.3": "CN",
		"1.2.840.113549.1.9.1": "emailAddress", "2.5.4.5": "serialNumber", "0.9.2342.19200300.100.1.25": "DC",
	}
	values, order := map[string][]any{}, []string{}
	for _, attribute := range n.Names {
		key, ok := short[attribute.Type.String()]
		if !ok {
			key = attribute.Type.String()
		}
		if values[key] == nil {
			order = append(order, key)
		}
		values[key] = append(values[key], fmt.Sprint(attribute.Value))
	}
	for _, key := range order {
		var v any = values[key][0]
		if len(values[key]) > 1 {
			v = vm.NewArray(values[key]...)
		}
		gojalib.SetProperty(o, key, v)
	}
	return o
}

func altNames(c *x509.Certificate) string {
	var all []string
	for _, n := range c.DNSNames {
		all = append(all, "DNS:"+n)
	}
	for _, n := range c.EmailAddresses {
		all = append(all, "email:"+n)
	}
	for _, ip := range c.IPAddresses {
		all = append(all, "IP Address:"+ip.String())
	}
	for _, u := range c.URIs {
		all = append(all, "URI:"+u.String())
	}
	return strings.Join(all, ", ")
}

func date(t time.Time) string { return t.UTC().Format("Jan _2 15:04:05 2006 GMT") }

func colons(sum []byte) string {
	parts := make([]string, len(sum))
	for i, b := range sum {
		parts[i] = fmt.Sprintf("%02X", b)
	}
	return strings.Join(parts, ":")
}
