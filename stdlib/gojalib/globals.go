package gojalib

import (
	"time"

	"github.com/dop251/goja"
)

// Env is what the bindings need to know of the pipeline run that they serve. It
// belongs to one VM and is used by the goroutine that runs the VM, by no other.
type Env struct {
	// Now reads the run's clock. It answers the same instant for a whole turn of
	// the event loop; the loop that owns the VM sees to that. Never nil.
	Now func() time.Time
	// Zone is the run's time zone, the one that local Date methods use. Never
	// nil, never the process's zone: the default is time.UTC.
	Zone *time.Location

	depth int    // levels of native recursion, see guards.go
	joins ticker // of lists into texts
	twins *twins // see mended_match.go
}

// Global is one binding of the sandbox's global object.
//
// Build makes the value for a VM. It is called at most once per VM, and only
// when a rule of the bundle may reach the name, so it may be slow where a rule
// pays for what it uses; it must not have effects outside the VM. A binding
// which replaces a built-in of goja (Date) reads that built-in from the VM.
type Global struct {
	Name  string
	Build func(vm *goja.Runtime, env *Env) goja.Value
}

// Method is one property of a built-in that goja lacks or answers differently
// from Node, e.g. Owner "Array.prototype", Name "toSorted". Build makes the
// property's value; it is defined writable, configurable, not enumerable.
type Method struct {
	Owner string // path of the holder from the global object: "Array.prototype", "Object"
	Name  string
	Build func(vm *goja.Runtime, env *Env) goja.Value
}

// Globals lists every binding, in the order of the tables. The slice is new at
// each call.
func Globals() []Global {
	var all []Global
	for _, table := range [][]Global{
		dateGlobals, intlGlobals, urlGlobals, encodingGlobals, cloneGlobals, bufferGlobals, mendedGlobals, errorGlobals, proxyGlobals,
	} {
		all = append(all, table...)
	}
	return all
}

// Methods lists every mended property of a built-in. The slice is new at each call.
func Methods() []Method {
	var all []Method
	for _, table := range [][]Method{localeMethods, mendedMethods, guardMethods, matchMethods} {
		all = append(all, table...)
	}
	return all
}
