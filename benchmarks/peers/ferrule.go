package peers

import (
	"context"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// The contenders of this project, on maps. Those with compiled rules do what the others do:
// Pipeline.Decide changes the login's objects and answers the decision. ferruleRun and ferruleJS make the
// whole outcome, too: Pipeline.Run.
var (
	ferruleAuto    = decision("auto", "Ferrule, as it comes", ferrule.Options{})
	ferruleExpr    = decision("expr", "Ferrule, expr programs alone", ferrule.Options{Without: ferrule.Kernels})
	ferruleCEL     = decision("cel", "Ferrule, CEL programs", ferrule.Options{Expressions: ferrule.EngineCEL})
	ferruleNoIndex = decision("no_index", "Ferrule without the index of guards", ferrule.Options{Without: ferrule.GuardIndex})
	ferruleRun     = pipeline("run", "Ferrule, with the whole outcome", ferrule.Options{})
	ferruleJS      = pipeline("js", "Ferrule, the JavaScript engine", ferrule.Options{Engine: ferrule.EngineJS})
)

func decision(name, title string, options ferrule.Options) Contender {
	return contender(name, title, options, func(p *ferrule.Pipeline, in ferrule.Input) (Answer, error) {
		verdict, err := p.Decide(background, in)
		if verdict.Err != nil {
			return Answer{Err: verdict.Err}, err
		}
		return Answer{User: in.User, Context: in.Context}, err
	})
}

func pipeline(name, title string, options ferrule.Options) Contender {
	return contender(name, title, options, func(p *ferrule.Pipeline, in ferrule.Input) (Answer, error) {
		out, err := p.Run(background, in)
		if out.Err != nil {
			return Answer{Err: out.Err}, err
		}
		return Answer{User: out.User, Context: out.Context}, err
	})
}

var background = context.Background()

func contender(name, title string, options ferrule.Options, decide func(*ferrule.Pipeline, ferrule.Input) (Answer, error)) Contender {
	return Contender{Name: name, Title: title, Exact: true, Start: func(c *cases.Case) (*Worker, error) {
		p, err := c.Load(options)
		if err != nil {
			return nil, err
		}
		return &Worker{
			Run: func(l *cases.Login) (Answer, error) {
				return decide(p, ferrule.Input{User: l.User, Context: l.Context, Now: l.Now})
			},
			Close: func() { _ = p.Close(background) }, // nothing is left running
		}, nil
	}}
}

// Allocations is how often a case's first login makes Ferrule allocate.
type Allocations struct {
	// ReadOnly says that compiled code let the login in and left it as it was: only then the
	// others are measured.
	ReadOnly   bool
	Maps, JSON float64 // of Pipeline.Run and of RunJSON
}

// MeasureAllocations runs the first timed login of a case, which must be written.
//
// # Errors
//
// A rule that does not load, a login without a decision.
func MeasureAllocations(c *cases.Case, perRun func(run func()) float64) (a Allocations, err error) {
	p, err := c.Load(ferrule.Options{})
	if err != nil {
		return a, err
	}
	defer func() { _ = p.Close(background) }()
	login := c.Timed[0].Copy()
	out, err := p.Run(background, ferrule.Input{User: login.User, Context: login.Context, Now: login.Now})
	if err != nil || out.Err != nil {
		return a, err
	}
	for _, rule := range out.Rules {
		if rule.Exit != nil || rule.Engine == "js" {
			return a, nil
		}
	}
	before := Answer{User: c.Timed[0].User, Context: c.Timed[0].Context}
	if a.ReadOnly = Same(Answer{User: out.User, Context: out.Context}, before, true) == nil; !a.ReadOnly {
		return a, nil
	}
	// Both ended well before, and nothing has changed since.
	a.Maps = perRun(func() {
		_, _ = p.Run(background, ferrule.Input{User: login.User, Context: login.Context, Now: login.Now})
	})
	a.JSON = perRun(func() {
		_, _ = p.RunJSON(background, ferrule.JSONInput{User: login.UserText, Context: login.ContextText, Now: login.Now})
	})
	return a, nil
}
