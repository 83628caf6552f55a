package peers

import (
	"context"
	"testing/fstest"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// The contenders of this project: Pipeline.Run, all of it, on maps.
var (
	ferruleAuto    = pipeline("auto", "Ferrule, as it comes", ferrule.Options{})
	ferruleExpr    = pipeline("expr", "Ferrule, expr programs alone", ferrule.Options{Without: ferrule.Kernels})
	ferruleCEL     = pipeline("cel", "Ferrule, CEL programs", ferrule.Options{Expressions: ferrule.EngineCEL})
	ferruleNoIndex = pipeline("no_index", "Ferrule without the index of guards", ferrule.Options{Without: ferrule.GuardIndex})
	ferruleJS      = pipeline("js", "Ferrule, the JavaScript engine", ferrule.Options{Engine: ferrule.EngineJS})
)

func pipeline(name, title string, options ferrule.Options) Contender {
	return Contender{Name: name, Title: title, Exact: true, Start: func(c *cases.Case) (*Worker, error) {
		p, err := load(c, options)
		if err != nil {
			return nil, err
		}
		background := context.Background()
		return &Worker{
			Run: func(l *cases.Login) (Answer, error) {
				out, err := p.Run(background, ferrule.Input{User: l.User, Context: l.Context, Now: l.Now})
				if out.Err != nil {
					return Answer{Err: out.Err}, err
				}
				return Answer{User: out.User, Context: out.Context}, err
			},
			Close: func() { _ = p.Close(background) }, // nothing is left running
		}, nil
	}}
}

func load(c *cases.Case, options ferrule.Options) (*ferrule.Pipeline, error) {
	options.Configuration = c.Configuration
	files := fstest.MapFS{}
	for _, rule := range c.Rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Source)}
	}
	return ferrule.Load(files, &options)
}

// Allocations is how often Pipeline.Run allocates for the first timed login of a case, by
// maps, and whether the rules leave the login as it was and compiled code ran them.
func Allocations(c *cases.Case, measure func(run func()) float64) (allocations float64, readOnly bool, err error) {
	p, err := load(c, ferrule.Options{})
	if err != nil {
		return 0, false, err
	}
	background := context.Background()
	defer func() { _ = p.Close(background) }()
	login := c.Timed[0].Copy()
	out, err := p.Run(background, ferrule.Input{User: login.User, Context: login.Context, Now: login.Now})
	if err != nil || out.Err != nil {
		return 0, false, err
	}
	for _, rule := range out.Rules {
		if rule.Exit != nil || rule.Engine == "js" {
			return 0, false, nil
		}
	}
	before := Answer{User: c.Timed[0].User, Context: c.Timed[0].Context}
	if Same(Answer{User: out.User, Context: out.Context}, before, true) != nil {
		return 0, false, nil
	}
	return measure(func() {
		_, _ = p.Run(background, ferrule.Input{User: login.User, Context: login.Context, Now: login.Now}) // as before
	}), true, nil
}
