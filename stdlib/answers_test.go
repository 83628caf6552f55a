package stdlib_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var (
	undefined = jsvalue.Undefined
	object    = &jsvalue.Object{Keys: []string{"b", "a", "1"}, Values: map[string]any{"b": 1.0, "a": "x", "1": nil}}
)

// answers are calls that must not exit, several for each function: what rules do.
var answers = []struct {
	name string
	args []any
	want string
}{
	{"truthy", []any{""}, "false"}, {"truthy", []any{[]any{}}, "true"}, {"truthy", []any{int64(0)}, "false"}, {"truthy", []any{&jsvalue.Date{}}, "true"},
	{"String", []any{[]any{1.0, nil, []any{"a"}}}, `"1,,a"`}, {"String", []any{map[string]any{}}, `"[object Object]"`}, {"String", []any{math.Copysign(0, -1)}, `"0"`},
	{"Number", []any{" 0x10\n"}, "16"}, {"Number", []any{undefined}, "NaN"}, {"Number", []any{&jsvalue.Date{Time: 5}}, "5"}, {"Number", []any{[]any{"7"}}, "7"},
	{"typeof", []any{nil}, `"object"`}, {"typeof", []any{undefined}, `"undefined"`}, {"typeof", []any{uint8(1)}, `"number"`}, {"typeof", []any{true}, `"boolean"`},
	{"get", []any{map[string]any{"a": 1.0}, "a"}, "1"}, {"get", []any{map[string]any{}, "a"}, "undefined"}, {"get", []any{[]any{"x"}, 0.0}, `"x"`}, {"get", []any{[]any{"x"}, "length"}, "1"},
	{"get", []any{"añb", 1.0}, `"ñ"`}, {"get", []any{"a😀", "length"}, "3"}, {"get", []any{object, "a"}, `"x"`}, {"get", []any{1.0, "x"}, "undefined"}, {"get", []any{map[string]any{"toString": 1.0}, "toString"}, "1"},
	{"has", []any{map[string]any{"a": undefined}, "a"}, "true"}, {"has", []any{[]any{1.0}, 1.0}, "false"}, {"hasOwn", []any{map[string]any{"a": 1.0}, "toString"}, "false"}, {"hasOwn", []any{object, 1.0}, "true"},
	{"isNullish", []any{nil}, "true"}, {"isNullish", []any{0.0}, "false"}, {"isArray", []any{&jsvalue.List{}}, "true"}, {"isArray", []any{map[string]any{}}, "false"},
	{"text", []any{"a", 1.0, nil, true}, `"a1nulltrue"`}, {"text", nil, `""`},
	{"add", []any{1.0, 2.0}, "3"}, {"add", []any{"a", 1.0}, `"a1"`}, {"add", []any{nil, true}, "1"}, {"add", []any{[]any{}, map[string]any{}}, `"[object Object]"`},
	{"sub", []any{"5", 2.0}, "3"}, {"mul", []any{"5", 2.0}, "10"}, {"div", []any{1.0, 0.0}, "Infinity"}, {"mod", []any{-5.0, 3.0}, "-2"}, {"neg", []any{""}, "-0"},
	{"pow", []any{2.0, 10.0}, "1024"}, {"pow", []any{-1.0, 3.0}, "-1"}, {"pow", []any{9.5, 0.0}, "1"},
	{"same", []any{"a", "a"}, "true"}, {"same", []any{1.0, "1"}, "false"}, {"same", []any{int32(1), 1.0}, "true"}, {"same", []any{object, object}, "true"}, {"same", []any{object, map[string]any{}}, "false"},
	{"equal", []any{nil, undefined}, "true"}, {"equal", []any{"1", 1.0}, "true"}, {"equal", []any{"", 0.0}, "true"}, {"equal", []any{[]any{1.0}, 1.0}, "true"}, {"equal", []any{nil, 0.0}, "false"},
	{"less", []any{"a", "b"}, "true"}, {"less", []any{"\U0001F600", "\uffff"}, "true"}, {"lessEq", []any{nil, 0.0}, "true"}, {"greater", []any{"10", 9.0}, "true"}, {"greaterEq", []any{undefined, 0.0}, "false"},
	{"bitAnd", []any{6.0, 3.0}, "2"}, {"bitOr", []any{1.9, 0.0}, "1"}, {"bitXor", []any{6.0, 3.0}, "5"}, {"bitNot", []any{-1.0}, "0"}, {"shl", []any{1.0, 33.0}, "2"}, {"shr", []any{-8.0, 1.0}, "-4"}, {"ushr", []any{-1.0, 0.0}, "4294967295"},

	{"toLowerCase", []any{"ÀB ΟΔΟΣ İ"}, `"àb οδος i̇"`}, {"toUpperCase", []any{"straße ﬁ"}, `"STRASSE FI"`}, {"trim", []any{"\ufeff a\u00a0\n"}, `"a"`}, {"trimStart", []any{" a "}, `"a "`}, {"trimEnd", []any{" a "}, `" a"`},
	{"split", []any{"a@b@c", "@"}, `["a","b","c"]`}, {"split", []any{"abc", "", 2.0}, `["a","b"]`}, {"split", []any{"", ","}, `[""]`}, {"split", []any{"a"}, `["a"]`},
	{"startsWith", []any{"auth0|1", "auth0|"}, "true"}, {"endsWith", []any{"ann@example.com", "@example.com"}, "true"}, {"endsWith", []any{"é😀", "é", 1.0}, "true"},
	{"substring", []any{"abc", 2.0, 0.0}, `"ab"`}, {"substr", []any{"abc", -2.0, 1.0}, `"b"`}, {"charAt", []any{"abc", 5.0}, `""`}, {"charCodeAt", []any{"😀", 1.0}, "56832"}, {"codePointAt", []any{"😀", 0.0}, "128512"},
	{"repeat", []any{"ab", 2.0}, `"abab"`}, {"padStart", []any{"7", 3.0, "0"}, `"007"`}, {"padEnd", []any{"é", 3.0}, `"é  "`},
	{"replace", []any{"a.b.c", ".", "[$&]"}, `"a[.]b.c"`}, {"replaceAll", []any{"a.b.c", ".", ""}, `"abc"`}, {"replaceAll", []any{"ab", "", "-"}, `"-a-b-"`}, {"replace", []any{"a", "a", "$1$$"}, `"$1$"`},
	{"normalize", []any{"e\u0301"}, `"é"`}, {"normalize", []any{"ﬁ", "NFKC"}, `"fi"`}, {"localeCompare", []any{"a", "B"}, "-1"}, {"localeCompare", []any{"A", "a"}, "1"},

	{"includes", []any{[]any{"a", "b"}, "b"}, "true"}, {"includes", []any{[]any{math.NaN()}, math.NaN()}, "true"}, {"includes", []any{"abc", "bc"}, "true"}, {"includes", []any{[]any{1.0, object}, object}, "true"},
	{"indexOf", []any{[]any{math.NaN()}, math.NaN()}, "-1"}, {"indexOf", []any{"😀a", "a"}, "2"}, {"indexOf", []any{[]any{"a", 1.0, nil}, nil}, "2"}, {"lastIndexOf", []any{"abab", "ab"}, "2"}, {"lastIndexOf", []any{[]any{1.0, 1.0}, 1.0}, "1"}, {"lastIndexOf", []any{[]any{1.0, 1.0}, 1.0, undefined}, "0"},
	{"slice", []any{"abc", -2.0}, `"bc"`}, {"slice", []any{[]any{1.0, 2.0}, 1.0}, "[2]"}, {"at", []any{[]any{1.0, 2.0}, -1.0}, "2"}, {"at", []any{"ab", 5.0}, "undefined"},
	{"concat", []any{[]any{1.0}, []any{2.0}, "c"}, `[1,2,"c"]`}, {"concat", []any{"a", 1.0}, `"a1"`}, {"join", []any{[]any{"a", nil, 1.0}, "-"}, `"a--1"`}, {"flat", []any{[]any{[]any{1.0, []any{2.0}}}}, "[1,[2]]"},
	{"reversed", []any{[]any{1.0, 2.0}}, "[2,1]"}, {"sorted", []any{[]any{10.0, 9.0, undefined, 1.0}}, "[1,10,9,undefined]"}, {"items", []any{"a😀"}, `["a","😀"]`}, {"items", []any{must(stdlib.NewSet([]any{"a", "a"}))}, `["a"]`},

	{"keys", []any{object}, `["1","b","a"]`}, {"keys", []any{map[string]any{"a": 1.0}}, `["a"]`}, {"values", []any{object}, `[null,1,"x"]`}, {"entries", []any{map[string]any{"a": 1.0}}, `[["a",1]]`}, {"fromEntries", []any{[]any{[]any{"a", 1.0}}}, `{"a":1}`},
	{"newSet", []any{[]any{"a", "a"}}, `Set["a"]`}, {"newSet", nil, "Set[]"}, {"newMap", []any{[]any{[]any{"a", 1.0}}}, `Map[["a",1]]`}, {"newMap", nil, "Map[]"},
	{"hasEntry", []any{must(stdlib.NewSet([]any{math.NaN()})), math.NaN()}, "true"}, {"hasEntry", []any{must(stdlib.NewMap([]any{[]any{"a", 1.0}})), "b"}, "false"}, {"getEntry", []any{must(stdlib.NewMap([]any{[]any{"a", 1.0}})), "a"}, "1"},
	{"stringify", []any{map[string]any{"a": []any{1.5, undefined, "\u2028\""}}}, `"{\"a\":[1.5,null,\"` + "\u2028" + `\\\"\"]}"`}, {"stringify", []any{object, 1.0}, `"{\n \"1\": null,\n \"b\": 1,\n \"a\": \"x\"\n}"`},
	{"stringify", []any{undefined}, "undefined"}, {"stringify", []any{&jsvalue.Date{}}, `"\"1970-01-01T00:00:00.000Z\""`}, {"stringify", []any{map[string]any{"toJSON": "data"}}, `"{\"toJSON\":\"data\"}"`},
	{"parse", []any{` {"b":1,"a":[-0,"\u00e9\ud83d\ude00"],"b":2}`}, `{"b":2,"a":[-0,"é😀"]}`}, {"parse", []any{nil}, "null"}, {"parse", []any{"true"}, "true"},

	{"floor", []any{-1.5}, "-2"}, {"ceil", []any{-0.5}, "-0"}, {"round", []any{-1.5}, "-1"}, {"trunc", []any{"1.9"}, "1"}, {"abs", []any{-1.0}, "1"}, {"sign", []any{-3.0}, "-1"}, {"sqrt", []any{2.0}, "1.4142135623730951"}, {"cbrt", []any{-27.0}, "-3"},
	{"log", []any{1.0}, "0"}, {"log2", []any{8.0}, "3"}, {"log10", []any{1000.0}, "3"}, {"exp", []any{0.0}, "1"}, {"min", []any{2.0, "1"}, "1"}, {"max", nil, "-Infinity"}, {"hypot", []any{0.0, -3.0}, "3"},
	{"toString", []any{255.0, 16.0}, `"ff"`}, {"toString", []any{[]any{1.0, 2.0}}, `"1,2"`}, {"toString", []any{true}, `"true"`}, {"toFixed", []any{2.345, 2.0}, `"2.35"`}, {"toFixed", []any{2.5}, `"3"`}, {"toPrecision", []any{1234.5, 2.0}, `"1.2e+3"`},
	{"parseInt", []any{"12px"}, "12"}, {"parseInt", []any{"ff", 16.0}, "255"}, {"parseFloat", []any{" 1.5em"}, "1.5"}, {"isNaN", []any{"x"}, "true"}, {"isFinite", []any{nil}, "true"}, {"isInteger", []any{5.0}, "true"}, {"isSafeInteger", []any{float64(1 << 53)}, "false"},
	{"numberIsNaN", []any{"x"}, "false"}, {"numberIsFinite", []any{"1"}, "false"},
	{"encodeURIComponent", []any{"a b&é😀"}, `"a%20b%26%C3%A9%F0%9F%98%80"`}, {"decodeURIComponent", []any{"a%20b%26%C3%A9"}, `"a b&é"`}, {"encodeURI", []any{"https://x/?a b#c"}, `"https://x/?a%20b#c"`}, {"decodeURI", []any{"%2F%20"}, `"%2F "`},
}

