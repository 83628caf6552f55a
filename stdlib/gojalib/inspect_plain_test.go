package gojalib_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// randomJSON makes decoded JSON.
func randomJSON(r *rand.Rand, depth int) any {
	switch k := r.Intn(9); {
	case k == 0:
		return nil
	case k == 1:
		return r.Intn(2) == 0
	case k == 2:
		return float64(r.Intn(1000000)) / []float64{1, 10, 3}[r.Intn(3)]
	case k <= 5 || depth == 0:
		return []string{"", "a", "it's", `"'`, "é日😀", "line\nbreak", strings.Repeat("long ", r.Intn(30)), "ann@example.com"}[r.Intn(8)]
	case k == 6:
		list := make([]any, r.Intn(30))
		for i := range list {
			list[i] = randomJSON(r, min(depth-1, 1))
		}
		return list
	}
	object := map[string]any{}
	for range r.Intn(6) {
		object[[]string{"a", "b c", "é", "😀", "\uff61", "10", "9", "__proto__", "toString", "constructor", "length", "name"}[r.Intn(12)]] = randomJSON(r, depth-1)
	}
	return object
}

// orderedJSON writes v with its keys in the order that inspect gives a Go map.
func orderedJSON(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, k := range inspect.SortedKeys(v) {
			if i > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(k)
			b.Write(name)
			b.WriteByte(':')
			orderedJSON(b, v[k])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			orderedJSON(b, item)
		}
		b.WriteByte(']')
	default:
		text, _ := json.Marshal(v)
		b.Write(text)
	}
}

// TestPlainEqualsGoja prints the same data as decoded JSON and as goja values.
func TestPlainEqualsGoja(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	for i := range 400 {
		data := randomJSON(r, 5)
		var text bytes.Buffer
		orderedJSON(&text, data)
		vm := goja.New()
		in := gojalib.NewInspector(vm)
		_ = vm.Set("format", in.FormatFunction())
		_ = vm.Set("text", text.String())
		for _, holder := range []string{"%O", "%o", "%j", "%i"} {
			_ = vm.Set("holder", holder)
			v, err := vm.RunString("format(holder, JSON.parse(text), JSON.parse(text))")
			if err != nil {
				// An own toString, which is no function: Node throws, too.
				require.Contains(t, text.String(), `"toString"`)
				continue
			}
			plain := inspect.FromJSON(data, nil)
			assert.Equal(t, v.String(), inspect.Format(inspect.String(holder), plain, plain), "case %d: %s of %s", i, holder, text.String())
		}
	}
}

// TestInspectOptions compares util.inspect's options with Node.
func TestInspectOptions(t *testing.T) {
	values := []string{
		`{a:{b:{c:{d:{}}}},l:[1,2,3,4,5,6,7,8,9],s:'it is\na text of two lines'}`, `[['a',1],['b',2]]`, `new Map([[{a:1},'x']])`,
		`{get g(){return {x:1}},set s(v){},get both(){return 'v'},set both(v){}}`, `[1234567.891, 1000, 12n, 1234567n, -1234.5]`,
		`{b:1,a:2,c:{z:1,y:2}}`, `new Proxy({a:1},{})`, `Array.from({length:50},(_, i)=>i)`, `'x'.repeat(40)`,
		`{ [Symbol.for('nodejs.util.inspect.custom')]() { return 'hook'; } }`, `[,1]`, `(() => { const a = {}; a.a = a; return a; })()`,
	}
	options := []string{
		`{depth:0}`, `{depth:null}`, `{depth:Infinity}`, `{depth:-1}`, `{compact:false}`, `{compact:true}`, `{compact:1}`, `{compact:0}`,
		`{breakLength:20}`, `{breakLength:Infinity}`, `{breakLength:Infinity,compact:true}`, `{maxArrayLength:2}`, `{maxArrayLength:0}`,
		`{maxArrayLength:null}`, `{maxStringLength:5}`, `{maxStringLength:0}`, `{getters:true}`, `{getters:'get'}`, `{getters:'set'}`, `{sorted:true}`,
		`{numericSeparator:true}`, `{showProxy:true}`, `{showHidden:true}`, `{customInspect:false}`, `true`, `false, 0`,
	}
	var sources []string
	for _, v := range values {
		for _, o := range options {
			sources = append(sources, "inspect("+v+", "+o+")")
		}
	}
	nodeSources := make([]string, len(sources))
	for i, s := range sources {
		nodeSources[i] = strings.Replace(s, "inspect(", "process.getBuiltinModule('util').inspect(", 1)
	}
	want, ok := formatInNode(t, nodeSources)
	if !ok {
		t.Skip("node not found")
	}
	for i, source := range sources {
		vm := goja.New()
		_ = vm.Set("inspect", gojalib.NewInspector(vm).InspectFunction())
		v, err := vm.RunString(source)
		require.NoError(t, err, source)
		assert.Equal(t, want[i], v.String(), source)
	}
}

