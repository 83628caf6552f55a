package main

import (
	"fmt"

	"github.com/ferrule-rules/ferrule"
)

// late tells on standard error what a rule does after its run has answered: it is
// part of no result.
func (r *runner) late(l ferrule.Late) {
	rule, what := "", ""
	switch {
	case l.Console != nil:
		rule, what = l.Console.Rule, l.Console.Level+": "+l.Console.Text
	case l.Warning != nil:
		rule, what = l.Warning.Rule, fmt.Sprintf("warning: %s [%s]", l.Warning.Text, l.Warning.Code)
	case l.Metadata != nil:
		what = fmt.Sprintf("%s_metadata of %s: %s", l.Metadata.Target, l.Metadata.UserID, l.Metadata.JSON())
	case l.Call != nil:
		rule, what = l.Call.Rule, fmt.Sprintf("%s %s: %d %s", l.Call.Method, l.Call.URL, l.Call.Status, l.Call.Error)
	}
	who := "a rule"
	if rule != "" {
		who = "rule " + rule
	}
	r.aside("%s, after its answer: %s", who, what)
}

// aside writes a note that does not disturb the progress bar.
func (r *runner) aside(format string, args ...any) {
	if !r.progress.log(printable(fmt.Sprintf(format, args...))) {
		r.notef(format, args...)
	}
}
