package gojalib_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

func TestTranslateMessage(t *testing.T) {
	for _, c := range []struct {
		name, message, want string
		proven              bool
	}{
		{"URIError", "Malformed URI", "URI malformed", true},
		{"TypeError", "No initial value", "Reduce of empty array with no initial value", true},
		{"TypeError", "Could not convert &{Object 0xc0 <nil>} to primitive", "Cannot convert object to primitive value", true},
		{"RangeError", "Byte length of Uint16Array should be a multiple of 2", "byte length of Uint16Array should be a multiple of 2", true},
		{"RangeError", "Cannot convert 1.5 to a BigInt", "The number 1.5 cannot be converted to a BigInt because it is not an integer", true},
		{"TypeError", "Cannot write private member #p from an object whose class did not declare it", "Cannot write private member #p to an object whose class did not declare it", true},
		{"TypeError", "Cannot read property 'a' of undefined", "Cannot read properties of undefined (reading 'a')", false},
		{"TypeError", "Cannot read property 'a' of undefined or null", "Cannot read properties of undefined (reading 'a')", false},
		{"TypeError", "Object has no member 'f'", "f is not a function", false},
		{"TypeError", "Value is not an object: undefined", "Value is not an object: undefined", false},
		{"TypeError", "", "", false},
		{"ReferenceError", "x is not defined", "x is not defined", true},
		{"TypeError", "Assignment to constant variable.", "Assignment to constant variable.", true},
		{"Error", "Cannot read property 'a' of undefined", "Cannot read property 'a' of undefined", true},
		{"UnauthorizedError", "no", "no", true},
	} {
		got, proven := gojalib.TranslateMessage(c.name, c.message)
		assert.Equal(t, c.want, got, "TranslateMessage(%q, %q)", c.name, c.message)
		assert.Equal(t, c.proven, proven, "TranslateMessage(%q, %q)", c.name, c.message)
	}
}

// TestErrorClasses states the fields of the sandbox's error classes.
func TestErrorClasses(t *testing.T) {
	vm := goja.New()
	gojalib.InstallErrorClasses(vm)
	for _, c := range []struct{ code, want string }{
		{`var e = new UnauthorizedError('no'); JSON.stringify(e)`, `{"name":"UnauthorizedError","code":"unauthorized","message":"no","description":"no","statusCode":401}`},
		{`String(new UnauthorizedError('no'))`, `UnauthorizedError: no`},
		{`var e = new UnauthorizedError('no'); [e instanceof UnauthorizedError, e instanceof Error, e.constructor === UnauthorizedError, 'stack' in e, Object.keys(e).indexOf('stack')].join()`, `true,true,true,true,-1`},
		{`Object.getPrototypeOf(UnauthorizedError.prototype).constructor.name`, `AuthorizationError`},
		{`typeof AuthorizationError`, `undefined`},
		{`new UnauthorizedError('no').stack.split('\n')[0]`, `UnauthorizedError: no`},
		{`new UnauthorizedError().stack.split('\n')[0] + '|' + new UnauthorizedError().message`, `UnauthorizedError|undefined`},
		{`JSON.stringify(new ValidationError('weak', 'no'))`, `{"name":"ValidationError","code":"weak","message":"no","description":"no","statusCode":400}`},
		{`JSON.stringify(new WrongUsernameOrPasswordError('u', 'no'))`, `{"name":"WrongUsernameOrPasswordError","code":"wrongusernameorpassword","user_id":"u","message":"no","statusCode":400}`},
		{`new ValidationError('a','b') instanceof Error`, `true`},
		{`UnauthorizedError.name + UnauthorizedError.length + ValidationError.length`, `UnauthorizedError12`},
		{`Object.keys(globalThis).indexOf('UnauthorizedError')`, `-1`},
		{`function Mine(m) { UnauthorizedError.call(this, m); this.name = 'Mine'; } Mine.prototype = Object.create(UnauthorizedError.prototype); var m = new Mine('x'); [m.name, m.code, m instanceof UnauthorizedError].join()`, `Mine,unauthorized,true`},
		{`class Sub extends UnauthorizedError {} ; var s = new Sub('y'); [s.message, s instanceof Sub, s instanceof UnauthorizedError].join()`, `y,true,true`},
		{`var r = UnauthorizedError('z'); [r, code, message].join()`, `,unauthorized,z`},
	} {
		v, err := vm.RunString(c.code)
		require.NoError(t, err, c.code)
		assert.Equal(t, c.want, v.String(), c.code)
	}
}

