package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule"
)

// summaryRow is what the table of many logins shows of one.
type summaryRow struct {
	id       string
	decision ferrule.Decision
	detail   string // error, redirect, …
	reason   string // what the counts group by; "" when the login was let through
	took     time.Duration
}

func rowOf(res result) summaryRow {
	o := &res.outcome
	row := summaryRow{id: res.id, decision: o.Decision, took: o.Duration}
	switch {
	case o.Err != nil:
		row.detail = reasonOf(o.Err)
		row.reason = row.detail
		if o.Err.Kind == ferrule.KindInput {
			row.reason = "the login cannot be read"
		}
	case o.RedirectTo != nil:
		row.detail = o.RedirectTo.URL
	case o.Multifactor != nil:
		row.detail = "multifactor: " + o.Multifactor.Provider
	}
	return row
}

// reasonOf says in one line why a login ended.
func reasonOf(e *ferrule.RuleError) string {
	var b strings.Builder
	if e.Rule != "" {
		b.WriteString(e.Rule + ": ")
	}
	if e.Name != "" && e.Kind != ferrule.KindInput {
		b.WriteString(e.Name + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// Widths of the columns before the detail.
const (
	outcomeColumns = 8
	timeColumns    = 10
	idColumns      = 20
)

// writeRow writes one line of the table, with the header before the first.
func (r *runner) writeRow(first bool, row summaryRow) error {
	t := r.out
	if first {
		header := fmt.Sprintf("%-*s  %*s  %-*s  %s", outcomeColumns, "outcome", timeColumns, "time", idColumns, "id", "detail")
		if _, err := fmt.Fprintln(t, t.faint(header)); err != nil {
			return err
		}
	}
	id := oneLine(row.id)
	used := outcomeColumns + 2 + timeColumns + 2 + max(idColumns, columnsOf(id)) + 2
	line := t.decision(row.decision, fmt.Sprintf("%-*s", outcomeColumns, row.decision)) + "  " +
		fmt.Sprintf("%*s", timeColumns, duration(row.took)) + "  " + padRight(id, idColumns)
	if row.detail != "" {
		line += "  " + clip(oneLine(row.detail), t.room(used))
	}
	_, err := fmt.Fprintln(t, strings.TrimRight(line, " "))
	return err
}

// summary writes the counts behind the table.
func (r *runner) summary(c *counts) {
	t := r.out
	if c.total == 0 {
		fmt.Fprintln(t, "no logins")
		return
	}
	var parts []string
	for _, d := range []ferrule.Decision{ferrule.Allowed, ferrule.Redirect, ferrule.Denied, ferrule.Failed} {
		if n := c.of[d]; n > 0 {
			parts = append(parts, t.decision(d, fmt.Sprintf("%d %s", n, d)))
		}
	}
	fmt.Fprintln(t)
	if len(c.reasons) > 0 {
		r.reasons(c)
	}
	rate := ""
	if c.total > 1 && c.took > 0 {
		rate = fmt.Sprintf(", %.0f a second", float64(c.total)/c.took.Seconds())
	}
	fmt.Fprintf(t, "%s: %s %s\n", t.strong(plural(c.total, "login")), strings.Join(parts, ", "),
		t.faint(fmt.Sprintf("(%s%s)", duration(c.took), rate)))
}

// shownReasons is how many of the reasons the summary lists.
const shownReasons = 10

func (r *runner) reasons(c *counts) {
	t := r.out
	table := t.newTable("logins", "why")
	keys := sortedCodes(c.reasons)
	for _, reason := range keys[:min(len(keys), shownReasons)] {
		table.AppendRow([]any{c.reasons[reason], clip(oneLine(reason), t.room(12))})
	}
	t.printTable(table)
	if hidden := len(keys) - shownReasons; hidden > 0 || c.more > 0 {
		fmt.Fprintf(t, "  … and %d more reasons\n", max(hidden, 0)+c.more)
	}
	fmt.Fprintln(t)
}

// decision paints a text in the decision's colour.
func (t *terminal) decision(d ferrule.Decision, s string) string {
	switch d {
	case ferrule.Allowed:
		return t.good(s)
	case ferrule.Redirect:
		return t.info(s)
	case ferrule.Denied:
		return t.warn(s)
	}
	return t.bad(s)
}

// duration is a time with three digits: 842 µs, 1.24 ms, 20.0 s.
func duration(d time.Duration) string {
	switch {
	case d <= 0:
		return "-"
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.2f ms", d.Seconds()*1e3)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// plural is a number with its word.
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// sortedCodes lists what was counted, most frequent first.
func sortedCodes(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	return keys
}
