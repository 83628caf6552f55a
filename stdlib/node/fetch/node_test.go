package fetch_test

import (
	"testing"

	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// newHost is a host without a network.
func newHost() *hosttest.Host { return hosttest.New(node.Modules(), node.Globals()) }

// sameAll wants many scripts to print the same here and in Node, each in a VM of its own.
func sameAll(t *testing.T, scripts map[string]string) {
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) { newHost().Same(t, script) })
	}
}
