// Package jsvalue holds JavaScript's semantics of values as pure Go functions over
// decoded JSON: one function per operation of ECMA-262, used by every engine
// that is not goja and by the JSON reader and writer.
//
// It imports Go's library only, keeps no state and never panics on any value.
package jsvalue
