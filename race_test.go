//go:build race

package ferrule_test

const raceEnabled = true
