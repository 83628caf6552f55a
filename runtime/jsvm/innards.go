package jsvm

import (
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// innards are the places where goja keeps what an object is. The public ways make a copy of each
// name, and tell of symbols only when asked by JavaScript: 100 us a run and more for all
// built-ins, where this takes a few.
//
// They are found by the names of goja's own fields. Where these are not as expected, there are no
// innards, and no machine is lent.
type innards struct {
	self       *[2]unsafe.Pointer // the object's kind; goja changes it at times
	prototype  **goja.Object
	extensible *bool
	names      *[]unistring.String // in the order in which they came
	values     *map[unistring.String]goja.Value
	symbols    *unsafe.Pointer // a map with sizeAt and lastAt; nil for none
	sizeAt     uintptr         // how many symbols there are
	lastAt     uintptr         // the entry of the symbol that came last
}

// form is what innards held at a moment.
type form struct {
	self       [2]unsafe.Pointer
	prototype  *goja.Object
	extensible bool
	names      []unistring.String
	last       goja.Value // the property that came last, where goja keeps it
	symbols    int
	lastSymbol unsafe.Pointer
}

// innardsOf finds the innards of an object.
func innardsOf(object *goja.Object) (in innards, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	object.Prototype() // goja makes them at the first look
	object.GetOwnPropertyNames()
	self := reflect.ValueOf(object).Elem().FieldByName("self")
	inner := self.Elem().Elem()
	if base := inner.FieldByName("baseObject"); base.IsValid() {
		inner = base // what embeds it may have fields of the same names
	}
	symbols := inner.FieldByName("symValues")
	size, found := symbols.Type().Elem().FieldByName("size")
	last, foundLast := symbols.Type().Elem().FieldByName("iterLast")
	if !found || !foundLast || size.Type.Kind() != reflect.Int || last.Type.Kind() != reflect.Pointer ||
		symbols.Type().Kind() != reflect.Pointer || self.Type().Kind() != reflect.Interface || self.Type().NumMethod() == 0 {
		return innards{}, false
	}
	return innards{
		self:       (*[2]unsafe.Pointer)(self.Addr().UnsafePointer()),
		prototype:  fieldOf[*goja.Object](inner, "prototype"),
		extensible: fieldOf[bool](inner, "extensible"),
		names:      fieldOf[[]unistring.String](inner, "propNames"),
		values:     fieldOf[map[unistring.String]goja.Value](inner, "values"),
		symbols:    (*unsafe.Pointer)(symbols.Addr().UnsafePointer()),
		sizeAt:     size.Offset, lastAt: last.Offset,
	}, true
}

// seesInnards reports whether goja keeps its objects as expected.
var seesInnards = sync.OnceValue(func() bool {
	vm := goja.New()
	in, ok := innardsOf(vm.NewArray().Prototype())
	if !ok || len(*in.names) == 0 {
		return false
	}
	kept, ok := in.place("map")
	return ok && *kept == vm.NewArray().Get("map")
})

// fieldOf is the address of a field, which panics when its type is not T.
func fieldOf[T any](of reflect.Value, name string) *T {
	field := of.FieldByName(name)
	if field.Type() != reflect.TypeFor[T]() {
		panic(name + " is of another type")
	}
	return (*T)(field.Addr().UnsafePointer())
}

// place is where goja keeps the value of a property with attributes of its own, as built-ins have
// them: it stays the same until the property is deleted or defined anew. ok is false for others.
func (in *innards) place(name string) (value *goja.Value, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	held, found := (*in.values)[unistring.NewFromString(name)]
	if !found || reflect.TypeOf(held).Kind() != reflect.Pointer {
		return nil, false
	}
	property := reflect.ValueOf(held).Elem()
	if property.Kind() != reflect.Struct || !property.FieldByName("getterFunc").IsValid() {
		return nil, false
	}
	return fieldOf[goja.Value](property, "value"), true
}

func (in *innards) symbolCount() int {
	if *in.symbols == nil {
		return 0
	}
	return *(*int)(unsafe.Add(*in.symbols, in.sizeAt))
}

func (in *innards) lastSymbol() unsafe.Pointer {
	if *in.symbols == nil {
		return nil
	}
	return *(*unsafe.Pointer)(unsafe.Add(*in.symbols, in.lastAt))
}

// lastProperty is how goja keeps the last of some properties. Names that every function has, and
// that assignment cannot bring back, need no look.
func (in *innards) lastProperty(names []unistring.String) goja.Value {
	if len(names) == 0 {
		return nil
	}
	last := names[len(names)-1]
	if last == "name" || last == "length" {
		return nil
	}
	return (*in.values)[last]
}

// form is what the innards hold now.
func (in *innards) form() form {
	return form{*in.self, *in.prototype, *in.extensible, slices.Clone(*in.names), in.lastProperty(*in.names), in.symbolCount(), in.lastSymbol()}
}

// differs says what the innards do not hold any more of a form; "" when they hold all. A property
// that was deleted and came back is the last then, and so is whatever came after it: so the last
// one tells whether all are still those that were there.
func (in *innards) differs(was *form) string {
	switch {
	case *in.self != was.self:
		return "the kind"
	case *in.prototype != was.prototype:
		return "the prototype"
	case *in.extensible != was.extensible:
		return "the extensibility"
	case in.symbolCount() != was.symbols || in.lastSymbol() != was.lastSymbol:
		return "the symbols"
	case !slices.Equal(*in.names, was.names):
		return "the names"
	case !identicalValue(in.lastProperty(*in.names), was.last):
		return "the attributes"
	}
	return ""
}

// identicalValue compares what goja keeps, not what it means.
func identicalValue(a, b goja.Value) bool {
	return *(*[2]unsafe.Pointer)(unsafe.Pointer(&a)) == *(*[2]unsafe.Pointer)(unsafe.Pointer(&b))
}
