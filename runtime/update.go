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

// Update records a metadata write and hands it to the run's store, on a goroutine of its
// own, which calls then when there is an answer; then may be nil. Without a store the
// write is answered and kept nowhere. write.Values belongs to the run from now on.
func (r *Run) Update(write MetadataWrite, then func(*Update)) *Update {
	r.Wrote(write)
	u := &Update{Write: write, done: make(chan struct{})}
	store := r.Store
	if store == nil {
		store = noStore{}
	}
	update := store.UpdateAppMetadata
	if write.Target == "user" {
		update = store.UpdateUserMetadata
	}
	r.Go(func() {
		u.user, u.err = guardedUpdate(r.Context(), update, write.UserID, write.Values)
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
func guardedUpdate(ctx context.Context, update updateFunc, userID string, values map[string]any) (user map[string]any, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			user, err = nil, &InternalError{Value: fmt.Sprintf("the metadata store panicked: %v", broken), Stack: debug.Stack()}
		}
	}()
	return update(ctx, userID, values)
}

type updateFunc func(ctx context.Context, userID string, values map[string]any) (map[string]any, error)

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
