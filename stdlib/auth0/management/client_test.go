package management_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/management"
)

var (
	ann = map[string]any{"user_id": "auth0|ann/x", "app_metadata": map[string]any{"plan": "free"}}
	bob = map[string]any{"user_id": "auth0|bob"}
)

type object = map[string]any

func TestUpdateAndRead(t *testing.T) {
	s := newStandIn(t, ann)
	c := s.client(t, nil)
	user, err := c.UpdateAppMetadata(t.Context(), "auth0|ann/x", object{"plan": nil, "n": 1})
	require.NoError(t, err)
	assert.Equal(t, object{"user_id": "auth0|ann/x", "app_metadata": object{"n": 1.0}}, user)
	_, err = c.UpdateUserMetadata(t.Context(), "auth0|ann/x", object{"a": object{}})
	require.NoError(t, err)
	assert.Equal(t, "/api/v2/users/auth0%7Cann%2Fx", s.seen()[0].path)
	user, found, err := c.User(t.Context(), "auth0|ann/x")
	require.NoError(t, err)
	require.True(t, found)
	assert.Equal(t, object{"a": object{}}, user["user_metadata"])
	_, found, err = c.User(t.Context(), "auth0|nobody")
	assert.NoError(t, err)
	assert.False(t, found)
}

func TestRefusals(t *testing.T) {
	s := newStandIn(t, ann)
	c := s.client(t, nil)
	var refused *auth0.APIError
	_, err := c.UpdateAppMetadata(t.Context(), "auth0|nobody", object{"a": 1})
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, 404, refused.StatusCode())
	assert.Equal(t, auth0.CodeInexistentUser, refused.Code)
	for _, id := range []string{"", ".", ".."} {
		_, err = c.UpdateAppMetadata(t.Context(), id, object{"a": 1})
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, 400, refused.StatusCode(), id)
	}
	_, err = c.UpdateAppMetadata(t.Context(), "auth0|ann/x", object{"a.b": 1})
	require.ErrorAs(t, err, &refused)

	wrong := s.client(t, func(o *management.Options) { o.Token = management.Static("other") })
	_, err = wrong.UpdateAppMetadata(t.Context(), "auth0|ann/x", object{"a": 1})
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, 401, refused.StatusCode())
	without := s.client(t, func(o *management.Options) {
		o.Token = func(context.Context) (string, error) { return "", errors.New("secret was refused") }
	})
	_, err = without.UpdateAppMetadata(t.Context(), "auth0|ann/x", object{"a": 1})
	assert.EqualError(t, err, "there is no access token for the Management API")
}

func TestOptions(t *testing.T) {
	for _, base := range []string{"", "example.com", "ftp://x", "https://u:p@x", "https://x?a=1", "http://example.com", "http://10.0.0.1"} {
		_, err := management.New(management.Options{BaseURL: base, Token: management.Static("t")})
		require.Error(t, err, base)
		assert.NotContains(t, err.Error(), "u:p")
	}
	_, err := management.New(management.Options{BaseURL: "https://x"})
	require.Error(t, err)
	for _, base := range []string{"https://x.example", "https://x.example/", "https://x.example/api/v2", "https://x.example/api/v2/"} {
		c, err := management.New(management.Options{BaseURL: base, Token: management.Static("t")})
		require.NoError(t, err)
		assert.Equal(t, "https://x.example/api/v2", c.BaseURL())
	}
}

// begin asks for updates in one turn and answers their results.
func begin(ctx context.Context, c *management.Client, values ...object) (users []object, errs []error) {
	var waits []func() (map[string]any, error)
	for _, v := range values {
		waits = append(waits, c.BeginUpdate(ctx, "app", "auth0|bob", v))
	}
	for _, wait := range waits {
		user, err := wait()
		users, errs = append(users, user), append(errs, err)
	}
	return users, errs
}

func TestWritesOfARunMerge(t *testing.T) {
	s := newStandIn(t, bob)
	c := s.client(t, nil)
	ctx := runtime.WithRun(t.Context(), &runtime.Run{}, "rule")
	user := c.BeginUpdate(ctx, "user", "auth0|bob", object{"u": 1})
	users, errs := begin(ctx, c, object{"a": 1}, object{"b": 2}, object{"a": 1, "c": nil}, object{"a": 2}, object{"d": 4})
	for _, err := range errs {
		require.NoError(t, err)
	}
	_, err := user()
	require.NoError(t, err)
	assert.Equal(t, []patch{
		{"/api/v2/users/auth0%7Cbob", map[string]map[string]any{"user_metadata": {"u": 1.0}, "app_metadata": {"a": 1.0, "b": 2.0, "c": nil}}},
		{"/api/v2/users/auth0%7Cbob", map[string]map[string]any{"app_metadata": {"a": 2.0, "d": 4.0}}},
	}, s.seen())
	assert.Equal(t, 1.0, users[0]["app_metadata"].(object)["a"], "the answer to one's own write")
	assert.Equal(t, 2.0, users[3]["app_metadata"].(object)["a"])
	users[0]["app_metadata"].(object)["a"] = "changed"
	assert.Equal(t, 1.0, users[1]["app_metadata"].(object)["a"], "answers share nothing")
}

func TestABadWriteFailsAlone(t *testing.T) {
	s := newStandIn(t, bob)
	c := s.client(t, nil)
	_, errs := begin(runtime.WithRun(t.Context(), &runtime.Run{}, "rule"), c, object{"a": 1}, object{"refuse_me": 1}, object{"b": 1})
	assert.NoError(t, errs[0])
	assert.EqualError(t, errs[1], "refused")
	assert.NoError(t, errs[2])
	assert.Len(t, s.seen(), 4)
}

