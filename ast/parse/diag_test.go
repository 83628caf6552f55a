package parse_test

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
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

var update = flag.Bool("update", false, "rewrite the wanted diagnostics")

const diagFolder = "../../testdata/diag"

// inputs makes the text of a code that no readable archive can hold.
var inputs = map[diag.Code]func(text string) string{
	diag.NotUTF8:        func(text string) string { return strings.ReplaceAll(text, "<FF>", "\xff") },
	diag.NestingTooDeep: func(text string) string { return strings.ReplaceAll(text, "<DEEP>", strings.Repeat("(", 2000)) },
	diag.RuleTooLarge:   func(text string) string { return text + strings.Repeat(" ", parse.DefaultMaxSourceBytes) },
}

// TestDiagnostics reads the rules of testdata/diag: each parse code has an archive,
// whose rules give that code and print as wanted.
func TestDiagnostics(t *testing.T) {
	for _, row := range diag.Table() {
		if row.Stage != "parse" {
			continue
		}
		t.Run(string(row.Code), func(t *testing.T) {
			path := filepath.Join(diagFolder, string(row.Code)+".txtar")
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			want := map[string]string{}
			var got strings.Builder
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, "want/") {
					want[f.Name] = string(f.Data)
					continue
				}
				text := string(f.Data)
				if change := inputs[row.Code]; change != nil {
					text = change(text)
				}
				_, found := parse.Rule(source.NewFile(f.Name, text), parse.Options{})
				assert.Contains(t, codes(found), row.Code, "%s", f.Name)
				require.NoError(t, diag.Fprint(&got, found, diag.Style{}))
			}
			if *update {
				archive.Files = append(without(archive.Files, "want/diag"), txtar.File{Name: "want/diag", Data: []byte(got.String())})
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
				return
			}
			assert.Equal(t, want["want/diag"], got.String())
		})
	}
}

func without(files []txtar.File, name string) []txtar.File {
	var out []txtar.File
	for _, f := range files {
		if f.Name != name {
			out = append(out, f)
		}
	}
	return out
}

func codes(list diag.List) []diag.Code {
	var out []diag.Code
	for _, d := range list {
		out = append(out, d.Code)
	}
	return out
}
