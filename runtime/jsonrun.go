package runtime

import (
	"context"
	"errors"
	"slices"
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
// What the rules leave alone keeps its bytes: the spelling of numbers and texts, blanks, the
// order of keys. What they write has JavaScript's form; see [jsondoc.Splice]. It does not matter
// which engine ran them.
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
	defer c.leaveJSON(p, &out, &err)
	err = c.runJSON(ctx, p, &in, &out)
	return out, err
}

// leaveJSON is leave. An error that is no decision leaves no texts.
func (c *Chain) leaveJSON(p *pass, out *JSONOutcome, err *error) {
	if broken := recover(); broken != nil {
		*err = p.broke(broken)
	}
	if *err != nil && (p.spoilt || out.Decision == 0) {
		*out = JSONOutcome{}
	}
	c.putAway(p)
}

func (c *Chain) runJSON(ctx context.Context, p *pass, in *JSONInput, out *JSONOutcome) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	out.User, out.Context = textOf(in.User), textOf(in.Context)
	if shapes := c.shapes(in.Configuration); shapes != nil {
		if done, err := c.runProjected(ctx, p, shapes, in, out); done {
			return err
		}
	}
	return c.runDecoded(ctx, p, in, out)
}

// runDecoded runs a login of which everything is read.
func (c *Chain) runDecoded(ctx context.Context, p *pass, in *JSONInput, out *JSONOutcome) error {
	before, err := readLogin(out.User, out.Context)
	if err != nil {
		failed := (&RuleError{Kind: KindInput, Name: "Error", Message: err.Error()}).Caused(err)
		err = c.fail(p, &Input{Configuration: in.Configuration}, failed, &out.Outcome)
		out.keepTexts(out.Context)
		return err
	}
	user, _ := before.User.(map[string]any)
	login, _ := before.Context.(map[string]any)
	err = c.run(ctx, p, &Input{
		User: user, Context: login, Configuration: in.Configuration, Order: before.Order, Now: in.Now, Zone: in.Zone,
	}, nil, &out.Outcome)
	if err != nil && out.Decision == 0 {
		return err
	}
	if spliced := out.splice(); spliced != nil {
		return spliced
	}
	return err
}

// splice writes what a run has made of its trees into the texts.
func (o *JSONOutcome) splice() (err error) {
	login := o.Context
	if o.Err == nil {
		order := o.final.ordered()
		if o.User, err = jsondoc.Splice(o.User, o.final.user, order); err != nil {
			return err
		}
		if o.Context, err = jsondoc.Splice(o.Context, o.final.context, order); err != nil {
			return err
		}
	}
	o.keepTexts(login)
	return nil
}

// keepTexts makes the texts those of the Outcome, too. login is the context as the login began.
func (o *JSONOutcome) keepTexts(login []byte) {
	o.Outcome.User, o.Outcome.Context = nil, nil
	o.final = jsonTrees{text: loginText{user: o.User, context: o.Context, login: login}}
}

// textOf is the text of user or context, {} for none.
func textOf(given []byte) []byte {
	if len(given) == 0 {
		return []byte("{}")
	}
	return given
}

var errNoObject = errors.New("it must be a JSON object")

// readLogin decodes a login.
//
// # Errors
//
// *InputError.
func readLogin(user, context []byte) (State, error) {
	var state State
	for _, part := range [...]struct {
		what string
		text []byte
		to   *any
	}{{"user", user, &state.User}, {"context", context, &state.Context}} {
		tree, order, err := jsondoc.Decode(part.text)
		if _, ok := tree.(map[string]any); err == nil && !ok {
			err = errNoObject
		}
		if err != nil {
			return State{}, &InputError{What: part.what, Err: err}
		}
		*part.to = tree
		order.Merge(state.Order)
		state.Order = order
	}
	return state, nil
}

// jsonTrees are the user and the context of an outcome with what a Go map cannot
// keep: key order and lone surrogates. A login that came as text has texts instead.
type jsonTrees struct {
	user, context any
	order         *jsondoc.Order
	added         jsondoc.Additions // what order does not know yet
	text          loginText
}

// loginText is a login that came as text; the zero value is none.
type loginText struct {
	user, context []byte
	login         []byte // the context as the login began
}

// ordered is the key order of the trees.
func (t *jsonTrees) ordered() *jsondoc.Order { return t.added.Over(t.order) }

// read makes trees of texts.
func (t *jsonTrees) read() (user, context map[string]any, order *jsondoc.Order) {
	if t.text.user == nil {
		user, _ = t.user.(map[string]any)
		context, _ = t.context.(map[string]any)
		return user, context, t.ordered()
	}
	order = &jsondoc.Order{}
	for _, part := range [...]struct {
		text []byte
		to   *map[string]any
	}{{t.text.user, &user}, {t.text.context, &context}} {
		if tree, known, err := jsondoc.Decode(part.text); err == nil { // else it is not what a run has answered
			*part.to, _ = tree.(map[string]any)
			order.Merge(known)
		}
	}
	return user, context, order
}

// UserJSON is the user as JSON text in JavaScript's key order; null when the rules
// dropped the user. Of a [JSONOutcome] it is its User.
func (o Outcome) UserJSON() ([]byte, error) {
	if o.final.text.user != nil {
		return slices.Clone(o.final.text.user), nil
	}
	return jsondoc.Encode(o.final.user, o.final.ordered())
}

// ContextJSON is the context as JSON text in JavaScript's key order. Of a [JSONOutcome] it
// is its Context.
func (o Outcome) ContextJSON() ([]byte, error) {
	if o.final.text.user != nil {
		return slices.Clone(o.final.text.context), nil
	}
	return jsondoc.Encode(o.final.context, o.final.ordered())
}
