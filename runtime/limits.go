package runtime

import (
	"fmt"
	"time"
)

// Limits bound what the rules of one pipeline run may use. The zero value of
// each field is its default.
type Limits struct {
	// Timeout is the time for all rules of a run together. 0 means 20 s, the
	// platform's; MaxTimeout is the largest.
	Timeout time.Duration
	// RuleTimeout is the time for each rule by itself. 0 means that only Timeout counts.
	RuleTimeout time.Duration
	// CallDepth is the depth of JavaScript calls. 0 means 10,000, about Node's.
	CallDepth int
	// HeapBytes is how much the process's heap may grow while the rules of a run
	// hold the processor. 0 means 512 MiB; negative: not watched. The process's
	// heap is measured, not the run's own: see RATIONALE.md.
	HeapBytes int64
	// Timers is the number of timers that may wait at once. 0 means 10,000.
	Timers int
	// ConsoleBytes is the console text that is kept of a run. What comes after it
	// is dropped with a warning. 0 means 1 MiB.
	ConsoleBytes int
	// VMs is how many VMs a pipeline may have at once whose rules require packages: each VM evaluates
	// them, and holds them in memory. More logins wait for one. 0 means 64.
	VMs int
	// Abandoned is the number of runs that may burn on at once because native
	// code of the JavaScript engine could not be stopped at its limit. A full
	// count refuses runs with ErrBusy. 0 means 4.
	Abandoned int
}

// MaxTimeout is the largest time limit of a run. Work inside the engine's regular
// expressions is bounded by a limit of its own, which must be larger.
const MaxTimeout = 5 * time.Minute

// WithDefaults returns l with every default filled in.
func (l Limits) WithDefaults() Limits {
	setDefault(&l.Timeout, 20*time.Second)
	setDefault(&l.CallDepth, 10_000)
	setDefault(&l.HeapBytes, 512<<20)
	setDefault(&l.Timers, 10_000)
	setDefault(&l.ConsoleBytes, 1<<20)
	setDefault(&l.VMs, 64)
	setDefault(&l.Abandoned, 4)
	return l
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Validate names the fields that cannot be used.
func (l Limits) Validate() []error {
	var errs []error
	check := func(bad bool, format string, args ...any) {
		if bad {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	check(l.Timeout < 0, "Limits.Timeout is negative: %v", l.Timeout)
	check(l.Timeout > MaxTimeout, "Limits.Timeout is %v: the largest is %v", l.Timeout, MaxTimeout)
	check(l.RuleTimeout < 0, "Limits.RuleTimeout is negative: %v", l.RuleTimeout)
	check(l.CallDepth < 0, "Limits.CallDepth is negative: %d", l.CallDepth)
	check(l.CallDepth > 100_000, "Limits.CallDepth is %d: the largest is 100000", l.CallDepth)
	check(l.Timers < 0, "Limits.Timers is negative: %d", l.Timers)
	check(l.ConsoleBytes < 0, "Limits.ConsoleBytes is negative: %d", l.ConsoleBytes)
	check(l.VMs < 0, "Limits.VMs is negative: %d", l.VMs)
	check(l.Abandoned < 0, "Limits.Abandoned is negative: %d", l.Abandoned)
	return errs
}
