// Package ast holds the syntax tree of a rule: JavaScript as the user wrote it,
// with the place of every node in the user's file.
//
// What goes in is made by ast/parse; what comes out is read by the compiler's
// lowering. The package never resolves a name, never evaluates and never rewrites:
// a tree says what is written, parentheses apart. Parentheses are not kept,
// because the shape of the tree says what they say; where they change the meaning
// without changing the shape (an optional chain that ends, a string statement that
// is no directive) a node of its own says so ([Chain], [Directive]).
//
// Text form and comparison: [Print] writes JavaScript that parses to an equal
// tree, [Dump] writes the tree without positions. Children are visited in source
// order by [Inspect].
//
// Strings are WTF-8: UTF-8 in which a lone surrogate, which JavaScript strings may
// hold, stands as its three-byte form. A string without lone surrogates is plain
// UTF-8; [LoneSurrogate] asks.
//
// Invariants: a tree is immutable after parsing and safe for concurrent use. Spans
// lie inside the file; an expression's span leaves its own outer parentheses out,
// and includes those of its operands. A field that may be nil says so.
package ast

import "github.com/ferrule-rules/ferrule/ast/source"

// Node is any part of a tree. The interface is sealed: only this package makes nodes.
type Node interface {
	Span() source.Span // where the node stands in the user's file
	node()
}

// Expr is a node that has a value.
type Expr interface {
	Node
	expr()
}

// Stmt is a statement or a declaration.
type Stmt interface {
	Node
	stmt()
}

// Pattern is what can be assigned or bound: [Ident], [ArrayPattern],
// [ObjectPattern] and, in assignments only, [Member], [Index], [PrivateMember].
type Pattern interface {
	Node
	pattern()
}

// Property is a part of an object literal: [Prop], [Method] or [Spread].
type Property interface {
	Node
	property()
}

// ClassMember is a part of a class body: [Method], [Field] or [StaticBlock].
type ClassMember interface {
	Node
	classMember()
}
