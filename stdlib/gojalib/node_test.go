package gojalib_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/evanw/esbuild/pkg/api"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
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
	if nodejs.Path() == "" {
		return nil, false
	}
	command := nodejs.Command(t, "-e", prelude(t)+`
process.on('unhandledRejection', () => {});
(async () => {
  const all = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const out = {};
  for (const p of all) {
    out[p.ID] = await new Promise(done => $run(p.Code, done));
  }
  console.log(JSON.stringify(out));
})();`)
	nodejs.Ask(t, nodejs.InZone(command, "UTC"), all, &answers)
	return answers, true
}

// newVM is a goja runtime with every binding of the package.
func newVM(t testing.TB) *goja.Runtime {
	t.Helper()
	vm := goja.New()
	vm.SetMaxCallStackSize(3000)
	env := &gojalib.Env{Now: func() time.Time { return time.UnixMilli(1700000000000) }, Zone: time.UTC}
	gojalib.GuardLists(vm, env)
	gojalib.GuardConstructors(vm, false)
	gojalib.GuardBuffers(vm, gojalib.BufferTypes())
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
	text := code
	for _, supported := range lowering {
		res := api.Transform("(function(){"+code+"\n})", api.TransformOptions{Target: api.ES2022, Supported: supported})
		if len(res.Errors) > 0 {
			return code
		}
		text = "return " + strings.TrimSpace(splitHelpers(string(res.Code))) + ".call(this)"
		if _, err := goja.Compile("", "(function(){"+text+"\n})", false); err == nil {
			break
		}
	}
	return text
}

// lowering is the syntax which must be written in older forms for goja; the
// second step is for array patterns with defaults among an arrow's parameters.
var lowering = []map[string]bool{{
	"async-generator":                 false,
	"for-await":                       false,
	"regexp-unicode-property-escapes": false,
}, {
	"async-generator":                 false,
	"for-await":                       false,
	"regexp-unicode-property-escapes": false,
	"arrow":                           false,
}}

// needsLowering reports syntax that goja refuses, functions declared in blocks,
// and property escapes.
func needsLowering(code string) bool {
	wrapped := "(function(){" + code + "\n})"
	if strings.Contains(code, `\p{`) || strings.Contains(code, `\P{`) || strings.Contains(code, "<!--") {
		return true
	}
	parsed, err := parser.ParseFile(nil, "", wrapped, 0)
	if err != nil {
		return true
	}
	if _, err = goja.CompileAST(parsed, false); err != nil {
		return true
	}
	return functionInBlock(reflect.ValueOf(parsed.Body), false)
}

// functionInBlock looks for a function declaration below a statement that is not
// a function's body.
func functionInBlock(v reflect.Value, block bool) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || !v.CanInterface() {
			return false
		}
		switch node := v.Interface().(type) {
		case *ast.FunctionDeclaration:
			return block || functionInBlock(reflect.ValueOf(node.Function), false)
		case *ast.FunctionLiteral:
			return functionInBlock(reflect.ValueOf(node.Body.List), false)
		case *ast.ArrowFunctionLiteral:
			if body, ok := node.Body.(*ast.BlockStatement); ok {
				return functionInBlock(reflect.ValueOf(body.List), false)
			}
		case *ast.BlockStatement, *ast.IfStatement, *ast.CaseStatement, *ast.LabelledStatement:
			block = true
		case *file.File:
			return false
		}
		return functionInBlock(v.Elem(), block)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[file.File]() {
			return false
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "DeclarationList" && functionInBlock(v.Field(i), block) {
				return true
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if functionInBlock(v.Index(i), block) {
				return true
			}
		}
	}
	return false
}

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
	defer func() {
		if broken := recover(); broken != nil {
			answer = fmt.Sprintf("(goja broke: %v)", broken)
		}
	}()
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

// translated applies TranslateMessage to a thrown answer. proven is false when
// only the error's name can be compared.
func translated(answer string) (text string, proven bool) {
	start, rest, ok := strings.Cut(answer, "throw ")
	if !ok || start != "" && start != "promise " {
		return answer, true
	}
	name, message, ok := strings.Cut(rest, ": ")
	if !ok {
		return answer, true
	}
	message, proven = gojalib.TranslateMessage(name, message)
	return start + "throw " + name + ": " + message, proven
}

// errorName is a thrown answer without its message.
func errorName(answer string) string {
	name, _, _ := strings.Cut(answer, ": ")
	return name
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
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
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
			want := recorded[p.ID]
			got, proven := translated(gojaAnswer(t, p))
			if !proven {
				want, got = errorName(want), errorName(got)
			}
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
