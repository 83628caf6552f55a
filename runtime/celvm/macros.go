package celvm

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/ferrule-rules/ferrule/stdlib/cellib"
)

// The nodes of the functions that only macros call; see cellib. What they hold between the
// turns of a loop are CEL values, not values of the program.

// seqNode is the list that a macro goes through. What is none exits at the list.
type seqNode struct {
	at
	x node
}

func (n *seqNode) load(f *interpreter.ExecutionFrame) any { return native(n.at, n.Exec(f)) }
func (n *seqNode) Exec(f *interpreter.ExecutionFrame) ref.Val {
	return types.LabelErrNode(n.x.ID(), cellib.Seq(n.x.Exec(f)))
}

// isNode asks whether a loop goes on: its accumulator is still what it was.
type isNode struct {
	at
	accu  node
	value ref.Val
}

func newIs(id at, accu, value node) (interpreter.InterpretableV2, error) {
	c, ok := value.(*constNode)
	if !ok {
		return nil, fmt.Errorf("a loop until something that is not constant")
	}
	return &isNode{id, accu, c.value}, nil
}

func (n *isNode) load(f *interpreter.ExecutionFrame) any { return n.accu.Exec(f) == n.value }
func (n *isNode) Exec(f *interpreter.ExecutionFrame) ref.Val {
	return types.Bool(n.accu.Exec(f) == n.value)
}

// accuNode computes something of an accumulator, which may be an error.
type accuNode struct {
	at
	accu node
	of   func(ref.Val) ref.Val
}

func (n *accuNode) load(f *interpreter.ExecutionFrame) any     { return native(n.at, n.Exec(f)) }
func (n *accuNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return n.of(n.accu.Exec(f)) }

// newNode is a new collector.
type newNode struct{ at }

func (n *newNode) load(f *interpreter.ExecutionFrame) any   { return native(n.at, n.Exec(f)) }
func (n *newNode) Exec(*interpreter.ExecutionFrame) ref.Val { return cellib.New() }

// pushNode appends to a collector; it answers the error of the value instead.
type pushNode struct {
	at
	accu, x node
}

func (n *pushNode) load(f *interpreter.ExecutionFrame) any { return native(n.at, n.Exec(f)) }
func (n *pushNode) Exec(f *interpreter.ExecutionFrame) ref.Val {
	loaded := n.x.load(f)
	if err, ok := loaded.(*types.Err); ok {
		return err
	}
	return cellib.Push(n.accu.Exec(f), loaded)
}
