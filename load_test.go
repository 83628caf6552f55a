package ferrule_test

import (
	"fmt"
	goruntime "runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// manyRules are rules of 2 KB each, made of the rules of the patterns; the name of each
// goes to user.ran.
func manyRules(t testing.TB, count int) []string {
	t.Helper()
	var parts []string
	for _, p := range enginetest.Patterns(t, "testdata/patterns") {
		for _, rule := range p.Rules {
			if text := strings.TrimSpace(rule.Text); strings.HasSuffix(rule.File, ".js") && strings.HasSuffix(text, "}") {
				parts = append(parts, text)
			}
		}
	}
	rules := make([]string, count)
	next := 0
	for i := range rules {
		var b strings.Builder
		fmt.Fprintf(&b, "function (user, context, callback) {\n  var parts = [\n")
		for b.Len() < 2000 {
			b.WriteString(parts[next%len(parts)] + "\n,\n")
			next++
		}
		fmt.Fprintf(&b, "  ];\n  if (parts.length > 0) user.ran = %d;\n  callback(null, user, context);\n}\n", i)
		rules[i] = b.String()
	}
	return rules
}

// asExtension and asYAML keep rules as the deploy tools do.
func asExtension(rules []string) fstest.MapFS {
	files := map[string]string{}
	for i, text := range rules {
		files[fmt.Sprintf("rules/rule-%d.js", i)] = text
		files[fmt.Sprintf("rules/rule-%d.json", i)] = fmt.Sprintf(`{"order": %d}`, i+1)
	}
	return tree(files)
}

func asYAML(rules []string) fstest.MapFS {
	files := map[string]string{}
	var b strings.Builder
	b.WriteString("rules:\n")
	for i, text := range rules {
		files[fmt.Sprintf("scripts/%d.js", i)] = text
		fmt.Fprintf(&b, "  - name: rule-%d\n    order: %d\n    script: ./scripts/%d.js\n", i, i+1, i)
	}
	files["tenant.yaml"] = b.String()
	return tree(files)
}

// Loading 1,000 rules of 2 MB takes ten times what 100 take, not more: counted in what is
// allocated, because clocks depend on who else is at work.
func TestLoadGrowsLinearly(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	tests := []struct {
		name string
		keep func([]string) fstest.MapFS
		most int
	}{{"extension", asExtension, 1000}, {"yaml", asYAML, 300}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			measure := func(count int) (objects, bytes float64) {
				rules := manyRules(t, count)
				fsys := tt.keep(rules)
				var before, after goruntime.MemStats
				goruntime.ReadMemStats(&before)
				p, err := ferrule.Load(fsys, &ferrule.Options{Modules: standIns})
				goruntime.ReadMemStats(&after)
				require.NoError(t, err)
				defer closeSoon(t, p)
				assert.Len(t, p.Rules(), count)
				assert.Equal(t, ferrule.RuleInfo{Name: fmt.Sprintf("rule-%d", count-1), File: p.Rules()[count-1].File, Order: float64(count)}, p.Rules()[count-1])
				if count == tt.most {
					out := run(t, p, ferrule.Input{})
					require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
					assert.Equal(t, float64(count-1), out.User["ran"])
					assert.Len(t, out.Rules, count)
				}
				return float64(after.Mallocs - before.Mallocs), float64(after.TotalAlloc - before.TotalAlloc)
			}
			measure(10) // what is made once for the process
			objects, bytes := measure(tt.most / 10)
			manyObjects, manyBytes := measure(tt.most)
			assert.Less(t, manyObjects/objects, 12.0, "objects: %.0f, then %.0f", objects, manyObjects)
			assert.Less(t, manyBytes/bytes, 12.0, "bytes: %.0f, then %.0f", bytes, manyBytes)
			assert.Less(t, manyBytes, 1.5e9, "bytes allocated for so many rules")
		})
	}
}
