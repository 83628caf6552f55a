package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
	"github.com/ferrule-rules/ferrule/benchmarks/timing"
)

// step is something to measure beside the cases.
type step struct {
	name    string
	measure func() error
}

// further are the steps behind the cases: how time grows, allocations, and the memory of
// tenants. A choice of contenders or cases leaves out what it does not ask for.
func (f flags) further(r *report, all []cases.Case) []step {
	var steps []step
	if f.only != "" && !slices.ContainsFunc(r.order, func(name string) bool { return name == "auto" }) {
		return nil
	}
	for _, pair := range growths {
		var found []*cases.Case
		for i := range all {
			if all[i].Name == pair.small || all[i].Name == pair.large {
				found = append(found, &all[i])
			}
		}
		if len(found) == 2 {
			steps = append(steps, step{pair.name, func() error { return r.measureGrowth(pair.name, found, f.timing()) }})
		}
	}
	steps = append(steps, step{"allocations", func() error { return r.measureAllocations(all) }})
	if f.only == "" && f.cases == "" && f.rules == "" && !f.patterns {
		steps = append(steps, step{"tenants", func() error { return r.measureTenants(f.tenants()) }})
	}
	return steps
}

// growths are pairs of cases that are measured side by side with Ferrule alone.
var growths = []struct{ name, small, large string }{
	{"allowlist_growth", "allowlist of 10", "allowlist of 100000"},
	{"index_growth", cases.Pipeline10, cases.Pipeline60},
}

// measureGrowth times two cases in turns.
func (r *report) measureGrowth(name string, pair []*cases.Case, options timing.Options) error {
	auto := peers.All(nil)[slices.IndexFunc(peers.All(nil), func(c peers.Contender) bool { return c.Name == "auto" })]
	var lanes []*timing.Lane
	for _, c := range pair {
		timed, _, err := peers.Wanted(c)
		if err != nil {
			return err
		}
		worker, err := auto.Start(c)
		if err != nil {
			return err
		}
		defer worker.Close()
		lanes = append(lanes, &timing.Lane{Name: c.Name, Worker: worker, Case: c, Want: decisions(timed)})
	}
	options.Rounds *= 3
	figures, err := timing.Lanes(lanes, options)
	r.Cases = append(r.Cases, row{Case: name, Group: groupGrowth, NS: figures})
	return err
}

// groupGrowth is the group of the rows that compare cases instead of contenders.
const groupGrowth = "growth"

// measureAllocations finds the most that a rule allocates which writes nothing.
func (r *report) measureAllocations(all []cases.Case) error {
	var most peers.Allocations
	rules := 0
	for i := range all {
		if all[i].Group != cases.Single {
			continue
		}
		a, err := peers.MeasureAllocations(&all[i], func(run func()) float64 { return testing.AllocsPerRun(100, run) })
		if err != nil {
			return fmt.Errorf("%s: %w", all[i].Name, err)
		}
		if !a.ReadOnly {
			continue
		}
		rules++
		most.Maps, most.JSON = max(most.Maps, a.Maps), max(most.JSON, a.JSON)
		for j := range r.Cases {
			if r.Cases[j].Case == all[i].Name {
				r.Cases[j].Allocations = &[2]float64{a.Maps, a.JSON}
			}
		}
	}
	if rules > 0 {
		r.put("allocs_readonly", most.Maps, rules)
		r.put("allocs_readonly_json", most.JSON, rules)
	}
	return nil
}

// allTenants is how many tenants the target speaks of.
const allTenants = 10_000

// tenants is how many tenants are loaded.
func (f flags) tenants() int {
	if f.quick {
		return 200
	}
	return allTenants
}

// measureTenants loads tenants; fewer than all are scaled up.
func (r *report) measureTenants(n int) error {
	mb, err := benchmarks.Tenants(n)
	if err != nil {
		return err
	}
	if n < allTenants {
		r.Notes = append(r.Notes, fmt.Sprintf("`tenants_mb`: %d tenants were loaded, %.1f MB, and scaled up to %d", n, mb, allTenants))
	}
	r.put("tenants_mb", mb*allTenants/float64(n), 1)
	return nil
}
