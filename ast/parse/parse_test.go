package parse_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func rule(name, text string) (*parse.Script, diag.List) {
	return parse.Rule(source.NewFile(name, text), parse.Options{})
}

func good(t testing.TB, name, text string) *parse.Script {
	t.Helper()
	script, found := rule(name, text)
	require.False(t, found.HasErrors(), "%s", found.Error())
	return script
}

// forms are the rows of contract section 1.1 and what lies beside them. want is
// the codes found; node says whether Node takes "(" + text + "\n)" when that
// differs from whether the text is accepted here.
var forms = []struct {
	name, text string
	want       []diag.Code
	nodeToo    bool // refused here although Node takes the syntax
}{
	{"anonymous", "function (user, context, callback) { callback(null, user, context); }", nil, false},
	{"named", "function myRule(user, context, callback) {}", nil, false},
	{"async", "async function (user, context, callback) { await 1; }", nil, false},
	{"async named", "async function rule(user, context, callback) {}", nil, false},
	{"arrow", "(user, context, callback) => callback(null, user, context)", nil, false},
	{"arrow with one parameter", "user => { }", nil, false},
	{"async arrow", "async (user, context, callback) => { await 1; }", nil, false},
	{"in parentheses", "(function (user, context, callback) {})", nil, false},
	{"in many parentheses", "(((function () {})))", nil, false},
	{"immediately invoked", "(function () { return function (user, context, callback) {}; })()", nil, false},
	{"immediately invoked arrow", "(() => (user, context, callback) => {})()", nil, false},
	{"a name", "rule", nil, false},
	{"a call", "make('x')", nil, false},
	{"a member", "global.rules.one", nil, false},
	{"a choice", "a ? function () {} : b", nil, false},
	{"an assignment", "rule = function () {}", nil, false},
	{"a sequence", "1, function () {}", nil, false},
	{"comments before and after", "/* a */ // b\nfunction () {} /* c */ // d", nil, false},
	{"line comment at the end", "function () {} // end", nil, false},
	{"use strict inside", "function () { 'use strict'; }", nil, false},
	{"byte order mark", "\uFEFFfunction () {}", nil, false},
	{"CRLF", "function () {\r\n}\r\n", nil, false},
	{"U+2028", "function () {\u2028}\u2028", nil, false},
	{"generator", "function* () {}", []diag.Code{diag.GeneratorRule}, false},
	{"async generator", "async function* () {}", []diag.Code{diag.GeneratorRule}, false},
	{"generator in parentheses", "(function* () {})", []diag.Code{diag.GeneratorRule}, false},

	{"semicolon", "function () {};", []diag.Code{diag.TrailingSemicolon}, false},
	{"semicolons with comments", "function () {} /* a */ ; // b\n ; /* c */", []diag.Code{diag.TrailingSemicolon}, false},
	{"empty", "", []diag.Code{diag.EmptyRule}, false},
	{"blanks", " \r\n\t\uFEFF", []diag.Code{diag.EmptyRule}, false},
	{"only comments", "/* a */ // b", []diag.Code{diag.EmptyRule}, false},
	{"only a semicolon", ";", []diag.Code{diag.EmptyRule}, false},

	{"use strict before", "'use strict'; function () {}", []diag.Code{diag.NotOneExpression}, false},
	{"const before", "const x = 1; function () {}", []diag.Code{diag.NotOneExpression}, false},
	{"helper after", "function () {} function helper() {}", []diag.Code{diag.NotOneExpression}, false},
	{"call after", "function () {}\nfoo()", []diag.Code{diag.NotOneExpression}, false},
	{"module.exports", "module.exports = function () {}", []diag.Code{diag.NotOneExpression}, true},
	{"exports.x", "exports.rule = function () {}", []diag.Code{diag.NotOneExpression}, true},
	{"export default", "export default function () {}", []diag.Code{diag.NotOneExpression}, false},
	{"import", "import a from 'a'; function () {}", []diag.Code{diag.NotOneExpression}, false},
	{"closes the parenthesis", "function () {}) ; evil(); (function () {}", []diag.Code{diag.NotOneExpression}, true},
	{"closes it in a sum", "function () {}) + (function () {}", []diag.Code{diag.NotOneExpression}, true},
	{"closes it in a call", "function () {})(function () {}", []diag.Code{diag.NotOneExpression}, true},
	{"closes the list", "function () {}] + [function () {}", []diag.Code{diag.NotOneExpression}, false},
	{"closes it behind a division", "a = {}\n/`/) ; evil(`)`) ; (1", []diag.Code{diag.SyntaxError}, false},
	{"closes it where the scanner guesses", "a = {}\n/`(`) ; evil(`/`+``", []diag.Code{diag.NotOneExpression}, true},
	{"closes it behind a template", "`${function () {}}`) ; (`${1}`", []diag.Code{diag.NotOneExpression}, true},
	{"open comment", "function () {} /*", []diag.Code{diag.SyntaxError}, false},
	{"HTML comment", "function () {} <!--", []diag.Code{diag.SyntaxError}, true},
	{"HTML comment's end", "function () {}\n-->", []diag.Code{diag.SyntaxError}, true},
	{"open template", "function () {} `", []diag.Code{diag.SyntaxError}, false},
	{"hashbang", "#!/usr/bin/node\nfunction () {}", []diag.Code{diag.SyntaxError}, false},
	{"await at the top", "await function () {}", []diag.Code{diag.SyntaxError}, false},
	{"spread", "...function () {}", []diag.Code{diag.SyntaxError}, false},
	{"lone backslash", "function () { a\\ }", []diag.Code{diag.SyntaxError}, false},
	{"backslash in a number", "function () { 0\\u7 }", []diag.Code{diag.SyntaxError}, false},
	{"comma at the end", "function () {},", []diag.Code{diag.SyntaxError}, false},

	{"object", "{ a: 1 }", []diag.Code{diag.NotAFunction}, true},
	{"array", "[function () {}]", []diag.Code{diag.NotAFunction}, true},
	{"string", "'function () {}'", []diag.Code{diag.NotAFunction}, true},
	{"template", "`${1}`", []diag.Code{diag.NotAFunction}, true},
	{"number", "1", []diag.Code{diag.NotAFunction}, true},
	{"negative number", "-1", []diag.Code{diag.NotAFunction}, true},
	{"big integer", "1n", []diag.Code{diag.NotAFunction}, true},
	{"class", "class {}", []diag.Code{diag.NotAFunction}, true},
	{"regular expression", "/a/", []diag.Code{diag.NotAFunction}, true},
	{"null", "null", []diag.Code{diag.NotAFunction}, true},
	{"undefined", "undefined", []diag.Code{diag.NotAFunction}, true},
	{"true", "true", []diag.Code{diag.NotAFunction}, true},
	{"typeof", "typeof function () {}", []diag.Code{diag.NotAFunction}, true},
	{"not", "!function () {}()", []diag.Code{diag.NotAFunction}, true},
	{"sum", "a + b", []diag.Code{diag.NotAFunction}, true},
	{"comparison", "a < b", []diag.Code{diag.NotAFunction}, true},
	{"count", "a++", []diag.Code{diag.NotAFunction}, true},
	{"adding assignment", "a += 1", []diag.Code{diag.NotAFunction}, true},
	{"choice of two others", "a ? 1 : {}", []diag.Code{diag.NotAFunction}, true},
	{"and with another", "a && 1", []diag.Code{diag.NotAFunction}, true},
	{"sequence with another", "function () {}, 1", []diag.Code{diag.NotAFunction}, true},
}

