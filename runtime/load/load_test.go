package load_test

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/load"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

const (
	gate = `function (user, context, callback) {
  if (!user.email_verified) return callback(new UnauthorizedError('Please verify your email.'));
  callback(null, user, context);
}`
	stamp = `function (user, context, callback) {
  user.team = configuration.TEAM;
  callback(null, user, context);
}`
	leaving = `function (user, context, callback) {
  if (!user.old) return callback(null, user, context);
  user.found = [user.old].findLast(x => x);
  callback(null, user, context);
}`
	failing = `function (user, context, callback) {
  user.missing.property;
}`
)

// script is a rule's script, whose file has a line more at its start than the code.
func script(code string) *saved.Script {
	set := map[string]bool{}
	for _, word := range strings.FieldsFunc(code, func(r rune) bool { return !(r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') }) {
		set[word] = true
	}
	wrapped := source.NewFile("", "("+code+"\n)")
	file := source.NewFile("", "// head\n"+code)
	return &saved.Script{Code: code, Words: saved.WordList(set), Map: saved.WriteMap(wrapped.Text, func(line, column int) source.Pos {
		return file.Pos(min(max(wrapped.At(line, column).Offset-1, 0), len(code)) + len("// head\n"))
	})}
}

func test(text string) program.Expr {
	return program.Expr{Expr: text, CEL: text, Test: true, Paths: []int{0}, At: program.Pos{Line: 2, Column: 7}}
}

func constant(text string) program.Expr {
	return program.Expr{Expr: text, CEL: text, At: program.Pos{Line: 2, Column: 7}}
}

func path(key string) program.Path {
	return program.Path{Name: "user." + key, Root: "user", Keys: []string{key}}
}

// pipeline is a file with a rule that is compiled wholly, one that depends on the
// configuration, one that leaves for some logins, and one in JavaScript.
func pipeline() *saved.Pipeline {
	at := program.Pos{Line: 3, Column: 3}
	return &saved.Pipeline{
		Tenant: "acme", Engine: "auto",
		Rules: []saved.Rule{
			{
				Name: "gate", File: "rules/gate.js", Order: 1, Source: saved.Hash(gate), Engine: "expr", Script: script(gate),
				Program: &program.Rule{
					Name: "gate", File: "rules/gate.js", Paths: []program.Path{path("email_verified")},
					Exprs: []program.Expr{test("!truthy(user.email_verified)"), constant(`"Please verify your email."`)},
					Steps: []program.Step{
						&program.If{At: at, Cond: 0, Then: []program.Step{&program.Deny{At: at, Message: 1}, &program.Return{At: at}}},
						&program.Done{At: at}, &program.Return{At: at},
					},
				},
			},
			{
				Name: "stamp", File: "rules/stamp.js", Order: 2, Engine: "expr", Script: script(stamp),
				Folded: saved.FoldedBy([]string{"TEAM"}, map[string]string{"TEAM": "red"}, false),
				Program: &program.Rule{
					Name: "stamp", File: "rules/stamp.js", Exprs: []program.Expr{constant(`"red"`)},
					Steps: []program.Step{
						&program.Set{At: at, Target: program.Place{Root: "user", Keys: []program.Key{{Name: "team", Expr: program.None}}}, Value: 0},
						&program.Done{At: at}, &program.Return{At: at},
					},
				},
			},
			{
				Name: "leaving", File: "rules/leaving.js", Order: 3, Engine: "expr", Script: script(leaving),
				Exits: []saved.Exit{{Code: "call-not-pure", Line: 4, Column: 16}},
				Program: &program.Rule{
					Name: "leaving", File: "rules/leaving.js", Paths: []program.Path{path("old")}, Exprs: []program.Expr{test("truthy(user.old)")},
					Steps: []program.Step{
						&program.If{At: at, Cond: 0, Then: []program.Step{&program.Exit{At: program.Pos{Line: 4, Column: 16}, Code: "call-not-pure"}}},
						&program.Done{At: at}, &program.Return{At: at},
					},
				},
			},
		},
	}
}

// read writes a file and reads it.
func read(t *testing.T, p *saved.Pipeline) *load.Loaded {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, saved.Write(&b, p))
	loaded, err := load.Read(&b)
	require.NoError(t, err)
	return loaded
}

func run(t *testing.T, p *load.Pipeline, user map[string]any, configuration map[string]string) runtime.Outcome {
	t.Helper()
	out, err := p.Run(context.Background(), runtime.Input{User: user, Configuration: configuration})
	require.NoError(t, err)
	return out
}

func enginesOf(out runtime.Outcome) string {
	var names []string
	for _, r := range out.Rules {
		names = append(names, r.Engine)
	}
	return strings.Join(names, " ")
}

// red is the configuration that the file was built with.
func red() runtime.Options {
	return runtime.Options{Configuration: map[string]string{"TEAM": "red"}}
}

// TestRun: compiled rules run as they were built, and JavaScript where they leave or were
// built for another configuration.
func TestRun(t *testing.T) {
	for _, engine := range []string{"", "auto", "js"} {
		t.Run("engine="+engine, func(t *testing.T) {
			loaded := read(t, pipeline())
			p, err := loaded.Open(load.Options{Engine: engine, Options: red()})
			require.NoError(t, err)
			compiled := func(engines string) string {
				if engine == "js" {
					return strings.ReplaceAll(engines, "expr", "js")
				}
				return engines
			}
			out := run(t, p, map[string]any{"email_verified": false}, nil)
			assert.Equal(t, runtime.Denied, out.Decision)
			assert.Equal(t, "Please verify your email.", out.Err.Message)

			user := map[string]any{"email_verified": true}
			out = run(t, p, user, nil)
			assert.Equal(t, runtime.Allowed, out.Decision)
			assert.Equal(t, "red", user["team"])
			assert.Equal(t, compiled("expr expr expr"), enginesOf(out))

			user = map[string]any{"email_verified": true, "old": "x"}
			out = run(t, p, user, nil)
			assert.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
			assert.Equal(t, "x", user["found"])
			assert.Equal(t, compiled("expr expr")+" js", enginesOf(out))

			user = map[string]any{"email_verified": true}
			out = run(t, p, user, map[string]string{"TEAM": "blue"})
			assert.Equal(t, "blue", user["team"], "another configuration is not the one in the program")
			assert.Equal(t, compiled("expr js expr"), enginesOf(out))

			p, err = loaded.Open(load.Options{Engine: engine})
			require.NoError(t, err)
			user = map[string]any{"email_verified": true}
			out = run(t, p, user, nil)
			assert.NotContains(t, user, "team", "without a configuration there is no TEAM")
			assert.Equal(t, compiled("expr js expr"), enginesOf(out))
			require.NoError(t, p.Close(context.Background()))
		})
	}
}

// TestSavedConfiguration: a file that holds its configuration needs none, and what is given
// lies over it.
func TestSavedConfiguration(t *testing.T) {
	file := pipeline()
	file.Configuration = map[string]string{"TEAM": "red"}
	loaded := read(t, file)
	for team, engines := range map[string]string{"": "expr expr expr", "blue": "expr js expr"} {
		o := load.Options{}
		if team != "" {
			o.Configuration = map[string]string{"TEAM": team}
		}
		p, err := loaded.Open(o)
		require.NoError(t, err)
		user := map[string]any{"email_verified": true}
		out := run(t, p, user, nil)
		assert.Equal(t, engines, enginesOf(out))
		if team != "" {
			assert.Equal(t, team, user["team"])
		}
	}
}

// TestPositions: places in errors of the JavaScript engine are those of the user's file.
func TestPositions(t *testing.T) {
	p, err := read(t, &saved.Pipeline{Engine: "auto", Rules: []saved.Rule{{Name: "failing", File: "rules/failing.js", Engine: "js", Script: script(failing)}}}).Open(load.Options{})
	require.NoError(t, err)
	out := run(t, p, map[string]any{}, nil)
	require.Equal(t, runtime.Failed, out.Decision)
	assert.Equal(t, "rules/failing.js", out.Err.File)
	assert.Equal(t, 3, out.Err.Pos.Line)
}

// TestClosed: with expr or cel nothing runs that is not compiled.
func TestClosed(t *testing.T) {
	for _, engine := range []string{"expr", "cel"} {
		t.Run(engine, func(t *testing.T) {
			_, err := read(t, pipeline()).Open(load.Options{Engine: engine})
			var refused *load.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Len(t, refused.Rules, 2)
			assert.Equal(t, []string{"stamp", "leaving"}, []string{refused.Rules[0].Rule, refused.Rules[1].Rule})
			assert.Equal(t, []load.Exit{{Code: "call-not-pure", Line: 4, Column: 16}}, refused.Rules[1].Exits)
			assert.Contains(t, err.Error(), `rules/leaving.js: rule "leaving" needs JavaScript, which may not run: at 4:16 (call-not-pure)`)

			file := pipeline()
			file.Rules, file.Engine = file.Rules[:2], engine
			for i := range file.Rules {
				file.Rules[i].Script, file.Rules[i].Engine = nil, engine
			}
			loaded := read(t, file)
			assert.Equal(t, engine, loaded.Engine())
			p, err := loaded.Open(load.Options{Options: red()})
			require.NoError(t, err)
			user := map[string]any{"email_verified": true}
			out := run(t, p, user, nil)
			assert.Equal(t, runtime.Allowed, out.Decision)
			assert.Equal(t, engine+" "+engine, enginesOf(out))

			out = run(t, p, user, map[string]string{"TEAM": "blue"})
			require.Equal(t, runtime.Failed, out.Decision, "closed, never open")
			assert.Equal(t, runtime.KindLimit, out.Err.Kind)
			_, err = loaded.Open(load.Options{Engine: "auto", Options: red()})
			assert.ErrorContains(t, err, "holds no JavaScript")
		})
	}
}

func TestOptions(t *testing.T) {
	loaded := read(t, pipeline())
	_, err := loaded.Open(load.Options{Engine: "lisp"})
	assert.ErrorContains(t, err, `not "lisp"`)
	_, err = loaded.Open(load.Options{Options: runtime.Options{Limits: runtime.Limits{Timeout: -1}}})
	assert.ErrorContains(t, err, "Timeout")
	_, err = loaded.Open(load.Options{Text: "js"})
	assert.ErrorContains(t, err, `not "js"`)
	byCEL, err := loaded.Open(load.Options{Text: "cel", Options: red()})
	require.NoError(t, err)
	assert.Equal(t, "cel cel cel", enginesOf(run(t, byCEL, map[string]any{"email_verified": true}, nil)))
	rules := loaded.Rules()
	assert.Equal(t, "acme", loaded.Tenant())
	assert.Equal(t, []string{"TEAM"}, rules[1].Settings)
	assert.Equal(t, "rules/gate.js", rules[0].File)
	p, err := loaded.Open(load.Options{})
	require.NoError(t, err)
	assert.Equal(t, rules, p.Rules())
}

// TestDamagedPrograms: a file whose checksum is right and whose parts do not fit.
func TestDamagedPrograms(t *testing.T) {
	for name, change := range map[string]func(*saved.Pipeline){
		"engine of the file": func(p *saved.Pipeline) { p.Engine = "" },
		"engine of a rule":   func(p *saved.Pipeline) { p.Rules[0].Engine = "auto" },
		"js with a program":  func(p *saved.Pipeline) { p.Rules[0].Engine = "js" },
		"no program":         func(p *saved.Pipeline) { p.Rules[0].Program = nil },
		"nothing at all":     func(p *saved.Pipeline) { p.Rules[0] = saved.Rule{Engine: "js"} },
		"map":                func(p *saved.Pipeline) { p.Rules[0].Script.Map = "!" },
		"expression":         func(p *saved.Pipeline) { p.Rules[0].Program.Exprs[0].Expr = "((" },
		"foreign function":   func(p *saved.Pipeline) { p.Rules[0].Program.Exprs[0].Expr = "exec(1)" },
		"modules of more":    func(p *saved.Pipeline) { p.Modules = &program.Modules{Keys: make([]map[string]string, len(p.Rules)+1)} },
		"number":             func(p *saved.Pipeline) { p.Rules[0].Program.Steps[0].(*program.If).Cond = 7 },
	} {
		t.Run(name, func(t *testing.T) {
			file := pipeline()
			change(file)
			var b bytes.Buffer
			require.NoError(t, saved.Write(&b, file))
			loaded, err := load.Read(&b)
			if err == nil {
				_, err = loaded.Open(load.Options{})
			}
			var wrong *load.FileError
			require.ErrorAs(t, err, &wrong)
			assert.Equal(t, saved.Damaged, wrong.Reason)
		})
	}
	file := pipeline()
	file.Rules[0].Script.Code = "("
	p, err := read(t, file).Open(load.Options{Engine: "js"})
	require.NoError(t, err)
	out := run(t, p, map[string]any{}, nil)
	assert.Equal(t, runtime.Failed, out.Decision)
}

// TestLinksNoCompiler: a program that loads a pipeline links neither esbuild nor the compiler.
func TestLinksNoCompiler(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	for _, pkg := range strings.Fields(string(out)) {
		for _, part := range []string{"evanw/esbuild", "ferrule/compiler", "ferrule/ast/parse", "ferrule/ast/diag"} {
			assert.NotContains(t, pkg, part)
		}
		assert.NotEqual(t, "github.com/ferrule-rules/ferrule", pkg)
		assert.NotEqual(t, "github.com/ferrule-rules/ferrule/ast", pkg)
	}
}

// FuzzLoad reads files whose first line is right: whatever the body is, reading and opening
// it answers an error or a pipeline.
func FuzzLoad(f *testing.F) {
	var b bytes.Buffer
	require.NoError(f, saved.Write(&b, pipeline()))
	whole := b.String()
	f.Add([]byte(whole), false)
	text := `{"engine":"auto","rules":[{"name":"a","file":"a.js","order":0,"source":"","engine":"expr","program":{"exprs":[{"expr":"1"}],"steps":[{"step":"eval","at":[1,1]}]},"script":{"code":"function(){}","words":[],"map":"A,AAA"}}]}`
	f.Add([]byte(text), true)
	f.Add([]byte(strings.ReplaceAll(text, "expr", "cel")), true)
	f.Fuzz(func(t *testing.T, data []byte, seal bool) {
		if seal {
			data = sealed(t, data)
		}
		loaded, err := load.Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		loaded.Rules()
		for _, engine := range []string{"auto", "expr", "cel"} {
			p, err := loaded.Open(load.Options{Engine: engine, Options: runtime.Options{Limits: runtime.Limits{Timeout: 1e7}}})
			if err == nil {
				_, _ = p.Run(context.Background(), runtime.Input{})
			}
		}
	})
}
