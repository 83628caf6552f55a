package auth0

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Backoff says how to try again after status 429. The zero value is the
// documented default of each field. It is safe for concurrent use when its
// functions are.
type Backoff struct {
	// Base is the longest wait before the second try; each later wait may be
	// twice as long. 0 means 250 ms.
	Base time.Duration
	// Cap limits every such wait; 0 means 2 s.
	Cap time.Duration
	// Tries counts the first one too; 0 means 3.
	Tries int
	// Budget is the time for all tries together, measured by the clock; a
	// deadline of the context that comes earlier counts instead. 0 means 20 s,
	// what the platform gave a pipeline.
	Budget time.Duration

	// Now is the clock; nil means time.Now. A context's deadline is compared
	// with it.
	Now func() time.Time
	// Sleep waits for d, or until ctx ends and answers its error; nil means a timer.
	Sleep func(ctx context.Context, d time.Duration) error
	// Jitter answers a number from 0 up to 1 that shortens a wait: 0 to half of
	// it, 1 not at all. nil means a random one.
	Jitter func() float64
}

// Defaults of [Backoff].
const (
	DefaultBase   = 250 * time.Millisecond
	DefaultCap    = 2 * time.Second
	DefaultTries  = 3
	DefaultBudget = 20 * time.Second
)

// Retry calls do until it answers anything else than an error with status 429,
// at most Tries times.
//
// Between two tries it waits Base, then twice as long, and so on up to Cap, each
// shortened at random by up to a half. When the answer says in X-RateLimit-Reset or
// Retry-After (seconds) when requests are allowed again, it waits until then if that is later. A wait
// that would not end within the budget is not begun: the next try could only come too late, so
// Retry answers at once.
//
// # Errors
//
// The last error of do. When the context ends during a wait: the context's error.
func Retry(ctx context.Context, policy Backoff, do func(ctx context.Context) error) error {
	policy = policy.withDefaults()
	limit := policy.Now().Add(policy.Budget)
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(limit) {
		limit = deadline
	}
	for try := 1; ; try++ {
		err := do(ctx)
		headers, again := rateLimited(err)
		if !again || try >= policy.Tries {
			return err
		}
		now := policy.Now()
		wait := policy.wait(try)
		if reset, ok := resetTime(headers); ok {
			wait = max(wait, reset.Sub(now))
		}
		if after, ok := retryAfter(headers); ok {
			wait = max(wait, after)
		}
		if !now.Add(wait).Before(limit) {
			return err
		}
		if err := policy.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// RetryingStore is a [Store] that tries again after status 429. It is safe for concurrent use.
type RetryingStore struct {
	store  Store
	policy Backoff
}

// Retrying puts [Retry] around both updates of store.
func Retrying(store Store, policy Backoff) *RetryingStore {
	return &RetryingStore{store: store, policy: policy}
}

// UpdateAppMetadata is the store's, tried again as [Retry] says; errors as there.
func (s *RetryingStore) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (user map[string]any, err error) {
	err = Retry(ctx, s.policy, func(ctx context.Context) error {
		user, err = s.store.UpdateAppMetadata(ctx, userID, values)
		return err
	})
	return user, err
}

// UpdateUserMetadata is the store's, tried again as [Retry] says; errors as there.
func (s *RetryingStore) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (user map[string]any, err error) {
	err = Retry(ctx, s.policy, func(ctx context.Context) error {
		user, err = s.store.UpdateUserMetadata(ctx, userID, values)
		return err
	})
	return user, err
}

// User is the store's when it offers [Profiles]; else no user is found.
func (s *RetryingStore) User(ctx context.Context, userID string) (map[string]any, bool, error) {
	return readProfile(ctx, s.store, userID)
}

func (b Backoff) withDefaults() Backoff {
	if b.Base <= 0 {
		b.Base = DefaultBase
	}
	if b.Cap <= 0 {
		b.Cap = DefaultCap
	}
	if b.Tries <= 0 {
		b.Tries = DefaultTries
	}
	if b.Budget <= 0 {
		b.Budget = DefaultBudget
	}
	if b.Now == nil {
		b.Now = time.Now
	}
	if b.Sleep == nil {
		b.Sleep = sleep
	}
	if b.Jitter == nil {
		b.Jitter = rand.Float64
	}
	return b
}

// wait is the pause after the given try, the first being 1.
func (b Backoff) wait(try int) time.Duration {
	d := b.Base
	for i := 1; i < try && d < b.Cap; i++ {
		d *= 2
	}
	d = min(d, b.Cap)
	return d/2 + time.Duration(b.Jitter()*float64(d-d/2))
}

// rateLimited reports whether err is an answer with status 429, of this package
// or of any other store, and its headers.
func rateLimited(err error) (headers map[string]string, ok bool) {
	var answer interface {
		error
		StatusCode() int
		Headers() map[string]string
	}
	if !errors.As(err, &answer) || answer.StatusCode() != http.StatusTooManyRequests {
		return nil, false
	}
	return answer.Headers(), true
}

// resetTime reads X-RateLimit-Reset, whatever the case of the header's name.
func resetTime(headers map[string]string) (time.Time, bool) {
	for name, value := range headers {
		if !strings.EqualFold(name, HeaderReset) {
			continue
		}
		seconds, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
		if err != nil {
			return time.Time{}, false
		}
		return time.Unix(seconds, 0), true
	}
	return time.Time{}, false
}

// retryAfter reads Retry-After in seconds, whatever the case of the header's name.
func retryAfter(headers map[string]string) (time.Duration, bool) {
	for name, value := range headers {
		if !strings.EqualFold(name, "Retry-After") {
			continue
		}
		seconds, err := strconv.ParseUint(strings.TrimSpace(value), 10, 31)
		return time.Duration(seconds) * time.Second, err == nil
	}
	return 0, false
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
