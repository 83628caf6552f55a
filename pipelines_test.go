package ferrule_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

const pipelines = "testdata/pipelines"

// pipelineCase is a line of cases.ndjson.
type pipelineCase struct {
	ID            string
	User, Context json.RawMessage
	Configuration map[string]string
}

// input is the case's login with the key order of its text.
func (c pipelineCase) input() (in ferrule.Input, user, login enginetest.Tree) {
	user, login = enginetest.ParseTree(c.User), enginetest.ParseTree(c.Context)
	in = ferrule.Input{Now: enginetest.Now, Configuration: c.Configuration, Order: user.Order}
	in.User, _ = user.Value.(map[string]any)
	in.Context, _ = login.Value.(map[string]any)
	in.Order.Merge(login.Order)
	return in, enginetest.ParseTree(c.User), enginetest.ParseTree(c.Context)
}

// pipelineOptions are the options of a folder of testdata/pipelines: its config.json
// is the deploy CLI's.
func pipelineOptions(t testing.TB, name string) *ferrule.Options {
	t.Helper()
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	require.NoError(t, err)
	opts := &ferrule.Options{Store: store, Modules: standIns}
	var config struct {
		Mappings map[string]any `json:"AUTH0_KEYWORD_REPLACE_MAPPINGS"`
		Excluded []string       `json:"AUTH0_EXCLUDED_RULES"`
	}
	if data, err := os.ReadFile(filepath.Join(pipelines, name, "config.json")); err == nil {
		require.NoError(t, json.Unmarshal(data, &config))
	}
	opts.Folder.Mappings, opts.Folder.Exclude = config.Mappings, config.Excluded
	return opts
}

// loadPipeline loads a folder of testdata/pipelines and closes it with the test.
func loadPipeline(t testing.TB, name string, opts *ferrule.Options) *ferrule.Pipeline {
	t.Helper()
	p, err := ferrule.Load(os.DirFS(filepath.Join(pipelines, name)), opts)
	require.NoError(t, err)
	t.Cleanup(func() { closeSoon(t, p) })
	return p
}

// closeSoon closes a pipeline whose runs are to end by themselves.
func closeSoon(t testing.TB, p *ferrule.Pipeline) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	require.NoError(t, p.Close(ctx))
}

func readCases(t testing.TB, name string) []pipelineCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(pipelines, name, "cases.ndjson"))
	require.NoError(t, err)
	var cases []pipelineCase
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var c pipelineCase
		require.NoError(t, json.Unmarshal(line, &c))
		cases = append(cases, c)
	}
	return cases
}

// wanted reads want.txtar: the text of each case's outcome.
func wanted(t testing.TB, name string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join(pipelines, name, "want.txtar"))
	require.NoError(t, err)
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	return want
}

// TestPipelines runs every login of every shipped folder, as Node's answers want it.
func TestPipelines(t *testing.T) {
	entries, err := os.ReadDir(pipelines)
	require.NoError(t, err)
	require.NotEmpty(t, entries)
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			want, seen := wanted(t, entry.Name()), map[string]bool{}
			for _, c := range readCases(t, entry.Name()) {
				t.Run(c.ID, func(t *testing.T) {
					p := loadPipeline(t, entry.Name(), pipelineOptions(t, entry.Name()))
					in, user, login := c.input()
					out, err := p.Run(context.Background(), in)
					require.NoError(t, err)
					got := enginetest.Want(user, login, out)
					require.Contains(t, want, c.ID)
					if !enginetest.Same(want[c.ID], got, out) {
						assert.Equal(t, want[c.ID], got)
					}
				})
				seen[c.ID] = true
			}
			for id := range want {
				assert.True(t, seen[id], "want.txtar has an outcome for %q, and cases.ndjson no such case", id)
			}
		})
	}
}
