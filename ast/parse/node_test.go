package parse_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
)

// syntaxes are function bodies where parsers differ: sloppy mode, automatic
// semicolons, newer and older syntax, early errors. The value is empty where the
// answers must agree, else why they do not.
var syntaxes = map[string]string{
	"with (a) { b }": "", "return 010 + '\\101'": "", "var await = 1; await": "", "var yield = 1; yield * 2": "",
	"let let_ = 1; let\nx = 1": "", "arguments.callee": "", "delete x": "", "eval = 1": "", "arguments = 1": "",
	"'use strict'; with (a) {}": "", "'use strict'; delete x": "", "'use strict'; return 010": "", "'use strict'; var yield": "",
	"'use strict'; eval = 1": "", "'use strict'; implements = 1": "", "'use strict'; function f(a, a) {}": "",
	"if (a) function f() {}": "", "l: function f() {}": "", "while (a) function f() {}": "", "l: l: a": "", "break": "", "continue": "",
	"break l": "", "l: break l": "", "l: { continue l }": "", "switch (a) { case 1: break }": "", "return": "", "a\n++b": "",
	"throw\na": "", "return\na": "", "do a; while (b) c": "", "if (a) b else c": "", "if (a) b; else c": "", "for (;;) const x = 1": "",
	"let a; let a": "", "let a; var a": "", "var a; var a": "", "const a": "", "let [a]": "", "var {a}": "", "let let = 1": "",
	"function f() {} let f": "", "{ function f() {} function f() {} }": "", "try {} catch (e) { let e }": "",
	"try {}": "", "try {} catch {}": "", "a?.b = 1": "", "a?.b++": "", "new a?.b()": "", "a?.`b`": "", "delete a?.b": "",
	"a ?? b || c": "", "(a ?? b) || c": "", "a && b ?? c": "", "-a ** b": "", "(-a) ** b": "", "a ** -b": "", "({a = 1})": "",
	"({a = 1} = b)": "", "[a + 1] = b": "", "[a.b, c[d]] = e": "", "({a}) = b": "", "(a) = b": "", "[(a)] = b": "", "[([a])] = b": "",
	"({__proto__: 1, __proto__: 2})": "", "({get a() {}, set a(b) {}})": "", "({get a(b) {}})": "", "({set a() {}})": "",
	"({async *a() {}})": "", "({async a() {}, *b() {}, get [c]() {}})": "", "class A { constructor() {} constructor() {} }": "",
	"class A { get constructor() {} }": "", "class A { static prototype() {} }": "", "class A extends B { constructor() { super() } }": "",
	"class A { constructor() { super() } }": "", "class A { #a; #a }": "", "class A { a() { this.#b } }": "", "class A { #a; b() { delete this.#a } }": "",
	"class A { static { await } }": "", "class A { static { return } }": "", "class A { constructor = 1 }": "", "class A { #constructor }": "",
	"super.a": "", "new.target": "", "new.targe": "", "async () => { for await (const a of b) {} }": "", "for await (const a of b) {}": "",
	"async function f() { await }": "", "async function* f() { yield await a }": "", "function* f() { yield\na; yield* b }": "",
	"function* f(a = yield) {}": "", "async (await) => {}": "", "(a, a) => {}": "", "function f(a, a) {}": "", "function f(a, a = 1) {}": "",
	"function f(a = 1) { 'use strict' }": "", "(...a, b) => {}": "", "(a, ...b) => {}": "", "(a\n) => {}": "", "(a)\n=> {}": "",
	"async\n(a) => {}": "", "async (a)\n=> {}": "", "/a/gg": "", "/(?<n>a)(?<m>b)\\k<n>/u": "", "/a/gimsuy": "", "/[/": "", "/a": "",
	"'\\x4'": "", "'\\u{110000}'": "", "'a\nb'": "", "'\u2028'": "", "`\\x4`": "", "a`\\x4`": "", "'\\8'": "", "1_000": "", "1__0": "",
	"1_": "", "0_1": "", "08.5": "", "07.5": "", "0b2": "", "1n": "", "01n": "", "1.5n": "", "3in []": "", "3a": "", "a\\u0062c": "",
	"\\u0069f (a) {}": "", "a.\\u0069f": "", "var \\u{61}b": "", "𠮷 = 1": "", "a\u00a0=\u20001": "", "a = b\n/c/d": "", "debugger": "",
	"import.meta": "", "import a from 'b'": "", "export default 1": "", "enum A {}": "", "interface = 1": "", "package = 1": "", "a: b: c": "",
	"label: for (;;) { continue label }": "", "for (let of of b) {}": "", "for (let of b) {}": "", "for (async of b) {}": "", "for (var i of a, b) {}": "",
	"for (var i, j of a) {}": "", "for (let i = 0 in a) {}": "", "for (const a in b) {}": "", "for (const a;;) {}": "", "for (a.b of c) {}": "",
	"for (let in a) {}": "", "let\n{}": "", "yield": "", "{ a }\n/b/g": "", "a++\n/b/g": "", "a = {} / 1": "", "a = function () {} / 1": "", "}": "", "(": "",
	"new a": "", "new a.b(c).d": "", "a?.5:b": "", "a ? b : c ? d : e": "", "x = a, b": "", "var a = b, c": "", "void 0": "", "a --> b": "", "@a class B {}": "esbuild writes decorators out",
	"for (var i = 0 in a) {}": "",

	"try {} catch (e) { var e }": "goja lets no var have the name of a catch's parameter",
	"/a/d":                       "goja knows no flag d",

	"f() = 1":            "esbuild refuses what throws a ReferenceError when it is reached",
	"f()++":              "esbuild refuses what throws a ReferenceError when it is reached",
	"for (f() in a) {}":  "esbuild refuses what throws a ReferenceError when it is reached",
	"using a = b":        "esbuild writes using out",
	"(a, )":              "esbuild lets the comma pass",
	"/[\\p{L}--[a-z]]/v": "goja knows no flag v",
	"a <!-- b":           "HTML comments are refused",
	"a\n--> b":           "HTML comments are refused",
}

