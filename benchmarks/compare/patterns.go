package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// patternRow is the result of one case: nanoseconds for each contender, without the copy
// but for the copy's own.
type patternRow struct {
	Case string             `json:"case"`
	NS   map[string]float64 `json:"ns"`
}

// quotient is two contenders whose ratio is printed.
type quotient struct{ over, under string }

func (q quotient) String() string { return q.over + "/" + q.under }

// comparison is what one call of the command compares.
type comparison struct {
	cases      []benchmarks.Case
	contenders func(benchmarks.Case) ([]benchmarks.Contender, error)
	quotients  []quotient
	asJSON     bool
	rounds     int
	slice      time.Duration
}

// gcPercent makes garbage collections as rare as they are in a service whose heap holds
// more than one login.
const gcPercent = 1000

// patterns is the comparison of all pure patterns, of the goja engine, or of allocations.
func patterns(what string, realistic, quick, asJSON bool) error {
	debug.SetGCPercent(gcPercent)
	c := comparison{asJSON: asJSON, rounds: 15, slice: 8 * time.Millisecond}
	if quick {
		c.rounds, c.slice = 7, 3*time.Millisecond
	}
	var err error
	switch what {
	case "goja":
		c.contenders = benchmarks.Engines
		c.quotients = []quotient{{"ferrule", "bare"}, {"ferrule", "json"}, {"ferrule", "parse"}, {"bare", "parse"}}
		c.cases, err = benchmarks.Cases()
	case "compiler", "allocations":
		c.contenders = benchmarks.Compiled
		c.quotients = []quotient{{"pooled", "rules"}, {"pooled", "expr"}, {"wrapped", "expr"}, {"js", "expr"}, {"pooled", "cel"}, {"js", "cel"}, {"cel", "expr"}}
		var without map[string]string
		c.cases, without, err = benchmarks.PureCases(realistic)
		fmt.Fprintf(os.Stderr, "%d pure patterns, %d others\n", len(c.cases), len(without))
	default:
		err = fmt.Errorf("-what is all, compiler, goja or allocations, not %q", what)
	}
	if err != nil {
		return err
	}
	if what == "allocations" {
		return c.allocations()
	}
	return c.times()
}

// times measures all cases and prints them. Cases whose contenders do not agree are left
// out and named.
func (c comparison) times() error {
	var rows []patternRow
	var names []string
	for _, one := range c.cases {
		contenders, err := c.contenders(one)
		if err == nil {
			err = benchmarks.Check(one, contenders)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "left out:", err)
			continue
		}
		r, err := c.measure(one, contenders)
		if err != nil {
			return fmt.Errorf("%s: %w", one.Name, err)
		}
		rows = append(rows, r)
		names = names[:0]
		for _, contender := range contenders {
			names = append(names, contender.Name)
		}
	}
	if c.asJSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"rows": rows, "ratios": c.ratios(rows)})
	}
	return c.table(rows, names)
}

func (c comparison) measure(one benchmarks.Case, contenders []benchmarks.Contender) (patternRow, error) {
	samples := make([][]float64, len(contenders))
	for range c.rounds {
		for i, contender := range contenders {
			n := 0
			start := benchmarks.Busy()
			for n%32 != 0 || n == 0 || benchmarks.Busy()-start < c.slice {
				answer, err := contender.Run(benchmarks.CopyObject(one.User), benchmarks.CopyObject(one.Context))
				if err != nil || answer.Allowed != one.Allowed {
					return patternRow{}, fmt.Errorf("%s: allowed %v, want %v: %v", contender.Name, answer.Allowed, one.Allowed, err)
				}
				n++
			}
			sample := float64(benchmarks.Busy()-start) / float64(n)
			if i > 0 {
				sample -= samples[0][len(samples[0])-1]
			}
			samples[i] = append(samples[i], sample)
		}
	}
	r := patternRow{Case: one.Name, NS: map[string]float64{}}
	for i, contender := range contenders {
		slices.Sort(samples[i])
		r.NS[contender.Name] = samples[i][len(samples[i])/2]
	}
	return r, nil
}

// leastNS is what a figure counts at the least: less is the noise of the copy's.
const leastNS = 100

// ratio is a case's.
func (r patternRow) ratio(q quotient) float64 {
	return max(r.NS[q.over], leastNS) / max(r.NS[q.under], leastNS)
}

// ratios are the geometric means over all cases.
func (c comparison) ratios(rows []patternRow) map[string]float64 {
	means := map[string]float64{}
	for _, q := range c.quotients {
		sum := 0.0
		for _, r := range rows {
			sum += math.Log(r.ratio(q))
		}
		means[q.String()] = math.Exp(sum / float64(len(rows)))
	}
	return means
}

func (c comparison) table(rows []patternRow, names []string) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "rule\t")
	for _, name := range names {
		fmt.Fprintf(w, "%s µs\t", name)
	}
	for _, q := range c.quotients {
		fmt.Fprintf(w, "%v\t", q)
	}
	fmt.Fprintln(w)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t", r.Case)
		for _, name := range names {
			fmt.Fprintf(w, "%.2f\t", r.NS[name]/1000)
		}
		for _, q := range c.quotients {
			fmt.Fprintf(w, "%.2f\t", r.ratio(q))
		}
		fmt.Fprintln(w)
	}
	means := c.ratios(rows)
	fmt.Fprintf(w, "geometric mean of %d\t", len(rows))
	for range names {
		fmt.Fprint(w, "\t")
	}
	for _, q := range c.quotients {
		fmt.Fprintf(w, "%.2f\t", means[q.String()])
	}
	fmt.Fprintln(w)
	return w.Flush()
}
