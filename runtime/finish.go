package runtime

import (
	"context"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// finish concludes a run whose rules all succeeded: it reads what they ask for,
// keeps the login when it is redirected, computes the tokens, and only then, when
// nothing can fail any more, changes the caller's objects.
func (c *Chain) finish(ctx context.Context, run *Run, before, after State, out *Outcome, undo *undoing) (*RuleError, error) {
	final, _ := after.Context.(map[string]any)
	if final["redirect"] != nil {
		// The login may have to wait as it was before the rules.
		after = ownCopy(after)
		final, _ = after.Context.(map[string]any)
		undo.undo()
	}
	end := conclude(*run.login, final)
	for _, warning := range end.warnings {
		run.Warn(warning.Rule, warning.Code, warning.Text)
	}
	if end.err != nil {
		return end.err, nil
	}
	out.Decision, out.Multifactor = Allowed, end.multifactor
	if out.Multifactor != nil {
		order := &jsondoc.Order{}
		out.Multifactor.Request, _ = after.Order.Copy(out.Multifactor.Request, order).(map[string]any)
		out.Multifactor.Order = order
	}
	if end.redirectURL != "" {
		target, err := c.states.suspend(ctx, newPendingLogin(before, after), end.redirectURL)
		if err != nil {
			return nil, err
		}
		out.Decision, out.RedirectTo = Redirect, &target
	} else {
		if failure := c.refusedTokens(run, after); failure != nil {
			return failure, nil
		}
		out.tokens = &c.tokens
	}
	out.final = jsonTrees{after.User, after.Context, after.Order}
	out.User = c.settle(before.User, after.User)
	out.Context = c.settle(before.Context, after.Context)
	return nil, nil
}

// refusedTokens answers why the login fails with what the rules gave to its tokens.
func (c *Chain) refusedTokens(run *Run, after State) *RuleError {
	context, _ := after.Context.(map[string]any)
	if fitsToken(context["idToken"]) && fitsToken(context["accessToken"]) {
		return nil
	}
	user, _ := after.User.(map[string]any)
	_, failure := effectiveTokens(*run.login, TokenInput{User: user, Context: context, Order: after.Order, TokenOptions: c.tokens})
	return failure
}

// fitsToken reports whether the claims in one of the token objects are not too large,
// whichever of them are kept.
func fitsToken(claims any) bool {
	switch object := claims.(type) {
	case nil:
		return true
	case map[string]any:
		if len(object) == 0 {
			return true
		}
		room, ok := takeRoom(MaxClaimBytes, object)
		return ok && room >= 0
	}
	return false
}

// ownCopy copies a State: what happens to its objects does not reach the copy.
func ownCopy(state State) State {
	order := &jsondoc.Order{}
	return State{User: state.Order.Copy(state.User, order), Context: state.Order.Copy(state.Context, order), Order: order}
}

// settle changes the caller's object in place. An object that the rules dropped
// stays as it was, and is nil in the outcome.
func (c *Chain) settle(before, after any) map[string]any {
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
	// A pipeline that refuses the run must not use the state up.
	if err := c.tracker.enter(c.options.Limits.Abandoned); err != nil {
		return Outcome{}, err
	}
	defer c.tracker.leave()
	defer recovered(&out, &err)
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
	return c.run(ctx, in, &request)
}
