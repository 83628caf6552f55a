package ferrule_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// trail is a rule that writes its name to user.trail.
func trail(name string) string {
	return "function (user, context, callback) { user.trail = (user.trail || '') + '" + name + " '; callback(null, user, context); }\n"
}

// The order in which rules run, in every format; user.trail is what ran.
func TestFolderOrder(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		opts  ferrule.FolderOptions
		want  string
	}{
		{"plain: file-name order by bytes", map[string]string{"b.js": trail("b"), "a.js": trail("a"), "B.js": trail("B"), "10.js": trail("10"), "9.js": trail("9"), "a-1.ts": trail("a-1")},
			ferrule.FolderOptions{}, "10 9 B a-1 a b"},
		{"plain: an order of its own counts", map[string]string{"a.js": trail("a"), "b.js": trail("b"), "b.json": `{"order": -1}`}, ferrule.FolderOptions{}, "b a"},
		{"webhook: no metadata, always enabled", map[string]string{"rules/two.js": trail("two"), "rules/one.js": trail("one")}, ferrule.FolderOptions{}, "one two"},
		{"extension: orders, fractions, equal zeros by name", map[string]string{
			"rules/ccc.js": trail("ccc"), "rules/bbb.js": trail("bbb"), "rules/bbb.json": `{"order": 0}`, "rules/ddd.js": trail("ddd"), "rules/ddd.json": `{"order": 1.5}`,
			"rules/aaa.js": trail("aaa"), "rules/aaa.json": `{"order": 2}`, "rules/Ccc.js": trail("Ccc"), "rules/eee.js": trail("eee"), "rules/eee.json": `{"order": 1, "enabled": false}`,
		}, ferrule.FolderOptions{}, "Ccc bbb ccc ddd aaa"},
		{"extension: sub-folders and endings of any case", map[string]string{"rules/x/bbb.JS": trail("bbb"), "rules/aaa.js": trail("aaa"), "rules/y/z/ccc.js": trail("ccc"), "rules/y/CCC.json": "{}"},
			ferrule.FolderOptions{}, "aaa bbb ccc"},
		{"extension: other stages do not run", map[string]string{"rules/aaa.js": trail("aaa"), "rules/bbb.js": trail("bbb"), "rules/bbb.json": `{"stage": "login_failure"}`,
			"rules/ccc.js": trail("ccc"), "rules/ccc.json": `{"stage": "pre_authorize"}`, "rules/ddd.js": trail("ddd"), "rules/ddd.json": `{"stage": "login_success"}`}, ferrule.FolderOptions{}, "aaa ddd"},
		{"deploy CLI: names, scripts elsewhere, null orders last", map[string]string{
			"rules/1.json": `{"name": "Bbb", "script": "../scripts/b.js", "order": null}`, "scripts/b.js": trail("b"),
			"rules/2.json": `{"name": "Aaa", "script": "./a.js"}`, "rules/a.js": trail("a"), "rules/ignored.js": trail("ignored"),
			"rules/3.json": `{"name": "Ccc", "script": "./c.js", "order": 7}`, "rules/c.js": trail("c"),
			"rules/4.json": `{"name": "Ddd", "script": "./d.js", "order": -3, "enabled": true, "stage": "login_success"}`, "rules/d.js": trail("d"),
		}, ferrule.FolderOptions{}, "d c a b"},
		{"deploy CLI: excluded", map[string]string{
			"rules/1.json": `{"name": "Aaa", "script": "./a.js", "order": 1}`, "rules/a.js": trail("a"),
			"rules/2.json": `{"name": "Bbb", "script": "./b.js", "order": 2}`, "rules/b.js": trail("b"),
		}, ferrule.FolderOptions{Exclude: []string{"Aaa", "Gone"}}, "b"},
		{"YAML", map[string]string{
			"tenant.yaml":  "rules:\n  - {name: Two, order: 2, script: ./rules/two.js}\n  - {name: One, order: 1, script: rules/one.js, enabled: true}\n  - {name: Off, order: 0, script: rules/off.js, enabled: false}\n",
			"rules/one.js": trail("one"), "rules/two.js": trail("two"), "rules/off.js": trail("off"),
		}, ferrule.FolderOptions{}, "one two"},
		{"enable and disable", map[string]string{"aaa.js": trail("aaa"), "aaa.json": `{"enabled": false}`, "bbb.js": trail("bbb"), "ccc.js": trail("ccc")},
			ferrule.FolderOptions{Enable: []string{"aaa"}, Disable: []string{"bbb"}}, "aaa ccc"},
		{"only, disabled ones too", map[string]string{"aaa.js": trail("aaa"), "aaa.json": `{"enabled": false}`, "bbb.js": trail("bbb"), "ccc.js": trail("ccc")},
			ferrule.FolderOptions{Only: []string{"ccc", "aaa"}}, "aaa ccc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := load(t, tt.files, &ferrule.Options{Folder: tt.opts})
			out := run(t, p, ferrule.Input{})
			require.Equal(t, ferrule.Allowed, out.Decision)
			ran, _ := out.User["trail"].(string)
			assert.Equal(t, tt.want, strings.TrimSpace(ran))
			assert.Len(t, out.Rules, len(strings.Fields(tt.want)))
		})
	}
}

