package crypto

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"strings"
)

var certificateNatives = map[string]native{
	// certificate(bytes) reads PEM or DER.
	"certificate": func(_ *module, a args) (any, error) {
		der := a.bytes(0)
		for block, rest := pem.Decode(der); block != nil; block, rest = pem.Decode(rest) {
			if strings.HasSuffix(block.Type, "CERTIFICATE") {
				der = block.Bytes
				break
			}
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, openssl("0480006C", "PEM routines", "no start line")
		}
		return c, nil
	},
	"certificateInfo": func(_ *module, a args) (any, error) { return describeCertificate(handle[*x509.Certificate](a, 0)), nil },
	"certificateKey": func(_ *module, a args) (any, error) {
		return parseDER(handle[*x509.Certificate](a, 0).RawSubjectPublicKeyInfo, false, "spki")
	},
	// certificateVerify(certificate, key) checks its signature.
	"certificateVerify": func(_ *module, a args) (any, error) {
		c, k := handle[*x509.Certificate](a, 0), handle[*key](a, 1)
		issuer := &x509.Certificate{PublicKey: k.public}
		return issuer.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil, nil
	},
	// certificateIssued(certificate, issuer) compares names and key identifiers, and asks what the issuer's key is for.
	"certificateIssued": func(_ *module, a args) (any, error) {
		c, by := handle[*x509.Certificate](a, 0), handle[*x509.Certificate](a, 1)
		named := bytes.Equal(c.RawIssuer, by.RawSubject)
		return named && signs(by) && (len(c.AuthorityKeyId) == 0 || len(by.SubjectKeyId) == 0 || bytes.Equal(c.AuthorityKeyId, by.SubjectKeyId)), nil
	},
	// addressBytes(text) are those of an IP address; undefined when it is none.
	"addressBytes": func(_ *module, a args) (any, error) {
		ip := net.ParseIP(a.text(0))
		if four := ip.To4(); four != nil {
			ip = four
		}
		if ip == nil {
			return nil, nil
		}
		return []byte(ip), nil
	},
}

// signs reports whether a certificate's usages leave its key for certificates; without usages any will do.
func signs(c *x509.Certificate) bool { return c.KeyUsage == 0 || c.KeyUsage&x509.KeyUsageCertSign != 0 }

func describeCertificate(c *x509.Certificate) []member {
	one, two, five := sha1.Sum(c.Raw), sha256.Sum256(c.Raw), sha512.Sum512(c.Raw)
	const date = "Jan _2 15:04:05 2006 GMT"
	var out []member
	add := func(name string, value any) { out = append(out, member{name, value}) }
	add("subject", nameText(c.RawSubject))
	add("issuer", nameText(c.RawIssuer))
	add("subjectParts", nameParts(c.RawSubject))
	add("issuerParts", nameParts(c.RawIssuer))
	for _, extension := range c.Extensions {
		switch {
		case extension.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 17}):
			names := generalNames(extension.Value)
			texts := make([]string, len(names))
			for i, n := range names {
				texts[i] = n.text()
			}
			add("subjectAltName", strings.Join(texts, ", "))
			for _, kind := range []struct {
				name string
				tag  int
			}{{"hosts", 2}, {"mails", 1}} {
				found := []string{}
				for _, n := range names {
					if n.tag == kind.tag {
						found = append(found, string(n.value))
					}
				}
				add(kind.name, found)
			}
			addresses := [][]byte{}
			for _, n := range names {
				if n.tag == 7 {
					addresses = append(addresses, n.value)
				}
			}
			add("addresses", addresses)
		case extension.Id.Equal(asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}):
			add("infoAccess", accessText(extension.Value))
		case extension.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, 37}):
			var uses []asn1.ObjectIdentifier
			if _, err := asn1.Unmarshal(extension.Value, &uses); err == nil {
				texts := make([]string, len(uses))
				for i, u := range uses {
					texts[i] = u.String()
				}
				add("keyUsage", texts)
			}
		}
	}
	add("validFrom", c.NotBefore.UTC().Format(date))
	add("validTo", c.NotAfter.UTC().Format(date))
	add("fingerprint", colons(one[:]))
	add("fingerprint256", colons(two[:]))
	add("fingerprint512", colons(five[:]))
	add("serialNumber", fmt.Sprintf("%X", c.SerialNumber.Bytes()))
	add("ca", c.IsCA && signs(c))
	add("raw", bytes.Clone(c.Raw))
	add("key", c.RawSubjectPublicKeyInfo)
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		add("modulus", fmt.Sprintf("%X", k.N))
		add("bits", k.N.BitLen())
		add("exponent", fmt.Sprintf("0x%x", k.E))
	case *ecdsa.PublicKey:
		add("bits", k.Curve.Params().N.BitLen())
		add("asn1Curve", opensslCurves[k.Curve.Params().Name])
		add("nistCurve", k.Curve.Params().Name)
		if point, err := k.Bytes(); err == nil {
			add("point", point)
		}
	}
	return out
}

