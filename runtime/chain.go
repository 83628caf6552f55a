package runtime

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Rule is one rule of a chain: its name and the engine's index for it is its place.
type Rule struct {
	Name string
}

// Options are what a chain is run with. The zero value of each field is its default.
type Options struct {
	Tenant        string            // whose rules these are; "" means "local"
	Domain        string            // auth0.domain; "" means Tenant + ".localhost"
	Configuration map[string]string // the rules' configuration
	Limits        Limits
	Store         Store // nil: writes are recorded and answered, and kept nowhere

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
	states  *states
	tracker tracker
}

// NewChain makes a chain of rules that engine runs. The options must be valid.
func NewChain(rules []Rule, engine Engine, options Options) *Chain {
	c := &Chain{rules: rules, engine: engine, options: options.withDefaults()}
	if options.SharedGlobals {
		c.globals = &Globals{}
	}
	c.states = newStates(c.options)
	c.tokens = c.options.Tokens
	c.tokens.Domains = append([]string{c.options.Domain}, c.tokens.Domains...)
	return c
}

// Close refuses further runs and waits for what the rules left running, or until
// ctx ends, whose error it then answers.
func (c *Chain) Close(ctx context.Context) error { return c.tracker.close(ctx) }

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
	if err := c.tracker.enter(c.options.Limits.Abandoned); err != nil {
		return Outcome{}, err
	}
	defer c.tracker.leave()
	defer recovered(&out, &err)
	return c.run(ctx, in, nil)
}

// recovered makes an error of what broke inside; it must be deferred.
func recovered(out *Outcome, err *error) {
	if r := recover(); r != nil {
		*out, *err = Outcome{}, &InternalError{Value: r, Stack: debug.Stack()}
	}
}

// run runs a login. resumed is nil but for a login that comes back from a redirect: it
// is the login's first request.
func (c *Chain) run(ctx context.Context, in Input, resumed *flow) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	var start time.Time
	if c.options.Timings {
		start = time.Now()
	}
	if in.User == nil {
		in.User = map[string]any{}
	}
	if in.Context == nil {
		in.Context = map[string]any{}
	}
	before := State{User: in.User, Context: in.Context, Order: in.Order}
	run := c.newRun(ctx, in)
	if c.options.Timings {
		run.Until()
	}
	run.login = resumed
	run.KeepLogin(in.Context)
	out := Outcome{Rules: make([]RuleReport, 0, len(c.rules))}
	session := &undoing{}
	defer session.undo() // unless the run has succeeded
	after, failure := c.rulesOf(ctx, run, before, &out, session)
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	var err error
	if failure == nil {
		failure, err = c.finish(ctx, run, before, after, &out, session)
		if err != nil {
			return Outcome{}, err
		}
	}
	if failure == nil {
		session.kept = true
	} else {
		session.undo()
		var internal *InternalError
		if errors.As(failure.cause, &internal) {
			return Outcome{}, internal
		}
		c.fail(before, failure, &out)
		var input *InputError
		if failure.Kind == KindInput && errors.As(failure.cause, &input) {
			err = input
		}
	}
	run.seal(&out)
	out.login = run.login
	if c.options.Timings {
		out.Duration = time.Since(start)
	}
	return out, err
}

func (c *Chain) newRun(ctx context.Context, in Input) *Run {
	run := &Run{
		caller: ctx, Limits: c.options.Limits, Timings: c.options.Timings,
		Tenant: c.options.Tenant, Domain: c.options.Domain,
		Configuration: c.options.Configuration, Store: c.options.Store, Globals: c.globals,
		Clock: c.options.Clock, Fixed: in.Now, Zone: c.options.Zone,
		background: &c.tracker, onLate: c.options.OnLate,
	}
	if in.Configuration != nil {
		run.Configuration = in.Configuration
	}
	if in.Zone != nil {
		run.Zone = in.Zone
	}
	return run
}

// undoing takes back what a session did to the caller's objects, once at most.
type undoing struct {
	session Session
	kept    bool
}

func (u *undoing) undo() {
	if u.session != nil && !u.kept {
		u.kept = true
		u.session.Undo()
	}
}

// rulesOf runs the rules in order and reports each.
func (c *Chain) rulesOf(ctx context.Context, run *Run, state State, out *Outcome, undo *undoing) (State, *RuleError) {
	if len(c.rules) == 0 {
		return state, nil
	}
	session, err := c.engine.Begin(ctx, run)
	if err != nil {
		return state, &RuleError{Kind: KindInput, Name: "Error", Message: err.Error(), cause: err}
	}
	undo.session = session
	defer session.End()
	var result Result
	result, out.Rules = session.Rules(0, len(c.rules), state, out.Rules)
	for i := range out.Rules {
		out.Rules[i].Name = c.rules[i].Name
	}
	return result.State, result.Err
}

// fail fills in an outcome that was denied or failed.
func (c *Chain) fail(before State, failure *RuleError, out *Outcome) {
	out.Decision = Failed
	if failure.Denied() {
		out.Decision = Denied
	}
	oauth := failure.OAuth
	switch {
	case failure.Denied() && c.options.AlwaysAccessDenied:
		oauth = OAuthAccessDenied
	case oauth != "":
	case failure.Denied():
		oauth = OAuthUnauthorized
	default:
		oauth = OAuthAccessDenied
	}
	if failure.OAuth != oauth {
		own := *failure // runs may share it
		own.OAuth = oauth
		failure = &own
	}
	out.Err = failure
	out.RedirectTo, out.Multifactor, out.tokens = nil, nil, nil
	out.User, _ = before.User.(map[string]any)
	out.Context, _ = before.Context.(map[string]any)
	out.final = jsonTrees{before.User, before.Context, before.Order}
}

// jsonTrees are the user and the context of an outcome with what a Go map cannot
// keep: key order and lone surrogates.
type jsonTrees struct {
	user, context any
	order         *jsondoc.Order
}

// UserJSON is the user as JSON text in JavaScript's key order; null when the rules
// dropped the user.
func (o Outcome) UserJSON() ([]byte, error) { return jsondoc.Encode(o.final.user, o.final.order) }

// ContextJSON is the context as JSON text in JavaScript's key order.
func (o Outcome) ContextJSON() ([]byte, error) {
	return jsondoc.Encode(o.final.context, o.final.order)
}
