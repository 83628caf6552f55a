package ferrule_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
	ahead "github.com/ferrule-rules/ferrule/runtime/load"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// built compiles rules and answers the file.
func built(t *testing.T, files fstest.MapFS, opts *ferrule.Options, keep ferrule.Keep) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := ferrule.Build(&b, files, ".", opts, keep)
	require.NoError(t, err)
	return b.Bytes()
}

// TestBuiltPatterns runs all rules of testdata/patterns out of built files.
func TestBuiltPatterns(t *testing.T) {
	enginetest.Suite(t, "testdata/patterns", false, enginetest.Skips(t, "testdata/skip.txt"), func(rules []enginetest.Rule, options runtime.Options) (enginetest.Pipeline, error) {
		files := fstest.MapFS{}
		for _, rule := range rules {
			files[rule.File] = &fstest.MapFile{Data: []byte(rule.Text)}
		}
		var b bytes.Buffer
		_, err := ferrule.Build(&b, files, ".", &ferrule.Options{Tenant: options.Tenant, Domain: options.Domain, Configuration: options.Configuration, Modules: standIns}, ferrule.KeepUsed)
		if err != nil {
			return nil, err
		}
		loaded, err := ahead.Read(&b)
		if err != nil {
			return nil, err
		}
		if options.Store, err = auth0.NewMemoryStore(&auth0.MemoryOptions{CreateMissing: true}); err != nil {
			return nil, err
		}
		return loaded.Open(ahead.Options{Options: options})
	})
}

// TestBuildIsReproducible: the same rules and options give the same bytes, and a file
// says whether its rules changed.
func TestBuildIsReproducible(t *testing.T) {
	make := func() []byte {
		var b bytes.Buffer
		_, err := ferrule.Build(&b, os.DirFS("testdata/pipelines/acme"), ".", &ferrule.Options{Tenant: "acme"}, ferrule.KeepAll)
		require.NoError(t, err)
		return b.Bytes()
	}
	assert.Equal(t, make(), make())
}

const usesConfiguration = `function (user, context, callback) {
  user.team = configuration.TEAM + '!';
  callback(null, user, context);
}`

// TestBuiltConfiguration: what a file holds of the configuration, and what runs then.
func TestBuiltConfiguration(t *testing.T) {
	files := fstest.MapFS{"team.js": {Data: []byte(usesConfiguration)}}
	build := &ferrule.Options{Configuration: map[string]string{"TEAM": "red-secret", "OTHER": "other-secret"}}
	for _, c := range []struct {
		name   string
		keep   ferrule.Keep
		given  map[string]string
		team   string
		engine string
	}{
		{"used, given again", ferrule.KeepUsed, map[string]string{"TEAM": "red-secret"}, "red-secret!", "expr"},
		{"used, another", ferrule.KeepUsed, map[string]string{"TEAM": "blue"}, "blue!", "js"},
		{"used, none", ferrule.KeepUsed, nil, "undefined!", "js"},
		{"all", ferrule.KeepAll, nil, "red-secret!", "expr"},
		{"all, another", ferrule.KeepAll, map[string]string{"TEAM": "blue"}, "blue!", "js"},
		{"none, given again", ferrule.KeepNone, map[string]string{"TEAM": "red-secret"}, "red-secret!", "js"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := ferrule.Read(bytes.NewReader(built(t, files, build, c.keep)), &ferrule.Options{Configuration: c.given})
			require.NoError(t, err)
			user := map[string]any{}
			out, err := p.Run(context.Background(), ferrule.Input{User: user})
			require.NoError(t, err)
			assert.Equal(t, c.team, user["team"])
			assert.Equal(t, c.engine, out.Rules[0].Engine)
		})
	}
	var b bytes.Buffer
	closed := *build
	closed.Engine = ferrule.EngineExpr
	_, err := ferrule.Build(&b, files, ".", &closed, ferrule.KeepNone)
	assert.ErrorContains(t, err, "rule team uses the configuration (TEAM)")
}

// TestBuiltPositions: places in errors are those of the user's file, behind keyword
// markers and in TypeScript.
func TestBuiltPositions(t *testing.T) {
	for name, text := range map[string]string{
		"marker.js": "function (user, context, callback) {\n  const list = @@LIST@@; user.missing.property; callback(null, user, context);\n}",
		"typed.ts":  "(user: any, context: any, callback: any) => {\n  interface Longer { a: string }\n  user.missing.property as string; callback(null, user, context);\n}",
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{name: {Data: []byte(text)}}
			opts := &ferrule.Options{Folder: ferrule.FolderOptions{Mappings: map[string]any{"LIST": []any{"a", "b", "c"}}}}
			direct, err := ferrule.Load(files, opts)
			require.NoError(t, err)
			saved, err := ferrule.Read(bytes.NewReader(built(t, files, opts, ferrule.KeepUsed)), nil)
			require.NoError(t, err)
			var places []ferrule.Position
			for _, p := range []*ferrule.Pipeline{direct, saved} {
				out, err := p.Run(context.Background(), ferrule.Input{})
				require.NoError(t, err)
				require.NotNil(t, out.Err)
				at := out.Err.Pos
				at.Offset = 0
				places = append(places, at)
			}
			assert.Equal(t, places[0], places[1])
			line, column := places[1].Line, places[1].Column
			assert.True(t, strings.HasPrefix(strings.Split(text, "\n")[line-1][column-1:], "property"), "%d:%d", line, column)
		})
	}
}

func TestReadAndOpen(t *testing.T) {
	files := fstest.MapFS{"team.js": {Data: []byte(usesConfiguration)}}
	files["team.ferrule"] = &fstest.MapFile{Data: built(t, files, nil, ferrule.KeepUsed)}
	p, err := ferrule.Open(files, "team.ferrule", nil)
	require.NoError(t, err)
	assert.Equal(t, []ferrule.RuleInfo{{Name: "team", File: "team.js"}}, p.Rules())
	for _, path := range []string{"team.js", "."} {
		_, err = ferrule.Open(files, path, nil)
		assert.NoError(t, err)
	}
	_, err = ferrule.Open(files, "missing", nil)
	assert.ErrorContains(t, err, "no such file")
	_, err = ferrule.Read(strings.NewReader("x"), nil)
	var wrong *ferrule.FileError
	require.ErrorAs(t, err, &wrong)
	_, err = ferrule.Read(nil, &ferrule.Options{StateTTL: -1})
	var list ferrule.Diagnostics
	require.ErrorAs(t, err, &list)
	_, err = ferrule.Build(&bytes.Buffer{}, fstest.MapFS{}, ".", nil, ferrule.KeepUsed)
	require.ErrorAs(t, err, &list)
}
