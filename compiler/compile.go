package compiler

import (
	"fmt"
	goruntime "runtime"
	"sync"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Unit is one rule on its way through the stages. A stage fills in its fields and
// adds to Problems; it passes over a unit that has an error already.
type Unit struct {
	Name   string
	Origin *folder.Rule // where it came from
	Script *parse.Script
	// IR is what the rule does, and Lowered the program made of it; nil when no stage made one.
	IR      *ir.Rule
	Lowered *program.Rule

	Problems diag.List
}

// Program is what comes of a pipeline: its rules in the order in which they run,
// and the engine that runs them.
type Program struct {
	Units  []*Unit // those that run
	Rules  []runtime.Rule
	Engine runtime.Engine
}

// stage is one pass over the units of a pipeline.
type stage struct {
	name string
	each func(*Unit)              // run for each unit, side by side; may be nil
	all  func(*Program) diag.List // run once, after each; may be nil
	runs func(*folder.Rule) bool  // which rules it looks at
}

// stages in order: a rule must be parsed before goja gets its code.
var stages = []stage{
	{name: "parse", each: parseUnit, runs: func(*folder.Rule) bool { return true }},
	{name: "bundle", all: bundle},
}

// Compile compiles the rules of a folder. The list says everything that is wrong
// with any of them, sorted; with an error in it there is no program.
func Compile(rules []*folder.Rule) (*Program, diag.List) {
	var list diag.List
	units := make([]*Unit, 0, len(rules))
	for _, rule := range rules {
		if rule.File != nil {
			units = append(units, &Unit{Name: rule.Name, Origin: rule})
		}
	}
	program := &Program{}
	for _, s := range stages {
		if s.each != nil {
			sideBySide(units, s.each)
			for _, unit := range units {
				list = append(list, unit.Problems...)
				unit.Problems = nil
			}
			for _, unit := range units {
				if unit.Origin.Runs() && unit.Script != nil {
					program.Units = append(program.Units, unit)
				}
			}
		}
		if s.all != nil && !list.HasErrors() {
			list = append(list, s.all(program)...)
		}
	}
	list = list.Sort()
	if list.HasErrors() {
		return nil, list
	}
	return program, list
}

// sideBySide runs f for each unit on all cores.
func sideBySide(units []*Unit, f func(*Unit)) {
	var group sync.WaitGroup
	next := make(chan *Unit)
	for range min(goruntime.GOMAXPROCS(0), len(units)) {
		group.Go(func() {
			for unit := range next {
				f(unit)
			}
		})
	}
	for _, unit := range units {
		next <- unit
	}
	close(next)
	group.Wait()
}

func parseUnit(u *Unit) {
	script, list := parse.Rule(u.Origin.File, parse.Options{})
	u.Problems = u.Origin.Relocate(list)
	if !list.HasErrors() {
		u.Script = script
	}
}

// bundle compiles all rules that run for goja.
func bundle(p *Program) diag.List {
	sources := make([]jsvm.Source, len(p.Units))
	p.Rules = make([]runtime.Rule, len(p.Units))
	for i, unit := range p.Units {
		origin, script := unit.Origin, unit.Script
		p.Rules[i] = runtime.Rule{Name: unit.Name}
		sources[i] = jsvm.Source{
			Name: unit.Name, File: origin.Original.Name, Code: script.Code, Words: script.Words,
			Pos: func(line, column int) source.Pos { return origin.Position(script.Pos(line, column).Offset) },
		}
	}
	engine, failures := jsvm.Compile(sources)
	var list diag.List
	for _, failure := range failures {
		unit := p.Units[failure.Rule]
		list = append(list, unit.Origin.Relocate(diag.List{
			diag.New(diag.UnsupportedSyntax, unit.Origin.File, source.Span{}, "the JavaScript engine cannot compile it: %s", fmt.Sprint(failure.Err)),
		})...)
	}
	p.Engine = engine
	return list
}
