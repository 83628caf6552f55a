package ferrule_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// bigProfile is decoded JSON of about so many bytes.
func bigProfile(bytes int) map[string]any {
	var entries []any
	for size := 0; size < bytes; size += 500 {
		entries = append(entries, map[string]any{
			"id": float64(size), "name": "entry " + strings.Repeat("é", 100), "tags": []any{"a", "b", nil, true, 1.5},
			"nested": map[string]any{"a": map[string]any{"b": strings.Repeat("x", 100)}},
		})
	}
	return map[string]any{"user_id": "u", "entries": entries, "app_metadata": map[string]any{"plan": "free"}}
}

// A user of 5 MB: a rule that reads little, one that reads everything, one that writes deep.
func TestBigUser(t *testing.T) {
	user := bigProfile(6_500_000)
	text, err := json.Marshal(user)
	require.NoError(t, err)
	require.Greater(t, len(text), 4_500_000)
	entries := user["entries"].([]any)
	first := entries[0].(map[string]any)
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.plan = user.app_metadata.plan; callback(null, user, context); }`,
		"2.js": `function (user, context, callback) { user.length = JSON.stringify(user.entries).length; callback(null, user, context); }`,
		"3.js": `function (user, context, callback) { user.entries[user.entries.length - 1].nested.a.b = 'changed'; callback(null, user, context); }`,
	}, nil)
	out := run(t, p, ferrule.Input{User: user})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, "free", user["plan"])
	assert.Greater(t, user["length"], 3_000_000.0)
	after := user["entries"].([]any)
	assert.Equal(t, "changed", after[len(after)-1].(map[string]any)["nested"].(map[string]any)["a"].(map[string]any)["b"])
	first["marked"] = true
	assert.Equal(t, true, after[0].(map[string]any)["marked"], "objects that the rules left alone keep their identity")
	out2, err := out.UserJSON()
	require.NoError(t, err)
	assert.Greater(t, len(out2), 4_000_000)
}

// A user with 100,000 keys: they are read, counted, deleted and added.
func TestUserWithManyKeys(t *testing.T) {
	user := map[string]any{}
	for i := range 100_000 {
		user[fmt.Sprintf("key%d", i)] = float64(i)
	}
	p := compile(t, `function (user, context, callback) {
  var n = 0;
  for (var key in user) n += user[key];
  for (var i = 0; i < 100000; i += 2) delete user['key' + i];
  user.sum = n;
  user.keys = Object.keys(user).length;
  callback(null, user, context);
}`, nil)
	out := run(t, p, ferrule.Input{User: user})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, 99_999.0*100_000/2, user["sum"])
	assert.Equal(t, 50_001.0, user["keys"])
	assert.Len(t, user, 50_002)
	assert.NotContains(t, user, "key0")
}

// Keys that are added, deleted and added again keep their order, and many of them cost
// no more than each by itself.
func TestManyKeysWrittenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	const count = 100_000
	user := map[string]any{}
	for i := range count {
		user[fmt.Sprintf("key%06d", i)] = float64(i)
	}
	p := compile(t, `function (user, context, callback) {
  var keys = Object.keys(user), i;
  for (i = 0; i < keys.length; i++) { var v = user[keys[i]]; delete user[keys[i]]; user[keys[i]] = v; }
  for (i = 0; i < keys.length; i++) user['new' + i] = i;
  for (i = 0; i < keys.length; i++) if (i % 3) delete user['new' + i];
  delete user.key000000; user.key000000 = 0;
  keys = Object.keys(user);
  context.found = [keys.length, keys[0], keys[99998], keys[99999], keys[100000], keys[keys.length - 1]].join();
  callback(null, user, context);
}`, nil)
	login := map[string]any{}
	out := run(t, p, ferrule.Input{User: user, Context: login})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, "133334,key000001,key099999,new0,new3,key000000", login["found"])
	assert.Len(t, user, 133_334)
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), `{"key000001":1,`))
	assert.True(t, strings.HasSuffix(string(text), `"new99999":99999,"key000000":0}`))
}

// deep nests objects and arrays.
func deep(levels int) any {
	var value any = "bottom"
	for i := range levels {
		if i%2 == 0 {
			value = map[string]any{"d": value}
		} else {
			value = []any{value}
		}
	}
	return value
}

// Nesting of 10,000 levels passes through rules that read it, leave it alone or build it.
func TestDeepNesting(t *testing.T) {
	depth := func(value any) int {
		levels := 0
		for {
			switch v := value.(type) {
			case map[string]any:
				value = v["d"]
			case []any:
				value = v[0]
			default:
				return levels
			}
			levels++
		}
	}
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.touched = true; callback(null, user, context); }`,
		"2.js": `function (user, context, callback) {
  var at = user.deep, n = 0;
  while (typeof at === 'object') { at = Array.isArray(at) ? at[0] : at.d; n++; }
  user.levels = n; user.bottom = at;
  for (var i = 0, built = 'bottom'; i < 9990; i++) built = i % 2 ? [built] : { d: built };
  user.built = built;
  callback(null, user, context);
}`,
		"3.js": `function (user, context, callback) {
  // JSON.stringify gives up at such a depth, as in Node.
  var a = user.deep, b = user.built;
  while (typeof a === 'object' && Array.isArray(a) === Array.isArray(b)) { a = Array.isArray(a) ? a[0] : a.d; b = Array.isArray(b) ? b[0] : b.d; }
  user.same = a === b;
  callback(null, user, context);
}`,
	}, nil)
	out := run(t, p, ferrule.Input{User: map[string]any{"deep": deep(9_990)}})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, 9_990.0, out.User["levels"])
	assert.Equal(t, "bottom", out.User["bottom"])
	assert.Equal(t, true, out.User["same"])
	assert.Equal(t, 9_990, depth(out.User["deep"]))
	assert.Equal(t, 9_990, depth(out.User["built"]))
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(text), `"bottom"}`))
}

