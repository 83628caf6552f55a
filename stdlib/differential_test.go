package stdlib_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// specimen is a value of the pool, as JavaScript writes it and as Go holds it.
type specimen struct {
	source string
	plain  any // decoded JSON, jsvalue.Undefined, or a func() any
}

// testedFunction is a registered function with its meaning in JavaScript.
type testedFunction struct {
	name string
	js   string
	// args says what each argument mostly is: s string, l list, o object, n number, i small integer, f few
	// (for the last, optional ones), c collection, j JSON text, a anything.
	args string
}

// What spare's condition holds for is not asked of goja: it panics where a string is asked for its
// property "-", never ends replacing "" in a text that is not ASCII, and panics for an entry without a key.
var testedFunctions = []testedFunction{
	{"truthy", "a => !!a", "a"}, {"String", "a => String(a)", "a"}, {"Number", "a => Number(a)", "a"}, {"typeof", "a => typeof a", "a"},
	{"get", "(a, b) => spare(typeof a == 'string' && b == '-') || a[b]", "ak"}, {"has", "(a, b) => b in a", "ok"}, {"hasOwn", "(a, b) => spare(typeof a == 'string' && b == '-') || a.hasOwnProperty(b)", "ok"},
	{"isNullish", "a => a == null", "a"}, {"isArray", "a => Array.isArray(a)", "a"},
	{"text", "function () { let s = ''; for (const x of arguments) s += `${x}`; return s; }", "aaa"},
	{"add", "(a, b) => a + b", "aa"}, {"sub", "(a, b) => a - b", "aa"}, {"mul", "(a, b) => a * b", "aa"}, {"div", "(a, b) => a / b", "aa"},
	{"mod", "(a, b) => a % b", "nn"}, {"pow", "(a, b) => a ** b", "ni"}, {"neg", "a => -a", "a"},
	{"same", "(a, b) => a === b", "aa"}, {"equal", "(a, b) => a == b", "aa"},
	{"less", "(a, b) => a < b", "aa"}, {"lessEq", "(a, b) => a <= b", "aa"}, {"greater", "(a, b) => a > b", "aa"}, {"greaterEq", "(a, b) => a >= b", "aa"},
	{"bitAnd", "(a, b) => a & b", "nn"}, {"bitOr", "(a, b) => a | b", "nn"}, {"bitXor", "(a, b) => a ^ b", "nn"}, {"bitNot", "a => ~a", "a"},
	{"shl", "(a, b) => a << b", "nn"}, {"shr", "(a, b) => a >> b", "nn"}, {"ushr", "(a, b) => a >>> b", "nn"},

	{"toLowerCase", "s => s.toLowerCase()", "s"}, {"toUpperCase", "s => s.toUpperCase()", "s"},
	{"trim", "s => s.trim()", "s"}, {"trimStart", "s => s.trimStart()", "s"}, {"trimEnd", "s => s.trimEnd()", "s"},
	{"split", "(s, ...a) => s.split(...a)", "spi"}, {"startsWith", "(s, ...a) => s.startsWith(...a)", "spi"}, {"endsWith", "(s, ...a) => s.endsWith(...a)", "spi"},
	{"substring", "(s, ...a) => s.substring(...a)", "sii"}, {"substr", "(s, ...a) => s.substr(...a)", "sii"},
	{"charAt", "(s, ...a) => s.charAt(...a)", "si"}, {"charCodeAt", "(s, ...a) => s.charCodeAt(...a)", "si"}, {"codePointAt", "(s, ...a) => s.codePointAt(...a)", "si"},
	{"repeat", "(s, ...a) => small(a[0]) && s.repeat(...a)", "si"}, {"padStart", "(s, ...a) => small(a[0]) && s.padStart(...a)", "sip"}, {"padEnd", "(s, ...a) => small(a[0]) && s.padEnd(...a)", "sip"},
	{"replace", "(s, ...a) => s.replace(...a)", "spp"}, {"replaceAll", "(s, ...a) => spare(/[^\\0-\\x7f]/.test(s) && String(a[0]) == '') || s.replaceAll(...a)", "spp"},
	{"normalize", "(s, ...a) => s.normalize(...a)", "sm"}, {"localeCompare", "(s, ...a) => s.localeCompare(...a)", "ww"},

	{"includes", "(s, ...a) => s.includes(...a)", "rpi"}, {"indexOf", "(s, ...a) => s.indexOf(...a)", "rpi"}, {"lastIndexOf", "(s, ...a) => s.lastIndexOf(...a)", "rpi"},
	{"slice", "(s, ...a) => s.slice(...a)", "rii"}, {"at", "(s, ...a) => s.at(...a)", "ri"}, {"concat", "(s, ...a) => s.concat(...a)", "raa"},
	{"join", "(l, ...a) => l.join(...a)", "lp"}, {"flat", "(l, ...a) => l.flat(...a)", "li"},
	{"reversed", "l => [...l].reverse() && l.slice().reverse()", "l"}, {"sorted", "l => l.slice().sort()", "l"},
	{"items", "x => [...x]", "t"},

	{"keys", "o => Object.keys(o)", "o"}, {"values", "o => Object.values(o)", "o"}, {"entries", "o => Object.entries(o)", "o"},
	{"fromEntries", "l => spare(typeof l == 'object' && l && l[Symbol.iterator] && [...l].some(x => typeof x == 'object' && x && !(0 in x))) || Object.fromEntries(l)", "e"},
	{"newSet", "x => new Set(x)", "t"}, {"newMap", "x => new Map(x)", "e"}, {"hasEntry", "(s, ...a) => s.has(...a)", "cp"}, {"getEntry", "(s, ...a) => s.get(...a)", "cp"},
	{"stringify", "(x, i) => JSON.stringify(x, null, i)", "xg"}, {"parse", "s => JSON.parse(s)", "j"},

	{"floor", "Math.floor", "n"}, {"ceil", "Math.ceil", "n"}, {"round", "Math.round", "n"}, {"trunc", "Math.trunc", "n"}, {"abs", "Math.abs", "n"},
	{"sign", "Math.sign", "n"}, {"sqrt", "Math.sqrt", "n"}, {"cbrt", "Math.cbrt", "n"}, {"log", "Math.log", "n"}, {"log2", "Math.log2", "n"},
	{"log10", "Math.log10", "n"}, {"exp", "Math.exp", "n"}, {"min", "Math.min", "nnn"}, {"max", "Math.max", "nnn"}, {"hypot", "Math.hypot", "nn"},

	{"toString", "(x, ...a) => x.toString(...a)", "ni"}, {"toFixed", "(x, ...a) => x.toFixed(...a)", "ni"}, {"toPrecision", "(x, ...a) => x.toPrecision(...a)", "ni"},
	{"parseInt", "(...a) => parseInt(...a)", "di"}, {"parseFloat", "x => parseFloat(x)", "d"}, {"isNaN", "isNaN", "d"}, {"isFinite", "isFinite", "d"},
	{"isInteger", "Number.isInteger", "n"}, {"isSafeInteger", "Number.isSafeInteger", "n"}, {"numberIsNaN", "Number.isNaN", "n"}, {"numberIsFinite", "Number.isFinite", "n"},
	{"encodeURIComponent", "encodeURIComponent", "u"}, {"decodeURIComponent", "decodeURIComponent", "u"}, {"encodeURI", "encodeURI", "u"}, {"decodeURI", "decodeURI", "u"},
}

