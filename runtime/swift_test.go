package runtime

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// leaving is an engine whose swift sessions leave the login to others, after they have asked for the
// time.
type leaving struct{ asked []time.Time }

func (e *leaving) Name() string  { return "test" }
func (e *leaving) IsSwift() bool { return true }
func (e *leaving) Begin(_ context.Context, run *Run) (Session, error) {
	return &leavingSession{engine: e, run: run}, nil
}

type leavingSession struct {
	engine *leaving
	run    *Run
}

func (s *leavingSession) Swift(context.Context, *Passage) bool {
	s.engine.asked = append(s.engine.asked, s.run.Until())
	return false
}

func (s *leavingSession) Rules(_, _ int, _ *Passage) {
	s.engine.asked = append(s.engine.asked, s.run.Until())
}

func (s *leavingSession) Undo()                 {}
func (s *leavingSession) End()                  { s.run.End() }
func (s *leavingSession) Rest()                 {}
func (s *leavingSession) Again(context.Context) {}

// The time of a run does not begin anew where it is run another way.
func TestSwiftTimeGoesOn(t *testing.T) {
	engine := &leaving{}
	c := NewChain([]Rule{{Name: "r"}}, engine, Options{})
	for i := range 3 {
		out, err := c.Run(context.Background(), Input{User: map[string]any{}, Context: map[string]any{}})
		require.NoError(t, err)
		require.Equal(t, Allowed, out.Decision)
		require.Len(t, engine.asked, 2*(i+1))
		assert.Equal(t, engine.asked[2*i], engine.asked[2*i+1])
	}
	assert.NotEqual(t, engine.asked[0], engine.asked[2], "each run has a time of its own")
}
