package jsvm

import (
	goruntime "runtime"
	"sync/atomic"
)

// gate keeps an abandoned VM away from the input. A VM that native code holds up cannot be
// stopped, and the run answers without it; the input's owner may then change it.
//
// Reading is bracketed by enter and leave, on the loop's goroutine only; brackets do not nest.
type gate struct {
	reading atomic.Bool
	closed  atomic.Bool
}

// gone stops a VM that wants to read the input after its gate was closed. Nothing in the VM
// can catch it.
type gone struct{}

func (g *gate) enter() {
	g.reading.Store(true)
	if g.closed.Load() {
		g.reading.Store(false)
		panic(gone{})
	}
}

func (g *gate) leave() { g.reading.Store(false) }

// close lets nobody in any more, and waits for who is inside.
func (g *gate) close() {
	g.closed.Store(true)
	for g.reading.Load() {
		goruntime.Gosched()
	}
}
