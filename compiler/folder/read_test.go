package folder_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

const script = "function (user, context, callback) { callback(null, user, context); }\n"

// tree makes a file system of names and texts.
func tree(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// firstLines is each diagnostic's first line.
func firstLines(list diag.List) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, d.Error())
	}
	return out
}

// running names the rules that run, in order.
func running(f *folder.Folder) []string {
	out := []string{}
	for _, r := range f.Rules {
		if r.Runs() {
			out = append(out, r.Name)
		}
	}
	return out
}

func TestReadProblems(t *testing.T) {
	big := strings.Repeat("/", 2000)
	tests := []struct {
		name, root string
		files      map[string]string
		opts       folder.Options
		want       []string // first lines of the diagnostics
	}{
		{"no such root", "gone", nil, folder.Options{Prefix: "home"},
			[]string{"home/gone: error: there is no such file or folder [file-unreadable]"}},
		{"root above the file system", "../x", nil, folder.Options{},
			[]string{"../x: error: a path must lie below the file system's root and use slashes [file-unreadable]"}},
		{"root of another kind", "a.txt", map[string]string{"a.txt": ""}, folder.Options{},
			[]string{"a.txt: error: a rule is a .js or .ts file, a pipeline a .yaml file or a folder [no-rules]"}},
		{"file format for a folder", ".", map[string]string{"a.js": script}, folder.Options{Format: folder.File},
			[]string{".: error: the format file needs a file, and this is a folder [bad-option]"}},
		{"folder format for a file", "a.js", map[string]string{"a.js": script}, folder.Options{Format: folder.DeployCLI},
			[]string{"a.js: error: the format deploy-cli needs a folder, and this is a file [bad-option]"}},
		{"extension without rules", ".", map[string]string{"a.js": script}, folder.Options{Format: folder.Extension},
			[]string{".: error: there is no folder rules here [no-rules]"}},
		{"empty folder rules", ".", map[string]string{"rules/README.md": ""}, folder.Options{},
			[]string{".: error: there is no rule here [no-rules]"}},
		{"empty export", ".", map[string]string{"rules/a.js": script}, folder.Options{Format: folder.DeployCLI},
			[]string{".: error: there is no rule here [no-rules]", "rules/a.js: warning: no .json file names this script, so it is no rule [ignored-script]"}},
		{"YAML without rules", "t.yaml", map[string]string{"t.yaml": "clients: []\n"}, folder.Options{},
			[]string{"t.yaml: error: there is no rule here [no-rules]"}},
		{"empty YAML", "t.yaml", map[string]string{"t.yaml": "# nothing\n"}, folder.Options{},
			[]string{"t.yaml: error: there is no rule here [no-rules]"}},
		{"YAML with empty sections", "t.yaml", map[string]string{"t.yaml": "rules:\nrulesConfigs: []\n"}, folder.Options{},
			[]string{"t.yaml: error: there is no rule here [no-rules]"}},
		{"YAML that is a list", "t.yaml", map[string]string{"t.yaml": "- a\n"}, folder.Options{},
			[]string{"t.yaml:1:1: error: the file holds a list; it must hold a mapping [bad-yaml]"}},
		{"YAML rules that are no list", "t.yaml", map[string]string{"t.yaml": "rules: {a: 1}\n"}, folder.Options{},
			[]string{"t.yaml:1:8: error: rules is an object; it must be a list [bad-field]"}},
		{"two YAML documents", "t.yaml", map[string]string{"t.yaml": "a: 1\n---\nrules: []\n"}, folder.Options{},
			[]string{"t.yaml:2:1: error: there is a second document; a pipeline is one document [bad-yaml]"}},
		{"YAML key twice", "t.yaml", map[string]string{"t.yaml": "rules:\n  - name: abc\n    name: abd\n    script: a.js\n", "a.js": script}, folder.Options{},
			[]string{"t.yaml:3:5: error: name is given twice [bad-yaml]"}},
		{"YAML tab", "t.yaml", map[string]string{"t.yaml": "rules:\n\t- name: abc\n"}, folder.Options{},
			[]string{"t.yaml:2:1: error: found character that cannot start any token while scanning for the next token [bad-yaml]"}},
		{"YAML control character", "t.yaml", map[string]string{"t.yaml": "rules:\n - \x01"}, folder.Options{},
			[]string{"t.yaml:2:4: error: control characters are not allowed (value: 1) [bad-yaml]"}},
		{"YAML keyword without mapping", "t.yaml", map[string]string{"t.yaml": "é: 1\nrules: @@RULES@@\n"}, folder.Options{}, []string{
			"t.yaml:2:8: error: found character that cannot start any token while scanning for the next token [bad-yaml]",
			"t.yaml:2:8: warning: there is no mapping for the keyword @@RULES@@ [unresolved-keyword]"}},
		{"YAML next line character", "t.yaml", map[string]string{"t.yaml": "# \u0085\nrules:\n  - name: a\u0085bc\n    script: a.js\n", "a.js": script}, folder.Options{},
			[]string{`t.yaml:3:11: error: "a\u0085bc" is no name for a rule [bad-rule-name]`}},
		{"several pipeline files", ".", map[string]string{"a.yml": "rules: [{script: a}]", "b.yaml": "rules: [{script: a}]"}, folder.Options{},
			[]string{".: error: several YAML files describe rules: a.yml, b.yaml [ambiguous-folder]"}},
		{"JSON that is a list", ".", map[string]string{"a.js": script, "a.json": " [1, {}]\n"}, folder.Options{},
			[]string{"a.json:1:2: error: the file holds a list; it must hold an object [bad-field]"}},
		{"empty JSON", ".", map[string]string{"a.js": script, "a.json": ""}, folder.Options{},
			[]string{"a.json:1:1: error: the file is empty; it must hold a JSON object [bad-json]"}},
		{"JSON cut off", ".", map[string]string{"a.js": script, "a.json": "{\"order\": 1,"}, folder.Options{},
			[]string{"a.json:1:13: error: unexpected end of JSON input [bad-json]"}},
		{"JSON with text behind", ".", map[string]string{"a.js": script, "a.json": "{}\n{}"}, folder.Options{},
			[]string{"a.json:2:1: error: invalid character '{' after top-level value [bad-json]"}},
		{"JSON after keyword replacement", ".", map[string]string{"a.js": script, "a.json": "{\"order\": @@O@@,\n \"é\": ##E##, \"enabled\": 1}"},
			folder.Options{Mappings: map[string]any{"O": map[string]any{"a": "long text"}, "E": "1,\n\n\"stage\": 7"}}, []string{
				"a.json:1:11: error: order is an object; it must be a number or null [bad-field]",
				"a.json:2:2: warning: nothing reads the field \"é\" [unknown-field]",
				"a.json:2:8: error: stage is the number 7; it must be a text [bad-field]",
				"a.json:2:26: error: enabled is the number 1; it must be true or false [bad-field]"}},
		{"not UTF-8", ".", map[string]string{"a.js": "é\n \xff", "b.js": script, "b.json": "\xfe"}, folder.Options{}, []string{
			"a.js:2:2: error: the byte 0xff here is not UTF-8 [not-utf8]",
			"b.json:1:1: error: the byte 0xfe here is not UTF-8 [not-utf8]"}},
		{"broken but disabled", ".", map[string]string{"a.js": "\xff", "a.json": `{"enabled": false, "order": "x"}`, "b.js": script}, folder.Options{}, []string{
			"a.js:1:1: warning: the byte 0xff here is not UTF-8 [not-utf8]",
			`a.json:1:29: warning: order is the text "x"; it must be a number or null [bad-field]`}},
		{"broken but excluded", ".", map[string]string{"a.js": "\xff", "b.js": script}, folder.Options{Exclude: []string{"a"}},
			[]string{"a.js:1:1: warning: the byte 0xff here is not UTF-8 [not-utf8]"}},
		{"too large", ".", map[string]string{"a.js": big, "b.js": script}, folder.Options{MaxFileBytes: 1500},
			[]string{"a.js: error: the file is larger than 1.5 kB [file-unreadable]"}},
		{"two scripts of one name", ".", map[string]string{"a.js": script, "a.ts": script}, folder.Options{},
			[]string{`a.ts: error: there is another rule called "a" [duplicate-name]`}},
		{"two metadata files of one name", ".", map[string]string{"rules/abc.js": script, "rules/abc.json": "{}", "rules/x/abc.json": "{}"}, folder.Options{},
			[]string{`rules/x/abc.json: error: the rule "abc" has two metadata files [duplicate-name]`}},
		{"names that differ in case", ".", map[string]string{"Abc.js": script, "abc.js": script}, folder.Options{},
			[]string{"abc.js: warning: the name differs from Abc.js in case only [case-clash]"}},
		{"one order twice, one of them excluded", ".", map[string]string{"a.js": script, "b.js": script, "a.json": `{"order": 1}`, "b.json": `{"order": 1.0}`},
			folder.Options{Exclude: []string{"a"}},
			[]string{`b.json:1:11: error: the rules "a" and "b" both have the order 1 [duplicate-order]`}},
		{"order 0, -0 and null may be shared", ".", map[string]string{"a.js": script, "b.js": script, "c.js": script, "d.js": script,
			"a.json": `{"order": 0}`, "b.json": `{"order": -0}`, "c.json": `{"order": null}`}, folder.Options{}, []string{}},
		{"oldest stage name", ".", map[string]string{"a.js": script, "a.json": `{"stage": "user_registration"}`}, folder.Options{},
			[]string{"a.json:1:11: warning: rules of the stage user_registration do not run [stage-not-run]"}},
		{"unknown rules", ".", map[string]string{"a.js": script}, folder.Options{Only: []string{"zzzz"}, Enable: []string{"b"}}, []string{
			`.: error: there is no rule "b" to enable [unknown-rule]`, `.: error: there is no rule "zzzz" to run alone [unknown-rule]`}},
		{"contradicting overrides", ".", map[string]string{"a.js": script, "b.js": script}, folder.Options{Enable: []string{"a", "b"}, Disable: []string{"a"}, Exclude: []string{"b"}}, []string{
			`.: error: the rule "a" is to be disabled, and it is to enable [bad-option]`, `.: error: the rule "b" is excluded, and it is to enable [bad-option]`}},
		{"pipeline size", ".", map[string]string{"a.js": strings.Repeat(" ", 60_000) + script, "b.js": strings.Repeat(" ", 60_000) + script,
			"c.js": strings.Repeat(" ", 60_000), "c.json": `{"enabled": false}`}, folder.Options{},
			[]string{".: warning: the rules that run have 120140 bytes together; the platform recommended at most 100 kB [pipeline-size]"}},
		{"bad mapping", ".", map[string]string{"a.js": script}, folder.Options{Mappings: map[string]any{"f": func() {}}},
			[]string{`error: keyword mapping "f" is no JSON value: json: unsupported type: func() [bad-mapping]`}},
		{"configuration key twice in YAML", "t.yml", map[string]string{"a.js": script,
			"t.yml": "rules: [{name: abc, script: a.js}]\nrulesConfigs: [{key: A, value: x}, {key: A, value: y}, {}, {value: z}, {key: [], value: z}]"}, folder.Options{}, []string{
			`t.yml:2:42: error: the configuration key "A" is set twice [duplicate-config]`,
			`t.yml:2:60: error: the configuration value has no key [bad-config-key]`,
			`t.yml:2:78: error: key is a list; it must be a text [bad-config-key]`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, list := folder.Read(tree(tt.files), tt.root, tt.opts)
			require.NotNil(t, got)
			assert.Equal(t, tt.want, firstLines(list))
		})
	}
}