func TestAnswers(t *testing.T) {
	seen := map[string]bool{}
	for _, tt := range answers {
		f, ok := stdlib.Lookup(tt.name)
		require.True(t, ok, tt.name)
		got, err := callFunction(f, tt.args)
		if assert.NoError(t, err, "%s(%v)", tt.name, tt.args) {
			assert.Equal(t, tt.want, written(got), "%s(%v)", tt.name, tt.args)
		}
		seen[tt.name] = true
	}
	for _, f := range testedFunctions {
		assert.True(t, seen[f.name], "%s must have a call that does not exit", f.name)
	}
}

// TestExitsAndForeignValues puts what is no value in the place of each argument: the answer is an exit, and
// when the argument was one itself it is that one.
func TestExitsAndForeignValues(t *testing.T) {
	own := &jsvalue.Exit{Code: "own"}
	var noMap map[string]any
	var noList []any
	for _, tt := range answers {
		f, _ := stdlib.Lookup(tt.name)
		for i := range tt.args {
			for _, odd := range []any{own, []string{"a"}, struct{}{}, json.Number("1"), time.Time{}, noMap, noList, (*int)(nil)} {
				args := append([]any{}, tt.args...)
				args[i] = odd
				answer, err := callFunction(f, args)
				var exit *jsvalue.Exit
				if assert.ErrorAs(t, err, &exit, "%s(%v) = %v", tt.name, args, answer) && odd == any(own) {
					assert.Same(t, own, exit, "%s(%v)", tt.name, args)
				}
			}
		}
	}
}

