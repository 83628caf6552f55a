package compiler_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

var update = flag.Bool("update", false, "write what explain says of the examples")

// standIns is the setting of test data that requires what is not installed.
var standIns = compiler.ModuleOptions{AllowMissing: true}

// example is a rule that JavaScript takes over, and the rule that the advice makes of it.
type example struct {
	path    string
	code    diag.Code
	archive *txtar.Archive
}

// examples reads testdata/diag and testdata/explain: a file is named after its code, and
// behind a _ after what is special.
func examples(t *testing.T) []example {
	t.Helper()
	var list []example
	for _, dir := range []string{"../testdata/diag", "../testdata/explain"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, path := range files {
			code, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".txtar"), "_")
			row, ok := diag.Lookup(diag.Code(code))
			require.True(t, ok, "%s is named after no code", path)
			if row.Stage != "lower" || row.Severity != diag.Exit {
				continue
			}
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			list = append(list, example{path, row.Code, archive})
		}
	}
	return list
}

func (e example) file(name string) (string, bool) {
	for _, f := range e.archive.Files {
		if f.Name == name {
			return string(f.Data), true
		}
	}
	return "", false
}

// explained compiles a rule and explains it. The program is nil while no stage lowers rules.
func explained(t *testing.T, name, src string) (compiler.RuleExplanation, *ir.Rule) {
	t.Helper()
	read, list := folder.One(name, src, folder.Options{})
	require.NoError(t, list.Err())
	made, list := compiler.Compile(read.Rules, compiler.Options{Configuration: read.Configuration, Modules: standIns})
	require.NoError(t, list.Err())
	return compiler.Explain(made)[0], made.Units[0].IR
}

// TestAdvice: each example has the exit that it is named after, explain says so as wanted,
// and the rewrite that it advises does not have it.
func TestAdvice(t *testing.T) {
	used := map[string]bool{}
	lowered := false
	for _, e := range examples(t) {
		t.Run(strings.TrimSuffix(filepath.Base(e.path), ".txtar"), func(t *testing.T) {
			before, ok := e.file("before.js")
			require.True(t, ok)
			explanation, program := explained(t, "before.js", before)
			after, hasAfter := e.file("after.js")
			var rest compiler.RuleExplanation
			if hasAfter {
				rest, _ = explained(t, "after.js", after)
			}
			if program == nil {
				return
			}
			lowered = true
			assert.True(t, hasCode(explanation, e.code), "before.js does not leave by %s:\n%s", e.code, explanation.Text())
			if hasAfter {
				assert.False(t, hasCode(rest, e.code), "after.js leaves by %s", e.code)
				assert.Equal(t, compiler.Wholly, rest.Compiled, rest.Text())
			}
			text, _ := diag.LookupExit(e.code)
			for _, exit := range ir.Exits(program) {
				for _, v := range text.Variants {
					if exit.Code == string(e.code) && v.Spelling.MatchString(exit.Note) {
						used[v.Spelling.String()] = true
						assert.True(t, hasAfter, "the advice %q is not applied", text.AdviceFor(exit.Note))
						break
					}
				}
			}
			e.golden(t, explanation)
		})
	}
	if !lowered {
		return
	}
	for _, text := range diag.ExitTexts() {
		for _, v := range text.Variants {
			assert.True(t, v.Advice == "" || used[v.Spelling.String()], "no example has advice of %s for %s", text.Code, v.Spelling)
		}
	}
}

func hasCode(e compiler.RuleExplanation, code diag.Code) bool {
	for _, exit := range e.Exits {
		if exit.Code == code {
			return true
		}
	}
	return false
}

// golden holds what explain says of the exits against want/diag.
func (e example) golden(t *testing.T, explanation compiler.RuleExplanation) {
	t.Helper()
	var got strings.Builder
	for _, exit := range explanation.Exits {
		d := exit.Diagnostic
		if exit.Advice != "" {
			d = d.WithNote("%s", exit.Advice)
		}
		got.WriteString(d.Text())
	}
	want, ok := e.file("want/diag")
	if !*update {
		require.True(t, ok, "no want/diag: run go test ./compiler -update")
		assert.Equal(t, want, got.String())
		return
	}
	files := e.archive.Files[:0]
	for _, f := range e.archive.Files {
		if f.Name != "want/diag" {
			files = append(files, f)
		}
	}
	e.archive.Files = append(files, txtar.File{Name: "want/diag", Data: []byte(got.String())})
	require.NoError(t, os.WriteFile(e.path, txtar.Format(e.archive), 0o644))
}
