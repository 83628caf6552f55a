// Package celvm computes the expressions of compiled rules with CEL: it compiles their CEL
// texts (compiler/internal/celgen wrote them) and is a steps.Evaluator.
//
// What goes in is a program.Rule; what comes out are values, or exits with their places in
// the user's file. The texts are CEL with the library of stdlib/cellib; a path as
// user.app_metadata.plan or user["https://example.com/plan"] is one variable, which is read
// from the run's frame when the expression comes to it.
//
// The texts are parsed and planned by CEL. The planner's decorator puts nodes in the place of
// CEL's own for variables, calls of the library, literals, ==, in and ?: that mean the same
// and hand Go values to each other as they are, without CEL values in between.
//
// CEL's optimizer is off: it folds what may exit. There is no cost limit at run time, because
// a text's loops are bounded by the input; [EstimateCost] tells what a rule may cost.
package celvm
