package exprvm

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/exprlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// rewriter gives the tree of one text JavaScript's meaning. It refuses what exprgen does not
// write, so that nothing of expr's own meaning is left.
type rewriter struct {
	names  *names
	text   *program.Expr
	lets   []variableOfLet
	inside int // bodies around
	named  int // names made
	types  []typed
	err    error
}

// typed is a node of which more is known than expr's checker finds.
type typed struct {
	node ast.Node
	is   reflect.Type
}

func (r *rewriter) known(n ast.Node, is reflect.Type) ast.Node {
	r.types = append(r.types, typed{n, is})
	return n
}

type variableOfLet struct {
	name    string
	boolean bool
}

// fail keeps the first problem, and goes on with a harmless term.
func (r *rewriter) fail(at file.Location, format string, args ...any) term {
	if r.err == nil {
		r.err = fmt.Errorf("at %d: %s", at.From, fmt.Sprintf(format, args...))
	}
	return constantTerm(nil, at)
}

func (r *rewriter) place(at file.Location) program.Pos {
	return placeOf(r.text.ExprMarks, at.From, r.text.At)
}

// term rewrites a node: one method for each kind.
func (r *rewriter) term(node ast.Node) term {
	at := node.Location()
	switch n := node.(type) {
	case *ast.NilNode:
		return constantTerm(nil, at)
	case *ast.BoolNode:
		return constantTerm(n.Value, at)
	case *ast.IntegerNode:
		return constantTerm(float64(n.Value), at)
	case *ast.FloatNode:
		return constantTerm(n.Value, at)
	case *ast.StringNode:
		return constantTerm(n.Value, at)
	case *ast.IdentifierNode:
		return r.identifier(n)
	case *ast.MemberNode:
		return r.member(n)
	case *ast.UnaryNode:
		return r.unary(n)
	case *ast.BinaryNode:
		return r.binary(n)
	case *ast.ConditionalNode:
		return r.conditional(n)
	case *ast.CallNode:
		return r.call(n)
	case *ast.BuiltinNode:
		return r.loop(n)
	case *ast.PointerNode:
		return r.pointer(n)
	case *ast.VariableDeclaratorNode:
		return r.let(n)
	case *ast.ArrayNode:
		return r.array(n)
	case *ast.MapNode:
		return r.object(n)
	}
	return r.fail(at, "%T is not used in texts of rules", node)
}

// identifier is a variable of let, a local, a root or a constant's name.
func (r *rewriter) identifier(n *ast.IdentifierNode) term {
	at := n.Location()
	for i := len(r.lets) - 1; i >= 0; i-- {
		if r.lets[i].name == n.Value {
			return treeTerm(n, r.lets[i].boolean)
		}
	}
	switch n.Value {
	case "null":
		return constantTerm(nil, at)
	case "undefined":
		return constantTerm(jsvalue.Undefined, at)
	case "NaN", "Infinity":
		return constantTerm(notFinite[n.Value], at)
	}
	if i, ok := r.names.locals[n.Value]; ok {
		return localTerm(i, at, r.place(at))
	}
	if i, ok := r.names.paths[n.Value]; ok {
		return pathTerm(i, at, r.place(at))
	}
	return r.fail(at, "unknown name %s", n.Value)
}

// member is a path of the rule, or a property of what stands before it.
func (r *rewriter) member(n *ast.MemberNode) term {
	if n.Optional || n.Method {
		return r.fail(n.Location(), "?. and methods are not used in texts of rules")
	}
	if root, keys, ok := chain(n); ok {
		if i, ok := r.names.paths[pathKey(root, keys)]; ok {
			return pathTerm(i, n.Location(), r.place(n.Location()))
		}
	}
	return r.library(n.Location(), "get", r.term(n.Node), r.term(n.Property))
}

// chain reads fixed properties down to a root.
func chain(n *ast.MemberNode) (root string, keys []string, ok bool) {
	for {
		key, fixed := n.Property.(*ast.StringNode)
		if !fixed {
			return "", nil, false
		}
		keys = append(keys, key.Value)
		switch parent := n.Node.(type) {
		case *ast.IdentifierNode:
			slices.Reverse(keys)
			return parent.Value, keys, parent.Value == "user" || parent.Value == "context"
		case *ast.MemberNode:
			n = parent
		default:
			return "", nil, false
		}
	}
}

func (r *rewriter) unary(n *ast.UnaryNode) term {
	x := r.term(n.Node)
	switch n.Operator {
	case "!", "not":
		return r.not(n.Location(), x)
	case "-":
		if number, ok := x.value.(float64); ok && x.kind == constant {
			return constantTerm(-number, n.Location())
		}
		return r.library(n.Location(), "neg", x)
	}
	return r.fail(n.Location(), "operator %s", n.Operator)
}

