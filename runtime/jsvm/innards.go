package jsvm

import (
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// innards are the places where goja keeps what an object is, but for its values. The public
// ways make a copy of each name, and tell of symbols only when asked by JavaScript: 100 us a run
// and more for all built-ins, where this takes a few.
//
// They are found by the names of goja's own fields. Where these are not as expected, there are no
// innards, and no machine is lent.
type innards struct {
	self       *[2]unsafe.Pointer // the object's kind; goja changes it at times
	prototype  **goja.Object
	extensible *bool
	names      *[]unistring.String
	symbols    *unsafe.Pointer // a map with its size at sizeAt; nil for none
	sizeAt     uintptr
}

// form is what innards held at a moment.
type form struct {
	self       [2]unsafe.Pointer
	prototype  *goja.Object
	extensible bool
	names      []unistring.String
	symbols    int
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
	symbols := inner.FieldByName("symValues")
	size, found := symbols.Type().Elem().FieldByName("size")
	if !found || size.Type.Kind() != reflect.Int || symbols.Type().Kind() != reflect.Pointer ||
		self.Type().Kind() != reflect.Interface || self.Type().NumMethod() == 0 {
		return innards{}, false
	}
	return innards{
		self:       (*[2]unsafe.Pointer)(self.Addr().UnsafePointer()),
		prototype:  fieldOf[*goja.Object](inner, "prototype"),
		extensible: fieldOf[bool](inner, "extensible"),
		names:      fieldOf[[]unistring.String](inner, "propNames"),
		symbols:    (*unsafe.Pointer)(symbols.Addr().UnsafePointer()),
		sizeAt:     size.Offset,
	}, true
}

// seesInnards reports whether goja keeps its objects as expected.
var seesInnards = sync.OnceValue(func() bool {
	_, ok := innardsOf(goja.New().GlobalObject())
	return ok
})

// fieldOf is the address of a field, which panics when its type is not T.
func fieldOf[T any](of reflect.Value, name string) *T {
	field := of.FieldByName(name)
	if field.Type() != reflect.TypeFor[T]() {
		panic(name + " is of another type")
	}
	return (*T)(field.Addr().UnsafePointer())
}

func (in *innards) symbolCount() int {
	if *in.symbols == nil {
		return 0
	}
	return *(*int)(unsafe.Add(*in.symbols, in.sizeAt))
}

// form is what the innards hold now.
func (in *innards) form() form {
	return form{*in.self, *in.prototype, *in.extensible, slices.Clone(*in.names), in.symbolCount()}
}

// differs says what the innards do not hold any more of a form; "" when they hold all.
func (in *innards) differs(was *form) string {
	switch {
	case *in.self != was.self:
		return "the kind"
	case *in.prototype != was.prototype:
		return "the prototype"
	case *in.extensible != was.extensible:
		return "the extensibility"
	case in.symbolCount() != was.symbols:
		return "the symbols"
	case !slices.Equal(*in.names, was.names):
		return "the names"
	}
	return ""
}
