package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

var update = flag.Bool("update", false, "build pipeline.ferrule, as go generate does")

// TestFileIsCurrent: the embedded file is what the rules beside it give.
func TestFileIsCurrent(t *testing.T) {
	var want bytes.Buffer
	_, err := ferrule.Build(&want, os.DirFS("rules"), ".", nil, ferrule.KeepUsed)
	require.NoError(t, err)
	if *update {
		require.NoError(t, os.WriteFile("pipeline.ferrule", want.Bytes(), 0o644))
		return
	}
	assert.True(t, bytes.Equal(want.Bytes(), pipeline), "pipeline.ferrule is stale: run go generate ./examples/...")
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(context.Background(), &out))
	assert.Equal(t, `ada@example.com allowed
  https://example.com/role = admin
bob@example.com denied
`, out.String())
}

// TestLinksNoCompiler: the program holds no compiler.
func TestLinksNoCompiler(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	for _, part := range []string{"evanw/esbuild", "ferrule/compiler", "ferrule/ast/parse"} {
		assert.NotContains(t, string(out), part)
	}
}
