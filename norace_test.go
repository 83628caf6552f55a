//go:build !race

package ferrule_test

const raceEnabled = false