func TestReadSingleFile(t *testing.T) {
	fsys := tree(map[string]string{"a/my_rule.test.js": script, "a/x.js": "broken", "a/my_rule.test.json": "{"})
	got, list := folder.Read(fsys, "a/my_rule.test.js", folder.Options{Prefix: "home"})
	require.Empty(t, list, "names of single files are free, and nothing beside them is read")
	require.Equal(t, []string{"my_rule.test"}, running(got))
	assert.Equal(t, folder.File, got.Format)
	assert.Equal(t, "home/a/my_rule.test.js", got.Rules[0].File.Name)
	assert.Same(t, got.Rules[0].Original, got.Rules[0].File)
	assert.NotNil(t, got.Configuration)
}

func TestReadIgnores(t *testing.T) {
	got, list := folder.Read(tree(map[string]string{
		"rules/abc.js": script, "rules/node_modules/m/index.js": "(", "rules/.git/x.js": "(", "rules/._abc.js": "(",
		"rules/abc.TEST.js": "(", "rules/x.test.ts": "(", "rules/abc.test.yml": ":", "rules/abc.d.ts": "(", "rules/abc.mjs": "(",
	}), ".", folder.Options{})
	require.Empty(t, list)
	assert.Equal(t, []string{"abc"}, running(got))
	reasons := map[string]string{}
	for _, e := range got.Files {
		reasons[e.Path] = string(e.Role) + " " + e.Reason
	}
	assert.Equal(t, map[string]string{
		"rules/abc.js": "rule ", "rules/node_modules": "ignored installed modules", "rules/.git": "ignored its name starts with a dot",
		"rules/._abc.js": "ignored its name starts with a dot", "rules/abc.TEST.js": "ignored a test", "rules/x.test.ts": "ignored a test",
		"rules/abc.test.yml": "ignored a test", "rules/abc.d.ts": "ignored type declarations", "rules/abc.mjs": "ignored neither a script nor metadata",
	}, reasons)
}

