// Package ir is the form in which a rule is compiled: a tree of steps over pure
// expressions, close to what a person would say that the rule does.
//
//	deny if not(user.email_verified) "Please verify your email."
//	set context.idToken["https://example.com/roles"] = user.app_metadata.roles
//	done
//
// What goes in is made by the lowering from JavaScript; what comes out is read by the
// passes (recognize, simplify), by the generators of expr and CEL text, and by explain.
//
// Meaning. Every expression is pure: it reads and never writes. Its value is the one
// that JavaScript's expression has, or it leaves the lowered program ("exits"), because a
// value has a shape that the expression does not cover, or because JavaScript would throw.
// An exit undoes what the rule did; the rule then runs in goja from its start. So an
// expression may be computed earlier or once more than the rule says, as long as its value
// is the same: to exit too often is slow, never wrong.
//
// Values are null, undefined, booleans, numbers (float64), strings (UTF-8 without lone
// surrogates), objects and arrays, by reference as in JavaScript, and the opaque values
// that library functions make (dates, sets, URLs).
//
// Conditions are any expressions: they are judged by ECMA-262 ToBoolean.
//
// Names. A [Local] is a variable of the rule; names are unique in a rule: the lowering
// renames what shadows. All locals are undefined when the rule starts. The roots user and
// context are the parameters of the rule: the objects that it was given, or null.
//
// Text form. [Print] writes a rule, [Read] reads it back; spans are not part of it. Each
// step is a line; what is read from a value follows it without a space, so that arguments
// can be parted by spaces. Names that are words of the form stand in backquotes.
//
// Invariants ([Validate]): names are used inside their rule only, labels only inside their
// block, [Leave] and [Next] name a block or loop around them, item variables are read
// inside their body only, every step and every expression has a span.
//
// Trees are never changed in place: a pass makes a new one, and shares what it left alone.
package ir