var poolNumbers = []float64{
	0, math.Copysign(0, -1), 1, -1, 2, 3, 10, 16, 36, 37, 100, 101, 0.5, -0.5, 1.5, -1.5, 2.5, 0.1, 1.005, 0.49999999999999994, -0.49999999999999994, 1.45, 8.345, 9.995, 0.000001234,
	1e-7, 5e-324, 1e21, 1e20, -1e21, 123456789012345680000, 1 << 31, 1<<31 - 1, -1 << 31, 1 << 32, 1<<32 - 1, 1<<32 + 1.5, 1 << 53, 1<<53 - 1, -(1 << 53), 4294967295.9, 1.7976931348623157e308,
	math.NaN(), math.Inf(1), math.Inf(-1), 255, 1000, 27, -27, 8, 1e22, 12345.678, 4503599627370495.5, 4503599627370496.5, 0.3, 1e3, 99.99, 0.95, 9.5, 99.5, 1.25, -1.25, 625e-3,
}

var poolTexts = []string{
	"", " ", "a", "b", "ab", "abc", "abcabc", "ABC", "A", "Abc", "aB1", "a1", "10", "9", "b2", "hello world", "ann@example.com", "user,admin,,guest", "true", "null", "undefined", "NaN", "length", "0", "1", "-1", "01", "1.5", "00",
	"toString", "constructor", "__proto__", "hasOwnProperty", "concat", "size", "4294967295", "4294967294",
	"é", "ÀÉÎ", "straße", "ΟΔΟΣ", "Σ", "aΣ", "ΑΣ.Β", "İstanbul", "ı", "ﬁ", "ǆ", "ŉ", "e\u0301", "\u1e9e", "日本語", "😀", "a😀b", "😀😀", "👨‍👩‍👧", "\uffff", "\ue000", "z\U0010ffff", "\u00a0a\u00a0", "\ufeffx\ufeff", "\u180ea", "\u2028\u3000a\u0085",
	"\t\n\v\f\r 12 ", "$", "$$", "$&", "$1", "[$`|$'|$&|$$|$0|$<a>]", "a$", "a.b.c", "(a)", "\"quoted\"\\", "\u0000\u001f\u007f", "\u2028",
	"0x1F", "0X1f", "0b101", "0o17", "0b2", "0x", "-0x10", "+5", "-0", "  42  ", "1_000", "1e3", "1e", "1e+", ".5", "5.", ".", "+.e1", "Infinity", "-Infinity", "+Infinity", "infinity", "Infinityx", "1e400", "-1e400", "1e-400",
	"12px", "0x", "0xg", "9007199254740993", "123456789012345678901234567890", "0x20000000000001", "0x20000000000003", "zz", "-12.7e1x", "3.14.15", "1 2", "٣", "NFC", "NFD", "NFKC", "NFKD", "nfc",
}

