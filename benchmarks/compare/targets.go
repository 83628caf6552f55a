package main

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// ratios are the figures of the table by name. What was not measured is not there.
type ratios map[string]float64

// target is a row of the table: a ratio and what it should be.
type target struct {
	name, what string
	bound      float64
	atMost     bool
	// of computes it; n is how many cases it comes from, 0 when it was not measured.
	of func(r *report) (value float64, n int)
}

// noBound is the bound of a row without a target.
const noBound = -1

// verdict is a target with its value.
type verdict struct {
	Name   string  `json:"name"`
	What   string  `json:"what"`
	Target string  `json:"target"`
	Value  float64 `json:"value"`
	Cases  int     `json:"cases"`
	Met    bool    `json:"met"`
}

// targets are the rows of the table, in its order.
var targets = []target{
	{"hand_expr", "Ferrule, expr programs alone / hand-written Go", 5, true, singles("expr", "hand")},
	{"hand", "Ferrule auto, maps / hand-written Go", 2, true, singles("auto", "hand")},
	{"hand_run", "Ferrule auto with the whole outcome / hand-written Go", noBound, true, singles("run", "hand")},
	{"hand_cel", "Ferrule, CEL programs / hand-written Go", noBound, true, singles("cel", "hand")},
	{"goja_pooled", "goja pooled / Ferrule", 30, false, singles("goja_pooled", "auto")},
	{"goja_parse", "goja parsing per login / Ferrule", 400, false, singles("goja_parse", "auto")},
	{"node_maps", "Node in-process / Ferrule, maps", 0.4, false, singles("node_maps", "auto")},
	{"node_json_1k", "Node JSON.parse, rule, stringify / Ferrule RunJSON, 1 KB", 5, false, singles("node_json", "run_json")},
	{"node_json_100k", "the same, 100 KB: mean of three shapes", 5, false, large},
	{"opa", "OPA / Ferrule, deny cases", 100, false, faster(singles("opa_map", "auto"), singles("opa_lazy", "auto"))},
	{"cedar", "cedar-go / Ferrule, deny cases", 5, false, singles("cedar", "auto")},
	{"allowlist_growth", "allow-list of 100,000 / of 10 entries", 1.5, true, growth("allowlist_growth", "allowlist of 100000", "allowlist of 10")},
	{"index_growth", "60 rules of which the index skips 50 / the other 10", 1.3, true, growth("index_growth", cases.Pipeline60, cases.Pipeline10)},
	{"allocs_readonly", "allocations of a rule that writes nothing, maps (the most)", 0, true, measured("allocs_readonly")},
	{"allocs_readonly_json", "the same, JSON", 2, true, measured("allocs_readonly_json")},
	{"tenants_mb", "MB of 10,000 loaded tenants x 10 lowered rules", 600, true, measured("tenants_mb")},
	{"goja_bare", "the goja engine with fresh globals / bare goja by hand", 1.5, true, singles("js", "goja_bare")},
}

// singles is the mean of two contenders over the single rules.
func singles(over, under string) func(*report) (float64, int) {
	return func(r *report) (float64, int) { return r.mean(over, under, in(cases.Single)) }
}

// faster is the smaller of two ratios: a peer in the way that suits it best.
func faster(a, b func(*report) (float64, int)) func(*report) (float64, int) {
	return func(r *report) (float64, int) {
		x, n := a(r)
		y, m := b(r)
		if n == 0 || m > 0 && y < x {
			return y, m
		}
		return x, n
	}
}

// large is Node and Ferrule with JSON texts of 100 KB: the mean of the shapes.
func large(r *report) (float64, int) {
	return r.mean("node_json", "run_json", func(one row) bool { return one.Group == string(cases.Sized) && one.Shape != cases.Shape10K })
}

// growth is how much longer Ferrule takes for one case than for another, side by side.
func growth(name, large, small string) func(*report) (float64, int) {
	return func(r *report) (float64, int) {
		a, hasA := r.figure(name, large)
		b, hasB := r.figure(name, small)
		if !hasA || !hasB {
			return 0, 0
		}
		return a / b, 1
	}
}

// measured is a figure that a step has put.
func measured(name string) func(*report) (float64, int) {
	return func(r *report) (float64, int) {
		f := r.figures[name]
		return f.value, f.n
	}
}

// put keeps a figure that comes from n cases.
func (r *report) put(name string, value float64, n int) {
	if r.figures == nil {
		r.figures = map[string]counted{}
	}
	r.figures[name] = counted{value, n}
}

// counted is a figure with the number of cases that it comes from.
type counted struct {
	value float64
	n     int
}

// conclude computes the ratios and the verdicts.
func (r *report) conclude() {
	for _, t := range targets {
		value, n := t.of(r)
		if n == 0 {
			continue
		}
		r.Ratios[t.name] = value
		v := verdict{Name: t.name, What: t.what, Value: value, Cases: n}
		switch {
		case t.bound == noBound:
			v.Target, v.Met = "none", true
		case t.atMost:
			v.Target, v.Met = fmt.Sprintf("at most %g", t.bound), value <= t.bound
		default:
			v.Target, v.Met = fmt.Sprintf("at least %g", t.bound), value >= t.bound
		}
		r.Targets = append(r.Targets, v)
	}
}
