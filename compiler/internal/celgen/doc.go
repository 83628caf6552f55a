// Package celgen writes the pure expressions of compiler/ir as CEL text, which
// runtime/celvm compiles.
//
// The texts look like the rule: user.app_metadata.plan == "gold" ? true : truthy(user.admin).
// They are standard CEL with the functions and macros of one library, stdlib/cellib. An operator
// of CEL stands only where it means what JavaScript's does:
//
//	==  !=  between values of which one is known to be a primitive, and of the other's type
//	in      a list of constants
//	!   ?:  of booleans
//	&&  ||  where an error of the left operand is one of the right operand, too
//
// CEL absorbs errors: false && error is false, in either order, and so is exists over items of
// which one is an error and a later one matches. An error here is an exit, and JavaScript would
// have thrown. So a || b is written a ? true : b, and some, every, find, … are macros of the library.
// All numbers are doubles: 1.0.
//
// What goes in is an ir.Expr, what comes out is text, with marks that place its parts in the
// user's file. The package evaluates nothing.
package celgen
