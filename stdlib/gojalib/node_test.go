package gojalib_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

var update = flag.Bool("update", false, "rewrite testdata/node/answers.json from Node")

// program is one small function body of testdata/node/*.js.
type program struct{ ID, Code string }

// programs reads the corpus: a line "//# id" starts a program, which is the body
// of a function.
func programs(t *testing.T) []program {
	t.Helper()
	files, err := filepath.Glob("testdata/node/*.js")
	require.NoError(t, err)
	var all []program
	for _, file := range files {
		if filepath.Base(file) == "prelude.js" {
			continue
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, part := range strings.Split("\n"+string(text), "\n//# ")[1:] {
			id, code, _ := strings.Cut(part, "\n")
			all = append(all, program{strings.TrimSpace(id), strings.TrimSpace(code)})
		}
	}
	return all
}

func prelude(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/node/prelude.js")
	require.NoError(t, err)
	return string(text)
}

// nodeAnswers runs the corpus in Node 20, each program in a context of its own
// process-wide realm, and returns id -> answer. ok is false when there is no
// Node 20.
func nodeAnswers(t *testing.T, all []program) (answers map[string]string, ok bool) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, false
	}
	version, err := exec.Command(node, "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		return nil, false
	}
	in, err := json.Marshal(all)
	require.NoError(t, err)
	cmd := exec.Command(node, "-e", prelude(t)+`
process.on('unhandledRejection', () => {});
(async () => {
  const all = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const out = {};
  for (const p of all) {
    out[p.ID] = await new Promise(done => $run(p.Code, done));
  }
  console.log(JSON.stringify(out));
})();`)
	cmd.Env = append(os.Environ(), "TZ=UTC", "LANG=en_US.UTF-8")
	cmd.Stdin = bytes.NewReader(in)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &answers))
	return answers, true
}

// newVM is a goja runtime with every binding of the package.
func newVM(t testing.TB) *goja.Runtime {
	t.Helper()
	vm := goja.New()
	vm.SetMaxCallStackSize(3000)
	env := &gojalib.Env{Now: func() time.Time { return time.UnixMilli(1700000000000) }, Zone: time.UTC}
	for _, g := range gojalib.Globals() {
		require.NoError(t, vm.GlobalObject().DefineDataProperty(g.Name, g.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	for _, surplus := range gojalib.Surplus() {
		holder := vm.GlobalObject()
		for _, name := range strings.Split(surplus[0], ".") {
			holder = holder.Get(name).ToObject(vm)
		}
		require.NoError(t, holder.Delete(surplus[1]))
	}
	for _, m := range gojalib.Methods() {
		holder := vm.GlobalObject()
		for _, name := range strings.Split(m.Owner, ".") {
			holder = holder.Get(name).ToObject(vm)
		}
		require.NoError(t, holder.DefineDataProperty(m.Name, m.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE), "%s.%s", m.Owner, m.Name)
	}
	return vm
}

// lowered is the program as the engine runs it: goja cannot parse, or does
// otherwise, async generators, for await, functions in blocks and the property
// escapes of regular expressions; esbuild writes them in older syntax.
func lowered(code string) string {
	if !needsLowering(code) {
		return code
	}
	res := api.Transform("(function(){"+code+"\n})", api.TransformOptions{Target: api.ES2022, Supported: Lowering})
	if len(res.Errors) > 0 {
		return code
	}
	return "return " + strings.TrimSpace(splitHelpers(string(res.Code))) + ".call(this)"
}

// Lowering is the syntax which must be written in older forms for goja.
var Lowering = map[string]bool{
	"async-generator":                 false,
	"for-await":                       false,
	"regexp-unicode-property-escapes": false,
}

func needsLowering(code string) bool { return os.Getenv("RAW") == "" }

func splitHelpers(code string) string {
	i := strings.LastIndex(code, "\n(function")
	if i < 0 {
		return strings.TrimSuffix(strings.TrimSpace(code), ";")
	}
	return "(()=>{" + code[:i] + "\nreturn " + strings.TrimSuffix(strings.TrimSpace(code[i:]), ";") + "})()"
}

// gojaAnswer runs one program in a new VM.
func gojaAnswer(t *testing.T, p program) (answer string) {
	t.Helper()
	vm := newVM(t)
	timer := time.AfterFunc(20*time.Second, func() { vm.Interrupt("too long") })
	defer timer.Stop()
	_, err := vm.RunString(prelude(t))
	require.NoError(t, err)
	run, ok := goja.AssertFunction(vm.Get("$run"))
	require.True(t, ok)
	answer = "(no answer)"
	_, err = run(goja.Undefined(), vm.ToValue(lowered(p.Code)), vm.ToValue(func(s string) { answer = s }))
	if err != nil {
		return "(" + err.Error() + ")"
	}
	return answer
}

// translated applies TranslateMessage to a thrown answer.
func translated(answer string) string {
	rest, ok := strings.CutPrefix(answer, "throw ")
	if !ok {
		return answer
	}
	name, message, ok := strings.Cut(rest, ": ")
	if !ok {
		return answer
	}
	if text, ok := gojalib.TranslateMessage(name, message); ok {
		return "throw " + name + ": " + text
	}
	return answer
}

// differences reads the lines "id reason" of testdata/skip.txt that are ours.
func differences(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../testdata/skip.txt")
	require.NoError(t, err)
	out := map[string]string{}
	for _, line := range strings.Split(string(text), "\n") {
		id, reason, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok && !strings.HasPrefix(id, "#") {
			out[id] = reason
		}
	}
	return out
}

// TestNode compares the whole corpus: Node's answers with the recorded ones, and
// goja's with Node's. A program listed in testdata/skip.txt must differ, so that
// the list stays true.
func TestNode(t *testing.T) {
	all := programs(t)
	seen := map[string]bool{}
	for _, p := range all {
		require.False(t, seen[p.ID], "two programs are named %s", p.ID)
		seen[p.ID] = true
	}
	var recorded map[string]string
	const file = "testdata/node/answers.json"
	if live, ok := nodeAnswers(t, all); ok {
		if *update {
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			require.NoError(t, enc.Encode(live))
			require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
		}
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &recorded))
		require.Equal(t, recorded, live, "run with -update")
	} else {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &recorded))
	}
	skip := differences(t)
	require.GreaterOrEqual(t, len(all), 400)
	var wrong []string
	for _, p := range all {
		t.Run(p.ID, func(t *testing.T) {
			want, got := recorded[p.ID], translated(gojaAnswer(t, p))
			if reason, listed := skip[p.ID]; listed {
				if got == want {
					t.Errorf("goja gives Node's answer now; take %s off testdata/skip.txt (%s)", p.ID, reason)
				}
				return
			}
			if got != want {
				wrong = append(wrong, fmt.Sprintf("%s\n\tcode %s\n\tgoja %s\n\tnode %s", p.ID, p.Code, got, want))
				t.Errorf("%s\n\tgoja %s\n\tnode %s", p.Code, got, want)
			}
		})
	}
	sort.Strings(wrong)
	if out := os.Getenv("FERRULE_NODE_DIFF"); out != "" {
		_ = os.WriteFile(out, []byte(strings.Join(wrong, "\n")), 0o644)
	}
}
