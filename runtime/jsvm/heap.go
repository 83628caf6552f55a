package jsvm

import (
	"fmt"
	goruntime "runtime"
	"runtime/metrics"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// heapInterval is how often a run that is still going is looked after.
const heapInterval = 10 * time.Millisecond

// heldEnough is for how long a run must have had the processor before the growth of the heap can be its own.
const heldEnough = 5 * heapInterval

// heapWatch watches the heap while a rule holds the processor. goja cannot count
// what one VM holds, so the process's heap is measured: a run is stopped when the
// heap grew by more than the limit since the watch began, the growth outlives a
// collection, and the run has a part in it: its VM is in the middle of a turn that has lasted for
// at least one interval, or its turns and its native work have taken some of them together.
type heapWatch struct {
	limit     int64
	base      uint64
	collected time.Time
}

// suspects reports whether the heap has grown too much, and maybe by the run.
func (h *heapWatch) suspects(l *loop) bool {
	if h.limit < 0 {
		return false
	}
	now := heapMetric(heapObjects)
	if h.base == 0 || now < h.base {
		h.base = now // less garbage of others than there was
		return false
	}
	return now >= h.base+uint64(h.limit) && time.Since(h.collected) >= 20*heapInterval && (l.inTurnFor(heapInterval) || l.held() >= heldEnough)
}

// judge collects, and says why the run must be stopped when that does not help.
func (h *heapWatch) judge() *stopCause {
	goruntime.GC()
	h.collected = time.Now()
	if live := heapMetric(heapLive); live < h.base+uint64(h.limit) {
		return nil
	}
	return &stopCause{kind: runtime.KindLimit, text: fmt.Sprintf("the rules made the heap grow by more than %d MiB", h.limit>>20)}
}

const (
	heapObjects = "/memory/classes/heap/objects:bytes"
	heapLive    = "/gc/heap/live:bytes"
)

func heapMetric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
