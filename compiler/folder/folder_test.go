package folder_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

var update = flag.Bool("update", false, "rewrite the wanted texts in testdata/folders")

const trees = "../../testdata/folders"

// caseOptions is the file <case>.options.json beside a tree.
type caseOptions struct {
	Format                         folder.Format
	Root                           string
	Mappings                       map[string]any
	Env                            map[string]string
	Exclude, Enable, Disable, Only []string
}

// TestTrees reads each tree of testdata/folders and compares everything that is
// known about it with <case>.want.
func TestTrees(t *testing.T) {
	entries, err := os.ReadDir(trees)
	require.NoError(t, err)
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		t.Run(entry.Name(), func(t *testing.T) {
			root, opts := ".", folder.Options{}
			if data, err := os.ReadFile(filepath.Join(trees, entry.Name()+".options.json")); err == nil {
				var o caseOptions
				require.NoError(t, json.Unmarshal(data, &o))
				opts = folder.Options{Format: o.Format, Mappings: o.Mappings, Exclude: o.Exclude,
					Enable: o.Enable, Disable: o.Disable, Only: o.Only}
				if o.Env != nil {
					opts.Env = func(key string) (string, bool) { v, ok := o.Env[key]; return v, ok }
				}
				if o.Root != "" {
					root = o.Root
				}
			}
			got, list := folder.Read(os.DirFS(filepath.Join(trees, entry.Name())), root, opts)
			text := describe(got) + diagnostics(list)
			want := filepath.Join(trees, entry.Name()+".want")
			if *update {
				require.NoError(t, os.WriteFile(want, []byte(text), 0o644))
			}
			data, err := os.ReadFile(want)
			require.NoError(t, err)
			assert.Equal(t, string(data), text)
		})
	}
}

// describe is a folder as text, one fact a line.
func describe(f *folder.Folder) string {
	var b strings.Builder
	fmt.Fprintf(&b, "format %s", f.Format)
	if f.Reason != "" {
		fmt.Fprintf(&b, ": %s", f.Reason)
	}
	b.WriteByte('\n')
	for _, r := range f.Rules {
		fmt.Fprintf(&b, "rule %q order %v", r.Name, r.Order)
		if !r.HasOrder {
			b.WriteString(" (default)")
		}
		if !r.Enabled {
			b.WriteString(" disabled")
		}
		if r.Excluded {
			b.WriteString(" excluded")
		}
		if r.Stage != folder.StageLoginSuccess {
			b.WriteString(" stage " + r.Stage)
		}
		if r.File == nil {
			b.WriteString(" without a script")
		}
		if r.Runs() {
			b.WriteString(" runs")
		}
		b.WriteByte('\n')
	}
	keys := make([]string, 0, len(f.Configuration))
	for key := range f.Configuration {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		fmt.Fprintf(&b, "configuration %s = %q\n", key, f.Configuration[key])
	}
	for _, e := range f.Files {
		fmt.Fprintf(&b, "file %s %s", e.Path, e.Role)
		if e.Reason != "" {
			b.WriteString(": " + e.Reason)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func diagnostics(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Text())
	}
	return b.String()
}
