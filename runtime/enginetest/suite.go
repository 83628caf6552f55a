package enginetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Pipeline is what the suite runs: one case a call.
type Pipeline interface {
	Run(context.Context, runtime.Input) (runtime.Outcome, error)
	Close(context.Context) error
}

// Rule is a rule's file as the suite hands it over.
type Rule struct{ File, Text string }

// Compile makes a pipeline with the engine under test.
type Compile func(rules []Rule, options runtime.Options) (Pipeline, error)

// Now is the time of cases that name none: a Monday.
var Now = time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)

// Pattern is one file of testdata/patterns.
type Pattern struct {
	Path          string // of the file
	Name          string // family/name
	Archive       *txtar.Archive
	Rules         []Rule
	Configuration map[string]string
	Cases         []Case
}

// Case is one login of a pattern and its wanted outcome.
type Case struct {
	Name   string
	In     []byte // JSON text
	Want   string
	wantAt int // index of the want section; -1 for none
}

// login is the form of a case's input.
type login struct {
	User          json.RawMessage   `json:"user"`
	Context       json.RawMessage   `json:"context"`
	Configuration map[string]string `json:"configuration"`
	Now           time.Time         `json:"now"`
	TZ            string            `json:"tz"`
	TimeoutMS     int               `json:"timeout_ms"`
	RuleTimeoutMS int               `json:"rule_timeout_ms"`
}

// Patterns reads all patterns below a folder.
func Patterns(t testing.TB, root string) []*Pattern {
	t.Helper()
	var patterns []*Pattern
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".txtar") {
			return err
		}
		patterns = append(patterns, readPattern(t, root, file))
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, patterns, "no patterns below %s", root)
	return patterns
}

func readPattern(t testing.TB, root, file string) *Pattern {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	relative, err := filepath.Rel(root, file)
	require.NoError(t, err)
	p := &Pattern{Path: file, Name: strings.TrimSuffix(filepath.ToSlash(relative), ".txtar"), Archive: archive}
	for i, section := range archive.Files {
		name, in := strings.CutPrefix(section.Name, "run/")
		switch {
		case section.Name == "configuration.json":
			require.NoError(t, json.Unmarshal(section.Data, &p.Configuration), "%s: %s", file, section.Name)
		case in && strings.HasSuffix(name, ".in.json"):
			p.Cases = append(p.Cases, Case{Name: strings.TrimSuffix(name, ".in.json"), In: section.Data, wantAt: -1})
		case in && strings.HasSuffix(name, ".want"):
			at := slices.IndexFunc(p.Cases, func(c Case) bool { return c.Name == strings.TrimSuffix(name, ".want") })
			require.GreaterOrEqual(t, at, 0, "%s: %s has no input", file, section.Name)
			p.Cases[at].Want, p.Cases[at].wantAt = string(section.Data), i
		case strings.HasPrefix(section.Name, "want/"):
		case path.Ext(section.Name) == ".js" || path.Ext(section.Name) == ".ts":
			p.Rules = append(p.Rules, Rule{strings.TrimPrefix(section.Name, "rules/"), string(section.Data)})
		default:
			require.Fail(t, "unknown section", "%s: %s", file, section.Name)
		}
	}
	slices.SortStableFunc(p.Rules, func(a, b Rule) int { return strings.Compare(a.File, b.File) })
	require.NotEmpty(t, p.Rules, "%s: no rule", file)
	require.NotEmpty(t, p.Cases, "%s: no case", file)
	return p
}

