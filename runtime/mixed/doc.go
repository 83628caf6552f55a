// Package mixed is the engine of pipelines whose rules are compiled as far as they can be:
// it runs compiled rules one after the other and hands over to JavaScript for rules that
// are not compiled, and for those that leave by an exit.
//
// What goes in is a runner for each compiled rule and the JavaScript engine of the same
// rules; what comes out is a runtime.Engine. Without a JavaScript engine it is closed: a rule
// that leaves fails the login.
//
// Compiled rules change the caller's objects in place; once JavaScript has run in a run,
// they change copies, because objects there stand for what they were given. Undo makes
// the caller's objects what they were.
//
// Programs are made for one configuration. A run with another one gets runners that were
// specialised for it, remembered for the configurations that were used last.
package mixed