// Far deeper nesting ends in an outcome or an error, never in a crash.
func TestAbsurdNesting(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.read = typeof user.deep; callback(null, user, context); }`,
		"2.js": `function (user, context, callback) {
  for (var i = 0, built = 1; i < 100000; i++) built = [built];
  if (user.build) context.built = built;
  callback(null, user, context);
}`,
	}, nil)
	for _, in := range []ferrule.Input{{User: map[string]any{"deep": deep(100_000)}}, {User: map[string]any{"build": true}}} {
		out, err := p.Run(context.Background(), in)
		var input *ferrule.InputError
		if err != nil {
			require.ErrorAs(t, err, &input)
		}
		assert.NotZero(t, out.Decision)
	}
}

type plan struct {
	Name   string    `json:"name"`
	Until  time.Time `json:"until"`
	Hidden string    `json:"-"`
	Seats  int       `json:"seats,omitempty"`
}

type brokenValue struct{}

func (brokenValue) MarshalJSON() ([]byte, error) { return nil, errors.New("cannot be written") }

// Odd Go values are read as encoding/json would write them.
func TestOddGoValues(t *testing.T) {
	when := time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)
	var nilMap map[string]any
	var nilSlice []string
	var nilPlan *plan
	one := 1
	odd := map[string]any{
		"strings": []string{"a", "b"}, "number": json.Number("12.50"), "time": when, "struct": plan{Name: "pro", Until: when, Hidden: "h"},
		"pointer": &plan{Name: "free", Until: when, Seats: 3}, "nilPointer": nilPlan, "nilMap": nilMap, "nilSlice": nilSlice,
		"stringMap": map[string]string{"k": "v"}, "intMap": map[int]bool{2: true, 10: false}, "bytes": []byte("hi"), "raw": json.RawMessage(`{"z":1,"a":[true]}`),
		"int": 7, "int64": int64(math.MinInt64), "uint8": uint8(255), "float32": float32(0.5), "pointerToInt": &one, "maps": []map[string]any{{"a": 1}},
		"duration": time.Second, "named": ferrule.KindRule, "array": [2]bool{true, false}, "anys": []any{1, "x", nilMap},
	}
	want, err := json.Marshal(odd)
	require.NoError(t, err)
	p := compile(t, `function (user, context, callback) {
  context.seen = JSON.stringify(user);
  context.types = [Array.isArray(user.strings), typeof user.number, typeof user.time, user.nilMap, user.nilSlice, user.int + 1, user.strings.concat('c').length].join();
  callback(null, user, context);
}`, nil)
	login := map[string]any{}
	out := run(t, p, ferrule.Input{User: odd, Context: login})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	seen, _ := login["seen"].(string)
	assert.JSONEq(t, string(want), seen)
	assert.Equal(t, "true,number,string,,,8,3", login["types"])
	assert.Equal(t, []string{"a", "b"}, odd["strings"], "what no rule wrote keeps its Go type")
	assert.Equal(t, when, odd["time"])
	assert.Equal(t, int64(math.MinInt64), odd["int64"])

	// What a rule writes into one of them takes its place as decoded JSON.
	p = compile(t, `function (user, context, callback) {
  user.strings.push('c'); user.struct.name = 'gold'; user.stringMap.n = 1; user.int += 0.5;
  callback(null, user, context);
}`, nil)
	out = run(t, p, ferrule.Input{User: odd})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, []any{"a", "b", "c"}, odd["strings"])
	assert.Equal(t, map[string]any{"name": "gold", "until": "2026-03-02T10:30:00Z"}, odd["struct"])
	assert.Equal(t, map[string]any{"k": "v", "n": 1.0}, odd["stringMap"])
	assert.Equal(t, 7.5, odd["int"])
	assert.Equal(t, &plan{Name: "free", Until: when, Seats: 3}, odd["pointer"])
}

// A value that cannot be written as JSON fails a login only when it is read.
func TestUnreadableValues(t *testing.T) {
	cyclic := map[string]any{}
	cyclic["self"] = cyclic
	values := map[string]any{"channel": make(chan int), "function": func() {}, "broken": brokenValue{}, "complex": complex(1, 2)}
	reads := compile(t, `function (user, context, callback) { user.touched = true; context.kind = typeof user.odd; callback(null, user, context); }`, nil)
	ignores := compile(t, `function (user, context, callback) { user.touched = true; callback(null, user, context); }`, nil)
	for name, value := range values {
		in := ferrule.Input{User: map[string]any{"odd": value}}
		out, err := reads.Run(context.Background(), in)
		var input *ferrule.InputError
		require.ErrorAs(t, err, &input, name)
		require.Equal(t, ferrule.Failed, out.Decision, name)
		assert.Equal(t, ferrule.KindInput, out.Err.Kind)
		assert.NotContains(t, in.User, "touched")
	}
	for name, value := range map[string]any{"channel": make(chan int), "cyclic": cyclic} {
		in := ferrule.Input{User: map[string]any{"odd": value}}
		out, err := ignores.Run(context.Background(), in)
		if err == nil {
			assert.Equal(t, ferrule.Allowed, out.Decision, name)
			continue
		}
		var input *ferrule.InputError
		require.ErrorAs(t, err, &input, name)
	}
	out, err := reads.Run(context.Background(), ferrule.Input{User: map[string]any{"odd": cyclic}})
	t.Log(out.Decision, err)
}

// Numbers, texts and keys at their edges.
func TestEdgeValues(t *testing.T) {
	const text = `{"user_id":"u","__proto__":{"polluted":true},"constructor":1,"toString":"t","big":12345678901234567890,"tiny":5e-324,"zero":-0,"lone":"\ud800","nul":"\u0000","é":"😀","":"empty","1":"one","0":"zero"}`
	tree, order, err := jsondoc.Decode([]byte(text))
	require.NoError(t, err)
	user, _ := tree.(map[string]any)
	p := compile(t, `function (user, context, callback) {
  context.polluted = ({}).polluted === undefined && user.polluted === undefined;
  context.keys = Object.keys(user).join();
  context.lone = user.lone.length + ':' + user.lone.charCodeAt(0);
  context.negative = Object.is(user.zero, -0) || user.zero === 0;
  user.nan = NaN; user.infinite = 1 / 0; user.minus = -0; user.undef = undefined; user.half = '\udc00'; user.date = new Date(0);
  user.fn = function () {}; user.list = [undefined, function () {}, NaN];
  callback(null, user, context);
}`, nil)
	login := map[string]any{}
	out := run(t, p, ferrule.Input{User: user, Context: login, Order: order})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, true, login["polluted"])
	assert.Equal(t, "0,1,user_id,__proto__,constructor,toString,big,tiny,zero,lone,nul,é,", login["keys"])
	assert.Equal(t, "1:55296", login["lone"])
	assert.Nil(t, user["nan"])
	assert.Contains(t, user, "nan")
	assert.NotContains(t, user, "undef")
	assert.NotContains(t, user, "fn")
	assert.Equal(t, []any{nil, nil, nil}, user["list"])
	assert.Equal(t, "1970-01-01T00:00:00.000Z", user["date"])
	back, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"0":"zero","1":"one","user_id":"u","__proto__":{"polluted":true},"constructor":1,"toString":"t","big":12345678901234567000,"tiny":5e-324,"zero":0,"lone":"\ud800","nul":"\u0000","é":"😀","":"empty","nan":null,"infinite":null,"minus":0,"half":"\udc00","date":"1970-01-01T00:00:00.000Z","list":[null,null,null]}`, string(back))
}

// Inputs that hold nothing.
func TestEmptyInputs(t *testing.T) {
	p := compile(t, `function (user, context, callback) { user.keys = Object.keys(user).length + Object.keys(context).length; callback(null, user, context); }`, nil)
	out := run(t, p, ferrule.Input{})
	assert.Equal(t, map[string]any{"keys": 0.0}, out.User)
	assert.NotNil(t, out.Context)
	text, err := out.ContextJSON()
	require.NoError(t, err)
	assert.Equal(t, "{}", string(text))
}

// The texts of Go maps need not be UTF-8.
func TestInvalidUTF8(t *testing.T) {
	p := compile(t, `function (user, context, callback) { user.copy = user.text + '!'; callback(null, user, context); }`, nil)
	out := run(t, p, ferrule.Input{User: map[string]any{"text": "a\xffb"}})
	require.Equal(t, ferrule.Allowed, out.Decision)
	assert.Equal(t, "a\ufffdb!", out.User["copy"])
	assert.Equal(t, "a\xffb", out.User["text"], "untouched values stay")
}
