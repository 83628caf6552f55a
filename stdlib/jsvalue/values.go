package jsvalue

import "time"

// The values of a lowered program are those of decoded JSON (map[string]any, []any,
// string, float64, bool, nil) and the types of this file. A map[string]any and a []any
// belong to the login's input and are read only; what a run makes is an *Object or a *List.

type undefined struct{}

// Undefined is JavaScript's undefined. It is never part of an input or an outcome.
var Undefined any = undefined{}

// IsUndefined reports whether x is undefined.
func IsUndefined(x any) bool { _, ok := x.(undefined); return ok }

// IsNullish reports whether x is null or undefined.
func IsNullish(x any) bool { return x == nil || IsUndefined(x) }

// Object is an object that a run made. Keys are its keys as they were written first, those
// of deleted properties taken out; Values holds a value for each.
type Object struct {
	Keys   []string
	Values map[string]any
	// Taken says that the end of a rule has made Values a part of the login.
	Taken bool
}

// List is an array that a run made or changes: one that is shared by reference.
type List struct {
	Items []any
	Taken bool // as of Object
}

// roomy is a short list together with its items, which is one allocation less.
type roomy struct {
	List
	room [fewItems]any
}

const fewItems = 4

// NewList makes a list of n items, all nil.
func NewList(n int) *List {
	if n > fewItems {
		return &List{Items: make([]any, n)}
	}
	made := &roomy{}
	made.Items = made.room[:n]
	return &made.List
}

// Date is a JavaScript Date: milliseconds since 1970 UTC, NaN when invalid.
type Date struct {
	Time float64
	Zone *time.Location // local time of the run that made it; nil when unknown: its text exits
}

// Set is a JavaScript Set in insertion order. At knows each value's place by its [MapKey].
type Set struct {
	Items []any
	At    map[any]int
}

// Map is a JavaScript Map in insertion order.
type Map struct {
	Keys   []any
	Values []any
	At     map[any]int
}

// Run is what library functions need to know of the run; texts call it run.
type Run struct {
	Now  float64        // the run's clock: milliseconds since 1970 UTC
	Zone *time.Location // local time
	// Keys lists an input object's own keys in JavaScript's order; known is false when
	// the order is not known, and an ordered read of the object then exits.
	Keys func(object map[string]any) (keys []string, known bool)
}

// Exit is the error of a library function, and the value of a path, that the lowered form
// does not cover: JavaScript would throw, or the value has a shape that is not proven. The
// rule then runs in goja.
type Exit struct {
	Code string // a code of the exits' table, see ast/diag
}

func (e *Exit) Error() string { return "exit: " + e.Code }

// The exits of values.
var (
	// ExitNullish: a property of null or undefined is read or written.
	ExitNullish = &Exit{"nullish-parent"}
	// ExitType: a value is not of the type that the operation is lowered for.
	ExitType = &Exit{"value-type"}
	// ExitPrototype: a key is one that a prototype answers to.
	ExitPrototype = &Exit{"prototype-key"}
	// ExitOrder: the order of an object's keys matters and is not known.
	ExitOrder = &Exit{"key-order"}
	// ExitSurrogate: a string holds or would hold half of a surrogate pair.
	ExitSurrogate = &Exit{"lone-surrogate"}
	// ExitThrow: JavaScript throws here for another reason (a RangeError, a URIError, bad JSON).
	ExitThrow = &Exit{"throws"}
	// ExitForeign: a Go value of the input that is not decoded JSON.
	ExitForeign = &Exit{"foreign-value"}
	// ExitSize: a value would become larger than a lowered program may make it.
	ExitSize = &Exit{"value-size"}
	// ExitAlias: an array that is reached by two ways is changed.
	ExitAlias = &Exit{"shared-array"}
)
