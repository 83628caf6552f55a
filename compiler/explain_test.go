package compiler_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// unit reads a rule; its program is made by hand.
func unit(t *testing.T, src string, opts folder.Options) *compiler.Unit {
	t.Helper()
	read, list := folder.One("rules/gate.js", src, opts)
	require.NoError(t, list.Err())
	compiled, list := compiler.Compile(read.Rules, compiler.Options{Configuration: read.Configuration, Modules: standIns})
	require.NoError(t, list.Err())
	require.Len(t, compiled.Units, 1)
	return compiled.Units[0]
}

func at(t *testing.T, u *compiler.Unit, text string) source.Span {
	t.Helper()
	i := strings.Index(u.Origin.File.Text, text)
	require.GreaterOrEqual(t, i, 0)
	return u.Origin.File.Span(i, i+len(text))
}

// TestExplainSpeaksOfTheUsersFile: keyword markers make the text that is compiled another
// one than the user's; lines and places are those of the user's.
func TestExplainSpeaksOfTheUsersFile(t *testing.T) {
	u := unit(t, "function (user, context, callback) {\n  if (@@LIST@@.length) fetchRoles(user);\n  callback(null, user, context);\n}\n",
		folder.Options{Mappings: map[string]any{"LIST": []any{"a", "b"}}})
	call := at(t, u, "fetchRoles(user)")
	u.IR = &ir.Rule{Name: "gate", Steps: []ir.Step{
		&ir.If{At: at(t, u, "if"), Cond: &ir.Const{At: call, Value: true}, Then: []ir.Step{&ir.Exit{At: call, Code: string(diag.CallNotPure), Note: "fetchRoles(user)"}}},
		&ir.Done{At: at(t, u, "callback(null, user, context)")},
	}}
	u.Lowered = &program.Rule{Exprs: []program.Expr{{Expr: "true", CEL: "true && true", At: program.Pos{Line: 2, Column: 7}}}}
	explained := compiler.Explain(&compiler.Program{Units: []*compiler.Unit{u}})
	require.Len(t, explained, 1)
	e := explained[0]
	assert.Equal(t, compiler.Wholly == e.Compiled, false)
	assert.Equal(t, []int{2, 3}, []int{e.Program[0].Number, e.Program[len(e.Program)-1].Number})
	require.Len(t, e.Exits, 1)
	assert.Equal(t, "rules/gate.js:2:24: exit: fetchRoles(user) is called, and what that does is not known [call-not-pure]", e.Exits[0].Error())
	assert.Contains(t, e.Exits[0].Text(), "  if (@@LIST@@.length) fetchRoles(user);\n")

	text, err := e.JSON(compiler.TextsOf{Expr: true, CEL: true, IR: true})
	require.NoError(t, err)
	var object map[string]any
	require.NoError(t, json.Unmarshal(text, &object))
	assert.Equal(t, "in part", object["compiled"])
	assert.Equal(t, []any{map[string]any{"line": 2.0, "column": 7.0, "text": "true && true"}}, object["cel"])
	assert.NotContains(t, string(text), `\u0026`)
	assert.Contains(t, object["ir"], "exit call-not-pure")
	plain, err := e.JSON(compiler.TextsOf{})
	require.NoError(t, err)
	assert.NotContains(t, string(plain), `"cel"`)
}

// TestExplainWithoutProgram: a rule that no stage lowered is JavaScript's as a whole.
func TestExplainWithoutProgram(t *testing.T) {
	u := unit(t, "function (user, context, callback) { callback(null, user, context); }", folder.Options{})
	u.IR = nil
	e := compiler.Explain(&compiler.Program{Units: []*compiler.Unit{u}})[0]
	assert.Equal(t, compiler.Not, e.Compiled)
	assert.Equal(t, "rules/gate.js", e.File)
	assert.Equal(t, "     1  JavaScript runs the whole rule\n", e.Text())
}

// TestExplainBlames: rules behind one that changes what all share are not to blame.
func TestExplainBlames(t *testing.T) {
	files := fstest.MapFS{
		"a.js": {Data: []byte("function (user, context, callback) {\n  Array.prototype.last = 1;\n  callback(null, user, context);\n}")},
		"b.js": {Data: []byte("function (user, context, callback) { callback(null, user, context); }")},
	}
	read, list := folder.Read(files, ".", folder.Options{})
	require.NoError(t, list.Err())
	made, list := compiler.Compile(read.Rules, compiler.Options{Modules: standIns})
	require.NoError(t, list.Err())
	rules := compiler.Explain(made)
	require.Len(t, rules[1].Exits, 1)
	assert.NotEmpty(t, rules[0].Exits[0].Advice)
	assert.Empty(t, rules[1].Exits[0].Advice)
	assert.Equal(t, "     1  JavaScript takes over: the rule a may change JavaScript's own objects, and this one runs behind it\n", rules[1].Text())
}

// TestExplainSaysWhatIsSkipped: the logins for which a rule does nothing are said beside.
func TestExplainSaysWhatIsSkipped(t *testing.T) {
	for cond, want := range map[string]string{
		"context.clientID !== 'a'":                             `context.clientID is not "a"`,
		"context.connection === 'a'":                           `context.connection is "a"`,
		"['a', 'b'].indexOf(context.clientID) < 0":             `context.clientID is none of "a", "b"`,
		"['a','b','c','d','e','f'].includes(context.protocol)": `context.protocol is one of "a", "b", "c", "d", … (2 more)`,
	} {
		u := unit(t, "function (user, context, callback) {\n  if ("+cond+") return callback(null, user, context);\n  user.a = 1;\n  callback(null, user, context);\n}\n", folder.Options{})
		explained := compiler.Explain(&compiler.Program{Units: []*compiler.Unit{u}})
		assert.Equal(t, []string{want}, explained[0].Skipped)
	}
}
