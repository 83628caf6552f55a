package gojalib_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

var updateInspect = flag.Bool("update-inspect", false, "rewrite testdata/inspect/want.json from Node")

// inspectCases reads testdata/inspect/cases.js.
func inspectCases(t testing.TB) []string {
	text, err := os.ReadFile("testdata/inspect/cases.js")
	require.NoError(t, err)
	var all []string
	for _, line := range strings.Split(string(text), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			all = append(all, line)
		}
	}
	return all
}

// formatInNode formats each argument list by Node's util.format. ok is false
// when there is no Node 20.
func formatInNode(t *testing.T, sources []string) (texts []string, ok bool) {
	t.Helper()
	if nodejs.Path() == "" {
		return nil, false
	}
	nodejs.Ask(t, nodejs.Command(t, "testdata/inspect/run.js"), sources, &texts)
	require.Len(t, texts, len(sources))
	return texts, true
}

// formatInGoja formats an argument list in a new VM, from within a JavaScript call.
func formatInGoja(source string) (text string) {
	vm := goja.New()
	_ = vm.Set("format", gojalib.NewInspector(vm).FormatFunction())
	for _, global := range gojalib.Globals() {
		if global.Name == "URL" || global.Name == "URLSearchParams" {
			_ = vm.Set(global.Name, global.Build(vm, &gojalib.Env{}))
		}
	}
	v, err := vm.RunString("format(...(() => [" + source + "\n])())")
	if exception, ok := err.(*goja.Exception); ok {
		return "throws " + exception.Value().(*goja.Object).Get("name").String()
	}
	if err != nil {
		return err.Error()
	}
	return v.String()
}

var stackLine = regexp.MustCompile(`\n\s+(?:at |\.\.\. \d+ lines matching)[^\n]*?( \{|\])?(\n|$)`)

// withoutFrames takes the lines of stacks away, which name places. What follows
// on the last line, a brace or a bracket, stays.
func withoutFrames(s string) string {
	for stackLine.MatchString(s) {
		s = stackLine.ReplaceAllString(s, "$1$2")
	}
	return s
}

func TestFormatEqualsNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	cases := inspectCases(t)
	require.Greater(t, len(cases), 250)
	if *updateInspect {
		texts, ok := formatInNode(t, cases)
		require.True(t, ok, "needs Node 20")
		want := make([][2]string, len(cases))
		for i, source := range cases {
			want[i] = [2]string{source, withoutFrames(texts[i])}
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		require.NoError(t, e.Encode(want))
		require.NoError(t, os.WriteFile("testdata/inspect/want.json", b.Bytes(), 0o644))
	}
	text, err := os.ReadFile("testdata/inspect/want.json")
	require.NoError(t, err)
	var want [][2]string
	require.NoError(t, json.Unmarshal(text, &want))
	require.Len(t, want, len(cases), "run with -update-inspect")
	for i, source := range cases {
		require.Equal(t, source, want[i][0], "run with -update-inspect")
		assert.Equal(t, want[i][1], withoutFrames(formatInGoja(source)), "format(%s)", source)
	}
}

// TestWantIsNodes compares the recorded answers with Node, where there is one.
func TestWantIsNodes(t *testing.T) {
	cases := inspectCases(t)
	texts, ok := formatInNode(t, cases)
	if !ok {
		t.Skip("node not found")
	}
	text, err := os.ReadFile("testdata/inspect/want.json")
	require.NoError(t, err)
	var want [][2]string
	require.NoError(t, json.Unmarshal(text, &want))
	for i, source := range cases {
		assert.Equal(t, withoutFrames(texts[i]), want[i][1], "format(%s)", source)
	}
}

// valueMaker writes random JavaScript expressions of nested values.
type valueMaker struct{ r *rand.Rand }

func (m valueMaker) pick(list ...string) string { return list[m.r.Intn(len(list))] }

func (m valueMaker) text() string {
	switch m.r.Intn(6) {
	case 0:
		return m.pick(`''`, `'a'`, `"it's"`, `'say "hi"'`, "'`'", `'é'`, `'日本語'`, `'😀'`, `'\ud800'`, `'\n'`, `'\\'`, `'\x07'`)
	case 1:
		return fmt.Sprintf(`'%s'`, strings.Repeat(m.pick("x", "ab ", "é", "日"), m.r.Intn(60)))
	case 2:
		return fmt.Sprintf(`'%s\n%s'`, strings.Repeat("l", m.r.Intn(40)), strings.Repeat("m", m.r.Intn(40)))
	}
	return fmt.Sprintf(`'%s%d'`, m.pick("role", "auth0|", "user@example.com/", "k"), m.r.Intn(100000))
}

