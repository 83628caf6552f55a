// Package stdlib is JavaScript's library as pure Go functions over the values of
// stdlib/jsvalue: what texts of expr and CEL call. Each function has the meaning of one
// ECMA-262 operation, or answers an error that is a *jsvalue.Exit where its arguments are
// not of the shape that it covers, or where JavaScript would throw.
//
// Functions never write to their arguments and keep none of them, but for the values
// inside what they answer. They are safe for concurrent use. What a function needs of the
// run (clock, zone, key order) it gets as its last argument, a *jsvalue.Run.
//
// The registry ([Lookup], [All]) lists them by the name that they have in the texts.
package stdlib
