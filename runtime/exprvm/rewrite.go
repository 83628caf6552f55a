package exprvm

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/exprlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// rewriter gives the tree of one text JavaScript's meaning. It refuses what exprgen does not
// write, so that nothing of expr's own meaning is left.
type rewriter struct {
	names   *names
	text    *program.Expr
	kernels runtime.FastPaths // those that may be used
	native  bool              // the whole text shall be a Go function
	lets    []variableOfLet
	bodies  []int // slots of the items in the bodies around
	slots   int   // of the frame, in use
	named   int   // names made
	types   []typed
	err     error
	foreign bool // native is not possible
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
	slot    int
}

// slot reserves room in the frame for a variable of a text; give it back with release.
func (r *rewriter) slot() int {
	if r.slots >= steps.MaxSlots {
		r.foreign = true
		return 0
	}
	r.slots++
	return r.slots - 1
}

// slotTerm reads a slot.
func slotTerm(at file.Location, slot int, boolean bool) term {
	t := readTerm(at, func(f *steps.Frame) any { return f.Slots[slot] })
	t.boolean = boolean
	return t
}

// kernel is the term that a kernel makes, where it may be used and applies; otherwise what
// program makes. A text that shall be native is given up then.
func (r *rewriter) kernel(one runtime.FastPaths, made func() term, program func() term) term {
	if r.native {
		if r.kernels.Has(one) {
			if t := made(); t.kind != 0 {
				return t
			}
		}
		r.foreign = true
	}
	return program()
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
		return constantTerm(strings.Clone(n.Value), at) // the lexer's has room to grow
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
		return r.function(n)
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
			if r.native {
				return slotTerm(at, r.lets[i].slot, r.lets[i].boolean)
			}
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
		return pathTerm(r.names.place(i), at, r.place(at))
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
			return pathTerm(r.names.place(i), n.Location(), r.place(n.Location()))
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
	case x.kind == fused && !r.native:
		return negated(x.at, &x)
	}
	return r.kernel(runtime.KernelLogic, func() term { return negated(at, &x) }, func() term {
		return treeTerm(placed(&ast.UnaryNode{Operator: "!", Node: x.node()}, at), true)
	})
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
		return r.kernel(runtime.KernelLogic, func() term { return logic(n.Location(), n.Operator, &x, &y) }, func() term {
			n.Left, n.Right = x.node(), y.node()
			return treeTerm(n, true)
		})
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
	return r.kernel(runtime.KernelLogic, func() term { return choice(n.Location(), &test, &then, &otherwise) }, func() term {
		n.Cond, n.Exp1, n.Exp2 = test.node(), then.node(), otherwise.node()
		return treeTerm(n, then.boolean && otherwise.boolean)
	})
}

// let computes a value once.
func (r *rewriter) let(n *ast.VariableDeclaratorNode) term {
	value := r.term(n.Value)
	if slices.ContainsFunc(r.lets, func(v variableOfLet) bool { return v.name == n.Name }) {
		return r.fail(n.Location(), "a second variable %s", n.Name)
	}
	slot, used := 0, r.slots
	if r.native {
		slot = r.slot()
	}
	r.lets = append(r.lets, variableOfLet{n.Name, value.boolean, slot})
	x := r.term(n.Expr)
	r.lets = r.lets[:len(r.lets)-1]
	r.slots = used
	return r.kernel(runtime.KernelLoop, func() term { return letIn(n.Location(), slot, &value, &x) }, func() term {
		n.Value, n.Expr = value.node(), x.node()
		return treeTerm(n, x.boolean)
	})
}

