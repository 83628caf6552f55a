// Command compare runs the contenders side by side in one process and prints what
// they cost and the ratios: `go -C benchmarks run ./compare`, or `make bench`.
//
// The contenders of a case take turns in short rounds, so that what else the
// machine does falls on all of them; a contender's figure is the median of its
// rounds, less the copy of the login that every iteration begins with.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// row is the result of one case: nanoseconds for each contender, without the copy.
type row struct {
	Case string             `json:"case"`
	NS   map[string]float64 `json:"ns"`
}

func main() {
	quick := flag.Bool("quick", false, "fewer rounds: under a minute")
	asJSON := flag.Bool("json", false, "print JSON")
	flag.Parse()
	if err := compare(*quick, *asJSON); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func compare(quick, asJSON bool) error {
	rounds, slice := 15, 20*time.Millisecond
	if quick {
		rounds, slice = 7, 5*time.Millisecond
	}
	cases, err := benchmarks.Cases()
	if err != nil {
		return err
	}
	var rows []row
	var names []string
	for _, c := range cases {
		contenders, err := benchmarks.Engines(c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		r, err := measure(c, contenders, rounds, slice)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		rows = append(rows, r)
		names = names[:0]
		for _, contender := range contenders[1:] {
			names = append(names, contender.Name)
		}
	}
	if asJSON {
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"rows": rows, "ratios": ratios(rows)})
	}
	return table(rows, names)
}

func measure(c benchmarks.Case, contenders []benchmarks.Contender, rounds int, slice time.Duration) (row, error) {
	samples := make([][]float64, len(contenders))
	for range rounds {
		for i, contender := range contenders {
			n := 0
			start := time.Now()
			for time.Since(start) < slice {
				allowed, err := contender.Run(benchmarks.CopyObject(c.User), benchmarks.CopyObject(c.Context))
				if err != nil || allowed != c.Allowed {
					return row{}, fmt.Errorf("%s: allowed %v, want %v: %v", contender.Name, allowed, c.Allowed, err)
				}
				n++
			}
			samples[i] = append(samples[i], float64(time.Since(start))/float64(n))
		}
	}
	r := row{Case: c.Name, NS: map[string]float64{}}
	for i, contender := range contenders {
		slices.Sort(samples[i])
		r.NS[contender.Name] = samples[i][len(samples[i])/2]
	}
	for _, contender := range contenders[1:] {
		r.NS[contender.Name] -= r.NS["copy"]
	}
	return r, nil
}

// ratios are the geometric means over all cases of what the contracts of the
// project speak of.
func ratios(rows []row) map[string]float64 {
	mean := func(over, under string) float64 {
		sum := 0.0
		for _, r := range rows {
			sum += math.Log(r.NS[over] / r.NS[under])
		}
		return math.Exp(sum / float64(len(rows)))
	}
	return map[string]float64{"ferrule/bare": mean("ferrule", "bare"), "ferrule/json": mean("ferrule", "json"), "ferrule/parse": mean("ferrule", "parse"), "bare/parse": mean("bare", "parse")}
}

func table(rows []row, names []string) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "rule\t")
	for _, name := range names {
		fmt.Fprintf(w, "%s µs\t", name)
	}
	fmt.Fprint(w, "ferrule/bare\tferrule/json\tferrule/parse\t\n")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t", r.Case)
		for _, name := range names {
			fmt.Fprintf(w, "%.1f\t", r.NS[name]/1000)
		}
		f := r.NS["ferrule"]
		fmt.Fprintf(w, "%.2f\t%.2f\t%.2f\t\n", f/r.NS["bare"], f/r.NS["json"], f/r.NS["parse"])
	}
	all := ratios(rows)
	fmt.Fprint(w, "geometric mean\t")
	for range names {
		fmt.Fprint(w, "\t")
	}
	fmt.Fprintf(w, "%.2f\t%.2f\t%.2f\t\n", all["ferrule/bare"], all["ferrule/json"], all["ferrule/parse"])
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Printf("bare/parse %.2f: what goja by hand saves by not parsing at each login\n", all["bare/parse"])
	return err
}
