package ferrule_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// What is measured, less a little: none of it may fall unnoticed. Usual rules and logins
// are those of the families usual_*, the others have what is hostile, too.
const (
	leastWholly      = 0.84 // of all pure rules, those that compile wholly
	leastDone        = 0.83 // of their logins that JavaScript does not throw at, those that need no JavaScript
	leastUsualWholly = 0.92 // the same of usual ones
	leastUsualDone   = 0.94
	leastAnswered    = 0.89 // of usual rules with modules and calls, those that answer a login without JavaScript
)

// corners are families about what is rare, wrong or forbidden: they say nothing about the
// rules that people have.
var corners = []string{"async", "buggy", "endings", "errors", "semantics_blocks", "timers"}

var (
	inertText = regexp.MustCompile(`(?s)/\*.*?\*/|(?m:^\s*//.*$)|'[^'\n]*'|"[^"\n]*"`)
	impure    = regexp.MustCompile(`\brequire\s*\(|\bawait\b|\bPromise\b|\bset(Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|` +
		`\bglobal\b|\brequest\s*(\(|\.(get|post|put|patch)\b)|\bfetch\s*\(|\bauth0\.[a-zA-Z]+(\.|\b)|\.then\s*\(`)
	metadataUpdate = regexp.MustCompile(`\bauth0\.users\.update(App|User)Metadata\b`)
)

// pure reports by the words of a rule whether it computes only: metadata updates that
// nobody waits for are effects, not calls.
func pure(rule enginetest.Rule) bool {
	return !impure.MatchString(metadataUpdate.ReplaceAllString(inertText.ReplaceAllString(rule.Text, ""), "update"))
}

// tally counts the rules and logins of a family.
type tally struct {
	rules, wholly, inPart    int
	answered                 int // rules that answer at least one login without JavaScript
	logins, compiled, thrown int // thrown: JavaScript throws, which only goja words rightly
	exits                    map[string]int
}

func (n *tally) add(m *tally) {
	n.rules, n.wholly, n.inPart = n.rules+m.rules, n.wholly+m.wholly, n.inPart+m.inPart
	n.answered += m.answered
	n.logins, n.compiled, n.thrown = n.logins+m.logins, n.compiled+m.compiled, n.thrown+m.thrown
	for code, count := range m.exits {
		n.exits[code] += count
	}
}

func (n *tally) String() string {
	var exits []string
	for _, code := range slices.Sorted(maps.Keys(n.exits)) {
		exits = append(exits, fmt.Sprintf("%s %d", code, n.exits[code]))
	}
	return fmt.Sprintf("%4d %4d %4d %4d   %4d %4d %4d   %s", n.rules, n.wholly, n.inPart, n.answered, n.logins, n.compiled, n.thrown, strings.Join(exits, ", "))
}

// coverageOf compiles a pattern and runs its logins.
func coverageOf(t *testing.T, p *enginetest.Pattern) *tally {
	t.Helper()
	n := &tally{exits: map[string]int{}}
	for _, rule := range p.Rules {
		read, list := folder.One(rule.File, rule.Text, folder.Options{})
		require.NoError(t, list.Err())
		made, list := compiler.Compile(read.Rules, compiler.Options{Configuration: p.Configuration, Domain: runtime.Options{}.DomainName(), Modules: standIns})
		require.NoError(t, list.Err(), p.Name)
		n.rules++
		e := compiler.Explain(made)[0]
		switch e.Compiled {
		case compiler.Wholly:
			n.wholly++
		case compiler.InPart:
			n.inPart++
		case compiler.Not:
		}
		if e.Compiled != compiler.Wholly && testing.Verbose() {
			for _, exit := range e.Exits {
				t.Logf("%s %s: %d:%d %s [%s]", p.Name, e.Compiled, exit.Span.Start.Line, exit.Span.Start.Column, exit.Message, exit.Code)
			}
		}
	}
	for _, c := range p.Cases {
		_, out, err := p.Run(c, openPattern)
		require.NoError(t, err, "%s/%s", p.Name, c.Name)
		n.logins++
		left := 0
		for _, rule := range out.Rules {
			if rule.Engine == "js" {
				left++
			}
			if rule.Exit != nil && (out.Err == nil || out.Err.Kind != ferrule.KindException) {
				n.exits[rule.Exit.Code]++
				if testing.Verbose() {
					t.Logf("%s/%s leaves at %d:%d [%s]", p.Name, c.Name, rule.Exit.Line, rule.Exit.Column, rule.Exit.Code)
				}
			}
		}
		switch {
		case left == 0:
			n.compiled++
		case out.Err != nil && out.Err.Kind == ferrule.KindException:
			n.thrown++
		}
	}
	if n.compiled > 0 {
		n.answered = n.rules
	}
	return n
}

// openPattern opens a pattern's rules as everybody gets them.
func openPattern(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
	files := fstest.MapFS{}
	for _, rule := range rules {
		files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
	}
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true})
	if err != nil {
		return nil, err
	}
	return ferrule.Load(files, &ferrule.Options{Store: store, Modules: standIns, Limits: options.Limits, Configuration: options.Configuration, ShowConfiguration: options.ShowConfiguration})
}

// TestCoverage measures how much of the patterns' rules is compiled. -v lists every exit.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	families, total := map[string]*tally{}, map[string]*tally{}
	for _, class := range []string{"pure", "usual pure", "impure", "usual impure"} {
		total[class] = &tally{exits: map[string]int{}}
	}
	for _, p := range enginetest.Patterns(t, "testdata/patterns") {
		family, _, _ := strings.Cut(p.Name, "/")
		if slices.Contains(corners, family) {
			continue
		}
		class := "pure"
		if slices.ContainsFunc(p.Rules, func(r enginetest.Rule) bool { return !pure(r) }) {
			class = "impure"
		}
		n := coverageOf(t, p)
		key := class + " " + family
		if families[key] == nil {
			families[key] = &tally{exits: map[string]int{}}
		}
		families[key].add(n)
		total[class].add(n)
		if strings.HasPrefix(family, "usual_") {
			total["usual "+class].add(n)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %4s %4s %4s %4s   %4s %4s %4s   exits of logins\n", "", "rule", "all", "part", "answ", "run", "done", "thr.")
	for _, family := range slices.Sorted(maps.Keys(families)) {
		fmt.Fprintf(&b, "%-24s %s\n", family, families[family])
	}
	for _, class := range slices.Sorted(maps.Keys(total)) {
		fmt.Fprintf(&b, "%-24s %s\n", "TOTAL "+class, total[class])
	}
	t.Log("\n" + b.String())

	atLeast := func(least float64, part, whole int, what string) {
		t.Helper()
		require.Positive(t, whole, what)
		share := float64(part) / float64(whole)
		t.Logf("%5.1f %% %s", 100*share, what)
		assert.GreaterOrEqual(t, share, least, what)
	}
	all, usual, calls := total["pure"], total["usual pure"], total["usual impure"]
	atLeast(leastWholly, all.wholly, all.rules, "of all pure rules compile wholly")
	atLeast(leastDone, all.compiled, all.logins-all.thrown, "of their logins need no JavaScript")
	atLeast(leastUsualWholly, usual.wholly, usual.rules, "of the usual pure rules compile wholly")
	atLeast(leastUsualDone, usual.compiled, usual.logins-usual.thrown, "of their logins need no JavaScript")
	atLeast(leastAnswered, calls.answered, calls.rules, "of the usual rules with modules and calls answer a login without JavaScript")
}