// TestAcceptanceAsNode holds what is accepted here against Node's vm.Script.
func TestAcceptanceAsNode(t *testing.T) {
	type text struct{ Text, Why string }
	var texts []text
	for body, why := range syntaxes {
		texts = append(texts, text{"function (user, context, callback) { " + body + "\n}", why})
	}
	for _, f := range forms {
		why := ""
		if f.nodeToo {
			why = "no function"
		}
		texts = append(texts, text{f.text, why})
	}
	for _, path := range rules(t) {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".js") {
				texts = append(texts, text{string(f.Data), ""})
			}
		}
	}
	var answers []string
	nodejs.Ask(t, nodejs.Command(t, "-e", `
		const vm = require('vm');
		const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
		console.log(JSON.stringify(texts.map(({Text}) => {
			try { new vm.Script('(' + Text.replace(/^\uFEFF/, '') + '\n)'); return '' } catch (e) { return e.message }
		})))`), texts, &answers)
	require.Len(t, answers, len(texts))
	for i, tt := range texts {
		_, found := rule("r.js", tt.Text)
		if codeIn(found, diag.TrailingSemicolon) {
			continue // accepted with a warning, as the contract wants
		}
		agree := found.HasErrors() == (answers[i] != "")
		if tt.Why == "" {
			assert.True(t, agree, "%q: node says %q, here %v", tt.Text, answers[i], found)
		} else {
			assert.False(t, agree, "%q: node agrees by now, although %s", tt.Text, tt.Why)
		}
	}
}

func codeIn(list diag.List, code diag.Code) bool {
	for _, d := range list {
		if d.Code == code {
			return true
		}
	}
	return false
}

// rules are the archives of the project's rules.
func rules(t *testing.T) []string {
	var out []string
	err := filepath.WalkDir("../../testdata/patterns", func(path string, d os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".txtar" {
			out = append(out, path)
		}
		return nil
	})
	require.NoError(t, err)
	return out
}
