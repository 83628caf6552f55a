// Package program is the engine-neutral form of a compiled rule, as it is saved and loaded:
// steps over numbered expressions, each expression's text for expr and for CEL, and the
// places in the user's file.
//
// What goes in is made by the compiler from compiler/ir; what comes out is run by
// runtime/steps with an engine that has compiled the texts. The package runs nothing.
//
// Texts read paths by their dotted name (user.app_metadata.plan) as one variable each, and
// locals by theirs. The library's functions are those of package stdlib; the variable run
// is the *jsvalue.Run.
package program
