package runtime

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// Rule is one rule of a chain: its name and the engine's index for it is its place.
type Rule struct {
	Name string
}

// Options are what a chain is run with. The zero value of each field is its default.
type Options struct {
	Tenant        string            // whose rules these are; "" means "local"
	Domain        string            // auth0.domain; "" means the host of the store's ManagementAPI, or Tenant + ".localhost"
	Configuration map[string]string // the rules' configuration
	// ShowConfiguration names the keys of the configuration whose values may appear in console
	// lines, warnings and errors; [ShowAll] among them is every key. Other values of 6 bytes and
	// more that are no numbers of up to 9 are replaced by the name of their key there. User, context, tokens, and
	// what a rule tells the application with an UnauthorizedError are the rules' answer, and never changed.
	ShowConfiguration []string
	Environment       map[string]string // process.env of rules and packages
	Limits            Limits
	Network           egress.Policy // where rules may go; it must be valid (see its Validate)
	Store             Store         // nil: writes are recorded and answered, and kept nowhere

	// SharedGlobals keeps the JSON values on `global` from run to run, as the
	// platform's containers did. Off: every run starts with none.
	SharedGlobals bool

	// Clock reads the time; nil means time.Now. Zone is the rules' local time;
	// nil means UTC, never the process's zone.
	Clock func() time.Time
	Zone  *time.Location

	// States keeps logins that wait for the user to come back from a redirect.
	// nil means a store in memory. StateKey signs their states; nil means a random key,
	// so that another process cannot resume them.
	States   StateStore
	StateKey []byte
	// StateTTL is how long a login waits. 0 means one hour.
	StateTTL time.Duration

	// Tokens says which claims reach tokens; the zero value is the platform's
	// behaviour at its end.
	Tokens TokenOptions
	// AlwaysAccessDenied answers access_denied to applications where
	// UnauthorizedError would give unauthorized.
	AlwaysAccessDenied bool
	// StaleUser resumes a redirected login with the profile as it was before the
	// redirect, as the platform did until 2020.
	StaleUser bool

	// Timings measures how long the run and each of its rules take. Off, the durations of the
	// outcome are zero, but for rules that ran in JavaScript.
	Timings bool
	// OnLate is told what rules do after their run has answered. It is called
	// from other goroutines; nil: nobody is told.
	OnLate func(Late)

	// Without are the fast paths that are turned off.
	Without FastPaths
}

// DomainName is Domain, or its default.
func (o Options) DomainName() string {
	setDefault(&o.Tenant, "local")
	setDefault(&o.Domain, o.managementHost())
	setDefault(&o.Domain, o.Tenant+".localhost")
	return o.Domain
}

func (o Options) withDefaults() Options {
	setDefault(&o.Tenant, "local")
	o.Domain = o.DomainName()
	setDefault(&o.StateTTL, time.Hour)
	o.Limits = o.Limits.WithDefaults()
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return o
}

// Chain runs rules one after the other: later rules see what earlier ones
// changed, the first error ends the run. It is immutable and safe for concurrent
// use.
type Chain struct {
	rules   []Rule
	engine  Engine
	options Options
	tokens  TokenOptions // with the tenant's own domain
	globals *Globals
	masks   *masks
	states  *states
	tracker tracker
	network network
	passes  sync.Pool // of *pass
	swift   bool      // see runSwiftly
	swifts  sync.Pool // of *pass
}

// NewChain makes a chain of rules that engine runs. The options must be valid.
func NewChain(rules []Rule, engine Engine, options Options) *Chain {
	c := &Chain{rules: rules, engine: engine, options: options.withDefaults()}
	if options.SharedGlobals {
		c.globals = &Globals{}
	}
	c.masks = newMasks(c.options.Configuration, c.options.ShowConfiguration)
	c.tracker.init()
	c.network.policy = options.Network
	engineOfSwift, ok := engine.(SwiftEngine)
	c.swift = ok && !c.options.Timings && !c.options.Without.Has(SwiftRuns) && len(rules) > 0 && engineOfSwift.IsSwift()
	c.states = newStates(c.options)
	c.tokens = c.options.Tokens
	c.tokens.Domains = append([]string{c.options.Domain}, c.tokens.Domains...)
	return c
}

// Close refuses further runs and waits for what the rules left running, or until
// ctx ends, whose error it then answers. A run of compiled rules alone, which leave nothing
// running, may still be on its last microseconds.
func (c *Chain) Close(ctx context.Context) error {
	defer c.network.close()
	return c.tracker.close(ctx)
}

// Settle waits for what earlier runs left running, or until ctx ends, whose error it then answers.
// No run may begin meanwhile.
func (c *Chain) Settle(ctx context.Context) error { return c.tracker.settle(ctx) }

// Run decides about one login. On Redirect the login waits in the StateStore until
// Resume is called with the state. See Input for what happens to its maps.
//
// # Errors
//
// What a rule does is an Outcome, not an error. An error means that there is no
// decision: *InputError (the Outcome is then Failed with kind input),
// ctx's error, ErrClosed, ErrBusy, the error of the StateStore, *InternalError; the
// input is then untouched.
func (c *Chain) Run(ctx context.Context, in Input) (out Outcome, err error) {
	var until time.Time
	if c.swift && in.Configuration == nil {
		var done bool
		if done, until, err = c.runSwiftly(ctx, &in, &out, nil); done {
			return out, err
		}
	}
	return c.runWholly(ctx, &in, until)
}

