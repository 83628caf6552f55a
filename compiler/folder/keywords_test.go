package folder

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func replaceText(t testing.TB, text string, mappings map[string]any, env map[string]string) (*Text, diag.List) {
	t.Helper()
	var lookup func(string) (string, bool)
	if env != nil {
		lookup = func(key string) (string, bool) { v, ok := env[key]; return v, ok }
	}
	k, list := newKeywords(mappings, lookup, 1000)
	require.Empty(t, list)
	return k.replace(source.NewFile("r.js", text))
}

func TestReplace(t *testing.T) {
	mappings := map[string]any{
		"S": "a\"b", "N": 12.0, "I": 7, "B": true, "NULL": nil, "L": []any{"x", 1.0, nil, []any{2.0}}, "O": map[string]any{"k": "<v>"},
		"IN": "##S2##", "S2": "deep", "a.b": "dot", "a+": "plus", "EMPTY": "", "SELF": "@@SELF@@", "BIG": 1e21, "DOLLAR": "$& $1",
		"RULE": []string{"typed"},
	}
	tests := []struct{ name, in, want string }{
		{"text as JSON", `x = @@S@@;`, `x = "a\"b";`},
		{"text as it is", `x = ##S##;`, `x = a"b;`},
		{"single quotes are swallowed", `x = '@@S@@';`, `x = "a\"b";`},
		{"double quotes are swallowed", `x = "@@S@@";`, `x = "a\"b";`},
		{"unequal quotes stay", `x = "@@N@@';`, `x = "12';`},
		{"a quote on one side stays", `x = "@@N@@ ";`, `x = "12 ";`},
		{"quotes around ## stay", `x = '##N##';`, `x = '12';`},
		{"number", `@@N@@ ##N## ##I##`, `12 12 7`},
		{"large number", `@@BIG@@ ##BIG##`, `1e+21 1e+21`},
		{"boolean", `@@B@@ ##B##`, `true true`},
		{"null", `@@NULL@@ ##NULL##`, `null null`},
		{"list", `@@L@@ ##L##`, `["x",1,null,[2]] x,1,,2`},
		{"other Go value", `@@RULE@@ ##RULE##`, `["typed"] typed`},
		{"object, no HTML escapes", `@@O@@`, `{"k":"<v>"}`},
		{"empty text", `[##EMPTY##]@@EMPTY@@`, `[]""`},
		{"@@ goes before ##", `@@IN@@`, `"deep"`},
		{"## does not bring @@", `##SELF##`, `@@SELF@@`},
		{"an inserted text is not looked at again", `@@SELF@@`, `"@@SELF@@"`},
		{"keys are literal", `##a.b## ##axb## ##a+## ##aa##`, `dot ##axb## plus ##aa##`},
		{"replacement patterns mean nothing", `##DOLLAR##`, `$& $1`},
		{"unknown stays", `@@X@@ ##X## '@@X@@'`, `@@X@@ ##X## '@@X@@'`},
		{"case matters", `##n##`, `##n##`},
		{"marker behind an unknown one", `@@X@@N@@`, `@@X12`},
		{"shared markers", `##N##N##`, `12N##`},
		{"longer runs of #", `### ##N## ####N####`, `### 12 ##12##`},
		{"open marker", `@@N`, `@@N`},
		{"key with a line break", "##N\n##", "##N\n##"},
		{"neighbours", `'@@N@@''@@N@@'`, `1212`},
		{"byte order mark stays", "\uFEFF##N##", "\uFEFF12"},
		{"nothing to do", `a @ b # c`, `a @ b # c`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, list := replaceText(t, tt.in, mappings, nil)
			assert.Equal(t, tt.want, got.File.Text)
			assert.Empty(t, list)
		})
	}
}

func TestReplaceEnvironmentWins(t *testing.T) {
	got, _ := replaceText(t, `##A## ##B## ##C## @@A@@`, map[string]any{"A": 1.0, "B": "map"}, map[string]string{"A": "env", "C": "5"})
	assert.Equal(t, `env map 5 "env"`, got.File.Text)
}

func TestReplaceProblems(t *testing.T) {
	got, list := replaceText(t, "é ##O## ##LONG## ##LONG##", map[string]any{"O": map[string]any{}, "LONG": strings.Repeat("x", 600)}, nil)
	assert.Equal(t, "é ##O## "+strings.Repeat("x", 600)+" ##LONG##", got.File.Text)
	require.Len(t, list, 2)
	assert.Equal(t, "r.js:1:4: error: ##O## cannot be replaced: its value is an object, which has no plain text [bad-mapping]", list[0].Error())
	assert.Contains(t, list[1].Error(), "r.js:1:19: error: ##LONG## would make the text longer than 1 kB")
}

func TestBadMappings(t *testing.T) {
	k, list := newKeywords(map[string]any{
		"": 1, "a\nb": 1, "a@@b": 1, "f": func() {}, "ok": 1, strings.Repeat("k", 300): 1,
	}, nil, 1000)
	assert.Len(t, list, 5)
	for _, d := range list {
		assert.Equal(t, diag.BadMapping, d.Code)
	}
	assert.Equal(t, map[string]any{"ok": 1}, k.mappings)
}

func TestUnresolved(t *testing.T) {
	text, _ := replaceText(t, "// ## Heading ##\n'##A##' + @@B_1@@ ; '##' + x + '##'; ##.## ##OK##", map[string]any{"OK": 1.0}, nil)
	list := unresolved(text)
	require.Len(t, list, 2)
	assert.Equal(t, "2:2", list[0].Span.Start.String())
	assert.Equal(t, "2:11", list[1].Span.Start.String())
}

