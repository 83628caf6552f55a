package compiler

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/internal/emit"
	"github.com/ferrule-rules/ferrule/compiler/internal/lower"
	"github.com/ferrule-rules/ferrule/compiler/internal/recognize"
	"github.com/ferrule-rules/ferrule/compiler/internal/simplify"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/celvm"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/mixed"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// hazardsOf marks the first rule that may change JavaScript's own objects, and all behind it.
func hazardsOf(p *Program) diag.List {
	p.private = privateNames(p.Units)
	var first *source.Span
	for _, u := range p.Units {
		if first == nil {
			if at, found := hazard(u.Script.Func); found {
				first = &at
				u.hazard = first
			}
			continue
		}
		whole := u.Script.Func.Span()
		u.hazard = &whole
	}
	return nil
}

// privateNames reports of a name whether only one rule of the pipeline can see a global
// variable of that name.
func privateNames(units []*Unit) func(name string) bool {
	rules := map[string]int{}
	for _, u := range units {
		for word := range u.Script.Words {
			rules[word]++
		}
	}
	if rules["global"]+rules["globalThis"]+rules["this"] > 0 {
		return func(string) bool { return false } // it may be reached by a computed name
	}
	return func(name string) bool { return rules[name] <= 1 }
}

// lowerUnit makes the IR of a rule.
func lowerUnit(p *Program, u *Unit) {
	if p.options.Engine == JS {
		return
	}
	u.IR, u.Settings, u.tenant = p.lowered(u, p.options.Configuration)
}

// lowered is a rule's program for a configuration, the keys of it that it depends on, and whether it
// depends on the tenant's domain.
func (p *Program) lowered(u *Unit, configuration map[string]string) (rule *ir.Rule, keys []string, tenant bool) {
	if u.hazard != nil {
		return &ir.Rule{Name: u.Name, Steps: []ir.Step{&ir.Exit{At: *u.hazard, Code: string(diag.BuiltinChanged)}}}, nil, false
	}
	token := runtime.DummyAccessToken
	if p.options.ManagementAPI {
		token = ""
	}
	result := lower.Rule(u.Name, u.Script.Func, u.Origin.File, lower.Options{
		Configuration: configuration, Domain: p.options.Domain, AccessToken: token, Private: p.private,
	})
	settings := make([]string, len(result.Configuration))
	for i, key := range result.Configuration {
		settings[i] = strings.Clone(key) // or it would keep the whole text that it is a part of
	}
	return simplify.Rule(recognize.Rule(simplify.Rule(result.Rule))), settings, result.Tenant
}

// emitUnit makes the texts and steps of a rule. One that exits at its start has none: goja
// runs it anyway.
func emitUnit(p *Program, u *Unit) {
	if u.IR == nil || exitsAtOnce(u.IR) {
		return
	}
	compiled, err := emit.Rule(u.IR, u.Origin.Original.Name)
	if err != nil {
		panic(fmt.Sprintf("internal error: rule %s: %v", u.Name, err))
	}
	relocate(compiled, u.Origin)
	u.Lowered = compiled
}

func exitsAtOnce(r *ir.Rule) bool {
	if len(r.Steps) == 0 {
		return false
	}
	_, exits := r.Steps[0].(*ir.Exit)
	return exits
}

// refuse reports the exits of rules that must run without JavaScript.
func refuse(p *Program) diag.List {
	if p.options.Engine != Expr && p.options.Engine != CEL {
		return nil
	}
	var list diag.List
	for _, u := range p.Units {
		for _, exit := range ir.Exits(u.IR) {
			row, _ := diag.Lookup(diag.Code(exit.Code))
			d := diag.New(diag.NeedsJavaScript, u.Origin.File, exit.At, "the engine %s cannot run this rule: %s [%s]", p.options.Engine, row.Summary, exit.Code).
				WithNote("ferrule explain says what would have to change; the engine auto runs the rule as it is")
			list = append(list, u.Origin.Relocate(diag.List{d})...)
		}
	}
	return list
}

// linkUnit compiles the texts of a rule for its engine.
func linkUnit(p *Program, u *Unit) {
	if u.Lowered == nil {
		return
	}
	var problem error
	u.runner, problem = runner(p.options, u)
	if problem != nil {
		panic(fmt.Sprintf("internal error: rule %s: %v", u.Name, problem))
	}
}

func runner(o Options, u *Unit) (*steps.Runner, error) {
	compile := exprvm.CompileWithout
	if o.Text == CEL {
		compile = celvm.CompileWithout
	}
	evaluator, err := compile(u.Lowered, o.Without)
	if err != nil {
		return nil, err
	}
	return steps.Compile(u.Lowered, evaluator)
}

// link makes the pipeline's engine.
func link(p *Program) diag.List {
	if p.options.Engine == JS {
		p.Engine = p.javascript
		return nil
	}
	rules := make([]mixed.Rule, len(p.Units))
	for i, u := range p.Units {
		rules[i] = mixed.Rule{Name: u.Name, File: u.Origin.Original.Name, Runner: u.runner}
	}
	p.Engine = mixed.New(rules, mixed.Options{
		Name: string(p.options.Text), JavaScript: p.javascript,
		Configuration: p.options.Configuration, Specialize: newSpecializer(p).specialize,
		Without: p.options.Without,
	})
	for _, u := range p.Units {
		if u.runner != nil {
			u.runner.Trim()
		}
	}
	return nil
}

var _ runtime.Engine = (*mixed.Engine)(nil)
