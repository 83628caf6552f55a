// Package inspect prints JavaScript values as Node 20 does: [Format] is
// util.format (what console.log prints) and [Inspect] is util.inspect.
//
// In goes a [Value], a small view on a JavaScript value. Two kinds of values
// exist: decoded JSON ([FromJSON]), and the values of an engine, which the
// engine's binding adapts through [Object] (stdlib/gojalib does it for goja).
// Out comes text, without a line end. Both print the same data the same way, so
// a lowered rule and its goja form log the same lines.
//
// The package never calls an accessor or a proxy trap, except where Node does;
// which call may run user code is said on each method of Object. It holds no
// state: all functions may be used from many goroutines, on values that nobody
// changes meanwhile.
//
// Output is bounded. At most [Options.MaxOutputBytes] bytes leave a call, what
// follows is replaced by [CutMarker]; values nested deeper than 500 levels are
// cut as Node cuts them when its stack is full. No input makes the package
// panic; a panic of an Object's method passes through, since this is how an
// engine's exceptions travel (an inspect hook that throws makes console.log
// throw in Node, too).
//
// Strings are UTF-8 that may hold lone surrogates in the three byte form of
// WTF-8: lengths, quotes and escapes count UTF-16 units as JavaScript does.
// Results are valid UTF-8, lone surrogates are U+FFFD there, as on Node's
// standard output.
//
// Not supported: colours, and the comparator form of the option "sorted".
package inspect
