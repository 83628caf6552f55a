package management_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/management"
)

const token = "token-that-nobody-may-see"

// standIn is a small Management API on loopback. It keeps users in a MemoryStore.
type standIn struct {
	*httptest.Server
	store *auth0.MemoryStore

	mu      sync.Mutex
	patches []patch
	flying  int
	most    int // requests at a time
	// before may answer in the API's place; n counts requests from 1.
	before func(n int, w http.ResponseWriter, r *http.Request) (answered bool)
	n      int
}

type patch struct {
	path string
	body map[string]map[string]any
}

func newStandIn(t *testing.T, users ...map[string]any) *standIn {
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{Users: users})
	require.NoError(t, err)
	s := &standIn{store: store}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body) // only then the server sees that the client has gone
	r.Body = io.NopCloser(bytes.NewReader(text))
	s.mu.Lock()
	s.n++
	n, before := s.n, s.before
	s.flying++
	s.most = max(s.most, s.flying)
	s.mu.Unlock()
	defer func() { s.mu.Lock(); s.flying--; s.mu.Unlock() }()
	if before != nil && before(n, w, r) {
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+token {
		refuse(w, &auth0.APIError{Status: 401, Code: "invalid_token", Message: "Invalid token"})
		return
	}
	const users = "/api/v2/users/"
	if len(r.URL.Path) <= len(users) || r.URL.Path[:len(users)] != users {
		refuse(w, &auth0.APIError{Status: 404, Message: "no such path " + r.URL.Path})
		return
	}
	id := r.URL.Path[len(users):]
	user, found, _ := s.store.User(r.Context(), id)
	if !found {
		refuse(w, auth0.NotFound())
		return
	}
	if r.Method == http.MethodPatch {
		var body map[string]map[string]any
		if r.Header.Get("Content-Type") != "application/json" || json.NewDecoder(r.Body).Decode(&body) != nil {
			refuse(w, &auth0.APIError{Status: 400, Code: auth0.CodeInvalidBody, Message: "no JSON"})
			return
		}
		s.mu.Lock()
		s.patches = append(s.patches, patch{r.URL.EscapedPath(), body})
		s.mu.Unlock()
		for property, values := range body {
			if _, bad := values["refuse_me"]; bad {
				refuse(w, &auth0.APIError{Status: 400, Code: auth0.CodeInvalidBody, Message: "refused"})
				return
			}
			update := s.store.UpdateAppMetadata
			if property == "user_metadata" {
				update = s.store.UpdateUserMetadata
			}
			var err error
			if user, err = update(r.Context(), id, values); err != nil {
				refuse(w, err.(*auth0.APIError))
				return
			}
		}
	}
	_ = json.NewEncoder(w).Encode(user)
}

func refuse(w http.ResponseWriter, e *auth0.APIError) {
	for name, value := range e.Header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(e.Status)
	_, _ = w.Write([]byte(e.Body()))
}

func (s *standIn) seen() []patch {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]patch(nil), s.patches...)
}

// client has short waits.
func (s *standIn) client(t *testing.T, change func(*management.Options)) *management.Client {
	o := management.Options{BaseURL: s.URL, Token: management.Static(token),
		Gather:  20 * time.Millisecond,
		Backoff: auth0.Backoff{Base: time.Millisecond, Cap: 4 * time.Millisecond}}
	if change != nil {
		change(&o)
	}
	c, err := management.New(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return c
}
