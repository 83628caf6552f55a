package ferrule_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// documents are the texts for people, at the root of the repository.
var documents = []string{"README.md", "ARCHITECTURE.md", "RATIONALE.md", "CHANGELOG.md", "testdata/README.md", "docs/diagnostics.md", "docs/fetch.md", "docs/gallery.md", "docs/http.md", "docs/lint.md", "docs/modules.md", "docs/network.md", "docs/require.md", "docs/testing.md"}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// TestReadmeShowsAnExample: the Go code of the README is a part of the examples that run.
func TestReadmeShowsAnExample(t *testing.T) {
	readme := readText(t, "README.md")
	assert.LessOrEqual(t, strings.Count(readme, "\n"), 150, "README.md is for ten minutes: at most 150 lines")
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(readme, -1)
	require.NotEmpty(t, blocks)
	examples := readText(t, "examples_test.go")
	for _, block := range blocks {
		assert.Contains(t, examples, block[1])
	}
}

// TestReadmeExplains: what the README shows of explain is what explain says.
func TestReadmeExplains(t *testing.T) {
	read, list := folder.Read(os.DirFS("testdata/pipelines/acme/rules"), "deny-unverified-email.js", folder.Options{})
	require.NoError(t, list.Err())
	made, list := compiler.Compile(read.Rules, compiler.Options{Modules: standIns})
	require.NoError(t, list.Err())
	readme := readText(t, "README.md")
	program := compiler.Explain(made)[0].Program
	require.NotEmpty(t, program)
	for _, line := range program {
		assert.Contains(t, readme, fmt.Sprintf("%2d  ", line.Number))
		assert.Contains(t, readme, line.Text+"\n")
	}
}

// TestLinks: what the documents point at is there.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	code := regexp.MustCompile("`[^`\n]+`")
	pages, err := filepath.Glob("docs/exits/*.md")
	require.NoError(t, err)
	for _, file := range append(pages, documents...) {
		for _, match := range link.FindAllStringSubmatch(code.ReplaceAllString(readText(t, file), "code"), -1) {
			target, heading, _ := strings.Cut(match[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			path := filepath.Join(filepath.Dir(file), target)
			if _, err := os.Stat(path); !assert.NoError(t, err, "%s points at %s", file, match[1]) || heading == "" {
				continue
			}
			assert.Contains(t, anchors(readText(t, path)), heading, "%s points at %s", file, match[1])
		}
	}
}

// anchors are the names that headings have in links.
func anchors(markdown string) []string {
	var names []string
	for line := range strings.Lines(markdown) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			name := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			names = append(names, strings.ReplaceAll(name, " ", "-"))
		}
	}
	return names
}

// TestDependencyTable: ARCHITECTURE.md says of each module that a package or a test
// imports why it is there, and of no other.
func TestDependencyTable(t *testing.T) {
	out, err := exec.Command("go", "list", "-e", "-f", `{{range .Imports}}{{.}}
{{end}}{{range .TestImports}}{{.}}
{{end}}{{range .XTestImports}}{{.}}
{{end}}`, "./...").Output()
	require.NoError(t, err)
	var modules []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+\\.[^`]+)` \\|").FindAllStringSubmatch(readText(t, "ARCHITECTURE.md"), -1) {
		modules = append(modules, row[1])
	}
	require.NotEmpty(t, modules)
	used := map[string]bool{}
	for _, path := range strings.Fields(string(out)) {
		if within(path, module) || !strings.Contains(strings.Split(path, "/")[0], ".") {
			continue
		}
		i := slices.IndexFunc(modules, func(m string) bool { return within(path, m) })
		if assert.GreaterOrEqual(t, i, 0, "%s has no row in ARCHITECTURE.md", path) {
			used[modules[i]] = true
		}
	}
	for _, m := range modules {
		assert.True(t, used[m], "nothing imports %s: take its row off ARCHITECTURE.md", m)
	}
}
