// Package cellib is the CEL library of Ferrule's rules: what CEL texts that were made of
// rules need beside standard CEL, here and in any other program that runs CEL with cel-go.
//
//	env, _ := cel.NewEnv(cellib.Lib(), cel.Variable("user", cel.DynType), cel.Variable("context", cel.DynType))
//	checked, _ := env.Compile(`user.app_metadata.plan == "gold" ? true : user.groups.some(g, g == "admin")`)
//	program, _ := env.Program(checked)
//	value, _, err := program.Eval(map[string]any{"user": cellib.Value(user), "context": cellib.Value(context)})
//	native, err := cellib.Native(value)
//
// # Variables
//
//	user, context  the rule's parameters, as [Value] makes them of decoded JSON: a property that
//	               is absent is undefined, one of null or undefined is an error
//	run            a *jsvalue.Run, which some functions take last: the clock, the time zone and the
//	               order of keys
//	undefined      JavaScript's undefined, a constant
//	others         the rule's own variables, undefined at first
//
// # Functions
//
// All functions of package stdlib under their names, with the run last where they need it:
// truthy(x), get(o, k), same(a, b), toLowerCase(s), keys(o, run), …; regexp(source, flags) makes what
// the functions on regular expressions take. Arguments are dyn. An argument that is optional in
// JavaScript may be left out.
//
// # Macros
//
//	list.some(x, p)       true when p holds for an item
//	list.every(x, p)      true when it holds for all
//	list.find(x, p)       the first item for which it does, else undefined
//	list.findIndex(x, p)  its index, else -1.0
//	list.filter(x, p)     a list of those items
//	list.map(x, f)        a list of what f is for each
//	cel.bind(x, v, e)     e with the value v as x, as in CEL's extension of that name
//
// The first six also take a second variable, the index: list.some(x, i, p). They go through
// lists only, in order, and stop where the answer is known or an item is an error: CEL's exists
// would go on, and forget the error when a later item matches.
//
// # Values
//
//	JavaScript               CEL
//	null                     null
//	booleans, strings        bool, string
//	numbers                  double, never int
//	undefined                a type of its own; equal to itself
//	objects, arrays, dates,  types of their own, which hold the Go value as it is; equal when
//	sets, URLs, …            they are the same, as with ===
//	what would throw, or     an error that holds an *jsvalue.Exit; no function takes it as a
//	is not covered           value, and the texts use CEL's operators only where none absorbs it
//
// Objects and lists that a text writes as CEL literals are CEL's own maps and lists when
// cel-go runs it; a map forgets the order in which its keys were written. Package celvm
// keeps it.
//
// What the functions mean is said in package stdlib; this package converts values and binds.
package cellib