func TestForms(t *testing.T) {
	for _, tt := range forms {
		t.Run(tt.name, func(t *testing.T) {
			script, found := rule("r.js", tt.text)
			assert.Equal(t, tt.want, codes(found), "%v", found)
			assert.Equal(t, found.HasErrors(), script == nil)
			for _, d := range found {
				assert.GreaterOrEqual(t, d.Span.Start.Offset, 0)
				assert.LessOrEqual(t, d.Span.End.Offset, len(tt.text))
			}
		})
	}
}

func TestTypeScriptForms(t *testing.T) {
	for _, text := range []string{
		"function (user: User, context: any, callback: (e?: Error | null, u?: User) => void): void { callback(null, user as any); }",
		"async <T extends object>(user: T, context: unknown, callback: Function): Promise<void> => { await user!; }",
		"(user, context, callback) => { type A = { a: string }; interface B { b?: number } let x = <any>user; x satisfies A; }",
		"function (user, context, callback) { enum Color { Red, Green } return callback(null, user, Color.Red); }",
		"function (user, context, callback) { for await (const x of user as any) {} }",
		"function (this: void, user, context, callback) { if (!/[(]/.test(user.name)) return user! / 2 / (3); };",
		"function f(a: string): void;\n",
	} {
		script, found := rule("r.ts", text)
		if strings.HasSuffix(text, ";\n") {
			assert.True(t, found.HasErrors(), text)
			continue
		}
		if strings.Contains(text, "for await") {
			assert.Equal(t, []diag.Code{diag.SyntaxError}, codes(found))
			continue
		}
		require.False(t, found.HasErrors(), "%s: %v", text, found)
		_, err := goja.Compile("", "("+script.Code+"\n)", false)
		assert.NoError(t, err, script.Code)
		assert.NotContains(t, script.Code, "use strict")
	}
	_, found := rule("r.ts", "function () {}) ; evil(); (function () {}")
	assert.Equal(t, []diag.Code{diag.NotOneExpression}, codes(found))
	_, found = rule("r.js", "(user: any) => 1")
	assert.True(t, found.HasErrors())
}

