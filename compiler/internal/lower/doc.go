// Package lower translates the syntax tree of a rule to compiler/ir, statement by
// statement and expression by expression, with JavaScript's meaning. What it does not
// understand becomes an Exit step with a code and the place: everything before it still
// runs lowered.
//
// Expressions come out pure: what they do besides having a value (assignments, calls that
// change something, inlined functions with statements) is emitted as steps in front, in
// JavaScript's order; values that were computed before such steps are kept in variables.
// An operand that may be left out (behind &&, ||, ??, ?:) and does something becomes an If.
//
// Functions of the rule are inlined where they are called. Functions, errors, the callback,
// modules and JavaScript's own namespaces are static values: the lowering follows them
// through variables that are written once, and exits where one would become data.
//
// What throws in JavaScript exits; so a try block is its body, and only a throw
// statement reaches its catch.
package lower
