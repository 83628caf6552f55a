package exprvm

import (
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// term is a rewritten part of a text: a constant, a function of the frame, or a node of
// expr's tree.
type term struct {
	kind    termKind
	at      file.Location
	boolean bool // its value is a boolean, whatever happens

	value any                    // of a constant
	read  func(frame any) any    // of a variable and of a fused call
	test  func(frame any) bool   // beside read where it is a boolean
	text  func(frame any) string // beside read where it is always a string
	tree  ast.Node
}

type termKind uint8

const (
	constant termKind = iota + 1
	variable          // a path, a local, the run
	fused             // a function of the library with variables and constants for arguments
	tree              // all others
)

// node is a term as a part of expr's tree.
func (t term) node() ast.Node {
	switch {
	case t.kind == tree:
		return t.tree
	case t.kind == constant:
		return constantNode(t)
	case t.test != nil:
		return callNode(t.at, t.test, frameNode(t.at))
	}
	return callNode(t.at, t.read, frameNode(t.at))
}

func constantNode(t term) ast.Node {
	computed := false
	switch value := t.value.(type) {
	case nil:
		computed = true // expr's checker thinks of a nil what it likes
	case bool:
		return placed(&ast.BoolNode{Value: value}, t.at)
	case float64:
		computed = value == 0 // expr's compiler keeps equal constants once, and -0 equals 0
	}
	if computed {
		return callNode(t.at, func(any) any { return t.value }, frameNode(t.at))
	}
	return placed(&ast.ConstantNode{Value: t.value}, t.at)
}

// callNode calls a Go function, which stands in the program as a constant.
func callNode(at file.Location, function any, args ...ast.Node) ast.Node {
	callee := placed(&ast.ConstantNode{Value: function}, at)
	return placed(&ast.CallNode{Callee: callee, Arguments: args}, at)
}

// frameNode is the program's environment, the frame.
func frameNode(at file.Location) ast.Node { return placed(&ast.IdentifierNode{Value: "$env"}, at) }

func placed[N ast.Node](node N, at file.Location) N {
	node.SetLocation(at)
	return node
}

func treeTerm(node ast.Node, boolean bool) term {
	return term{kind: tree, at: node.Location(), tree: node, boolean: boolean}
}

func constantTerm(value any, at file.Location) term {
	_, boolean := value.(bool)
	return term{kind: constant, at: at, value: value, boolean: boolean}
}

// pathTerm reads a path of the rule by its number. Where its value is an exit, place is
// where it leaves.
func pathTerm(i int, at file.Location, place program.Pos) term {
	return term{kind: variable, at: at, read: func(frame any) any {
		value := frame.(*steps.Frame).Path(i)
		if exit, ok := value.(*jsvalue.Exit); ok {
			panic(&steps.ExitError{Code: exit.Code, At: place})
		}
		return value
	}}
}

// localTerm reads a variable of the rule by its number.
func localTerm(i int, at file.Location, place program.Pos) term {
	return term{kind: variable, at: at, read: func(frame any) any {
		value := frame.(*steps.Frame).Locals[i]
		if exit, ok := value.(*jsvalue.Exit); ok {
			panic(&steps.ExitError{Code: exit.Code, At: place})
		}
		return value
	}}
}

func runTerm(at file.Location) term {
	return term{kind: variable, at: at, read: func(frame any) any { return &frame.(*steps.Frame).Run }}
}

// callTerm calls a function that exprlib.Bind made.
func callTerm(at file.Location, function any, args []term) term {
	var t term
	if len(args) == 1 && args[0].kind == variable {
		t = fuse(function, args[0].read)
	}
	if len(args) == 2 && args[0].kind <= variable && args[1].kind <= variable {
		t = fusePair(function, args[0], args[1])
	}
	if t.kind == 0 {
		nodes := make([]ast.Node, len(args))
		for i, arg := range args {
			nodes[i] = arg.node()
		}
		t = treeTerm(callNode(at, function, nodes...), false)
	}
	t.at = at
	switch function.(type) {
	case func() bool, func(any) bool, func(any, any) bool:
		t.boolean = true
	}
	return t
}

// testTerm is a test as a fused term.
func testTerm(test func(frame any) bool) term {
	return term{kind: fused, boolean: true, test: test, read: func(frame any) any { return test(frame) }}
}

// fuse makes a call with one variable a function of the frame.
func fuse(function any, x func(any) any) term {
	switch f := function.(type) {
	case func(any) bool:
		return testTerm(func(frame any) bool { return f(x(frame)) })
	case func(any) any:
		return readTerm(func(frame any) any { return f(x(frame)) })
	case func(any) string:
		t := readTerm(func(frame any) any { return f(x(frame)) })
		t.text = func(frame any) string { return f(x(frame)) }
		return t
	case func(any) float64:
		return readTerm(func(frame any) any { return f(x(frame)) })
	}
	return term{} // of a []any, expr must know the type
}

func readTerm(read func(frame any) any) term { return term{kind: fused, read: read} }

// textTest makes a test of a fused string a function of the frame, which saves the machine
// from putting the string into an interface: typeof(x) == "string", toLowerCase(x) == "a".
func textTest(at file.Location, x term, test func(text string) bool) term {
	text := x.text
	t := testTerm(func(frame any) bool { return test(text(frame)) })
	t.at = at
	return t
}

// fusePair makes a call with two variables, or one and a constant, a function of the frame.
func fusePair(function any, a, b term) term {
	x, y, value := a.read, b.read, b.value
	switch {
	case a.kind == variable && b.kind == constant:
		switch f := function.(type) {
		case func(any, any) bool:
			return testTerm(func(frame any) bool { return f(x(frame), value) })
		case func(any, any) any:
			return readTerm(func(frame any) any { return f(x(frame), value) })
		case func(any, any) string:
			return readTerm(func(frame any) any { return f(x(frame), value) })
		}
	case a.kind == variable && b.kind == variable:
		switch f := function.(type) {
		case func(any, any) bool:
			return testTerm(func(frame any) bool { return f(x(frame), y(frame)) })
		case func(any, any) any:
			return readTerm(func(frame any) any { return f(x(frame), y(frame)) })
		case func(any, any) string:
			return readTerm(func(frame any) any { return f(x(frame), y(frame)) })
		}
	}
	return term{}
}
