package ferrule_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/sqlitestore"
)

// writeFlag writes metadata and tells what the store answered.
const writeFlag = `async function (user, context, callback) {
  try {
    const stored = await auth0.users.updateAppMetadata(user.user_id, { flag: user.flag });
    user.answer = stored;
  } catch (err) {
    user.refused = { name: err.name, message: err.message, status: err.statusCode, headers: err.headers, isError: err instanceof Error };
  }
  callback(null, user, context);
}`

// Errors of a store reach the rule as those of the Management API.
func TestStoreErrorsReachTheRule(t *testing.T) {
	strict, err := auth0.NewMemoryStore(&auth0.MemoryOptions{Users: []map[string]any{{"user_id": "known", "name": "K"}}})
	require.NoError(t, err)
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	limited := auth0.RateLimited(strict, auth0.RateLimit{Burst: 1, PerMinute: 60, Now: func() time.Time { return now }})

	p := compile(t, writeFlag, &ferrule.Options{Store: limited})
	out := run(t, p, ferrule.Input{User: map[string]any{"user_id": "known", "flag": 1.0}})
	assert.Equal(t, map[string]any{"user_id": "known", "name": "K", "app_metadata": map[string]any{"flag": 1.0}}, out.User["answer"])

	out = run(t, p, ferrule.Input{User: map[string]any{"user_id": "known", "flag": 2.0}})
	refused, _ := out.User["refused"].(map[string]any)
	require.NotNil(t, refused)
	assert.Equal(t, 429.0, refused["status"])
	assert.Equal(t, true, refused["isError"])
	headers, _ := refused["headers"].(map[string]any)
	assert.Contains(t, headers, auth0.HeaderReset)
	assert.Contains(t, headers, auth0.HeaderRemaining)
	require.Len(t, out.Metadata, 1, "the call is recorded, whatever became of it")

	p = compile(t, writeFlag, &ferrule.Options{Store: strict})
	out = run(t, p, ferrule.Input{User: map[string]any{"user_id": "unknown", "flag": 1.0}})
	assert.Equal(t, map[string]any{"name": "APIError", "message": "The user does not exist.", "status": 404.0, "isError": true}, withoutHeaders(out.User["refused"]))
}

func withoutHeaders(value any) any {
	object, _ := value.(map[string]any)
	delete(object, "headers")
	return object
}

// A rule that hands a store's error on fails with its text, by callback and by promise.
func TestStoreErrorHandedOn(t *testing.T) {
	strict, err := auth0.NewMemoryStore(nil)
	require.NoError(t, err)
	for name, rule := range map[string]string{
		"callback":  `function (user, context, callback) { auth0.users.updateUserMetadata(user.user_id, { a: 1 }, function (err) { callback(err, user, context); }); }`,
		"promise":   `function (user, context, callback) { auth0.users.updateUserMetadata(user.user_id, { a: 1 }).then(() => callback(null, user, context)).catch(callback); }`,
		"unhandled": `async (user, context, callback) => { await auth0.users.updateUserMetadata(user.user_id, { a: 1 }); callback(null, user, context); }`,
	} {
		out := run(t, compile(t, rule, &ferrule.Options{Store: strict}), ferrule.Input{User: map[string]any{"user_id": "u"}})
		require.Equal(t, ferrule.Failed, out.Decision, name)
		assert.Equal(t, "The user does not exist.", out.Err.Message, name)
		assert.Equal(t, "APIError", out.Err.Name, name)
		assert.Equal(t, []ferrule.MetadataWrite{{Target: "user", UserID: "u", Values: map[string]any{"a": 1.0}, Order: out.Metadata[0].Order}}, out.Metadata)
	}
}