// TestErrorPositions puts a mistake behind tabs, CRLF, a byte order mark, é and
// emoji, in JavaScript and TypeScript.
func TestErrorPositions(t *testing.T) {
	tests := []struct{ name, before string }{
		{"plain", "function () {\n  foo("},
		{"first line", "function () { foo("},
		{"tab", "function () {\n\t\tfoo("},
		{"CRLF", "function () {\r\n\r\n  foo("},
		{"lone CR", "function () {\r  foo("},
		{"U+2028", "function () {\u2028  foo("},
		{"byte order mark", "\uFEFFfunction () { foo("},
		{"byte order mark and lines", "\uFEFF\r\nfunction () {\n foo("},
		{"é", "function (é) { é = 'é'; foo("},
		{"emoji", "function () { '😀'; /* 😀 */ foo("},
		{"all of them", "\uFEFF// é😀\r\nfunction (é) {\u2029\t'😀é'; foo("},
	}
	for _, tt := range tests {
		for _, name := range []string{"r.js", "r.ts"} {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				text := tt.before + ";\n) }"
				f := source.NewFile(name, text)
				_, found := parse.Rule(f, parse.Options{})
				require.NotEmpty(t, found)
				assert.Equal(t, diag.SyntaxError, found[0].Code)
				assert.Equal(t, f.Pos(len(tt.before)), found[0].Span.Start, "%s", found[0].Text())
				assert.Equal(t, ";", f.Slice(found[0].Span))
			})
		}
	}
}

// TestRuntimePositions throws behind the same obstacles and asks where.
func TestRuntimePositions(t *testing.T) {
	tests := []struct{ name, before, after string }{
		{"plain", "function (a, b, c) {\n  ", "}"},
		{"first line", "function (a, b, c) { ", "}"},
		{"tabs and CRLF", "function (a, b, c) {\r\n\t\t", "\r\n}"},
		{"byte order mark and é", "\uFEFFfunction (é, b, c) { é = 'é😀'; ", " }"},
		{"U+2028", "function (a, b, c) {\u2028 ", "}"},
		{"semicolons", "function (a, b, c) { var x = 1; ", " } ; // x\n ;"},
		{"mended comparison on the line", "function (a, b, c) { var y = 0 < a < 2 <= b; ", " }"},
		{"lowered", "function (a, b, c) { async function* g() { yield 1; }\n  /* é */ ", " }"},
		{"lowered import", "function (a, b, c) { const y = () => import('x' + a);\n  /* é */ ", " }"},
		{"lowered on the first line", "\uFEFFfunction (a, b, c) { class A { #x; has(o) { return #x in o; } } ", " }"},
	}
	for _, tt := range tests {
		for _, name := range []string{"r.js", "r.ts"} {
			t.Run(tt.name+"/"+name, func(t *testing.T) {
				f := source.NewFile(name, tt.before+"throw new Error('é');"+tt.after)
				script, found := parse.Rule(f, parse.Options{})
				require.False(t, found.HasErrors(), "%v", found)
				vm := goja.New()
				value, err := vm.RunString("(" + script.Code + "\n)")
				require.NoError(t, err, script.Code)
				call, ok := goja.AssertFunction(value)
				require.True(t, ok)
				_, err = call(goja.Undefined())
				var thrown *goja.Exception
				require.ErrorAs(t, err, &thrown)
				at := thrown.Stack()[0].Position()
				pos := script.Pos(at.Line, at.Column)
				want := f.Pos(len(tt.before))
				assert.Equal(t, want.Line, pos.Line)
				assert.True(t, strings.HasPrefix(f.Text[pos.Offset:], "throw") || strings.HasPrefix(f.Text[pos.Offset:], "new Error") ||
					strings.HasPrefix(f.Text[pos.Offset:], "Error("), "%s: %q", pos, f.Text[pos.Offset:])
			})
		}
	}
	script := good(t, "r.js", "function () {}")
	assert.Equal(t, "1:1", script.Pos(0, -5).String())
	assert.Equal(t, "1:15", script.Pos(99, 99).String())
}

