package auth0

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Headers that the Management API sends with an answer to too many requests.
const (
	HeaderLimit     = "X-RateLimit-Limit"     // requests that a full bucket allows
	HeaderRemaining = "X-RateLimit-Remaining" // requests that are left
	HeaderReset     = "X-RateLimit-Reset"     // UTC epoch seconds from which a request is allowed again
)

// RateLimit describes a token bucket as the Management API has one for each tenant and
// endpoint. The zero value is the documented limit on writing users of the smaller
// plans: bursts of 20, 200 a minute sustained.
type RateLimit struct {
	// Burst is how many requests a full bucket allows at once; 0 means 20.
	Burst int
	// PerMinute is how many requests come back in a minute; 0 means 200.
	PerMinute int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Defaults of [RateLimit].
const (
	DefaultBurst     = 20
	DefaultPerMinute = 200
)

// RateLimitedStore is a [Store] that answers 429 when it is called more often than a limit
// allows. It is safe for concurrent use.
type RateLimitedStore struct {
	store     Store
	burst     float64
	perSecond float64
	now       func() time.Time

	mu     sync.Mutex
	tokens float64
	filled time.Time // when tokens was right
}

// RateLimited puts limit in front of store, so that rules can be tried against the
// answers of a busy tenant. Every update counts, whatever becomes of it; reading a profile
// does not, because rules never do. Negative numbers count as 0.
func RateLimited(store Store, limit RateLimit) *RateLimitedStore {
	if limit.Burst <= 0 {
		limit.Burst = DefaultBurst
	}
	if limit.PerMinute <= 0 {
		limit.PerMinute = DefaultPerMinute
	}
	if limit.Now == nil {
		limit.Now = time.Now
	}
	return &RateLimitedStore{
		store:     store,
		burst:     float64(limit.Burst),
		perSecond: float64(limit.PerMinute) / 60,
		now:       limit.Now,
		tokens:    float64(limit.Burst),
		filled:    limit.Now(),
	}
}

// UpdateAppMetadata is the store's, when the limit allows it.
//
// # Errors
//
// *APIError with status 429 and the three headers; else the store's.
func (s *RateLimitedStore) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	if err := s.take(); err != nil {
		return nil, err
	}
	return s.store.UpdateAppMetadata(ctx, userID, values)
}

// UpdateUserMetadata is the store's, when the limit allows it; it fails as
// [RateLimitedStore.UpdateAppMetadata] does.
func (s *RateLimitedStore) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	if err := s.take(); err != nil {
		return nil, err
	}
	return s.store.UpdateUserMetadata(ctx, userID, values)
}

// User is the store's when it offers [Profiles]; else no user is found.
func (s *RateLimitedStore) User(ctx context.Context, userID string) (map[string]any, bool, error) {
	return readProfile(ctx, s.store, userID)
}

// readProfile asks what a wrapper stands around.
func readProfile(ctx context.Context, store Store, userID string) (map[string]any, bool, error) {
	if profiles, ok := store.(Profiles); ok {
		return profiles.User(ctx, userID)
	}
	return nil, false, nil
}

// take uses up one token, or says when there will be one.
func (s *RateLimitedStore) take() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	// A clock that steps back fills nothing and takes nothing away.
	if gone := now.Sub(s.filled); gone > 0 {
		s.tokens = min(s.burst, s.tokens+gone.Seconds()*s.perSecond)
	}
	s.filled = now
	if s.tokens >= 1 {
		s.tokens--
		return nil
	}
	wait := time.Duration(math.Ceil((1 - s.tokens) / s.perSecond * float64(time.Second)))
	return tooManyRequests(int(s.burst), now.Add(wait))
}

func tooManyRequests(limit int, reset time.Time) *APIError {
	seconds := reset.Unix()
	if reset.Nanosecond() > 0 {
		seconds++ // whole seconds, never too early
	}
	return &APIError{
		Status:  http.StatusTooManyRequests,
		Code:    CodeTooManyRequests,
		Message: "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.",
		Header: map[string]string{
			HeaderLimit:     strconv.Itoa(limit),
			HeaderRemaining: "0",
			HeaderReset:     strconv.FormatInt(seconds, 10),
		},
	}
}
