// Package compiler makes a pipeline's programs from rule texts. Its stages are
// the table in compile.go: parse each rule, compile the bundle for goja.
//
// What goes in are named, ordered texts (package compiler/folder reads them from
// disk); what comes out is an engine and the list of everything there is to say
// about the texts. A rule that does not run may be broken: what is wrong with it
// is then a warning.
package compiler
