// Package exprvm runs the expr texts of compiled rules: it compiles them to expr programs and
// computes them for runtime/steps.
//
// What goes in is a program.Rule, what comes out is a steps.Evaluator. A text is parsed by
// expr, then its tree is rewritten so that it means what the same text means in JavaScript,
// checked again by expr, and compiled to expr's byte code with expr's own optimizer off:
//
//	user.app_metadata.plan   one load of a path of the rule; what is no path is get(…)
//	a == b, a < b, a + b     the library's same, less, add
//	x in ["a", "b"]          a lookup in a set made beforehand
//	{"a": 1}, [1, 2]         the library's object, list
//	any(list, # == "a")      expr's loop over the items of an array; what is no array exits
//	1, null, undefined       constants: float64, nil, jsvalue.Undefined
//
// Functions are those of package stdlib and nothing else: expr's own are off, but for the
// six loops that the texts of exprgen use. Operators of expr itself are left only where both
// languages mean the same: !, &&, || and ?: on what is statically a boolean.
//
// A program has no environment of variables. Its environment is the *steps.Frame, and a
// variable is a function of it, called where JavaScript reads the variable: so what a text
// does not reach is not loaded, and reading through null exits in JavaScript's place. A
// function of the library whose one or two arguments are variables and constants takes the
// frame instead of them: one instruction.
//
// Where all of a text is canonical it needs no machine: kernels make a Go function of the frame of
// its tree. They are turned on and off by kind (runtime.FastPaths); a text that holds something
// else, or a kind that is off, is a program as a whole.
package exprvm
