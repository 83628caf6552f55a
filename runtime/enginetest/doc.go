// Package enginetest holds the conformance suite of the contract: cases that every
// engine must pass, kept as data in testdata/patterns (the format is in
// testdata/README.md), and the text form in which outcomes are compared.
//
// The package imports no engine: a test hands over the function that makes a
// pipeline with the engine under test.
package enginetest
