package compiler

import (
	"fmt"
	goruntime "runtime"
	"slices"
	"sync"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// Engine says what runs the rules.
type Engine string

// The engines. Auto, the default, is expr with JavaScript for what it does not cover. With
// Expr and CEL nothing else runs: a rule that would need JavaScript is refused.
const (
	Auto Engine = "auto"
	Expr Engine = "expr"
	CEL  Engine = "cel"
	JS   Engine = "js"
)

// Options say how to compile. The zero value of each field is its default.
type Options struct {
	Engine Engine // "" means Auto
	// Text is the engine of compiled rules in Auto: Expr, the default, or CEL.
	Text Engine
	// Configuration is folded into the programs.
	Configuration map[string]string
	// Domain is auth0.domain; reads of it are not compiled when it is "".
	Domain string
	// ManagementAPI says that the store is a client of one: then auth0.baseUrl and
	// auth0.accessToken are its own, and their reads are not compiled.
	ManagementAPI bool
	// Modules says where packages are.
	Modules ModuleOptions
	// Without switches fast paths of the programs off.
	Without runtime.FastPaths
}

// Unit is one rule on its way through the stages. A stage fills in its fields and
// adds to Problems; it passes over a unit that has an error already.
type Unit struct {
	Name   string
	Origin *folder.Rule // where it came from
	Script *parse.Script
	// Settings are the keys of the configuration that Lowered depends on.
	Settings []string
	tenant   bool // Lowered depends on the tenant's domain
	IR       *ir.Rule
	Lowered  *program.Rule // nil where nothing but JavaScript can run the rule

	Problems diag.List

	uses []use // until they are bundled

	optional bool // JavaScript can run it, too

	hazard *source.Span // from here on JavaScript's own objects may be changed
	runner *steps.Runner
}

// Program is what comes of a pipeline: its rules in the order in which they run,
// and the engine that runs them.
type Program struct {
	Units  []*Unit // those that run
	Rules  []runtime.Rule
	Engine runtime.Engine

	options    Options
	kept       []kept // of each unit, for the engine
	javascript runtime.Engine
	modules    *program.Modules       // nil: the rules require no package
	private    func(name string) bool // whether only one rule can see a global variable
}

// stage is one pass over the units of a pipeline.
type stage struct {
	name string
	each func(*Program, *Unit)    // run for each unit, side by side; may be nil
	all  func(*Program) diag.List // run once, after each; may be nil
}

// stages in order.
var stages = []stage{
	{name: "parse", each: parseUnit}, // rules that do not run, too: what is wrong with them is a warning
	{name: "modules", each: findModules, all: bundleModules},
	{name: "bundle", all: bundle}, // goja says what it cannot compile before anything else looks
	{name: "hazards", all: hazardsOf},
	{name: "lower", each: lowerUnit},
	{name: "emit", each: emitUnit}, // texts are made of what recognize and simplify left
	{name: "refuse", all: refuse},  // exits of the final program, not of the first
	{name: "link", each: linkUnit, all: link},
}

// Compile compiles the rules of a folder. The list says everything that is wrong
// with any of them, sorted; with an error in it there is no program.
func Compile(rules []*folder.Rule, options Options) (*Program, diag.List) {
	var list diag.List
	p := &Program{options: options.withDefaults()}
	for _, rule := range rules {
		if rule.File != nil {
			p.Units = append(p.Units, &Unit{Name: rule.Name, Origin: rule, optional: p.options.Engine == Auto})
		}
	}
	for i, s := range stages {
		if s.each != nil {
			sideBySide(p.Units, func(u *Unit) { s.each(p, u) })
			for _, unit := range p.Units {
				list = append(list, unit.Problems...)
				unit.Problems = nil
			}
		}
		if i == 0 {
			p.Units = slices.DeleteFunc(p.Units, func(u *Unit) bool { return !u.Origin.Runs() || u.Script == nil })
		}
		if list.HasErrors() {
			break
		}
		if s.all != nil {
			list = append(list, s.all(p)...)
		}
		if list.HasErrors() {
			break
		}
	}
	list = list.Sort()
	if list.HasErrors() {
		return nil, list
	}
	return p, list
}

func (o Options) withDefaults() Options {
	if o.Engine == "" {
		o.Engine = Auto
	}
	switch {
	case o.Engine == Expr || o.Engine == CEL:
		o.Text = o.Engine
	case o.Text == "":
		o.Text = Expr
	}
	return o
}

// giveUp leaves a rule to JavaScript on which a stage of the compiler has broken, and
// reports whether it could. One rule must not keep the others from running.
func (u *Unit) giveUp(fault any) bool {
	if !u.optional || u.Script == nil {
		return false
	}
	u.Lowered, u.runner = nil, nil
	u.IR = &ir.Rule{Name: u.Name, Steps: []ir.Step{
		&ir.Exit{At: u.Script.Func.Span(), Code: string(diag.RuleTooComplex), Note: fmt.Sprint(fault)},
	}}
	return true
}

// sideBySide runs f for each unit on all cores.
func sideBySide(units []*Unit, f func(*Unit)) {
	var group sync.WaitGroup
	next := make(chan *Unit)
	broken := make(chan any, len(units))
	one := func(unit *Unit) {
		defer func() {
			if r := recover(); r != nil && !unit.giveUp(r) {
				broken <- fmt.Sprintf("%v, in rule %s", r, unit.Name)
			}
		}()
		f(unit)
	}
	if len(units) == 1 {
		one(units[0]) // on a stack that is large already
	} else {
		for range min(goruntime.GOMAXPROCS(0), len(units)) {
			group.Go(func() {
				for unit := range next {
					one(unit)
				}
			})
		}
		for _, unit := range units {
			next <- unit
		}
		close(next)
		group.Wait()
	}
	select {
	case r := <-broken:
		panic(r) // where the caller can recover it
	default:
	}
}

func parseUnit(_ *Program, u *Unit) {
	script, list := parse.Rule(u.Origin.File, parse.Options{})
	u.Problems = u.Origin.Relocate(list)
	if !list.HasErrors() {
		u.Script = script
	}
}

// bundle compiles all rules that run for goja, unless nothing may run there.
func bundle(p *Program) diag.List {
	p.kept = make([]kept, len(p.Units))
	for i, unit := range p.Units {
		p.kept[i].Kept = unit.Origin.Keep()
	}
	if p.options.closed() {
		p.Rules = make([]runtime.Rule, len(p.Units))
		for i, unit := range p.Units {
			p.Rules[i] = runtime.Rule{Name: unit.Name}
		}
		return nil
	}
	sources := make([]jsvm.Source, len(p.Units))
	p.Rules = make([]runtime.Rule, len(p.Units))
	for i, unit := range p.Units {
		p.Rules[i] = runtime.Rule{Name: unit.Name}
		sources[i] = jsvm.Source{
			Name: unit.Name, File: unit.Origin.Original.Name, Code: unit.Script.Code, Words: unit.Script.Words,
			Lazy: p.options.Engine == Auto, // ast/parse has had it compiled
			Pos:  p.kept[i].place,
		}
	}
	engine, failures := jsvm.CompileWith(sources, jsvm.Options{Modules: p.modules, StandIns: p.options.Modules.AllowMissing})
	var list diag.List
	for _, failure := range failures {
		unit := p.Units[failure.Rule]
		list = append(list, unit.Origin.Relocate(diag.List{
			diag.New(diag.UnsupportedSyntax, unit.Origin.File, source.Span{}, "the JavaScript engine cannot compile it: %s", fmt.Sprint(failure.Err)),
		})...)
	}
	p.javascript = engine
	if engine != nil {
		if err := engine.CompileModules(); err != nil {
			list = append(list, diag.ForPath(diag.BrokenModule, p.options.Modules.Dir, "the JavaScript engine cannot compile the packages: %v", err))
		}
	}
	return list
}
