package ferrule_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// namedEngine is one of the engines that must agree. open gets rules ready; run
// gives the answer to one login, close ends what open began.
type namedEngine struct {
	name string
	open func(rules []enginetest.Rule) (run func(rulegen.Login) answer, close func(), err error)
}

// answer is everything that can be seen of a run, in a form that can be compared.
type answer struct {
	text string
	// approximate says that the words of the error are a guess.
	approximate bool
	compiled    bool   // no rule of the run needed JavaScript
	exits       string // the codes of the exits that were taken
}

var errorWords = regexp.MustCompile(`(?m)^(failed (?:exception|rule) "\w*Error") .*$`)

// same reports whether two answers are equal, but for words that one of them guessed.
func (a answer) same(b answer) bool {
	if a.text == b.text {
		return true
	}
	cut := func(text string) string { return errorWords.ReplaceAllString(text, "$1") }
	return (a.approximate || b.approximate) && cut(a.text) == cut(b.text)
}

// kind is how the run ended, without the words of an error.
func (a answer) kind() string {
	first, _, _ := strings.Cut(a.text, "\n")
	if at := strings.Index(first, `" "`); at >= 0 {
		return first[:at]
	}
	return first
}

// goEngine is the pipeline as everybody gets it, with the options of the engine under test.
func goEngine(name string, options ferrule.Options) namedEngine {
	return namedEngine{name, func(rules []enginetest.Rule) (func(rulegen.Login) answer, func(), error) {
		files := fstest.MapFS{}
		for _, rule := range rules {
			files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
		}
		store := &freshStore{}
		options := options
		options.Store, options.Modules = store, standIns
		options.Limits.Timeout = 5 * time.Second
		p, err := ferrule.Load(files, &options)
		if err != nil {
			return nil, nil, err
		}
		run := func(login rulegen.Login) answer {
			store.reset()
			return runGo(p, login)
		}
		end := func() {
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			_ = p.Close(ctx)
		}
		return run, end, nil
	}}
}

// freshStore is a store that forgets between runs.
type freshStore struct {
	mu     sync.Mutex
	memory *auth0.MemoryStore
}

func (s *freshStore) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory, _ = auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
}

func (s *freshStore) now() *auth0.MemoryStore {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.memory
}

func (s *freshStore) UpdateAppMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.now().UpdateAppMetadata(ctx, id, values)
}

func (s *freshStore) UpdateUserMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.now().UpdateUserMetadata(ctx, id, values)
}

