package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shared is a buffer that is written and read at a time.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.b.Write(p) }
func (s *shared) String() string              { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

func TestWatchRunsCasesAgainWhenAFileChanges(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("a.js", "function (user, context, callback) { user.n = 1; callback(null, user, context); }")
	write("a.test.yaml", "cases: [{name: n, expect: {user: {n: 22}}}]")
	out := &shared{}
	c := &command{out: newTerminal(out), err: newTerminal(out)}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.watchTests(ctx, &testFlags{engine: "js"}, []string{dir}) }()
	says := func(text string, times int) func() bool {
		return func() bool { return strings.Count(out.String(), text) >= times }
	}
	require.Eventually(t, says("waiting for a change", 1), time.Minute, 10*time.Millisecond)
	assert.Contains(t, out.String(), "1 failed")
	write("a.js", "function (user, context, callback) { user.n = 22; callback(null, user, context); }")
	require.Eventually(t, says("1 case passed", 1), time.Minute, 10*time.Millisecond)
	stop()
	require.ErrorIs(t, <-done, errInterrupted)
}
