package jsvm

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// innards are the places where goja keeps what an object is. The public ways make a copy of each
// name, and tell of symbols only when asked by JavaScript: 100 us a run and more for all
// built-ins, where this takes a few.
//
// They are found by the names of goja's own fields, and of reflect's for the places of a map's
// values. Where these are not as expected, there are no innards, and no machine is lent.
type innards struct {
	base     unsafe.Pointer     // what all kinds of objects embed, laid out as kept says
	self     *[2]unsafe.Pointer // the object's kind; goja changes it at times
	elements *[]goja.Value      // of an array; nil for others
	length   *uint32            // of an array
}

// layout says where goja keeps what: bytes from the start of the struct that holds it.
type layout struct {
	prototype, extensible, values, names, symbols     uintptr // of an object
	first, last, size                                 uintptr // of its symbols: entries, and their number
	entryKey, entryValue, next                        uintptr // of an entry
	property                                          unsafe.Pointer
	propertyValue, writable, accessor, getter, setter uintptr // of a property with attributes of its own
	mapElem                                           uintptr // of an iterator of a map
}

// kept is the layout; seesInnards says whether it holds.
var kept layout

// seesInnards reports whether goja keeps its objects as expected. It tries what the look at
// built-ins rests on.
var seesInnards = sync.OnceValue(func() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	vm := goja.New()
	kept = layoutOf(vm)
	object, err := vm.RunString(`({ a: 1, b: 2, c: 3, get d() { return 4 }, [Symbol.iterator]: 5 })`)
	must(err)
	in := innardsOf(object.(*goja.Object))
	slots := in.slots()
	was := in.mark()
	symbol := in.symbolSlots()
	if len(slots) != 4 || len(symbol) != 1 || *slots["a"] != vm.ToValue(1) || (*symbol[0]).ToInteger() != 5 {
		return false
	}
	if p, ok := propertyIn(*slots["d"]); !ok || !p.isAccessor() || p.functions()[0] == nil {
		return false
	}
	run := func(code string) {
		must(vm.Set("o", object))
		_, err := vm.RunString(code)
		must(err)
	}
	run(`o.a = 6`)
	if (*slots["a"]).ToInteger() != 6 || in.names() != was {
		return false
	}
	run(`Object.defineProperty(o, 'a', { value: 7, enumerable: false })`)
	p, ok := propertyIn(*slots["a"])
	if !ok || (*p.value()).ToInteger() != 7 || !p.isWritable() {
		return false
	}
	run(`o.a = 8`)
	if (*p.value()).ToInteger() != 8 || in.names() != was {
		return false
	}
	run(`delete o.c; o.c = 3`) // the names are the same, in the same order
	return in.names() != was
})

// layoutOf finds the layout; it panics where goja has none as expected.
func layoutOf(vm *goja.Runtime) layout {
	self, _ := selfOf(vm.NewObject())
	base := self.Elem().Elem()
	entry := fieldOf(fieldOf(base.Type(), "symValues", nil).Type.Elem(), "iterFirst", nil).Type.Elem()
	symbols := fieldOf(base.Type(), "symValues", nil).Type.Elem()
	value, name, object := reflect.TypeFor[goja.Value](), reflect.TypeFor[[]unistring.String](), reflect.TypeFor[*goja.Object]()
	made := layout{
		prototype:  fieldOf(base.Type(), "prototype", object).Offset,
		extensible: fieldOf(base.Type(), "extensible", reflect.TypeFor[bool]()).Offset,
		values:     fieldOf(base.Type(), "values", reflect.TypeFor[map[unistring.String]goja.Value]()).Offset,
		names:      fieldOf(base.Type(), "propNames", name).Offset,
		symbols:    fieldOf(base.Type(), "symValues", reflect.PointerTo(symbols)).Offset,
		first:      fieldOf(symbols, "iterFirst", reflect.PointerTo(entry)).Offset,
		last:       fieldOf(symbols, "iterLast", reflect.PointerTo(entry)).Offset,
		size:       fieldOf(symbols, "size", reflect.TypeFor[int]()).Offset,
		entryKey:   fieldOf(entry, "key", value).Offset,
		entryValue: fieldOf(entry, "value", value).Offset,
		next:       fieldOf(entry, "iterNext", reflect.PointerTo(entry)).Offset,
	}
	iterator := fieldOf(reflect.TypeFor[reflect.MapIter](), "hiter", nil)
	made.mapElem = iterator.Offset + fieldOf(iterator.Type, "elem", reflect.TypeFor[unsafe.Pointer]()).Offset

	self, _ = selfOf(vm.NewArray().Prototype())
	vm.NewArray().Prototype().Get("map")
	values := *(*map[unistring.String]goja.Value)(unsafe.Add(self.Elem().Elem().FieldByName("baseObject").Addr().UnsafePointer(), made.values))
	held := values["map"]
	made.property = wordsOf(&held)[0]
	property := reflect.TypeOf(held).Elem()
	made.propertyValue = fieldOf(property, "value", value).Offset
	made.writable = fieldOf(property, "writable", reflect.TypeFor[bool]()).Offset
	made.accessor = fieldOf(property, "accessor", reflect.TypeFor[bool]()).Offset
	made.getter = fieldOf(property, "getterFunc", object).Offset
	made.setter = fieldOf(property, "setterFunc", object).Offset
	return made
}

