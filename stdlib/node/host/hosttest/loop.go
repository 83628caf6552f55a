package hosttest

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// turn runs a task of the loop, then ticks, then promises, as long as there are any: Node's
// order. Promises run when the VM is left, so the task and its ticks are called from inside it.
func (h *Host) turn(task func() error) {
	h.ticks = append([]func() error{task}, h.ticks...)
	for len(h.ticks) > 0 {
		_, err := h.call(goja.Undefined(), h.vm.ToValue(func(goja.FunctionCall) goja.Value {
			for len(h.ticks) > 0 {
				next := h.ticks[0]
				h.ticks = h.ticks[1:]
				if err := next(); err != nil {
					h.faults = append(h.faults, err)
				}
			}
			return goja.Undefined()
		}))
		if err != nil {
			h.faults = append(h.faults, err)
		}
	}
}

// NextTick runs a task after the current one, before promises.
func (h *Host) NextTick(task func() error) {
	under := host.Capture(h.vm)
	h.ticks = append(h.ticks, func() error { return under(task) })
}

// Operation keeps Run waiting until the function that it answers was called.
func (h *Host) Operation() (complete func(then func() error)) {
	h.waiting++
	under := host.Capture(h.vm)
	var once sync.Once
	return func(then func() error) {
		once.Do(func() { h.post(turn{task: func() error { return under(then) }, released: true}) })
	}
}

// After runs a task after a time.
func (h *Host) After(delay time.Duration, repeat, referenced bool, task func() error) (stop func()) {
	delay = max(delay, time.Millisecond)
	under := host.Capture(h.vm)
	var stopped atomic.Bool
	if referenced {
		h.waiting++
	}
	stop = func() {
		if !stopped.Swap(true) && referenced {
			h.waiting--
		}
	}
	var fire func()
	fire = func() {
		h.post(turn{task: func() error {
			if stopped.Load() {
				return nil
			}
			if repeat {
				time.AfterFunc(delay, fire)
			} else {
				stop()
			}
			return under(task)
		}})
	}
	time.AfterFunc(delay, fire)
	return stop
}

func (h *Host) post(next turn) {
	h.mu.Lock()
	h.queue = append(h.queue, next)
	h.mu.Unlock()
	select {
	case h.woken <- struct{}{}:
	default:
	}
}

func (h *Host) take() []turn {
	h.mu.Lock()
	defer h.mu.Unlock()
	queue := h.queue
	h.queue = nil
	return queue
}

func (h *Host) queued() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.queue) > 0
}
