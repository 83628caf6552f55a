// Package benchmarks measures Ferrule against the ways of doing the same by hand.
// It is a module of its own, so that the library requires nothing that only a
// comparison needs. What is timed is tested: cases come from ../testdata.
//
// Command compare runs all contenders side by side: packages cases, hand, peers and timing.
// Here are the older comparisons over all pure patterns, loading, and memory of tenants.
package benchmarks
