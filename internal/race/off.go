//go:build !race

// Package race says to tests whether the race detector runs.
package race

// Enabled reports whether the race detector runs: it allocates, and makes pools drop at random
// what is put into them.
const Enabled = false
