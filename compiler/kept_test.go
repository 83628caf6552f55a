package compiler

import (
	goruntime "runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

const configured = `// é
function (user, context, callback) {
  user.team = configuration.TEAM + @@N@@;
  callback(null, user, context);
}`

func compileText(t *testing.T, name, text string) *Program {
	t.Helper()
	read, list := folder.One(name, text, folder.Options{Mappings: map[string]any{"N": "long text"}})
	require.NoError(t, list.Err())
	p, list := Compile(read.Rules, Options{Configuration: map[string]string{"TEAM": "red"}})
	require.NoError(t, list.Err())
	return p
}

// TestForgotten: an engine keeps neither the trees of its rules nor their IR.
func TestForgotten(t *testing.T) {
	var gone atomic.Int32
	p := compileText(t, "r.js", configured)
	engine := p.Engine
	for _, u := range p.Units {
		goruntime.SetFinalizer(u.Script, func(any) { gone.Add(1) })
		goruntime.SetFinalizer(u.IR, func(any) { gone.Add(1) })
	}
	p = nil
	for range 20 {
		if goruntime.GC(); gone.Load() == 2 {
			break
		}
	}
	assert.Equal(t, int32(2), gone.Load())
	goruntime.KeepAlive(engine)
}

// TestKeptPlaces: places are the same when the rule is read once more.
func TestKeptPlaces(t *testing.T) {
	for name, text := range map[string]string{
		"keyword.js":  configured,
		"plain.js":    "\uFEFF// é\r\nfunction (user, context, callback) {\r\n  callback(null, user, context);\r\n}\r\n",
		"types.ts":    "(user: User, context: Context, callback: (e: any) => void) => {\n  const é: string = user.name; callback(é);\n}",
		"lowered.js":  "function (user, context, callback) {\n  class A { static { this.x = 1; } #y = 2; has(o) { return #y in o; } }\n  callback(null, user, context);\n}",
		"mended.js":   "function (user, context, callback) {\n  if (user) { function f() {} }\n  callback(null, user, context);\n};",
		"comments.js": "/* one */ (user, context, callback) => { /* two */ callback(null, user, context); } // three",
	} {
		p := compileText(t, name, text)
		u := p.Units[0]
		k := &kept{Kept: u.Origin.Keep()}
		wrapped := source.NewFile("", "("+u.Script.Code+"\n)")
		for line := -1; line <= wrapped.LineCount()+1; line++ {
			for column := range len(wrapped.Line(line)) + 3 {
				want := u.Origin.Position(u.Script.Pos(line, column).Offset)
				require.Equal(t, want, k.place(line, column), "%s %d:%d", name, line, column)
			}
		}
	}
}

// TestSpecializer: a rule that is compiled for another configuration is what it would be if
// the pipeline had that configuration; others keep their runner.
func TestSpecializer(t *testing.T) {
	p := compileText(t, "r.js", configured)
	s := newSpecializer(p)
	same, ok := s.specialize(map[string]string{"TEAM": "red", "OTHER": "x"})
	assert.True(t, ok)
	assert.Same(t, p.Units[0].runner, same[0])
	assert.Nil(t, s.read, "nothing is read for that")
	for _, other := range []map[string]string{{"TEAM": "blue"}, {}} {
		runners, ok := s.specialize(other)
		assert.True(t, ok)
		read, _ := folder.One("r.js", configured, folder.Options{Mappings: map[string]any{"N": "long text"}})
		want, list := Compile(read.Rules, Options{Configuration: other})
		require.NoError(t, list.Err())
		assert.Equal(t, want.Units[0].Lowered, runners[0].Rule())
	}

	plain := newSpecializer(compileText(t, "r.js", "(user, context, callback) => callback(null, user, context)"))
	assert.Nil(t, plain.kept)
	runners, _ := plain.specialize(map[string]string{"TEAM": "blue"})
	assert.Equal(t, plain.runners, runners)
}
