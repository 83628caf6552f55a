package gojalib

import (
	"math"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// dateGlobals is Date. goja's own one reads the process's clock and zone, so
// every method is replaced; goja's date objects stay the storage, so that other
// bindings recognise and export them as before.
var dateGlobals = []Global{{Name: "Date", Build: buildDate}}

// dates is what the Date of one VM works with.
type dates struct {
	vm   *goja.Runtime
	env  *Env
	zone jsvalue.Zone

	construct   goja.Constructor // goja's Date
	original    *goja.Object     // goja's Date.prototype, unreachable for rules
	base        *goja.Object     // carries name, length, prototype and the statics of Date
	constructor *goja.Object     // what rules see: a proxy of base
	store       goja.Callable    // goja's Date.prototype.setTime, nil until needed
}

// buildDate makes the Date of a VM. It is cheap, because it runs for every new
// VM whose rules may use a date: the methods are made when they are first read.
//
// Date is a proxy because a native function of goja can be a constructor or
// answer a text, not both. Date.prototype is one that forwards everything; its
// handler is asked for a trap at each access, and makes the methods then.
func buildDate(vm *goja.Runtime, env *Env) goja.Value {
	vm.SetTimeSource(env.Now)
	original := vm.Get("Date").(*goja.Object)
	construct, _ := goja.AssertConstructor(original)
	d := &dates{
		vm: vm, env: env, zone: jsvalue.NewZone(env.Zone),
		construct: construct,
		original:  original.Get("prototype").(*goja.Object),
	}
	d.base = vm.ToValue(func(goja.ConstructorCall) *goja.Object { return nil }).(*goja.Object)
	defineHidden(d.base, "length", vm.ToValue(7))
	defineHidden(d.base, "name", vm.ToValue("Date"))
	for _, m := range dateStatics {
		m := m
		define(d.base, m.name, intlFunc(vm, m.name, m.length, func(call goja.FunctionCall) goja.Value { return m.call(d, call) }))
	}
	PassOn(d.base.DefineDataPropertySymbol(goja.SymHasInstance, intlFunc(vm, "[Symbol.hasInstance]", 1, func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(hasInstance(call.This, call.Argument(0)))
	}),
		goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	d.constructor = vm.ToValue(vm.NewProxy(d.base, &goja.ProxyTrapConfig{
		Apply: func(*goja.Object, goja.Value, []goja.Value) goja.Value {
			return vm.ToValue(d.text(d.now(), true, true))
		},
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			return d.create(args, newTarget)
		},
	})).(*goja.Object)
	d.base.DefineDataProperty("prototype", d.prototype(), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	return d.constructor
}

// hasInstance is ECMA-262 OrdinaryHasInstance, which goja's proxies of
// functions lack; subclasses inherit it.
func hasInstance(constructor, v goja.Value) bool {
	object, ok := v.(*goja.Object)
	if !ok {
		return false
	}
	class, ok := constructor.(*goja.Object)
	if !ok {
		return false
	}
	prototype, ok := class.Get("prototype").(*goja.Object)
	if !ok {
		return false
	}
	for object = object.Prototype(); object != nil; object = object.Prototype() {
		if object == prototype {
			return true
		}
	}
	return false
}

// now is the run's clock in whole milliseconds.
func (d *dates) now() float64 { return float64(d.env.Now().UnixMilli()) }

// create is the [[Construct]] of Date.
func (d *dates) create(args []goja.Value, newTarget *goja.Object) *goja.Object {
	var ms float64
	switch len(args) {
	case 0:
		ms = d.now()
	case 1:
		ms = d.fromValue(args[0])
	default:
		ms = jsvalue.TimeClip(d.zone.ToUTC(dateFromParts(args)))
	}
	if newTarget == d.constructor {
		newTarget = d.base
	} else if _, ok := newTarget.Get("prototype").(*goja.Object); !ok {
		newTarget = d.base
	}
	object, err := d.construct(newTarget, d.vm.ToValue(ms))
	PassOn(err)
	return object
}

// fromValue is the one-argument form of the constructor.
func (d *dates) fromValue(v goja.Value) float64 {
	if object, ok := v.(*goja.Object); ok {
		if ms, ok := dateValue(object); ok {
			return ms
		}
		v = toPrimitive(d.vm, object)
	}
	if goja.IsString(v) {
		return jsvalue.ParseDate(v.String(), d.zone)
	}
	return jsvalue.TimeClip(v.ToNumber().ToFloat())
}

// dateFromParts reads year, month, day, hours, minutes, seconds, milliseconds
// and returns the time in the zone in which they are meant.
func dateFromParts(args []goja.Value) float64 {
	parts := make([]float64, min(len(args), 7))
	for i := range parts {
		parts[i] = args[i].ToNumber().ToFloat()
	}
	return jsvalue.DateParts(parts)
}

// dateValue returns the milliseconds of a date object, NaN for an invalid one.
func dateValue(v goja.Value) (ms float64, ok bool) {
	object, ok := v.(*goja.Object)
	if !ok || object.ClassName() != "Date" {
		return 0, false
	}
	t, ok := object.Export().(time.Time)
	if !ok {
		return math.NaN(), true
	}
	return float64(t.UnixMilli()), true
}

// setValue stores clipped milliseconds in a date object.
func (d *dates) setValue(object goja.Value, ms float64) goja.Value {
	if d.store == nil {
		d.store, _ = goja.AssertFunction(d.original.Get("setTime"))
	}
	v, err := d.store(object, d.vm.ToValue(jsvalue.TimeClip(ms)))
	PassOn(err)
	return v
}

// toPrimitive is ECMA-262 ToPrimitive without a hint.
func toPrimitive(vm *goja.Runtime, object *goja.Object) goja.Value {
	if exotic := object.GetSymbol(goja.SymToPrimitive); exotic != nil && !goja.IsUndefined(exotic) && !goja.IsNull(exotic) {
		f, ok := goja.AssertFunction(exotic)
		if !ok {
			panic(vm.NewTypeError("%s returned for property 'Symbol(Symbol.toPrimitive)' of object '#<Object>' is not a function", exotic))
		}
		v, err := f(object, vm.ToValue("default"))
		PassOn(err)
		if _, ok := v.(*goja.Object); !ok {
			return v
		}
		panic(vm.NewTypeError("Cannot convert object to primitive value"))
	}
	for _, name := range []string{"valueOf", "toString"} {
		f, ok := goja.AssertFunction(object.Get(name))
		if !ok {
			continue
		}
		v, err := f(object)
		PassOn(err)
		if _, ok := v.(*goja.Object); !ok {
			return v
		}
	}
	panic(vm.NewTypeError("Cannot convert object to primitive value"))
}

// intlFunc makes a native function with the name and length that Node gives it.
func intlFunc(vm *goja.Runtime, name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	object := vm.ToValue(f).(*goja.Object)
	defineHidden(object, "name", vm.ToValue(name))
	defineHidden(object, "length", vm.ToValue(length))
	return object
}

// define adds a property as built-ins have them: writable, configurable, not
// enumerable.
func define(object *goja.Object, name string, v goja.Value) {
	PassOn(object.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// defineHidden adds a property that is only configurable.
func defineHidden(object *goja.Object, name string, v goja.Value) {
	PassOn(object.DefineDataProperty(name, v, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}