// function is a call of the library's.
func (r *rewriter) function(n *ast.CallNode) term {
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
	if f.Name == "list" {
		return r.construct(n, stdlib.ListOf, args, listLiteral) // it keeps its arguments
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
	function, err := exprlib.Bind(f, len(args))
	if err != nil {
		return r.fail(at, "%v", err)
	}
	place := r.place(at)
	if f.Name == "same" && args[0].text != nil && args[1].kind == constant {
		if c, ok := args[1].value.(string); ok {
			return textTest(at, &args[0], func(text string) bool { return text == c })
		}
	}
	if r.native {
		if t := r.canonical(at, f.Name, function, args, place); t.kind != 0 {
			return t
		}
		if r.kernels.Has(runtime.KernelCall) {
			if t := callThree(at, f, args, place); t.kind != 0 {
				return t
			}
		}
	}
	t := r.call(at, function, args)
	if f.Result == stdlib.Bool && !t.boolean {
		t.boolean = true
		r.known(t.tree, reflect.TypeFor[bool]())
	}
	return t
}

// canonical is the kernel of a test or a part of a value, if a call is one.
func (r *rewriter) canonical(at file.Location, name string, function any, args []term, place program.Pos) term {
	if getter, ok := function.(func(any, any) any); ok && len(args) == 2 && args[0].isNow && strings.HasPrefix(name, "get") && r.kernels.Has(runtime.KernelCall) {
		return partOfNow(at, getter, place)
	}
	switch name {
	case "newDate":
		t := term{}
		if len(args) == 1 && r.kernels.Has(runtime.KernelCall) {
			t = call(at, function, args, place)
			t.isNow = t.kind != 0
		}
		return t
	case "truthy":
		if r.kernels.Has(runtime.KernelTruth) {
			return truthy(at, &args[0], place)
		}
		return term{}
	case "toLowerCase":
		if fn, ok := function.(func(any) string); ok && r.kernels.Has(runtime.KernelText) {
			return lower(at, &args[0], fn, place)
		}
		return term{}
	case "add":
		if fn, ok := function.(func(any, any) any); ok && r.kernels.Has(runtime.KernelText) {
			return concat(at, &args[0], &args[1], fn, place)
		}
		return term{}
	case "split", "get", "at":
		if len(args) == 2 && r.kernels.Has(runtime.KernelText) {
			return r.pieces(at, name, function, args, place)
		}
		return term{}
	}
	test, ok := function.(func(any, any) bool)
	if !ok || len(args) != 2 {
		return term{}
	}
	switch name {
	case "same":
		if r.kernels.Has(runtime.KernelCompare) {
			if t := sameText(at, &args[0], &args[1], test, place); t.kind != 0 {
				return t
			}
			return compareNumber(at, name, &args[0], &args[1], test, place)
		}
	case "less", "lessEq", "greater", "greaterEq":
		if r.kernels.Has(runtime.KernelCompare) {
			return compareNumber(at, name, &args[0], &args[1], test, place)
		}
	case "startsWith", "endsWith":
		if r.kernels.Has(runtime.KernelText) {
			return ending(at, name, &args[0], &args[1], test, place)
		}
	}
	return term{}
}

// pieces is split by a constant, and one of its pieces.
func (r *rewriter) pieces(at file.Location, name string, function any, args []term, place program.Pos) term {
	t := call(at, function, args, place)
	if t.kind == 0 {
		return t
	}
	separator, ok := args[1].value.(string)
	switch {
	case name != "split":
		return part(name, &args[0], &args[1], t)
	case args[0].maybe != nil && args[1].kind == constant && ok && separator != "" && readable(separator):
		t.divided = &divided{args[0].maybe, separator}
		return t
	}
	return term{}
}

// call calls a Go function. In a program it is one instruction when its arguments, two at
// most, are variables and constants.
func (r *rewriter) call(at file.Location, function any, args []term) term {
	simple := len(args) <= 2
	variables := 0
	for i := range args {
		simple = simple && args[i].kind <= variable
		if args[i].kind == variable {
			variables++
		}
	}
	_, list := function.(func(any) []any) // expr must know its type
	if !r.native && simple && variables > 0 && args[0].kind == variable && !list {
		if t := call(at, function, args, r.place(at)); t.kind != 0 {
			return t
		}
	}
	return r.kernel(runtime.KernelCall, func() term { return call(at, function, args, r.place(at)) }, func() term {
		nodes := make([]ast.Node, len(args))
		for i, arg := range args {
			nodes[i] = arg.node()
		}
		t := treeTerm(callNode(at, function, nodes...), false)
		switch function.(type) {
		case func() bool, func(any) bool, func(any, any) bool:
			t.boolean = true
		}
		return t
	})
}

var notFinite = map[string]float64{"NaN": math.NaN(), "Infinity": math.Inf(1)}
