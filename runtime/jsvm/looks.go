package jsvm

import (
	"slices"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// looks are what objects were, side by side, because all of them are compared behind each run: what that
// costs is memory that is not at hand.
type looks struct {
	objects []look
	slots   []slot  // where goja keeps what the objects' properties are
	owners  []owner // of the slots
	arrays  []arrayLook
}

// look is what an object was.
type look struct {
	innards
	object     *goja.Object
	kind       [2]unsafe.Pointer
	prototype  *goja.Object
	names      nameList
	symbols    symbolState
	symbolsAt  unsafe.Pointer
	extensible bool
	first, end int  // its slots
	more       bool // and others, of properties that were noted later
}

// slot is a place in which goja keeps a value, and what was in it.
type slot struct {
	at   *goja.Value
	want goja.Value
}

// owner says whose slot is which.
type owner struct {
	object int              // among the objects; forgotten for a slot that counts no more
	name   unistring.String // "" for a symbol's
	kind   slotKind
}

type slotKind uint8

const (
	slotOfName     slotKind = iota // in the map of properties, which moves them when names come or go
	slotOfSymbol                   // stays where it is
	slotOfProperty                 // the value in a property with attributes, which stays where it is
)

const forgotten = -1

// arrayLook is what the elements of an array were.
type arrayLook struct {
	object int
	length uint32
	want   []goja.Value
}

// take notes what an object is, anew when it has been noted before, and answers the values that
// it leads to. Of properties that own names, only that they are still the same ones counts, not their values.
func (l *looks) take(at int, own func(name unistring.String) bool) (next []goja.Value) {
	o := &l.objects[at]
	if o.end > 0 {
		l.forget(at)
	}
	o.kind, o.prototype, o.extensible = *o.self, o.innards.prototype(), o.innards.extensible()
	o.symbolsAt = o.innards.symbols()
	o.symbols = stateOfSymbols(o.symbolsAt)
	o.names = o.mark()
	if o.prototype != nil {
		next = append(next, o.prototype)
	}
	o.first, o.more = len(l.slots), false
	o.eachSlot(func(name unistring.String, place *goja.Value) {
		if own(name) {
			l.keep(at, name, slotOfName, place)
			return
		}
		next = append(next, l.note(at, name, slotOfName, place)...)
	})
	for _, place := range o.symbolSlots() {
		next = append(next, l.note(at, "", slotOfSymbol, place)...)
	}
	if o.elements != nil {
		for i := range *o.elements {
			if p, ok := propertyIn((*o.elements)[i]); ok {
				next = append(next, l.noteProperty(at, "", p)...)
			} else if (*o.elements)[i] != nil {
				next = append(next, (*o.elements)[i])
			}
		}
		l.arrays = append(l.arrays, arrayLook{at, *o.length, slices.Clone(*o.elements)})
	}
	o.end = len(l.slots)
	return next
}

// slotsOf is where the slots of an object are; there may be others between them.
func (l *looks) slotsOf(at int) (first, end int) {
	o := &l.objects[at]
	if o.more {
		return o.first, len(l.slots)
	}
	return o.first, o.end
}

// forget makes the slots of an object count no more.
func (l *looks) forget(at int) {
	for i, end := l.slotsOf(at); i < end; i++ {
		if l.owners[i].object == at {
			l.drop(i)
		}
	}
	l.arrays = slices.DeleteFunc(l.arrays, func(a arrayLook) bool { return a.object == at })
}

func (l *looks) drop(slot int) {
	l.owners[slot].object = forgotten
	l.slots[slot].at = &nothing
	l.slots[slot].want = nil
}

var nothing goja.Value

func (l *looks) keep(at int, name unistring.String, kind slotKind, place *goja.Value) {
	l.slots = append(l.slots, slot{place, *place})
	l.owners = append(l.owners, owner{at, name, kind})
}

// note takes down a slot and the property in it, and answers what they lead to.
func (l *looks) note(at int, name unistring.String, kind slotKind, place *goja.Value) (next []goja.Value) {
	l.keep(at, name, kind, place)
	if p, ok := propertyIn(*place); ok {
		return l.noteProperty(at, name, p)
	}
	return []goja.Value{*place}
}

// noteProperty takes down the value of a property that can be written. What cannot changes only when the
// property is defined anew: then it is another, or guardDefining has seen it.
func (l *looks) noteProperty(at int, name unistring.String, p property) (next []goja.Value) {
	if p.isAccessor() {
		for _, function := range p.functions() {
			if function != nil {
				next = append(next, function)
			}
		}
		return next
	}
	if p.isWritable() && !(name == "length" && l.objects[at].elements != nil) { // which goja fills when it is read
		l.keep(at, name, slotOfProperty, p.value())
	}
	if value := *p.value(); value != nil {
		next = append(next, value)
	}
	return next
}

// renew takes down anew a property of an object.
func (l *looks) renew(at int, name unistring.String) {
	l.objects[at].more = true
	for i, o := range l.owners {
		if o.object == at && o.name == name && o.kind != slotOfSymbol {
			l.drop(i)
		}
	}
	l.objects[at].eachSlot(func(found unistring.String, place *goja.Value) {
		if found == name {
			l.note(at, name, slotOfName, place)
		}
	})
}

// changed says what of the objects is not what it was; "" when nothing is. No code runs.
func (l *looks) changed() string {
	for i := range l.objects {
		o := &l.objects[i]
		if *o.self == o.kind && o.innards.prototype() == o.prototype && o.innards.extensible() == o.extensible &&
			o.innards.names() == o.names && o.innards.symbols() == o.symbolsAt && (o.symbolsAt == nil || stateOfSymbols(o.symbolsAt) == o.symbols) {
			continue
		}
		if changed := l.formChanged(i); changed != "" {
			return changed + " of a built-in"
		}
	}
	for i := range l.slots {
		s := &l.slots[i]
		if *wordsOf(s.at) != *wordsOf(&s.want) && !l.sameValue(s) {
			return l.what(i)
		}
	}
	for i := range l.arrays {
		if l.elementsChanged(&l.arrays[i]) {
			return "an element of a built-in"
		}
	}
	return ""
}

// changedIn is changed for one object.
func (l *looks) changedIn(at int) string {
	if changed := l.formChanged(at); changed != "" {
		return changed
	}
	for i, end := l.slotsOf(at); i < end; i++ {
		if s := &l.slots[i]; l.owners[i].object == at && *wordsOf(s.at) != *wordsOf(&s.want) && !l.sameValue(s) {
			return l.what(i)
		}
	}
	for i := range l.arrays {
		if l.arrays[i].object == at && l.elementsChanged(&l.arrays[i]) {
			return "an element"
		}
	}
	return ""
}

// formChanged is changed for all of an object but its values. A list of names that is not the same may
// still be equal: after an enumeration, or when a name came and went.
func (l *looks) formChanged(at int) string {
	o := &l.objects[at]
	switch symbols := o.innards.symbols(); {
	case *o.self != o.kind:
		return "the kind"
	case o.innards.prototype() != o.prototype:
		return "the prototype"
	case o.innards.extensible() != o.extensible:
		return "the extensibility"
	case stateOfSymbols(symbols) != o.symbols:
		return "the symbols"
	case o.innards.names() == o.names:
		return ""
	case !slices.Equal(o.innards.names().list(), o.names.list()):
		return "the names"
	}
	o.setNames(o.names)
	l.replace(at)
	return ""
}

// replace finds the slots of an object where they are now.
func (l *looks) replace(at int) {
	o := &l.objects[at]
	places := o.slots()
	for i, end := l.slotsOf(at); i < end; i++ {
		if of := &l.owners[i]; of.object == at && of.kind == slotOfName {
			l.slots[i].at = places[of.name]
		}
	}
}

// sameValue reports whether a slot holds what it held: the same text or number may be kept in another place.
func (l *looks) sameValue(s *slot) bool {
	now := *s.at
	if now == nil || s.want == nil {
		return false
	}
	for _, value := range []goja.Value{now, s.want} {
		if _, ok := propertyIn(value); ok {
			return false
		}
		if _, ok := value.(*goja.Object); ok {
			return false
		}
	}
	return now.SameAs(s.want)
}

func (l *looks) elementsChanged(a *arrayLook) bool {
	o := &l.objects[a.object]
	return *o.length != a.length || !slices.EqualFunc(*o.elements, a.want, func(now, want goja.Value) bool {
		return *wordsOf(&now) == *wordsOf(&want) || l.sameValue(&slot{&now, want})
	})
}

// what names the slot of a value.
func (l *looks) what(slot int) string {
	o := l.owners[slot]
	if o.name == "" {
		return "a value of a built-in"
	}
	return "the value of " + o.name.String()
}
