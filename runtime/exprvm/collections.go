package exprvm

import (
	"reflect"
	"strconv"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// array makes [a, b] the library's list: an array that is shared by reference.
func (r *rewriter) array(n *ast.ArrayNode) term {
	items := make([]term, len(n.Nodes))
	for i, item := range n.Nodes {
		items[i] = r.term(item)
	}
	return r.construct(n, stdlib.ListOf, items, listLiteral)
}

// object makes {"a": 1} the library's object.
func (r *rewriter) object(n *ast.MapNode) term {
	pairs := make([]term, 0, 2*len(n.Pairs))
	for _, node := range n.Pairs {
		pair, ok := node.(*ast.PairNode)
		if !ok {
			return r.fail(n.Location(), "a %T in an object", node)
		}
		pairs = append(pairs, r.term(pair.Key), r.term(pair.Value))
	}
	return r.construct(n, stdlib.ObjectOf, pairs, objectLiteral)
}

// construct calls a function whose answer may keep the slice of its arguments: expr's machine
// makes that anew for each call.
func (r *rewriter) construct(n ast.Node, function func(...any) (any, error), args []term, literal func(ast.Node, []term) term) term {
	return r.kernel(runtime.KernelLiteral, func() term {
		if t := literal(n, args); t.kind != 0 {
			return t
		}
		return call(n.Location(), mustAll(function), args, r.place(n.Location()))
	}, func() term {
		nodes := make([]ast.Node, len(args))
		for i, arg := range args {
			nodes[i] = arg.node()
		}
		return treeTerm(callNode(n.Location(), mustAll(function), nodes...), false)
	})
}

func mustAll(function func(...any) (any, error)) func(...any) any {
	return func(args ...any) any { return must(function(args...)) }
}

// regexp makes a regular expression once.
func (r *rewriter) regexp(n *ast.CallNode) term {
	at := n.Location()
	if len(n.Arguments) != 2 {
		return r.fail(at, "regexp needs two texts")
	}
	source, flags := r.term(n.Arguments[0]), r.term(n.Arguments[1])
	pattern, err := stdlib.NewRegexp(source.value, flags.value)
	if err != nil {
		return r.fail(at, "a regular expression that is not covered")
	}
	return constantTerm(pattern, at)
}

// loops are expr's loops over an array, and whether their body is a condition.
var loops = map[string]bool{"any": true, "all": true, "find": true, "findIndex": true, "filter": true, "map": false}

// loop is an array method with a body. find and findIndex answer undefined and -1 for none:
//
//	find(x, body)       ->  let $1 = elements(x); found($1, findIndex($1, body))
//	findIndex(x, body)  ->  indexOrNone(findIndex(elements(x), body))
func (r *rewriter) loop(n *ast.BuiltinNode) term {
	at := n.Location()
	condition, ok := loops[n.Name]
	if !ok || len(n.Arguments) != 2 {
		return r.fail(at, "%s is not used in texts of rules", n.Name)
	}
	predicate, ok := n.Arguments[1].(*ast.PredicateNode)
	if !ok {
		return r.fail(at, "%s without a body", n.Name)
	}
	list := r.term(n.Arguments[0])
	used := r.slots
	slot := 0
	if r.native {
		slot = r.slot() // of the item; behind it that of its number
		r.slot()
	}
	r.bodies = append(r.bodies, slot)
	body := r.term(predicate.Node)
	r.bodies = r.bodies[:len(r.bodies)-1]
	r.slots = used
	if condition && !body.boolean {
		return r.fail(at, "the body of %s is no boolean", n.Name)
	}
	return r.kernel(runtime.KernelLoop, func() term { return loopOver(at, n.Name, slot, &list, &body, r.place(n.Arguments[0].Location())) }, func() term {
		return r.loopOfProgram(n, predicate, r.elements(n.Arguments[0].Location(), list), body.node())
	})
}

func (r *rewriter) loopOfProgram(n *ast.BuiltinNode, predicate *ast.PredicateNode, list, body ast.Node) term {
	at := n.Location()
	predicate.Node = body
	n.Arguments[0] = list
	switch n.Name {
	case "any", "all":
		return treeTerm(n, true)
	case "findIndex":
		return treeTerm(callNode(at, indexOrNone, n), false)
	case "find":
		r.named++
		name := "$" + strconv.Itoa(r.named)
		read := func() ast.Node { return r.isList(placed(&ast.IdentifierNode{Value: name}, at)) }
		n.Name, n.Arguments[0] = "findIndex", read()
		return treeTerm(placed(&ast.VariableDeclaratorNode{Name: name, Value: list, Expr: callNode(at, found, read(), n)}, at), false)
	}
	return treeTerm(n, false)
}

// elements are the items of an array, as the []any that a loop needs.
func (r *rewriter) elements(at file.Location, list term) ast.Node {
	return r.isList(r.call(at, elements, []term{list}).node())
}

// isList remembers a node whose value is always a []any, though expr's checker knows it as
// any: a function that answers a []any would allocate when the machine boxes it.
func (r *rewriter) isList(n ast.Node) ast.Node {
	return r.known(n, reflect.TypeFor[[]any]())
}

// pointer is the item of the loop around, or its number.
func (r *rewriter) pointer(n *ast.PointerNode) term {
	if len(r.bodies) == 0 {
		return r.fail(n.Location(), "# outside a body")
	}
	slot := r.bodies[len(r.bodies)-1]
	switch {
	case n.Name == "" && r.native:
		return slotTerm(n.Location(), slot, false)
	case n.Name == "":
		return treeTerm(n, false)
	case n.Name == "index" && r.native:
		return slotTerm(n.Location(), slot+1, false)
	case n.Name == "index":
		return treeTerm(indexNode(n), false)
	}
	return r.fail(n.Location(), "#%s", n.Name)
}

// indexNode is #index as a number. Expr's machine counts in every loop, but its checker knows
// the number in map only: the types are put here, and the checker goes by.
func indexNode(n *ast.PointerNode) ast.Node {
	callee := placed(&ast.ConstantNode{Value: indexNumber}, n.Location())
	callee.SetType(reflect.TypeOf(indexNumber))
	call := placed(&ast.CallNode{Callee: callee, Arguments: []ast.Node{n}}, n.Location())
	call.SetType(reflect.TypeFor[float64]())
	return call
}

// What expr's loops take and answer, as JavaScript's methods do. Functions of expr's types,
// called without reflection.
var (
	elements = func(list any) any {
		if _, ok := list.([]any); ok {
			return list
		}
		items, err := stdlib.Elements(list)
		if err != nil {
			panic(err)
		}
		return items
	}

	indexNumber = func(index any) any { return jsvalue.Count(index.(int)) }

	indexOrNone = func(index any) any {
		if i, ok := index.(int); ok {
			return jsvalue.Count(i)
		}
		return minusOne
	}

	minusOne any = -1.0

	found = func(list, index any) any {
		if i, ok := index.(int); ok {
			return list.([]any)[i]
		}
		return jsvalue.Undefined
	}
)
