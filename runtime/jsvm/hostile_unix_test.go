//go:build unix

package jsvm_test

import "syscall"

// limitMemory makes a process that takes too much memory die by itself, and not
// others with it.
func limitMemory() {
	_ = syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: 6 << 30, Max: 6 << 30})
}
