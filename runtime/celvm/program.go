package celvm

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/interpreter"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Compile compiles the CEL texts of a rule. The answer is immutable and safe for
// concurrent use; what a run needs it keeps in the frame's Scratch. Its values are those of
// the lowered program, its errors *steps.ExitError, with a place.
func Compile(rule *program.Rule) (steps.Evaluator, error) { return CompileWithout(rule, 0) }

// CompileWithout is Compile. CEL's programs have no kernels that could be turned off.
func CompileWithout(rule *program.Rule, _ runtime.FastPaths) (steps.Evaluator, error) {
	s := newScope(rule)
	e := &evaluator{exprs: make([]expression, len(rule.Exprs))}
	for i := range rule.Exprs {
		if err := e.exprs[i].compile(s, &rule.Exprs[i]); err != nil {
			return nil, fmt.Errorf("expression %d of rule %s: CEL text %s: %w", i, rule.Name, rule.Exprs[i].CEL, err)
		}
	}
	return e, nil
}

// evaluator is a compiled rule.
type evaluator struct{ exprs []expression }

// expression is a compiled text, without the text itself and CEL's notes about it: those take
// more room than the nodes.
type expression struct {
	root   node
	at     program.Pos
	places []placed // of nodes that have one of their own, by their numbers
}

// placed is the place of a node in the user's file.
type placed struct {
	node, line, column int32
}

func (x *expression) compile(s *scope, source *program.Expr) error {
	tree, err := parse(source.CEL)
	if err != nil {
		return err
	}
	if err := s.resolve(tree); err != nil {
		return err
	}
	root, err := plan(tree)
	if err != nil {
		return err
	}
	*x = expression{root: root, at: source.At, places: placesOf(source, tree.SourceInfo())}
	return nil
}

func placesOf(source *program.Expr, offsets *ast.SourceInfo) []placed {
	marks := source.CELMarks
	var places []placed
	for id, where := range offsets.OffsetRanges() {
		i := sort.Search(len(marks), func(i int) bool { return marks[i].Offset > int(where.Start) })
		if i > 0 && marks[i-1].At != source.At {
			places = append(places, placed{int32(id), int32(marks[i-1].At.Line), int32(marks[i-1].At.Column)})
		}
	}
	slices.SortFunc(places, func(a, b placed) int { return int(a.node - b.node) })
	return slices.Clone(places)
}

// Eval implements steps.Evaluator.
func (e *evaluator) Eval(f *steps.Frame, expr int) (any, error) {
	x := &e.exprs[expr]
	value := x.root.load(enter(f))
	if err, ok := value.(*types.Err); ok {
		return nil, x.exit(err)
	}
	return value, nil
}

// Test implements steps.Evaluator.
func (e *evaluator) Test(f *steps.Frame, expr int) (bool, error) {
	x := &e.exprs[expr]
	switch value := x.root.load(enter(f)).(type) {
	case bool:
		return value, nil
	case *types.Err:
		return false, x.exit(value)
	default:
		return false, fmt.Errorf("internal error: a test is a %T, at %d:%d", value, x.at.Line, x.at.Column)
	}
}

// exit gives an error its place.
func (x *expression) exit(err *types.Err) error {
	at := x.at
	if i, ok := slices.BinarySearchFunc(x.places, err.NodeID(), func(p placed, id int64) int { return cmp.Compare(int64(p.node), id) }); ok {
		at = program.Pos{Line: int(x.places[i].line), Column: int(x.places[i].column)}
	}
	return &steps.ExitError{Code: cellib.Exit(err).Code, At: at}
}

// scratch is what an evaluator keeps in a frame.
type scratch struct {
	frame     *steps.Frame
	execution *interpreter.ExecutionFrame
}

// enter answers CEL's side of a frame.
func enter(f *steps.Frame) *interpreter.ExecutionFrame {
	if s, ok := f.Scratch.(*scratch); ok && s.frame == f {
		return s.execution
	}
	s := &scratch{frame: f}
	execution, err := interpreter.NewExecutionFrame(s)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	s.execution = execution
	f.Scratch = s
	return execution
}

// scratchName is the name under which nodes find the scratch, inside of macros too.
const scratchName = "@"

// ResolveName implements interpreter.Activation. Variables are nodes of their own.
func (s *scratch) ResolveName(name string) (any, bool) {
	if name == scratchName {
		return s, true
	}
	return nil, false
}

// Parent implements interpreter.Activation.
func (s *scratch) Parent() interpreter.Activation { return nil }

// frameOf finds the run's frame.
func frameOf(execution *interpreter.ExecutionFrame) *steps.Frame {
	s, _ := execution.ResolveName(scratchName)
	return s.(*scratch).frame
}

// fault is an exit at a node.
func fault(id int64, err error) *types.Err {
	exit, ok := err.(*jsvalue.Exit)
	if !ok {
		exit = jsvalue.ExitType
	}
	return types.LabelErrNode(id, types.WrapErr(exit)).(*types.Err)
}
