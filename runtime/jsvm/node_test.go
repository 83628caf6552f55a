package jsvm_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// nodeRule is a rule as the reference runner takes it.
type nodeRule struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

// node runs a script of testdata/node and answers what it prints.
func node(t *testing.T, stdin []byte, args ...string) []byte {
	t.Helper()
	args[0] = filepath.Join(testdata, "node", args[0])
	cmd := nodejs.Command(t, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s", stderr.String())
	return out
}

// wants reads what want.js prints: the wanted outcome of each job by its id.
func wants(t *testing.T, jobs []byte) map[string]string {
	t.Helper()
	answers := map[string]string{}
	for _, f := range txtar.Parse(node(t, jobs, "want.js")).Files {
		answers[f.Name] = string(f.Data)
	}
	return answers
}

// TestNodeGivesTheWantedOutcomes runs every case of the suite on Node: the wanted
// outcomes are JavaScript's, not just goja's.
func TestNodeGivesTheWantedOutcomes(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	var jobs bytes.Buffer
	want := map[string]string{}
	for _, p := range enginetest.Patterns(t, testdata+"/patterns") {
		var rules []nodeRule
		for _, rule := range p.Rules {
			code := rule.Text
			if filepath.Ext(rule.File) == ".ts" {
				script, list := parse.Rule(source.NewFile(rule.File, rule.Text), parse.Options{})
				require.NoError(t, list.Err())
				code = script.Code
			}
			rules = append(rules, nodeRule{strings.TrimSuffix(rule.File, filepath.Ext(rule.File)), code})
		}
		for _, c := range p.Cases {
			var job map[string]any
			require.NoError(t, json.Unmarshal(c.In, &job))
			line := orderedJob(t, c.In, p.Name+"/"+c.Name, rules, p.Configuration)
			jobs.Write(line)
			want[p.Name+"/"+c.Name] = c.Want
		}
	}
	got := wants(t, jobs.Bytes())
	for id, text := range want {
		assert.Equal(t, text, got[id], id)
	}
}

// orderedJob adds a job's members to a case's input, whose key order matters.
func orderedJob(t *testing.T, in []byte, id string, rules []nodeRule, configuration map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, json.Compact(&b, in))
	text, ok := bytes.CutSuffix(b.Bytes(), []byte("}"))
	require.True(t, ok)
	var parts struct {
		Configuration json.RawMessage `json:"configuration"`
	}
	require.NoError(t, json.Unmarshal(in, &parts))
	more := map[string]any{"id": id, "rules": rules}
	if parts.Configuration == nil && configuration != nil {
		more["configuration"] = configuration
	}
	extra, err := json.Marshal(more)
	require.NoError(t, err)
	comma := ","
	if len(text) == 1 {
		comma = ""
	}
	return []byte(string(text) + comma + string(extra[1:]) + "\n")
}

// TestGeneratedAgainstNode compares goja with Node on generated rules and logins.
func TestGeneratedAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	n := 2000
	for _, seed := range []int{1, 2, 3} {
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			jobs := node(t, nil, "generate.js", fmt.Sprint(seed), fmt.Sprint(n))
			want := wants(t, jobs)
			differences := 0
			for line := range bytes.Lines(jobs) {
				var job struct {
					ID    string     `json:"id"`
					Rules []nodeRule `json:"rules"`
				}
				require.NoError(t, json.Unmarshal(line, &job))
				p := &enginetest.Pattern{Name: job.ID}
				for _, rule := range job.Rules {
					p.Rules = append(p.Rules, enginetest.Rule{File: rule.Name + ".js", Text: rule.Code})
				}
				got, outcome, err := p.Run(enginetest.Case{Name: job.ID, In: line}, compilePattern)
				if err != nil {
					got = err.Error()
				}
				if !enginetest.Same(want[job.ID], got, outcome) {
					if differences++; differences <= 5 {
						assert.Equal(t, want[job.ID], got, "%s", line)
					}
				}
			}
			assert.Zero(t, differences, "of %d jobs", n)
		})
	}
}
