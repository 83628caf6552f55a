package steps_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// TestUndo writes at random and takes everything back: values, identities and key order are
// those from before.
func TestUndo(t *testing.T) {
	const user = `{"b":1,"a":{"y":1,"x":[1,{"k":"v"}],"2":{},"1":[]},"roles":["r",["s"],{"o":{}}],"n":null,"t":{"u":{"v":{"w":1}}}}`
	ran := 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 1))
		l := newLogin(t, user, `{"c":{"d":[{}]}}`)
		if seed%4 == 0 {
			l.order = nil
			l.work.Begin(runtime.State{User: l.user, Context: l.context})
		}
		before, beforeContext := l.texts(t)
		identities := identitiesOf(l.user)
		exits, rules := 0, 1+random.IntN(4)
		for range rules {
			r := randomRule(t, random)
			if l.run(r).Exit != nil {
				exits++
			}
			checkPlain(t, l.work.State().User)
			text, _ := l.texts(t)
			tree, order, err := jsondoc.Decode([]byte(text))
			require.NoError(t, err)
			again, err := jsondoc.Encode(tree, order)
			require.NoError(t, err)
			assert.Equal(t, text, string(again))
		}
		l.work.Undo()
		after, afterContext := l.texts(t)
		assert.Equal(t, before, after, "seed %d", seed)
		assert.Equal(t, beforeContext, afterContext, "seed %d", seed)
		assert.Equal(t, identities, identitiesOf(l.user), "seed %d", seed)
		if t.Failed() {
			return
		}
		ran += rules - exits
	}
	assert.Greater(t, ran, 200, "most rules exit")
}

// randomRule writes anything anywhere; some rules exit, some call back in the middle.
func randomRule(t *testing.T, random *rand.Rand) *steps.Runner {
	b := newRule("a", "b", "c")
	b.rule.MutatesLists = random.IntN(2) == 0
	keys := []string{"b", "a", "roles", "n", "t", "u", "v", "0", "1", "2", "x", "new", "newer"}
	somewhere := func() program.Place {
		var p program.Place
		if random.IntN(3) == 0 {
			p = localPlace(random.IntN(3))
		} else {
			p = place("user")
		}
		for range 1 + random.IntN(3) {
			p.Keys = append(p.Keys, program.Key{Name: keys[random.IntN(len(keys))], Expr: program.None})
		}
		return p
	}
	read := func(p program.Place) int {
		if p.Root == "" {
			return b.local(p.Local)
		}
		names := []string{}
		for _, key := range p.Keys {
			names = append(names, key.Name)
		}
		b.path("user", names...)
		i := len(b.rule.Paths) - 1
		return b.expr(func(f *steps.Frame) (any, error) {
			value := f.Path(i)
			if _, poison := value.(*jsvalue.Exit); poison {
				return jsvalue.Undefined, nil
			}
			return value, nil
		})
	}
	something := func() int {
		switch random.IntN(7) {
		case 0:
			return b.value(float64(random.IntN(5)))
		case 1:
			return b.value(jsvalue.Undefined)
		case 2:
			return b.expr(func(*steps.Frame) (any, error) { return object("p", 1.0, "q", list(1.0, object())), nil })
		case 3:
			return b.fresh(func(*steps.Frame) (any, error) { return []any{1.0, "x"}, nil })
		default:
			return read(somewhere())
		}
	}
	var body []program.Step
	called := false
	for range 2 + random.IntN(10) {
		var step program.Step
		target := somewhere()
		switch random.IntN(8) {
		case 0, 1, 2:
			step = set(target, something())
		case 3:
			step = &program.Delete{At: at, Target: target}
		case 4:
			step = &program.Let{At: at, Local: random.IntN(3), Value: something()}
		case 5:
			if b.rule.MutatesLists {
				target = place("user", "roles", "0")
				step = push(place("user", "roles"), something())
			}
		case 6:
			step = &program.Default{At: at, Target: target, Value: something()}
		case 7:
			if !called && random.IntN(3) == 0 {
				step, called = done, true
			}
		}
		switch step.(type) {
		case nil:
		case *program.Let, *program.Done:
			body = append(body, step)
		default: // most places do not exist: a write there would exit
			body = append(body, &program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return exists(f, target) }), Then: []program.Step{step}})
		}
	}
	if !called {
		body = append(body, done)
	}
	if random.IntN(4) == 0 {
		body = append(body, &program.Exit{At: at, Code: "forced"})
	}
	return b.compile(t, body...)
}

// exists reports whether a place can be written to.
func exists(f *steps.Frame, p program.Place) bool {
	at := f.User
	if p.Root == "" {
		at = f.Locals[p.Local]
	}
	for _, key := range p.Keys[:len(p.Keys)-1] {
		next, err := jsvalue.Get(at, key.Name)
		if err != nil {
			return false
		}
		at = next
	}
	last := p.Keys[len(p.Keys)-1].Name
	switch o := at.(type) {
	case map[string]any, *jsvalue.Object:
		return true
	case *jsvalue.List:
		i, ok := jsvalue.ArrayIndex(last)
		return ok && int(i) < len(o.Items)
	case []any:
		i, ok := jsvalue.ArrayIndex(last)
		return ok && int(i) < len(o) && f.Share != nil
	}
	return false
}

func identitiesOf(value any) []string {
	var found []string
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch v := value.(type) {
		case map[string]any:
			found = append(found, fmt.Sprint(path, " ", reflect.ValueOf(v).Pointer()))
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(path+"."+key, v[key])
			}
		case []any:
			found = append(found, fmt.Sprint(path, " ", reflect.ValueOf(v).Pointer()))
			for i, item := range v {
				walk(fmt.Sprint(path, ".", i), item)
			}
		}
	}
	walk("", value)
	return found
}

// checkPlain checks that a tree is decoded JSON and that nothing of it stands at two places.
func checkPlain(t *testing.T, value any) {
	t.Helper()
	seen := map[uintptr]bool{}
	var walk func(value any)
	walk = func(value any) {
		switch v := value.(type) {
		case nil, string, bool, float64:
		case map[string]any:
			at := reflect.ValueOf(v).Pointer()
			require.False(t, seen[at], "an object stands at two places")
			seen[at] = true
			for _, member := range v {
				walk(member)
			}
		case []any:
			if len(v) > 0 {
				at := reflect.ValueOf(v).Pointer()
				require.False(t, seen[at], "an array stands at two places")
				seen[at] = true
			}
			for _, item := range v {
				walk(item)
			}
		default:
			require.Fail(t, "no decoded JSON", "%T", value)
		}
	}
	walk(value)
}
