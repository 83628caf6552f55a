// Package jsvm runs rules in goja: the engine for what no other engine compiled,
// and the reference for those that did.
//
// A [Bundle] holds the rules of one pipeline as compiled programs. For each
// pipeline run it makes one new VM, on a goroutine of its own with an event loop
// of its own: the rules of the run share it, so that `global` and helpers on it
// work, and the next run sees nothing of it. Values are copied in and out as
// JSON.parse and JSON.stringify would copy them; nothing of Go is ever reachable
// from a rule but the functions that the contract names.
//
// A run ends at its limits even where goja cannot be stopped: the VM is then
// abandoned, counted, and ends by itself. A VM never crosses runs, so never
// tenants.
//
// The package knows nothing of files, folders and TypeScript: it gets the text of
// expressions and a way to say where a place in them stands in the user's file.
package jsvm
