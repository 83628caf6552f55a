package runtime

import (
	"context"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Update is one metadata write that a rule asked for, and the store's answer to it.
type Update struct {
	Write MetadataWrite

	done chan struct{}
	user map[string]any
	err  error
}

// Update records a metadata write of a rule and hands it to the run's store, on a goroutine of its
// own, which calls then when there is an answer; then may be nil. Without a store the
// write is answered and kept nowhere. write.Values belongs to the run from now on.
func (r *Run) Update(rule string, write MetadataWrite, then func(*Update)) *Update {
	r.Wrote(write)
	u := &Update{Write: write, done: make(chan struct{})}
	store := r.Store
	if store == nil {
		store = noStore{}
	}
	ctx := WithRun(r.Context(), r, rule)
	ask := store.UpdateAppMetadata
	if write.Target == "user" {
		ask = store.UpdateUserMetadata
	}
	answer := func() (map[string]any, error) { return ask(ctx, write.UserID, write.Values) }
	if ordered, ok := store.(OrderedStore); ok {
		var begun func() (map[string]any, error)
		begin := func() (map[string]any, error) {
			begun = ordered.BeginUpdate(ctx, write.Target, write.UserID, write.Values)
			return nil, nil
		}
		_, err := guardedUpdate(begin)
		if answer = begun; err != nil {
			answer = func() (map[string]any, error) { return nil, err }
		}
	}
	r.Go(func() {
		u.user, u.err = guardedUpdate(answer)
		close(u.done)
		if then != nil {
			then(u)
		}
	})
	return u
}

// Done is closed when the store has answered.
func (u *Update) Done() <-chan struct{} { return u.done }

// Answer is the store's: the updated user, or why it refused. It may be read once Done is closed.
func (u *Update) Answer() (user map[string]any, err error) { return u.user, u.err }

// guardedUpdate asks a store; one that panics fails the update and not the process.
func guardedUpdate(ask func() (map[string]any, error)) (user map[string]any, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			user, err = nil, &InternalError{Value: fmt.Sprintf("the metadata store panicked: %v", broken), Stack: debug.Stack()}
		}
	}()
	return ask()
}

// OrderedStore is what a Store may offer beside: to take a place in a user's order of writes
// at once. BeginUpdate is called in the order in which rules ask, must not wait, and answers
// a function that waits for the answer; target is "app" or "user".
type OrderedStore interface {
	BeginUpdate(ctx context.Context, target, userID string, values map[string]any) (answer func() (map[string]any, error))
}

type runKey struct{}

type runOf struct {
	run  *Run
	rule string
}

// WithRun is ctx for work of a rule that leaves the engine; RunOf finds its run there.
func WithRun(ctx context.Context, r *Run, rule string) context.Context {
	return context.WithValue(ctx, runKey{}, runOf{r, rule})
}

// RunOf is the run, and the rule, that ctx belongs to: a store records its HTTP calls there (Called)
// and knows by the run which writes belong together. nil: none.
func RunOf(ctx context.Context) (run *Run, rule string) {
	of, _ := ctx.Value(runKey{}).(runOf)
	return of.run, of.rule
}

// noStore answers metadata writes without keeping them.
type noStore struct{}

func (noStore) UpdateAppMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	return map[string]any{"user_id": userID, "app_metadata": values}, nil
}

func (noStore) UpdateUserMetadata(_ context.Context, userID string, values map[string]any) (map[string]any, error) {
	return map[string]any{"user_id": userID, "user_metadata": values}, nil
}

// Handover is what a compiled rule leaves to the JavaScript engine, which runs the rule
// again from its start.
type Handover struct {
	Began time.Time // when the rule began
	// Updates are the metadata writes that happened already. The rule's first equal call of
	// each gets the answer that there was: see Replay.
	Updates []*Update
}

// HandOver keeps h for the next rule that the JavaScript engine begins.
func (r *Run) HandOver(h Handover) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handover = &h
}

// TakeHandover answers what HandOver kept, once; nil when there is nothing.
func (r *Run) TakeHandover() *Handover {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.handover
	r.handover = nil
	return h
}

// Replay takes the first update that is equal to write; nil when there is none. A nil
// Handover has none.
func (h *Handover) Replay(write MetadataWrite) *Update {
	if h == nil {
		return nil
	}
	for i, u := range h.Updates {
		if u.Write.Target == write.Target && u.Write.UserID == write.UserID && equalJSON(u.Write.Values, write.Values) {
			h.Updates = append(h.Updates[:i:i], h.Updates[i+1:]...)
			return u
		}
	}
	return nil
}

// equalJSON reports whether two values of decoded JSON say the same.
func equalJSON(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && len(x) == len(y) && !slices.ContainsFunc(slices.Collect(maps.Keys(x)), func(key string) bool {
			other, has := y[key]
			return !has || !equalJSON(x[key], other)
		})
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equalJSON)
	case nil, string, bool:
		return a == b
	}
	x, number := jsvalue.GoNumber(a)
	y, also := jsvalue.GoNumber(b)
	return number && also && x == y
}