// All problems of a folder come in one list, sorted by file and place: those of the
// scripts, of the metadata, of the configuration, between rules, and of the options.
func TestFolderProblemsTogether(t *testing.T) {
	files := map[string]string{
		"rules/aaa.js":            "function (user, context, callback) {\n  callback(null, user context);\n}\n",
		"rules/aaa.json":          `{"order": "1"}`,
		"rules/bbb.js":            pass + "module.exports = 1;\n",
		"rules/bbb.json":          `{"order": 5}`,
		"rules/ccc.ts":            "(user: any, context: any, cb: any) => {\n  let x: = 1;\n}",
		"rules/ccc.json":          `{"order": 5.0}`,
		"rules/ddd.js":            "function (user, context, callback) {\n  var é = @@LIST@@; callback(null, user, context));\n}\n",
		"rules-configs/B D.json":  `{"value": "x"}`,
		"rules-configs/GOOD.json": `{"value": "x"}`,
	}
	list := problems(t, files, &ferrule.Options{
		Limits:   ferrule.Limits{Timeout: -1, CallDepth: -1},
		StateTTL: -1,
		Folder:   ferrule.FolderOptions{Mappings: map[string]any{"LIST": []any{"much", "longer", "than", "the", "marker"}}, Only: nil, Enable: []string{"nobody"}},
	})
	assert.Equal(t, []string{
		`.: error: there is no rule "nobody" to enable [unknown-rule]`,
		"options: error: Limits.CallDepth is negative: -1 [bad-option]",
		"options: error: Limits.Timeout is negative: -1ns [bad-option]",
		"options: error: StateTTL is negative: -1ns [bad-option]",
		`rules-configs/B D.json: error: "B D" is no configuration key [bad-config-key]`,
		`rules/aaa.js:2:23: error: expected ")" but found "context" [syntax-error]`,
		`rules/aaa.json:1:11: error: order is the text "1"; it must be a number or null [bad-field]`,
		"rules/bbb.js:2:1: error: there is code beside the function: unexpected module [not-one-expression]",
		"rules/bbb.js:2:19: warning: a semicolon follows the function [trailing-semicolon]",
		`rules/ccc.json:1:11: error: the rules "bbb" and "ccc" both have the order 5 [duplicate-order]`,
		`rules/ccc.ts:2:10: error: unexpected "=" [syntax-error]`,
		"rules/ddd.js:2:51: error: unexpected ): { is still open [syntax-error]",
	}, lines(list))
}

