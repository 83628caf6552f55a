package crypto

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// failure is an error that JavaScript sees as Node throws it.
type failure struct {
	kind    string // Error, TypeError or RangeError
	code    string // "" is no code
	message string
	library string // of OpenSSL's errors
	reason  string
}

func (f *failure) Error() string { return f.message }

func failed(kind, code, message string) *failure {
	return &failure{kind: kind, code: code, message: message}
}

// openssl is an error of OpenSSL 3 as Node decorates it. number is the code in hexadecimal digits.
func openssl(number, library, reason string) *failure {
	code := "ERR_OSSL_"
	switch library {
	case "rsa routines", "digital envelope routines", "asn1 encoding routines", "PEM routines", "elliptic curve routines", "common libcrypto routines", "Diffie-Hellman routines":
		code += map[string]string{
			"rsa routines": "RSA_", "digital envelope routines": "EVP_", "asn1 encoding routines": "ASN1_", "PEM routines": "PEM_",
			"elliptic curve routines": "EC_", "common libcrypto routines": "CRYPTO_", "Diffie-Hellman routines": "DH_",
		}[library]
	}
	code += strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(reason))
	return &failure{kind: "Error", code: code, message: "error:" + number + ":" + library + "::" + reason, library: library, reason: reason}
}

func invalidDigest(name string) error {
	if lackingDigests.MatchString(name) {
		return notProvided("the digest " + name)
	}
	return failed("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name)
}

// notProvided is the error of something that Node has and this package lacks.
func notProvided(what string) error {
	return failed("Error", "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", "crypto: "+what+" is not provided")
}

// thrown is an error as JavaScript's object.
func (m *module) thrown(err error) goja.Value {
	f, ok := err.(*failure)
	if !ok {
		f = failed("Error", "ERR_CRYPTO_OPERATION_FAILED", err.Error())
	}
	kind := m.kinds[f.kind]
	e, newErr := m.vm.New(kind, m.vm.ToValue(f.message))
	gojalib.PassOn(newErr)
	for _, property := range [][2]string{{"library", f.library}, {"reason", f.reason}, {"code", f.code}} {
		if property[1] != "" {
			gojalib.SetProperty(e, property[0], property[1])
		}
	}
	return e
}
