package host

import "github.com/dop251/goja"

// Stores is what AsyncLocalStorage knows of a VM: which stores stand at the moment, as one value
// that is never changed but replaced. They follow promises, and what is begun through [Capture].
type Stores struct{ current goja.Value }

// TrackStores begins to follow the stores of a VM. It answers the same for each call.
func TrackStores(vm *goja.Runtime) *Stores {
	t := tableOf(vm)
	if t.stores == nil {
		t.stores = &Stores{}
		vm.SetAsyncContextTracker(t.stores)
	}
	return t.stores
}

// Current is undefined while no store stands.
func (s *Stores) Current() goja.Value {
	if s.current == nil {
		return goja.Undefined()
	}
	return s.current
}

// Set replaces the stores.
func (s *Stores) Set(current goja.Value) { s.current = current }

// Grab implements goja.AsyncContextTracker.
func (s *Stores) Grab() any { return s.current }

// Resumed implements goja.AsyncContextTracker.
func (s *Stores) Resumed(grabbed any) { s.current, _ = grabbed.(goja.Value) }

// Exited implements goja.AsyncContextTracker.
func (s *Stores) Exited() { s.current = nil }

// Capture answers a function that runs a task under the stores that stand now. An event loop
// calls it when work is begun: a timer is set, a tick asked for, an operation announced.
func Capture(vm *goja.Runtime) func(task func() error) error {
	t := madeTable(vm)
	if t == nil || t.stores == nil {
		return plainly
	}
	s := t.stores
	captured := s.current
	return func(task func() error) error {
		before := s.current
		s.current = captured
		defer func() { s.current = before }()
		return task()
	}
}

func plainly(task func() error) error { return task() }
