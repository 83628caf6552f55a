// Package gojalib binds the built-ins that a rule expects of Node 20 to a goja
// runtime: what goja lacks, and what it answers differently.
//
// [Globals] and [Methods] are tables of lazy bindings. The engine builds a
// binding only when a rule of the bundle may reach its name, before any code of
// the rule runs; so a binding may rely on the built-ins being untouched while it
// is built, and keeps what it needs of them for later. Classes that are classes
// in Node (URL, Buffer, TextDecoder, …) are written in JavaScript over helpers in
// Go: the shell is compiled once per process, evaluated once per VM.
//
// Nothing here reads the process's clock, zone or environment, and no value is
// shared between two VMs. All functions run on the goroutine that runs the VM.
//
// [TranslateMessage] and [TranslateAt] turn the texts of errors that goja itself
// makes into V8's.
//
// testdata/node holds small programs with the answers of Node 20. The test runs
// each of them in goja with all bindings; those that cannot agree are listed in
// testdata/skip.txt at the root of the repository.
package gojalib