// Two pipelines that share a SQLite file, and a third that opens it later.
func TestSQLiteStore(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "metadata.db")
	open := func() *sqlitestore.Store {
		store, err := sqlitestore.Open(ctx, file, &sqlitestore.Options{CreateMissing: true, BusyTimeout: time.Minute})
		require.NoError(t, err)
		return store
	}
	count := `async function (user, context, callback) {
  const stored = await auth0.users.updateAppMetadata(user.user_id, { ['from_' + context.tenant]: user.n });
  user.keys = Object.keys(stored.app_metadata).sort();
  callback(null, user, context);
}`
	one, two := open(), open()
	patient := ferrule.Limits{Timeout: time.Minute} // the writers wait for each other
	p := compile(t, count, &ferrule.Options{Store: one, Limits: patient})
	q := compile(t, count, &ferrule.Options{Store: two, Limits: patient})
	login := func(p *ferrule.Pipeline, tenant string, n float64) ferrule.Outcome {
		out := run(t, p, ferrule.Input{User: map[string]any{"user_id": "u", "n": n}, Context: map[string]any{"tenant": tenant}})
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		return out
	}
	login(p, "a", 1)
	assert.Equal(t, []any{"from_a", "from_b"}, login(q, "b", 2).User["keys"])

	// Both write at once: nobody's values are lost.
	const each = 20
	done := make(chan error, 2*each)
	for i := range each {
		for tenant, pipeline := range map[string]*ferrule.Pipeline{"a": p, "b": q} {
			go func() {
				out, err := pipeline.Run(ctx, ferrule.Input{User: map[string]any{"user_id": "u", "n": float64(i)}, Context: map[string]any{"tenant": tenant + string(rune('a'+i))}})
				if err == nil && out.Err != nil {
					err = out.Err
				}
				done <- err
			}()
		}
	}
	for range 2 * each {
		require.NoError(t, <-done)
	}
	closeSoon(t, p)
	closeSoon(t, q)
	require.NoError(t, one.Close())
	require.NoError(t, two.Close())

	three := open()
	defer func() { require.NoError(t, three.Close()) }()
	r := compile(t, count, &ferrule.Options{Store: three})
	keys, _ := login(r, "c", 3).User["keys"].([]any)
	assert.Len(t, keys, 2+2*each+1)
	closeSoon(t, r)
}

// A resumed login reads the metadata from a SQLite file too.
func TestSQLiteStoreOnResume(t *testing.T) {
	store, err := sqlitestore.Open(context.Background(), filepath.Join(t.TempDir(), "m.db"), &sqlitestore.Options{CreateMissing: true})
	require.NoError(t, err)
	defer func() { require.NoError(t, store.Close()) }()
	p := load(t, askConsent, &ferrule.Options{Store: store})
	first := run(t, p, redirectLogin())
	out := resume(t, p, first.RedirectTo.State, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}})
	require.Equal(t, ferrule.Allowed, out.Decision)
	seen, _ := out.User["seen"].(map[string]any)
	assert.Equal(t, map[string]any{"asked": 1.0}, seen["app"], "what the store has now")
	closeSoon(t, p)
}

// slowStore answers when it is told to, or when its context ends.
type slowStore struct {
	started chan struct{}
	answer  chan struct{}
	ended   chan error
}

func newSlowStore() *slowStore {
	return &slowStore{started: make(chan struct{}, 8), answer: make(chan struct{}), ended: make(chan error, 8)}
}

func (s *slowStore) update(ctx context.Context, values map[string]any) (map[string]any, error) {
	s.started <- struct{}{}
	var err error
	select {
	case <-s.answer:
	case <-ctx.Done():
		err = ctx.Err()
	}
	s.ended <- err
	return map[string]any{"app_metadata": values}, err
}

func (s *slowStore) UpdateAppMetadata(ctx context.Context, _ string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, values)
}

func (s *slowStore) UpdateUserMetadata(ctx context.Context, _ string, values map[string]any) (map[string]any, error) {
	return s.update(ctx, values)
}

