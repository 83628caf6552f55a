package ferrule_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

var updateDiag = flag.Bool("update", false, "write the wanted diagnostics")

// diagOptions are the options of codes that speak of options.
var diagOptions = map[diag.Code]*ferrule.Options{
	diag.FileUnreadable: {Folder: ferrule.FolderOptions{MaxFileBytes: 20}},
	diag.UnknownRule:    {Folder: ferrule.FolderOptions{Disable: []string{"gaet"}}},
	diag.BadMapping:     {Folder: ferrule.FolderOptions{Mappings: map[string]any{"OBJECT": map[string]any{"a": 1}}}},
	diag.BadOption:      {Limits: ferrule.Limits{Timeout: -1}},
	// A rule that leaves, where nothing but expr may run.
	diag.NeedsJavaScript: {Engine: ferrule.EngineExpr},
}

// TestFolderDiagnostics loads the folders of testdata/diag: each code that is neither the
// parser's nor an exit has an archive, which gives that code and prints as wanted.
func TestFolderDiagnostics(t *testing.T) {
	for _, row := range diag.Table() {
		if row.Stage == "parse" || row.Severity == diag.Exit { // see TestExitExamples for exits
			continue
		}
		t.Run(string(row.Code), func(t *testing.T) {
			path := filepath.Join("testdata", "diag", string(row.Code)+".txtar")
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			files, want := fstest.MapFS{}, -1
			for i, f := range archive.Files {
				if f.Name == "want/diag" {
					want = i
					continue
				}
				text := strings.ReplaceAll(string(f.Data), "<BIG>", strings.Repeat("x", 100_000))
				files[f.Name] = &fstest.MapFile{Data: []byte(text)}
			}
			fsys, dir := onDisk(t, files)
			p, err := ferrule.Load(fsys, diagOptions[row.Code])
			list := diag.FromError(err)
			if err == nil {
				list = p.Warnings()
			}
			found := false
			for _, d := range list {
				found = found || d.Code == row.Code
			}
			assert.True(t, found, "%v", list)
			assert.Equal(t, row.Severity == diag.Error, err != nil, "an error, and it alone, makes loading fail")
			var got strings.Builder
			require.NoError(t, diag.Fprint(&got, list, diag.Style{}))
			if text := got.String(); dir != "" {
				got.Reset()
				got.WriteString(strings.ReplaceAll(text, dir, "DIR"))
			}
			if *updateDiag {
				if want >= 0 {
					archive.Files = archive.Files[:want]
				}
				archive.Files = append(archive.Files, txtar.File{Name: "want/diag", Data: []byte(got.String())})
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o644))
				return
			}
			require.GreaterOrEqual(t, want, 0, "no want/diag")
			assert.Equal(t, string(archive.Files[want].Data), got.String())
		})
	}
}

// onDisk writes files to a folder when there are packages among them, which are nowhere else
// looked up; dir is "" when there are none.
func onDisk(t *testing.T, files fstest.MapFS) (fsys fs.FS, dir string) {
	t.Helper()
	if !slices.ContainsFunc(slices.Collect(maps.Keys(files)), func(name string) bool { return strings.HasPrefix(name, "node_modules/") }) {
		return files, ""
	}
	dir = t.TempDir()
	require.NoError(t, os.CopyFS(dir, files))
	return os.DirFS(dir), dir
}
