package ferrule_test

import (
	"context"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/mixed"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// TestForcedExits puts an exit before every step of every compiled rule of testdata, one
// after the other: the answer stays that of JavaScript from the start, with the same
// console lines once and the same metadata writes once.
func TestForcedExits(t *testing.T) {
	var places, runs, taken atomic.Int64
	for _, s := range shippedRules(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			f := forceExits(t, s)
			for number, rule := range f.lowered {
				if rule == nil {
					continue
				}
				for n := range countSteps(rule.Steps) {
					if testing.Short() && n%4 != 0 {
						continue
					}
					run := f.exitingAt(t, number, n)
					places.Add(1)
					for i, login := range f.logins {
						runs.Add(1)
						got := run(login)
						if strings.Contains(got.exits, "forced") {
							taken.Add(1)
						}
						if !f.wants[i].same(got) {
							assert.Equal(t, f.wants[i].text, got.text, "rule %d, exit before step %d, login %s", number, n, login.JSON())
						}
					}
				}
			}
		})
	}
	t.Cleanup(func() {
		assert.NotZero(t, taken.Load())
		t.Logf("%d runs with exits at %d places, taken by %d", runs.Load(), places.Load(), taken.Load())
	})
}

// forced is a pipeline that can be made to exit anywhere.
type forced struct {
	javascript *compiler.Program
	lowered    []*program.Rule // nil: only JavaScript can run the rule
	evaluators []steps.Evaluator
	options    runtime.Options
	store      *freshStore
	logins     []rulegen.Login
	wants      []answer // of JavaScript
}

func forceExits(t *testing.T, s shipped) *forced {
	t.Helper()
	files := fstest.MapFS{}
	for _, rule := range s.rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	compile := func(engine compiler.Engine) *compiler.Program {
		read, list := folder.Read(files, ".", folder.Options{})
		require.NoError(t, list.Err())
		p, list := compiler.Compile(read.Rules, compiler.Options{
			Engine: engine, Configuration: s.logins[0].Configuration, Domain: runtime.Options{}.DomainName(), Modules: standIns,
		})
		require.NoError(t, list.Err())
		return p
	}
	f := &forced{javascript: compile(compiler.JS), store: &freshStore{}}
	f.options = runtime.Options{Configuration: s.logins[0].Configuration, Store: f.store}
	f.options.Limits.Timeout = 5 * time.Second
	for _, unit := range compile(compiler.Auto).Units {
		var evaluator steps.Evaluator
		if unit.Lowered != nil {
			var err error
			evaluator, err = exprvm.Compile(unit.Lowered)
			require.NoError(t, err)
		}
		f.lowered, f.evaluators = append(f.lowered, unit.Lowered), append(f.evaluators, evaluator)
	}
	run := f.run(t, f.javascript.Engine)
	for _, login := range s.logins {
		if maps.Equal(login.Configuration, s.logins[0].Configuration) { // others would be compiled anew
			f.logins = append(f.logins, login)
			f.wants = append(f.wants, run(login))
		}
	}
	return f
}

// exitingAt is the pipeline with an exit before the step n of a rule.
func (f *forced) exitingAt(t *testing.T, number, n int) func(rulegen.Login) answer {
	t.Helper()
	rules := make([]mixed.Rule, len(f.lowered))
	for i, rule := range f.lowered {
		rules[i] = mixed.Rule{Name: f.javascript.Rules[i].Name, File: f.javascript.Units[i].Origin.Original.Name}
		if rule == nil {
			continue
		}
		if i == number {
			changed := *rule
			changed.Steps = withExit(rule.Steps, &n)
			rule = &changed
		}
		runner, err := steps.Compile(rule, f.evaluators[i])
		require.NoError(t, err)
		rules[i].Runner = runner
	}
	return f.run(t, mixed.New(rules, mixed.Options{Name: "expr", JavaScript: f.javascript.Engine, Configuration: f.options.Configuration}))
}

func (f *forced) run(t *testing.T, engine runtime.Engine) func(rulegen.Login) answer {
	t.Helper()
	chain := runtime.NewChain(f.javascript.Rules, engine, f.options)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		assert.NoError(t, chain.Close(ctx))
	})
	return func(login rulegen.Login) answer {
		f.store.reset()
		return runGo(chain, login)
	}
}

func countSteps(list []program.Step) int {
	count := len(list)
	for _, step := range list {
		for _, inner := range bodies(step) {
			count += countSteps(*inner)
		}
	}
	return count
}

// withExit copies steps and puts an exit before the n-th, in the order in which they
// are written. n is counted down; it is below 0 when the exit stands.
func withExit(list []program.Step, n *int) []program.Step {
	var out []program.Step
	for _, step := range list {
		if *n == 0 {
			out = append(out, &program.Exit{At: program.Pos{Line: 1, Column: 1}, Code: "forced"})
		}
		*n--
		step = copyStep(step)
		for _, inner := range bodies(step) {
			*inner = withExit(*inner, n)
		}
		out = append(out, step)
	}
	return out
}

// bodies are the lists of steps inside a step.
func bodies(step program.Step) []*[]program.Step {
	switch s := step.(type) {
	case *program.If:
		return []*[]program.Step{&s.Then, &s.Else}
	case *program.For:
		return []*[]program.Step{&s.Body}
	case *program.ForKeys:
		return []*[]program.Step{&s.Body}
	case *program.Count:
		return []*[]program.Step{&s.Body}
	case *program.Block:
		return []*[]program.Step{&s.Body}
	case *program.Persist:
		return []*[]program.Step{&s.Then}
	}
	return nil
}

// copyStep copies a step that holds others.
func copyStep(step program.Step) program.Step {
	switch s := step.(type) {
	case *program.If:
		c := *s
		return &c
	case *program.For:
		c := *s
		return &c
	case *program.ForKeys:
		c := *s
		return &c
	case *program.Count:
		c := *s
		return &c
	case *program.Block:
		c := *s
		return &c
	case *program.Persist:
		c := *s
		return &c
	}
	return step
}
