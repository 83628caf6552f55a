package parse_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func TestEntriesThatAreNoWords(t *testing.T) {
	for _, c := range []struct {
		code         string
		lists, evals bool
	}{
		{`var a = ['x', "y", 1, , 2]; f(['z'])`, false, false},
		{`var a = ['x', b]`, true, false},
		{`var a = ['x', ...b]`, true, false},
		{`var a = ['x', ['y']]`, true, false},
		{"var a = ['x', `${b}`]", true, false},
		{`a['https://example.com/roles'] = b; a[ns + 'roles'] = b; a['x' + f([0]) + g.h] = b`, false, false},
		{"a[`${ns}roles`] = b; a[`x${ns}`] = b; a[`roles`] = b", false, false},
		{`a['1' + b] = c`, true, false},
		{`a['len' + b] = c`, true, false},
		{`a['\x31'] = c`, true, false},
		{`a[+'0b1'] = c`, true, false},
		{`a[b + +'0b1'] = c`, true, false},
		{`a['x' ? 1 : 2] = c`, true, false},
		{`a[b + 'xyz'.length] = c`, true, false},
		{`a[b, 'x' * 1] = c`, true, false},
		{`a[typeof 'x' + 1] = c`, true, false},
		{`a[ns] = b`, true, false},
		{"a[`1${b}`] = c", true, false},
		{"a[`x` * `y`] = c", true, false},
		{"a[`x${`y`}`] = c", true, false},
		{`user.x = user.y[0] + user['z'] + user[user.k]; var a = []`, false, false},
		{`a = [a]`, true, false},
		{`return [a]`, true, false},
		{`f([1, a])`, true, false},
		{`a[0] = a`, true, false},
		{`a[0] == a`, false, false},
		{`a.push(1)`, true, false},
		{`a.length = 5`, true, false},
		{`if (a.length === 5) ;`, false, false},
		{"`${x}`[0]", false, false},
		{`eval('1')`, false, true},
		{`(0, eval)('1')`, false, false},
		{`globalThis.eval('1')`, false, false},
		{`a?.eval('1')`, false, false},
		{`f(...eval('1'))`, false, true},
	} {
		script, problems := parse.Rule(source.NewFile("rule.js", "function () { "+c.code+" }"), parse.Options{})
		require.NotNil(t, script, "%v", problems)
		assert.Equal(t, c.lists, script.Words[parse.MakesLists], c.code)
		assert.Equal(t, c.evals, script.Words[parse.DirectEval], c.code)
	}
}

func TestHasRegexps(t *testing.T) {
	for code, want := range map[string]bool{`/a/.test(b)`: true, "`${/a/}`": true, `a / b / c; '/x/' // y/z/`: false} {
		script, problems := parse.Rule(source.NewFile("rule.js", "function () { "+code+"\n}"), parse.Options{})
		require.NotNil(t, script, "%v", problems)
		assert.Equal(t, want, script.Words[parse.HasRegexps], code)
	}
}

func TestDeletesName(t *testing.T) {
	for code, want := range map[string]bool{
		`delete user.x; delete user['x']; delete user?.x; m.delete(k); m?.delete(k); var o = { delete: 1 }`: false,
		`delete x`: true, `delete (x)`: true, `delete x, y.z`: true,
	} {
		script, problems := parse.Rule(source.NewFile("rule.js", "function () { "+code+" }"), parse.Options{})
		require.NotNil(t, script, "%v", problems)
		assert.Equal(t, want, script.Words[parse.DeletesName], code)
	}
}