// runGo runs a login and holds what a caller sees in the Go maps against the JSON form.
func runGo(p interface {
	Run(context.Context, ferrule.Input) (ferrule.Outcome, error)
}, login rulegen.Login) answer {
	user, loginContext := enginetest.ParseTree(orEmpty(login.User)), enginetest.ParseTree(orEmpty(login.Context))
	in := ferrule.Input{Now: enginetest.Now, Configuration: login.Configuration, Order: user.Order}
	in.User, _ = user.Value.(map[string]any)
	in.Context, _ = loginContext.Value.(map[string]any)
	in.Order.Merge(loginContext.Order)
	var err error
	if login.Now != "" {
		if in.Now, err = time.Parse(time.RFC3339Nano, login.Now); err != nil {
			return answer{text: err.Error()}
		}
	}
	if login.TZ != "" {
		if in.Zone, err = time.LoadLocation(login.TZ); err != nil {
			return answer{text: err.Error()}
		}
	}
	out, err := p.Run(context.Background(), in)
	if err != nil && out.Err == nil {
		return answer{text: "error " + err.Error()}
	}
	var b strings.Builder
	if e := out.Err; e != nil {
		// The words of the other kinds are the engine's own, not the rule's.
		if e.Kind == ferrule.KindRule || e.Kind == ferrule.KindException {
			fmt.Fprintf(&b, "%s %s %q %q %q %q %q %d\n", out.Decision, e.Kind, e.Name, e.Message, e.Code, e.Description, e.UserID, e.StatusCode)
		} else {
			fmt.Fprintf(&b, "%s %s\n", out.Decision, e.Kind)
		}
		if got, want := plainJSON(in.User), plainJSON(enginetest.ParseTree(orEmpty(login.User)).Value); got != want {
			fmt.Fprintf(&b, "the caller's user changed: %s\n", got)
		}
		if got, want := plainJSON(in.Context), plainJSON(enginetest.ParseTree(orEmpty(login.Context)).Value); got != want {
			fmt.Fprintf(&b, "the caller's context changed: %s\n", got)
		}
	} else {
		fmt.Fprintf(&b, "%s\n", out.Decision)
		for _, part := range []struct {
			name string
			json func() ([]byte, error)
			tree map[string]any
		}{{"user", out.UserJSON, out.User}, {"context", out.ContextJSON, out.Context}} {
			text, err := part.json()
			if err != nil {
				fmt.Fprintf(&b, "%s: %v\n", part.name, err)
				continue
			}
			fmt.Fprintf(&b, "%s %s\n", part.name, text)
			if want := plainJSON(withoutSurrogates(text)); part.tree != nil && plainJSON(withoutSurrogates([]byte(plainJSON(part.tree)))) != want {
				fmt.Fprintf(&b, "the map of %s is %s\n", part.name, plainJSON(part.tree))
			}
		}
	}
	for _, w := range out.Metadata {
		fmt.Fprintf(&b, "metadata %s %q %s\n", w.Target, w.UserID, w.JSON())
	}
	for _, w := range out.Warnings {
		fmt.Fprintf(&b, "warning %s %s\n", w.Rule, w.Code)
	}
	for _, line := range out.Console {
		fmt.Fprintf(&b, "log %s %s %q\n", line.Rule, line.Level, line.Text)
	}
	compiled := !slices.ContainsFunc(out.Rules, func(r ferrule.RuleReport) bool { return r.Engine == "js" })
	exits := ""
	for _, r := range out.Rules {
		if r.Exit != nil {
			exits += r.Exit.Code + " "
		}
	}
	return answer{b.String(), out.Err != nil && out.Err.Approximate, compiled, exits}
}

// withoutSurrogates is JSON text as Go values: lone surrogates are U+FFFD.
func withoutSurrogates(text []byte) any {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err.Error()
	}
	return value
}

func orEmpty(text json.RawMessage) json.RawMessage {
	if len(text) == 0 {
		return json.RawMessage("{}")
	}
	return text
}

func plainJSON(value any) string {
	text, err := jsondoc.Encode(value, nil)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// nodeEngine is one process of Node that answers for all rules; nil when there is no Node.
func nodeEngine(t testing.TB) *namedEngine {
	t.Helper()
	if nodejs.Path() == "" {
		return nil
	}
	cmd := exec.Command(nodejs.Path(), "testdata/node/runner.js") // ends when its input does
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdin.Close()
		assert.NoError(t, cmd.Wait())
	})
	n := &nodeProcess{in: stdin, out: bufio.NewReaderSize(stdout, 1<<20), kill: func() { _ = cmd.Process.Kill() }}
	return &namedEngine{"node", n.open}
}

// nodeProcess hands over one job after the other.
type nodeProcess struct {
	mu   sync.Mutex
	in   io.Writer
	out  *bufio.Reader
	kill func()
}

