package benchmarks

import (
	"syscall"
	"time"
)

// Busy is the time that the process has spent on processors so far, on all its threads.
func Busy() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // no system that this runs on refuses it
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
