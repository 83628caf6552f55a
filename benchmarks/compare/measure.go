package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
	"github.com/ferrule-rules/ferrule/benchmarks/timing"
)

// measure runs the comparison that the flags ask for.
func measure(f flags) (*report, error) {
	all, err := f.selectCases()
	if err != nil {
		return nil, err
	}
	node, err := peers.StartNode(f.timing().Warm)
	if err == nil {
		defer node.Close()
	}
	withoutNode := err
	contenders, err := f.selectContenders(node)
	if err != nil {
		return nil, err
	}
	r := newReport(f, contenders)
	if withoutNode != nil {
		r.Notes = append(r.Notes, "without the rows of Node: "+withoutNode.Error())
	} else {
		r.Versions["node"] = node.Version
	}
	start := time.Now()
	steps := f.further(r, all)
	for i := range all {
		progress(start, i+1, len(all)+len(steps), all[i].Name)
		options := f.timing()
		if f.quick {
			options.Budget = (quickTime - time.Since(start)) / time.Duration(len(all)-i)
		}
		row, err := measureCase(&all[i], contenders, options, f.profile != "")
		if err != nil {
			return nil, fmt.Errorf("%s: %w", all[i].Name, err)
		}
		r.Cases = append(r.Cases, row)
	}
	for i, step := range steps {
		progress(start, len(all)+i+1, len(all)+len(steps), step.name)
		if err := step.measure(); err != nil {
			return nil, fmt.Errorf("%s: %w", step.name, err)
		}
	}
	progress(start, 0, 0, "")
	r.Seconds = time.Since(start).Seconds()
	r.conclude()
	return r, nil
}

// quickTime is what all cases may take with -quick.
const quickTime = 32 * time.Second

// progress is one line of a terminal, written over by the next; none to end with.
func progress(start time.Time, i, n int, name string) {
	if info, err := os.Stderr.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return
	}
	fmt.Fprint(os.Stderr, "\r\x1b[K")
	if n > 0 {
		fmt.Fprintf(os.Stderr, "%3.0f s  %d of %d: %s", time.Since(start).Seconds(), i, n, name)
	}
}

func (f flags) timing() timing.Options {
	o := timing.Options{Rounds: 31, Slice: 2 * time.Millisecond, Most: 3 * time.Second, Warm: 100 * time.Millisecond}
	if f.quick {
		o = timing.Options{Rounds: 9, Slice: 500 * time.Microsecond, Most: 300 * time.Millisecond, Warm: 25 * time.Millisecond}
	}
	if f.rounds > 0 {
		o.Rounds = f.rounds
	}
	if f.slice > 0 {
		o.Slice, o.Warm = f.slice, 50*f.slice
	}
	return o
}

// selectCases are the cases whose names the user wants.
func (f flags) selectCases() ([]cases.Case, error) {
	var all []cases.Case
	var err error
	switch {
	case f.rules != "":
		all, err = cases.From(f.rules, f.inputs, f.pipeline)
	case f.patterns:
		all, err = cases.Pure(f.own)
	default:
		all, err = cases.Singles()
		all = slices.Concat(all, cases.Pipelines(all), cases.SizedCases(all))
	}
	if err != nil {
		return nil, err
	}
	if f.cases != "" {
		all = slices.DeleteFunc(all, func(c cases.Case) bool {
			return !slices.ContainsFunc(strings.Split(f.cases, ","), func(word string) bool { return strings.Contains(c.Name, word) })
		})
	}
	if len(all) == 0 {
		return nil, errors.New("no case has such a name")
	}
	return all, nil
}

// notQuick are the contenders that say little beside others, and have no part in a quick run.
var notQuick = []string{"no_index", "sobek_bare", "sobek_parse"}

// selectContenders are those that the user wants.
func (f flags) selectContenders(node *peers.Node) ([]peers.Contender, error) {
	all := peers.All(node)
	if f.only == "" && !f.quick {
		return all, nil
	}
	if f.only == "" {
		return slices.DeleteFunc(all, func(c peers.Contender) bool { return slices.Contains(notQuick, c.Name) }), nil
	}
	var chosen []peers.Contender
	for _, name := range strings.Split(f.only, ",") {
		i := slices.IndexFunc(all, func(c peers.Contender) bool { return c.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no contender %q", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// measureCase checks and times the contenders of one case. Who has no part in it, or answers
// otherwise, is left out, with the reason. For a profile, which copies would fill, rules that
// write nothing do without them.
func measureCase(c *cases.Case, contenders []peers.Contender, options timing.Options, profile bool) (row, error) {
	if err := c.Write(); err != nil {
		return row{}, err
	}
	result := row{Case: c.Name, Group: string(c.Group), Shape: c.Shape, Bytes: len(c.Timed[0].UserText) + len(c.Timed[0].ContextText), LeftOut: map[string]string{}}
	timed, checked, err := peers.Wanted(c)
	if err != nil {
		return row{}, err
	}
	allowed := decisions(timed)
	var lanes []*timing.Lane
	defer func() {
		for _, lane := range lanes {
			if lane.Worker.Close != nil {
				lane.Worker.Close()
			}
		}
	}()
	for _, contender := range contenders {
		if c.Group == cases.Sized && !contender.Large {
			continue
		}
		worker, err := contender.Start(c)
		if err != nil {
			if !peers.IsUnable(err) {
				return row{}, fmt.Errorf("%s: %w", contender.Name, err)
			}
			result.LeftOut[contender.Name] = err.Error()
			continue
		}
		if !worker.Idle {
			if err := peers.Check(c, contender, worker, timed, checked); err != nil {
				result.LeftOut[contender.Name] = err.Error()
				continue
			}
		}
		worker.Texts = worker.Texts || profile && readOnly(c, timed)
		lanes = append(lanes, &timing.Lane{Name: contender.Name, Worker: worker, Case: c, Want: allowed})
	}
	result.NS, err = timing.Lanes(lanes, options)
	return result, err
}

// decisions are answers as timing wants them: true is allowed.
func decisions(timed []peers.Answer) []bool {
	var allowed []bool
	for _, answer := range timed {
		allowed = append(allowed, answer.Err == nil)
	}
	return allowed
}

// readOnly reports whether the timed logins end as they were.
func readOnly(c *cases.Case, timed []peers.Answer) bool {
	for i, l := range c.Timed {
		if timed[i].Err == nil && peers.Same(peers.Answer{User: l.User, Context: l.Context}, timed[i], true) != nil {
			return false
		}
	}
	return true
}
