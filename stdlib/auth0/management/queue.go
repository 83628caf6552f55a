package management

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"reflect"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// queue holds the writes to one user that were not sent yet, in their order. A goroutine
// (drain) sends them as long as there are any.
type queue struct{ waiting []*write }

// write is one update that somebody asked for.
type write struct {
	ctx      context.Context
	run      *runtime.Run // nil: of no run, and merged with nothing
	rule     string       // of the run that asked
	property string       // app_metadata or user_metadata
	values   map[string]any

	done chan struct{} // closed when there is an answer
	user map[string]any
	err  error
}

// BeginUpdate takes a place in the user's queue, target being "app" or "user", and answers a
// function that waits for the answer. Writes that are begun one after another are made in
// this order; see [runtime.OrderedStore].
func (c *Client) BeginUpdate(ctx context.Context, target, userID string, values map[string]any) (answer func() (map[string]any, error)) {
	clean, err := auth0.CleanMetadata(values)
	if idErr := checkID(userID); idErr != nil {
		err = idErr
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return func() (map[string]any, error) { return nil, err }
	}
	run, rule := runtime.RunOf(ctx)
	w := &write{ctx: ctx, run: run, rule: rule, property: target + "_metadata", values: clean, done: make(chan struct{})}
	c.mu.Lock()
	q := c.queues[userID]
	if q == nil {
		q = &queue{}
		c.queues[userID] = q
		go c.drain(userID, q)
	}
	q.waiting = append(q.waiting, w)
	c.mu.Unlock()
	return func() (map[string]any, error) {
		select {
		case <-w.done:
			return w.user, w.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// drain sends what waits, and ends with the queue.
func (c *Client) drain(userID string, q *queue) {
	if c.options.Gather > 0 {
		time.Sleep(c.options.Gather)
	}
	for {
		c.mu.Lock()
		batch := q.take()
		if len(batch) == 0 {
			delete(c.queues, userID)
			c.mu.Unlock()
			return
		}
		c.mu.Unlock()
		c.send(userID, batch)
	}
}

// take removes the first write and those behind it that go along. What nobody waits for any
// more, because its time is over, is not sent.
func (q *queue) take() []*write {
	for len(q.waiting) > 0 && q.waiting[0].ctx.Err() != nil {
		w := q.waiting[0]
		q.waiting = q.waiting[1:]
		w.answer(nil, w.ctx.Err())
	}
	if len(q.waiting) == 0 {
		return nil
	}
	n := 1
	merged := map[string]map[string]any{}
	merge(merged, q.waiting[0])
	for n < len(q.waiting) && goesAlong(merged, q.waiting[0], q.waiting[n]) {
		merge(merged, q.waiting[n])
		n++
	}
	batch := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	return batch
}

// goesAlong reports whether w may be one request with first and what was merged into it.
func goesAlong(merged map[string]map[string]any, first, w *write) bool {
	if w.run == nil || w.run != first.run || w.ctx.Err() != nil {
		return false
	}
	for key, value := range w.values {
		if old, has := merged[w.property][key]; has && !reflect.DeepEqual(old, value) {
			return false
		}
	}
	return true
}

func merge(merged map[string]map[string]any, w *write) {
	if merged[w.property] == nil {
		merged[w.property] = make(map[string]any, len(w.values))
	}
	maps.Copy(merged[w.property], w.values) // null stays: the API removes the property
}

// send makes one request of a batch and answers its writes.
func (c *Client) send(userID string, batch []*write) {
	body := map[string]map[string]any{}
	for _, w := range batch {
		merge(body, w)
	}
	ctx, cancel := c.limited(batch[0].ctx)
	defer cancel()
	user, err := c.request(ctx, call{method: http.MethodPatch, userID: userID, body: body, run: batch[0].run, rule: batch[0].rule})
	var refused *auth0.APIError
	if len(batch) > 1 && errors.As(err, &refused) && (refused.Status == http.StatusBadRequest || refused.Status == http.StatusRequestEntityTooLarge) {
		for i := range batch {
			c.send(userID, batch[i:i+1])
		}
		return
	}
	for i, w := range batch {
		if i == len(batch)-1 || user == nil {
			w.answer(user, err)
			continue
		}
		w.answer(auth0.CopyTree(user).(map[string]any), nil) // each answer belongs to whom it was made for
	}
}

func (w *write) answer(user map[string]any, err error) {
	w.user, w.err = user, err
	close(w.done)
}
