package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func TestRoundTrip(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"order is kept", `{"b":1,"a":{"d":[],"c":{}}}`, `{"b":1,"a":{"d":[],"c":{}}}`},
		{"array indexes come first", `{"b":1,"10":2,"9":3,"01":4}`, `{"9":3,"10":2,"b":1,"01":4}`},
		{"duplicate key: last value, first place", `{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`},
		{"__proto__ is a key", `{"__proto__":{"x":1}}`, `{"__proto__":{"x":1}}`},
		{"escapes", `"\u0041\n\/\u00e9\ud83d\ude00\u2028"`, "\"A\\n/é😀\u2028\""},
		{"lone surrogates stay", `["\ud83d","a\ude00b","\ud83d\ud83d\ude00"]`, `["\ud83d","a\ude00b","\ud83d😀"]`},
		{"numbers", `[1.0,-0,1e21,1E-7,100000000000000000000,0.1]`, `[1,0,1e+21,1e-7,100000000000000000000,0.1]`},
		{"bytes that are no UTF-8", "\"a\xffb\xed\xa0\x80\"", "\"a\uFFFDb\uFFFD\uFFFD\uFFFD\""},
		{"control characters", "\"\\u0000\\u001f\x7f\"", "\"\\u0000\\u001f\x7f\""},
		{"white space", " [ 1 , true ,\n null,\tfalse\r] ", "[1,true,null,false]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, order, err := jsondoc.Decode([]byte(tt.in))
			require.NoError(t, err)
			out, err := jsondoc.Encode(tree, order)
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(out))
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	tests := []struct {
		in     string
		offset int
		want   string
	}{
		{``, 0, "the text ends"}, {`{`, 1, "a key"}, {`{"a"}`, 4, "a colon"}, {`{"a":1,}`, 7, "a key"}, {`[1,]`, 3, "no value starts with ']'"},
		{`[1 2]`, 3, "a comma or ]"}, {`{"a":1 "b"}`, 7, "a comma or }"}, {`"abc`, 4, "does not end"}, {"\"a\nb\"", 2, "control character"},
		{`"\x"`, 1, "no escape"}, {`"\u12"`, 1, "four hexadecimal"}, {`01`, 1, "text behind"}, {`-`, 1, "a digit"}, {`1.`, 2, "a digit"},
		{`1e`, 2, "a digit"}, {`1e999`, 0, "too large"}, {`tru`, 0, "no value"}, {`{} x`, 3, "text behind"}, {`"\`, 2, "does not end"},
		{strings.Repeat("[", 20000), 10000, "deeper"},
	}
	for _, tt := range tests {
		_, _, err := jsondoc.Decode([]byte(tt.in))
		var syntax *jsondoc.SyntaxError
		require.ErrorAs(t, err, &syntax, "%.20q", tt.in)
		assert.Equal(t, tt.offset, syntax.Offset, "%.20q", tt.in)
		assert.Contains(t, syntax.Problem, tt.want, "%.20q", tt.in)
	}
}

func TestEncodeGoValues(t *testing.T) {
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	out, err := jsondoc.Encode(map[string]any{
		"n": 5, "s": []string{"a"}, "t": when, "j": json.Number("12"), "nan": math.NaN(), "inf": math.Inf(-1), "é": nil, "😀": 1.5, "\uFFFD": true,
	}, nil)
	require.NoError(t, err)
	assert.Equal(t, `{"inf":null,"j":12,"n":5,"nan":null,"s":["a"],"t":"2026-01-02T03:04:05Z","é":null,"😀":1.5,"`+"\uFFFD"+`":true}`, string(out), "UTF-16 order")
	_, err = jsondoc.Encode([]any{make(chan int)}, nil)
	assert.ErrorContains(t, err, "chan int")
}

func TestOrderOfChangedMaps(t *testing.T) {
	tree, order, err := jsondoc.Decode([]byte(`{"z":1,"y":2,"x":3}`))
	require.NoError(t, err)
	object := tree.(map[string]any)
	delete(object, "y")
	object["b"], object["a"] = 1, 2
	assert.Equal(t, []string{"z", "x", "a", "b"}, order.Keys(object))
	assert.True(t, order.Known(object))
	assert.False(t, order.Known(map[string]any{}))
	merged := &jsondoc.Order{}
	merged.Merge(order)
	assert.True(t, merged.Known(object))
}

func TestCompareUTF16(t *testing.T) {
	sorted := []string{"", "a", "ab", "b", "\u00e9", "\uD7FF", "\U00010000", "\U0001F600", "\U0001F601", "\U0010FFFF", "\uE000", "\uFFFD"}
	for i, a := range sorted {
		for j, b := range sorted {
			got := jsondoc.CompareUTF16(a, b)
			assert.Equal(t, i < j, got < 0, "%q %q", a, b)
			assert.Equal(t, i == j, got == 0, "%q %q", a, b)
		}
	}
}

// FuzzDecode holds the decoder against encoding/json: both accept the same texts
// and read the same values.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"a":[1,-0.5e3,"\u00e9\ud83d\ude00"],"a":null}`, `[`, `"\ud83d"`, `1e400`, "\"\xff\"", ` {"b":{}} `, `nul`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, order, err := jsondoc.Decode(data)
		var want any
		decoder := json.NewDecoder(bytes.NewReader(data))
		wantErr := decoder.Decode(&want)
		if wantErr == nil && !json.Valid(data) {
			wantErr = &json.SyntaxError{}
		}
		require.Equal(t, wantErr == nil, err == nil, "encoding/json says %v, we say %v", wantErr, err)
		if err != nil {
			return
		}
		out, err := jsondoc.Encode(tree, order)
		require.NoError(t, err)
		var got any
		require.NoError(t, json.Unmarshal(out, &got), "%s", out)
		require.Equal(t, want, got)
		again, order2, err := jsondoc.Decode(out)
		require.NoError(t, err)
		out2, err := jsondoc.Encode(again, order2)
		require.NoError(t, err)
		require.Equal(t, string(out), string(out2), "a second round changes nothing")
	})
}

func TestOrderOfExtendedMaps(t *testing.T) {
	tree, order, err := jsondoc.Decode([]byte(`{"z":1,"y":2,"x":3}`))
	require.NoError(t, err)
	base := tree.(map[string]any)
	first := map[string]any{"z": 1, "x": 3, "b": 4, "5": 0}
	order.Extend(first, base, []string{"b", "5"})
	assert.Equal(t, []string{"5", "z", "x", "b"}, order.Keys(first))
	second := map[string]any{"z": 1, "b": 4, "x": 5, "a": 6}
	order.Extend(second, first, []string{"x", "a"})
	clear(base)
	clear(first)
	assert.Equal(t, []string{"z", "b", "x", "a"}, order.Keys(second), "what base and first hold by now does not matter")

	plain := map[string]any{"n": 1, "m": 2}
	third := map[string]any{"n": 1, "m": 2, "a": 3}
	order.Extend(third, plain, []string{"a"})
	assert.Equal(t, []string{"m", "n", "a"}, order.Keys(third), "keys of a Go map come in UTF-16 order, then what was added")
	fourth := map[string]any{"n": 1, "m": 2}
	order.Extend(fourth, plain, nil)
	assert.False(t, order.Known(fourth))

	many := map[string]any{}
	var added []string
	for i := range 100_000 {
		key := strings.Repeat("k", i%7) + string(rune('a'+i%26)) + time.Duration(i).String()
		many[key] = i
		added = append(added, key)
	}
	order.Extend(many, base, added)
	assert.Equal(t, added, order.Keys(many))
}
