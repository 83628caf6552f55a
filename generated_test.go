package ferrule_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/rulegen"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// engines are those that must answer alike; the first one is what the others are held against.
func engines() []namedEngine {
	return []namedEngine{
		goEngine("js", ferrule.Options{Engine: ferrule.EngineJS}),
		goEngine("expr", ferrule.Options{Expressions: ferrule.EngineExpr}),
		goEngine("expr without fast paths", ferrule.Options{Expressions: ferrule.EngineExpr, Without: ferrule.Kernels | ferrule.GuardIndex | ferrule.SwiftRuns}),
		jsonEngine(),
		goEngine("cel", ferrule.Options{Expressions: ferrule.EngineCEL}),
	}
}

// loginsOfRule is how many logins a generated rule gets.
const loginsOfRule = 12

// amount is a number from the environment, for runs that take as long as one likes.
func amount(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		if testing.Short() {
			return usual / 4
		}
		return usual
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err, name)
	return n
}

// firstSeed is the first of consecutive seeds: FERRULE_SEED, or always the same.
func firstSeed(t *testing.T) uint64 {
	t.Helper()
	seed, err := uint64(1), error(nil)
	if text := os.Getenv("FERRULE_SEED"); text != "" {
		seed, err = strconv.ParseUint(text, 10, 64)
		require.NoError(t, err, "FERRULE_SEED")
	}
	t.Logf("FERRULE_SEED=%d", seed)
	return seed
}

func generatedJob(seed uint64, mode rulegen.Mode) job {
	src := rulegen.Rule(seed, mode)
	return job{
		name:   fmt.Sprintf("seed %d, %s", seed, mode),
		rules:  []enginetest.Rule{{File: "rule.js", Text: src}},
		logins: rulegen.Logins(seed, loginsOfRule, rulegen.ReadsOf(src)),
	}
}

// TestGenerated compares the engines on generated rules: FERRULE_GENERATED pairs of a
// rule and a login.
func TestGenerated(t *testing.T) {
	seed := firstSeed(t)
	var jobs []job
	for i := range uint64(amount(t, "FERRULE_GENERATED", 2400) / loginsOfRule) {
		jobs = append(jobs, generatedJob(seed+i, rulegen.Mode(i%2)))
	}
	differ(t, engines(), jobs)
}

// TestGeneratedOnNode compares goja with Node on a share of them.
func TestGeneratedOnNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	node := nodeEngine(t)
	if node == nil {
		t.Skip("node not found")
	}
	seed := firstSeed(t) + 1_000_000
	var jobs []job
	for i := range uint64(amount(t, "FERRULE_GENERATED_NODE", 1200) / loginsOfRule) {
		jobs = append(jobs, generatedJob(seed+i, rulegen.Mode(i%2)))
	}
	differ(t, []namedEngine{*node, goEngine("js", ferrule.Options{Engine: ferrule.EngineJS, ShowConfiguration: []string{ferrule.ShowAll}})}, jobs)
}
