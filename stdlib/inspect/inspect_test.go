package inspect_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

func plain(t testing.TB, text string) inspect.Value {
	var v any
	require.NoError(t, json.Unmarshal([]byte(text), &v))
	return inspect.FromJSON(v, nil)
}

// The wanted texts are Node 20's.
func TestInspectPlain(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{`null`, "null"},
		{`"it's"`, `"it's"`},
		{`"it's \"q\""`, "`it's \"q\"`"},
		{`"a\nb\u0007\\"`, `'a\nb\x07\\'`},
		{`-0`, "-0"},
		{`1e21`, "1e+21"},
		{`1e-7`, "1e-7"},
		{`[]`, "[]"},
		{`{}`, "{}"},
		{`{"b":1,"a":2,"10":3,"9":4,"x-y":5,"é":6}`, "{ '9': 4, '10': 3, a: 2, b: 1, 'x-y': 5, 'é': 6 }"},
		{`{"__proto__":1,"constructor":2,"toString":3}`, "{ ['__proto__']: 1, constructor: 2, toString: 3 }"},
		{`{"a":{"b":{"c":{"d":1},"e":[1],"f":{},"g":[]}}}`, "{ a: { b: { c: [Object], e: [Array], f: {}, g: [] } } }"},
		{`[1,2,3,4,5,6,7]`, "[\n  1, 2, 3, 4,\n  5, 6, 7\n]"},
		{`["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]`,
			"[\n  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',\n  'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'\n]"},
		{`[{"name":"ann"},{"name":"bob"}]`, "[ { name: 'ann' }, { name: 'bob' } ]"},
	} {
		assert.Equal(t, test.want, inspect.Inspect(plain(t, test.in), nil), "Inspect(%s)", test.in)
	}
}

func TestFormat(t *testing.T) {
	object := plain(t, `{"a":{"b":{"c":{}}}}`)
	for _, test := range []struct {
		name string
		args []inspect.Value
		want string
	}{
		{"nothing", nil, ""},
		{"one string is raw", []inspect.Value{inspect.String("100%% %s")}, "100%% %s"},
		{"strings are raw", []inspect.Value{inspect.String("a"), inspect.String("b'c"), inspect.Number(1)}, "a b'c 1"},
		{"undefined", []inspect.Value{{}, inspect.Null(), inspect.Bool(true)}, "undefined null true"},
		{"s", []inspect.Value{inspect.String("%s|%s|%s|%s"), inspect.String("x"), inspect.Number(math.Copysign(0, -1)), inspect.BigInt(big.NewInt(7)), object}, "x|-0|7n|{ a: [Object] }"},
		{"s of symbol", []inspect.Value{inspect.String("%s"), inspect.Symbol("q")}, "Symbol(q)"},
		{"d", []inspect.Value{inspect.String("%d %d %d"), inspect.String(" 0x10 "), inspect.String("1x"), inspect.Null()}, "16 NaN 0"},
		{"i", []inspect.Value{inspect.String("%i %i %i"), inspect.String("0x1fz"), inspect.Number(-1.9), inspect.String("")}, "31 -1 NaN"},
		{"f", []inspect.Value{inspect.String("%f %f"), inspect.String("-1.5e3x"), inspect.Symbol("x")}, "-1500 NaN"},
		{"j", []inspect.Value{inspect.String("%j %j %j %j"), object, inspect.Number(math.NaN()), {}, inspect.String("\u2028\"\xed\xa0\xbd")}, `{"a":{"b":{"c":{}}}} null undefined "` + "\u2028" + `\"\ud83d"`},
		{"o", []inspect.Value{inspect.String("%o"), plain(t, `[1]`)}, "[ 1, [length]: 1 ]"},
		{"O", []inspect.Value{inspect.String("%O"), object}, "{ a: { b: { c: {} } } }"},
		{"c", []inspect.Value{inspect.String("%cred"), inspect.String("color: red")}, "red"},
		{"per cent", []inspect.Value{inspect.String("%% %s %"), inspect.Number(1)}, "% 1 %"},
		{"too few", []inspect.Value{inspect.String("%s %s"), inspect.Number(1)}, "1 %s"},
		{"too many", []inspect.Value{inspect.String("%s"), inspect.Number(1), inspect.String("x"), object}, "1 x { a: { b: { c: {} } } }"},
		{"unknown letter", []inspect.Value{inspect.String("%x %s"), inspect.Number(1)}, "%x 1"},
		{"lone surrogates", []inspect.Value{inspect.String("\xed\xa0\xbd"), plain(t, `["😀"]`), inspect.String("\xed\xa0\xbd" + "\xed\xb8\x80")}, "\ufffd [ '😀' ] 😀"},
	} {
		assert.Equal(t, test.want, inspect.Format(test.args...), test.name)
	}
}

