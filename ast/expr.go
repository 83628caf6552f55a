package ast

import "github.com/ferrule-rules/ferrule/ast/source"

// Ident is a name that stands for a variable, or a label.
//
//	user
type Ident struct {
	At   source.Span
	Name string // unicode escapes decoded
}

// This is the receiver.
//
//	this
type This struct{ At source.Span }

// Super stands only as the object of a Member or Index, or as a Call's callee.
//
//	super
type Super struct{ At source.Span }

// Null is the null literal. (undefined is an Ident.)
//
//	null
type Null struct{ At source.Span }

// Bool is a truth literal.
//
//	true
type Bool struct {
	At    source.Span
	Value bool
}

// Number is a numeric literal; a sign is a Unary around it.
//
//	0x1F
type Number struct {
	At    source.Span
	Value float64
	Raw   string // as written, with separators and legacy octal forms
}

// BigInt is an integer literal of any size.
//
//	10n
type BigInt struct {
	At  source.Span
	Raw string // as written, with the n
}

// String is a string literal, or the name of a property that is not computed.
//
//	'a\n'
type String struct {
	At    source.Span
	Value string // WTF-8, see the package comment
}

// RegExp is a regular expression literal.
//
//	/a+/gi
type RegExp struct {
	At      source.Span
	Pattern string // between the slashes, as written
	Flags   string
}

// Template is a template literal: len(Parts) is len(Exprs)+1.
//
//	`a ${b} c`
type Template struct {
	At    source.Span
	Parts []TemplatePart
	Exprs []Expr
}

// TemplatePart is the text between two substitutions.
type TemplatePart struct {
	At     source.Span
	Raw    string // as written, line breaks as LF
	Cooked string // WTF-8; "" when the part is not Valid
	Valid  bool   // false for an escape that only a tagged template may hold
}

// TaggedTemplate calls Tag with the parts of a template.
//
//	tag`a ${b}`
type TaggedTemplate struct {
	At       source.Span
	Tag      Expr
	Template *Template
}

// Array is an array literal. A nil element is a hole; an element may be a Spread.
//
//	[a, , ...b]
type Array struct {
	At       source.Span
	Elements []Expr
}

// Object is an object literal.
//
//	{a: 1, b, c() {}, ...d}
type Object struct {
	At         source.Span
	Properties []Property
}

// Prop is a property with a value.
//
//	key: value
//	name
type Prop struct {
	At        source.Span
	Key       Expr // String, Number or BigInt unless Computed
	Computed  bool
	Shorthand bool // {name}: Key is a String and Value an Ident
	Value     Expr
}

// Spread is ... in front of an array element, an argument or an object's part.
//
//	...x
type Spread struct {
	At source.Span
	X  Expr
}

// Function is a function expression, or the function of a declaration or method.
//
//	async function name(params) { body }
type Function struct {
	At        source.Span
	Name      *Ident // nil when the function has none; always nil in a Method
	Params    *Params
	Body      *Block
	Async     bool
	Generator bool
	Strict    bool // strict mode, by a directive of its own or from outside
}

// Arrow is an arrow function. Exactly one of Body and Result is there.
//
//	async (params) => result
type Arrow struct {
	At     source.Span
	Params *Params
	Body   *Block
	Result Expr
	Async  bool
	Strict bool
}

// Params are the parameters of a function.
//
//	a, {b} = {}, ...rest
type Params struct {
	At   source.Span // with the parentheses
	List []*Binding
	Rest Pattern // nil when there is none
}

// Class is a class expression, or the class of a declaration.
//
//	class Name extends Super { members }
type Class struct {
	At      source.Span
	Name    *Ident // nil when the class has none
	Extends Expr   // nil when there is none
	Members []ClassMember
}

// MethodKind says what a Method defines.
type MethodKind uint8

// The kinds of methods.
const (
	Plain MethodKind = iota
	Getter
	Setter
)