// A store that does not answer is ended by the run's limit, and by the rule's.
func TestSlowStoreMeetsTheLimit(t *testing.T) {
	for name, limits := range map[string]ferrule.Limits{"run": {Timeout: 80 * time.Millisecond}, "rule": {Timeout: 400 * time.Millisecond, RuleTimeout: 80 * time.Millisecond}} {
		t.Run(name, func(t *testing.T) {
			store := newSlowStore()
			p := compile(t, writeFlag, &ferrule.Options{Store: store, Limits: limits})
			began := time.Now()
			out := run(t, p, ferrule.Input{User: map[string]any{"user_id": "u", "flag": 1.0}})
			require.Equal(t, ferrule.Failed, out.Decision)
			assert.Equal(t, ferrule.KindTimeout, out.Err.Kind)
			t.Logf("answered after %v", time.Since(began))
			assert.Len(t, out.Metadata, 1)
			closeSoon(t, p)
			assert.Error(t, <-store.ended, "the store's context ends with the run")
		})
	}
}

// A write that the rule does not wait for goes on after the answer: Close waits for
// it, and it is in the outcome because it was asked for before the callback.
func TestWriteGoesOnAfterTheAnswer(t *testing.T) {
	store := newSlowStore()
	late := make(chan ferrule.Late, 8)
	p := compile(t, `function (user, context, callback) {
  auth0.users.updateAppMetadata(user.user_id, { a: 1 }).then(function () {
    console.log('written');
    return auth0.users.updateUserMetadata(user.user_id, { b: 2 });
  });
  callback(null, user, context);
}`, &ferrule.Options{Store: store, OnLate: func(l ferrule.Late) { late <- l }})
	out := run(t, p, ferrule.Input{User: map[string]any{"user_id": "u"}})
	require.Equal(t, ferrule.Allowed, out.Decision)
	assert.Len(t, out.Metadata, 1)
	assert.Empty(t, out.Console)
	<-store.started

	closed := make(chan error, 1)
	go func() { closed <- p.Close(context.Background()) }()
	store.answer <- struct{}{}
	assert.Equal(t, "written", (<-late).Console.Text)
	assert.Equal(t, "user", (<-late).Metadata.Target)
	select {
	case <-closed:
		t.Fatal("Close did not wait for a write that is under way")
	default:
	}
	store.answer <- struct{}{}
	require.NoError(t, <-closed)
}

// The caller's context ends the run, and Close with a context of its own gives up.
func TestCancelledRun(t *testing.T) {
	store := newSlowStore()
	p := compile(t, writeFlag, &ferrule.Options{Store: store})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-store.started
		cancel()
	}()
	in := ferrule.Input{User: map[string]any{"user_id": "u", "flag": 1.0}}
	out, err := p.Run(ctx, in)
	require.ErrorIs(t, err, context.Canceled)
	assert.Zero(t, out.Decision)
	assert.Equal(t, map[string]any{"user_id": "u", "flag": 1.0}, in.User)

	gone, cancelGone := context.WithCancel(context.Background())
	cancelGone()
	_, err = p.Run(gone, in)
	require.ErrorIs(t, err, context.Canceled)
	closeSoon(t, p)
	_, err = p.Run(context.Background(), in)
	require.ErrorIs(t, err, ferrule.ErrClosed)
}

// panickingStore breaks on every call.
type panickingStore struct{}

func (panickingStore) UpdateAppMetadata(context.Context, string, map[string]any) (map[string]any, error) {
	panic("no database")
}

func (panickingStore) UpdateUserMetadata(context.Context, string, map[string]any) (map[string]any, error) {
	panic("no database")
}

// A store that panics fails the update, and nothing else.
func TestPanickingStore(t *testing.T) {
	p := compile(t, writeFlag, &ferrule.Options{Store: panickingStore{}})
	out := run(t, p, ferrule.Input{User: map[string]any{"user_id": "u", "flag": 1.0}})
	assert.Equal(t, ferrule.Allowed, out.Decision)
	refused, _ := out.User["refused"].(map[string]any)
	assert.Equal(t, "internal error: the metadata store panicked: no database", refused["message"])
}
