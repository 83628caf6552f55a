package ferrule_test

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// pass is a rule that changes nothing.
const pass = "function (user, context, callback) { callback(null, user, context); }\n"

// tree is a file system of names and texts.
func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// standIns is the setting of test data that requires what is not installed.
var standIns = ferrule.ModuleOptions{AllowMissing: true}

// load loads a pipeline that must have no problem and closes it with the test.
func load(t testing.TB, files map[string]string, opts *ferrule.Options) *ferrule.Pipeline {
	t.Helper()
	p, err := ferrule.Load(tree(files), opts)
	require.NoError(t, err)
	t.Cleanup(func() { closeSoon(t, p) })
	return p
}

// compile is load for one rule.
func compile(t testing.TB, rule string, opts *ferrule.Options) *ferrule.Pipeline {
	t.Helper()
	p, err := ferrule.Compile("rule.js", rule, opts)
	require.NoError(t, err)
	t.Cleanup(func() { closeSoon(t, p) })
	return p
}

// run decides about a login.
func run(t testing.TB, p *ferrule.Pipeline, in ferrule.Input) ferrule.Outcome {
	t.Helper()
	out, err := p.Run(context.Background(), in)
	require.NoError(t, err)
	return out
}

// problems loads what cannot be a pipeline.
func problems(t testing.TB, files map[string]string, opts *ferrule.Options) ferrule.Diagnostics {
	t.Helper()
	p, err := ferrule.Load(tree(files), opts)
	require.Nil(t, p, "no pipeline when there are problems")
	var list ferrule.Diagnostics
	require.ErrorAs(t, err, &list)
	return list
}

// lines is the first line of each diagnostic.
func lines(list diag.List) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, d.Error())
	}
	return out
}

// names lists the rules that run.
func names(p *ferrule.Pipeline) []string {
	out := []string{}
	for _, rule := range p.Rules() {
		out = append(out, rule.Name)
	}
	return out
}
