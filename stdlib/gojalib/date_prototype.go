package gojalib

import "github.com/dop251/goja"

// datePrototype is the proxy handler of Date.prototype: it makes the methods
// when they are first read.
//
// goja asks a handler for the trap of each operation. A read of a known method
// is answered by the get trap until all methods exist; any other operation on
// Date.prototype makes them all, and from then on no trap exists and the proxy
// is transparent.
type datePrototype struct {
	d      *dates
	target *goja.Object
	get    goja.Value // nil when all methods exist
	made   map[string]goja.Value
}

func (d *dates) prototype() goja.Value {
	p := &datePrototype{d: d, target: d.vm.NewObject(), made: map[string]goja.Value{}}
	p.get = d.vm.ToValue(p.read)
	handler := d.vm.NewDynamicObject(p)
	PassOn(handler.SetPrototype(nil))
	proxy, err := d.vm.New(d.vm.Get("Proxy"), p.target, handler)
	PassOn(err)
	return proxy
}

// read is the get trap: target, key, receiver.
func (p *datePrototype) read(call goja.FunctionCall) goja.Value {
	key := call.Argument(1)
	if _, isSymbol := key.(*goja.Symbol); !isSymbol {
		name := key.String()
		if v, ok := p.made[name]; ok {
			return v
		}
		if i, ok := dateMethodIndex[name]; ok {
			return p.make(i)
		}
		if name == "constructor" {
			return p.d.constructor
		}
	}
	// A method that is not ours may be an accessor of Object.prototype, which
	// must see the receiver.
	p.makeAll()
	get, _ := goja.AssertFunction(p.d.vm.Get("Reflect").(*goja.Object).Get("get"))
	v, err := get(goja.Undefined(), p.target, key, call.Argument(2))
	PassOn(err)
	return v
}

func (p *datePrototype) make(i int) goja.Value {
	m := dateMethods[i]
	v, ok := p.made[m.name]
	if ok {
		return v
	}
	switch {
	case m.name == "toGMTString":
		v = p.make(dateMethodIndex["toUTCString"])
	case m.call == nil:
		v = p.d.original.Get(m.name)
	default:
		v = intlFunc(p.d.vm, m.name, m.length, func(call goja.FunctionCall) goja.Value { return m.call(p.d, call) })
	}
	p.made[m.name] = v
	return v
}

func (p *datePrototype) makeAll() {
	if p.get == nil {
		return
	}
	p.get = nil
	define(p.target, "constructor", p.d.constructor)
	for i, m := range dateMethods {
		define(p.target, m.name, p.make(i))
	}
	PassOn(p.target.DefineDataPropertySymbol(goja.SymToPrimitive, p.d.original.GetSymbol(goja.SymToPrimitive),
		goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// Get answers a trap: that of get while methods are missing, else none.
func (p *datePrototype) Get(trap string) goja.Value {
	switch trap {
	case "get":
		return p.get
	case "getPrototypeOf", "isExtensible":
		return nil
	}
	p.makeAll()
	return nil
}

// Set, Has, Delete and Keys complete the handler; no operation uses them.
func (p *datePrototype) Set(string, goja.Value) bool { return false }
func (p *datePrototype) Has(string) bool             { return false }
func (p *datePrototype) Delete(string) bool          { return false }
func (p *datePrototype) Keys() []string              { return nil }
