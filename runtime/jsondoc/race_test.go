//go:build race

package jsondoc

// raceEnabled: pools drop what is put into them at random.
const raceEnabled = true