// A build must be cheap: nearly every bundle reaches UnauthorizedError.
func BenchmarkUnauthorizedErrorBuild(b *testing.B) {
	vm := goja.New()
	var build func(*goja.Runtime, *gojalib.Env) goja.Value
	for _, g := range gojalib.Globals() {
		if g.Name == "UnauthorizedError" {
			build = g.Build
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		build(vm, nil)
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, name := range []string{"URL", "Buffer", "TextDecoder", "structuredClone", "WeakRef"} {
		b.Run("global="+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				vm := goja.New()
				b.StartTimer()
				for _, g := range gojalib.Globals() {
					if g.Name == name {
						g.Build(vm, nil)
					}
				}
			}
		})
	}
}

func TestTranslateAt(t *testing.T) {
	for _, c := range []struct {
		name, message, src string
		at                 string // the text at the offset
		want               string
		proven             bool
	}{
		{"TypeError", "Object has no member 'f'", "var o={}; o.a.f(1)", "(1", "o.a.f is not a function", true},
		{"TypeError", "Object has no member 'x-y'", "o['x-y'](1)", "(1", "o.x-y is not a function", true},
		{"TypeError", "Value is not an object: undefined", "cb(1)", "(1", "cb is not a function", true},
		{"TypeError", "Value is not an object: undefined", "new o.Foo(1)", "new", "o.Foo is not a constructor", false},
		{"TypeError", "Value is not a constructor", "new o.m()", "new", "o.m is not a constructor", true},
		{"ReferenceError", "Cannot access a variable before initialization", "x=y; let y", "y;", "Cannot access 'y' before initialization", true},
		{"TypeError", "Object has no member 'f'", "g().f(1)", "(1", "g(...).f is not a function", false},
		{"TypeError", "Object has no member 'f'", "o\n  .f(1)", "(1", "o.f is not a function", false},
		{"TypeError", "Object has no member 'f'", "o?.f(1)", "(1", "o?.f is not a function", false},
		{"TypeError", "Object has no member 'f'", "super.f(1)", "(1", "f is not a function", false},
		{"TypeError", "Value is not an object: 1", "(f)(1)", "(1", "f is not a function", false},
		{"TypeError", "Cannot read property 'a' of undefined", "u.a", "a", "Cannot read properties of undefined (reading 'a')", false},
	} {
		got, proven := gojalib.TranslateAt(c.name, c.message, c.src, strings.LastIndex(c.src, c.at))
		assert.Equal(t, c.want, got, "TranslateAt(%q, %q)", c.message, c.src)
		assert.Equal(t, c.proven, proven, "TranslateAt(%q, %q)", c.message, c.src)
	}
}

// TestTranslateAtAgreesWithNode runs the corpus: what is called proven must be
// Node's text.
func TestTranslateAtAgreesWithNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	recorded, err := os.ReadFile("testdata/node/answers.json")
	require.NoError(t, err)
	var answers map[string]string
	require.NoError(t, json.Unmarshal(recorded, &answers))
	proven, thrown := 0, 0
	for _, p := range programs(t) {
		want, ok := strings.CutPrefix(answers[p.ID], "throw ")
		if !ok || strings.HasPrefix(p.ID, "heavy/") || strings.HasPrefix(want, "{") {
			continue
		}
		vm := newVM(t)
		vm.SetMaxCallStackSize(3000)
		src := "(function(){" + p.Code + "\n})()"
		_, err := vm.RunScript("rule.js", src)
		var ex *goja.Exception
		if !errors.As(err, &ex) || len(ex.Stack()) == 0 {
			continue
		}
		o, ok := ex.Value().(*goja.Object)
		if !ok || ex.Stack()[0].SrcName() != "rule.js" {
			continue
		}
		thrown++
		at := ex.Stack()[0].Position()
		offset := at.Column - 1
		for _, line := range strings.SplitAfter(src, "\n")[:at.Line-1] {
			offset += len(line)
		}
		text, exact := gojalib.TranslateAt(o.Get("name").String(), o.Get("message").String(), src, offset)
		if !exact {
			continue
		}
		proven++
		if _, listed := differences(t)[p.ID]; listed {
			continue
		}
		got := o.Get("name").String() + ": " + text
		if code := o.Get("code"); code != nil && !goja.IsUndefined(code) {
			got += " [" + code.String() + "]"
		}
		assert.Equal(t, want, got, "%s: %s", p.ID, p.Code)
	}
	t.Logf("%d errors of %d proven", proven, thrown)
	assert.Greater(t, proven, 60)
}