func TestExits(t *testing.T) {
	cycle := &jsvalue.List{}
	cycle.Items = []any{cycle}
	long := string(make([]byte, 9<<20))
	lone := "\xed\xa0\xbd"
	two := map[string]any{"a": 1.0, "b": 2.0}
	tests := []struct {
		name string
		args []any
		want error
	}{
		{"get", []any{nil, "a"}, jsvalue.ExitNullish}, {"get", []any{undefined, "a"}, jsvalue.ExitNullish}, {"get", []any{map[string]any{}, "toString"}, jsvalue.ExitPrototype}, {"get", []any{[]any{}, "map"}, jsvalue.ExitPrototype},
		{"get", []any{"", "big"}, jsvalue.ExitPrototype}, {"get", []any{1.0, "toFixed"}, jsvalue.ExitPrototype}, {"get", []any{true, "valueOf"}, jsvalue.ExitPrototype}, {"get", []any{must(stdlib.NewSet(nil)), "has"}, jsvalue.ExitPrototype},
		{"get", []any{map[string]any{"__proto__": 1.0}, "__proto__"}, jsvalue.ExitPrototype}, {"get", []any{"😀", 0.0}, jsvalue.ExitSurrogate}, {"has", []any{"a", "length"}, jsvalue.ExitType}, {"has", []any{[]any{}, "map"}, jsvalue.ExitPrototype},
		{"hasOwn", []any{map[string]any{"hasOwnProperty": 1.0}, "a"}, jsvalue.ExitPrototype}, {"hasOwn", []any{nil, "a"}, jsvalue.ExitNullish},
		{"String", []any{map[string]any{"toString": 1.0}}, jsvalue.ExitPrototype}, {"String", []any{cycle}, jsvalue.ExitSize}, {"stringify", []any{cycle}, jsvalue.ExitThrow}, {"flat", []any{cycle, math.Inf(1)}, jsvalue.ExitSize},
		{"add", []any{long, long}, jsvalue.ExitSize}, {"text", []any{long, long}, jsvalue.ExitSize}, {"join", []any{[]any{long, long}}, jsvalue.ExitSize}, {"repeat", []any{"ab", 1e9}, jsvalue.ExitSize}, {"padStart", []any{"", 1e9}, jsvalue.ExitSize},
		{"replaceAll", []any{long, "\x00", "ab"}, jsvalue.ExitSize}, {"encodeURIComponent", []any{long}, jsvalue.ExitSize}, {"repeat", []any{"a", -1.0}, jsvalue.ExitThrow}, {"normalize", []any{"a", "X"}, jsvalue.ExitThrow},
		{"split", []any{"😀", ""}, jsvalue.ExitSurrogate}, {"slice", []any{"😀", 1.0}, jsvalue.ExitSurrogate}, {"charAt", []any{"😀", 0.0}, jsvalue.ExitSurrogate}, {"replaceAll", []any{"a😀", "", "-"}, jsvalue.ExitSurrogate}, {"values", []any{"😀"}, jsvalue.ExitSurrogate},
		{"toLowerCase", []any{lone}, jsvalue.ExitSurrogate}, {"includes", []any{lone, "a"}, jsvalue.ExitSurrogate}, {"add", []any{lone, "\xed\xb8\x80"}, jsvalue.ExitSurrogate}, {"sorted", []any{[]any{lone, "a"}}, jsvalue.ExitSurrogate}, {"parse", []any{`"\ud83d"`}, jsvalue.ExitSurrogate},
		{"encodeURI", []any{lone}, jsvalue.ExitSurrogate}, {"trim", []any{nil}, jsvalue.ExitNullish}, {"trim", []any{1.0}, jsvalue.ExitType}, {"join", []any{"a"}, jsvalue.ExitType}, {"toFixed", []any{1.0, 101.0}, jsvalue.ExitThrow}, {"toString", []any{1.0, 1.0}, jsvalue.ExitThrow},
		{"toString", []any{nil}, jsvalue.ExitNullish}, {"keys", []any{two}, jsvalue.ExitOrder}, {"stringify", []any{two}, jsvalue.ExitOrder}, {"keys", []any{nil}, jsvalue.ExitNullish}, {"parse", []any{"{"}, jsvalue.ExitThrow}, {"decodeURIComponent", []any{"%"}, jsvalue.ExitThrow},
		{"same", []any{[]any{}, []any{}}, jsvalue.ExitAlias}, {"items", []any{map[string]any{}}, jsvalue.ExitType}, {"getEntry", []any{must(stdlib.NewSet(nil)), "a"}, jsvalue.ExitType}, {"newMap", []any{[]any{"a"}}, jsvalue.ExitType}, {"hypot", []any{3.0, 4.0}, jsvalue.ExitType},
	}
	for _, tt := range tests {
		f, ok := stdlib.Lookup(tt.name)
		require.True(t, ok, tt.name)
		answer, err := callIn(f, tt.args, &jsvalue.Run{Keys: func(map[string]any) ([]string, bool) { return nil, false }})
		assert.True(t, errors.Is(err, tt.want), "%s = %v, %v, want %v", tt.name, answer, err, tt.want)
	}
}

// TestFreshLists checks that what answers a list or an object never answers a nil one.
func TestFreshLists(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []any
	}{
		{"split", []any{"", ""}}, {"split", []any{"a", "a", 0.0}}, {"slice", []any{[]any{}}}, {"concat", []any{[]any{}}}, {"flat", []any{[]any{}}}, {"reversed", []any{[]any{}}}, {"sorted", []any{[]any{}}}, {"items", []any{""}},
		{"items", []any{must(stdlib.NewSet(nil))}}, {"items", []any{must(stdlib.NewMap(nil))}}, {"keys", []any{map[string]any{}}}, {"values", []any{1.0}}, {"entries", []any{"x"}}, {"items", []any{&jsvalue.List{}}},
	} {
		f, _ := stdlib.Lookup(tt.name)
		answer, err := callFunction(f, tt.args)
		require.NoError(t, err)
		assert.NotNil(t, answer, tt.name)
		items, ok := answer.([]any)
		assert.True(t, ok && items != nil, tt.name)
	}
}
