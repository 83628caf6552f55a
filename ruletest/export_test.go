package ruletest

// Instrument is a rule's text with counters.
func Instrument(name, text string) string { return instrument(name, text).text }
