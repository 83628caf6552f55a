// Package compiler makes a pipeline's programs from rule texts. Its stages are the table
// in compile.go:
//
//	parse    the text of each rule, to a syntax tree and to the code that goja runs
//	bundle   the code of all rules, for goja
//	hazards  from which rule on JavaScript's own objects may be changed
//	lower    syntax trees to compiler/ir, in its smallest form
//	emit     that to runtime/program: steps, with their texts for expr and CEL
//	refuse   what would need JavaScript, where none may run
//	link     the texts of the chosen engine, and all together the pipeline's engine
//
// What goes in are named, ordered texts (package compiler/folder reads them from disk) and
// the configuration, which is folded into the programs; what comes out is an engine and
// the list of everything there is to say about the texts. A rule that does not run may be
// broken: what is wrong with it is then a warning.
//
// [Explain] says in words what was understood of the rules, [Save] writes what
// runtime/load reads. The package runs no rule.
package compiler
