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

	value any          // of a constant
	read  steps.Value  // of a variable and of a fused term
	test  steps.Test   // beside read where it is a boolean
	text  steps.Text   // beside read where it is always a string
	path  *steps.Place // of a variable that is a path of the rule

	maybe   maybeText      // beside read where it may be a text
	divided *divided       // of split
	isNow   bool           // it is new Date()
	literal *steps.Literal // of a literal
	tree    ast.Node
}

type termKind uint8

const (
	constant termKind = iota + 1
	variable          // a path, a local, the run
	fused             // a Go function of what the frame holds
	tree              // all others
)

// native reports whether a term is a Go function, or a constant.
func (t *term) native() bool { return t.kind < tree }

// reader is a native term as a function.
func (t *term) reader() steps.Value {
	if t.kind == constant {
		value := t.value
		return func(*steps.Frame) any { return value }
	}
	return t.read
}

// tester is a native term that is a boolean as a function.
func (t *term) tester() steps.Test {
	switch {
	case t.kind == constant:
		yes, _ := t.value.(bool)
		return func(*steps.Frame) bool { return yes }
	case t.test == nil:
		read := t.read
		return func(f *steps.Frame) bool { return read(f).(bool) }
	}
	return t.test
}

// node is a term as a part of expr's tree. What a function of the frame says of places counts
// only while it runs.
func (t term) node() ast.Node {
	switch {
	case t.kind == tree:
		return t.tree
	case t.kind == constant:
		return constantNode(t)
	case t.test != nil:
		test := t.test
		return callNode(t.at, func(env any) bool {
			f := env.(*steps.Frame)
			yes := test(f)
			f.At = program.Pos{}
			return yes
		}, frameNode(t.at))
	}
	read := t.read
	return callNode(t.at, func(env any) any {
		f := env.(*steps.Frame)
		value := read(f)
		f.At = program.Pos{}
		return value
	}, frameNode(t.at))
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

// pathTerm reads a path of the rule. Where its value is an exit, place is
// where it leaves.
func pathTerm(path *steps.Place, at file.Location, place program.Pos) term {
	return term{kind: variable, at: at, path: path, maybe: path.Text, read: func(f *steps.Frame) any {
		value, ok := path.Read(f)
		if ok {
			return value
		}
		value = path.Any(f)
		if exit, ok := value.(*jsvalue.Exit); ok {
			panic(&steps.ExitError{Code: exit.Code, At: place})
		}
		return value
	}}
}

// localTerm reads a variable of the rule by its number.
func localTerm(i int, at file.Location, place program.Pos) term {
	return term{kind: variable, at: at, read: func(f *steps.Frame) any {
		value := f.Locals[i]
		if exit, ok := value.(*jsvalue.Exit); ok {
			panic(&steps.ExitError{Code: exit.Code, At: place})
		}
		return value
	}}
}

func runTerm(at file.Location) term {
	return term{kind: variable, at: at, read: func(f *steps.Frame) any { return &f.Run }}
}

func readTerm(at file.Location, read steps.Value) term { return term{kind: fused, at: at, read: read} }

// testTerm is a test as a fused term.
func testTerm(at file.Location, test steps.Test) term {
	return term{kind: fused, at: at, boolean: true, test: test, read: func(f *steps.Frame) any { return test(f) }}
}
