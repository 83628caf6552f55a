package diag_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

var update = flag.Bool("update", false, "rewrite docs/diagnostics.md and docs/exits")

const (
	docsFile   = "../../docs/diagnostics.md"
	casesOf    = "testdata/diag" // from the root of the repository
	docsHeader = `# Diagnostic codes

What ` + "`ferrule check`" + `, ` + "`Compile`" + ` and ` + "`Load`" + ` can say about rules, folders and options. A code is never renamed and never used again for
something else. An error means that no pipeline is made; of a rule that does not run (disabled, excluded, of
another stage) it is a warning. An exit is a place where a compiled rule hands over to JavaScript, as ` + "`ferrule explain`" + ` shows.

This file is written by ` + "`go test ./ast/diag -update`" + ` from the table in ast/diag/codes.go.
`
)

// stages are the headings of the document, in its order.
var stages = []struct{ name, heading string }{
	{"parse", "Reading a rule"},
	{"folder", "Reading a folder"},
	{"modules", "Modules that rules require"},
	{"options", "Options"},
	{"lower", "Compiling: where JavaScript takes over"},
	{"run", "Running: values for which JavaScript takes over"},
}

// document is docs/diagnostics.md as the table of codes makes it.
func document() string {
	var b strings.Builder
	b.WriteString(docsHeader)
	for _, stage := range stages {
		fmt.Fprintf(&b, "\n## %s\n\n| code | severity | meaning |\n| --- | --- | --- |\n", stage.heading)
		for _, row := range diag.Table() {
			if row.Stage != stage.name {
				continue
			}
			code := "`" + string(row.Code) + "`"
			example := casesOf + "/" + string(row.Code) + ".txtar"
			if row.Severity == diag.Exit {
				code = fmt.Sprintf("[%s](exits/%s.md)", code, row.Code)
			} else if _, err := os.Stat(filepath.Join("../..", example)); err == nil {
				code = fmt.Sprintf("[%s](../%s)", code, example)
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", code, row.Severity, row.Summary)
		}
	}
	return b.String()
}

// TestDocs holds docs/diagnostics.md against the table.
func TestDocs(t *testing.T) {
	want := document()
	for _, row := range diag.Table() {
		assert.Contains(t, want, "`"+string(row.Code)+"`", "its stage %q has no heading", row.Stage)
	}
	if *update {
		require.NoError(t, os.WriteFile(docsFile, []byte(want), 0o644))
	}
	got, err := os.ReadFile(docsFile)
	require.NoError(t, err)
	assert.Equal(t, want, string(got), "stale: run go test ./ast/diag -update")
}