// Writes of different runs keep their order and are not merged.
func TestOrderOfRuns(t *testing.T) {
	s := newStandIn(t, bob)
	c := s.client(t, nil)
	var waits []func() (map[string]any, error)
	for i := range 20 {
		waits = append(waits, c.BeginUpdate(runtime.WithRun(t.Context(), &runtime.Run{}, "rule"), "app", "auth0|bob", object{"i": i}))
	}
	for i, wait := range waits {
		user, err := wait()
		require.NoError(t, err)
		assert.Equal(t, float64(i), user["app_metadata"].(object)["i"])
	}
	assert.Len(t, s.seen(), 20)
}

func tooMany(reset time.Time) *auth0.APIError {
	return &auth0.APIError{Status: 429, Code: auth0.CodeTooManyRequests, Message: "Too many requests.", Header: map[string]string{
		auth0.HeaderLimit: "10", auth0.HeaderRemaining: "0", auth0.HeaderReset: strconv.FormatInt(reset.Unix(), 10)}}
}

func TestTriesAgainAfter429(t *testing.T) {
	s := newStandIn(t, bob)
	s.before = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		if n <= 2 {
			refuse(w, tooMany(time.Now()))
		}
		return n <= 2
	}
	_, err := s.client(t, nil).UpdateAppMetadata(t.Context(), "auth0|bob", object{"a": 1})
	require.NoError(t, err)
	assert.Equal(t, 3, s.n)
}

// A reset that the run does not live to see is answered at once, also to those behind.
func TestResetBeyondTheTime(t *testing.T) {
	s := newStandIn(t, bob)
	s.before = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
		refuse(w, tooMany(time.Now().Add(time.Hour)))
		return true
	}
	c := s.client(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for range 3 {
		_, err := c.UpdateAppMetadata(ctx, "auth0|bob", object{"a": 1})
		var refused *auth0.APIError
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, 429, refused.StatusCode())
		assert.Equal(t, "0", refused.Headers()[auth0.HeaderRemaining])
		assert.Equal(t, "10", refused.Headers()[auth0.HeaderLimit])
	}
	assert.Equal(t, 1, s.n, "what cannot succeed is not sent")
	require.NoError(t, ctx.Err())
}

// Remaining 0 makes the next request wait for the reset.
func TestWaitsWhenNothingRemains(t *testing.T) {
	s := newStandIn(t, bob)
	reset := time.Unix(time.Now().Unix()+2, 0)
	var early bool
	s.before = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set(auth0.HeaderRemaining, "0")
		w.Header().Set(auth0.HeaderReset, strconv.FormatInt(reset.Unix(), 10))
		early = early || n > 1 && time.Now().Before(reset)
		return false
	}
	c := s.client(t, nil)
	for i := range 2 {
		_, err := c.UpdateAppMetadata(t.Context(), "auth0|bob", object{"a": i})
		require.NoError(t, err)
	}
	assert.False(t, early)
}

// What may have been done is not done again.
func TestLostAnswersAreNotRepeated(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter, r *http.Request){
		"500":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); fmt.Fprint(w, "oops "+token) },
		"302":   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) },
		"reset": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"text":  func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello "+token) },
		"slow":  func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		},
		"echo": func(w http.ResponseWriter, r *http.Request) {
			refuse(w, &auth0.APIError{Status: 403, Message: "bad " + r.Header.Get("Authorization")})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStandIn(t, bob)
			s.before = func(_ int, w http.ResponseWriter, r *http.Request) bool { answer(w, r); return true }
			c := s.client(t, func(o *management.Options) { o.RequestTime = 300 * time.Millisecond })
			_, err := c.UpdateAppMetadata(t.Context(), "auth0|bob", object{"a": 1})
			require.Error(t, err)
			assert.NotContains(t, err.Error(), token)
			s.mu.Lock()
			assert.Equal(t, 1, s.n)
			s.before = nil
			s.mu.Unlock()
			_, err = c.UpdateAppMetadata(t.Context(), "auth0|bob", object{"a": 1})
			require.NoError(t, err, "the next login")
		})
	}
}

// A run whose time is over neither sends what waits nor holds up others.
func TestEndOfTheTime(t *testing.T) {
	s := newStandIn(t, bob)
	s.before = func(n int, _ http.ResponseWriter, r *http.Request) bool {
		if n == 1 {
			<-r.Context().Done()
		}
		return n == 1
	}
	c := s.client(t, nil)
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	first := c.BeginUpdate(short, "app", "auth0|bob", object{"a": 1})
	second := c.BeginUpdate(short, "app", "auth0|bob", object{"a": 2})
	third := c.BeginUpdate(t.Context(), "app", "auth0|bob", object{"a": 3})
	_, err := first()
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = second()
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = third()
	require.NoError(t, err)
	assert.Equal(t, []patch{{"/api/v2/users/auth0%7Cbob", map[string]map[string]any{"app_metadata": {"a": 3.0}}}}, s.seen())
}

func TestNoStampede(t *testing.T) {
	var users []map[string]any
	for i := range 1000 {
		users = append(users, object{"user_id": fmt.Sprint("auth0|", i)})
	}
	s := newStandIn(t, users...)
	c := s.client(t, func(o *management.Options) { o.InFlight = 7 })
	var wg sync.WaitGroup
	errs := make([]error, len(users))
	for i := range users {
		wg.Go(func() {
			_, errs[i] = c.UpdateAppMetadata(runtime.WithRun(t.Context(), &runtime.Run{}, "rule"), fmt.Sprint("auth0|", i), object{"i": i})
		})
	}
	wg.Wait()
	require.NoError(t, errors.Join(errs...))
	assert.LessOrEqual(t, s.most, 7)
	assert.Len(t, s.seen(), 1000)
}