var poolJSON = []string{
	`{}`, `[]`, `{"a":1,"b":[true,false,null],"c":{"d":"x"}}`, `{"b":1,"a":2,"1":3,"0":4,"b":5}`, `"\u00e9\ud83d\ude00\n"`, `"\ud800"`, `"\ud800\u0041"`, `"\udc00\ud800"`, ` [1 , 2 ] `, `[1,]`, `{"a":1,}`, `01`, `-0`, `-`, `1.`, `.5`, `1e5`, `1E+2`, `1e`, `1e999`, `-1e999`, `1e-999`,
	`12345678901234567890`, `nul`, `truee`, `"a`, `"\x"`, `"\u12"`, `'a'`, `{a:1}`, `{"__proto__":{"x":1}}`, `{"toString":1}`, `{"constructor":[]}`, `[[[[[]]]]]`, `"tab	"`, "\"\u2028\"", "\ufeff1", "1\u00a0", `{"a":{"b":{"c":{}}}}`, `"\/\b\f\t\r\"\\"`, `{"":1}`, `[1]2`, `{"4294967295":1,"4294967294":2,"x":3,"-1":4}`,
	`{"id":"auth0|1","roles":["a","b"],"n":1.50,"e":"é"}`, ``, ` `, `undefined`, `NaN`, `+1`, `[1 2]`, `{"a" 1}`, `{,}`,
}

