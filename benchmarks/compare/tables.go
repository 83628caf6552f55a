package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
)

// table is a choice of contenders that are shown side by side.
type table struct {
	title     string
	names     []string
	quotients [][2]string
	group     func(row) bool
}

// tables are what is printed of the cases.
var tables = []table{
	{"Ferrule and hand-written Go", []string{"empty", "hand", "auto", "run", "expr", "cel", "node_maps", "copy"},
		[][2]string{{"auto", "hand"}, {"run", "hand"}, {"expr", "hand"}, {"cel", "hand"}, {"node_maps", "auto"}}, every},
	{"Ferrule and JavaScript engines in Go", []string{"auto", "js", "goja_pooled", "goja_wrapped", "goja_bare", "goja_bare_wrapped", "goja_parse"},
		[][2]string{{"goja_pooled", "auto"}, {"goja_parse", "auto"}, {"js", "goja_bare"}, {"js", "goja_bare_wrapped"}}, notSized},
	{"Further JavaScript engines in Go", []string{"auto", "sobek_pooled", "sobek_bare", "sobek_parse", "otto", "quickjs"},
		[][2]string{{"sobek_pooled", "auto"}, {"otto", "auto"}, {"quickjs", "auto"}}, notSized},
	{"Conditions of deny cases", []string{"hand", "auto", "plain_expr", "plain_cel", "opa_map", "opa_lazy", "cedar"},
		[][2]string{{"plain_expr", "auto"}, {"plain_cel", "auto"}, {"opa_map", "auto"}, {"opa_lazy", "auto"}, {"cedar", "auto"}},
		func(r row) bool { _, ok := r.NS["cedar"]; return ok || r.Shape == "" && r.NS["plain_expr"].NS > 0 }},
	{"JSON texts in and out", []string{"run_json", "run_json_decoded", "hand_json", "node_json"},
		[][2]string{{"node_json", "run_json"}, {"hand_json", "run_json"}}, every},
}

// means are the geometric means below a table.
var means = []struct {
	title string
	in    func(row) bool
}{
	{"mean of single rules", in(cases.Single)},
	{"mean of pipelines", in(cases.Pipeline)},
	{"mean at 10 KB", func(r row) bool { return r.Group == string(cases.Sized) && r.Shape == cases.Shape10K }},
	{"mean at 100 KB", func(r row) bool { return r.Group == string(cases.Sized) && r.Shape != cases.Shape10K }},
}

func every(r row) bool { return r.Group != groupGrowth }

func notSized(r row) bool { return every(r) && r.Group != string(cases.Sized) }

func (r *report) writeTables(out io.Writer) error {
	fmt.Fprintf(out, "%s, %d cores, %s, %s, %s, %d rounds, %.0f s\n", r.Machine.CPU, r.Machine.Cores, r.Machine.OS, r.Versions["go"], r.Date, r.Rounds, r.Seconds)
	for _, t := range tables {
		if err := r.writeTable(out, t); err != nil {
			return err
		}
	}
	r.writeLeftOut(out)
	for _, note := range r.Notes {
		fmt.Fprintln(out, note)
	}
	return r.writeTargets(out)
}

// writeLeftOut says who has no part in which cases, and why: a line for each contender and reason.
func (r *report) writeLeftOut(out io.Writer) {
	fmt.Fprintln(out)
	for _, name := range r.order {
		var reasons []string
		names := map[string][]string{}
		for _, one := range r.Cases {
			reason, ok := one.LeftOut[name]
			if !ok || reason == peers.NoDenyCase {
				continue
			}
			if names[reason] == nil {
				reasons = append(reasons, reason)
			}
			names[reason] = append(names[reason], one.Case)
		}
		for _, reason := range reasons {
			fmt.Fprintf(out, "left out: %s of %s: %s\n", name, strings.Join(names[reason], "; "), reason)
		}
	}
}

func (r *report) writeTable(out io.Writer, t table) error {
	names := slices.DeleteFunc(slices.Clone(t.names), func(name string) bool { return !r.has(name) })
	quotients := slices.DeleteFunc(slices.Clone(t.quotients), func(q [2]string) bool { return !r.has(q[0]) || !r.has(q[1]) })
	if len(names) < 2 {
		return nil
	}
	fmt.Fprintf(out, "\n%s, ns a login\n\n", t.title)
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "case\t")
	for _, name := range names {
		fmt.Fprintf(w, "%s\t", name)
	}
	for _, q := range quotients {
		fmt.Fprintf(w, "%s/%s\t", q[0], q[1])
	}
	fmt.Fprintln(w)
	for _, one := range r.Cases {
		if !t.group(one) {
			continue
		}
		fmt.Fprintf(w, "%s\t", one.Case)
		for _, name := range names {
			fmt.Fprintf(w, "%s\t", nanoseconds(one, name))
		}
		for _, q := range quotients {
			fmt.Fprintf(w, "%s\t", ratioText(r.mean(q[0], q[1], func(other row) bool { return other.Case == one.Case })))
		}
		fmt.Fprintln(w)
	}
	for _, mean := range means {
		if !slices.ContainsFunc(r.Cases, func(one row) bool { return mean.in(one) && t.group(one) }) {
			continue
		}
		fmt.Fprintf(w, "%s\t", mean.title)
		for range names {
			fmt.Fprint(w, "\t")
		}
		for _, q := range quotients {
			fmt.Fprintf(w, "%s\t", ratioText(r.mean(q[0], q[1], mean.in)))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// has reports whether a contender was measured in any case.
func (r *report) has(name string) bool {
	return slices.ContainsFunc(r.Cases, func(one row) bool { _, ok := one.NS[name]; return ok })
}

// nanoseconds is a figure in a few characters; with + the way to the upper quartile where that
// is more than a fifth.
func nanoseconds(one row, name string) string {
	f, ok := one.NS[name]
	if !ok {
		return "–"
	}
	text := amount(f.NS)
	if spread := f.High - f.NS; spread > f.NS/5 {
		text += "+" + amount(spread)
	}
	return text
}

func amount(ns float64) string {
	switch {
	case ns >= 10e6:
		return fmt.Sprintf("%.0fM", ns/1e6)
	case ns >= 1e6:
		return fmt.Sprintf("%.1fM", ns/1e6)
	case ns >= 10e3:
		return fmt.Sprintf("%.0fk", ns/1e3)
	case ns >= 1e3:
		return fmt.Sprintf("%.1fk", ns/1e3)
	case ns >= 10:
		return fmt.Sprintf("%.0f", ns)
	}
	return fmt.Sprintf("%.1f", ns)
}

func ratioText(value float64, n int) string {
	switch {
	case n == 0:
		return "–"
	case value >= 100:
		return fmt.Sprintf("%.0f", value)
	case value >= 10:
		return fmt.Sprintf("%.1f", value)
	}
	return fmt.Sprintf("%.2f", value)
}

func (r *report) writeTargets(out io.Writer) error {
	fmt.Fprint(out, "\nRatios: geometric means over the single rules, quotients of each case first\n\n")
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "name\twhat\tvalue\tcases\ttarget\t")
	for _, v := range r.Targets {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", v.Name, v.What, ratioText(v.Value, v.Cases), v.Cases, v.Target, v.word())
	}
	return w.Flush()
}

// word says whether a target is met; "" where there is none.
func (v verdict) word() string {
	switch {
	case v.Target == "none":
		return ""
	case v.Met:
		return "met"
	}
	return "MISSED"
}