// Method is a method or accessor of an object literal or class. A class's
// constructor is the Plain method whose key is the String "constructor".
//
//	static async name(params) { body }
//	get name() { body }
type Method struct {
	At       source.Span
	Key      Expr // String, Number, BigInt or PrivateName unless Computed
	Computed bool
	Static   bool // only in a class
	Kind     MethodKind
	Func     *Function
}

// Field is a field of a class.
//
//	static name = value;
type Field struct {
	At       source.Span
	Key      Expr // String, Number, BigInt or PrivateName unless Computed
	Computed bool
	Static   bool
	Value    Expr // nil when there is none
}

// StaticBlock runs when the class is made.
//
//	static { body }
type StaticBlock struct {
	At   source.Span
	Body *Block
}

// PrivateName is a class's private name, as key or in PrivateMember and PrivateIn.
//
//	#name
type PrivateName struct {
	At   source.Span
	Name string // without the #
}

// Member reads a property by a fixed name.
//
//	object.name
//	object?.name
type Member struct {
	At       source.Span
	Object   Expr
	Name     string
	NameAt   source.Span
	Optional bool // written with ?.
}

// Index reads a property by a computed key.
//
//	object[key]
//	object?.[key]
type Index struct {
	At       source.Span
	Object   Expr
	Key      Expr
	Optional bool
}

// PrivateMember reads a private member.
//
//	object.#name
type PrivateMember struct {
	At       source.Span
	Object   Expr
	Name     *PrivateName
	Optional bool
}

// PrivateIn asks whether an object has a private member.
//
//	#name in object
type PrivateIn struct {
	At     source.Span
	Name   *PrivateName
	Object Expr
}

// Chain is a whole optional chain: when an Optional link inside it meets null or
// undefined, the value of the Chain is undefined. (a?.b).c is a Member around a
// Chain, a?.b.c a Chain around both Members.
//
//	a?.b.c
type Chain struct {
	At source.Span
	X  Expr
}

// Call calls a function. An argument may be a Spread.
//
//	callee(args)
//	callee?.(args)
type Call struct {
	At       source.Span
	Callee   Expr
	Args     []Expr
	Optional bool
}

// New makes an object. new X and new X() are the same.
//
//	new callee(args)
type New struct {
	At     source.Span
	Callee Expr
	Args   []Expr
}

// NewTarget is new.target.
//
//	new.target
type NewTarget struct{ At source.Span }

// Unary is an operator in front of its operand: + - ! ~ typeof void delete.
//
//	!x
type Unary struct {
	At source.Span
	Op string
	X  Expr
}

// Update is ++ or --.
//
//	++x
//	x--
type Update struct {
	At     source.Span
	Op     string
	Prefix bool
	X      Pattern // Ident, Member, Index or PrivateMember
}

// Binary is an operator that computes both operands: arithmetic, bits,
// comparisons, in, instanceof.
//
//	left + right
type Binary struct {
	At    source.Span
	Op    string
	OpAt  source.Span
	Left  Expr
	Right Expr
}

// Logical is an operator that may leave its right operand out: && || ??.
//
//	left && right
type Logical struct {
	At    source.Span
	Op    string
	Left  Expr
	Right Expr
}

// Conditional chooses one of two values.
//
//	test ? then : else
type Conditional struct {
	At   source.Span
	Test Expr
	Then Expr
	Else Expr
}

// Assign writes. Op is "=", or the operator before the = of a compound one:
// "+", "&&", "??", ….
//
//	target = value
//	target += value
type Assign struct {
	At     source.Span
	Op     string
	Target Pattern // an ArrayPattern or ObjectPattern only with "="
	Value  Expr
}

// Sequence computes all, in order; its value is the last one's. It has two parts
// or more.
//
//	a, b
type Sequence struct {
	At   source.Span
	List []Expr
}

// Await waits for a promise.
//
//	await x
type Await struct {
	At source.Span
	X  Expr
}

// Yield hands a value out of a generator.
//
//	yield x
//	yield* x
type Yield struct {
	At       source.Span
	X        Expr // nil when there is none
	Delegate bool
}
