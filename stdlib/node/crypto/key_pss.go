package crypto

import (
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// pssLimits is what a key of type rsa-pss says of its signatures; hash is "" when it says nothing.
type pssLimits struct {
	hash, mgf string
	salt      int
}

var (
	oidPSS = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidMGF = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
)

var digestOIDs = map[string]asn1.ObjectIdentifier{
	"sha1": {1, 3, 14, 3, 2, 26}, "sha224": {2, 16, 840, 1, 101, 3, 4, 2, 4}, "sha256": {2, 16, 840, 1, 101, 3, 4, 2, 1},
	"sha384": {2, 16, 840, 1, 101, 3, 4, 2, 2}, "sha512": {2, 16, 840, 1, 101, 3, 4, 2, 3},
	"sha512-224": {2, 16, 840, 1, 101, 3, 4, 2, 5}, "sha512-256": {2, 16, 840, 1, 101, 3, 4, 2, 6}, "md5": {1, 2, 840, 113549, 2, 5}, "ripemd160": {1, 3, 36, 3, 2, 1},
	"sha3-224": {2, 16, 840, 1, 101, 3, 4, 2, 7}, "sha3-256": {2, 16, 840, 1, 101, 3, 4, 2, 8}, "sha3-384": {2, 16, 840, 1, 101, 3, 4, 2, 9}, "sha3-512": {2, 16, 840, 1, 101, 3, 4, 2, 10},
}

// pssParameters is RSASSA-PSS-params of RFC 8017.
type pssParameters struct {
	Hash    pkix.AlgorithmIdentifier `asn1:"explicit,tag:0,optional"`
	MGF     pkix.AlgorithmIdentifier `asn1:"explicit,tag:1,optional"`
	Salt    int                      `asn1:"explicit,tag:2,optional,default:20"`
	Trailer int                      `asn1:"explicit,tag:3,optional,default:1"`
}

func (p *pssLimits) algorithm() pkix.AlgorithmIdentifier {
	a := pkix.AlgorithmIdentifier{Algorithm: oidPSS}
	if p.hash == "" {
		return a
	}
	parameters := pssParameters{Salt: p.salt, Trailer: 1}
	if p.hash != "sha1" {
		parameters.Hash = pkix.AlgorithmIdentifier{Algorithm: digestOIDs[p.hash], Parameters: asn1.NullRawValue}
	}
	if p.mgf != "sha1" {
		inner, err := asn1.Marshal(pkix.AlgorithmIdentifier{Algorithm: digestOIDs[p.mgf], Parameters: asn1.NullRawValue})
		gojalib.PassOn(err)
		parameters.MGF = pkix.AlgorithmIdentifier{Algorithm: oidMGF, Parameters: asn1.RawValue{FullBytes: inner}}
	}
	der, err := asn1.Marshal(parameters)
	gojalib.PassOn(err)
	a.Parameters = asn1.RawValue{FullBytes: der}
	return a
}

func digestName(a pkix.AlgorithmIdentifier) string {
	for name, oid := range digestOIDs {
		if oid.Equal(a.Algorithm) {
			return name
		}
	}
	return "sha1" // which is left out
}

// parsePSS answers nil for anything but a key of type rsa-pss.
func parsePSS(der []byte) *key {
	var public publicInfo
	var private privateInfo
	k := &key{pss: &pssLimits{}}
	algorithm := &public.Algorithm
	if _, err := asn1.Unmarshal(der, &public); err == nil && public.Algorithm.Algorithm.Equal(oidPSS) {
		p, err := x509.ParsePKCS1PublicKey(public.Key.Bytes)
		if err != nil {
			return nil
		}
		k.public = p
	} else if _, err := asn1.Unmarshal(der, &private); err == nil && private.Algorithm.Algorithm.Equal(oidPSS) {
		p, err := x509.ParsePKCS1PrivateKey(private.Key)
		if err != nil {
			return nil
		}
		k.private, k.public, algorithm = p, &p.PublicKey, &private.Algorithm
	} else {
		return nil
	}
	var parameters pssParameters
	if len(algorithm.Parameters.FullBytes) > 2 {
		if _, err := asn1.Unmarshal(algorithm.Parameters.FullBytes, &parameters); err != nil {
			return nil
		}
		var mgf pkix.AlgorithmIdentifier
		if _, err := asn1.Unmarshal(parameters.MGF.Parameters.FullBytes, &mgf); err != nil {
			mgf = pkix.AlgorithmIdentifier{}
		}
		*k.pss = pssLimits{hash: digestName(parameters.Hash), mgf: digestName(mgf), salt: parameters.Salt}
	}
	return k
}

// judge refuses a signature that a key of type rsa-pss does not allow.
func (p *pssLimits) judge(d *digest, padding int, o *rsa.PSSOptions) error {
	switch {
	case p == nil:
		return nil
	case padding != 0 && padding != paddingPSS:
		return openssl("1C8000A5", "Provider routines", "illegal or unsupported padding mode")
	case p.hash == "":
		return nil
	case p.hash != d.name:
		return openssl("1C8000AE", "Provider routines", "digest not allowed")
	case p.mgf != p.hash:
		return notProvided("an RSA-PSS signature with two digests")
	case o.SaltLength >= 0 && o.SaltLength < p.salt:
		return openssl("1C8000AC", "Provider routines", "pss saltlen too small")
	}
	return nil
}

// info is the DigestInfo of PKCS #1.
func (d *digest) info(sum []byte) ([]byte, error) {
	if d.name == "md5-sha1" {
		return sum, nil
	}
	oid, ok := digestOIDs[d.name]
	if !ok {
		return nil, notProvided("an RSA signature with " + d.name)
	}
	return asn1.Marshal(struct {
		Algorithm pkix.AlgorithmIdentifier
		Sum       []byte
	}{pkix.AlgorithmIdentifier{Algorithm: oid, Parameters: asn1.NullRawValue}, sum})
}
