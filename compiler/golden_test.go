package compiler_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// TestGoldens compares what the rules of testdata compile to with the sections want/ir,
// want/expr and want/cel of their files: the program, and the texts that it runs, each once.
func TestGoldens(t *testing.T) {
	for _, p := range enginetest.Patterns(t, "../testdata/patterns") {
		t.Run(p.Name, func(t *testing.T) {
			if !*update {
				t.Parallel()
			}
			got := goldens(t, p)
			if *update {
				write(t, p, got)
				return
			}
			want := map[string]string{}
			for _, section := range p.Archive.Files {
				if strings.HasPrefix(section.Name, "want/") {
					want[section.Name] = string(section.Data)
				}
			}
			assert.Equal(t, want, got)
		})
	}
}

// goldens are the sections of a pattern, by name. A file with several rules has one of each
// for every rule.
func goldens(t *testing.T, p *enginetest.Pattern) map[string]string {
	t.Helper()
	files := fstest.MapFS{}
	for _, rule := range p.Rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	read, list := folder.Read(files, ".", folder.Options{})
	require.False(t, list.HasErrors(), "%v", list)
	made, list := compiler.Compile(read.Rules, compiler.Options{Configuration: p.Configuration, Domain: runtime.Options{}.DomainName(), Modules: standIns})
	require.False(t, list.HasErrors(), "%v", list)
	sections := map[string]string{}
	for _, u := range made.Units {
		require.NoError(t, ir.Validate(u.IR))
		suffix := ""
		if len(made.Units) > 1 {
			suffix = "/" + u.Name
		}
		sections["want/ir"+suffix] = ir.Print(u.IR)
		if u.Lowered == nil {
			continue
		}
		sections["want/expr"+suffix] = texts(u.Lowered, func(e program.Expr) string { return e.Expr })
		sections["want/cel"+suffix] = texts(u.Lowered, func(e program.Expr) string { return e.CEL })
	}
	return sections
}

func texts(rule *program.Rule, text func(program.Expr) string) string {
	var lines []string
	for _, e := range rule.Exprs {
		if line := text(e); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(append(lines, ""), "\n")
}

// write puts the sections behind the rules, in front of the logins.
func write(t *testing.T, p *enginetest.Pattern, got map[string]string) {
	t.Helper()
	rest := slices.DeleteFunc(slices.Clone(p.Archive.Files), func(f txtar.File) bool { return strings.HasPrefix(f.Name, "want/") })
	at := slices.IndexFunc(rest, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "run/") })
	var made []txtar.File
	for _, kind := range []string{"want/ir", "want/expr", "want/cel"} {
		var names []string
		for name := range got {
			if name == kind || strings.HasPrefix(name, kind+"/") {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			made = append(made, txtar.File{Name: name, Data: []byte(got[name])})
		}
	}
	archive := &txtar.Archive{Comment: p.Archive.Comment, Files: slices.Insert(rest, at, made...)}
	require.NoError(t, os.WriteFile(p.Path, txtar.Format(archive), 0o644))
}
