package runtime

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"
)

// StateReason is the stable name of what is wrong with a state.
type StateReason string

const (
	StateMalformed StateReason = "malformed" // not of the form that a redirect carries
	StateForged    StateReason = "forged"    // not signed with this pipeline's key
	StateUnknown   StateReason = "unknown"   // nothing waits under it
	StateExpired   StateReason = "expired"   // the user came back too late
	StateReplayed  StateReason = "replayed"  // it was used before
)

// StateError says that a login cannot be resumed with the state that came back.
// The application gets the OAuth error invalid_request.
type StateError struct{ Reason StateReason }

func (e *StateError) Error() string {
	switch e.Reason {
	case StateMalformed:
		return "resume a login: the state is missing or was not made by a redirect"
	case StateForged:
		return "resume a login: the state is not signed with this pipeline's key; another process needs the same StateKey and tenant"
	case StateExpired:
		return "resume a login: the state has expired; the user has to log in again"
	case StateReplayed:
		return "resume a login: the state was used before; a login is resumed once"
	}
	return "resume a login: no login waits under this state"
}

// OAuth is the error code that the application receives.
func (e *StateError) OAuth() string { return "invalid_request" }

// states keeps the logins of one pipeline that wait for their user. It is safe
// for concurrent use.
type states struct {
	store  StateStore
	key    []byte
	tenant string
	ttl    time.Duration
	clock  func() time.Time
}

// processKey signs states where the options name no key.
var processKey = sync.OnceValue(func() []byte {
	key := make([]byte, sha256.Size)
	rand.Read(key) // never fails: crypto/rand
	return key
})

// newStates reads Tenant, States, StateKey, StateTTL and Clock of options that have
// their defaults.
func newStates(options Options) *states {
	s := &states{store: options.States, key: options.StateKey, tenant: options.Tenant, ttl: options.StateTTL, clock: options.Clock}
	if s.clock == nil {
		s.clock = time.Now
	}
	setDefault(&s.ttl, time.Hour)
	if s.store == nil {
		s.store = NewMemoryStateStore(MemoryOptions{Clock: s.clock})
	}
	if len(s.key) == 0 {
		s.key = processKey()
	}
	return s
}

const stateIDBytes = 24

var stateEncoding = base64.RawURLEncoding.Strict()

// suspend keeps a login until its user comes back, and answers where to send the
// user: target with the state in it. The state is a random id and its HMAC-SHA256,
// nothing of the login is in it.
//
// # Errors
//
// That of the store: the login cannot go on.
func (s *states) suspend(ctx context.Context, login *pendingLogin, target string) (RedirectTarget, error) {
	login.tenant, login.time = s.tenant, s.clock()
	pending, err := login.encode()
	if err != nil {
		return RedirectTarget{}, fmt.Errorf("keep a login for its redirect: %w", err)
	}
	random := make([]byte, stateIDBytes)
	rand.Read(random)
	id := stateEncoding.EncodeToString(random)
	if err := s.store.Put(ctx, id, pending, s.ttl); err != nil {
		return RedirectTarget{}, fmt.Errorf("keep a login for its redirect: %w", err)
	}
	state := id + "." + stateEncoding.EncodeToString(s.sign(id))
	return RedirectTarget{URL: withState(target, state), State: state}, nil
}

// take answers the login that waits under a state, once.
//
// # Errors
//
// [*StateError] for a state that is malformed, forged, unknown, expired or used
// before; the store's own error when it does not work.
func (s *states) take(ctx context.Context, state string) (*pendingLogin, error) {
	id, signature, _ := strings.Cut(state, ".")
	_, idFits := decodeExact(id, stateIDBytes)
	mac, macFits := decodeExact(signature, sha256.Size)
	if !idFits || !macFits {
		return nil, &StateError{StateMalformed}
	}
	if !hmac.Equal(mac, s.sign(id)) {
		return nil, &StateError{StateForged}
	}
	pending, err := s.store.Take(ctx, id)
	switch {
	case errors.Is(err, ErrStateExpired):
		return nil, &StateError{StateExpired}
	case errors.Is(err, ErrStateTaken):
		return nil, &StateError{StateReplayed}
	case errors.Is(err, ErrStateUnknown):
		return nil, &StateError{StateUnknown}
	case err != nil:
		return nil, fmt.Errorf("resume a login: %w", err)
	}
	login, err := decodePending(pending)
	if err != nil {
		return nil, fmt.Errorf("resume a login: %w", err)
	}
	if login.tenant != s.tenant {
		return nil, &StateError{StateUnknown}
	}
	// A store that keeps logins for longer does not make them live longer.
	if !s.clock().Before(login.time.Add(s.ttl)) {
		return nil, &StateError{StateExpired}
	}
	return login, nil
}

// decodeExact decodes so many bytes, in the one form that EncodeToString writes:
// the decoder itself skips line breaks.
func decodeExact(text string, bytes int) ([]byte, bool) {
	if len(text) != stateEncoding.EncodedLen(bytes) || strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	data, err := stateEncoding.DecodeString(text)
	return data, err == nil && len(data) == bytes
}

// sign binds an id to the tenant, so that tenants may share key and store.
func (s *states) sign(id string) []byte {
	mac := hmac.New(sha256.New, s.key)
	fmt.Fprintf(mac, "ferrule state 1\x00%d\x00%s\x00%s", len(s.tenant), s.tenant, id)
	return mac.Sum(nil)
}

// withState puts the state into the query of a URL: in the place of a parameter
// state that is there, else at its end; further ones are removed. The rest of the
// URL stays as written, but for bytes that cannot stand in a header.
//
//	https://x/consent            https://x/consent?state=S
//	https://x/consent?a=1#top    https://x/consent?a=1&state=S#top
//	https://x/?state=old&a=1     https://x/?state=S&a=1
func withState(target, state string) string {
	base, fragment, hasFragment := strings.Cut(escapeURL(target), "#")
	path, query, _ := strings.Cut(base, "?")
	parameter := "state=" + string(appendURIComponent(nil, state))
	kept := make([]string, 0, 8)
	placed := false
	for _, part := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if decoded, err := url.QueryUnescape(name); err != nil || decoded != "state" {
			kept = append(kept, part)
		} else if !placed {
			kept, placed = append(kept, parameter), true
		}
	}
	query = strings.Join(kept, "&")
	if !placed {
		query = strings.TrimPrefix(appendQuery("?"+query, parameter), "?")
	}
	result := path + "?" + query
	if hasFragment {
		result += "#" + fragment
	}
	return result
}