func TestRulePositions(t *testing.T) {
	text := "function (user, context, callback) {\n  const l = '@@LIST@@', é = '##LINES##'; missing();\n  callback(null, user, context);\n}\n"
	got, list := folder.Read(tree(map[string]string{"a.js": text, "b.js": "\xff"}), ".", folder.Options{
		Mappings: map[string]any{"LIST": []any{"a", "b"}, "LINES": "one\\\ntwo"}, Exclude: []string{"b"}})
	require.False(t, list.HasErrors())
	rule := got.Rules[0]
	assert.Contains(t, rule.File.Text, `const l = ["a","b"], é = 'one\`)
	for _, word := range []string{"function", "const", "missing", "callback(null"} {
		at := strings.Index(rule.File.Text, word)
		assert.Equal(t, rule.Original.Pos(strings.Index(text, word)), rule.Position(at), word)
		assert.Equal(t, word, rule.Original.Slice(rule.Span(rule.File.Span(at, at+len(word)))), word)
	}
	at := strings.Index(rule.File.Text, "missing")
	found := rule.Relocate(diag.List{diag.New(diag.SyntaxError, rule.File, rule.File.Span(at, at+7), "x")})
	assert.Equal(t, "a.js:2:43: error: x [syntax-error]", found[0].Error())

	broken := got.Rules[1]
	assert.Nil(t, broken.File)
	assert.False(t, broken.Position(3).IsValid())
	assert.Equal(t, diag.Warning, broken.Relocate(diag.List{diag.ForPath(diag.EmptyRule, "b.js", "x")})[0].Severity)
}

func TestMarkersOfOtherSectionsAreNotOurs(t *testing.T) {
	_, list := folder.Read(tree(map[string]string{
		"t.yaml": "clients:\n  - secret: '##CLIENT##'\nrules:\n  - name: '##NAME##'\n    script: a.js\nhooks:\n  - x: '##HOOK##'\n", "a.js": script,
	}), "t.yaml", folder.Options{Mappings: map[string]any{"NAME": "abc"}})
	assert.Empty(t, list)
}

func TestYAMLAliases(t *testing.T) {
	laughs := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'n'; c++ {
		laughs += fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	tests := []struct{ name, yaml, want string }{
		{"billion laughs beside the rules", laughs + "rules:\n  - {name: abc, script: a.js}\n", ""},
		{"billion laughs in a field", laughs + "rules:\n  - {name: *m, script: a.js}\n", "name is a list"},
		{"merge of itself", "rules:\n  - &r\n    name: abc\n    script: a.js\n    <<: *r\n", "merge keys for one object"},
		{"merge of a text", "rules:\n  - name: abc\n    script: a.js\n    <<: x\n", "a merge key needs a mapping"},
		{"merge of a list", "x: [&a {name: abc}, &b {name: other, script: a.js}]\nrules:\n  - <<: [*a, *b]\n", ""},
		{"key that is a list", "rules:\n  - name: abc\n    script: a.js\n    [a]: x\n", "a field's name must be a text"},
		{"alias for a value", "x: &n abc\nrules:\n  - name: *n\n    script: a.js\n", ""},
		{"directive", "%YAML 1.2\n---\nrules:\n  - name: abc\n    script: a.js\n", ""},
		{"many aliases of a wide mapping", "x: &x {" + wide(3000) + "}\nrules:\n" + strings.Repeat("  - *x\n", 3000), "the file's aliases stand for too many fields"},
		{"deep", "rules: " + strings.Repeat("[", 20000), "exceeded max depth"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			got, list := folder.Read(tree(map[string]string{"t.yaml": tt.yaml, "a.js": script}), "t.yaml", folder.Options{})
			t.Logf("read in %v", time.Since(start))
			if tt.want == "" {
				assert.Empty(t, firstLines(list))
				assert.Equal(t, []string{"abc"}, running(got))
				return
			}
			assert.Contains(t, strings.Join(firstLines(list), "\n"), tt.want)
		})
	}
}

func wide(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: 1, ", i)
	}
	return b.String()
}

func TestSymbolicLinks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	link := func(target, name string) {
		t.Helper()
		require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	write("outside.js", "secret")
	write("home/rules/..2026/abc.js", script) // as a mounted configuration map does
	link("..2026", "home/rules/..data")
	link("..data/abc.js", "home/rules/abc.js")
	link("../../outside.js", "home/rules/out.js")
	link(filepath.Join(dir, "outside.js"), "home/rules/absolute.js")
	link("round.js", "home/rules/round.js")
	link("gone.js", "home/rules/dangling.js")
	link("../rules", "home/rules/again")
	got, list := folder.Read(os.DirFS(filepath.Join(dir, "home")), ".", folder.Options{})
	assert.Equal(t, []string{"abc"}, running(got))
	assert.Equal(t, []string{
		"rules/absolute.js: error: the symbolic link leads outside the folder [script-outside]",
		"rules/dangling.js: error: there is no such file or folder [file-unreadable]",
		"rules/out.js: error: the symbolic link leads outside the folder [script-outside]",
		"rules/round.js: error: the symbolic link has too many symbolic links [file-unreadable]",
	}, firstLines(list))

	got, list = folder.Read(os.DirFS(filepath.Join(dir, "home", "rules")), "out.js", folder.Options{})
	assert.Empty(t, list, "a link that the caller names is meant")
	assert.Equal(t, []string{"out"}, running(got))
}

// lockedFS refuses to open one file.
type lockedFS struct {
	fstest.MapFS
	locked string
}

func (l lockedFS) Open(name string) (fs.File, error) {
	if name == l.locked {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func (l lockedFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == l.locked {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadDir(name)
}

func (l lockedFS) Stat(name string) (fs.FileInfo, error) { return l.MapFS.Stat(name) }

func TestUnreadable(t *testing.T) {
	fsys := tree(map[string]string{"rules/abc.js": script, "rules/abd.js": script})
	_, list := folder.Read(lockedFS{fsys, "rules/abd.js"}, ".", folder.Options{})
	assert.Equal(t, []string{"rules/abd.js: error: permission denied [file-unreadable]"}, firstLines(list))
	_, list = folder.Read(lockedFS{fsys, "rules"}, ".", folder.Options{})
	assert.Equal(t, []string{"rules: error: permission denied [file-unreadable]"}, firstLines(list))
	_, list = folder.Read(lockedFS{fsys, "."}, ".", folder.Options{Prefix: "home"})
	assert.Equal(t, []string{"home: error: permission denied [file-unreadable]"}, firstLines(list))
	var d diag.Diagnostic
	assert.True(t, errors.As(list.Err(), &d))
}

func TestFormatText(t *testing.T) {
	for _, f := range []folder.Format{folder.Auto, folder.File, folder.Plain, folder.Extension, folder.DeployCLI, folder.YAML} {
		text, err := f.MarshalText()
		require.NoError(t, err)
		var back folder.Format
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, f, back)
	}
	var f folder.Format
	assert.ErrorContains(t, f.UnmarshalText([]byte("zip")), `unknown format "zip"`)
}

func manyRules(n int) fstest.MapFS {
	body := strings.Repeat("// a line of a rule that says ##HOST## and more\n", 40) + script
	fsys := fstest.MapFS{}
	for i := range n {
		name := fmt.Sprintf("rules/rule-%04d", i)
		fsys[name+".js"] = &fstest.MapFile{Data: []byte(body)}
		fsys[name+".json"] = &fstest.MapFile{Data: fmt.Appendf(nil, `{"order": %d, "enabled": true}`, i+1)}
	}
	return fsys
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{100, 1000} {
		dir := b.TempDir()
		require.NoError(b, os.CopyFS(dir, manyRules(n)))
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				got, list := folder.Read(os.DirFS(dir), ".", folder.Options{Mappings: map[string]any{"HOST": "h.example.com"}})
				if len(got.Rules) != n || list.HasErrors() {
					b.Fatal(list)
				}
			}
		})
	}
}

func FuzzMetadata(f *testing.F) {
	f.Add([]byte(`{"name": "abc", "order": 1, "enabled": true, "stage": "login_success", "script": "x.js"}`))
	f.Add([]byte("rules:\n  - &a {name: abc, script: x.js}\n  - <<: *a\nrulesConfigs:\n  - key: A\n    value: x\n"))
	f.Add([]byte("\uFEFF{\"order\": 1e999,\r\n \"order\": [[]], }"))
	f.Add([]byte("%YAML 1.2\n---\n\u0085a: @@A@@\n---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"rules/x.json", "t.yaml", "rules-configs/x.json"} {
			root := "."
			if name == "t.yaml" {
				root = name
			}
			fsys := fstest.MapFS{"rules/x.js": {Data: []byte(script)}, "x.js": {Data: []byte(script)}, name: {Data: data}}
			for _, format := range []folder.Format{folder.Auto, folder.DeployCLI, folder.Extension} {
				_, list := folder.Read(fsys, root, folder.Options{Format: format, Mappings: map[string]any{"A": "é\n"}})
				for _, d := range list {
					if (d.Code == diag.BadJSON || d.Code == diag.BadYAML) && !d.Span.IsValid() {
						t.Fatalf("no place: %v", d)
					}
					if d.File != nil && d.Span.End.Offset > len(d.File.Text) {
						t.Fatalf("a place outside the text: %v", d)
					}
					if d.File != nil && !bytes.Equal([]byte(d.File.Text), data) && d.File.Name == name {
						t.Fatalf("not the user's file: %v", d)
					}
					_ = d.Text()
				}
			}
		}
	})
}
