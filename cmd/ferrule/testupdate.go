package main

import (
	"os"
	"slices"

	"github.com/ferrule-rules/ferrule/ruletest"
)

// updateCases writes what happened into the files of failed cases. Those that it changed are no
// failures any more: the report loses them.
func (c *command) updateCases(report *ruletest.Report) error {
	var kept []*ruletest.Result
	for rest := report.Results; len(rest) > 0; {
		file := rest[0].File
		n := slices.IndexFunc(rest, func(r *ruletest.Result) bool { return r.File != file })
		if n < 0 {
			n = len(rest)
		}
		text, updated, left := file.Update(rest[:n])
		if updated > 0 {
			if err := os.WriteFile(file.Name, []byte(text), 0o644); err != nil {
				return fileError("--update", file.Name, err)
			}
			c.notef("%s: %s updated", file.Name, plural(updated, "case"))
		}
		for _, r := range rest[:n] {
			if !r.Failed() || slices.Contains(left, r) {
				kept = append(kept, r)
			}
		}
		rest = rest[n:]
	}
	report.Results = kept
	return nil
}