func (n *nodeProcess) open(rules []enginetest.Rule) (func(rulegen.Login) answer, func(), error) {
	type nodeRule struct {
		Name string `json:"name"`
		Code string `json:"code"`
	}
	var named []nodeRule
	for _, rule := range rules {
		name, typed := strings.CutSuffix(rule.File, ".ts")
		code := rule.Text
		if typed {
			script, list := parse.Rule(source.NewFile(rule.File, rule.Text), parse.Options{})
			if list.HasErrors() {
				return nil, nil, list.Err()
			}
			code = script.Code
		}
		named = append(named, nodeRule{strings.TrimSuffix(name, ".js"), code})
	}
	run := func(login rulegen.Login) answer {
		job := struct {
			Rules []nodeRule `json:"rules"`
			rulegen.Login
		}{named, login}
		line, err := json.Marshal(job)
		if err != nil {
			return answer{text: err.Error()}
		}
		n.mu.Lock()
		defer n.mu.Unlock()
		if _, err := n.in.Write(append(line, '\n')); err != nil {
			return answer{text: err.Error()}
		}
		stuck := time.AfterFunc(time.Minute, func() { n.kill() })
		text, err := n.out.ReadBytes('\n')
		stuck.Stop()
		if err != nil {
			return answer{text: fmt.Sprintf("%v: %s", err, line)}
		}
		return readNode(text)
	}
	return run, func() {}, nil
}

var webAddress = regexp.MustCompile(`^https?://[^/?#]`)

// readNode writes an answer of runner.js as runGo writes an outcome.
func readNode(line []byte) answer {
	var got struct {
		Outcome string
		Error   *struct {
			Name, Message, Code, Description string
			Kind                             ferrule.Kind
			UserID                           string `json:"user_id"`
			StatusCode                       any    `json:"status_code"`
		}
		Redirect      struct{ URL string }
		User, Context json.RawMessage
		Metadata      []struct {
			Target string
			UserID string `json:"user_id"`
			Values json.RawMessage
		}
		Warnings []struct{ Rule, Code string }
		Console  []struct{ Rule, Level, Text string }
	}
	if err := json.Unmarshal(line, &got); err != nil {
		return answer{text: err.Error()}
	}
	var b strings.Builder
	if e := got.Error; e != nil {
		if e.Kind == ferrule.KindRule || e.Kind == ferrule.KindException {
			status, _ := e.StatusCode.(float64)
			fmt.Fprintf(&b, "%s %s %q %q %q %q %q %d\n", got.Outcome, e.Kind, e.Name, e.Message, e.Code, e.Description, e.UserID, int(status))
		} else {
			fmt.Fprintf(&b, "%s %s\n", got.Outcome, e.Kind)
		}
	} else if got.Outcome == "redirect" && !webAddress.MatchString(got.Redirect.URL) {
		b.WriteString("failed contract\n") // what makes a good address is not the runner's business
	} else {
		fmt.Fprintf(&b, "%s\nuser %s\ncontext %s\n", got.Outcome, canonical(got.User), canonical(got.Context))
	}
	for _, w := range got.Metadata {
		fmt.Fprintf(&b, "metadata %s %q %s\n", w.Target, w.UserID, canonical(w.Values))
	}
	for _, w := range got.Warnings {
		fmt.Fprintf(&b, "warning %s %s\n", w.Rule, w.Code)
	}
	for _, line := range got.Console {
		fmt.Fprintf(&b, "log %s %s %q\n", line.Rule, line.Level, line.Text)
	}
	return answer{text: b.String()}
}

