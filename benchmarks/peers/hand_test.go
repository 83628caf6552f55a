package peers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
)

// TestEveryContenderAnswersAlike holds every contender against the JavaScript engine: on the
// logins that are timed, and those that claim JavaScript's meaning on all logins of the case,
// as they are and laid over the usual one. goja with wrapped maps and otto cannot always.
func TestEveryContenderAnswersAlike(t *testing.T) {
	node, err := peers.StartNode(time.Millisecond)
	if err == nil {
		defer node.Close()
	} else {
		t.Log("without node:", err)
	}
	singles, err := cases.Singles()
	require.NoError(t, err)
	all := append(singles, cases.Pipelines(singles)...)
	for i := range all {
		c := &all[i]
		t.Run(c.Name, func(t *testing.T) {
			c.Widen()
			require.NoError(t, c.Write())
			timed, checked, err := peers.Wanted(c)
			require.NoError(t, err)
			for _, contender := range peers.All(node) {
				worker, err := contender.Start(c)
				if peers.IsUnable(err) {
					continue
				}
				require.NoError(t, err, contender.Name)
				if !worker.Idle && !strings.HasSuffix(contender.Name, "_wrapped") && contender.Name != "otto" {
					assert.NoError(t, peers.Check(c, contender, worker, timed, checked), contender.Name)
				}
				if worker.Close != nil {
					worker.Close()
				}
			}
		})
	}
}
