package stdlib_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/inspect"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// printMaker makes values of runs, each with the JavaScript that makes the same value.
type printMaker struct{ *rand.Rand }

var printedKeys = []string{"a", "b c", "é", "😀", "10", "9", "__proto__", "toString", "constructor", "length", "name", "toJSON", "valueOf", "kébab-case", "", "$x", "then"}

func (m printMaker) value(depth int) (any, string) {
	n := m.IntN(19)
	if depth == 0 {
		n = m.IntN(11)
	}
	switch {
	case n == 0:
		return nil, "null"
	case n == 1:
		return jsvalue.Undefined, "undefined"
	case n == 2:
		return true, "true"
	case n < 6:
		x := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), 1, -1.5, 1e21, 123456789, 1e-7, 0.1}[m.IntN(10)]
		return x, javascript(x)
	case n < 10:
		s := []string{"", "a", "it's", `"'`, "`\"'", "é日😀", "line\nbreak", strings.Repeat("long ", m.IntN(30)), "ann@example.com", "%s", "\x1b[31m", "a\\b", "\u2028"}[m.IntN(13)]
		return s, javascript(s)
	case n == 10:
		d := &jsvalue.Date{Time: []float64{0, math.NaN(), 1704164645000, -1, 8.64e15}[m.IntN(5)], Zone: time.UTC}
		return d, javascript(d)
	case n < 14:
		items, text := m.list(depth, m.size())
		if m.IntN(2) == 0 {
			return items, "[" + text + "]"
		}
		return &jsvalue.List{Items: items}, "[" + text + "]"
	case n < 17:
		return m.object(depth)
	case n == 17:
		items, text := m.list(depth, m.IntN(4))
		for i, item := range items {
			if raw, ok := item.([]any); ok {
				items[i] = &jsvalue.List{Items: raw} // an input's array has no identity
			}
		}
		set, err := stdlib.NewSet(items)
		if err != nil {
			panic(err)
		}
		return set, "new Set([" + text + "])"
	}
	keys, keyTexts := m.list(0, m.IntN(3))
	pairs, texts := []any{}, []string{}
	for i, key := range keys {
		v, text := m.value(depth - 1)
		pairs = append(pairs, []any{key, v})
		texts = append(texts, fmt.Sprintf("[%s, %s]", strings.Split(keyTexts, "\x00")[i], text))
	}
	made, err := stdlib.NewMap(pairs)
	if err != nil {
		panic(err)
	}
	return made, "new Map([" + strings.Join(texts, ", ") + "])"
}

func (m printMaker) size() int {
	if m.IntN(8) == 0 {
		return m.IntN(120)
	}
	return m.IntN(8)
}

// list makes items; their texts are joined by a comma, or by NUL when depth is 0.
func (m printMaker) list(depth, size int) ([]any, string) {
	items, texts := []any{}, []string{}
	separator := ", "
	if depth == 0 {
		separator = "\x00"
	}
	for range size {
		v, text := m.value(max(depth-1, 0))
		if raw, ok := v.([]any); ok && m.IntN(2) == 0 {
			v = &jsvalue.List{Items: raw}
		}
		items, texts = append(items, v), append(texts, text)
	}
	return items, strings.Join(texts, separator)
}

func (m printMaker) object(depth int) (any, string) {
	values := map[string]any{}
	texts := map[string]string{}
	for range m.IntN(6) {
		key := printedKeys[m.IntN(len(printedKeys))]
		values[key], texts[key] = m.value(depth - 1)
	}
	keys := inspect.SortedKeys(values)
	var b strings.Builder
	b.WriteByte('{')
	for _, key := range keys {
		b.WriteString("[" + javascript(key) + "]: " + texts[key] + ", ")
	}
	b.WriteByte('}')
	if m.IntN(2) == 0 {
		return values, b.String()
	}
	return &jsvalue.Object{Keys: keys, Values: values}, b.String()
}

// printRun knows the order of every object.
func printRun() *jsvalue.Run {
	return &jsvalue.Run{Zone: time.UTC, Keys: func(object map[string]any) ([]string, bool) { return inspect.SortedKeys(object), true }}
}