var poolURIs = []string{"a b", "https://x.com/a b?q=é&r=1#h", "%", "%4", "%zz", "%20", "%2F%3f%23%26", "%C3%A9", "%c3%a9", "%F0%9F%98%80", "%C3", "%C3%28", "%ED%A0%80", "%F8%80%80%80%80", "%C0%80", "%E2%82%AC", "%F4%90%80%80", "a%E2%82", "100%25", "~!*()'-_.;,/?:@&=+$#", "%41é%42", "\u0000", "[]{}|^`\"<>\\"}

var poolStructures = []string{
	`[]`, `{}`, `[1]`, `["a"]`, `[null]`, `[[]]`, `["a","b","a"]`, `["b","a","C","é","😀","\uffff","","10","9"]`, `[10,9,1,-1,null,"x"]`, `[1,[2,[3,[4]]],[]]`, `[[["a",1]]]`, `["a",["b"],null,{"c":1}]`,
	`{"a":1}`, `{"b":1,"a":2}`, `{"10":1,"9":2,"a":3,"":4}`, `{"toString":1}`, `{"valueOf":"x"}`, `{"toJSON":"x","a":1}`, `{"hasOwnProperty":true}`, `{"length":2,"0":"x"}`, `{"constructor":null}`, `{"é":"😀","x":{"y":[1,{"z":null}]}}`,
	`[["a",1],["b",2],["a",3]]`, `[["a"],[],["b",2,3]]`, `[[1,"x"],["1","y"],[null,"z"]]`, `[["__proto__",1]]`, `[["2",0],["1",0],["x",0]]`, `["ab"]`, `["true",true,1,"1",0,false]`, `{"a":{"b":{"c":[]}}}`, `[{"a":1},{"a":2}]`, `[0,5]`, `["",""]`,
}

// pool builds the specimens, and for each letter of testedFunction.args the indexes of those that fit.
// Beside the fixed ones there are some that rng makes up.
func pool(rng *rand.Rand) (all []specimen, kinds map[byte][]int) {
	kinds = map[byte][]int{}
	add := func(source string, plain any, letters string) {
		for _, letter := range []byte(letters + "a") {
			kinds[letter] = append(kinds[letter], len(all))
		}
		all = append(all, specimen{source, plain})
	}
	quote := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	for _, n := range append(slices.Clone(poolNumbers), randomNumbers(rng)...) {
		letters := "nndkp"
		if n == math.Trunc(n) && math.Abs(n) < 40 {
			letters += "iiiigg"
		}
		source := jsvalue.NumberToString(n)
		if n == 0 && math.Signbit(n) {
			source = "-0"
		}
		add(source, n, letters)
	}
	for _, s := range append(slices.Clone(poolTexts), randomTexts(rng)...) {
		letters := "srtpukxgwd"
		if strings.HasPrefix(s, "NF") {
			letters += strings.Repeat("m", 20)
		}
		if s != "" && strings.ContainsAny(s[:1], "0123456789+-.\t ") || strings.HasPrefix(s, "Inf") {
			letters += "ddn"
		}
		if !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) {
			letters += "www"
		}
		add(quote(s), s, letters)
	}
	for _, s := range poolJSON {
		add(quote(s), s, "jjs")
	}
	for _, s := range poolURIs {
		add(quote(s), s, "uuus")
	}
	for _, s := range poolStructures {
		var x any
		if err := json.Unmarshal([]byte(s), &x); err != nil {
			panic(err)
		}
		letters := "ooxxx"
		if s[0] == '[' {
			letters = "ollrtxxx"
		}
		if strings.HasPrefix(s, "[[") {
			letters += "eeeeee"
		}
		add(javascriptOf(x), x, letters)
	}
	for _, x := range []any{nil, jsvalue.Undefined, true, false} {
		letters := "iktegx"
		add(javascriptOf(x), x, letters)
	}
	for _, l := range [][]any{{jsvalue.Undefined, nil}, {math.NaN(), math.Copysign(0, -1), 0.0}, {"b", jsvalue.Undefined, "a"}, {math.Inf(1), 1.5}, {"x", true, jsvalue.Undefined, []any{jsvalue.Undefined}}} {
		add(javascriptOf(l), l, "llrtxx")
	}
	add(javascriptOf(map[string]any{"a": jsvalue.Undefined, "b": math.NaN()}), map[string]any{"a": jsvalue.Undefined, "b": math.NaN()}, "oxx")
	for _, l := range [][]any{{}, {"a", "b"}, {1.0, "1", math.NaN(), nil, jsvalue.Undefined, math.Copysign(0, -1)}} {
		add("new Set("+javascriptOf(l)+")", func() any { return must(stdlib.NewSet(l)) }, "cccotx")
	}
	for _, l := range [][]any{{}, {[]any{"a", 1.0}, []any{"b", nil}}, {[]any{math.NaN(), "n"}, []any{math.Copysign(0, -1), "z"}, []any{"", jsvalue.Undefined}}} {
		add("new Map("+javascriptOf(l)+")", func() any { return must(stdlib.NewMap(l)) }, "cccotex")
	}
	return all, kinds
}

