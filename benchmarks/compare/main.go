// Command compare runs every contender side by side in one run and prints what a login costs
// them, and the ratios: `go -C benchmarks run ./compare`, or `make bench`.
//
//	compare                    all contenders, rules and sizes of logins
//	compare -quick             the same in less than a minute
//	compare -json              one JSON object
//	compare -only hand,auto    some contenders
//	compare -case deny         the cases whose names contain a word
//	compare -rules DIR         somebody else's rules, with -inputs FILE|DIR
//	compare -save              keep the results in results/ and put the figures into README.md
//	compare -from FILE         print what a run has kept
//	compare -patterns          all patterns that are compiled wholly instead of the chosen ones
//
// Before anything is timed all contenders must give the JavaScript engine's answer to each
// case: the decision, the words of a denial, and equal users and contexts. How it is
// measured is said in packages timing and peers, and in the README.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"
)

// flags are what the user asks for.
type flags struct {
	patterns, own bool
	quick, asJSON bool
	only, cases   string
	rules, inputs string
	pipeline      bool
	profile       string
	rounds        int
	slice         time.Duration
	save          bool
	from          string
}

func main() {
	var f flags
	flag.BoolVar(&f.patterns, "patterns", false, "all patterns of the test data that are compiled wholly, instead of the chosen cases")
	flag.BoolVar(&f.own, "own", false, "with -patterns: logins that hold little but what the rule reads, instead of 1 KB")
	flag.BoolVar(&f.quick, "quick", false, "fewer and shorter rounds: less than a minute")
	flag.BoolVar(&f.asJSON, "json", false, "print one JSON object")
	flag.StringVar(&f.only, "only", "", "contenders by `NAMES`, with commas between them")
	flag.StringVar(&f.cases, "case", "", "the cases whose names contain one of these `WORDS`, with commas between them")
	flag.StringVar(&f.rules, "rules", "", "rules of this `DIR` (or file) instead of the test data's: each alone, and all as one pipeline")
	flag.StringVar(&f.inputs, "inputs", "", "logins for -rules: JSON or NDJSON in a `FILE`, or such files in a folder")
	flag.BoolVar(&f.pipeline, "pipeline", false, "with -rules: only the whole pipeline, not each rule alone")
	flag.StringVar(&f.profile, "cpuprofile", "", "write a CPU profile of the measuring to `FILE`, best with -only and -case; logins that a rule leaves as they are are not copied then")
	flag.IntVar(&f.rounds, "rounds", 0, "rounds of each case; 0: 31, or 9 with -quick")
	flag.DurationVar(&f.slice, "slice", 0, "time of a contender's turn in a round; 0: 2ms, or 500µs with -quick")
	flag.BoolVar(&f.save, "save", false, "keep the results in results/ and put the figures into README.md, both in the current folder")
	flag.StringVar(&f.from, "from", "", "do not measure, take the results in this `FILE` of -json or -save")
	flag.Parse()
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(f flags) (err error) {
	if flag.NArg() > 0 {
		return fmt.Errorf("there are no arguments beside flags: %s", strings.Join(flag.Args(), " "))
	}
	// Rules see UTC, and engines by hand read the process's zone.
	time.Local = time.UTC
	if err := os.Setenv("TZ", "UTC"); err != nil {
		return err
	}
	if f.profile != "" {
		file, err := os.Create(f.profile)
		if err != nil {
			return err
		}
		defer file.Close()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	r, err := f.report()
	if err != nil {
		return err
	}
	if f.save {
		if err := r.save(); err != nil {
			return err
		}
	}
	if f.asJSON {
		return r.writeJSON(os.Stdout)
	}
	return r.writeTables(os.Stdout)
}

// report measures, or reads what was measured.
func (f flags) report() (*report, error) {
	if f.from != "" {
		return readReport(f.from)
	}
	return measure(f)
}