// Run runs one case on a pipeline of its own and answers the outcome and its text form.
func (p *Pattern) Run(c Case, compile Compile) (text string, outcome runtime.Outcome, err error) {
	var in login
	if err := json.Unmarshal(c.In, &in); err != nil {
		return "", outcome, fmt.Errorf("%s: %w", c.Name, err)
	}
	options := runtime.Options{Configuration: p.Configuration, ShowConfiguration: []string{runtime.ShowAll}}
	if in.Configuration != nil {
		options.Configuration = in.Configuration
	}
	options.Limits.Timeout = time.Duration(in.TimeoutMS) * time.Millisecond
	options.Limits.RuleTimeout = time.Duration(in.RuleTimeoutMS) * time.Millisecond
	pipeline, err := compile(p.Rules, options)
	if err != nil {
		return "", outcome, err
	}
	user, context_, err := in.trees()
	if err != nil {
		return "", outcome, err
	}
	input := runtime.Input{Now: in.Now, Order: user.Order}
	input.Order.Merge(context_.Order)
	if input.Now.IsZero() {
		input.Now = Now
	}
	if in.TZ != "" {
		if input.Zone, err = time.LoadLocation(in.TZ); err != nil {
			return "", outcome, err
		}
	}
	input.User, _ = user.Value.(map[string]any)
	input.Context, _ = context_.Value.(map[string]any)
	outcome, err = pipeline.Run(context.Background(), input)
	if err != nil && outcome.Err == nil {
		return "", outcome, err
	}
	before, beforeContext, err := in.trees() // the run has changed the first ones
	if err != nil {
		return "", outcome, err
	}
	text = Want(before, beforeContext, outcome)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return text, outcome, pipeline.Close(ctx)
}

func (in *login) trees() (user, context Tree, err error) {
	for _, part := range []struct {
		text json.RawMessage
		into *Tree
	}{{in.User, &user}, {in.Context, &context}} {
		if len(part.text) == 0 {
			part.text = []byte("{}")
		}
		if part.into.Value, part.into.Order, err = jsondoc.Decode(part.text); err != nil {
			return
		}
	}
	return
}

// Suite runs every case of every pattern below root and compares the outcomes with
// the wanted ones; with update it writes them instead. skip says why a case
// ("family/name" or "family/name/case") differs on this engine.
func Suite(t *testing.T, root string, update bool, skip map[string]string, compile Compile) {
	for _, p := range Patterns(t, root) {
		t.Run(p.Name, func(t *testing.T) {
			if !update {
				t.Parallel()
			}
			changed := false
			for _, c := range p.Cases {
				_, whole := skip[p.Name]
				_, one := skip[p.Name+"/"+c.Name]
				got, outcome, err := p.Run(c, compile)
				if !assert.NoError(t, err, c.Name) {
					continue
				}
				switch {
				case whole || one:
					assert.False(t, Same(c.Want, got, outcome), "%s: on the list of differences, but it no longer differs", c.Name)
				case Same(c.Want, got, outcome):
				case update:
					changed = p.set(c, got) || changed
				default:
					assert.Equal(t, c.Want, got, c.Name)
				}
			}
			if changed {
				require.NoError(t, os.WriteFile(p.Path, txtar.Format(p.Archive), 0o644))
			}
		})
	}
}

// set puts a wanted outcome into the archive.
func (p *Pattern) set(c Case, want string) bool {
	if c.Want == want {
		return false
	}
	if c.wantAt >= 0 {
		p.Archive.Files[c.wantAt].Data = []byte(want)
		return true
	}
	at := slices.IndexFunc(p.Archive.Files, func(f txtar.File) bool { return f.Name == "run/"+c.Name+".in.json" })
	p.Archive.Files = slices.Insert(p.Archive.Files, at+1, txtar.File{Name: "run/" + c.Name + ".want", Data: []byte(want)})
	for i := range p.Cases {
		if p.Cases[i].wantAt > at {
			p.Cases[i].wantAt++
		}
	}
	return true
}

// Skips reads a list of differences: lines of an id, blanks and a reason; # starts a comment.
func Skips(t testing.TB, file string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	list := map[string]string{}
	for line := range bytes.Lines(data) {
		text := strings.TrimSpace(string(line))
		if id, reason, ok := strings.Cut(text, " "); ok && !strings.HasPrefix(text, "#") {
			list[id] = strings.TrimSpace(reason)
		}
	}
	return list
}

// Agree runs every case with an engine of compiled rules, which JavaScript stands behind.
// What is listed as a difference of the JavaScript engine is none where a rule never
// reaches it: such a case may differ or not.
func Agree(t *testing.T, root string, skip map[string]string, compile Compile) {
	for _, p := range Patterns(t, root) {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			for _, c := range p.Cases {
				_, whole := skip[p.Name]
				_, one := skip[p.Name+"/"+c.Name]
				got, outcome, err := p.Run(c, compile)
				if !assert.NoError(t, err, c.Name) || whole || one {
					continue
				}
				if !Same(c.Want, got, outcome) {
					assert.Equal(t, c.Want, got, c.Name)
				}
			}
		})
	}
}
