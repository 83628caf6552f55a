// Package exprgen writes the pure expressions of compiler/ir as expr text, which
// runtime/exprvm compiles.
//
// The texts look like the rule: user.app_metadata.plan == "gold" && !truthy(user.blocked).
// Their operators have JavaScript's meaning, which exprvm gives them: == is ===, + < <= > >=
// - * / % and [] are the library's functions add, less and so on, numbers are float64,
// null and undefined two values. &&, ||, ! and the condition of ?: take booleans only. any,
// all, find, findIndex, filter and map are JavaScript's array methods.
//
// What goes in is an ir.Expr, what comes out is text, with marks that place its parts in the
// user's file. The package evaluates nothing.
package exprgen