// TestTypeScriptSpans asks where the nodes of a tree stand that came through
// esbuild: names and calls are exact.
func TestTypeScriptSpans(t *testing.T) {
	text := "\uFEFF/* é */ function (user: User, context: any): void {\r\n\tconst é: string = '😀', n = user.name!;\r\n\tif (n as any) { context.done(é); }\r\n}"
	script := good(t, "r.ts", text)
	var got []string
	ast.Inspect(script.Tree, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			assert.True(t, strings.HasPrefix(text[id.At.Start.Offset:], id.Name), "%s at %s", id.Name, id.At)
			got = append(got, id.Name)
		}
		return true
	})
	assert.Equal(t, []string{"user", "context", "é", "n", "user", "n", "context", "é"}, got)
	assert.Equal(t, "function", text[script.Func.Span().Start.Offset:][:8])
}

// TestComparisonsGroupFromTheLeft holds the code that goja runs against the
// grammar: goja alone groups them from the right.
func TestComparisonsGroupFromTheLeft(t *testing.T) {
	for text, want := range map[string]bool{
		"3 > 2 > 1":                      false,
		"3 > (2 > 1)":                    true,
		"1 < 5 < 3 < 0":                  false,
		"0 < (1) < (2)":                  true,
		"'a' in {a: 1} in {true: 1}":     true,
		"5 > 4 > 0 === true":             true,
		"3 > 2 > 1 > 0 > -1":             true,
		"(3 > 2 > 1) || 9 < 10 < 2":      true,
		"[3 > 2 > 1][0 < 0 < 1 ? 0 : 1]": false,
	} {
		script := good(t, "r.js", "function () { return ("+text+"); }")
		vm := goja.New()
		got, err := vm.RunString("(" + script.Code + "\n)()")
		require.NoError(t, err)
		assert.Equal(t, want, got.ToBoolean(), "%s as %s", text, script.Code)
	}
}

func TestWords(t *testing.T) {
	script := good(t, "r.js", "function f(u) { /* comment */ return glob\\u0061l['re' + \"qu\\x69re\"][`ev${u.x1}al`] || /regexp/; }")
	for _, w := range []string{"f", "u", "return", "global", "re", "quire", "x1", "ev", "al", "function"} {
		assert.True(t, script.Words[w], w)
	}
	assert.False(t, script.Words["comment"])
	assert.False(t, script.Words["regexp"])
}

func TestHeader(t *testing.T) {
	text := "/**\r\n * @title Café rule\r\n * @overview One sentence.\r\n * @gallery true\r\n * @category access control, webhook\r\n *\r\n * Some *text*.\r\n * More.\r\n */\r\nfunction () {}"
	script := good(t, "r.js", text)
	require.NotNil(t, script.Header)
	assert.Equal(t, "Café rule", script.Header.Title)
	assert.Equal(t, "One sentence.", script.Header.Overview)
	assert.True(t, script.Header.Gallery)
	assert.Equal(t, []string{"access control", "webhook"}, script.Header.Categories)
	assert.Equal(t, "Some *text*.\nMore.", script.Header.Description)
	assert.Equal(t, text[:strings.Index(text, "*/")+2], script.File.Slice(script.Header.At))
	for _, text := range []string{"/** @param {x} y */ function () {}", "/* @title x */ function () {}", "// @title x\nfunction () {}", "/**/ function () {}"} {
		assert.Nil(t, good(t, "r.js", text).Header, text)
	}
}

