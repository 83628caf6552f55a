package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// login is one login on its way through the command.
type login struct {
	id      string
	input   ferrule.Input
	profile func() map[string]any // the user anew, for the metadata store
}

// result is what came of a login. A login that could not be read has its values as
// they were given in user and context.
type result struct {
	id            string
	outcome       ferrule.Outcome
	user, context any
	order         *jsondoc.Order
	unread        bool
}

// unreadable is the result of a login that cannot be run.
func unreadable(id string, tree map[string]any, order *jsondoc.Order, message string) result {
	return result{
		id: id, user: tree["user"], context: tree["context"], order: order, unread: true,
		outcome: failure(ferrule.KindInput, message),
	}
}

func failure(kind ferrule.Kind, message string) ferrule.Outcome {
	return ferrule.Outcome{Decision: ferrule.Failed, Err: &ferrule.RuleError{
		Kind: kind, Name: "Error", Message: message, OAuth: runtime.OAuthAccessDenied,
	}}
}

// kindInternal is the kind of a login that a mistake of ours ended.
const kindInternal ferrule.Kind = "internal"

// decide runs the pipeline for a login. The error is only ever that of a context
// that has ended: everything else is a failed outcome.
func (r *runner) decide(ctx context.Context, l login) (result, error) {
	out, err := r.pipeline.Run(r.store.forLogin(ctx, l.profile), l.input)
	for waited := time.Duration(0); errors.Is(err, ferrule.ErrBusy) && waited < r.limit; waited += busyPause {
		select {
		case <-ctx.Done():
		case <-time.After(busyPause):
		}
		out, err = r.pipeline.Run(r.store.forLogin(ctx, l.profile), l.input)
	}
	if ctx.Err() != nil {
		return result{}, errInterrupted
	}
	var input *ferrule.InputError
	var internal *ferrule.InternalError
	switch {
	case err == nil, errors.As(err, &input):
	case errors.As(err, &internal):
		r.notef("%v\n%s", internal, internal.Stack)
		out = failure(kindInternal, internal.Error())
	default:
		out = failure(ferrule.KindLimit, err.Error())
	}
	return result{id: l.id, outcome: out}, nil
}

// busyPause is how long a login waits before it tries again while the pipeline
// refuses logins because runs that could not be stopped burn on. It waits no longer
// than a run may take.
const busyPause = 20 * time.Millisecond

// prepare lays metadata over the root of user and adds the context's empty objects,
// and keeps the order of the keys.
func prepare(in *ferrule.Input) {
	user, context := in.User, in.Context
	in.User, in.Context = ferrule.PrepareLogin(user, context)
	if in.Order == nil {
		return
	}
	order := &jsondoc.Order{}
	keys := in.Order.Keys(user)
	if metadata, ok := user["app_metadata"].(map[string]any); ok {
		for _, key := range in.Order.Keys(metadata) {
			copyOrder(order, in.User[key], in.Order, metadata[key])
			if _, there := user[key]; !there {
				keys = append(keys, key)
			}
		}
	}
	for key := range user {
		copyOrder(order, in.User[key], in.Order, user[key])
	}
	order.Set(in.User, keys)
	copyOrder(order, in.Context, in.Order, context)
	in.Order = order
}

// copyOrder gives the objects of a copied tree the order of their originals. Where
// the copy is another value than the original it does nothing.
func copyOrder(to *jsondoc.Order, copied any, from *jsondoc.Order, original any) {
	switch o := original.(type) {
	case map[string]any:
		if c, ok := copied.(map[string]any); ok && c != nil {
			to.Set(c, from.Keys(o))
			for key, value := range o {
				copyOrder(to, c[key], from, value)
			}
		}
	case []any:
		if c, ok := copied.([]any); ok && len(c) == len(o) {
			for i := range o {
				copyOrder(to, c[i], from, o[i])
			}
		}
	}
}

// zoneNamed finds a time zone by its IANA name.
func zoneNamed(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("a time zone is UTC or a name like Europe/Berlin, not %q", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q: it is UTC or a name like Europe/Berlin", name)
	}
	return zone, nil
}

func timeNamed(text string) (time.Time, error) {
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return when, fmt.Errorf("a time is written like 2026-03-02T10:30:00Z, not %q", text)
	}
	return when, nil
}
