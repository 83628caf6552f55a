package crypto

import (
	"bytes"
	"context"
	"embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed *.js
var texts embed.FS

//go:embed constants.json
var constants string

// parts are the scripts: crypto, which evaluates the others, by their names.
var parts = func() map[string]*host.Script {
	all := map[string]*host.Script{}
	for _, name := range []string{"crypto", "checks", "hash", "cipher", "keys", "keypairs", "sign", "exchange", "certificate", "webcrypto", "subtle"} {
		text, err := texts.ReadFile(name + ".js")
		gojalib.PassOn(err)
		file := "crypto/" + name
		if name == "crypto" {
			file = name
		}
		all[name] = host.NewScript(file, string(text))
	}
	return all
}()

// Modules is crypto.
var Modules = []host.Module{{Name: "crypto", Build: build}}

// module is crypto in one VM.
type module struct {
	h     host.Host
	vm    *goja.Runtime
	kinds map[string]*goja.Object // constructors of errors, as they were when the module was built

	classes goja.Value // the function that answers a class of WebCrypto
}

// native is a function of Go that JavaScript calls: it answers []byte, a string, a bool,
// a number, a goja.Value, a handle (a pointer of this package) or nil.
type native func(m *module, a args) (any, error)

// slow is a function that takes long: it reads its arguments at once and answers the work,
// which touches no VM and ends soon after the context.
type slow func(a args) (work, error)

type work func(ctx context.Context) (any, error)

func build(h host.Host) *goja.Object {
	m := &module{h: h, vm: h.VM(), kinds: map[string]*goja.Object{}}
	for _, kind := range []string{"Error", "TypeError", "RangeError"} {
		m.kinds[kind] = m.vm.Get(kind).ToObject(m.vm)
	}
	internal := map[string]any{}
	for _, table := range natives {
		for name, f := range table {
			internal[name] = m.function(f)
		}
	}
	for name, f := range slows {
		internal[name] = m.slowly(f)
	}
	internal["global"] = func(call goja.FunctionCall) goja.Value { return h.Global(call.Argument(0).String()) }
	internal["warn"] = func(call goja.FunctionCall) goja.Value {
		h.Warn(call.Argument(0).String())
		return goja.Undefined()
	}
	// later(f) calls f in a turn of its own.
	internal["later"] = func(call goja.FunctionCall) goja.Value {
		f, _ := goja.AssertFunction(call.Argument(0))
		h.After(0, false, true, func() error {
			_, err := f(goja.Undefined())
			return err
		})
		return goja.Undefined()
	}
	// classes(of) keeps the way to WebCrypto's classes for the globals.
	internal["classes"] = func(call goja.FunctionCall) goja.Value {
		m.classes = call.Argument(0)
		return goja.Undefined()
	}
	internal["constants"] = func(goja.FunctionCall) goja.Value { return m.vm.ToValue(constants) }
	// part(name, lib) evaluates another script of this package, with the same functions.
	internal["part"] = func(call goja.FunctionCall) goja.Value {
		return parts[call.Argument(0).String()].Evaluate(h, map[string]any{"go": call.Argument(1), "lib": call.Argument(2)})
	}
	exports := parts["crypto"].Evaluate(h, internal)
	gojalib.PassOn(exports.DefineDataPropertySymbol(classes, m.classes, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return exports
}

func (m *module) function(f native) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		v, err := f(m, args(call.Arguments))
		if err != nil {
			panic(m.thrown(err))
		}
		return m.value(v)
	}
}

// slowly is a slow function with a callback as its first argument: undefined waits.
func (m *module) slowly(f slow) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		todo, err := f(args(call.Arguments[1:]))
		if err != nil {
			panic(m.thrown(err))
		}
		callback, ok := goja.AssertFunction(call.Argument(0))
		if !ok {
			v, err := host.ComputeNow(m.h, todo)
			if err != nil {
				panic(m.thrown(err))
			}
			return m.value(v)
		}
		host.Compute(m.h, func(ctx context.Context) func() error {
			v, err := todo(ctx)
			return func() error {
				problem := goja.Null()
				if err != nil {
					problem, v = m.thrown(err), nil
				}
				_, err := callback(goja.Undefined(), problem, m.value(v))
				return err
			}
		})
		return goja.Undefined()
	}
}

// value is what a native function answers as JavaScript's value; bytes are an ArrayBuffer.
func (m *module) value(v any) goja.Value {
	switch v := v.(type) {
	case nil:
		return goja.Undefined()
	case goja.Value:
		return v
	case []byte:
		return m.vm.ToValue(m.vm.NewArrayBuffer(v))
	case [][]byte:
		list := make([]any, len(v))
		for i, b := range v {
			list[i] = m.value(b)
		}
		return m.vm.NewArray(list...)
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return m.vm.NewArray(list...)
	case []member:
		o := m.vm.NewObject()
		for _, one := range v {
			gojalib.SetProperty(o, one.name, m.value(one.value))
		}
		return o
	case map[string]any:
		o := m.vm.NewObject()
		for name, member := range v {
			gojalib.SetProperty(o, name, m.value(member))
		}
		return o
	default:
		return m.vm.ToValue(v)
	}
}

// args are the arguments of a native function; crypto.js has checked their types.
type args []goja.Value

func (a args) at(i int) goja.Value {
	if i < len(a) {
		return a[i]
	}
	return goja.Undefined()
}

func (a args) has(i int) bool { return !goja.IsUndefined(a.at(i)) && !goja.IsNull(a.at(i)) }

// bytes are those of a Uint8Array, not copied; nil for undefined and null.
func (a args) bytes(i int) []byte { return host.Bytes(a.at(i)) }

// copied is bytes for who keeps them.
func (a args) copied(i int) []byte { return bytes.Clone(a.bytes(i)) }

// text is "" for undefined and null.
func (a args) text(i int) string {
	if !a.has(i) {
		return ""
	}
	return a.at(i).String()
}

func (a args) integer(i int) int { return int(a.at(i).ToInteger()) }

func (a args) truth(i int) bool { return a.at(i).ToBoolean() }

// handle is what an earlier native function answered, or the zero value.
func handle[T any](a args, i int) T {
	h, _ := a.at(i).Export().(T)
	return h
}

// member is a member of an object in the arguments; undefined when there is no object.
func (m *module) member(v goja.Value, name string) args {
	if o, ok := v.(*goja.Object); ok {
		if member := o.Get(name); member != nil {
			return args{member}
		}
	}
	return args{goja.Undefined()}
}

// classes is where the module keeps the way to WebCrypto's classes.
var classes = goja.NewSymbol("classes")

// Globals are WebCrypto's crypto and its classes.
var Globals = []host.Global{
	{Name: "crypto", Build: func(h host.Host) goja.Value { return h.Require("crypto").Get("webcrypto") }},
	class("Crypto"), class("CryptoKey"), class("SubtleCrypto"),
}

func class(name string) host.Global {
	return host.Global{Name: name, Build: func(h host.Host) goja.Value {
		f, _ := goja.AssertFunction(h.Require("crypto").GetSymbol(classes))
		v, err := f(goja.Undefined(), h.VM().ToValue(name))
		gojalib.PassOn(err)
		return v
	}}
}
