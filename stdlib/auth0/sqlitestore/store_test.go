package sqlitestore_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/sqlitestore"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/storetest"
)

func open(t *testing.T, path string, opts *sqlitestore.Options) *sqlitestore.Store {
	t.Helper()
	s, err := sqlitestore.Open(t.Context(), path, opts)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func fill(t *testing.T, s *sqlitestore.Store, users []map[string]any) {
	t.Helper()
	for _, user := range users {
		require.NoError(t, s.Put(t.Context(), user))
	}
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T, start storetest.Start) storetest.Handles {
		s := open(t, sqlitestore.Memory, &sqlitestore.Options{CreateMissing: start.CreateMissing})
		fill(t, s, start.Users)
		return func(*testing.T) storetest.Store { return s }
	})
}

// Every handle is opened for itself, on one file.
func TestFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T, start storetest.Start) storetest.Handles {
		path := filepath.Join(t.TempDir(), "users.db")
		opts := &sqlitestore.Options{CreateMissing: start.CreateMissing, BusyTimeout: time.Minute}
		fill(t, open(t, path, opts), start.Users)
		return func(t *testing.T) storetest.Store { return open(t, path, opts) }
	})
}

func TestFileKeepsUsers(t *testing.T) {
	folder := t.TempDir()
	// Characters that mean something in the name of a database.
	path := filepath.Join(folder, "a b?c#d%20é&_pragma=x.db")
	s := open(t, path, &sqlitestore.Options{CreateMissing: true})
	_, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"a": 1})
	require.NoError(t, err)
	require.NoError(t, s.Close())

	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "closing leaves one file")
	assert.Equal(t, filepath.Base(path), entries[0].Name())
	if runtime.GOOS != "windows" {
		info, err := entries[0].Info()
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}

	user, found, err := open(t, path, nil).User(t.Context(), "auth0|ann")
	require.NoError(t, err)
	require.True(t, found)
	assert.Equal(t, map[string]any{"user_id": "auth0|ann", "app_metadata": map[string]any{"a": 1.0}}, user)
}

// Stores in memory have nothing in common.
func TestMemoryIsItsOwn(t *testing.T) {
	a, b := open(t, sqlitestore.Memory, nil), open(t, sqlitestore.Memory, nil)
	require.NoError(t, a.Put(t.Context(), map[string]any{"user_id": "auth0|ann"}))
	_, found, err := b.User(t.Context(), "auth0|ann")
	require.NoError(t, err)
	assert.False(t, found)
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	database := func(name string, statements ...string) string {
		path := filepath.Join(folder, name)
		db, err := sql.Open("sqlite", path)
		require.NoError(t, err)
		for _, statement := range statements {
			_, err := db.Exec(statement)
			require.NoError(t, err)
		}
		require.NoError(t, db.Close())
		return path
	}
	later := filepath.Join(folder, "later.db")
	require.NoError(t, open(t, later, nil).Close())
	database("later.db", "PRAGMA user_version = 7")

	for _, c := range []struct{ name, path, want string }{
		{"no name", "", "needs a file name"},
		{"folder", folder, "cannot be read and written"},
		{"missing folder", filepath.Join(folder, "none", "users.db"), "its folder does not exist"},
		{"another format", file("rule.js", "function (user, context, callback) {}"), "is not an SQLite database"},
		{"another program's file", database("other.db", "CREATE TABLE t (x)"), "the database of another program"},
		{"another program's empty file", database("marked.db", "PRAGMA application_id = 1"), "the database of another program"},
		{"later version", later, "has schema 7, this version knows up to 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, readErr := os.ReadFile(c.path)
			s, err := sqlitestore.Open(t.Context(), c.path, nil)
			require.Nil(t, s)
			var problem *sqlitestore.FileError
			require.ErrorAs(t, err, &problem)
			assert.Equal(t, max(c.path, `""`), problem.Path)
			assert.ErrorContains(t, err, c.want)
			if readErr == nil {
				after, err := os.ReadFile(c.path)
				require.NoError(t, err)
				assert.Equal(t, before, after, "nothing was written to it")
			}
		})
	}
}

func TestOpenWithEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "users.db")
	_, err := sqlitestore.Open(ctx, path, nil)
	require.ErrorIs(t, err, context.Canceled)
	assert.NoFileExists(t, path)
}

func TestClose(t *testing.T) {
	for _, path := range []string{sqlitestore.Memory, filepath.Join(t.TempDir(), "users.db")} {
		s := open(t, path, &sqlitestore.Options{CreateMissing: true})
		require.NoError(t, s.Close())
		require.NoError(t, s.Close(), "closing twice does nothing")
		_, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", nil)
		require.ErrorIs(t, err, sqlitestore.ErrClosed)
		_, _, err = s.User(t.Context(), "auth0|ann")
		require.ErrorIs(t, err, sqlitestore.ErrClosed)
		require.ErrorIs(t, s.Put(t.Context(), map[string]any{"user_id": "a"}), sqlitestore.ErrClosed)
	}
}

// Calls in flight while the store closes end, with an answer or with ErrClosed.
func TestCloseWhileInUse(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "users.db"), &sqlitestore.Options{CreateMissing: true})
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for {
				_, err := s.UpdateAppMetadata(t.Context(), fmt.Sprint(i), map[string]any{"a": 1})
				if err != nil {
					assert.ErrorIs(t, err, sqlitestore.ErrClosed)
					return
				}
			}
		})
	}
	time.Sleep(30 * time.Millisecond)
	require.NoError(t, s.Close())
	all.Wait()
}

