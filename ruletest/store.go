package ruletest

import (
	"context"
	"maps"
	"sync"

	"github.com/ferrule-rules/ferrule"
)

// store stands in for the Management API behind auth0.users: it keeps the metadata of the one user of
// a case, or fails as the case says.
type store struct {
	domain string

	mu      sync.Mutex
	user    map[string]any
	failure *Failure
}

// begin makes the store that of a case. The user is copied as far as it may be written.
func (s *store) begin(user map[string]any, failure *Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user, s.failure = map[string]any{"user_id": user["user_id"]}, failure
	for _, name := range []string{"app_metadata", "user_metadata"} {
		object, _ := user[name].(map[string]any)
		s.user[name] = copied(object)
	}
}

func copied(object map[string]any) map[string]any {
	c := map[string]any{}
	maps.Copy(c, object)
	return c
}

func (s *store) UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return s.update("app_metadata", userID, values)
}

func (s *store) UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error) {
	return s.update("user_metadata", userID, values)
}

func (s *store) update(name, userID string, values map[string]any) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failure != nil {
		return nil, &storeError{s.failure}
	}
	user := s.user
	if userID != user["user_id"] {
		user = map[string]any{"user_id": userID, "app_metadata": map[string]any{}, "user_metadata": map[string]any{}}
	}
	object := copied(user[name].(map[string]any))
	for key, value := range values {
		if value == nil {
			delete(object, key)
		} else {
			object[key] = value
		}
	}
	answer := maps.Clone(user)
	answer[name] = object
	if userID == s.user["user_id"] {
		s.user = answer
	}
	return answer, nil
}

// BaseURL is auth0.baseUrl in rules.
func (s *store) BaseURL() string { return "https://" + s.domain + "/api/v2" }

// AccessToken is auth0.accessToken in rules.
func (s *store) AccessToken(context.Context) (string, error) { return "management-token", nil }

var _ ferrule.ManagementAPI = (*store)(nil)

// storeError is the answer of a Management API that fails.
type storeError struct{ failure *Failure }

func (e *storeError) Error() string {
	if e.failure.Message == "" {
		return "the Management API failed"
	}
	return e.failure.Message
}

// StatusCode reaches the rule as statusCode.
func (e *storeError) StatusCode() int { return e.failure.Status }

// Headers are those of the answer.
func (e *storeError) Headers() map[string]string { return map[string]string{} }