func colons(b []byte) string {
	texts := make([]string, len(b))
	for i, c := range b {
		texts[i] = fmt.Sprintf("%02X", c)
	}
	return strings.Join(texts, ":")
}

// attributes are OpenSSL's short names.
var attributes = map[string]string{
	"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street", "2.5.4.10": "O", "2.5.4.11": "OU",
	"2.5.4.12": "title", "2.5.4.13": "description", "2.5.4.15": "businessCategory", "2.5.4.17": "postalCode", "2.5.4.41": "name", "2.5.4.42": "GN", "2.5.4.43": "initials",
	"2.5.4.46": "dnQualifier", "2.5.4.97": "organizationIdentifier", "1.2.840.113549.1.9.1": "emailAddress", "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
	"1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST", "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
}

func attributeName(oid asn1.ObjectIdentifier) string {
	if name, ok := attributes[oid.String()]; ok {
		return name
	}
	return oid.String()
}

func nameText(raw []byte) any {
	var sequence pkix.RDNSequence
	if _, err := asn1.Unmarshal(raw, &sequence); err != nil || len(sequence) == 0 {
		return nil
	}
	lines := make([]string, len(sequence))
	for i, set := range sequence {
		parts := make([]string, len(set))
		for j, a := range set {
			parts[j] = attributeName(a.Type) + "=" + escaped(fmt.Sprint(a.Value))
		}
		lines[i] = strings.Join(parts, " + ")
	}
	return strings.Join(lines, "\n")
}

// nameParts are names and values, one after the other.
func nameParts(raw []byte) []string {
	var sequence pkix.RDNSequence
	if _, err := asn1.Unmarshal(raw, &sequence); err != nil {
		return nil
	}
	var parts []string
	for _, set := range sequence {
		for _, a := range set {
			parts = append(parts, attributeName(a.Type), fmt.Sprint(a.Value))
		}
	}
	return parts
}

// escaped is a value as RFC 2253 writes it.
func escaped(value string) string {
	var b strings.Builder
	for i, r := range value {
		switch {
		case strings.ContainsRune(`,+"\<>;`, r), i == 0 && (r == '#' || r == ' '), i == len(value)-1 && r == ' ':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x20 || r == 0x7F:
			fmt.Fprintf(&b, `\%02X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// generalName is one of X.509's GeneralNames.
type generalName struct {
	tag   int
	value []byte
}

func generalNames(der []byte) []generalName {
	var all []asn1.RawValue
	if _, err := asn1.Unmarshal(der, &all); err != nil {
		return nil
	}
	names := make([]generalName, len(all))
	for i, v := range all {
		names[i] = generalName{v.Tag, v.Bytes}
	}
	return names
}

func (n generalName) text() string {
	plain := func(label string) string {
		value := string(n.value)
		if strings.ContainsAny(value, ",\"'\\ ") || strings.ContainsFunc(value, func(r rune) bool { return r < 0x20 || r == 0x7F }) {
			quoted, _ := json.Marshal(value)
			value = string(quoted)
		}
		return label + ":" + value
	}
	switch n.tag {
	case 1:
		return plain("email")
	case 2:
		return plain("DNS")
	case 4:
		return "DirName:" + strings.ReplaceAll(fmt.Sprint(nameText(n.value)), "\n", "/")
	case 6:
		return plain("URI")
	case 7:
		if len(n.value) == net.IPv4len {
			return "IP Address:" + net.IP(n.value).String()
		}
		if len(n.value) != net.IPv6len {
			return "IP Address:<invalid>"
		}
		groups := make([]string, net.IPv6len/2)
		for i := range groups {
			groups[i] = fmt.Sprintf("%X", int(n.value[2*i])<<8|int(n.value[2*i+1]))
		}
		return "IP Address:" + strings.Join(groups, ":")
	case 8:
		return "Registered ID:" + objectID(n.value)
	default:
		return "othername:<unsupported>"
	}
}

func objectID(content []byte) string {
	var oid asn1.ObjectIdentifier
	if _, err := asn1.Unmarshal(append([]byte{asn1.TagOID, byte(len(content))}, content...), &oid); err != nil {
		return "<invalid>"
	}
	return oid.String()
}

// accessText is the authority's information access, a line each.
func accessText(der []byte) string {
	var all []struct {
		Method   asn1.ObjectIdentifier
		Location asn1.RawValue
	}
	if _, err := asn1.Unmarshal(der, &all); err != nil {
		return ""
	}
	lines := make([]string, len(all))
	for i, d := range all {
		method := map[string]string{"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "CA Issuers"}[d.Method.String()]
		if method == "" {
			method = d.Method.String()
		}
		lines[i] = method + " - " + generalName{d.Location.Tag, d.Location.Bytes}.text()
	}
	return strings.Join(lines, "\n")
}