func TestFunc(t *testing.T) {
	assert.IsType(t, &ast.Function{}, good(t, "r.js", "(x, y = (function () {}))").Func)
	assert.IsType(t, &ast.Arrow{}, good(t, "r.js", "(async () => {})").Func)
	assert.IsType(t, &ast.Call{}, good(t, "r.js", "(() => x)()").Func)
	script := good(t, "r.js", "function () { return () => 1 }")
	assert.False(t, script.Tree.(*ast.Function).Strict)
	assert.False(t, script.Lowered)
	assert.Equal(t, script.File.Text, script.Code)
	script = good(t, "r.js", "function () { 'use strict'; return () => 1 }")
	assert.True(t, script.Tree.(*ast.Function).Strict)
}

// TestHostile gives texts that would take a recursive parser's stack or a
// backtracking one's time.
func TestHostile(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	texts := map[string]string{
		"parentheses":          many("(", 300000),
		"closed parentheses":   many("(", 100000) + "1" + many(")", 100000),
		"brackets":             many("[", 100000) + many("]", 100000),
		"braces":               "function () " + many("{", 100000) + many("}", 100000),
		"object literals":      "x=" + many("{a:", 100000) + "1" + many("}", 100000),
		"not":                  many("!", 500000) + "a",
		"minus":                many("- ", 300000) + "a",
		"minus on lines":       many("-\n", 300000) + "a",
		"typeof":               many("typeof ", 100000) + "a",
		"typeof on lines":      many("typeof\n", 100000) + "a",
		"new":                  many("new ", 100000) + "a",
		"sum":                  many("a+", 300000) + "a",
		"members":              "a" + many(".b", 300000),
		"calls":                "a" + many("()", 300000),
		"power":                many("a**", 200000) + "a",
		"choices":              many("a?b:", 100000) + "c",
		"assignments":          many("a=", 300000) + "1",
		"arrows":               many("a=>", 100000) + "1",
		"arrow blocks":         many("()=>{", 50000) + many("}", 50000),
		"functions":            many("function(){", 50000) + many("}", 50000),
		"ifs":                  "function(){" + many("if(a)", 100000) + ";}",
		"else ifs":             "function(){" + many("if(a);else ", 100000) + ";}",
		"else ifs with blocks": "function(){" + many("if(a){}else ", 100000) + ";}",
		"else ifs with loops":  "function(){" + many("if(a)do;while(b);else ", 60000) + ";}",
		"dos":                  "function(){" + many("do ", 100000) + ";}",
		"labels":               "function(){" + many("a:", 100000) + ";}",
		"templates":            many("`${", 100000) + "1" + many("}`", 100000),
		"arrow parameters":     many("(a=", 400) + "1" + many(")=>1", 400),
		"async parameters":     many("async(a=", 400) + "1" + many(")=>1", 400),
		"patterns":             many("[a=", 900) + "1" + many("]=1", 900),
		"yields":               "function*(){" + many("yield ", 100000) + "}",
		"awaits":               "async function(){" + many("await ", 100000) + "1}",
		"commas":               "[" + many("1,", 400000) + "1]",
		"long string":          "'" + many("a", 900000) + "'",
		"regular expression":   "function(){}\n/" + many("(", 300000) + "/",
		"hidden by a division": "function(){ x = {} / ((" + many("(", 100000) + "/\n" + many("(", 100000),
		"hidden by a template": "function(){}\n/`/;" + many("(", 100000) + "`",
		"hidden by a comment":  "function(){}\n/[/*]/;" + many("(", 100000) + "*/",
		"statements":           "function(){" + many("a=b\n", 200000) + "}",
		"cases":                "function(){switch(a){" + many("case 1:\n", 50000) + "}}",
		"classes":              many("class extends ", 50000) + "a{}",
	}
	typed := map[string]string{
		"ambiguous arrows": "x=" + many("a?(b):c=>", 400) + "d",
		"nested ambiguous": "x=" + many("a?(", 300) + "b" + many("):c=>d:e", 300),
		"type arguments":   "x=" + many("f<", 50000) + many(">", 50000),
		"type assertions":  "x=" + many("<T>", 100000) + "1",
		"keyof":            "function(){ type A = " + many("keyof\n", 100000) + "B }",
		"function types":   "function(){ type A = " + many("() => ", 100000) + "B }",
		"conditional":      "function(){ type A = " + many("B extends C ? D : ", 50000) + "E }",
		"unions":           "function(){ type A = " + many("| B ", 100000) + " }",
		"arrays":           "function(){ type A = B" + many("[]", 100000) + " }",
		"marks":            "function(){ return a" + many("!", 100000) + " }",
		"as":               "function(){ return a" + many(" as b", 50000) + " }",
	}
	run := func(file string, texts map[string]string) {
		for name, text := range texts {
			t.Run(name+"/"+file, func(t *testing.T) {
				start := time.Now()
				_, found := rule(file, text)
				t.Logf("read in %v", time.Since(start)) // a text that takes for ever ends with the test run's own limit
				for _, d := range found {
					assert.LessOrEqual(t, d.Span.End.Offset, len(text))
				}
			})
		}
	}
	run("r.js", texts)
	run("r.ts", texts)
	run("r.ts", typed)
}

