//go:build race

package race

// Enabled reports whether the race detector runs: it allocates, and makes pools drop at random
// what is put into them.
const Enabled = true
