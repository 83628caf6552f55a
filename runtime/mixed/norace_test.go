//go:build !race

package mixed_test

const raceEnabled = false
