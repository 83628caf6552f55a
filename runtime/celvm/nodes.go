package celvm

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// node is a part of a plan that can answer its value as it is, without a CEL value around.
type node interface {
	interpreter.InterpretableV2
	// load answers the node's value, or a *types.Err.
	load(*interpreter.ExecutionFrame) any
}

// at is the number of a node in its text.
type at int64

// ID implements interpreter.Interpretable.
func (id at) ID() int64 { return int64(id) }

// Eval implements interpreter.Interpretable; CEL calls Exec only.
func (id at) Eval(interpreter.Activation) ref.Val { return fault(int64(id), jsvalue.ExitType) }

// value makes a CEL value of what a node loads.
func value(id at, loaded any) ref.Val {
	if err, ok := loaded.(*types.Err); ok {
		return err
	}
	return types.LabelErrNode(int64(id), cellib.Value(loaded))
}

// native makes a Go value of a CEL value.
func native(id at, v ref.Val) any {
	switch v := v.(type) {
	case types.Bool:
		return bool(v)
	case *types.Err:
		return v
	}
	loaded, err := cellib.Native(v)
	if err != nil {
		return fault(int64(id), err)
	}
	return loaded
}

// foreignNode is a node of CEL's own: && and the macros' loops.
type foreignNode struct{ interpreter.InterpretableV2 }

func (n *foreignNode) load(f *interpreter.ExecutionFrame) any { return native(at(n.ID()), n.Exec(f)) }

// constNode is a constant; native is unused for [cellib.None].
type constNode struct {
	at
	value  ref.Val
	native any
}

func (n *constNode) Exec(*interpreter.ExecutionFrame) ref.Val { return n.value }
func (n *constNode) load(*interpreter.ExecutionFrame) any     { return n.native }

// pathNode reads a path.
type pathNode struct {
	at
	index int
}

func (n *pathNode) load(f *interpreter.ExecutionFrame) any {
	loaded := frameOf(f).Path(n.index)
	if exit, ok := loaded.(*jsvalue.Exit); ok {
		return fault(n.ID(), exit)
	}
	return loaded
}
func (n *pathNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// localNode reads a variable of the rule.
type localNode struct {
	at
	index int
}

func (n *localNode) load(f *interpreter.ExecutionFrame) any {
	loaded := frameOf(f).Locals[n.index]
	if exit, ok := loaded.(*jsvalue.Exit); ok {
		return fault(n.ID(), exit)
	}
	return loaded
}
func (n *localNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// runNode is the hidden run.
type runNode struct{ at }

func (n *runNode) load(f *interpreter.ExecutionFrame) any     { return &frameOf(f).Run }
func (n *runNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// boundNode reads a variable of a macro.
type boundNode struct {
	at
	name string
}

func (n *boundNode) load(f *interpreter.ExecutionFrame) any {
	loaded, _ := f.ResolveName(n.name)
	if v, ok := loaded.(ref.Val); ok {
		return native(n.at, v)
	}
	return loaded
}
func (n *boundNode) Exec(f *interpreter.ExecutionFrame) ref.Val {
	loaded, _ := f.ResolveName(n.name)
	if v, ok := loaded.(ref.Val); ok {
		return v
	}
	return value(n.at, loaded)
}

// ifNode is ?:.
type ifNode struct {
	at
	test, then, otherwise node
}

// choose answers the branch that counts, or the test's error.
func (n *ifNode) choose(f *interpreter.ExecutionFrame) (node, *types.Err) {
	switch test := n.test.load(f).(type) {
	case bool:
		if test {
			return n.then, nil
		}
		return n.otherwise, nil
	case *types.Err:
		return nil, test
	}
	return nil, fault(n.ID(), jsvalue.ExitType)
}

func (n *ifNode) load(f *interpreter.ExecutionFrame) any {
	branch, err := n.choose(f)
	if err != nil {
		return err
	}
	return branch.load(f)
}
func (n *ifNode) Exec(f *interpreter.ExecutionFrame) ref.Val {
	branch, err := n.choose(f)
	if err != nil {
		return err
	}
	return branch.Exec(f)
}

// notNode is !.
type notNode struct {
	at
	x node
}

func (n *notNode) load(f *interpreter.ExecutionFrame) any {
	switch x := n.x.load(f).(type) {
	case bool:
		return !x
	case *types.Err:
		return x
	}
	return fault(n.ID(), jsvalue.ExitType)
}
func (n *notNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// sameNode is == and !=, which are written only where they mean === and !==.
type sameNode struct {
	at
	x, y node
	want bool
}

func (n *sameNode) load(f *interpreter.ExecutionFrame) any {
	x := n.x.load(f)
	if err, ok := x.(*types.Err); ok {
		return err
	}
	y := n.y.load(f)
	switch y := y.(type) {
	case *types.Err:
		return y
	case string:
		if x, ok := x.(string); ok {
			return (x == y) == n.want
		}
	}
	same, err := stdlib.Same(x, y)
	if err != nil {
		return fault(n.ID(), err)
	}
	return same == n.want
}
func (n *sameNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// inNode is in, of a list of constants.
type inNode struct {
	at
	x   node
	set map[any]struct{}
}

func newIn(id at, x node, set interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
	list, ok := set.(*listNode)
	if !ok {
		return nil, fmt.Errorf("in something else than a list")
	}
	n := &inNode{id, x, make(map[any]struct{}, len(list.items))}
	for _, item := range list.items {
		c, ok := item.(*constNode)
		if !ok {
			return nil, fmt.Errorf("in a list that is not constant")
		}
		n.set[c.native] = struct{}{}
	}
	return n, nil
}

func (n *inNode) load(f *interpreter.ExecutionFrame) any {
	x := n.x.load(f)
	switch x := x.(type) {
	case string, float64, bool, nil:
		_, ok := n.set[x]
		return ok
	case *types.Err:
		return x
	}
	if number, ok := jsvalue.GoNumber(x); ok {
		_, ok := n.set[number]
		return ok
	}
	if err := jsvalue.Check(x); err != nil {
		return fault(n.ID(), err)
	}
	return false
}
func (n *inNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// listNode is an array literal.
type listNode struct {
	at
	items []node
}

func (n *listNode) load(f *interpreter.ExecutionFrame) any {
	return construct(n.at, f, n.items, stdlib.ListOf)
}
func (n *listNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// objectNode is an object literal: keys and values by turns.
type objectNode struct {
	at
	pairs []node
}

func (n *objectNode) load(f *interpreter.ExecutionFrame) any {
	return construct(n.at, f, n.pairs, stdlib.ObjectOf)
}
func (n *objectNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// construct makes a literal's value.
func construct(id at, f *interpreter.ExecutionFrame, parts []node, make func(...any) (any, error)) any {
	values, err := loadAll(f, parts)
	if err != nil {
		return err
	}
	made, problem := make(values...)
	if problem != nil {
		return fault(int64(id), problem)
	}
	return made
}

// loadAll loads nodes in order, until one fails.
func loadAll(f *interpreter.ExecutionFrame, parts []node) ([]any, *types.Err) {
	values := make([]any, len(parts))
	for i, part := range parts {
		loaded := part.load(f)
		if err, ok := loaded.(*types.Err); ok {
			return nil, err
		}
		values[i] = loaded
	}
	return values, nil
}
