// Package steps runs compiled rules: the steps of runtime/program, with expressions that
// an engine (exprvm, celvm) computes. It holds the variables, writes to user and context in
// place under a journal that can take every write back, collects console lines and
// warnings, and asks the metadata store.
//
// What goes in is a program.Rule with its [Evaluator] and the state that the rules before
// left; what comes out is how the rule ended, or the exit at which goja has to take over,
// with everything undone but the metadata writes, which are recorded for goja to replay.
package steps