// TestLongButFlat is not refused: long lists, long chains of else, and long rules
// without semicolons are no danger.
func TestLongButFlat(t *testing.T) {
	for name, body := range map[string]string{
		"list":          "return [" + strings.Repeat("'ann@example.com', ", 20000) + "]",
		"no semicolons": strings.Repeat("a.b = c.d + e.f(1)\n", 4000),
		"calls":         strings.Repeat("foo(a, b)\n", 4000),
		"else ifs":      strings.Repeat("if (a === 'x') { b = 1; } else ", 1000) + "{}",
		"whitelist":     "return " + strings.Repeat("user.email === 'ann@example.com' || ", 1000) + "false",
		"concatenation": "return " + strings.Repeat("'a' + ", 2000) + "'b'",
		"cases":         "switch (a) { " + strings.Repeat("case 'x': return 1;\n", 4000) + "}",
		"nested":        strings.Repeat("if (a) { ", 300) + strings.Repeat("}", 300),
		"callbacks":     strings.Repeat("f((a) => { ", 150) + strings.Repeat("});", 150),
		"small arrows":  strings.Repeat("x = (a, b = () => 1) => (c) => d;", 500),
		"comments":      strings.Repeat("// ((((((\n", 4000),
		"regexps":       strings.Repeat("if (/[(]/.test(a)) b = /[`]/;\n", 1000),
	} {
		t.Run(name, func(t *testing.T) {
			good(t, "r.js", "function (user, context, callback) { "+body+" }")
			good(t, "r.ts", "function (user, context, callback) { "+body+" }")
		})
	}
}

func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, tt := range forms {
				_, found := rule("r.ts", tt.text)
				_ = found.Error()
			}
		})
	}
	wg.Wait()
}

func FuzzParse(f *testing.F) {
	for _, tt := range forms {
		f.Add(tt.text, false)
		f.Add(tt.text, true)
	}
	f.Fuzz(func(t *testing.T, text string, typescript bool) {
		name := "r.js"
		if typescript {
			name = "r.ts"
		}
		file := source.NewFile(name, text)
		script, found := parse.Rule(file, parse.Options{MaxSourceBytes: 4096})
		if (script == nil) != found.HasErrors() {
			t.Fatalf("script %v with %v", script, found)
		}
		inside := func(s source.Span) bool {
			return s.Start.Offset >= 0 && s.Start.Offset <= s.End.Offset && s.End.Offset <= len(text)
		}
		for _, d := range found {
			if !inside(d.Span) {
				t.Fatalf("%v outside the text", d)
			}
			_ = d.Text()
		}
		if script == nil {
			return
		}
		ast.Inspect(script.Tree, func(n ast.Node) bool {
			if !inside(n.Span()) {
				t.Fatalf("%T at %s outside the text", n, n.Span())
			}
			return true
		})
		if _, err := goja.Compile("", "("+script.Code+"\n)", false); err != nil {
			t.Fatalf("code does not compile: %v\n%s", err, script.Code)
		}
		_ = ast.Print(script.Tree)
	})
}
