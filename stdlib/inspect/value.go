package inspect

import (
	"math/big"
)

// Kind tells the language type of a [Value], as typeof does, null apart.
type Kind uint8

// The language types. The zero Kind is Undefined.
const (
	KindUndefined Kind = iota
	KindNull
	KindBool
	KindNumber
	KindString
	KindBigInt
	KindSymbol
	KindObject // functions included
)

// Value is a JavaScript value to be printed. The zero Value is undefined.
type Value struct {
	Kind   Kind
	Bool   bool
	Number float64
	// Text is the content of a string (WTF-8), the decimal digits of a BigInt,
	// the description of a symbol.
	Text string
	// Object is the object when Kind is KindObject, and never nil then. A
	// primitive may carry its wrapper object here; only its JSON method is asked.
	Object Object
}

// Null, Bool, Number, String, BigInt, Symbol and ObjectValue make Values; the
// zero Value is undefined.
func Null() Value { return Value{Kind: KindNull} }

// Bool makes a boolean.
func Bool(b bool) Value { return Value{Kind: KindBool, Bool: b} }

// Number makes a number.
func Number(n float64) Value { return Value{Kind: KindNumber, Number: n} }

// String makes a string. s may hold lone surrogates as WTF-8; bytes that are
// neither UTF-8 nor such surrogates are read as U+FFFD.
func String(s string) Value { return Value{Kind: KindString, Text: cleanText(s)} }

// BigInt makes a BigInt; nil is 0n.
func BigInt(n *big.Int) Value {
	if n == nil {
		n = new(big.Int)
	}
	return Value{Kind: KindBigInt, Text: n.String()}
}

// Symbol makes a symbol with a description.
func Symbol(description string) Value {
	return Value{Kind: KindSymbol, Text: cleanText(description)}
}

// ObjectValue makes a Value of an object; nil gives null.
func ObjectValue(o Object) Value {
	if o == nil {
		return Null()
	}
	return Value{Kind: KindObject, Object: o}
}

// Class tells which internal slots an object has, whatever its prototype is.
type Class uint8

// The classes that print in a way of their own; all others are ClassOrdinary.
const (
	ClassOrdinary Class = iota
	ClassArray
	ClassArguments
	ClassFunction
	ClassError // also an object that inherits from Error.prototype
	ClassDate
	ClassRegExp
	ClassMap
	ClassSet
	ClassWeakMap
	ClassWeakSet
	ClassPromise
	ClassArrayBuffer
	ClassDataView
	ClassTypedArray
	ClassBoxed // wrapper object of a primitive
	ClassProxy
)

// Object is what the printer needs to know of an object. Methods said to "run
// user code" may call accessors, traps or methods of the program; they report an
// exception by a panic of the engine's own kind.
type Object interface {
	// ID identifies the object: comparable, equal for the same object only.
	ID() any
	// Class tells the internal slots. It runs no user code.
	Class() Class
	// Slots reads them. Lists hold at most limit items. It runs no user code.
	Slots(limit int) Slots
	// Prototype is [[GetPrototypeOf]], nil for null. A proxy runs its trap.
	Prototype() Object
	// Keys lists own keys: strings in property order, then symbols. Not more
	// than limit strings are needed; a negative limit means all. A proxy runs
	// its traps.
	Keys(filter KeyFilter, limit int) []Key
	// Own is [[GetOwnProperty]]. A proxy runs its trap.
	Own(Key) (Property, bool)
	// Has tells whether the object or its prototypes have the property. A proxy
	// runs its trap.
	Has(Key) bool
	// Get is [[Get]]. It runs user code.
	Get(Key) Value
	// IsInstance is `this instanceof constructor`, false when that throws. It
	// runs user code when Symbol.hasInstance is defined.
	IsInstance(constructor Object) bool
	// Builtin is "Object" and "Function" for the prototypes of these two, ""
	// for every other object.
	Builtin() string
	// Custom calls the object's [nodejs.util.inspect.custom] method with this
	// set to receiver. It reports false when there is none, or when the method
	// returned its receiver. It runs user code.
	Custom(receiver Object, depth int, options *Options) (Value, bool)
	// ToText is ToString(object) and ToNumber is Number(object). They run user code.
	ToText() string
	ToNumber() float64
	// JSON is JSON.stringify(object), "undefined" when that is undefined, and
	// "[Circular]" for a circular structure. It runs user code.
	JSON() string
}

// KeyFilter selects own keys.
type KeyFilter uint8

// Filters may be combined; zero selects the enumerable keys.
const (
	KeysHidden  KeyFilter = 1 << iota // not enumerable keys, too
	KeysNoIndex                       // no array indexes
)

// Key is a property key.
type Key struct {
	// Name is the string key, or the description of the symbol.
	Name string
	// Symbol identifies a symbol; nil for a string key.
	Symbol any
	// Ref is for the Object's own use.
	Ref any
}

// NameKey makes a string key.
func NameKey(name string) Key { return Key{Name: name} }

// WellKnownSymbol is what Key.Symbol holds for the symbols that the printer asks
// for by itself. An Object translates it to its engine's symbol, and never
// returns it from Keys.
type WellKnownSymbol string

// The symbols that the printer asks for.
const (
	SymbolToStringTag WellKnownSymbol = "Symbol.toStringTag"
	SymbolIterator    WellKnownSymbol = "Symbol.iterator"
	SymbolToPrimitive WellKnownSymbol = "Symbol.toPrimitive"
)

func symbolKey(s WellKnownSymbol) Key { return Key{Name: string(s), Symbol: s} }

// Property is an own property.
type Property struct {
	Value      Value // of a data property
	Getter     bool  // an accessor with a getter
	Setter     bool  // an accessor with a setter
	Enumerable bool
}

// PromiseState is the state of a promise.
type PromiseState uint8

// The three states.
const (
	Pending PromiseState = iota
	Fulfilled
	Rejected
)

// FunctionKind tells plain functions from those that name their kind when printed.
type FunctionKind uint8

// Async and generator functions; AsyncGenerator is both.
const (
	PlainFunction  FunctionKind = 0
	AsyncFunction  FunctionKind = 1
	GeneratorFunc  FunctionKind = 2
	AsyncGenerator FunctionKind = 3
)

// Slots holds what an object keeps in internal slots. Only the fields that the
// class names are set.
type Slots struct {
	// Length is the length of an array or typed array, the size of a Map or Set.
	Length int
	// Items are the members of a Set, the keys and values of a Map in turn, the
	// numbers of a typed array.
	Items []Value
	// Value is a boxed primitive, or what a settled promise holds.
	Value Value
	// State is a promise's state.
	State PromiseState
	// Millis is a date's time value; NaN for an invalid date.
	Millis float64
	// Text is the text of a regular expression (/a/g), the source of a
	// function, the type name of a typed array (Uint8Array). A regular
	// expression runs user code here when its flags are overridden, as in Node.
	Text string
	// Function is a function's kind.
	Function FunctionKind
	// Bytes is the content of an array buffer, all of it; Detached says that it is gone.
	Bytes    []byte
	Detached bool
	// Target and Handler belong to a proxy; both are nil when it is revoked.
	Target, Handler Object
}
