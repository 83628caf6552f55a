package crypto_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/bcrypt"
	"github.com/ferrule-rules/ferrule/stdlib/node/crypto"
	"github.com/ferrule-rules/ferrule/stdlib/node/util"
)

// machine is a VM with a loop for the tests of this package: it has Buffer, crypto and bcrypt.
type machine struct {
	vm      *goja.Runtime
	ctx     context.Context
	tasks   chan func() error
	pending int
	modules map[string]*goja.Object
	globals map[string]goja.Value
	lines   []string
}

func newMachine(ctx context.Context) *machine {
	m := &machine{vm: goja.New(), ctx: ctx, tasks: make(chan func() error, 1000), modules: map[string]*goja.Object{}, globals: map[string]goja.Value{}}
	_ = m.vm.Set("require", func(name string) goja.Value { return m.Require(name) })
	for _, name := range []string{"Buffer", "structuredClone", "DOMException", "TextEncoder", "crypto", "Crypto", "CryptoKey", "SubtleCrypto"} {
		_ = m.vm.GlobalObject().DefineAccessorProperty(name, m.vm.ToValue(func() goja.Value { return m.Global(name) }), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = m.vm.Set("print", func(call goja.FunctionCall) goja.Value {
		var words []string
		for _, a := range call.Arguments {
			words = append(words, a.String())
		}
		m.lines = append(m.lines, strings.Join(words, " "))
		return goja.Undefined()
	})
	return m
}

func (m *machine) VM() *goja.Runtime { return m.vm }
func (m *machine) Env() *gojalib.Env { return &gojalib.Env{Now: time.Now, Zone: time.UTC} }

func (m *machine) Require(name string) *goja.Object {
	if built, ok := m.modules[name]; ok {
		return built
	}
	if name == "buffer" {
		o := m.vm.NewObject()
		_ = o.Set("Buffer", m.Global("Buffer"))
		m.modules[name] = o
		return o
	}
	for _, module := range slices.Concat(crypto.Modules, bcrypt.Modules, util.Modules) {
		if module.Name == name {
			m.modules[name] = module.Build(m)
			return m.modules[name]
		}
	}
	panic(m.vm.NewTypeError("no module " + name))
}

func (m *machine) Global(name string) goja.Value {
	if v, ok := m.globals[name]; ok {
		return v
	}
	for _, g := range crypto.Globals {
		if g.Name == name {
			m.globals[name] = g.Build(m)
			return m.globals[name]
		}
	}
	for _, g := range gojalib.Globals() {
		if g.Name == name {
			m.globals[name] = g.Build(m.vm, m.Env())
			return m.globals[name]
		}
	}
	return goja.Undefined()
}

func (m *machine) Context() context.Context { return m.ctx }
func (m *machine) Operation() func(func() error) {
	m.pending++
	return func(then func() error) { m.tasks <- func() error { m.pending--; return then() } }
}
func (m *machine) NextTick(task func() error) { m.After(0, false, true, task) }
func (m *machine) After(_ time.Duration, _, _ bool, task func() error) func() {
	m.pending++
	m.tasks <- func() error { m.pending--; return task() }
	return func() {}
}
func (m *machine) Environment() map[string]string { return nil }
func (m *machine) Warn(string)                    {}
func (m *machine) Log(string, string)             {}
func (m *machine) Grant(any) any                  { return nil }

// run runs a script until nothing is left to do, and answers what it printed.
func (m *machine) run(t testing.TB, script string) string {
	t.Helper()
	_, err := m.vm.RunString(script)
	require.NoError(t, err)
	for m.pending > 0 {
		require.NoError(t, (<-m.tasks)())
	}
	return strings.Join(m.lines, "\n")
}

func run(t testing.TB, script string) string {
	t.Helper()
	return newMachine(context.Background()).run(t, script)
}

// node runs a script in Node 20, or skips the test.
func node(t testing.TB, script string) string {
	t.Helper()
	version, err := exec.Command("node", "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		t.Skip("no Node 20")
	}
	cmd := exec.Command("node", "--no-deprecation", "-e", "const print = (...a) => console.log(a.map(String).join(' '));(function () {"+script+"\n})()")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.TrimSuffix(string(out), "\n")
}

// try is the beginning of scripts that print answers and errors of functions.
const try = `
const crypto = require('crypto');
const shown = v => Buffer.isBuffer(v) ? 'Buffer ' + v.toString('hex') : v instanceof ArrayBuffer ? 'ArrayBuffer ' + Buffer.from(v).toString('hex') : typeof v === 'string' ? v : typeof v === 'object' && v !== null ? JSON.stringify(v, (k, w) => typeof w === 'bigint' ? w + 'n' : w) : String(v);
const failure = e => [e.name, e.code, e.message, e.library, e.reason].join(' | ');
function t(name, f) { try { print(name, shown(f())); } catch (e) { print(name, failure(e)); } }
`

// same wants the same lines of both.
func same(t *testing.T, script string) {
	t.Helper()
	want := strings.Split(node(t, try+script), "\n")
	got := strings.Split(run(t, "(function(){"+try+script+"\n})()"), "\n")
	var different []string
	for i := range max(len(want), len(got)) {
		pair := [2]string{"(nothing)", "(nothing)"}
		for side, lines := range [][]string{want, got} {
			if i < len(lines) {
				pair[side] = lines[i]
			}
		}
		if pair[0] != pair[1] {
			different = append(different, fmt.Sprintf("node: %s\nhere: %s", pair[0], pair[1]))
		}
	}
	require.Empty(t, different, "%s", strings.Join(different, "\n"))
}

// Each script of testdata prints the same in Node.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			require.NoError(t, err)
			same(t, string(script))
		})
	}
}
