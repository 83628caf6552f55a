// Package rulegen makes rules and logins for tests that compare engines: random
// rules made of the statements that people write, logins changed at the places that
// a rule reads, and the smallest rule and login that still show a difference.
//
// A [Rule] is JavaScript text, the same for the same seed and mode. [Logins] reads a
// rule's text for paths and literals and changes a realistic login there. [Shrink]
// reduces a rule and a login as long as a test of them holds, and [Golden] writes the
// result as a pattern for testdata.
//
// The package runs nothing and knows no engine. What rules do is bounded: loops go over
// lists and small counts, nothing waits, and nothing depends on chance or on
// the real time. Only tests import it.
package rulegen
