package hosttest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// patience is how long a script of [Host.Print] may take.
const patience = 40 * time.Second

// Network grants the way out to the network, until the test ends: to what allow lists, as
// egress.ParseRules reads it, beside what the policy lets through itself.
func (h *Host) Network(t testing.TB, allow string, p egress.Policy, o egress.Observer) *Host {
	t.Helper()
	rules, err := egress.ParseRules(allow)
	require.NoError(t, err)
	p.Allow = append(rules, p.Allow...)
	client, err := egress.New(p)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	h.Grants[egress.Key] = client.Session(t.Context(), o)
	return h
}

// Print runs a script to the end of the event loop and answers what it wrote to the console,
// without white space at the end. An error that nobody catches fails the test.
func (h *Host) Print(t testing.TB, script string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	before := len(h.Output)
	err := h.Run(ctx, script)
	printed := strings.TrimSpace(strings.Join(h.Output[before:], "\n"))
	require.NoError(t, err, printed)
	return printed
}

// Same wants a script to print the same here and in Node.
func (h *Host) Same(t testing.TB, script string) {
	t.Helper()
	SameLines(t, nodejs.Print(t, script), h.Print(t, script))
}

// SameLines wants what was printed here to be what was in Node; differences are shown by lines.
func SameLines(t testing.TB, node, here string) {
	t.Helper()
	assert.Equal(t, strings.Split(node, "\n"), strings.Split(here, "\n"))
}
