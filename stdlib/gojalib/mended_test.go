package gojalib_test

import (
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// TestJSONParseAgreesWithGoja checks our parser against goja's on texts where
// goja's is right: same values for well-formed ones, an error for the others.
func TestJSONParseAgreesWithGoja(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	bare, mended := goja.New(), newVM(t)
	const code = `(function (s) { try { return JSON.stringify(JSON.parse(s)) } catch (e) { return e.name } })`
	theirs, ok := goja.AssertFunction(run(t, bare, code))
	require.True(t, ok)
	ours, ok := goja.AssertFunction(run(t, mended, code))
	require.True(t, ok)
	random := rand.New(rand.NewSource(1))
	parts := []string{"{", "}", "[", "]", ",", ":", `"a"`, `"b\n"`, "1", "-0.5e1 ", "true", "null", " ", `"é"`, `"__proto__"`, `"2"`, "tru", `"`, "01", "\t"}
	for range 20000 {
		var b strings.Builder
		for range 1 + random.Intn(9) {
			b.WriteString(parts[random.Intn(len(parts))])
		}
		text := b.String()
		want, err := theirs(goja.Undefined(), bare.ToValue(text))
		require.NoError(t, err)
		got, err := ours(goja.Undefined(), mended.ToValue(text))
		require.NoError(t, err)
		require.Equal(t, want.String(), got.String(), "JSON.parse(%q)", text)
	}
}

func TestJSONParseDeep(t *testing.T) {
	vm := newVM(t)
	v := run(t, vm, `try { JSON.parse('['.repeat(1e6)); 'none' } catch (e) { e.name }`)
	assert.Equal(t, "SyntaxError", v.String())
}

func TestExpandProperties(t *testing.T) {
	for _, c := range []struct {
		pattern, want string
		ok            bool
	}{
		{`^\p{ASCII}+$`, `^[\u{0}-\u{7f}]+$`, true},
		{`[\p{ASCII}é]`, `[\u{0}-\u{7f}é]`, true},
		{`\\p{L}`, `\\p{L}`, true},
		{`\P{Any}`, `[]`, true},
		{`\P{ASCII}`, `[\u{80}-\u{d7ff}\u{e000}-\u{10ffff}]`, true},
		{`\p{Nope}`, ``, false},
		{`\p`, ``, false},
		{`\p{L`, ``, false},
	} {
		got, ok := gojalib.ExpandProperties(c.pattern)
		assert.Equal(t, c.want, got, "ExpandProperties(%q)", c.pattern)
		assert.Equal(t, c.ok, ok, "ExpandProperties(%q)", c.pattern)
	}
}

func run(t testing.TB, vm *goja.Runtime, code string) goja.Value {
	t.Helper()
	v, err := vm.RunString(code)
	require.NoError(t, err, code)
	return v
}

func BenchmarkJSONParse(b *testing.B) {
	text := `{"email":"ann@example.com","roles":["a","b","c"],"app_metadata":{"plan":"gold","n":12.5,"ok":true,"x":null},"identities":[{"provider":"auth0","user_id":"1234567890abcdef"}]}`
	for name, vm := range map[string]*goja.Runtime{"bare": goja.New(), "mended": newVM(b)} {
		b.Run("vm="+name, func(b *testing.B) {
			f, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("parse"))
			arg := vm.ToValue(text)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f(goja.Undefined(), arg); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMethodBuild is what one mended method costs a VM that reaches its name.
func BenchmarkMethodBuild(b *testing.B) {
	vm := goja.New()
	for _, m := range gojalib.Methods() {
		if m.Name == "stringify" || m.Name == "parse" || m.Name == "sub" || m.Name == "replace" || m.Name == "from" {
			b.Run("method="+m.Name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					m.Build(vm, nil)
				}
			})
		}
	}
}

// TestInterruptPasses: an interrupt inside a callback of a wrapped built-in ends
// the run, whatever the rule catches.
func TestInterruptPasses(t *testing.T) {
	for _, code := range []string{
		`try { JSON.stringify({ toJSON() { for (;;); } }) } catch (e) {}; for (;;);`,
		`try { JSON.parse('1', () => { for (;;); }) } catch (e) {}; for (;;);`,
		`try { 'aa'.replace(/a/g, () => { for (;;); }) } catch (e) {}; for (;;);`,
	} {
		vm := newVM(t)
		timer := time.AfterFunc(50*time.Millisecond, func() { vm.Interrupt("limit") })
		_, err := vm.RunString(code)
		timer.Stop()
		var interrupted *goja.InterruptedError
		require.ErrorAs(t, err, &interrupted, code)
	}
}
