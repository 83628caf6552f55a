package crypto

import "regexp"

// What OpenSSL has under names that nothing here answers to: an error names it rather than to say
// that it does not exist.
var (
	lackingCiphers = regexp.MustCompile(`^(?i:(aria|camellia|sm4).*|(aes-\d+|des-ede3)-(cfb1|ocb|xts|cbc-hmac-sha\d+)|des3-wrap|(id-)?aes\d+-wrap-pad|id-smime-alg-CMS3DESwrap|(seed|idea|rc2).*)$`)
	lackingDigests = regexp.MustCompile(`^(?i:(rsa-)?sm3(withrsaencryption)?|md4|whirlpool|mdc2)$`)
	lackingCurves  = regexp.MustCompile(`^((secp|sect|prime|brainpoolP|c2pnb|c2tnb)\d+[a-z]+\d+|Oakley-EC2N-[34]|SM2|wap-wsg-idm-ecid-wtls\d+)$`)
)

func unknownCipher(name string) error {
	if lackingCiphers.MatchString(name) {
		return notProvided("the cipher " + name)
	}
	return failed("Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
}

func unknownCurve(name string) error {
	if lackingCurves.MatchString(name) {
		return notProvided("the curve " + name)
	}
	return errCurve
}
