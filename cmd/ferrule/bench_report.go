package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// limit is one figure of a budget.
type limit struct {
	figure string
	most   time.Duration
}

// readBudget reads the values of --budget: figure=time.
func readBudget(texts []string) ([]limit, error) {
	var limits []limit
	for _, text := range texts {
		name, value, ok := strings.Cut(strings.TrimSpace(text), "=")
		if !ok || !slices.Contains(figures, name) {
			return nil, usage("--budget is one of %s, an equals sign and a time, like p99=200us, not %q", strings.Join(figures, ", "), text)
		}
		most, err := time.ParseDuration(value)
		if err != nil || most <= 0 {
			return nil, usage("--budget %s: a time is written like 200us or 1.5ms, not %q", name, value)
		}
		limits = append(limits, limit{name, most})
	}
	return limits, nil
}

// print writes all figures, and holds the pipeline's against the budget.
func (b *benchmark) print(cells []*cell) error {
	over, lines, err := b.overBudget(cells)
	if err != nil {
		return err
	}
	if b.flags.logins.json {
		err = b.printJSON(cells, lines)
	} else {
		err = b.printTables(cells)
	}
	if err != nil {
		return fmt.Errorf("cannot write the figures: %w", err)
	}
	for _, text := range over {
		b.notef("%s", text)
	}
	if len(over) > 0 {
		return errOverBudget
	}
	return nil
}

// overBudget says what of the budget is not held, and all of it as JSON.
func (b *benchmark) overBudget(cells []*cell) (over []string, lines [][]byte, err error) {
	if len(b.limits) == 0 {
		return nil, nil, nil
	}
	whole := cells[0] // of the first engine: auto, or the only one
	if whole.problem != "" {
		return nil, nil, fmt.Errorf("no figure for --budget: the engine %s cannot run the pipeline: %s", whole.engine.name, whole.problem)
	}
	for _, l := range b.limits {
		ns := whole.figure(l.figure)
		held := ns <= float64(l.most)
		line := jsondoc.AppendString([]byte(`{"kind":"budget","engine":`), whole.engine.name)
		line = jsondoc.AppendString(append(line, `,"figure":`...), l.figure)
		lines = append(lines, fmt.Appendf(line, `,"limit_ns":%d,"ns":%.0f,"held":%t}`, l.most.Nanoseconds(), ns, held))
		if held {
			continue
		}
		text := fmt.Sprintf("over the budget: %s of the pipeline on %s is %s, more than %v", l.figure, whole.engine.name, nanoseconds(ns), l.most)
		if rules := b.ranked(cells); len(rules) > 0 && rules[0].cells[0].problem == "" {
			text += fmt.Sprintf("; the costliest rule is %s (%s, %s)", rules[0].name, nanoseconds(rules[0].cells[0].mean()), rules[0].share())
		}
		over = append(over, text)
	}
	return over, lines, nil
}

// ranking is a rule with its cells, one for each engine.
type ranking struct {
	benchRule
	cells []*cell
	part  float64 // of all rules' time on the first engine
}

func (r ranking) share() string { return fmt.Sprintf("%.0f %%", 100*r.part) }

// ranked are the rules, the costliest on the first engine first. Those without a figure there
// come last, in the order in which they run.
func (b *benchmark) ranked(cells []*cell) []ranking {
	var rules []ranking
	sum := 0.0
	for i, rule := range b.subject.rules {
		r := ranking{benchRule: rule, cells: cells[(i+1)*len(b.engines) : (i+2)*len(b.engines)]}
		if r.cells[0].problem == "" {
			r.part = r.cells[0].mean()
			sum += r.part
		}
		rules = append(rules, r)
	}
	for i := range rules {
		rules[i].part /= max(sum, 1)
	}
	slices.SortStableFunc(rules, func(a, b ranking) int {
		switch {
		case a.part > b.part:
			return -1
		case a.part < b.part:
			return 1
		}
		return 0
	})
	return rules
}