// fieldOf is a field of a struct, which panics when there is none of the type; nil is any.
func fieldOf(of reflect.Type, name string, want reflect.Type) reflect.StructField {
	field, ok := of.FieldByName(name)
	if !ok || want != nil && field.Type != want || len(field.Index) != 1 {
		panic(name + " is not as expected")
	}
	return field
}

// selfOf is where goja keeps the kind of an object, and what is in it.
func selfOf(object *goja.Object) (self reflect.Value, at *[2]unsafe.Pointer) {
	self = reflect.ValueOf(object).Elem().FieldByName("self")
	if self.Kind() != reflect.Interface || self.Type().NumMethod() == 0 {
		panic("self is not as expected")
	}
	return self, (*[2]unsafe.Pointer)(self.Addr().UnsafePointer())
}

// innardsOf finds the innards of an object; it panics where these are not as expected.
func innardsOf(object *goja.Object) innards {
	self, at := selfOf(object)
	inner := self.Elem().Elem()
	in := innards{self: at}
	if array := inner.FieldByName("values"); array.IsValid() && array.Type() == reflect.TypeFor[[]goja.Value]() {
		in.elements = (*[]goja.Value)(array.Addr().UnsafePointer())
		in.length = (*uint32)(inner.FieldByName("length").Addr().UnsafePointer())
	}
	if base := inner.FieldByName("baseObject"); base.IsValid() {
		inner = base // what embeds it may have fields of the same names
	}
	fieldOf(inner.Type(), "propNames", reflect.TypeFor[[]unistring.String]())
	in.base = inner.Addr().UnsafePointer()
	return in
}

// wordsOf are the two words of a value: what goja keeps, not what it means.
func wordsOf(value *goja.Value) *[2]unsafe.Pointer {
	return (*[2]unsafe.Pointer)(unsafe.Pointer(value))
}

func (in *innards) prototype() *goja.Object {
	return *(**goja.Object)(unsafe.Add(in.base, kept.prototype))
}

func (in *innards) extensible() bool { return *(*bool)(unsafe.Add(in.base, kept.extensible)) }

func (in *innards) values() map[unistring.String]goja.Value {
	return *(*map[unistring.String]goja.Value)(unsafe.Add(in.base, kept.values))
}

// nameList is a list of names where it is: the same one as long as no name has come or gone, once it is marked.
type nameList struct {
	first *unistring.String
	count int
}

// listOf is a list of names; goja keeps one in the same way.
func listOf(names []unistring.String) nameList { return nameList{unsafe.SliceData(names), len(names)} }

func (l nameList) list() []unistring.String { return unsafe.Slice(l.first, l.count) }

// names are an object's names, in the order in which they came.
func (in *innards) names() nameList { return *(*nameList)(unsafe.Add(in.base, kept.names)) }

