package ir

import "github.com/ferrule-rules/ferrule/ast/source"

// Expr is a pure expression. The interface is sealed.
type Expr interface {
	Span() source.Span
	expr()
}

// Const is a constant: nil is null, jsvalue.Undefined, a bool, a float64 or a string
// (without lone surrogates).
//
//	null  undefined  true  1.5  "text"
type Const struct {
	At    source.Span
	Value any
}

// Root is the rule's user, context or configuration as it was given.
//
//	user
type Root struct {
	At   source.Span
	Name string // user or context
}

// Local is the value of a variable.
//
//	roles
type Local struct {
	At   source.Span
	Name string
}

// Path reads a chain of fixed properties from a root. Reading through null or undefined
// exits, as JavaScript throws there; a last property that is absent is undefined.
//
//	user.app_metadata.plan
//	context.idToken["https://example.com/role"]
type Path struct {
	At   source.Span
	Root string   // user or context
	Keys []string // one or more
}

// Get reads one property of a value; it exits where Object is null or undefined.
//
//	role.name
//	table[context.clientID]
//	list[0]
//	(user.a).b
type Get struct {
	At     source.Span
	Object Expr
	Key    Expr
}

// Call is a pure function of the library (package stdlib, its registry). The comparisons
// same, less, lessEq, greater and greaterEq stand between their arguments.
//
//	toLowerCase(user.email)
//	user.plan == "free"
//	user.logins >= 3
type Call struct {
	At   source.Span
	Func string
	Args []Expr
}

// Not is JavaScript's !.
//
//	not(x)
type Not struct {
	At source.Span
	X  Expr
}

// And is JavaScript's &&: X when it is falsy, else Y.
//
//	x and y
type And struct {
	At   source.Span
	X, Y Expr
}

// Or is JavaScript's ||: X when it is truthy, else Y.
//
//	x or y
type Or struct {
	At   source.Span
	X, Y Expr
}

// Coalesce is JavaScript's ??: Y when X is null or undefined, else X.
//
//	x ?? y
type Coalesce struct {
	At   source.Span
	X, Y Expr
}

// Cond chooses by the truthiness of If.
//
//	(if a then b else c)
type Cond struct {
	At             source.Span
	If, Then, Else Expr
}

// OptGet is the part of an optional chain behind one ?.: undefined when X is null or
// undefined, else Then, in which the item variable Name stands for X.
//
//	(x ?. it: it.name)
type OptGet struct {
	At   source.Span
	X    Expr
	Name string // item variable
	Then Expr
}

// In is membership in a set of constants (strings, numbers without NaN, booleans, null).
// SameValueZero and === agree for them.
//
//	user.email in {"a", "b"}
type In struct {
	At  source.Span
	X   Expr
	Set []any // no value twice
}

// List makes a new array.
//
//	[a, ...b]
type List struct {
	At    source.Span
	Items []Item
}

// Item is an element of a List, or with Spread all elements of an array, or of
// another iterable that the library knows.
type Item struct {
	X      Expr
	Spread bool
}

// Object makes a new object. Later fields of the same key win and keep the first's place.
//
//	{"a": 1, [k]: v, ...rest}
type Object struct {
	At     source.Span
	Fields []Field
}

// Field is a property of an Object. A nil Key spreads Value: its own properties are copied;
// null and undefined have none.
type Field struct {
	Key   Expr // a string or number constant, or computed
	Value Expr
}

// Regexp is a regular expression that RE2 is proven to match as JavaScript does. It stands
// only as an argument of the library's functions on regular expressions.
//
//	/^a+$/i
type Regexp struct {
	At     source.Span
	Source string
	Flags  string // g and i only
}

// EachKind is what an Each computes from the answers of its body.
type EachKind uint8

// The kinds of Each: JavaScript's array methods of these names.
const (
	Some      EachKind = iota + 1 // true when one answer is truthy
	Every                         // true when all are
	Find                          // the first item whose answer is truthy, else undefined
	FindIndex                     // its index, else -1
	Filter                        // a new array of the items whose answer is truthy
	Map                           // a new array of the answers
)

// Each computes its body for the items of an array, in order, as often as the kind needs.
//
//	some(user.groups, g: g == "admin")
//	map(user.identities, (x, i): x.provider)
type Each struct {
	At    source.Span
	Kind  EachKind
	List  Expr
	Item  string // item variable
	Index string // item variable; "" when the body does not read it
	Body  Expr
}

// ItemVar is the value of an item variable, inside its body.
//
//	g
type ItemVar struct {
	At   source.Span
	Name string
}

func (e *Const) Span() source.Span    { return e.At }
func (e *Root) Span() source.Span     { return e.At }
func (e *Local) Span() source.Span    { return e.At }
func (e *Path) Span() source.Span     { return e.At }
func (e *Get) Span() source.Span      { return e.At }
func (e *Call) Span() source.Span     { return e.At }
func (e *Not) Span() source.Span      { return e.At }
func (e *And) Span() source.Span      { return e.At }
func (e *Or) Span() source.Span       { return e.At }
func (e *Coalesce) Span() source.Span { return e.At }
func (e *Cond) Span() source.Span     { return e.At }
func (e *OptGet) Span() source.Span   { return e.At }
func (e *In) Span() source.Span       { return e.At }
func (e *List) Span() source.Span     { return e.At }
func (e *Object) Span() source.Span   { return e.At }
func (e *Regexp) Span() source.Span   { return e.At }
func (e *Each) Span() source.Span     { return e.At }
func (e *ItemVar) Span() source.Span  { return e.At }

func (*Const) expr()    {}
func (*Root) expr()     {}
func (*Local) expr()    {}
func (*Path) expr()     {}
func (*Get) expr()      {}
func (*Call) expr()     {}
func (*Not) expr()      {}
func (*And) expr()      {}
func (*Or) expr()       {}
func (*Coalesce) expr() {}
func (*Cond) expr()     {}
func (*OptGet) expr()   {}
func (*In) expr()       {}
func (*List) expr()     {}
func (*Object) expr()   {}
func (*Regexp) expr()   {}
func (*Each) expr()     {}
func (*ItemVar) expr()  {}
