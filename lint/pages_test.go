package lint_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/lint"
)

var update = flag.Bool("update", false, "rewrite docs/lint, docs/lint.md and the wanted findings")

const (
	examples = "../testdata/lint"
	pages    = "../docs/lint"
	index    = "../docs/lint.md"
)

// example is the archive of a check: bad*.js with what is found there, good*.js, in which
// nothing is found.
type example struct {
	archive *txtar.Archive
	path    string
	want    string
}

func readExample(t *testing.T, code diag.Code) *example {
	t.Helper()
	e := &example{path: filepath.Join(examples, string(code)+".txtar")}
	var err error
	e.archive, err = txtar.ParseFile(e.path)
	require.NoError(t, err, "every check has an example")
	for _, f := range e.archive.Files {
		if f.Name == "want" {
			e.want = string(f.Data)
		}
	}
	return e
}

// together are the findings in the rules of a folder that the files with a prefix are.
func (e *example) together(t *testing.T, prefix string) diag.List {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range e.archive.Files {
		if strings.HasPrefix(f.Name, prefix) {
			files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	read, problems := folder.Read(files, ".", folder.Options{})
	require.Empty(t, problems)
	return lint.Folder(read.Rules)
}

func findings(t *testing.T, name, text string) diag.List {
	t.Helper()
	file := source.NewFile(name, text)
	script, problems := parse.Rule(file, parse.Options{})
	require.NotNil(t, script, "%s: %v", name, problems)
	return lint.Rule(file)
}

// TestPages: the bad rules of a page have the finding and print as the page says, the good
// ones have no finding of any check; the pages and their list are as the table makes them.
func TestPages(t *testing.T) {
	for _, c := range lint.Table() {
		t.Run(string(c.Code), func(t *testing.T) {
			e := readExample(t, c.Code)
			var shown strings.Builder
			bad, good := "", ""
			if c.Code == "L44" { // of several rules
				list := e.together(t, "bad")
				require.Len(t, list, 1)
				require.NoError(t, diag.Fprint(&shown, list, diag.Style{}))
				assert.Empty(t, e.together(t, "good"))
			}
			for _, f := range e.archive.Files {
				switch {
				case strings.HasPrefix(f.Name, "bad"):
					list := findings(t, f.Name, string(f.Data))
					var own diag.List
					for _, d := range list {
						if d.Code == c.Code {
							own = append(own, d)
						}
					}
					assert.True(t, len(own) > 0 || c.Code == "L44", "%s: nothing is found; others: %v", f.Name, list)
					require.NoError(t, diag.Fprint(&shown, own, diag.Style{}))
					bad += string(f.Data) + "\n"
				case strings.HasPrefix(f.Name, "good"):
					for _, d := range findings(t, f.Name, string(f.Data)) {
						assert.True(t, d.Severity == diag.Note && d.Code != c.Code, "%v", d)
					}
					good += string(f.Data) + "\n"
				}
			}
			require.NotEmpty(t, bad)
			require.NotEmpty(t, good)
			content := page(c, e, strings.TrimSuffix(bad, "\n"), strings.TrimSuffix(good, "\n"), shown.String())
			path := filepath.Join(pages, string(c.Code)+".md")
			if *update {
				files := e.archive.Files[:0]
				for _, f := range e.archive.Files {
					if f.Name != "want" {
						files = append(files, f)
					}
				}
				e.archive.Files = append(files, txtar.File{Name: "want", Data: []byte(shown.String())})
				require.NoError(t, os.WriteFile(e.path, txtar.Format(e.archive), 0o644))
				require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
				return
			}
			assert.Equal(t, e.want, shown.String())
			got, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, content, string(got), "stale: run go test ./lint -update")
		})
	}
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

func page(c lint.Check, e *example, bad, good, shown string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s Severity: %s.\n\n%s\n\n## What to do\n\n%s\n", c.Code, sentence(c.Title), c.Severity, c.Why, c.Instead)
	if about := strings.TrimSpace(strings.ReplaceAll(string(e.archive.Comment), "# ", "")); about != "" {
		fmt.Fprintf(&b, "\n%s\n", about)
	}
	fmt.Fprintf(&b, "\n## Bad\n\n```js\n%s```\n\n```\n%s```\n\n## Good\n\n```js\n%s```\n", bad, shown, good)
	fmt.Fprintf(&b, "\nAll checks: [lint](../lint.md). This page is written by `go test ./lint -update` from lint/checks.go and\n[testdata/lint/%s.txtar](../../testdata/lint/%s.txtar).\n", c.Code, c.Code)
	return b.String()
}

const indexHeader = "# Lint\n\n`ferrule check` reads every rule for mistakes that compile: logins that hang, checks that can be got round,\n" +
	"secrets in the source, claims that never arrive. An error is a fault on the paths that the text shows, a warning\nprobably one, a note is worth knowing.\n\n" +
	"    // ferrule-ignore L10 only the test tenant has this rule\n\n" +
	"silences a check on its line and on the next line of code; several codes stand side by side. `--json` prints each\nfinding as one JSON object, `--sarif FILE` writes them for code scanners, `--fix` makes the changes that are\nsafe, `--no-lint` leaves the checks out.\n\n" +
	"This file is written by `go test ./lint -update` from lint/checks.go.\n\n| code | severity | finds |\n| --- | --- | --- |\n"

func TestIndex(t *testing.T) {
	var b strings.Builder
	b.WriteString(indexHeader)
	var want []string
	last := diag.Code("")
	for _, c := range lint.Table() {
		assert.Greater(t, c.Code, last, "in the order of codes")
		last = c.Code
		want = append(want, string(c.Code)+".md")
		fmt.Fprintf(&b, "| [%s](lint/%s.md) | %s | %s |\n", c.Code, c.Code, c.Severity, c.Title)
	}
	if *update {
		require.NoError(t, os.WriteFile(index, []byte(b.String()), 0o644))
	}
	got, err := os.ReadFile(index)
	require.NoError(t, err)
	assert.Equal(t, b.String(), string(got), "stale: run go test ./lint -update")
	entries, err := os.ReadDir(pages)
	require.NoError(t, err)
	var there []string
	for _, entry := range entries {
		there = append(there, entry.Name())
	}
	assert.ElementsMatch(t, want, there, "a page for each check and none besides")
}