// holdLock keeps the write lock of the file from another connection.
func holdLock(t *testing.T, path string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_txlock=immediate")
	require.NoError(t, err)
	tx, err := db.Begin()
	require.NoError(t, err)
	var once sync.Once
	release = func() { once.Do(func() { _ = tx.Rollback(); _ = db.Close() }) }
	t.Cleanup(release)
	return release
}

func TestLockedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	s := open(t, path, &sqlitestore.Options{CreateMissing: true, BusyTimeout: 200 * time.Millisecond})
	require.NoError(t, s.Put(t.Context(), map[string]any{"user_id": "auth0|ann"}))
	release := holdLock(t, path)

	t.Run("a reader does not wait", func(t *testing.T) {
		_, found, err := s.User(t.Context(), "auth0|ann")
		require.NoError(t, err)
		assert.True(t, found)
	})
	t.Run("a writer gives up after its patience", func(t *testing.T) {
		begin := time.Now()
		_, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"a": 1})
		require.ErrorContains(t, err, `metadata store: update app_metadata of user "auth0|ann"`)
		assert.GreaterOrEqual(t, time.Since(begin), 200*time.Millisecond)
	})
	t.Run("a writer gives up with its context", func(t *testing.T) {
		patient := open(t, path, &sqlitestore.Options{BusyTimeout: time.Hour})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		begin := time.Now()
		_, err := patient.UpdateAppMetadata(ctx, "auth0|ann", map[string]any{"a": 1})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		t.Logf("gave up after %v", time.Since(begin))
	})
	t.Run("a writer gets its turn", func(t *testing.T) {
		patient := open(t, path, &sqlitestore.Options{BusyTimeout: time.Minute})
		time.AfterFunc(100*time.Millisecond, release)
		_, err := patient.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"a": 2})
		require.NoError(t, err)
	})
	user, _, err := s.User(t.Context(), "auth0|ann")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"a": 2.0}, user["app_metadata"])
}

// A context that ends in the middle of a call leaves the store usable, and in
// memory its data too.
func TestCancelledInFlight(t *testing.T) {
	for _, path := range []string{sqlitestore.Memory, filepath.Join(t.TempDir(), "users.db")} {
		s := open(t, path, nil)
		require.NoError(t, s.Put(t.Context(), map[string]any{"user_id": "auth0|ann"}))
		written := 0
		for i := range 100 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Duration(i*20)*time.Microsecond, cancel)
			_, err := s.UpdateAppMetadata(ctx, "auth0|ann", map[string]any{fmt.Sprint("k", i): 1})
			if err == nil {
				written++
			} else {
				require.ErrorIs(t, err, context.Canceled)
			}
			cancel()
		}
		user, found, err := s.User(t.Context(), "auth0|ann")
		require.NoError(t, err)
		require.True(t, found)
		metadata, _ := user["app_metadata"].(map[string]any)
		assert.Len(t, metadata, written, "what was answered is there, and nothing else")
	}
}

func TestDamagedProfile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	s := open(t, path, nil)
	require.NoError(t, s.Put(t.Context(), map[string]any{"user_id": "auth0|ann", "app_metadata": map[string]any{}}))
	db, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer db.Close()
	for column, want := range map[string]string{"profile": "the stored profile is damaged", "app_metadata": "the stored app_metadata is damaged"} {
		_, err = db.Exec("UPDATE users SET " + column + " = '{'")
		require.NoError(t, err)
		_, _, err = s.User(t.Context(), "auth0|ann")
		require.ErrorContains(t, err, want)
		_, err = db.Exec("UPDATE users SET " + column + " = '{}'")
		require.NoError(t, err)
	}
}

const (
	processVariable = "SQLITESTORE_TEST_FILE"
	processRounds   = 25
)

// TestProcess is the other half of TestTwoProcesses.
func TestProcess(t *testing.T) {
	path := os.Getenv(processVariable)
	if path == "" {
		return
	}
	s := open(t, path, &sqlitestore.Options{CreateMissing: true, BusyTimeout: time.Minute})
	for i := range processRounds {
		_, err := s.UpdateUserMetadata(t.Context(), "auth0|ann", map[string]any{fmt.Sprintf("%d-%d", os.Getpid(), i): i})
		require.NoError(t, err)
	}
}

// Processes that make, open and write one file at the same time lose nothing.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "users.db")
	const processes = 3
	var all sync.WaitGroup
	for range processes {
		all.Go(func() {
			command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcess$", "-test.count=1")
			command.Env = append(os.Environ(), processVariable+"="+path)
			output, err := command.CombinedOutput()
			assert.NoError(t, err, "%s", output)
		})
	}
	all.Wait()
	user, found, err := open(t, path, nil).User(t.Context(), "auth0|ann")
	require.NoError(t, err)
	require.True(t, found)
	assert.Len(t, user["user_metadata"], processes*processRounds)
}

func TestErrorsCarryTheirStatus(t *testing.T) {
	_, err := open(t, sqlitestore.Memory, nil).UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{})
	var answer interface {
		StatusCode() int
		Headers() map[string]string
	}
	require.ErrorAs(t, err, &answer)
	assert.Equal(t, 404, answer.StatusCode())
	assert.Equal(t, auth0.NotFound(), err)
}

func BenchmarkStore(b *testing.B) {
	for name, path := range map[string]string{"memory": sqlitestore.Memory, "file": filepath.Join(b.TempDir(), "users.db")} {
		b.Run("store="+name, func(b *testing.B) {
			s, err := sqlitestore.Open(b.Context(), path, &sqlitestore.Options{CreateMissing: true})
			require.NoError(b, err)
			defer s.Close()
			values := map[string]any{"plan": "gold", "seen": map[string]any{"at": 1.0}}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.UpdateAppMetadata(b.Context(), "auth0|ann", values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