// randomNumbers are numbers of few and of many digits, and any bits.
func randomNumbers(rng *rand.Rand) (all []float64) {
	for range 30 {
		scale := math.Pow(10, float64(rng.IntN(7)))
		all = append(all, math.Round(rng.Float64()*1e6)/scale, rng.NormFloat64()*scale, math.Float64frombits(rng.Uint64()), float64(rng.IntN(4000)-2000)/8)
	}
	return all
}

// randomTexts are made of characters that are special to some function.
func randomTexts(rng *rand.Rand) (all []string) {
	alphabets := []string{
		"aAbBzZ019", "ΑΣσςaı.:'\u00ad\u0301\u0345 ʰ", "İIiıßẞŉǰΐﬀἈᾳᾼ\u0307\u0300", "0123456789.eE+-x", "%2FaE4é0C3A9 ", "$&`'1<a>", "é\u0301e\u0323가ᄀ각ﬁ①Å",
		"a😀\uffff\ue000z", " \t\u00a0\ufeffa\u2003\u200b", "[]{},:\"\\\\u12 nulltrue",
	}
	for _, alphabet := range alphabets {
		runes := []rune(alphabet)
		for range 15 {
			made := make([]rune, 1+rng.IntN(8))
			for i := range made {
				made[i] = runes[rng.IntN(len(runes))]
			}
			all = append(all, string(made))
		}
	}
	return all
}

func must(x any, err error) any {
	if err != nil {
		panic(err)
	}
	return x
}

// javascriptOf writes a value as an expression; the keys of objects in the order of [sortedKeys].
func javascriptOf(x any) string {
	switch x := x.(type) {
	case []any:
		parts := make([]string, len(x))
		for i, item := range x {
			parts[i] = javascriptOf(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		parts := []string{}
		for _, key := range sortedKeys(x) {
			parts = append(parts, "["+javascriptOf(key)+"]:"+javascriptOf(x[key]))
		}
		return "({" + strings.Join(parts, ",") + "})"
	}
	return javascript(x)
}

// sortedKeys are the keys of an object in JavaScript's order when they were written in the order of bytes.
func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		i, first := jsvalue.ArrayIndex(a)
		j, second := jsvalue.ArrayIndex(b)
		switch {
		case first && second:
			return int(i) - int(j)
		case first:
			return -1
		case second:
			return 1
		}
		return strings.Compare(a, b)
	})
	return keys
}

// build makes a fresh value of a specimen: of decoded JSON, of a run's objects and lists, or with Go's integers.
func build(x any, mode int) any {
	switch x := x.(type) {
	case func() any:
		return x()
	case []any:
		items := make([]any, len(x))
		for i, item := range x {
			items[i] = build(item, mode)
		}
		if mode == 1 {
			return &jsvalue.List{Items: items}
		}
		return items
	case map[string]any:
		values := map[string]any{}
		for key, value := range x {
			values[key] = build(value, mode)
		}
		if mode == 1 {
			keys := sortedKeys(x)
			slices.Reverse(keys[:slices.IndexFunc(append(keys, "-"), func(k string) bool { _, ok := jsvalue.ArrayIndex(k); return !ok })])
			return &jsvalue.Object{Keys: keys, Values: values}
		}
		return values
	case float64:
		if mode == 2 && x == math.Trunc(x) && math.Abs(x) <= 1<<53 && !(x == 0 && math.Signbit(x)) {
			return int64(x)
		}
	}
	return x
}

