package ruletest

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// resultForm is the JSON form of a Result.
type resultForm struct {
	File     string    `json:"file"`
	Line     int       `json:"line"`
	Name     string    `json:"name"`
	Rule     string    `json:"rule"`
	Status   string    `json:"status"`
	Duration int64     `json:"duration_ns"`
	Engines  []runForm `json:"engines"`
}

type runForm struct {
	Engine      string     `json:"engine"`
	Status      string     `json:"status"`
	Skipped     string     `json:"skipped,omitempty"`
	Mismatches  []Mismatch `json:"mismatches,omitempty"`
	Differences []Mismatch `json:"differences,omitempty"`
	Duration    int64      `json:"duration_ns"`
}

// MarshalJSON writes the form that the command prints:
//
//	{"file","line","name","rule","status":"passed|failed|skipped","duration_ns","engines":[…]}
//	engines  [{"engine","status","skipped","mismatches":[{"path","expected","actual","line","text"}],"differences":[…],"duration_ns"}]
func (r *Result) MarshalJSON() ([]byte, error) {
	form := resultForm{File: r.File.Name, Line: r.Case.Line, Name: r.Case.Name, Rule: r.File.RuleName(), Status: r.status(), Duration: r.Duration.Nanoseconds()}
	for _, e := range r.Runs {
		status := "passed"
		switch {
		case e.Skipped != "":
			status = "skipped"
		case len(e.Mismatches)+len(e.Differences) > 0:
			status = "failed"
		}
		form.Engines = append(form.Engines, runForm{e.Engine, status, e.Skipped, e.Mismatches, e.Differences, e.Duration.Nanoseconds()})
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(form)
	return bytes.TrimSpace(b.Bytes()), err
}

func (r *Result) status() string {
	switch {
	case r.Failed():
		return "failed"
	case r.Skipped():
		return "skipped"
	}
	return "passed"
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
