// Package benchmarks measures Ferrule against the ways of doing the same by hand.
// It is a module of its own, so that the library requires nothing that only a
// comparison needs. What is timed is tested: cases come from ../testdata.
package benchmarks