// written is an answer in the form that testdata/differential.js writes.
func written(x any) string {
	if n, ok := jsvalue.GoNumber(x); ok {
		if n == 0 && math.Signbit(n) {
			return "-0"
		}
		return jsvalue.NumberToString(n)
	}
	list := func(open string, items []any) string {
		parts := make([]string, len(items))
		for i, item := range items {
			parts[i] = written(item)
		}
		return open + strings.Join(parts, ",") + "]"
	}
	switch x := x.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(x)
	case string:
		quoted, err := jsvalue.AppendQuoted(nil, x)
		if err != nil {
			return err.Error()
		}
		return string(quoted)
	case []any:
		return list("[", x)
	case *jsvalue.List:
		return list("[", x.Items)
	case *jsvalue.Set:
		return list("Set[", x.Items)
	case *jsvalue.Map:
		pairs := make([]any, len(x.Keys))
		for i := range pairs {
			pairs[i] = []any{x.Keys[i], x.Values[i]}
		}
		return list("Map[", pairs)
	}
	if jsvalue.IsUndefined(x) {
		return "undefined"
	}
	keys, err := jsvalue.OwnKeys(x, &jsvalue.Run{Keys: func(o map[string]any) ([]string, bool) { return sortedKeys(o), true }})
	if err != nil {
		return err.Error()
	}
	values, _ := jsvalue.AsObject(x)
	parts := make([]string, len(keys))
	for i, key := range keys {
		parts[i] = written(key) + ":" + written(values[key])
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// callFunction calls a registered function, with undefined for what is left out, in a run that knows the order of keys.
func callFunction(f stdlib.Function, args []any) (any, error) {
	return callIn(f, args, &jsvalue.Run{Zone: time.UTC, Keys: func(o map[string]any) ([]string, bool) { return sortedKeys(o), true }})
}

func callIn(f stdlib.Function, args []any, run *jsvalue.Run) (any, error) {
	args = slices.Clone(args)
	for f.Max >= 0 && len(args) < f.Max {
		args = append(args, jsvalue.Undefined)
	}
	if f.Run {
		args = append(args, run)
	}
	in := make([]reflect.Value, len(args))
	for i := range args {
		in[i] = reflect.ValueOf(&args[i]).Elem()
	}
	out := reflect.ValueOf(f.Impl).Call(in)
	if err, _ := out[1].Interface().(error); err != nil {
		return nil, err
	}
	return out[0].Interface(), nil
}

// input is what testdata/differential.js evaluates.
type input struct {
	Pool      []string `json:"pool"`
	Functions []string `json:"functions"`
	Cases     [][]int  `json:"cases"`
}

func (in input) node(t *testing.T, script string) []string {
	if nodejs.Path() == "" {
		t.Log("node 20 is not on this machine: compared with goja only")
		return nil
	}
	command := nodejs.Command(t, "-e", script+"\nprocess.stdout.write(JSON.stringify(differential(JSON.parse(require('fs').readFileSync(0, 'utf8')))));")
	var answers []string
	nodejs.Ask(t, nodejs.InZone(command, "UTC"), in, &answers)
	return answers
}

func (in input) goja(t *testing.T, script string) []string {
	vm := goja.New()
	env := &gojalib.Env{Now: func() time.Time { return time.UnixMilli(0) }, Zone: time.UTC}
	for _, m := range gojalib.Methods() {
		holder := vm.GlobalObject()
		for _, name := range strings.Split(m.Owner, ".") {
			holder = holder.Get(name).ToObject(vm)
		}
		require.NoError(t, holder.DefineDataProperty(m.Name, m.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	data, err := json.Marshal(in)
	require.NoError(t, err)
	require.NoError(t, vm.Set("data", string(data)))
	value, err := vm.RunString(script + "\nJSON.stringify(differential(JSON.parse(data)))")
	require.NoError(t, err)
	var answers []string
	require.NoError(t, json.Unmarshal([]byte(value.String()), &answers))
	return answers
}

// tuples draws argument tuples for a function.
func tuples(rng *rand.Rand, f testedFunction, kinds map[byte][]int, many int) [][]int {
	registered, _ := stdlib.Lookup(f.name)
	var all [][]int
	if len(f.args) == 1 {
		for i := range kinds['a'] {
			all = append(all, []int{kinds['a'][i]})
		}
		return all
	}
	for range many {
		n := registered.Min + rng.IntN(len(f.args)-registered.Min+1)
		tuple := make([]int, n)
		for i := range tuple {
			from := kinds[f.args[i]]
			if rng.IntN(6) == 0 {
				from = kinds['a']
			}
			tuple[i] = from[rng.IntN(len(from))]
			if i > 0 && rng.IntN(15) == 0 {
				tuple[i] = tuple[0]
			}
		}
		all = append(all, tuple)
	}
	return all
}

func TestFunctionsAgree(t *testing.T) {
	script, err := os.ReadFile("testdata/differential.js")
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(1, 2))
	specimens, kinds := pool(rng)
	kinds['m'] = append(kinds['m'], kinds['p'][:20]...)
	var in input
	for _, s := range specimens {
		in.Pool = append(in.Pool, s.source)
	}
	for i, f := range testedFunctions {
		_, ok := stdlib.Lookup(f.name)
		require.True(t, ok, f.name)
		in.Functions = append(in.Functions, f.js)
		for _, tuple := range tuples(rng, f, kinds, 2000) {
			in.Cases = append(in.Cases, append([]int{i}, tuple...))
		}
	}
	answered := in.compare(t, string(script), specimens, testedFunctions)
	for _, f := range testedFunctions {
		assert.NotZero(t, answered[f.name], f.name)
	}
}

// compare calls the functions of the cases in Go and compares with what goja and Node answer. It
// counts the answers that are no exits.
func (in input) compare(t *testing.T, script string, specimens []specimen, functions []testedFunction) (answered map[string]int) {
	t.Helper()
	node, inGoja := in.node(t, script), in.goja(t, script)
	answered = map[string]int{}
	shown := map[string]int{}
	for c, tuple := range in.Cases {
		f := functions[tuple[0]]
		registered, _ := stdlib.Lookup(f.name)
		for mode := range 3 {
			made := map[int]any{}
			args := make([]any, len(tuple)-1)
			source := make([]string, len(args))
			before := make([]string, len(args))
			for i, index := range tuple[1:] {
				if _, ok := made[index]; !ok {
					made[index] = build(specimens[index].plain, mode)
				}
				args[i], source[i], before[i] = made[index], specimens[index].source, written(made[index])
			}
			answer, err := callFunction(registered, args)
			if err != nil {
				var exit *jsvalue.Exit
				require.True(t, errors.As(err, &exit), "%s: %v", f.name, err)
				continue
			}
			answered[f.name]++
			got := written(answer)
			wrong := ""
			switch {
			case inGoja[c] == "throws Spared":
			case inGoja[c] != got:
				wrong = "goja has " + inGoja[c]
			case node != nil && node[c] != got:
				wrong = "Node has " + node[c]
			}
			if wrong != "" && shown[f.name] < 20 {
				shown[f.name]++
				t.Errorf("%s(%s) = %s, %s", f.name, strings.Join(source, ", "), got, wrong)
				break
			}
			for i := range args {
				assert.Equal(t, before[i], written(args[i]), "%s changed its argument", f.name)
			}
		}
	}
	return answered
}

// TestMadeUpArguments compares functions that read texts or write numbers on many texts and numbers that are all
// made up for them.
func TestMadeUpArguments(t *testing.T) {
	script, err := os.ReadFile("testdata/differential.js")
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(3, 4))
	var in input
	var specimens []specimen
	add := func(x any) int {
		specimens = append(specimens, specimen{javascriptOf(x), x})
		in.Pool = append(in.Pool, javascriptOf(x))
		return len(specimens) - 1
	}
	functions := []testedFunction{
		{"parse", "s => JSON.parse(s)", ""}, {"Number", "s => Number(s)", ""}, {"parseFloat", "s => parseFloat(s)", ""}, {"parseInt", "(s, r) => parseInt(s, r)", ""}, {"decodeURIComponent", "decodeURIComponent", ""}, {"decodeURI", "decodeURI", ""},
		{"toFixed", "(x, d) => x.toFixed(d)", ""}, {"toPrecision", "(x, d) => x.toPrecision(d)", ""}, {"toString", "(x, r) => x.toString(r)", ""}, {"round", "Math.round", ""}, {"pow", "Math.pow", ""}, {"mod", "(x, y) => x % y", ""},
		{"toLowerCase", "s => s.toLowerCase()", ""}, {"toUpperCase", "s => s.toUpperCase()", ""}, {"normalize", "s => s.normalize('NFKD')", ""},
	}
	for _, f := range functions {
		in.Functions = append(in.Functions, f.js)
	}
	small := make([]int, 25)
	for i := range small {
		small[i] = add(float64(i))
	}
	form := add("NFKD")
	ask := func(f int, args ...int) { in.Cases = append(in.Cases, append([]int{f}, args...)) }
	for range 3000 {
		ask(0, add(mutated(rng, poolJSON[rng.IntN(len(poolJSON))], `{}[]",:0123456789eE+-.\u dtrue null`)))
		number := add(mutated(rng, []string{"12.5e3", "0x1f", " -0.5 ", "Infinity", "1e-7", "9007199254740993.5", "0b1"}[rng.IntN(7)], "0123456789.eE+-xXboInfinty \u00a0_"))
		ask(1, number)
		ask(2, number)
		ask(3, number, small[rng.IntN(len(small))])
		uri := add(mutated(rng, []string{"a%20b", "%C3%A9", "%F0%9F%98%80", "%2F%3f"}[rng.IntN(4)], "%0123456789ABCDEFf89aé"))
		ask(4, uri)
		ask(5, uri)
		x := add(randomNumbers(rng)[rng.IntN(4)])
		ask(6, x, small[rng.IntN(len(small))])
		ask(7, x, small[rng.IntN(len(small))])
		ask(8, x, small[rng.IntN(len(small))])
		ask(9, x)
		ask(10, small[rng.IntN(len(small))], small[rng.IntN(len(small))])
		ask(11, x, add(randomNumbers(rng)[rng.IntN(4)]))
		word := add(mutated(rng, []string{"ΟΔΟΣ", "straße", "İstanbul", "ﬁne", "ΑΣ.", "ᾳ"}[rng.IntN(6)], "ΣσςAz.:' \u00ad\u0301\u0307ʰIiǅ"))
		ask(12, word)
		ask(13, word)
		ask(14, word, form)
	}
	answered := in.compare(t, string(script), specimens, functions)
	for _, f := range functions {
		assert.Greater(t, answered[f.name], 800, f.name)
	}
}

// mutated is a text with a few characters of an alphabet put in, taken out or replaced.
func mutated(rng *rand.Rand, text, alphabet string) string {
	runes, letters := []rune(text), []rune(alphabet)
	for range rng.IntN(4) {
		at := rng.IntN(len(runes) + 1)
		switch rng.IntN(3) {
		case 0:
			runes = slices.Insert(runes, at, letters[rng.IntN(len(letters))])
		case 1:
			if at < len(runes) {
				runes = slices.Delete(runes, at, at+1)
			}
		case 2:
			if at < len(runes) {
				runes[at] = letters[rng.IntN(len(letters))]
			}
		}
	}
	return string(runes)
}
