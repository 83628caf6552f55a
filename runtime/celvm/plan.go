package celvm

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/containers"
	"cel.dev/cel-go/common/functions"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
)

// planner plans resolved texts. It is safe for concurrent use.
var planner = sync.OnceValue(func() interpreter.Interpreter {
	dispatcher := interpreter.NewDispatcher()
	// CEL plans a call without arguments only when it knows the function.
	known := []*functions.Overload{declared(cellib.NoneFunc), declared(cellib.NewFunc)}
	for _, f := range stdlib.All() {
		if f.Min == 0 && !f.Run {
			known = append(known, declared(f.Name))
		}
	}
	if err := dispatcher.Add(known...); err != nil {
		panic("internal error: " + err.Error())
	}
	registry, adapter := types.NewEmptyRegistry(), cellib.Adapter{}
	container := containers.DefaultContainer
	attributes := interpreter.NewAttributeFactory(container, adapter, registry)
	return interpreter.NewInterpreter(dispatcher, container, registry, adapter, attributes)
})

// declared is a function that the decorator replaces.
func declared(name string) *functions.Overload {
	return &functions.Overload{Operator: name, Function: func(...ref.Val) ref.Val { return types.NoSuchOverloadErr() }}
}

// plan makes nodes of a text.
func plan(tree *ast.AST) (node, error) {
	root, err := planner().NewInterpretable(tree, interpreter.CustomDecoratorV2(decorate))
	if err != nil {
		return nil, err
	}
	return asNode(root), nil
}

// decorate answers our node for one of CEL's.
func decorate(i interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
	switch i := i.(type) {
	case node:
		return i, nil
	case interpreter.InterpretableConst:
		return newConst(i.ID(), i.Value())
	case interpreter.InterpretableCall:
		return decorateCall(i)
	case interpreter.InterpretableConstructor:
		return decorateLiteral(i)
	case interpreter.InterpretableAttribute:
		return decorateName(i)
	}
	return i, nil
}

func newConst(id int64, value ref.Val) (node, error) {
	native, err := cellib.Native(value)
	if err != nil {
		return nil, fmt.Errorf("a constant of type %s", value.Type().TypeName())
	}
	return &constNode{at: at(id), value: value, native: native}, nil
}

func decorateName(i interpreter.InterpretableAttribute) (interpreter.InterpretableV2, error) {
	name, ok := i.Attr().(interpreter.NamespacedAttribute)
	if !ok {
		return i, nil
	}
	spelled := name.CandidateVariableNames()[0]
	if spelled == runName {
		return &runNode{at(i.ID())}, nil
	}
	if digits, ok := strings.CutPrefix(spelled, pathName); ok {
		index, err := strconv.Atoi(digits)
		return &pathNode{at(i.ID()), index}, err
	}
	if digits, ok := strings.CutPrefix(spelled, localName); ok {
		index, err := strconv.Atoi(digits)
		return &localNode{at(i.ID()), index}, err
	}
	return &boundNode{at(i.ID()), spelled}, nil
}

// decorateLiteral plans arrays and objects.
func decorateLiteral(i interpreter.InterpretableConstructor) (interpreter.InterpretableV2, error) {
	parts := asNodes(i.InitVals())
	switch i.Type() {
	case types.ListType:
		return &listNode{at(i.ID()), parts}, nil
	case types.MapType:
		return &objectNode{at(i.ID()), parts}, nil
	}
	return nil, fmt.Errorf("a literal of type %s", i.Type().TypeName())
}

// decorateCall plans operators, the macros' functions and those of the library.
func decorateCall(i interpreter.InterpretableCall) (interpreter.InterpretableV2, error) {
	id, args := at(i.ID()), asNodes(i.Args())
	switch i.Function() {
	case ifFunc:
		return &ifNode{id, args[0], args[1], args[2]}, nil
	case operators.LogicalNot:
		return &notNode{id, args[0]}, nil
	case operators.Equals:
		return &sameNode{id, args[0], args[1], true}, nil
	case operators.NotEquals:
		return &sameNode{id, args[0], args[1], false}, nil
	case operators.In:
		return newIn(id, args[0], i.Args()[1])
	case "dyn":
		return args[0], nil
	case "double":
		return newDouble(id, args[0])
	case cellib.SeqFunc:
		return &seqNode{id, args[0]}, nil
	case cellib.NoneFunc:
		return &constNode{at: id, value: cellib.None()}, nil
	case cellib.IsFunc:
		return newIs(id, args[0], args[1])
	case cellib.FoundFunc:
		return &accuNode{id, args[0], cellib.Found}, nil
	case cellib.NewFunc:
		return &newNode{id}, nil
	case cellib.PushFunc:
		return &pushNode{id, args[0], args[1]}, nil
	case cellib.FillsFunc:
		return &accuNode{id, args[0], cellib.Fills}, nil
	case cellib.ArrayFunc:
		return &accuNode{id, args[0], cellib.Array}, nil
	}
	f, ok := stdlib.Lookup(i.Function())
	if !ok {
		return nil, fmt.Errorf("no function %s", i.Function())
	}
	return newCall(id, f, args)
}

// newDouble is double("NaN"), of constants only.
func newDouble(id at, arg node) (interpreter.InterpretableV2, error) {
	if c, ok := arg.(*constNode); ok {
		if s, ok := c.native.(string); ok {
			if x, err := strconv.ParseFloat(s, 64); err == nil {
				return newConst(int64(id), types.Double(x))
			}
		}
	}
	return nil, fmt.Errorf("double() of something else than NaN or Infinity")
}

func asNodes(parts []interpreter.InterpretableV2) []node {
	made := make([]node, len(parts))
	for i, part := range parts {
		made[i] = asNode(part)
	}
	return made
}

// asNode is the node that a part of the plan is, or one that converts its value.
func asNode(i interpreter.InterpretableV2) node {
	if n, ok := i.(node); ok {
		return n
	}
	return &foreignNode{i}
}