// printJSON writes one object a line.
func (b *benchmark) printJSON(cells []*cell, budget [][]byte) error {
	out := fmt.Appendf(nil, "{\"kind\":\"clock\",\"ns\":%.0f}\n", clockCost())
	for _, c := range cells[:len(b.engines)] {
		out = jsondoc.AppendString(append(out, `{"kind":"pipeline","engine":`...), c.engine.name)
		out = fmt.Appendf(out, `,"logins":%d`, len(b.logins))
		if c.problem != "" {
			out = append(jsondoc.AppendString(append(out, `,"problem":`...), c.problem), "}\n"...)
			continue
		}
		out = fmt.Appendf(out, `,"runs":%d`, c.runs)
		for _, name := range figures {
			out = fmt.Appendf(out, `,"%s_ns":%.1f`, name, c.figure(name))
		}
		out = fmt.Appendf(out, ",\"allocs\":%.1f,\"bytes\":%.0f}\n", c.allocs, c.bytes)
	}
	for _, rule := range b.ranked(cells) {
		for _, c := range rule.cells {
			out = jsondoc.AppendString(append(out, `{"kind":"rule","rule":`...), rule.name)
			out = jsondoc.AppendString(append(out, `,"file":`...), rule.file)
			out = jsondoc.AppendString(append(out, `,"engine":`...), c.engine.name)
			out = fmt.Appendf(out, `,"logins":%d,"reached":%d`, b.ruleLogins(), len(b.reached[c.rule]))
			if c.problem != "" {
				out = append(jsondoc.AppendString(append(out, `,"problem":`...), c.problem), "}\n"...)
				continue
			}
			out = fmt.Appendf(out, ",\"runs\":%d,\"mean_ns\":%.1f,\"allocs\":%.1f,\"bytes\":%.0f}\n", c.runs, c.mean(), c.allocs, c.bytes)
		}
	}
	for _, line := range budget {
		out = append(append(out, line...), '\n')
	}
	_, err := b.out.Write(out)
	return err
}

// printTables writes the figures for people.
func (b *benchmark) printTables(cells []*cell) error {
	t := b.out
	fmt.Fprintf(t, "%s\n", t.strong(fmt.Sprintf("pipeline of %s, %s", plural(len(b.subject.rules), "rule"), plural(len(b.logins), "login"))))
	table := t.newTable(append([]string{"engine"}, append(slices.Clone(figures), "allocs", "bytes", "runs")...)...)
	var notes []string
	for _, c := range cells[:len(b.engines)] {
		row := []any{c.engine.name}
		if c.problem != "" {
			table.AppendRow(append(row, t.faint("-")))
			notes = append(notes, fmt.Sprintf("%s cannot run the pipeline: %s", c.engine.name, c.problem))
			continue
		}
		for _, name := range figures {
			row = append(row, nanoseconds(c.figure(name)))
		}
		table.AppendRow(append(row, fmt.Sprintf("%.0f", c.allocs), fmt.Sprintf("%.0f", c.bytes), c.runs))
	}
	t.printTable(table)
	for _, note := range notes {
		fmt.Fprintln(t, t.faint(clip(oneLine("  "+note), t.room(0))))
	}
	header := []string{"rule", "share"}
	for _, e := range b.engines {
		header = append(header, e.name, "allocs")
	}
	fmt.Fprintf(t, "%s\n", t.strong("rules, the costliest first"))
	table = t.newTable(header...)
	notes = nil
	for _, rule := range b.ranked(cells) {
		row := []any{oneLine(rule.name), ""}
		if rule.cells[0].problem == "" {
			row[1] = rule.share()
		}
		for _, c := range rule.cells {
			if c.problem == "" {
				row = append(row, nanoseconds(c.mean()), fmt.Sprintf("%.0f", c.allocs))
				continue
			}
			row = append(row, t.faint("-"), "")
			note := fmt.Sprintf("%s: %s", rule.name, c.problem)
			if c.problem != c.engine.problem && !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
		table.AppendRow(row)
	}
	t.printTable(table)
	for _, note := range notes {
		fmt.Fprintln(t, t.faint(clip(oneLine("  "+note), t.room(0))))
	}
	foot := fmt.Sprintf("times are of one run; reading the clock takes %s of each of the pipeline's", nanoseconds(clockCost()))
	if b.engines[len(b.engines)-1].name == "js" {
		foot += "; a rule in js has a VM of its own"
	}
	_, err := fmt.Fprintln(t, t.faint(foot))
	return err
}

// nanoseconds is a time with three digits: 812 ns, 1.24 µs, 17.2 ms.
func nanoseconds(ns float64) string {
	units := []string{"ns", "µs", "ms", "s"}
	i := 0
	for ; i < len(units)-1 && ns >= 999.5; i++ {
		ns /= 1000
	}
	decimals := 2
	switch {
	case i == 0, ns >= 99.95:
		decimals = 0
	case ns >= 9.995:
		decimals = 1
	}
	return fmt.Sprintf("%.*f %s", decimals, ns, units[i])
}
