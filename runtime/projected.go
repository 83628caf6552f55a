package runtime

import (
	"context"
	"reflect"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// projected is a login of which only what the rules need was read. The zero value is one that
// was read whole.
type projected struct {
	user, context *jsondoc.Projection
	login         []byte // the context's text
	whole         bool   // the state is whole by now
}

// shapes says what to read of a login; nil: everything.
func (c *Chain) shapes(configuration map[string]string) *Shapes {
	if c.options.Without.Has(Projection) {
		return nil
	}
	engine, ok := c.engine.(Projecting)
	if !ok {
		return nil
	}
	if configuration == nil {
		configuration = c.options.Configuration
	}
	return engine.Shapes(configuration)
}

// Projected reports whether the states of a run hold a part of the login: see Whole.
func (r *Run) Projected() bool { return r.part.user != nil && !r.part.whole }

// Whole is the state with all of the login, where a run began with a part of it: a session calls
// it before something else than a rule that the shapes tell of reads the state, and goes on
// with the answer.
func (r *Run) Whole(state State) State {
	if !r.Projected() {
		return state
	}
	part := &r.part
	part.whole = true
	whole := State{Order: &jsondoc.Order{}}
	for _, side := range [...]struct {
		from      any
		to        *any
		projected *jsondoc.Projection
	}{{state.User, &whole.User, part.user}, {state.Context, &whole.Context, part.context}} {
		if side.from == nil {
			continue // a rule dropped it
		}
		if reflect.ValueOf(side.from).Pointer() != reflect.ValueOf(side.projected.Root).Pointer() {
			panic("internal error: a state is not of this run")
		}
		tree, order := side.projected.Complete(state.Order)
		*side.to = tree
		whole.Order.Merge(order)
	}
	return whole
}

// runProjected runs a login of which only what the rules need is read. done is false when
// that is not possible: nothing has happened then.
func (c *Chain) runProjected(ctx context.Context, p *pass, shapes *Shapes, in *JSONInput, out *JSONOutcome) (done bool, err error) {
	user := shapes.User.Project(out.User, nil)
	if user == nil {
		return false, nil
	}
	login := shapes.Context.Project(out.Context, user.Order())
	if login == nil {
		user.Release()
		return false, nil
	}
	run := &p.run
	run.part = projected{user: user, context: login, login: out.Context}
	start := c.start(run)
	c.prepare(ctx, run, &Input{Configuration: in.Configuration, Now: in.Now, Zone: in.Zone})
	p.through.State = State{User: user.Root, Context: login.Root, Order: login.Order()}
	failure := c.rulesOf(ctx, p, &out.Outcome)
	if err = ctx.Err(); err == nil && failure == nil {
		failure, err = c.finishProjected(ctx, p, out)
	}
	if err == nil && failure != nil {
		err = c.fail(p, &Input{Configuration: in.Configuration}, failure, &out.Outcome)
		out.User, out.Context = textOf(in.User), textOf(in.Context)
		out.keepTexts(out.Context)
	}
	switch {
	case err != nil && out.Decision != Failed:
		p.undo()
		*out = JSONOutcome{}
		return true, err
	case failure != nil:
		p.undo()
	default:
		p.written = false
	}
	c.seal(run, start, &out.Outcome)
	run.part = projected{}
	user.Release()
	login.Release()
	return true, err
}

// finishProjected is finish. Where more has to be read of the login than the rules need, it
// reads everything.
func (c *Chain) finishProjected(ctx context.Context, p *pass, out *JSONOutcome) (*RuleError, error) {
	part := &p.run.part
	if !part.whole {
		simple, err := c.finishPart(ctx, p, &p.through.State, out)
		if simple || err != nil {
			return nil, err
		}
	}
	if p.through.Journal != nil {
		p.through.State.Order = p.through.Journal.Order()
	}
	p.through.State = p.run.Whole(p.through.State)
	before, err := readLogin(out.User, out.Context)
	if err != nil {
		return nil, err
	}
	in := Input{Order: before.Order}
	in.User, _ = before.User.(map[string]any)
	in.Context, _ = before.Context.(map[string]any)
	failure, err := c.finish(ctx, p, &in, &out.Outcome)
	if failure != nil || err != nil {
		return failure, err
	}
	return nil, out.splice()
}

// finishPart finishes a login that is not redirected and whose tokens can surely be made. simple is
// false for any other.
func (c *Chain) finishPart(ctx context.Context, p *pass, after *State, out *JSONOutcome) (simple bool, err error) {
	part := &p.run.part
	final, _ := after.Context.(map[string]any)
	multifactor := final["multifactor"]
	if final == nil || after.User == nil || final["redirect"] != nil || part.context.Partial(multifactor) {
		return false, nil
	}
	user, login := out.User, out.Context
	if p.through.Journal != nil && p.through.Journal.Writes() > 0 {
		var ok bool
		if user, ok, err = part.user.Splice(p.through.Journal, part.context); err != nil || !ok {
			return false, err
		}
		if login, ok, err = part.context.Splice(p.through.Journal, part.user); err != nil || !ok {
			return false, err
		}
	}
	for i, name := range tokenNames {
		if p.through.Kept&(KeptIDToken<<i) == 0 && part.context.AtMost(name)*claimGrowth > MaxClaimBytes {
			return false, nil
		}
	}
	out.Decision = Allowed
	if multifactor != nil {
		if _, err := c.conclude(ctx, p, &Input{}, &out.Outcome); err != nil {
			return false, err
		}
		if out.Multifactor != nil { // the projection's memory serves others
			var order *jsondoc.Order
			out.Multifactor.Request, _ = order.Copy(out.Multifactor.Request, &jsondoc.Order{}).(map[string]any)
		}
	}
	began := out.Context
	out.tokens, out.User, out.Context = &c.tokens, user, login
	out.keepTexts(began)
	return true, nil
}

// claimGrowth bounds how much longer a value is as JavaScript writes it: 1e20 gets 21 digits.
const claimGrowth = 6

// flowOfText is the flow of a context's text.
func flowOfText(text []byte) flow {
	if part := flowShape.Project(text, nil); part != nil {
		defer part.Release()
		return flowOf(part.Root)
	}
	tree, _, err := jsondoc.Decode(text)
	object, ok := tree.(map[string]any)
	if err != nil || !ok {
		return flow{}
	}
	return flowOf(object)
}

// flowShape is what flowOf reads.
var flowShape = func() *jsondoc.Shape {
	s := &jsondoc.Shape{}
	s.Glance(false, "protocol")
	s.Glance(false, "original_protocol")
	for _, parameter := range [...]string{"prompt", "scope", "audience", "redirect_uri", "response_type", "response_mode", "state"} {
		s.Glance(false, "request", "query", parameter)
		s.Glance(false, "request", "body", parameter)
	}
	return s
}()
