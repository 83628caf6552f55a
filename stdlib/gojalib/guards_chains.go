package gojalib

import "github.com/dop251/goja"

// functionBind bounds chains of bound functions.
func functionBind(vm *goja.Runtime, _ *Env) goja.Value {
	bind, fail := callable(vm, "Function", "prototype", "bind"), rangeError(vm)
	links := map[*goja.Object]int{}
	return native(vm, "bind", 1, func(call goja.FunctionCall) goja.Value {
		target, _ := call.This.(*goja.Object)
		n := links[target] + 1
		if n > maxBound {
			panic(fail("Maximum call stack size exceeded"))
		}
		bound := rethrow(bind(call.This, call.Arguments...))
		links[bound.(*goja.Object)] = n
		return bound
	})
}

// proxyGlobals is a Proxy that bounds chains of proxies, by their targets and handlers.
var proxyGlobals = []Global{member("Proxy", proxyModule)}

func proxyModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "proxy", func() *goja.Object {
		original := vm.Get("Proxy").(*goja.Object)
		fail, construct, revocable := rangeError(vm), callable(vm, "Reflect", "construct"), callable(vm, "Proxy", "revocable")
		links := map[*goja.Object]int{}
		next := func(list []goja.Value) int {
			n := 0
			for _, v := range list[:min(2, len(list))] {
				if o, ok := v.(*goja.Object); ok {
					n = max(n, links[o])
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
				made := rethrow(construct(goja.Undefined(), target, vm.NewArray(items...))).(*goja.Object)
				links[made] = n
				return made
			},
		})
		part := vm.CreateObject(nil)
		must(part.Set("Proxy", guarded))
		must(part.Set("revocable", native(vm, "revocable", 2, func(call goja.FunctionCall) goja.Value {
			n := next(call.Arguments)
			pair := rethrow(revocable(call.This, call.Arguments...)).(*goja.Object)
			links[pair.Get("proxy").(*goja.Object)] = n
			return pair
		})))
		return part
	})
}
