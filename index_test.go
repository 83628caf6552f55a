package ferrule_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// described is all that there is to say of an outcome but for times.
func described(user, login enginetest.Tree, out ferrule.Outcome, err error) string {
	if err != nil {
		return err.Error()
	}
	text := enginetest.Want(user, login, out)
	for _, rule := range out.Rules {
		text += fmt.Sprintf("%s %s", rule.Name, rule.Engine)
		if rule.Exit != nil {
			text += fmt.Sprintf(" %s %d:%d", rule.Exit.Code, rule.Exit.Line, rule.Exit.Column)
		}
		text += "\n"
	}
	return text
}

// TestIndexOnPipelines runs the shipped folders with the index of guards and without it.
func TestIndexOnPipelines(t *testing.T) {
	entries, err := os.ReadDir(pipelines)
	require.NoError(t, err)
	for _, entry := range entries {
		t.Run(entry.Name(), func(t *testing.T) {
			without := pipelineOptions(t, entry.Name())
			without.Without = ferrule.GuardIndex
			on, off := loadPipeline(t, entry.Name(), pipelineOptions(t, entry.Name())), loadPipeline(t, entry.Name(), without)
			for _, c := range readCases(t, entry.Name()) {
				in, user, login := c.input()
				out, err := on.Run(context.Background(), in)
				got := described(user, login, out, err)
				in, user, login = c.input()
				out, err = off.Run(context.Background(), in)
				assert.Equal(t, described(user, login, out, err), got, c.ID)
			}
		})
	}
}

// guarded are rules that do something for some logins. %d is the rule's number, %q a text.
var guarded = []string{
	"if (context.clientID !== %q) return callback(null, user, context);\n  user.r%d = true;\n  callback(null, user, context);",
	"if (context.connection === %q) { user.r%d = context.clientID; }\n  callback(null, user, context);",
	"var apps = ['a', %q, 'c']; if (apps.indexOf(context.clientID) === -1) return callback(null, user, context);\n  user.r%d = (user.n || 0) + 1;\n  callback(null, user, context);",
	"if (context.protocol === 'x' || context.clientID === %q) return callback(null, user, context);\n  user.r%d = context.protocol;\n  callback(null, user, context);",
	"const id = context.clientID;\n  if (id === %q) { console.log('r%d'); return callback(new UnauthorizedError('no')); }\n  callback(null, user, context);",
	"if (context.clientID !== %q || user.x.y) return callback(null, user, context);\n  user.r%d = 1;\n  callback(null, user, context);",
	// Rules that change what others are guarded by.
	"if (user.move) { context.clientID = %q; user.r%d = 1; }\n  callback(null, user, context);",
	"if (user.move) { context[user.move] = %q; user.r%d = 1; }\n  callback(null, user, context);",
	"if (user.drop === %q) return callback(null, user, null);\n  user.r%d = 1;\n  callback(null, user, context);",
	"if (user.leave) { eval('context.clientID = ' + JSON.stringify(%q)); user.r%d = 1; }\n  callback(null, user, context);",
	"if (context.clientID === 'b') delete context.connection; else context.idToken = { c: %q, r%d: context.clientID };\n  callback(null, user, context);",
}

// TestIndexOnGenerated runs generated pipelines of guarded rules and of rules that change what
// these look at, for usual and unusual values, with the index of guards and without it.
func TestIndexOnGenerated(t *testing.T) {
	seed := firstSeed(t)
	type name string
	values := []any{"a", "b", "c", "d", "", nil, 1.0, true, "\xff", "a\xff", name("a"), []any{"a"}, map[string]any{}, "\u00e9"}
	for i := range amount(t, "FERRULE_INDEXED", 60) {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		files := map[string]string{}
		for n := range 1 + random.IntN(9) {
			body := fmt.Sprintf(guarded[random.IntN(len(guarded))], string(rune('a'+random.IntN(4))), n)
			files[fmt.Sprintf("%02d.js", n)] = "function (user, context, callback) {\n  " + body + "\n}"
		}
		on := load(t, files, nil)
		off := load(t, files, &ferrule.Options{Without: ferrule.GuardIndex})
		for range 12 {
			user, login := map[string]any{}, map[string]any{}
			for _, key := range []string{"clientID", "connection", "protocol"} {
				if random.IntN(6) > 0 {
					login[key] = values[random.IntN(len(values))]
				}
			}
			for key, value := range map[string]any{"move": "clientID", "drop": "a", "leave": true, "x": map[string]any{"y": true}} {
				if random.IntN(3) == 0 {
					user[key] = value
				}
			}
			run := func(p *ferrule.Pipeline) string {
				in := ferrule.Input{User: maps.Clone(user), Context: maps.Clone(login), Now: enginetest.Now}
				out, err := p.Run(context.Background(), in)
				return described(enginetest.Tree{Value: maps.Clone(user)}, enginetest.Tree{Value: maps.Clone(login)}, out, err) + fmt.Sprintf("%#v %#v", in.User, in.Context)
			}
			require.Equal(t, run(off), run(on), "%v\n%v\n%s", user, login, strings.Join(slices.Sorted(maps.Values(files)), "\n"))
		}
	}
}
