package main

import (
	"fmt"
	"os"
	"testing"
	"text/tabwriter"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// allocations prints what each contender allocates at a login, on top of its copy.
func (c comparison) allocations() error {
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	var head bool
	for _, one := range c.cases {
		contenders, err := c.contenders(one)
		if err != nil {
			fmt.Fprintln(os.Stderr, "left out:", err)
			continue
		}
		if !head {
			head = true
			fmt.Fprint(w, "rule\t")
			for _, contender := range contenders {
				fmt.Fprintf(w, "%s\t", contender.Name)
			}
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s\t", one.Name)
		copied := 0.0
		for i, contender := range contenders {
			n := testing.AllocsPerRun(50, func() {
				_, _ = contender.Run(benchmarks.CopyObject(one.User), benchmarks.CopyObject(one.Context))
			})
			if i == 0 {
				copied = n
			}
			fmt.Fprintf(w, "%.0f\t", n-copied)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}
