package fetch_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// nodePath is a real Node 20, or the test is skipped.
func nodePath(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	version, err := exec.Command(path, "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		t.Skip("no Node 20")
	}
	return path
}

// same wants a script to print the same here and in Node.
func same(t *testing.T, h *hosttest.Host, script string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, nodePath(t), "--no-warnings", "-e", script)
	want, err := command.CombinedOutput()
	require.NoError(t, err, string(want))
	if err := h.Run(ctx, script); err != nil {
		h.Log("", "uncaught: "+err.Error())
	}
	assert.Equal(t, strings.Split(strings.TrimSpace(string(want)), "\n"), strings.Split(strings.TrimSpace(strings.Join(h.Output, "\n")), "\n"))
}

// sameAll does it with many scripts, each in a VM of its own.
func sameAll(t *testing.T, scripts map[string]string) {
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) { same(t, hosttest.New(node.Modules(), node.Globals()), script) })
	}
}
