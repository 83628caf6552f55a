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
		{`user.x = user.y[0] + user['z'] + user[user.k]; var a = []`, false, false},
		{`a = [a]`, true, false},
		{`return [a]`, true, false},
		{`f([1, 2])`, true, false},
		{`a[0] = a`, true, false},
		{`a[0] == a`, false, false},
		{`a.push(1)`, true, false},
		{`a.length = 5`, true, false},
		{`if (a.length === 5) ;`, false, false},
		{"`${x}`[0]", false, false},
		{`eval('1')`, false, true},
		{`(0, eval)('1')`, false, false},
	} {
		script, problems := parse.Rule(source.NewFile("rule.js", "function () { "+c.code+" }"), parse.Options{})
		require.NotNil(t, script, "%v", problems)
		assert.Equal(t, c.lists, script.Words[parse.MakesLists], c.code)
		assert.Equal(t, c.evals, script.Words[parse.DirectEval], c.code)
	}
}
