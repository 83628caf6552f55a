// Package saved is the file of a compiled pipeline: what the compiler writes ahead of time
// and runtime/load reads, so that a service that runs rules needs no compiler.
//
// A file begins with a line for people and programs alike:
//
//	ferrule-pipeline 1 <bytes of the body> <SHA-256 of the body, hex>
//
// 1 is the version of the format. Behind it stands the body: JSON of a [Pipeline],
// compressed by gzip. The same pipeline gives the same bytes.
//
// What goes in is checked as far as the format goes: the line, the checksum, the sizes, the
// members of the JSON. Whether the programs in it can run is for the engines to check,
// who know. A file is code, like the rules it was made of: the checksum finds damage, and
// says nothing of who wrote it.
package saved
