// Package runtime is the contract between a login and its rules, whatever runs them: what
// a rule is given, what its answer means, and what becomes of it.
//
// A [Chain] runs the rules of one pipeline on an [Engine]: goja (runtime/jsvm), or compiled
// rules with goja behind them (runtime/mixed). What goes in is an [Input]; what comes out
// is an [Outcome]: allowed, denied, failed or redirect, with what a caller needs to go on,
// the tokens, the request for a further factor, the state of a login that waits, the
// answer to the application. An engine sees a [Run]: limits, clock, configuration, store, and the
// record of what is observed.
//
// The package runs no rule by itself and imports no engine. The caller's objects are changed
// when a run has succeeded, and are as they were otherwise. A Chain is immutable and safe for
// concurrent use.
package runtime
