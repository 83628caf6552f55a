package gojalib

import (
	"runtime"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
)

// TestChainsKeepNothing: what nobody holds any more is forgotten.
func TestChainsKeepNothing(t *testing.T) {
	c, vm := newChains(), goja.New()
	kept := vm.NewObject()
	c.put(kept, 2)
	for range 1000 {
		c.put(vm.NewObject(), 1)
	}
	assert.Equal(t, 2, c.of(kept))
	assert.Equal(t, 0, c.of(vm.NewObject()))
	size := func() int { c.mu.Lock(); defer c.mu.Unlock(); return len(c.links) }
	for range 500 { // cleanups run on their own goroutine
		runtime.GC()
		if size() < 100 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	assert.Less(t, size(), 100)
	assert.Equal(t, 2, c.of(kept))
	runtime.KeepAlive(kept)
}