// A broken rule that does not run is a warning of the pipeline.
func TestFolderBrokenButNotRun(t *testing.T) {
	const broken = "function (user, context, callback) {\n  callback(null, user context);\n}\n"
	tests := []struct {
		name  string
		files map[string]string
		opts  ferrule.FolderOptions
	}{
		{"disabled", map[string]string{"rules/off.json": `{"enabled": false}`}, ferrule.FolderOptions{}},
		{"of another stage", map[string]string{"rules/off.json": `{"stage": "login_failure"}`}, ferrule.FolderOptions{}},
		{"excluded", nil, ferrule.FolderOptions{Exclude: []string{"off"}}},
		{"disabled by an option", nil, ferrule.FolderOptions{Disable: []string{"off"}}},
		{"not among the only ones", nil, ferrule.FolderOptions{Only: []string{"one"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"rules/one.js": trail("one"), "rules/off.js": broken}
			for name, text := range tt.files {
				files[name] = text
			}
			p := load(t, files, &ferrule.Options{Folder: tt.opts})
			assert.Equal(t, []string{"one"}, names(p))
			assert.False(t, p.Warnings().HasErrors())
			assert.Contains(t, strings.Join(lines(p.Warnings()), "\n"), "rules/off.js:2:23: warning: ")
			assert.Equal(t, ferrule.Allowed, run(t, p, ferrule.Input{}).Decision)
			files["rules/off.json"] = `{"enabled": true}`
			list := problems(t, files, nil)
			assert.Contains(t, strings.Join(lines(list), "\n"), "rules/off.js:2:23: error: ")
		})
	}
}

// What is no pipeline at all.
func TestFolderWithoutRules(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"empty", nil, ".: error: there is no rule here [no-rules]"},
		{"no script", map[string]string{"README.md": "# Rules"}, ".: error: there is no rule here [no-rules]"},
		{"an empty folder rules", map[string]string{"rules/.keep": ""}, ".: error: there is no rule here [no-rules]"},
		{"an empty script", map[string]string{"one.js": ""}, "one.js"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := problems(t, tt.files, nil)
			assert.Contains(t, strings.Join(lines(list), "\n"), tt.want)
		})
	}
	_, err := ferrule.LoadPath(os.DirFS(t.TempDir()), "missing/rules", nil)
	require.ErrorContains(t, err, "missing/rules: error: there is no such file or folder [file-unreadable]")
	_, err = ferrule.LoadPath(os.DirFS(t.TempDir()), "../rules", nil)
	require.ErrorContains(t, err, "[file-unreadable]")
	_, err = ferrule.Load(os.DirFS(filepath.Join(t.TempDir(), "gone")), nil)
	require.ErrorContains(t, err, "[file-unreadable]")
}

// A folder whose rules are all switched off is a pipeline that lets everybody in.
func TestFolderWithEverythingOff(t *testing.T) {
	p := load(t, map[string]string{"rules/one.js": trail("one"), "rules/one.json": `{"enabled": false}`}, nil)
	out := run(t, p, ferrule.Input{User: map[string]any{"a": 1.0}})
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Empty(t, out.Rules)
	assert.Equal(t, map[string]any{"a": 1.0}, out.User)
}