func (m valueMaker) number() string {
	switch m.r.Intn(5) {
	case 0:
		return m.pick("0", "-0", "NaN", "Infinity", "1e21", "1e-7", "10n", "0.1")
	case 1:
		return fmt.Sprint(m.r.NormFloat64())
	}
	return fmt.Sprint(m.r.Intn([]int{10, 1000, 10000000}[m.r.Intn(3)]))
}

func (m valueMaker) primitive() string {
	switch m.r.Intn(7) {
	case 0:
		return m.pick("true", "false", "null", "undefined", "Symbol('s')")
	case 1, 2:
		return m.number()
	}
	return m.text()
}

func (m valueMaker) value(depth int) string {
	if depth == 0 || m.r.Intn(4) == 0 {
		return m.primitive()
	}
	n := m.r.Intn(5)
	switch m.r.Intn(12) {
	case 0, 1, 2, 3:
		parts := make([]string, n)
		for i := range parts {
			key := m.pick("a", "bc", "name", "email_verified", "'x-y'", "7", "created_at", "'é'", "[Symbol('k')]") // a repeated key is one property
			parts[i] = key + ": " + m.value(depth-1)
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case 4, 5, 6:
		return "[" + strings.Join(m.list(n, depth-1), ", ") + "]"
	case 7:
		// A long list of one kind goes to columns.
		parts := make([]string, 5+m.r.Intn(25))
		kind := m.r.Intn(4)
		for i := range parts {
			switch kind {
			case 0:
				parts[i] = m.number()
			case 1:
				parts[i] = fmt.Sprintf("'%s'", strings.Repeat(m.pick("a", "é", "日"), m.r.Intn(12)))
			case 2:
				parts[i] = m.primitive()
			default:
				parts[i] = m.value(1)
			}
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case 8:
		parts := m.list(2*n, depth-1)
		var pairs []string
		for i := 0; i+1 < len(parts); i += 2 {
			pairs = append(pairs, "["+parts[i]+", "+parts[i+1]+"]")
		}
		return "new Map([" + strings.Join(pairs, ", ") + "])"
	case 9:
		return "new Set([" + strings.Join(m.list(n, depth-1), ", ") + "])"
	case 10:
		return fmt.Sprintf("Object.assign([%s], { %s: %s })", strings.Join(m.list(n, depth-1), ", "), m.pick("x", "'y z'"), m.value(depth-1))
	}
	return m.pick("new Date(86400000)", "/re/g", "function named() { }", "() => 1", "class K { }", "new (class P { constructor() { this.q = 1; } })()",
		"[, 1, , ]", "Object.create(null)", "new Number(4)", "new Uint8Array([1, 2, 3])", "Promise.resolve([1])", "{ get g() { return 1; } }",
		"(() => { const c = { n: [] }; c.n.push(c); return c; })()", "new Proxy({ p: 1 }, {})")
}

func (m valueMaker) list(n, depth int) []string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = m.value(depth)
	}
	return parts
}

func (m valueMaker) arguments() string {
	var parts []string
	if m.r.Intn(3) == 0 {
		holders := ""
		for range 1 + m.r.Intn(3) {
			holders += m.pick("a ", "", "é") + m.pick("%s", "%d", "%i", "%f", "%O", "%o", "%c", "%%", "%x", "%") + m.pick(" ", ",", "")
		}
		parts = append(parts, "'"+holders+"'")
	}
	return strings.Join(append(parts, m.list(1+m.r.Intn(2), 4)...), ", ")
}

func TestFormatEqualsNodeOnGeneratedValues(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	m := valueMaker{rand.New(rand.NewSource(20))}
	sources := make([]string, 1500)
	for i := range sources {
		sources[i] = m.arguments()
	}
	want, ok := formatInNode(t, sources)
	if !ok {
		t.Skip("node not found")
	}
	for i, source := range sources {
		if strings.Contains(source, "%o") && strings.Contains(source, "function named") {
			continue // V8 lists arguments and caller of sloppy functions, goja has none
		}
		if got := formatInGoja(source); got != want[i] {
			assert.Equal(t, want[i], got, "format(%s)", source)
		}
	}
}
