package runtime

import (
	"context"
	"errors"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// JSONInput is one login as JSON text: see [Input] for what its parts mean.
//
// User and Context are each one JSON object; empty or nil means {}. They are only read, and
// must not be changed as long as the outcome is used.
type JSONInput struct {
	User    []byte
	Context []byte

	Configuration map[string]string
	Now           time.Time
	Zone          *time.Location
}

// JSONOutcome is the answer to a [JSONInput]: an Outcome whose user and context are JSON text.
//
// Where the rules left an object alone its text is the input's, the same bytes, so it must not be
// changed. On Denied and Failed it always is. User or Context is null when the rules dropped
// it.
type JSONOutcome struct {
	Outcome // without the maps User and Context

	User    []byte
	Context []byte
}

// RunJSON decides about one login that is given as JSON text.
//
// # Errors
//
// Those of Run. Text that is not JSON, or no object, is an *InputError; it wraps the
// *jsondoc.SyntaxError, which has the offset.
func (c *Chain) RunJSON(ctx context.Context, in JSONInput) (out JSONOutcome, err error) {
	p, err := c.enter()
	if err != nil {
		return JSONOutcome{}, err
	}
	defer func() {
		if err != nil && out.Decision == 0 {
			out = JSONOutcome{}
		}
	}()
	defer c.leave(p, &out.Outcome, &err)
	return c.runJSON(ctx, p, in)
}

func (c *Chain) runJSON(ctx context.Context, p *pass, in JSONInput) (JSONOutcome, error) {
	if err := ctx.Err(); err != nil {
		return JSONOutcome{}, err
	}
	user, order, err := readLogin("user", in.User)
	if err != nil {
		return c.unreadable(in, err), err
	}
	login, contextOrder, err := readLogin("context", in.Context)
	if err != nil {
		return c.unreadable(in, err), err
	}
	order.Merge(contextOrder)
	var made Outcome
	err = c.run(ctx, p, &Input{
		User: user, Context: login, Configuration: in.Configuration, Order: order, Now: in.Now, Zone: in.Zone,
	}, nil, &made)
	out := JSONOutcome{Outcome: made, User: textOf(in.User), Context: textOf(in.Context)}
	out.Outcome.User, out.Outcome.Context = nil, nil
	if err != nil || made.Err != nil {
		return out, err
	}
	if out.User, err = jsondoc.Splice(out.User, made.final.user, made.final.order); err != nil {
		return JSONOutcome{}, err
	}
	if out.Context, err = jsondoc.Splice(out.Context, made.final.context, made.final.order); err != nil {
		return JSONOutcome{}, err
	}
	return out, nil
}

// textOf is the text of user or context, {} for none.
func textOf(given []byte) []byte {
	if len(given) == 0 {
		return []byte("{}")
	}
	return given
}

var errNoObject = errors.New("it must be a JSON object")

// readLogin decodes user or context; what names it.
func readLogin(what string, text []byte) (map[string]any, *jsondoc.Order, error) {
	tree, order, err := jsondoc.Decode(textOf(text))
	object, ok := tree.(map[string]any)
	if err == nil && !ok {
		err = errNoObject
	}
	if err != nil {
		return nil, nil, &InputError{What: what, Err: err}
	}
	return object, order, nil
}

// unreadable is the outcome of a login that cannot be read.
func (c *Chain) unreadable(in JSONInput, err error) JSONOutcome {
	out := JSONOutcome{User: in.User, Context: in.Context}
	c.fail(State{}, (&RuleError{Kind: KindInput, Name: "Error", Message: err.Error()}).Caused(err), &out.Outcome)
	return out
}
