package ast

import "github.com/ferrule-rules/ferrule/ast/source"

// Binding is one target with what initialises it: a declarator, a parameter (Init
// is its default) or an element of an array pattern.
//
//	target = init
type Binding struct {
	At     source.Span
	Target Pattern
	Init   Expr // nil when there is none
}

// ArrayPattern takes an iterable apart. A nil element is a hole.
//
//	[a, , b = 1, ...rest]
type ArrayPattern struct {
	At       source.Span
	Elements []*Binding
	Rest     Pattern // nil when there is none
}

// ObjectPattern takes an object apart.
//
//	{a, b: c = 1, ...rest}
type ObjectPattern struct {
	At         source.Span
	Properties []*PatternProp
	Rest       Pattern // nil when there is none
}

// PatternProp is one property of an ObjectPattern.
//
//	key: target = init
//	name = init
type PatternProp struct {
	At        source.Span
	Key       Expr // String, Number or BigInt unless Computed
	Computed  bool
	Shorthand bool // {name}: Key is a String and Target an Ident
	Target    Pattern
	Init      Expr // nil when there is none
}

// VarKind is the word that opens a declaration.
type VarKind uint8

// The kinds of declarations.
const (
	VarVar VarKind = iota
	VarLet
	VarConst
)

// String is var, let or const.
func (k VarKind) String() string { return [...]string{"var", "let", "const"}[k] }

// Var declares variables.
//
//	const a = 1, {b} = c;
type Var struct {
	At   source.Span
	Kind VarKind
	List []*Binding // one or more
}

// FunctionDecl declares a function.
//
//	function name(params) { body }
type FunctionDecl struct {
	At   source.Span
	Func *Function // its Name is there
}

// ClassDecl declares a class.
//
//	class Name { members }
type ClassDecl struct {
	At    source.Span
	Class *Class // its Name is there
}

// Directive is a string statement that opens a function's body.
//
//	'use strict';
type Directive struct {
	At  source.Span
	Raw string // with the quotes, as written
}

// ExprStmt computes an expression.
//
//	x;
type ExprStmt struct {
	At source.Span
	X  Expr
}

// Block is a list of statements with a scope of its own.
//
//	{ statements }
type Block struct {
	At   source.Span
	List []Stmt
}

// Empty is a lone semicolon.
//
//	;
type Empty struct{ At source.Span }

// If chooses a statement.
//
//	if (test) then else else
type If struct {
	At   source.Span
	Test Expr
	Then Stmt
	Else Stmt // nil when there is none
}

// For is the loop with three parts. At most one of Decl and Init is there.
//
//	for (init; test; update) body
type For struct {
	At     source.Span
	Decl   *Var // nil when absent
	Init   Expr // nil when absent
	Test   Expr // nil when absent
	Update Expr // nil when absent
	Body   Stmt
}

// ForIn visits the keys of an object. Exactly one of Decl and Target is there.
//
//	for (const key in object) body
type ForIn struct {
	At     source.Span
	Decl   *Var // one Binding, without Init
	Target Pattern
	Object Expr
	Body   Stmt
}

// ForOf visits the values of an iterable. Exactly one of Decl and Target is there.
//
//	for (const value of iterable) body
type ForOf struct {
	At       source.Span
	Decl     *Var // one Binding, without Init
	Target   Pattern
	Iterable Expr
	Body     Stmt
}

// While tests before each turn.
//
//	while (test) body
type While struct {
	At   source.Span
	Test Expr
	Body Stmt
}

// DoWhile tests after each turn.
//
//	do body while (test);
type DoWhile struct {
	At   source.Span
	Body Stmt
	Test Expr
}

// Return leaves a function.
//
//	return x;
type Return struct {
	At source.Span
	X  Expr // nil when there is none
}

// Break leaves a loop, a switch or a labelled statement.
//
//	break label;
type Break struct {
	At    source.Span
	Label *Ident // nil when there is none
}

// Continue begins a loop's next turn.
//
//	continue label;
type Continue struct {
	At    source.Span
	Label *Ident // nil when there is none
}

// Throw throws.
//
//	throw x;
type Throw struct {
	At source.Span
	X  Expr
}

// Try catches. At least one of Catch and Finally is there.
//
//	try { body } catch (param) { catch } finally { finally }
type Try struct {
	At      source.Span
	Body    *Block
	Param   Pattern // nil when the catch names nothing
	Catch   *Block
	Finally *Block
}

// Switch compares by === in order.
//
//	switch (value) { cases }
type Switch struct {
	At    source.Span
	Value Expr
	Cases []*Case
}

// Case is one clause of a Switch.
//
//	case test: body
//	default: body
type Case struct {
	At   source.Span
	Test Expr // nil for default
	Body []Stmt
}

// Labelled names a statement for break and continue.
//
//	label: body
type Labelled struct {
	At    source.Span
	Label *Ident
	Body  Stmt
}

// With puts an object's properties in scope (sloppy mode only).
//
//	with (object) body
type With struct {
	At     source.Span
	Object Expr
	Body   Stmt
}

// Debugger does nothing here.
//
//	debugger;
type Debugger struct{ At source.Span }
