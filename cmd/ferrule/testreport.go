package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ruletest"
)

// testReport prints what came of the cases: what is broken, each failure, and one line about all.
func (c *command) testReport(report *ruletest.Report, list diag.List) {
	printAll(c.out, list)
	broken := len(list)
	for _, b := range report.Broken {
		broken++
		printAll(c.out, findings(b))
	}
	failed, skipped, files := 0, 0, map[string]bool{}
	for _, r := range report.Results {
		files[r.File.Name] = true
		switch {
		case r.Failed():
			failed++
			c.failedCase(r)
		case r.Skipped():
			skipped++
		}
	}
	passed := len(report.Results) - failed - skipped
	parts := []string{c.out.good(plural(passed, "case") + " passed")}
	if failed > 0 {
		parts = append(parts, c.out.bad(fmt.Sprintf("%d failed", failed)))
	}
	if skipped > 0 {
		parts = append(parts, c.out.warn(fmt.Sprintf("%d skipped", skipped)))
	}
	if broken > 0 {
		parts = append(parts, c.out.bad(plural(broken, "mistake")+" in files"))
	}
	fmt.Fprintf(c.out, "%s %s\n", strings.Join(parts, ", "), c.out.faint(fmt.Sprintf("(%s, %s)", plural(len(files), "file"), duration(report.Duration))))
}

// testJSON prints each case as a JSON object, and findings as check does.
func (c *command) testJSON(report *ruletest.Report, list diag.List) error {
	for _, b := range report.Broken {
		list = append(list, findings(b)...)
	}
	for _, r := range report.Results {
		text, err := r.MarshalJSON()
		if err != nil {
			return err
		}
		if _, err := c.out.Write(append(text, '\n')); err != nil {
			return err
		}
	}
	return c.printJSON(list)
}

// findings are what is wrong with a rule.
func findings(b *ruletest.BrokenRule) diag.List {
	var found diag.List
	if errors.As(b.Err, &found) {
		return found
	}
	return diag.List{diag.ForPath(diag.FileUnreadable, b.File.RuleName(), "%v", b.Err)}
}

// writeJUnit writes --junit.
func writeJUnit(name string, report *ruletest.Report, list diag.List) error {
	broken := map[string]string{}
	for _, d := range list {
		broken[d.Name()] += d.Text()
	}
	file, err := os.Create(name)
	if err != nil {
		return fileError("--junit", name, err)
	}
	return errors.Join(report.WriteJUnit(file, broken), file.Close())
}

// failedCase prints a failed case. Engines that fail in the same way are named together.
func (c *command) failedCase(r *ruletest.Result) {
	t := c.out
	fmt.Fprintf(t, "%s %s:%d: %s\n", t.bad("FAIL"), r.File.Name, r.Case.Line, t.strong(printable(r.Case.Name)))
	var texts []string
	engines := map[string][]string{}
	add := func(text, engine string) {
		if text == "" {
			return
		}
		if engines[text] == nil {
			texts = append(texts, text)
		}
		engines[text] = append(engines[text], engine)
	}
	ran := 0
	for _, e := range r.Runs {
		if e.Skipped == "" {
			ran++
		}
		add(c.mismatches(r, e.Mismatches, "expected", "actual"), e.Engine)
		add(c.mismatches(r, e.Differences, ruletest.Engines[0], e.Engine), "")
	}
	for _, text := range texts {
		names := slices.DeleteFunc(engines[text], func(name string) bool { return name == "" })
		switch {
		case len(names) == 0:
			fmt.Fprintf(t, "  %s\n", t.warn("the engines disagree"))
		case len(names) < ran:
			fmt.Fprintf(t, "  %s\n", t.faint("on "+strings.Join(names, ", ")))
		}
		fmt.Fprint(t, text)
	}
}

// mismatches prints what was expected above what was there, by path.
func (c *command) mismatches(r *ruletest.Result, list []ruletest.Mismatch, want, got string) string {
	t := c.out
	var b strings.Builder
	width := max(len(want), len(got))
	for _, m := range list {
		place := m.Path
		if place == "" {
			place = "the result"
		}
		fmt.Fprintf(&b, "  %s\n", t.info(printable(place)))
		fmt.Fprintf(&b, "    %s %s\n", t.good(fmt.Sprintf("- %-*s", width, want)), indent(printable(m.Expected)))
		fmt.Fprintf(&b, "    %s %s\n", t.bad(fmt.Sprintf("+ %-*s", width, got)), indent(printable(m.Actual)))
		if m.Line > 0 {
			fmt.Fprintf(&b, "    %s %s\n", t.faint(fmt.Sprintf("%s:%d:", r.File.RuleName(), m.Line)), printable(strings.TrimSpace(m.Text)))
		}
	}
	return b.String()
}
