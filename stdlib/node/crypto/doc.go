// Package crypto is Node's crypto, natively in Go: hashes, ciphers, keys, signatures,
// key derivation and WebCrypto. The classes and the checks of arguments are JavaScript (the
// .js files beside this one), all computing is Go's crypto and golang.org/x/crypto.
//
// Answers, error codes and messages are those of Node 20 with OpenSSL 3, but that ciphers
// which OpenSSL moved to its legacy provider (rc4, des-cbc, blowfish) work: rules of old
// runtimes use them. What is missing throws an error that names it: DSA, Ed448 and X448, curves other than
// NIST's, RSA keys that are to be generated with less than 1024 or more than 4096 bits.
//
// The slow functions (pbkdf2, scrypt, generateKeyPair, bcrypt beside this package) look at
// the context of the run: the forms with callback work on goroutines of a bounded number, the
// forms without stop when the run's time is over, which goja's Interrupt could not do.
package crypto