func TestEscapes(t *testing.T) {
	assert.Equal(t, `'\ud83d'`, inspect.Inspect(inspect.String("\xed\xa0\xbd"), nil))
	assert.Equal(t, "'a\ufffdb'", inspect.Inspect(inspect.String("a\xffb"), nil))
	assert.Equal(t, "'"+strings.Repeat("x", 10000)+"'... 1 more character", inspect.Inspect(inspect.String(strings.Repeat("x", 10001)), nil))
}

func TestFromJSONOtherGoValues(t *testing.T) {
	type named struct {
		A []string `json:"a"`
	}
	for _, test := range []struct {
		in   any
		want string
	}{
		{int64(7), "7"}, {uint8(7), "7"}, {float32(0.1), "0.1"}, {json.Number("12.50"), "12.5"}, {named{[]string{"x"}}, "{ a: [ 'x' ] }"},
		{[]string{"a"}, "[ 'a' ]"}, {map[string]any(nil), "null"}, {func() {}, "undefined"}, {math.NaN(), "NaN"},
		{map[string]any{"a\xff": 1.0}, "{ 'a\ufffd': 1 }"},
	} {
		assert.Equal(t, test.want, inspect.Inspect(inspect.FromJSON(test.in, nil), nil), "%#v", test.in)
	}
	self := map[string]any{}
	self["self"] = self
	assert.Equal(t, "<ref *1> { self: [Circular *1] }", inspect.Inspect(inspect.FromJSON(self, nil), nil))
	assert.Equal(t, "[Circular]", inspect.Format(inspect.String("%j"), inspect.FromJSON(self, nil)))
	order := func(map[string]any) []string { return []string{"z", "a"} }
	assert.Equal(t, "{ z: 1, a: { z: undefined, a: undefined } }", strings.ReplaceAll(
		inspect.Inspect(inspect.FromJSON(map[string]any{"a": map[string]any{"z": func() {}, "a": func() {}}, "z": 1}, order), nil), "\n", ""))
}

func TestBounds(t *testing.T) {
	var deep any = "end"
	for range 100_000 {
		deep = []any{deep}
	}
	text := inspect.Inspect(inspect.FromJSON(deep, nil), &inspect.Options{Depth: new(inspect.Infinite), MaxOutputBytes: 1 << 23})
	assert.Contains(t, text, "[Array: Inspection interrupted prematurely. Maximum call stack size exceeded.]")

	wide := map[string]any{}
	for i := range 200_000 {
		wide[strings.Repeat("k", 5)+string(rune('a'+i%26))+big.NewInt(int64(i)).String()] = "value"
	}
	text = inspect.Format(inspect.FromJSON(wide, nil))
	assert.LessOrEqual(t, len(text), inspect.DefaultMaxOutputBytes+len(inspect.CutMarker))
	assert.True(t, strings.HasSuffix(text, inspect.CutMarker))
	assert.Equal(t, "ééé"+inspect.CutMarker, inspect.FormatWithOptions(&inspect.Options{MaxOutputBytes: 7}, inspect.String("éééé")))
	assert.Equal(t, "[Circular]", inspect.Format(inspect.String("%j"), inspect.FromJSON(deep, nil)), "deeper than any JSON text that is read")
}

func TestTable(t *testing.T) {
	text, ok := inspect.Table(plain(t, `[{"a":1,"b":"x"},{"a":{"x":1,"y":2,"z":3}},"p"]`), nil)
	require.True(t, ok)
	assert.Equal(t, strings.Join([]string{
		"┌─────────┬──────────┬─────┬────────┐",
		"│ (index) │ a        │ b   │ Values │",
		"├─────────┼──────────┼─────┼────────┤",
		"│ 0       │ 1        │ 'x' │        │",
		"│ 1       │ [Object] │     │        │",
		"│ 2       │          │     │ 'p'    │",
		"└─────────┴──────────┴─────┴────────┘"}, "\n"), text)
	_, ok = inspect.Table(inspect.Number(1), nil)
	assert.False(t, ok)
}

func FuzzFormat(f *testing.F) {
	f.Add("%s %d %j %o %i", `{"a":[1,{"b":"it's"}],"":[]}`)
	f.Add("%%%s%", `"\ud83d"`)
	f.Add("\xed\xa0\xbd%O", `[[[[1e999]]]]`)
	f.Fuzz(func(t *testing.T, format, text string) {
		var data any
		if json.Unmarshal([]byte(text), &data) != nil {
			data = text
		}
		v := inspect.FromJSON(data, nil)
		got := inspect.FormatWithOptions(&inspect.Options{MaxOutputBytes: 300}, inspect.String(format), v, v, v)
		if len(got) > 300+len(inspect.CutMarker) {
			t.Fatalf("%d bytes", len(got))
		}
		inspect.Table(v, nil)
	})
}
