// Package peers starts what rules talk to, on loopback and for tests only: an HTTP and HTTPS server
// with a Management API, a key set, webhooks and services that misbehave (http.go), and database
// servers that the machine has installed (postgres.go, mariadb.go, redis.go, azurite.go) or that
// scripts/setup.sh has built (mongodb.go). Each listens on a free port, keeps its data in a folder
// of the test and ends with the test. Servers of the tests' own have accept.go and identity.go:
// connections, and certificates.
//
// The packages' test of this folder runs the rules of testdata/modules against them, in Ferrule and
// in Node, and writes docs/modules.md.
package peers
