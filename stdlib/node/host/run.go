package host

import "github.com/dop251/goja"

// OfRun is something that a module keeps for a run: what a run changes of it is gone with the run.
type OfRun[T any] struct {
	build func() T
	value T
	made  bool
}

// NewOfRun makes room for one thing of each run of a VM. Build makes it when a run asks for it
// first. A module calls NewOfRun when it is built itself.
func NewOfRun[T any](h Host, build func() T) *OfRun[T] {
	o := &OfRun[T]{build: build}
	t := tableOf(h.VM())
	t.resets = append(t.resets, func() { *o = OfRun[T]{build: build} })
	return o
}

// Get answers the current run's.
func (o *OfRun[T]) Get() T {
	if !o.made {
		o.value, o.made = o.build(), true
	}
	return o.value
}

// EndRun forgets what modules keep of a run. Who lends a VM to several runs calls it between
// two.
func EndRun(vm *goja.Runtime) {
	t := madeTable(vm)
	if t == nil {
		return
	}
	for _, reset := range t.resets {
		reset()
	}
	if t.stores != nil {
		t.stores.current = nil
	}
}
