package runtime

import (
	"sync"
	"time"
)

// workers are goroutines that run one task after another. A VM needs a deep stack; a
// new goroutine would grow its own at every run, a worker has it already. Workers
// that nobody needs end by themselves.
type workers struct {
	mu      sync.Mutex
	idle    []*worker
	trimmer *time.Timer
	lowest  int // the fewest idle workers since the last trim
	closed  bool
}

// Task is work for a goroutine of the pipeline's.
type Task interface{ Run() }

type taskFunc func()

// Run implements Task.
func (f taskFunc) Run() { f() }

type worker struct {
	tasks chan Task
	group *sync.WaitGroup // told of the end of each task
}

const (
	maxIdleWorkers = 64
	trimInterval   = 2 * time.Second
)

// run hands a task to an idle worker, or to a new one. group counts it already.
func (w *workers) run(task Task, group *sync.WaitGroup) {
	w.mu.Lock()
	if n := len(w.idle); n > 0 {
		next := w.idle[n-1]
		w.idle = w.idle[:n-1]
		w.lowest = min(w.lowest, n-1)
		w.mu.Unlock()
		next.tasks <- task
		return
	}
	w.lowest = 0
	w.mu.Unlock()
	go w.work(&worker{tasks: make(chan Task, 1), group: group}, task)
}

func (w *workers) work(self *worker, task Task) {
	for {
		task.Run()
		self.group.Done()
		if !w.park(self) {
			return
		}
		next, ok := <-self.tasks
		if !ok {
			return
		}
		task = next
	}
}

// park makes a worker idle; it answers false when the worker shall end.
func (w *workers) park(self *worker) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || len(w.idle) >= maxIdleWorkers {
		return false
	}
	w.idle = append(w.idle, self)
	if w.trimmer == nil {
		w.trimmer = time.AfterFunc(trimInterval, w.trim)
	}
	return true
}

// trim ends the workers that were idle for a whole interval.
func (w *workers) trim() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return
	}
	spare := min(w.lowest, len(w.idle))
	for _, idle := range w.idle[:spare] {
		close(idle.tasks)
	}
	w.idle = append([]*worker(nil), w.idle[spare:]...)
	w.lowest = len(w.idle)
	if len(w.idle) == 0 {
		w.trimmer = nil
		return
	}
	w.trimmer = time.AfterFunc(trimInterval, w.trim)
}

// close ends the idle workers; those at work end after their task.
func (w *workers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for _, idle := range w.idle {
		close(idle.tasks)
	}
	w.idle = nil
	if w.trimmer != nil {
		w.trimmer.Stop()
	}
}
