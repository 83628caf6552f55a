package jsvm_test

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func pointer(m any) uintptr { return reflect.ValueOf(m).Pointer() }

// TestInPlace: a successful run changes the caller's maps in place; what it left
// alone keeps identity and Go type.
func TestInPlace(t *testing.T) {
	p := compile(t, `
		user.changed.n = 2; user.added = { a: [1] }; delete user.gone;
		user.list.push('c'); user.objects[0].x = 1; user.number = user.number + 1;
		callback(null, user, context);`, nil)
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	changed, same, object := map[string]any{"n": 1, "keep": 5}, map[string]any{"deep": []any{1}}, map[string]any{"y": "z"}
	list := []any{"a", "b"}
	user := map[string]any{
		"changed": changed, "same": same, "gone": true, "list": list, "objects": []any{object}, "number": int64(41),
		"strings": []string{"s"}, "when": when, "raw": json.Number("7"),
	}
	out, err := p.Run(context.Background(), ferrule.Input{User: user, Context: map[string]any{}})
	require.NoError(t, err)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, pointer(user), pointer(out.User))
	assert.Equal(t, pointer(changed), pointer(user["changed"]))
	assert.Equal(t, map[string]any{"n": 2.0, "keep": 5}, changed)
	assert.Equal(t, pointer(same), pointer(user["same"]))
	assert.Equal(t, map[string]any{"deep": []any{1}}, same)
	assert.NotContains(t, user, "gone")
	assert.Equal(t, []any{"a", "b", "c"}, user["list"])
	assert.Equal(t, []any{"a", "b"}, list, "a changed array is a new slice")
	assert.Equal(t, pointer(object), pointer(user["objects"].([]any)[0]))
	assert.Equal(t, map[string]any{"y": "z", "x": 1.0}, object)
	assert.Equal(t, 42.0, user["number"])
	assert.Equal(t, []string{"s"}, user["strings"])
	assert.Equal(t, when, user["when"])
	assert.Equal(t, json.Number("7"), user["raw"])
	assert.Equal(t, map[string]any{"a": []any{1.0}}, user["added"])
}

// TestProxiesOfArrays: as for JSON.stringify, they are arrays.
func TestProxiesOfArrays(t *testing.T) {
	p := compile(t, `user.list = new Proxy(new Proxy([1, { a: 'b' }], {}), {}); user.object = new Proxy({ c: [] }, {}); callback(null, user, context);`, nil)
	user := map[string]any{}
	_, err := p.Run(context.Background(), ferrule.Input{User: user, Context: map[string]any{}})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"list": []any{1.0, map[string]any{"a": "b"}}, "object": map[string]any{"c": []any{}}}, user)
}

func TestDeniedLeavesTheInput(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.a.b = 2; user.c = 1; context.x = 1; callback(null, user, context); }`,
		"2.js": `function (user, context, callback) { user.a.b = 3; callback(new UnauthorizedError('no')); }`,
	}, nil)
	inner := map[string]any{"b": 1}
	user, login := map[string]any{"a": inner}, map[string]any{"y": 1}
	out, err := p.Run(context.Background(), ferrule.Input{User: user, Context: login})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Denied, out.Decision)
	assert.Equal(t, map[string]any{"a": map[string]any{"b": 1}}, user)
	assert.Equal(t, map[string]any{"y": 1}, login)
	assert.Equal(t, pointer(user), pointer(out.User))
	assert.Equal(t, pointer(inner), pointer(user["a"]))
}

func TestDroppedUser(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.x = 1; callback(null, null, context); }`,
		"2.js": `function (user, context, callback) { context.user = String(user); callback(null, user, context); }`,
	}, nil)
	user := map[string]any{"a": 1}
	out, err := p.Run(context.Background(), ferrule.Input{User: user})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Nil(t, out.User)
	assert.Equal(t, map[string]any{"a": 1}, user, "the caller's map stays as it was")
	assert.Equal(t, "null", out.Context["user"])
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, "null", string(text))
}

func TestNilInput(t *testing.T) {
	p := compile(t, `callback(null, user, context)`, nil)
	out, err := p.Run(context.Background(), ferrule.Input{})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{}, out.User)
	assert.Equal(t, map[string]any{}, out.Context)
}

func TestKeyOrder(t *testing.T) {
	p := compile(t, `
		user.b = 1; delete user.z; user.z = 2; user['10'] = 1; user['9'] = 2; user.nested.y = 1; user.nested.a = 2;
		callback(null, user, context);`, nil)
	tree, order, err := jsondoc.Decode([]byte(`{"z":0,"m":1,"nested":{"q":1},"a":[]}`))
	require.NoError(t, err)
	out, err := p.Run(context.Background(), ferrule.Input{User: tree.(map[string]any), Order: order})
	require.NoError(t, err)
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"9":2,"10":1,"m":1,"nested":{"q":1,"y":1,"a":2},"a":[],"b":1,"z":2}`, string(text))
}

func TestLoneSurrogates(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) { user.half = '\ud83d'; user.pair = user.half + '\ude00'; user['k\udc00'] = 1; callback(null, user, context); }`,
		"2.js": `function (user, context, callback) {
			user.codes = [user.half.charCodeAt(0), user.half.length, user.pair.length, user['k\udc00'], user['in'].charCodeAt(1)];
			callback(null, user, context);
		}`,
	}, nil)
	tree, order, err := jsondoc.Decode([]byte(`{"in":"a\ud800"}`))
	require.NoError(t, err)
	out, err := p.Run(context.Background(), ferrule.Input{User: tree.(map[string]any), Order: order})
	require.NoError(t, err)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"in":"a\ud800","half":"\ud83d","pair":"😀","k\udc00":1,"codes":[55357,1,2,1,55296]}`, string(text))
	assert.Equal(t, "\uFFFD", out.User["half"], "a Go map gets U+FFFD")
	assert.Equal(t, "😀", out.User["pair"])
}

func TestBadInput(t *testing.T) {
	p := compile(t, `JSON.stringify(user); callback(null, user, context)`, nil)
	cycle := map[string]any{}
	cycle["self"] = cycle
	for name, user := range map[string]map[string]any{
		"channel": {"c": make(chan int)}, "function": {"f": func() {}}, "infinity in a struct": {"x": struct{ F float64 }{math.Inf(1)}},
	} {
		out, err := p.Run(context.Background(), ferrule.Input{User: user})
		var input *ferrule.InputError
		require.ErrorAs(t, err, &input, name)
		assert.Equal(t, ferrule.Failed, out.Decision, name)
		assert.Equal(t, ferrule.KindInput, out.Err.Kind, name)
	}
	out, err := p.Run(context.Background(), ferrule.Input{User: map[string]any{"nan": math.NaN(), "n": uint8(3)}})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision, "NaN in the tree reads as a number")

	out, err = p.Run(context.Background(), ferrule.Input{User: cycle})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Failed, out.Decision, "a cycle in Go maps is one in JavaScript, too")

	untouched := map[string]any{"c": make(chan int), "x": 1}
	out, err = compile(t, `user.x = user.x + 1; callback(null, user, context)`, nil).Run(context.Background(), ferrule.Input{User: untouched})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision, "a value is an input error when it is read, not before")
	assert.Equal(t, 2.0, untouched["x"])
}
