package ferrule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// at is the line and the column (bytes) where marker begins in text.
func at(text, marker string) (line, column int) {
	before, _, found := strings.Cut(text, marker)
	if !found {
		panic("no marker " + marker)
	}
	return strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n')
}

// Errors that a rule meets while it runs stand where the user wrote them.
func TestRuntimePositions(t *testing.T) {
	mappings := map[string]any{
		"LIST":  []any{"a", "b", "a longer text than the marker"},
		"LINES": "1;\n\n\nvar more = 2", "SHORT": "x", "THROWS": "var a;\n\n a.b",
	}
	tests := []struct {
		name, file, text string
		marker           string // what the position points at
	}{
		{"first line", "rule.js", "function (user) { user.a.b.c = 1; }", "b.c = 1"},
		{"behind letters of several bytes", "rule.js", "function (user) {\n  var é = '😀'; user.a.b.c = 1;\n}", "b.c = 1"},
		{"CRLF and tabs", "rule.js", "function (user) {\r\n\tvar x;\r\n\t\tuser.a.b.c = 1;\r\n}", "b.c = 1"},
		{"a template header", "rule.js", "/**\n * @title A rule\n */\nfunction (user) {\n  user.a.b.c = 1;\n}", "b.c = 1"},
		{"behind a longer value on the same line", "rule.js", "function (user) {\n  var l = @@LIST@@; user.a.b.c = 1;\n}", "b.c = 1"},
		{"behind a shorter value in quotes", "rule.js", "function (user) {\n  var l = '@@SHORT@@'; user.a.b.c = 1;\n}", "b.c = 1"},
		{"behind a value of several lines", "rule.js", "function (user) {\n  var l = ##LINES##; user.a.b.c = 1;\n}", "b.c = 1"},
		{"lines below a value of several lines", "rule.js", "function (user) {\n  var l = ##LINES##;\n  var m = @@LIST@@;\n  user.a.b.c = 1;\n}", "b.c = 1"},
		{"inside a value: the marker", "rule.js", "function (user) {\n  ##THROWS##;\n}", "##THROWS##"},
		{"TypeScript", "rule.ts", "function (user: any, context: { a?: string }, callback: Function) {\n  interface A { b: string }\n  const a: A = user.a as A;\n  (a.b as any).c = 1;\n}", "b as any"},
		{"TypeScript after keywords", "rule.ts", "(user: any) => {\n  type T = string[];\n  const l: T = @@LIST@@; user.a.b.c = 1;\n}", "b.c = 1"},
		{"a private member", "rule.js", "(user) => {\n  class A { #x = 1; get(u) { return u.a.b; } }\n  new A().get(user);\n}", "b; }"},
		{"an async generator", "rule.js", "async (user) => {\n  async function* g() { yield user.a; }\n  for await (const x of g()) { x.b; }\n}", "b; }"},
		{"an async rule", "rule.js", "async (user) => {\n  await null;\n  user.a.b.c = 1;\n}", "b.c = 1"},
		{"a timer", "rule.js", "function (user) {\n  setTimeout(function () { user.a.b.c = 1; }, 1);\n}", "b.c = 1"},
		{"a promise nobody handles", "rule.js", "function (user) {\n  Promise.resolve().then(() => user.a.b.c);\n}", "b.c"},
		{"caught and thrown again", "rule.js", "function (user) {\n  try { user.a.b.c = 1; } catch (e) {\n    throw e; }\n}", "b.c = 1"},
		{"caught and handed over", "rule.js", "function (user, context, callback) {\n  try { user.a.b.c = 1; } catch (e) {\n    callback(e); }\n}", "b.c = 1"},
		{"made and handed over", "rule.js", "function (user, context, callback) {\n  callback(new Error('no'));\n}", "new Error"},
		{"a denial", "rule.js", "function (user, context, callback) {\n  callback(new UnauthorizedError('no'));\n}", "new Unauth"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := ferrule.Compile(tt.file, tt.text, &ferrule.Options{Folder: ferrule.FolderOptions{Mappings: mappings}})
			require.NoError(t, err)
			out := run(t, p, ferrule.Input{})
			closeSoon(t, p)
			require.NotNil(t, out.Err)
			line, column := at(tt.text, tt.marker)
			assert.Equal(t, tt.file, out.Err.File)
			assert.Equal(t, fmt.Sprintf("%d:%d", line, column), out.Err.Pos.String(), out.Err.Stack)
			assert.Contains(t, out.Err.Stack, fmt.Sprintf("(%s:%s)", tt.file, out.Err.Pos))
			assert.NotContains(t, out.Err.Stack, "rule#", "names of ours")
		})
	}
}

// A byte order mark is no part of the first line.
func TestRuntimePositionBehindByteOrderMark(t *testing.T) {
	out := run(t, compile(t, "\ufefffunction (user) { user.a.b.c = 1; }", nil), ferrule.Input{})
	assert.Equal(t, "1:26", out.Err.Pos.String())
}

// An error in a helper of another rule stands in that rule's file; to blame is the rule
// that ran.
func TestRuntimePositionInHelper(t *testing.T) {
	files := map[string]string{
		"rules/10-helpers.ts": "(user: any, context: any, callback: any) => {\n  const list: string[] = @@LIST@@;\n  (global as any).helper = function help(u: any) { return u.a.b; };\n  callback(null, user, context);\n}\n",
		"rules/20-use.js":     "function use(user, context, callback) {\n  global.helper(user);\n}\n",
	}
	out := run(t, load(t, files, &ferrule.Options{Folder: ferrule.FolderOptions{
		Prefix: "tenant", Mappings: map[string]any{"LIST": []any{"much", "longer", "than", "the", "marker"}},
	}}), ferrule.Input{})
	require.NotNil(t, out.Err)
	line, column := at(files["rules/10-helpers.ts"], "b; }")
	assert.Equal(t, "20-use", out.Err.Rule)
	assert.Equal(t, "tenant/rules/10-helpers.ts", out.Err.File)
	assert.Equal(t, fmt.Sprintf("%d:%d", line, column), out.Err.Pos.String())
	assert.Contains(t, out.Err.Stack, "at use (tenant/rules/20-use.js:2:")
}