// FuzzFormat formats what JSON texts and format strings hold: no panic, no more
// than the limit.
func FuzzFormat(f *testing.F) {
	f.Add("%s %d %j %o", `{"a":[1,{"b":"it's"}]}`)
	f.Add("%", `[[[[[[1]]]]]]`)
	f.Add("%i%f%O%c%%", `"\ud83d"`)
	f.Add("%s\xed\xa0\x80", `{"toString":1,"valueOf":2}`)
	f.Fuzz(func(t *testing.T, format, text string) {
		var data any
		if json.Unmarshal([]byte(text), &data) != nil {
			data = text
		}
		args := []inspect.Value{inspect.String(format)}
		for range 3 {
			args = append(args, inspect.FromJSON(data, nil))
		}
		if n := len(inspect.FormatWithOptions(&inspect.Options{MaxOutputBytes: 500}, args...)); n > 500+len(inspect.CutMarker) {
			t.Fatalf("%d bytes", n)
		}
		vm := goja.New()
		_ = vm.Set("format", gojalib.NewInspector(vm).FormatFunction())
		_ = vm.Set("holder", format)
		_ = vm.Set("text", text)
		time.AfterFunc(5*time.Second, func() { vm.Interrupt("slow") })
		_, err := vm.RunString("let v; try { v = JSON.parse(text) } catch (e) { v = text } format(holder, v, [v], new Map([[v, v]]))")
		if err != nil && !strings.Contains(err.Error(), "TypeError") {
			t.Fatal(err)
		}
	})
}

func TestOutputIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	for _, source := range []string{
		`'x'.repeat(5e6)`,
		`'%s', 'x'.repeat(5e6)`,
		`Array.from({length: 3e5}, (_, i) => ['k' + i, i]).reduce((o, [k, v]) => { o[k] = v; return o; }, {})`,
		`'%O', (() => { let a = {}; for (let i = 0; i < 20000; i++) a = { a }; return a; })()`,
		`{ [Symbol.for('nodejs.util.inspect.custom')]() { return { __proto__: this }; } }`,
	} {
		started := time.Now()
		got := formatInGoja(source)
		assert.LessOrEqual(t, len(got), inspect.DefaultMaxOutputBytes+len(inspect.CutMarker), source)
		t.Logf("%v for %s", time.Since(started), source)
	}
	vm := goja.New()
	in := gojalib.NewInspector(vm)
	_ = vm.Set("inspect", in.InspectFunction())
	v, err := vm.RunString(`let a = {}; for (let i = 0; i < 20000; i++) a = { a }; inspect(a, { depth: Infinity })`)
	require.NoError(t, err)
	assert.Contains(t, v.String(), "Inspection interrupted prematurely")
	v, err = vm.RunString(`const wide = () => { let x = 1; for (let i = 0; i < 40; i++) x = [x, x]; return x; }; inspect(wide(), { depth: Infinity })`)
	require.NoError(t, err)
	assert.Contains(t, v.String(), inspect.CutMarker)
}

// An interrupt of the VM ends an inspection that runs user code.
func TestInterruptPassesThrough(t *testing.T) {
	vm := goja.New()
	_ = vm.Set("format", gojalib.NewInspector(vm).FormatFunction())
	time.AfterFunc(20*time.Millisecond, func() { vm.Interrupt("stop") })
	_, err := vm.RunString(`try { format({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } }) } catch (e) { }`)
	var interrupted *goja.InterruptedError
	require.ErrorAs(t, err, &interrupted)
	vm.ClearInterrupt()
	v, err := vm.RunString("format({ a: 1 })")
	require.NoError(t, err)
	assert.Equal(t, "{ a: 1 }", fmt.Sprint(v))
}
