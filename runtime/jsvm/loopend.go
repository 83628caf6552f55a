package jsvm

import (
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// end says that no further rule comes. What is left goes on until the run's
// deadline and is watched meanwhile.
func (l *loop) end() {
	l.mu.Lock()
	told, over := l.ended, l.over
	l.ended = true
	l.mu.Unlock()
	if over {
		return
	}
	if !told {
		l.signal()
	}
	if l.stopped.Load() == nil && !l.quiet.Load() {
		l.run.Go(l.guard)
	}
}

// guard watches a loop that goes on after its run has answered.
func (l *loop) guard() {
	heap := heapWatch{limit: l.run.Limits.HeapBytes}
	timer := time.NewTimer(heapInterval)
	defer timer.Stop()
	finished := l.whenOver()
	for {
		select {
		case <-finished:
			return
		case <-timer.C:
			rest := time.Until(l.run.Until())
			var cause *stopCause
			if heap.suspects(l) {
				cause = heap.judge()
			}
			if rest <= 0 {
				cause = &stopCause{kind: runtime.KindTimeout, text: "the time of the run was over"}
			}
			if cause != nil {
				l.run.Warn("", runtime.WarnStoppedLate, "work after the callback was stopped: "+cause.text)
				l.interrupt(cause)
				l.awaitEnd()
				return
			}
			timer.Reset(min(heapInterval, rest))
		}
	}
}

// interrupt stops the VM as soon as goja lets itself be stopped.
func (l *loop) interrupt(cause *stopCause) {
	if l.stopped.CompareAndSwap(nil, cause) {
		l.mu.Lock()
		if l.machine != nil && !l.returned { // it may serve another loop by now
			l.vm.Interrupt(cause)
		}
		if l.halted != nil {
			close(l.halted)
		}
		l.mu.Unlock()
	}
	l.signal()
}

// whenHalted is closed when the loop is stopped.
func (l *loop) whenHalted() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.halted == nil {
		l.halted = make(chan struct{})
		if l.stopped.Load() != nil {
			close(l.halted)
		}
	}
	return l.halted
}

// awaitEnd waits for the loop to end for the time of grace; then the VM is abandoned.
func (l *loop) awaitEnd() {
	timer := time.NewTimer(grace)
	defer timer.Stop()
	finished := l.whenOver()
	select {
	case <-finished:
	case <-timer.C:
		l.gate.close()
		ended := l.run.Abandon()
		go func() {
			<-finished
			ended()
		}()
	}
}
