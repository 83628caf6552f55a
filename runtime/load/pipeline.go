package load

import (
	"cmp"
	"fmt"
	"maps"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/celvm"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/mixed"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// The names of engines.
const (
	auto = "auto"
	expr = "expr"
	cel  = "cel"
	js   = "js"
)

var engines = map[string]bool{auto: true, expr: true, cel: true, js: true}

// compilers make the evaluator of a program's texts.
var compilers = map[string]func(*program.Rule, runtime.FastPaths) (steps.Evaluator, error){
	expr: exprvm.CompileWithout, cel: celvm.CompileWithout,
}

// Options are what a pipeline is run with. The zero value of each field is its default.
type Options struct {
	// Options are the runtime's. Tenant and Domain are by default those of the build; the
	// Configuration is laid over the one in the file, if it holds one.
	runtime.Options
	// Engine is auto, expr, cel or js; "" means what the file was built for. With expr or cel
	// nothing else runs.
	Engine string
	// Text is what computes compiled rules with auto: expr or cel; "" means what the file was
	// built for.
	Text string
}

// Pipeline is rules ready to run. It is immutable and safe for concurrent use.
type Pipeline struct {
	*runtime.Chain
	rules []RuleInfo
}

// Rules lists the rules in the order in which they run. The slice is new at each call.
func (p *Pipeline) Rules() []RuleInfo { return append([]RuleInfo(nil), p.rules...) }

// Open makes the pipeline.
//
// # Errors
//
//   - *[RefusedError]: a rule needs JavaScript, and Engine allows none.
//   - *[FileError]: a program of the file is none.
//   - What Limits.Validate finds, and an unknown Engine.
func (l *Loaded) Open(o Options) (*Pipeline, error) {
	chain, err := l.Chain(o)
	if err != nil {
		return nil, err
	}
	return &Pipeline{Chain: chain, rules: l.Rules()}, nil
}

// Chain makes the chain of a pipeline, as Open does.
func (l *Loaded) Chain(o Options) (*runtime.Chain, error) {
	if o.Engine == "" {
		o.Engine = l.file.Engine
	}
	if !engines[o.Engine] {
		return nil, fmt.Errorf("the engine is auto, expr, cel or js, not %q", o.Engine)
	}
	if o.Text != "" && compilers[o.Text] == nil {
		return nil, fmt.Errorf("compiled rules run in expr or cel, not %q", o.Text)
	}
	if errs := o.Limits.Validate(); len(errs) > 0 {
		return nil, errs[0]
	}
	if o.Tenant == "" {
		o.Tenant = l.file.Tenant
	}
	if o.Domain == "" && o.Tenant == l.file.Tenant && o.ManagementAPI() == nil {
		o.Domain = l.file.Domain
	}
	configuration := maps.Clone(l.file.Configuration)
	if configuration == nil {
		configuration = map[string]string{}
	}
	maps.Copy(configuration, o.Configuration)
	o.Configuration = configuration
	rules := make([]runtime.Rule, len(l.file.Rules))
	for i, rule := range l.file.Rules {
		rules[i] = runtime.Rule{Name: rule.Name}
	}
	engine, err := l.engine(o)
	if err != nil {
		return nil, err
	}
	return runtime.NewChain(rules, engine, o.Options), nil
}

// engine makes what runs the rules.
func (l *Loaded) engine(o Options) (runtime.Engine, error) {
	var javascript runtime.Engine
	if o.Engine == auto || o.Engine == js {
		if err := l.scripted(); err != nil {
			return nil, err
		}
		javascript = newLazy(l.file)
	}
	if o.Engine == js {
		return javascript, nil
	}
	domain := o.DomainName()
	if o.ManagementAPI() != nil {
		domain = "" // the programs know another base URL and token, whatever their domain is
	}
	built := runtime.Options{Tenant: l.file.Tenant, Domain: l.file.Domain}.DomainName()
	folded := make([]saved.Folded, len(l.file.Rules)) // and nothing else: the file can be forgotten
	for i, rule := range l.file.Rules {
		folded[i] = rule.Folded
	}
	holds := func(i int, configuration map[string]string) bool {
		return folded[i].Holds(configuration, built, domain)
	}
	if javascript == nil {
		if err := l.refused(func(i int) bool { return holds(i, o.Configuration) }); err != nil {
			return nil, err
		}
	}
	text := o.Engine
	if text == auto {
		text = cmp.Or(o.Text, l.text())
	}
	all := make([]*steps.Runner, len(l.file.Rules))
	for i := range l.file.Rules {
		var err error
		if all[i], err = runner(&l.file.Rules[i], text, o.Without); err != nil {
			return nil, err
		}
	}
	specialize := func(configuration map[string]string) ([]*steps.Runner, bool) {
		runners := make([]*steps.Runner, len(all))
		for i := range all {
			if all[i] != nil && holds(i, configuration) {
				runners[i] = all[i]
			}
		}
		return runners, true
	}
	runners, _ := specialize(o.Configuration)
	rules := make([]mixed.Rule, len(all))
	for i := range all {
		rules[i] = mixed.Rule{Name: l.file.Rules[i].Name, File: l.file.Rules[i].File, Runner: runners[i]}
	}
	made := mixed.New(rules, mixed.Options{
		Name: text, JavaScript: javascript, Configuration: o.Configuration, Specialize: specialize, Without: o.Without,
	})
	for _, runner := range runners {
		if runner != nil {
			runner.Trim()
		}
	}
	return made, nil
}

// text is the engine that was chosen for the compiled rules.
func (l *Loaded) text() string {
	for _, rule := range l.file.Rules {
		if rule.Engine != js {
			return rule.Engine
		}
	}
	return expr
}

// scripted says whether JavaScript can run the rules.
func (l *Loaded) scripted() error {
	for _, rule := range l.file.Rules {
		if rule.Script == nil {
			return fmt.Errorf("the pipeline's file was built for the engine %s and holds no JavaScript", l.file.Engine)
		}
	}
	return nil
}

// refused says which rules need JavaScript.
func (l *Loaded) refused(holds func(rule int) bool) error {
	var list []Refused
	for i := range l.file.Rules {
		rule := &l.file.Rules[i]
		r := Refused{Rule: rule.Name, File: rule.File, Exits: rule.Exits}
		switch {
		case rule.Program == nil:
			r.Why = "is not compiled, and JavaScript may not run it"
		case len(rule.Exits) > 0:
			r.Why = "needs JavaScript, which may not run"
		case !holds(i):
			r.Why = "was compiled for another configuration or domain, and JavaScript may not run it"
		default:
			continue
		}
		list = append(list, r)
	}
	if len(list) > 0 {
		return &RefusedError{Rules: list}
	}
	return nil
}

// runner compiles a rule's program; nil without one.
func runner(rule *saved.Rule, engine string, without runtime.FastPaths) (_ *steps.Runner, err error) {
	if rule.Program == nil {
		return nil, nil
	}
	defer func() {
		if r := recover(); r != nil {
			err = damaged("the program of rule %q cannot be compiled: %v", rule.Name, r)
		}
	}()
	eval, err := compilers[engine](rule.Program, without)
	if err != nil {
		return nil, damaged("%v", err)
	}
	made, err := steps.Compile(rule.Program, eval)
	if err != nil {
		return nil, damaged("%v", err)
	}
	return made, nil
}