// runWholly is Run with a session. until is when the time of the run is over, if that has begun.
func (c *Chain) runWholly(ctx context.Context, in *Input, until time.Time) (out Outcome, err error) {
	p, err := c.enter()
	if err != nil {
		return Outcome{}, err
	}
	defer c.leave(p, &out, &err)
	p.run.until = until
	err = c.run(ctx, p, in, nil, &out)
	return out, err
}

// Decide is Run for callers who issue tokens themselves: the rules run in the same way and change
// the same objects, but what is answered is the decision alone. It is the cheapest way to run compiled
// rules; with others it costs what Run costs.
//
// # Errors
//
// Those of Run.
func (c *Chain) Decide(ctx context.Context, in Input) (v Verdict, err error) {
	var until time.Time
	if c.swift && in.Configuration == nil {
		var done bool
		if done, until, err = c.runSwiftly(ctx, &in, nil, &v); done {
			return v, err
		}
	}
	out, err := c.runWholly(ctx, &in, until)
	return Verdict{out.Decision, out.Err, out.RedirectTo, out.Multifactor}, err
}

// run runs a login. resumed is nil but for a login that comes back from a redirect: it
// is the login's first request. out is the zero Outcome; with an error it is so afterwards,
// but for an *InputError.
func (c *Chain) run(ctx context.Context, p *pass, in *Input, resumed *flow, out *Outcome) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	run := &p.run
	start := c.start(run)
	if in.User == nil {
		in.User = map[string]any{}
	}
	if in.Context == nil {
		in.Context = map[string]any{}
	}
	c.prepare(ctx, run, in)
	run.login = resumed
	p.through.State = State{User: in.User, Context: in.Context, Order: in.Order}
	p.through.Added = &p.added
	failure := c.rulesOf(ctx, p, out)
	err := ctx.Err()
	if err == nil && failure == nil {
		failure, err = c.finish(ctx, p, in, out)
	}
	if err == nil && failure != nil {
		err = c.fail(p, in, failure, out)
	}
	switch {
	case err != nil:
		p.undo()
		if out.Decision != Failed {
			*out = Outcome{}
			return err
		}
	case failure != nil:
		p.undo()
	default:
		p.written = false
	}
	c.seal(run, start, out)
	return err
}

// start begins to measure a run, if anybody wants to know.
func (c *Chain) start(run *Run) (start time.Time) {
	if c.options.Timings {
		start = time.Now()
		run.Until()
	}
	return start
}

// seal ends a run that has an outcome.
func (c *Chain) seal(run *Run, start time.Time, out *Outcome) {
	run.seal(out)
	out.login = run.login
	if c.options.Timings {
		out.Duration = time.Since(start)
	}
}

// prepare gives a Run what its input says.
func (c *Chain) prepare(ctx context.Context, run *Run, in *Input) {
	run.caller, run.Fixed = ctx, in.Now
	run.Configuration, run.Zone = in.Configuration, in.Zone
	if run.Configuration == nil {
		run.Configuration = c.options.Configuration
	}
	if run.Zone == nil {
		run.Zone = c.options.Zone
	}
}

// rulesOf takes what goes through the pass through the rules.
func (c *Chain) rulesOf(ctx context.Context, p *pass, out *Outcome) *RuleError {
	if len(c.rules) == 0 {
		return nil
	}
	if err := p.begin(ctx, c.engine); err != nil {
		return &RuleError{Kind: KindInput, Name: "Error", Message: err.Error(), cause: err}
	}
	p.session.Rules(0, len(c.rules), &p.through)
	out.Rules = p.through.Reports
	p.end()
	return p.through.Err
}

// fail fills in an outcome that was denied or failed.
//
// # Errors
//
// The *InternalError behind a failure, which is no decision; then out has none. The *InputError
// behind one, beside the outcome.
func (c *Chain) fail(p *pass, in *Input, failure *RuleError, out *Outcome) error {
	if failure.cause != nil {
		if internal := causeOf[*InternalError](failure); internal != nil {
			out.Decision = 0
			return internal
		}
	}
	out.Decision, failure = c.blamed(p, failure, in)
	out.Err = failure
	out.RedirectTo, out.Multifactor, out.tokens = nil, nil, nil
	out.User, out.Context = in.User, in.Context
	out.final = jsonTrees{user: in.User, context: in.Context, order: in.Order}
	if failure.Kind == KindInput {
		if input := causeOf[*InputError](failure); input != nil {
			return input
		}
	}
	return nil
}

// blamed is the decision that a failure is, and the failure with the code for the application.
func (c *Chain) blamed(p *pass, failure *RuleError, in *Input) (Decision, *RuleError) {
	decision := Failed
	if failure.Denied() {
		decision = Denied
	}
	oauth := failure.OAuth
	switch {
	case decision == Denied && c.options.AlwaysAccessDenied:
		oauth = OAuthAccessDenied
	case oauth != "":
	case decision == Denied:
		oauth = OAuthUnauthorized
	default:
		oauth = OAuthAccessDenied
	}
	if failure.OAuth != oauth {
		own := *failure // runs may share it
		own.OAuth = oauth
		failure = &own
	}
	configuration := in.Configuration
	if configuration == nil {
		configuration = c.options.Configuration
	}
	return decision, p.run.masked(failure, configuration)
}

// causeOf is the error of a type that is behind a failure.
func causeOf[E error](failure *RuleError) (cause E) {
	errors.As(failure.cause, &cause)
	return cause
}