// Keywords are replaced in scripts, metadata and configuration; a text that cannot be
// parsed is told where the user wrote it.
func TestFolderKeywords(t *testing.T) {
	files := map[string]string{
		"rules/one.js":           "function (user, context, callback) {\n  user.list = @@LIST@@; user.text = '##NAME##'; user.swallowed = '@@TEXT@@'; user.config = configuration.KEY;\n  callback(null, user, context);\n}\n",
		"rules/one.json":         `{"order": ##ORDER##, "enabled": @@ON@@}`,
		"rules-configs/KEY.json": `{"value": "##SECRET##"}`,
	}
	options := ferrule.FolderOptions{Mappings: map[string]any{
		"LIST": []any{"a", map[string]any{"b": nil}}, "NAME": "north", "TEXT": `quoted "text"`, "ORDER": 3, "ON": true, "SECRET": "from the mapping",
	}}
	t.Run("values", func(t *testing.T) {
		p := load(t, files, &ferrule.Options{Folder: options})
		assert.Equal(t, []ferrule.RuleInfo{{Name: "one", File: "rules/one.js", Order: 3}}, p.Rules())
		out := run(t, p, ferrule.Input{})
		assert.Equal(t, map[string]any{
			"list": []any{"a", map[string]any{"b": nil}}, "text": "north", "swallowed": `quoted "text"`, "config": "from the mapping",
		}, out.User)
	})
	t.Run("the environment is asked first, and only when it is given", func(t *testing.T) {
		asked := options
		asked.Env = func(key string) (string, bool) { return "env", key == "SECRET" }
		out := run(t, load(t, files, &ferrule.Options{Folder: asked}), ferrule.Input{})
		assert.Equal(t, "env", out.User["config"])
		t.Setenv("SECRET", "process")
		out = run(t, load(t, files, &ferrule.Options{Folder: options}), ferrule.Input{})
		assert.Equal(t, "from the mapping", out.User["config"])
	})
	t.Run("options win over the folder's configuration", func(t *testing.T) {
		out := run(t, load(t, files, &ferrule.Options{Folder: options, Configuration: map[string]string{"KEY": "option"}}), ferrule.Input{})
		assert.Equal(t, "option", out.User["config"])
	})
	t.Run("a syntax error behind a marker", func(t *testing.T) {
		const text = "function (user, context, callback) {\n  var l = @@LIST@@; var é = '@@TEXT@@' 5;\n}\n"
		list := problems(t, map[string]string{"rules/one.js": text}, &ferrule.Options{Folder: options})
		require.Len(t, list, 1)
		line, column := at(text, "5;")
		assert.True(t, strings.HasPrefix(lines(list)[0], fmt.Sprintf("rules/one.js:%d:%d: error: ", line, column)), lines(list)[0])
	})
	t.Run("a syntax error inside a value", func(t *testing.T) {
		broken := options
		broken.Mappings = map[string]any{"LIST": "[1,,"}
		list := problems(t, map[string]string{"rules/one.js": "function (user, context, callback) {\n  var l = ##LIST##;\n}\n"}, &ferrule.Options{Folder: broken})
		require.Len(t, list, 1)
		assert.Contains(t, lines(list)[0], "rules/one.js:2:")
	})
	t.Run("an unknown marker stays, with a warning", func(t *testing.T) {
		p := load(t, map[string]string{"one.js": "function (u, c, cb) { u.m = '##GONE##'; cb(null, u, c); }"}, nil)
		assert.Equal(t, []string{"one.js:1:30: warning: there is no mapping for the keyword ##GONE## [unresolved-keyword]"}, lines(p.Warnings()))
		assert.Equal(t, "##GONE##", run(t, p, ferrule.Input{}).User["m"])
	})
}

// Compile tells what is wrong with the rule and with the options in one list.
func TestCompileProblemsTogether(t *testing.T) {
	p, err := ferrule.Compile("rules/one.js", "function (user, context, callback) {\n  callback(null user);\n}\n", &ferrule.Options{
		Limits: ferrule.Limits{Timeout: -1, RuleTimeout: -1, Timers: -1, ConsoleBytes: -1, Abandoned: -1, CallDepth: 1 << 30}, StateTTL: -1,
	})
	require.Nil(t, p)
	var list ferrule.Diagnostics
	require.ErrorAs(t, err, &list)
	text := strings.Join(lines(list), "\n")
	for _, want := range []string{"rules/one.js:2:17: error: ", "Limits.Timeout", "Limits.RuleTimeout", "Limits.Timers", "Limits.ConsoleBytes", "Limits.Abandoned", "Limits.CallDepth", "StateTTL"} {
		assert.Contains(t, text, want)
	}
}

// Every tree of testdata/folders that holds no error is a pipeline that runs.
func TestFolderTrees(t *testing.T) {
	entries, err := os.ReadDir("testdata/folders")
	require.NoError(t, err)
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		want, err := os.ReadFile(filepath.Join("testdata/folders", entry.Name()+".want"))
		require.NoError(t, err)
		if _, err := os.Stat(filepath.Join("testdata/folders", entry.Name()+".options.json")); err == nil {
			continue // told apart by package compiler/folder
		}
		t.Run(entry.Name(), func(t *testing.T) {
			fsys := os.DirFS(filepath.Join("testdata/folders", entry.Name()))
			p, err := ferrule.Load(fsys, nil)
			if strings.Contains(string(want), ": error: ") {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			defer closeSoon(t, p)
			read, _ := folder.Read(fsys, ".", folder.Options{})
			var running []string
			for _, rule := range read.Rules {
				if rule.Runs() {
					running = append(running, rule.Name)
				}
			}
			assert.Equal(t, running, names(p))
			assert.Equal(t, ferrule.Allowed, run(t, p, ferrule.Input{}).Decision)
		})
	}
}