// TestPositions puts markers that change the length and the number of lines in
// front of words and checks that each word is found where the file has it.
func TestPositions(t *testing.T) {
	mappings := map[string]any{
		"LONG": strings.Repeat("é", 50), "NONE": "", "LINES": "1\n2\n3\n", "JSON": []any{"a", "b\nc"}, "NEST": "##LINES##",
	}
	file := "\uFEFF// é ##LONG## one\r\n'@@JSON@@' two @@NEST@@ three\n##NONE####NONE## four ##LINES## five\n\tsix"
	text, list := replaceText(t, file, mappings, nil)
	require.Empty(t, list)
	for _, word := range []string{"one", "two", "three", "four", "five", "six"} {
		in, out := strings.Index(file, word), strings.Index(text.File.Text, word)
		require.GreaterOrEqual(t, out, 0)
		assert.Equal(t, text.Original.Pos(in), text.Position(out), word)
		assert.Equal(t, word, text.Original.Slice(text.Span(out, out+len(word))), word)
		assert.Empty(t, text.Marker(out))
	}
	assert.Equal(t, "##LONG##", text.Original.Slice(text.Span(strings.Index(text.File.Text, "éééé")+2, strings.Index(text.File.Text, "éééé")+8)))
	json := strings.Index(text.File.Text, `"b\nc"`)
	assert.Equal(t, "'@@JSON@@'", text.Original.Slice(text.Span(json, json+3)))
	assert.Equal(t, "@@JSON@@", text.Marker(json))
	nested := strings.Index(text.File.Text, "2\n3")
	assert.Equal(t, "@@NEST@@", text.Original.Slice(text.Span(nested, nested+1)))
	assert.Equal(t, text.Original.Pos(len(file)), text.Position(len(text.File.Text)+10))
	assert.Equal(t, "1:1", text.Position(-1).String())
}

func TestRelocate(t *testing.T) {
	text, _ := replaceText(t, "##A##\nlet x = ##A##;", map[string]any{"A": "1\n\n"}, nil)
	other := source.NewFile("o.js", "x")
	at, in := strings.Index(text.File.Text, "let"), strings.LastIndex(text.File.Text, "1")
	list := text.Relocate(diag.List{
		diag.New(diag.SyntaxError, text.File, text.File.Span(at, at+3), "own"),
		diag.New(diag.SyntaxError, text.File, text.File.Span(in, in+1), "inserted"),
		diag.New(diag.EmptyRule, text.File, source.Span{}, "whole"),
		diag.New(diag.SyntaxError, other, other.Span(0, 1), "other"),
	})
	assert.Equal(t, "r.js:2:1: error: own [syntax-error]\n     2 | let x = ##A##;\n       | ^~~\n", list[0].Text())
	assert.Equal(t, "r.js:2:9: error: inserted [syntax-error]\n     2 | let x = ##A##;\n       |         ^~~~~\n"+
		"    note: the text there is what ##A## was replaced by\n", list[1].Text())
	assert.Equal(t, "r.js: error: whole [empty-rule]", list[2].Error())
	assert.Equal(t, "o.js:1:1: error: other [syntax-error]", list[3].Error())
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"abc": true, "a b": true, "a-b": true, "Add roles-2": true, "éab": true, "_a_": true, "aé": false, "ab": false, "": false,
		"-ab": false, "ab-": false, " ab": false, "ab ": false, "a_b": false, "a.b": false, "aéb": false, "😀ab": false, "ab😀": false, "a\u00a0b": true,
	} {
		assert.Equal(t, want, validName(name), "validName(%q)", name)
	}
}

func TestNearest(t *testing.T) {
	rules := []string{"add-roles", "deny", "log-in"}
	for word, want := range map[string]string{
		"add-role": "add-roles", "Deny": "deny", "dney": "deny", "login": "log-in", "xyzzy": "", "": "",
	} {
		assert.Equal(t, want, nearest(word, rules), "nearest(%q)", word)
	}
}

func FuzzKeywords(f *testing.F) {
	for _, s := range []string{"@@A@@", "'@@A@@' ##B##", "####A####", "@@@A@@@", "\uFEFF##C##\n@@D@@", "##A##B##", "'@@C@@''@@C@@'", "@@E@@"} {
		f.Add(s, "v")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		file := source.NewFile("r.js", text)
		none, list := must(newKeywords(nil, nil, 1<<20)).replace(file)
		if none.File != file || len(list) != 0 {
			t.Fatal("no mapping must change nothing")
		}
		k := must(newKeywords(map[string]any{"A": value, "B": "", "C": []any{value, 1.0}, "D": "a\nb", "E": "##A##"}, nil, 1<<20))
		got, _ := k.replace(file)
		unresolved(got)
		last, lastEnd := 0, 0
		for i := 0; i <= len(got.File.Text); i++ {
			at := got.offset(i, false)
			if at < last || at > len(text) {
				t.Fatalf("offset %d leads to %d after %d, of %d", i, at, last, len(text))
			}
			if got.Marker(i) == "" && i < len(got.File.Text) && (at >= len(text) || text[at] != got.File.Text[i]) {
				t.Fatalf("byte %d is not byte %d of the file", i, at)
			}
			end := got.offset(i, true)
			if end < lastEnd || end > len(text) {
				t.Fatalf("end %d leads to %d after %d, of %d", i, end, lastEnd, len(text))
			}
			last, lastEnd = at, end
		}
	})
}

func must(k *keywords, _ diag.List) *keywords { return k }
