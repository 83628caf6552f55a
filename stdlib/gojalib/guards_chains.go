package gojalib

import (
	_ "embed"
	"runtime"
	"slices"
	"sync"
	"weak"

	"github.com/dop251/goja"
)

// chains says how many links of a kind lead to an object. It does not keep objects: a VM may serve
// many runs, and each makes its own.
type chains struct {
	mu    sync.Mutex // objects are forgotten on a goroutine of Go's
	links map[weak.Pointer[goja.Object]]int
}

func newChains() *chains { return &chains{links: map[weak.Pointer[goja.Object]]int{}} }

// of is the number of links to an object; 0 for nil.
func (c *chains) of(o *goja.Object) int {
	if o == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.links[weak.Make(o)]
}

func (c *chains) put(o *goja.Object, n int) {
	at := weak.Make(o)
	c.mu.Lock()
	c.links[at] = n
	c.mu.Unlock()
	runtime.AddCleanup(o, c.forget, at)
}

func (c *chains) forget(at weak.Pointer[goja.Object]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.links, at)
}

// functionBind bounds chains of bound functions.
func functionBind(vm *goja.Runtime, _ *Env) goja.Value {
	bind, fail := callable(vm, "Function", "prototype", "bind"), rangeError(vm)
	links := newChains()
	return native(vm, "bind", 1, func(call goja.FunctionCall) goja.Value {
		target, _ := call.This.(*goja.Object)
		n := links.of(target) + 1
		if n > maxBound {
			panic(fail("Maximum call stack size exceeded"))
		}
		bound := rethrow(bind(call.This, call.Arguments...))
		links.put(bound.(*goja.Object), n)
		return bound
	})
}

//go:embed guards_proxy.js
var proxyText string

var proxyProgram = script("guards_proxy.js", proxyText)

// proxyGlobals is a Proxy that bounds chains of proxies, by their targets and handlers, and whose
// proxies of functions have instances.
var proxyGlobals = []Global{member("Proxy", proxyModule)}

func proxyModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "proxy", func() *goja.Object {
		original := vm.Get("Proxy").(*goja.Object)
		fail, construct, revocable := rangeError(vm), callable(vm, "Reflect", "construct"), callable(vm, "Proxy", "revocable")
		links := newChains()
		wrap, _ := goja.AssertFunction(evaluate(vm, proxyProgram(), original))
		withInstances := func(target, handler goja.Value) goja.Value {
			_, isFunction := goja.AssertFunction(target)
			if _, isObject := handler.(*goja.Object); !isFunction || !isObject {
				return handler
			}
			return rethrow(wrap(goja.Undefined(), handler))
		}
		next := func(list []goja.Value) int {
			n := 0
			for _, v := range list[:min(2, len(list))] {
				if o, ok := v.(*goja.Object); ok {
					n = max(n, links.of(o))
				}
			}
			if n >= maxProxies {
				panic(fail("Maximum call stack size exceeded"))
			}
			return n + 1
		}
		guarded := vm.NewProxy(original, &goja.ProxyTrapConfig{
			Construct: func(target *goja.Object, list []goja.Value, newTarget *goja.Object) *goja.Object {
				n := next(list)
				items := make([]any, len(list))
				for i, v := range list {
					items[i] = v
				}
				if len(list) > 1 {
					items[1] = withInstances(list[0], list[1])
				}
				made := rethrow(construct(goja.Undefined(), target, vm.NewArray(items...))).(*goja.Object)
				links.put(made, n)
				return made
			},
		})
		part := vm.CreateObject(nil)
		must(part.Set("Proxy", guarded))
		must(part.Set("revocable", native(vm, "revocable", 2, func(call goja.FunctionCall) goja.Value {
			n := next(call.Arguments)
			list := slices.Clone(call.Arguments)
			if len(list) > 1 {
				list[1] = withInstances(list[0], list[1])
			}
			pair := rethrow(revocable(call.This, list...)).(*goja.Object)
			links.put(pair.Get("proxy").(*goja.Object), n)
			return pair
		})))
		return part
	})
}
