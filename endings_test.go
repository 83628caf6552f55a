package ferrule_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// endings are the ways in which a rule can end, by their number in the contract
// (section 1.4), each with the patterns that show it and what the first line of at
// least one wanted outcome of each says. The suite of runtime/enginetest runs them on
// every engine.
var endings = []struct {
	row      int
	event    string
	first    string   // how a wanted outcome begins
	line     string   // a line of the same outcome; "" for none
	patterns []string // of testdata/patterns
}{
	{1, "callback(null, user, context)", "allowed", "", []string{"endings/success"}},
	{2, "callback never called", "failed timeout", "", []string{"endings/never_called", "endings/generator_function"}},
	{3, "synchronous endless loop", "failed timeout", "", []string{"endings/endless_loop", "endings/endless_promises"}},
	{4, "callback called twice", "denied UnauthorizedError", "warning rule callback-twice", []string{"endings/called_twice"}},
	{5, "exception", "failed exception TypeError", "", []string{"endings/thrown"}},
	{6, "exception in a later turn", "failed exception", "", []string{"endings/thrown_in_timer"}},
	{6, "exception in a later turn, after the callback", "allowed", "warning 1-timer throw-after-callback", []string{"endings/thrown_in_timer"}},
	{7, "promise of an async rule rejects", "failed exception", "warning rule unhandled-rejection", []string{"endings/rejected"}},
	{8, "callback(new UnauthorizedError(m))", "denied UnauthorizedError", "", []string{"endings/unauthorized_error"}},
	{9, "callback(new Error(m))", "failed rule Error", "", []string{"endings/error"}},
	{10, "callback('text')", "failed rule - ", "", []string{"endings/text"}},
	{11, "callback({…})", "denied", "", []string{"endings/plain_object"}},
	{11, "callback({…})", "failed rule", "", []string{"endings/plain_object"}},
	{12, "callback(42), callback(true)", "failed rule - ", "", []string{"endings/number_or_boolean"}},
	{13, "callback() and falsy statuses", "allowed", "warning rule falsy-status", []string{"endings/falsy_status"}},
	{14, "an error with user and context", "failed rule", "", []string{"endings/error_with_arguments"}},
	{15, "user or context missing", "allowed", "warning 1-short missing-args", []string{"endings/missing_args"}},
	{15, "an explicit null user", "allowed", "user = null", []string{"endings/null_user"}},
	{16, "other objects", "allowed", "warning", []string{"endings/replaced_args", "endings/swapped_args"}},
	{16, "other objects that are none", "failed contract", "", []string{"endings/replaced_args"}},
	{17, "mutation that is not passed on", "allowed", "user.", []string{"endings/mutation_not_passed_on"}},
	{18, "work after the callback", "allowed", "", []string{"endings/work_after_callback", "endings/throw_after_callback", "endings/snapshot_at_callback"}},
	{19, "no function", "failed contract", "", []string{"endings/not_a_function"}},
}

// Every ending of the contract has a pattern that shows it.
func TestEndings(t *testing.T) {
	shown := map[string]*enginetest.Pattern{}
	for _, p := range enginetest.Patterns(t, "testdata/patterns") {
		shown[p.Name] = p
	}
	rows := map[int]bool{}
	for _, ending := range endings {
		rows[ending.row] = true
		for _, name := range ending.patterns {
			p := shown[name]
			if !assert.NotNil(t, p, "row %d, %s: there is no pattern %s", ending.row, ending.event, name) {
				continue
			}
			assert.True(t, shows(p, ending.first, ending.line), "row %d, %s: no outcome of %s begins with %q and has a line %q",
				ending.row, ending.event, name, ending.first, ending.line)
		}
	}
	const all = 19
	for row := range all {
		assert.True(t, rows[row+1], "row %d of the contract has no ending here", row+1)
	}
	assert.Len(t, rows, all)
}

// shows reports whether an outcome of a pattern begins so and has a line that begins so.
func shows(p *enginetest.Pattern, first, line string) bool {
	for _, c := range p.Cases {
		if strings.HasPrefix(c.Want, first) && strings.Contains("\n"+c.Want, "\n"+line) {
			return true
		}
	}
	return false
}

// Every pattern of the family endings is in the table, or shows a rule that the
// contract states beside it.
func TestEndingsAreNamed(t *testing.T) {
	beside := map[string]string{
		"cycle":               "a cycle or a BigInt fails the rule",
		"first_error_wins":    "after an error no later rule runs",
		"not_json":            "between rules everything passes as JSON",
		"undefined_is_absent": "undefined is absent, as in JSON",
	}
	named := map[string]bool{}
	for _, ending := range endings {
		for _, name := range ending.patterns {
			named[strings.TrimPrefix(name, "endings/")] = true
		}
	}
	files, err := filepath.Glob("testdata/patterns/endings/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		assert.True(t, named[name] || beside[name] != "", "%s is in no row", file)
	}
	for name := range beside {
		_, err := os.Stat(filepath.Join("testdata/patterns/endings", name+".txtar"))
		assert.NoError(t, err)
	}
}