// copyMarker in the last place of a list's capacity makes goja change a copy of the list, never
// the list itself. goja puts it there while properties are enumerated.
const copyMarker = unistring.String(" ")

// mark answers the names, which goja changes no more in their place: when one is added or deleted, names
// answers another list.
func (in *innards) mark() nameList {
	at := (*[]unistring.String)(unsafe.Add(in.base, kept.names))
	*at = marked(*at)
	return in.names()
}

// marked is a copy of names that goja does not change in its place.
func marked(names []unistring.String) []unistring.String {
	made := make([]unistring.String, len(names)+1)
	copy(made, names)
	made[len(names)] = copyMarker
	return made[:len(names)]
}

// setNames puts a marked list in the place of an equal one.
func (in *innards) setNames(list nameList) {
	*(*[]unistring.String)(unsafe.Add(in.base, kept.names)) = unsafe.Slice(list.first, list.count+1)[:list.count]
}

// slots are the places of an object's values by their names. A place stays until a name comes or goes.
func (in *innards) slots() map[unistring.String]*goja.Value {
	made := map[unistring.String]*goja.Value{}
	in.eachSlot(func(name unistring.String, at *goja.Value) { made[name] = at })
	return made
}

func (in *innards) eachSlot(do func(name unistring.String, at *goja.Value)) {
	values := in.values()
	for each := reflect.ValueOf(values).MapRange(); each.Next(); {
		at := *(**goja.Value)(unsafe.Add(unsafe.Pointer(each), kept.mapElem))
		do(unistring.String(each.Key().String()), at)
	}
}

// symbolSlots are the places of what an object's symbols mean, in the order in which these came. A
// symbol that is deleted loses its place for good.
func (in *innards) symbolSlots() (slots []*goja.Value) {
	symbols := in.symbols()
	if symbols == nil {
		return nil
	}
	for entry := *(*unsafe.Pointer)(unsafe.Add(symbols, kept.first)); entry != nil; entry = *(*unsafe.Pointer)(unsafe.Add(entry, kept.next)) {
		slots = append(slots, (*goja.Value)(unsafe.Add(entry, kept.entryValue)))
	}
	return slots
}

// hasSymbol reports whether a symbol is an object's own.
func (in *innards) hasSymbol(symbol *goja.Symbol) bool {
	for _, place := range in.symbolSlots() {
		entry := unsafe.Add(unsafe.Pointer(place), -int(kept.entryValue))
		if *(*goja.Value)(unsafe.Add(entry, kept.entryKey)) == goja.Value(symbol) {
			return true
		}
	}
	return false
}

// symbols is where an object's symbols are; nil for none.
func (in *innards) symbols() unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Add(in.base, kept.symbols))
}

// symbolState is how many symbols there are, and the place of the one that came last: when one has come
// or gone, one of the two differs.
type symbolState struct {
	size int
	last unsafe.Pointer
}

func stateOfSymbols(symbols unsafe.Pointer) symbolState {
	if symbols == nil {
		return symbolState{}
	}
	return symbolState{*(*int)(unsafe.Add(symbols, kept.size)), *(*unsafe.Pointer)(unsafe.Add(symbols, kept.last))}
}

// property is a property with attributes of its own, as built-ins have them. goja changes it in its
// place when it is written.
type property struct{ at unsafe.Pointer }

// propertyIn is what goja keeps in a slot, when it is a property; ok is false for a mere value.
func propertyIn(held goja.Value) (p property, ok bool) {
	words := wordsOf(&held)
	return property{words[1]}, words[0] == kept.property
}

func (p property) value() *goja.Value { return (*goja.Value)(unsafe.Add(p.at, kept.propertyValue)) }

func (p property) isWritable() bool { return *(*bool)(unsafe.Add(p.at, kept.writable)) }

func (p property) isAccessor() bool { return *(*bool)(unsafe.Add(p.at, kept.accessor)) }

// functions are the accessors; nil where there is none.
func (p property) functions() [2]*goja.Object {
	return [2]*goja.Object{*(**goja.Object)(unsafe.Add(p.at, kept.getter)), *(**goja.Object)(unsafe.Add(p.at, kept.setter))}
}