// canonical is JSON text in the form in which we write it, keys in their order.
func canonical(text json.RawMessage) string {
	tree := enginetest.ParseTree(bytes.TrimSpace(text))
	out, err := jsondoc.Encode(tree.Value, tree.Order)
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// job is rules with the logins that they decide about.
type job struct {
	name   string // tells how to make it again
	rules  []enginetest.Rule
	logins []rulegen.Login
}

// rulesFor are the job's rules, behind one that drops the user where the login says so.
func (j job) rulesFor(login rulegen.Login) []enginetest.Rule {
	if !login.Dropped {
		return j.rules
	}
	return append([]enginetest.Rule{{File: "0-drop.js", Text: rulegen.Dropper}}, j.rules...)
}

// opened is one engine with a job's rules, with and without the dropped user.
type opened struct {
	engine namedEngine
	job    job
	runs   map[bool]func(rulegen.Login) answer
	ends   []func()
}

func (o *opened) run(login rulegen.Login) answer {
	run := o.runs[login.Dropped]
	if run == nil {
		var end func()
		var err error
		if run, end, err = o.engine.open(o.job.rulesFor(login)); err != nil {
			return answer{text: "does not load: " + err.Error()}
		}
		o.runs[login.Dropped], o.ends = run, append(o.ends, end)
	}
	return run(login)
}

func (o *opened) close() {
	for _, end := range o.ends {
		end()
	}
}

// differ runs every login of every job on all engines, two jobs at a time, and reports
// where an engine does not answer as the first: the rule and login are reduced before.
func differ(t *testing.T, engines []namedEngine, jobs []job) {
	t.Helper()
	var mu sync.Mutex
	found := 0
	counts := map[string]int{}
	var wait sync.WaitGroup
	queue := make(chan job)
	for range 2 {
		wait.Go(func() {
			for j := range queue {
				for _, d := range differences(engines, j, func(what string) { mu.Lock(); counts[what]++; mu.Unlock() }) {
					mu.Lock()
					found++
					show := found <= 5
					mu.Unlock()
					if show {
						report(t, d)
					} else {
						t.Errorf("%s: %s differs from %s", d.job.name, d.other.name, engines[0].name)
					}
				}
			}
		})
	}
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	wait.Wait()
	t.Logf("%d rules compared, %d differences; outcomes, and runs without JavaScript: %v", len(jobs), found, counts)
}

// difference is a login for which an engine does not answer as the first one.
type difference struct {
	job          job
	login        rulegen.Login
	first, other namedEngine
	want, got    answer
}

// differences runs a job; at most one difference an engine is answered.
func differences(engines []namedEngine, j job, count func(what string)) []difference {
	all := make([]*opened, len(engines))
	for i, engine := range engines {
		all[i] = &opened{engine: engine, job: j, runs: map[bool]func(rulegen.Login) answer{}}
		defer all[i].close()
	}
	var found []difference
	seen := map[string]bool{}
	for _, login := range j.logins {
		want := all[0].run(login)
		outcome, _, _ := strings.Cut(want.kind(), ` "`)
		count(outcome)
		if outcome == "failed timeout" {
			count(j.name + " timeouts")
		}
		for i, engine := range engines[1:] {
			if seen[engine.name] {
				continue
			}
			got := all[i+1].run(login)
			if got.compiled {
				count(engine.name + " alone")
			}
			if !want.same(got) {
				seen[engine.name] = true
				found = append(found, difference{j, login, engines[0], engine, want, got})
			}
		}
	}
	return found
}

// report reduces a difference and prints it as a pattern.
func report(t *testing.T, d difference) {
	t.Helper()
	if len(d.job.rules) != 1 {
		t.Errorf("%s: %s differs from %s for %s\nwant %s\ngot  %s", d.job.name, d.other.name, d.first.name, d.login.JSON(), d.want.text, d.got.text)
		return
	}
	rule := d.job.rules[0]
	want, got := d.want, d.got
	src, login := rulegen.Shrink(rule.Text, d.login, func(src string, login rulegen.Login) bool {
		small := job{rules: []enginetest.Rule{{File: rule.File, Text: src}}, logins: []rulegen.Login{login}}
		found := differences([]namedEngine{d.first, d.other}, small, func(string) {})
		if len(found) == 0 {
			return false
		}
		again := found[0]
		if strings.HasPrefix(again.want.text, "does not load") || strings.HasPrefix(again.got.text, "does not load") {
			return false
		}
		if again.want.kind() != d.want.kind() || again.got.kind() != d.got.kind() {
			return false // another difference
		}
		want, got = again.want, again.got
		return true
	})
	t.Errorf("%s: %s differs from %s\n%s\n--- %s\n%s--- %s\n%s", d.job.name, d.other.name, d.first.name,
		rulegen.Golden("Generated: "+d.other.name+" answered otherwise than "+d.first.name+".", src, login), d.first.name, want.text, d.other.name, got.text)
}