func printCases(seed uint64, count int) (calls [][]any, texts []string) {
	m := printMaker{rand.New(rand.NewPCG(seed, 4))}
	formats := []string{"%s", "%d %i", "%j", "%o", "%O|%s", "%f%%", "%s %s %s", "%c%s", "a", "%", "%x %s", "%5d"}
	for range count {
		var args []any
		var made []string
		if m.IntN(2) == 0 {
			format := formats[m.IntN(len(formats))]
			args, made = append(args, format), append(made, javascript(format))
		}
		for range m.IntN(4) {
			v, text := m.value(4)
			args, made = append(args, v), append(made, text)
		}
		calls, texts = append(calls, args), append(texts, strings.Join(made, ", "))
	}
	return calls, texts
}

// checkFormat compares Format with another engine's lines.
func checkFormat(t *testing.T, calls [][]any, texts, want []string) {
	t.Helper()
	exits, shown := 0, 0
	for i, args := range calls {
		got, err := stdlib.Format(args, printRun())
		if err != nil {
			require.IsType(t, &jsvalue.Exit{}, err)
			exits++
			continue
		}
		if got != want[i] && shown < 10 {
			shown++
			assert.Equal(t, want[i], got, texts[i])
		}
	}
	assert.Less(t, 20*exits, len(calls))
	t.Logf("%d lines, %d exits", len(calls), exits)
}

func TestFormatAgainstGoja(t *testing.T) {
	vm := goja.New()
	line := ""
	env := &gojalib.Env{Now: time.Now, Zone: time.UTC}
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" {
			require.NoError(t, vm.GlobalObject().DefineDataProperty("Date", g.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		}
	}
	require.NoError(t, vm.Set("console", gojalib.NewConsole(vm, env, func(_, text string) { line = text })))
	calls, texts := printCases(1, 5000)
	want := make([]string, len(calls))
	for i, text := range texts {
		if _, err := vm.RunString("console.log(" + text + ")"); err != nil {
			line = err.Error() // a value that has no text: the function exits
		}
		want[i] = line
	}
	checkFormat(t, calls, texts, want)
}

func TestFormatAgainstNode(t *testing.T) {
	calls, texts := printCases(2, 20000)
	bodies := make([]string, len(texts))
	for i, text := range texts {
		bodies[i] = "return (globalThis.format ??= process.getBuiltinModule?.('util').format ?? process.mainModule.require('util').format)(" + text + ")"
	}
	checkFormat(t, calls, texts, nodeAnswers(t, "UTC", bodies))
}

func TestFormatCycle(t *testing.T) {
	list := &jsvalue.List{}
	object := &jsvalue.Object{Keys: []string{"list"}, Values: map[string]any{"list": list}}
	list.Items = []any{object, jsvalue.Undefined}
	text, err := stdlib.Format([]any{object}, printRun())
	require.NoError(t, err)
	assert.Equal(t, "<ref *1> { list: [ [Circular *1], undefined ] }", text)
	_, err = stdlib.Format([]any{"%j", object}, printRun())
	assert.Error(t, err)
}

func TestFormatExits(t *testing.T) {
	re, err := jsvalue.CompileRegexp("a", "")
	require.NoError(t, err)
	match, err := re.Match("a")
	require.NoError(t, err)
	tests := []struct {
		x    any
		want error
	}{
		{map[string]any{"a": 1.0, "b": 2.0}, jsvalue.ExitOrder},
		{[]any{map[string]any{"a": 1.0, "b": 2.0}}, jsvalue.ExitOrder},
		{map[string]any{"a": 1}, nil},
		{jsvalue.ExitNullish, jsvalue.ExitNullish},
		{[]any{time.Now()}, jsvalue.ExitForeign},
		{map[string]any(nil), jsvalue.ExitForeign},
		{re, jsvalue.ExitType},
		{match, jsvalue.ExitType},
	}
	for _, test := range tests {
		_, err := stdlib.Format([]any{"x", test.x}, &jsvalue.Run{})
		assert.Equal(t, test.want, err, "%v", test.x)
	}
}
