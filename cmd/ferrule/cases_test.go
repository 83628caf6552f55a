package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadLines(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"line breaks at the end or not", "a\nb", []string{"1 a", "2 b"}},
		{"blank lines are counted and skipped", "\n \t\r\na\n\n\nb\n", []string{"3 a", "6 b"}},
		{"byte order mark", "\uFEFFa\n\uFEFFb\n", []string{"1 a", "2 \uFEFFb"}},
		{"longer than the buffer", strings.Repeat("x", 200_000) + "\ny", []string{"1 " + strings.Repeat("x", 200_000), "2 y"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			total := 0
			err := readLines(iotest.HalfReader(strings.NewReader(tt.in)), func(number int, line []byte, size int) bool {
				got = append(got, string(rune('0'+number))+" "+strings.TrimRight(string(line), "\r\n"))
				total += size
				return true
			})
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
			assert.LessOrEqual(t, total, len(tt.in))
		})
	}
}

func TestReadLinesEnds(t *testing.T) {
	broken := errors.New("broken")
	in := io.MultiReader(strings.NewReader("a\nhalf"), iotest.ErrReader(broken))
	var got []string
	err := readLines(in, func(_ int, line []byte, _ int) bool { got = append(got, string(line)); return true })
	require.ErrorIs(t, err, broken)
	assert.Equal(t, []string{"a\n"}, got, "half a line is no case")

	calls := 0
	require.NoError(t, readLines(strings.NewReader("a\nb\nc\n"), func(int, []byte, int) bool { calls++; return false }))
	assert.Equal(t, 1, calls)
}

func TestReadLinesTooLong(t *testing.T) {
	in := io.MultiReader(io.LimitReader(endless{}, maxCaseBytes+1), strings.NewReader("\nnext\n"))
	var lengths []int
	require.NoError(t, readLines(in, func(_ int, line []byte, _ int) bool {
		if line == nil {
			lengths = append(lengths, -1)
		} else {
			lengths = append(lengths, len(line))
		}
		return true
	}))
	assert.Equal(t, []int{-1, 5}, lengths)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestBudget(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	b := newBudget(10)
	require.True(t, b.take(ctx, 25), "a single large one passes")
	taken := make(chan bool)
	go func() { taken <- b.take(ctx, 4) }()
	select {
	case <-taken:
		t.Fatal("there is no room beside the large one")
	case <-time.After(20 * time.Millisecond):
	}
	b.give(25)
	require.True(t, <-taken)
	require.True(t, b.take(ctx, 6))
	go func() { taken <- b.take(ctx, 1) }()
	stop()
	assert.False(t, <-taken, "the context has ended")
}
