//go:build race

package mixed_test

// raceEnabled: pools drop what is put into them at random.
const raceEnabled = true
