package ferrule_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// shipped is a rule or pipeline of testdata with its logins.
type shipped struct {
	name   string
	rules  []enginetest.Rule
	logins []rulegen.Login
}

// unbounded are patterns in which a number of the login says how long a loop goes on.
var unbounded = map[string]bool{"async/iterate": true, "timers/interval": true}

// shippedRules are the patterns and the pipelines. Patterns about limits of time are
// left out: what they show takes real time.
func shippedRules(t *testing.T) []shipped {
	t.Helper()
	var all []shipped
	for _, p := range enginetest.Patterns(t, "testdata/patterns") {
		s := shipped{name: p.Name, rules: p.Rules}
		limited := false
		for _, c := range p.Cases {
			var in struct {
				rulegen.Login
				TimeoutMS     int `json:"timeout_ms"`
				RuleTimeoutMS int `json:"rule_timeout_ms"`
			}
			require.NoError(t, json.Unmarshal(c.In, &in), "%s/%s", p.Name, c.Name)
			limited = limited || in.TimeoutMS > 0 || in.RuleTimeoutMS > 0
			if in.Configuration == nil {
				in.Configuration = p.Configuration
			}
			s.logins = append(s.logins, in.Login)
		}
		if !limited && !unbounded[p.Name] {
			all = append(all, s)
		}
	}
	entries, err := os.ReadDir(pipelines)
	require.NoError(t, err)
	for _, entry := range entries {
		read, list := folder.Read(os.DirFS(filepath.Join(pipelines, entry.Name())), ".", pipelineOptions(t, entry.Name()).Folder)
		require.NoError(t, list.Err())
		s := shipped{name: "pipelines/" + entry.Name()}
		for i, rule := range read.Rules {
			if rule.Runs() {
				s.rules = append(s.rules, enginetest.Rule{File: fmt.Sprintf("%02d-%s", i, filepath.Base(rule.Path)), Text: rule.File.Text})
			}
		}
		for _, c := range readCases(t, entry.Name()) {
			login := rulegen.Login{User: c.User, Context: c.Context, Configuration: c.Configuration}
			if login.Configuration == nil {
				login.Configuration = read.Configuration
			}
			s.logins = append(s.logins, login)
		}
		all = append(all, s)
	}
	return all
}

// mutatedJobs are n changed logins of the shipped rules, equally many for each rule.
func mutatedJobs(t *testing.T, seed uint64, n int) []job {
	t.Helper()
	all := shippedRules(t)
	each := max(1, n/len(all))
	if testing.Short() { // a share of the rules, since each gets one login at least
		var some []shipped
		for i := 0; i < len(all); i += 8 {
			some = append(some, all[i])
		}
		all = some
	}
	var jobs []job
	for i, s := range all {
		var texts []string
		for _, rule := range s.rules {
			texts = append(texts, rule.Text)
		}
		reads := rulegen.ReadsOf(texts...)
		j := job(s)
		for k, left := 0, each; left > 0; k++ {
			count := min(left, 1+each/len(s.logins))
			left -= count
			j.logins = append(j.logins, rulegen.Mutations(seed+uint64(i)<<20+uint64(k), count, s.logins[k%len(s.logins)], reads)...)
		}
		jobs = append(jobs, j)
	}
	return jobs
}

// TestMutatedInputs compares the engines on the shipped rules with FERRULE_MUTATED logins
// that were changed where the rules read.
func TestMutatedInputs(t *testing.T) {
	differ(t, engines(), mutatedJobs(t, firstSeed(t), amount(t, "FERRULE_MUTATED", 2000)))
}

// knownOnNode are patterns whose changed logins show what goja or our store does otherwise
// than Node.
var knownOnNode = map[string]string{
	"claims/proto_keys":       "goja's String.prototype is an ordinary object to JSON.stringify",
	"metadata/callback_style": "the store answers Go maps: the keys of nested objects come back in UTF-16 order",
	"strings/encoding":        "Buffer.from(-0) is refused with the words number (0)",
	"numbers/parsing":         "the text of an arrow function whose result stands in parentheses lacks the last one",
}

// TestMutatedInputsOnNode compares goja with Node on a share of them. What is known to
// differ stands in skip.txt and knownOnNode.
func TestMutatedInputsOnNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	node := nodeEngine(t)
	if node == nil {
		t.Skip("node not found")
	}
	known := enginetest.Skips(t, "testdata/skip.txt")
	var jobs []job
	for _, j := range mutatedJobs(t, firstSeed(t)+500_000, amount(t, "FERRULE_MUTATED_NODE", 600)) {
		differs := knownOnNode[j.name] != ""
		for id := range known {
			differs = differs || id == j.name || strings.HasPrefix(id, j.name+"/")
		}
		if !differs {
			jobs = append(jobs, j)
		}
	}
	differ(t, []namedEngine{*node, goEngine("js", ferrule.Options{Engine: ferrule.EngineJS, ShowConfiguration: []string{ferrule.ShowAll}})}, jobs)
}
