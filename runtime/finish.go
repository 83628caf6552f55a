package runtime

import (
	"context"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// finish concludes a run whose rules all succeeded: it reads what they ask for,
// keeps the login when it is redirected, looks whether its tokens can be made, and only then,
// when nothing can fail any more, changes the caller's objects.
func (c *Chain) finish(ctx context.Context, p *pass, in *Input, out *Outcome) (*RuleError, error) {
	after := &p.through.State
	final, _ := after.Context.(map[string]any)
	redirect, multifactor := final["redirect"], final["multifactor"]
	out.Decision = Allowed
	if redirect != nil || multifactor != nil {
		if redirect != nil {
			// The login may have to wait as it was before the rules.
			*after = ownCopy(p.known())
			p.undo()
		}
		if failure, err := c.conclude(ctx, p, in, out); failure != nil || err != nil {
			return failure, err
		}
	}
	if out.Decision == Allowed {
		if !p.tokensFit(final) {
			if failure := c.refusedTokens(p, in); failure != nil {
				return failure, nil
			}
		}
		out.tokens = &c.tokens
	}
	out.final.user, out.final.context, out.final.order = after.User, after.Context, after.Order
	if p.added.Any() {
		out.final.added = p.added
	}
	out.User = settle(in.User, after.User)
	out.Context = settle(in.Context, after.Context)
	return nil, nil
}

// known is the State behind the rules with all that is known of its order.
func (p *pass) known() State {
	p.through.State.Order = p.added.Over(p.through.State.Order)
	p.added.Reset()
	return p.through.State
}

// conclude reads what the rules left in context.redirect and context.multifactor.
func (c *Chain) conclude(ctx context.Context, p *pass, in *Input, out *Outcome) (*RuleError, error) {
	final, _ := p.through.State.Context.(map[string]any)
	end := conclude(p.run.interaction(in.Context), final)
	for _, warning := range end.warnings {
		p.run.Warn(warning.Rule, warning.Code, warning.Text)
	}
	if end.err != nil {
		return end.err, nil
	}
	out.Multifactor = end.multifactor
	if end.redirectURL != "" {
		before := State{User: in.User, Context: in.Context, Order: in.Order}
		target, err := c.states.suspend(ctx, newPendingLogin(before, p.known()), end.redirectURL)
		if err != nil {
			return nil, err
		}
		out.Decision, out.RedirectTo = Redirect, &target
	}
	return nil, nil
}

// refusedTokens answers why the login fails with what the rules gave to its tokens. Claims that the
// login came with, and that they left alone, are the caller's.
func (c *Chain) refusedTokens(p *pass, in *Input) *RuleError {
	flow := p.run.flow(in.Context)
	if p.written {
		p.through.State = ownCopy(p.known())
		p.undo()
	}
	after := p.known()
	context, _ := after.Context.(map[string]any)
	judged := make(map[string]any, len(tokenNames))
	for _, name := range tokenNames {
		if claims, ok := context[name]; ok && !sameJSON(in.Context[name], claims) {
			judged[name] = claims
		}
	}
	user, _ := after.User.(map[string]any)
	_, failure := effectiveTokens(flow, TokenInput{User: user, Context: judged, Order: after.Order, TokenOptions: c.tokens})
	return failure
}

// tokensFit reports whether the claims that rules can have written are surely not too large.
func (p *pass) tokensFit(final map[string]any) bool {
	kept := p.through.Kept
	return (kept&KeptIDToken != 0 || fitsToken(final["idToken"])) && (kept&KeptAccessToken != 0 || fitsToken(final["accessToken"]))
}

// fitsToken reports whether the claims in one of the token objects are surely not too large,
// whichever of them are kept.
func fitsToken(claims any) bool {
	switch object := claims.(type) {
	case nil:
		return true
	case map[string]any:
		return len(object) == 0 || roomAfter(MaxClaimBytes, object) >= 0
	}
	return false
}

// roomAfter subtracts from room what a value takes as JSON at most. It is negative for a value
// that must be looked at closely.
func roomAfter(room int, value any) int {
	if room < 0 {
		return room
	}
	const longestEscape = len(`\u0000`)
	switch v := value.(type) {
	case nil, bool, float64:
		return room - 32
	case string:
		return room - len(`""`) - longestEscape*len(v)
	case []any:
		room -= len("[]") + len(v)
		for i := 0; i < len(v) && room >= 0; i++ {
			room = roomAfter(room, v[i])
		}
		return room
	case map[string]any:
		room -= len("{}")
		for name, element := range v {
			if room = roomAfter(room-len(`"":,`)-longestEscape*len(name), element); room < 0 {
				break
			}
		}
		return room
	}
	return -1
}

// ownCopy copies a State: what happens to its objects does not reach the copy.
func ownCopy(state State) State {
	order := &jsondoc.Order{}
	return State{User: state.Order.Copy(state.User, order), Context: state.Order.Copy(state.Context, order), Order: order}
}

// settle changes the caller's object in place. An object that the rules dropped
// stays as it was, and is nil in the outcome.
func settle(before, after any) map[string]any {
	object, ok := after.(map[string]any)
	if !ok {
		return nil
	}
	own, ok := before.(map[string]any)
	if !ok {
		return freshCopy(object)
	}
	writeBack(own, object)
	return own
}

// Resume goes on with a login whose user came back from a redirect: all rules run
// again, from the first one, with context.protocol redirect-callback. A state is
// good for one call.
//
// # Errors
//
// [*StateError] for a state that is malformed, forged, unknown, expired or used
// before; the StateStore's and the Store's errors; and those of Run.
func (c *Chain) Resume(ctx context.Context, state string, r Resumption) (out Outcome, err error) {
	p, err := c.enter() // a pipeline that refuses the run must not use the state up
	if err != nil {
		return Outcome{}, err
	}
	defer c.leave(p, &out, &err)
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	login, err := c.states.take(ctx, state)
	if err != nil {
		return Outcome{}, err
	}
	r.StaleUser = r.StaleUser || c.options.StaleUser
	var profile map[string]any
	if !r.StaleUser && r.User == nil {
		if profile, err = currentProfile(ctx, c.options.Store, login.user); err != nil {
			return Outcome{}, err
		}
	}
	request := resumedFlow(login.context)
	in := login.input(r, profile)
	in.Configuration, in.Now, in.Zone = r.Configuration, r.Now, r.Zone
	err = c.run(ctx, p, &in, &request, &out)
	return out, err
}