// not turns a boolean round.
func (r *rewriter) not(at file.Location, x term) term {
	switch {
	case !x.boolean:
		return r.fail(at, "! of what is no boolean")
	case x.kind == constant:
		return constantTerm(!x.value.(bool), at)
	case x.kind == fused:
		test := x.test
		t := testTerm(func(frame any) bool { return !test(frame) })
		t.at = x.at
		return t
	}
	return treeTerm(placed(&ast.UnaryNode{Operator: "!", Node: x.node()}, at), true)
}

// operators are the library's functions that texts write as operators.
var operators = map[string]string{
	"==": "same", "!=": "same", "<": "less", "<=": "lessEq", ">": "greater", ">=": "greaterEq",
	"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod", "startsWith": "startsWith", "endsWith": "endsWith",
}

func (r *rewriter) binary(n *ast.BinaryNode) term {
	switch n.Operator {
	case "&&", "||":
		x, y := r.term(n.Left), r.term(n.Right)
		if !x.boolean || !y.boolean {
			return r.fail(n.Location(), "%s of what is no boolean", n.Operator)
		}
		n.Left, n.Right = x.node(), y.node()
		return treeTerm(n, true)
	case "in":
		return r.in(n)
	}
	name, ok := operators[n.Operator]
	if !ok {
		return r.fail(n.Location(), "operator %s", n.Operator)
	}
	t := r.library(n.Location(), name, r.term(n.Left), r.term(n.Right))
	if n.Operator == "!=" {
		return r.not(n.Location(), t)
	}
	return t
}

func (r *rewriter) conditional(n *ast.ConditionalNode) term {
	test, then, otherwise := r.term(n.Cond), r.term(n.Exp1), r.term(n.Exp2)
	if !test.boolean {
		return r.fail(n.Location(), "the condition of ?: is no boolean")
	}
	n.Cond, n.Exp1, n.Exp2 = test.node(), then.node(), otherwise.node()
	return treeTerm(n, then.boolean && otherwise.boolean)
}

// let computes a value once.
func (r *rewriter) let(n *ast.VariableDeclaratorNode) term {
	value := r.term(n.Value)
	n.Value = value.node()
	r.lets = append(r.lets, variableOfLet{n.Name, value.boolean})
	x := r.term(n.Expr)
	r.lets = r.lets[:len(r.lets)-1]
	n.Expr = x.node()
	return treeTerm(n, x.boolean)
}

// call is a function of the library.
func (r *rewriter) call(n *ast.CallNode) term {
	at := n.Location()
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return r.fail(at, "a call of what is no function's name")
	}
	if callee.Value == "regexp" {
		return r.regexp(n)
	}
	name := callee.Value
	switch name {
	case "startsWithAt":
		name = "startsWith"
	case "endsWithAt":
		name = "endsWith"
	}
	f, ok := stdlib.Lookup(name)
	if !ok {
		return r.fail(at, "unknown function %s", name)
	}
	arguments := n.Arguments
	if f.Run {
		if arguments, ok = withoutRun(arguments); !ok {
			return r.fail(at, "%s without the run", f.Name)
		}
	}
	args := make([]term, 0, len(n.Arguments))
	for _, arg := range arguments {
		args = append(args, r.term(arg))
	}
	if f.Run {
		args = append(args, runTerm(at))
	}
	return r.bind(at, f, args)
}

// withoutRun takes the run off the arguments of a call.
func withoutRun(args []ast.Node) ([]ast.Node, bool) {
	if len(args) == 0 {
		return nil, false
	}
	last, ok := args[len(args)-1].(*ast.IdentifierNode)
	return args[:len(args)-1], ok && last.Value == "run"
}

// library calls a function of the library that every program has.
func (r *rewriter) library(at file.Location, name string, args ...term) term {
	f, ok := stdlib.Lookup(name)
	if !ok {
		return r.fail(at, "unknown function %s", name)
	}
	return r.bind(at, f, args)
}

func (r *rewriter) bind(at file.Location, f stdlib.Function, args []term) term {
	if f.Name == "same" && len(args) == 2 && args[0].text != nil && args[1].kind == constant {
		if c, ok := args[1].value.(string); ok {
			return textTest(at, args[0], func(text string) bool { return text == c })
		}
	}
	function, err := exprlib.Bind(f, len(args))
	if err != nil {
		return r.fail(at, "%v", err)
	}
	t := callTerm(at, function, args)
	if f.Result == stdlib.Bool && !t.boolean {
		t.boolean = true
		r.known(t.tree, reflect.TypeFor[bool]())
	}
	return t
}

var notFinite = map[string]float64{"NaN": math.NaN(), "Infinity": math.Inf(1)}
