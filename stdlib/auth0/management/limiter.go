package management

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// limiter is what all requests of a tenant know of its rate limit.
type limiter struct {
	slots chan struct{}
	now   func() time.Time

	mu        sync.Mutex
	limit     int       // of the last answer that said it
	remaining int       // requests that are left until reset
	reset     time.Time // zero: nothing is known
	closed    time.Time // after a 429: nothing is sent before
}

func newLimiter(inFlight int, now func() time.Time) *limiter {
	return &limiter{slots: make(chan struct{}, inFlight), now: now}
}

// enter waits until a request may be sent; leave must be called after it.
//
// # Errors
//
// ctx's; *auth0.APIError with status 429 when the wait would not end in ctx's time.
func (l *limiter) enter(ctx context.Context) error {
	holds := false
	for {
		wait, until := l.take(holds)
		switch {
		case wait > 0:
			if holds {
				<-l.slots
				holds = false
			}
			if deadline, ok := ctx.Deadline(); ok && !l.now().Add(wait).Before(deadline) {
				return l.refusal(until)
			}
			timer := time.NewTimer(wait)
			select {
			case <-timer.C:
			case <-ctx.Done():
				timer.Stop()
				return ctx.Err()
			}
		case holds:
			return nil
		default:
			select {
			case l.slots <- struct{}{}:
				holds = true
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// take says how long to wait; when there is nothing to wait for and the caller holds a slot,
// it counts a request.
func (l *limiter) take(holds bool) (wait time.Duration, until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if !now.Before(l.reset) {
		l.reset = time.Time{} // what was known is over
	}
	if until = l.closed; !l.reset.IsZero() && l.remaining <= 0 && l.reset.After(until) {
		until = l.reset
	}
	if wait = until.Sub(now); wait > 0 {
		return wait, until
	}
	if holds && !l.reset.IsZero() {
		l.remaining--
	}
	return 0, until
}

// leave gives the slot back and learns from the answer; nil: there was none.
func (l *limiter) leave(answer *http.Response) {
	defer func() { <-l.slots }()
	if answer == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	h := answer.Header
	if n, ok := number(h.Get(auth0.HeaderLimit)); ok {
		l.limit = int(n)
	}
	remaining, known := number(h.Get(auth0.HeaderRemaining))
	seconds, dated := number(h.Get(auth0.HeaderReset))
	if reset := time.Unix(seconds, 0); known && dated {
		switch {
		case reset.Equal(l.reset): // answers overtake each other
			l.remaining = min(l.remaining, int(remaining))
		case reset.After(l.reset):
			// Others are on their way, and the API has not counted them yet.
			l.reset, l.remaining = reset, int(remaining)-(len(l.slots)-1)
			if remaining > 0 {
				l.remaining = max(l.remaining, 1)
			}
		}
	}
	if answer.StatusCode != http.StatusTooManyRequests {
		return
	}
	closed := l.closed
	if after, ok := retryAfter(h, l.now()); ok && after.After(closed) {
		closed = after
	} else if !ok && dated {
		closed = time.Unix(seconds, 0)
	}
	if closed.After(l.closed) {
		l.closed = closed
	}
}

// refusal is the API's answer to too many requests, given in its place.
func (l *limiter) refusal(until time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	seconds := until.Unix()
	if until.Nanosecond() > 0 {
		seconds++
	}
	header := map[string]string{auth0.HeaderRemaining: "0", auth0.HeaderReset: strconv.FormatInt(seconds, 10)}
	if l.limit > 0 {
		header[auth0.HeaderLimit] = strconv.Itoa(l.limit)
	}
	return &auth0.APIError{Status: http.StatusTooManyRequests, Code: auth0.CodeTooManyRequests, Header: header,
		Message: "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers."}
}

// retryAfter reads Retry-After, in seconds or as a date.
func retryAfter(h http.Header, now time.Time) (time.Time, bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, ok := number(text); ok {
		return now.Add(time.Duration(seconds) * time.Second), true
	}
	at, err := http.ParseTime(text)
	return at, err == nil
}

// number reads a whole number from 0 up that fits a time.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return n, err == nil && n >= 0 && n < 1<<33
}
