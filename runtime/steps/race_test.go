//go:build race

package steps_test

// raceEnabled: pools drop what is put into them at random.
const raceEnabled = true
