package emit

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/internal/celgen"
	"github.com/ferrule-rules/ferrule/compiler/internal/exprgen"
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Generator writes one expression as text: exprgen.Generate and celgen.Generate. With test
// the text's value is a boolean. Marks are by ascending offset, in code points.
type Generator func(e ir.Expr, test bool, n *names.Names) (text string, marks []program.Mark, err error)

// The generators, and their signature.
var (
	exprText Generator = exprgen.Generate
	celText  Generator = celgen.Generate
)

// Rule makes the saved form of a rule. File is the user's file.
//
// # Errors
//
// An internal error where the rule is not valid (see ir.Validate).
func Rule(rule *ir.Rule, file string) (*program.Rule, error) {
	e := &emitter{
		made:  &program.Rule{Name: rule.Name, File: file, MutatesLists: rule.MutatesLists},
		names: names.New(rule), locals: map[string]int{}, paths: map[string]int{}, owned: map[string]string{},
	}
	for i, local := range rule.Locals {
		spelled, _ := e.names.Local(local)
		e.made.Locals = append(e.made.Locals, e.own(spelled))
		e.locals[local] = i
	}
	e.made.Steps = e.steps(rule.Steps)
	e.made.Needs, e.made.Projects = program.NeedsText(needsOf(rule)), true
	e.made.Guards = guardsOf(rule)
	for i := range e.made.Guards {
		guard := &e.made.Guards[i]
		guard.Key, guard.Values = e.own(guard.Key), e.ownAll(guard.Values)
	}
	if e.err != nil {
		return nil, e.err
	}
	return e.made, nil
}

// emitter holds a rule that is being made.
type emitter struct {
	made   *program.Rule
	names  *names.Names
	locals map[string]int // by the name in ir
	paths  map[string]int // by the name in texts
	owned  map[string]string
	err    error // the first
}

func (e *emitter) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func position(at source.Span) program.Pos {
	return program.Pos{Line: at.Start.Line, Column: at.Start.Column}
}

// value is the number of an expression; None for none.
func (e *emitter) value(x ir.Expr) int { return e.expr(x, false) }

// test is the number of a condition.
func (e *emitter) test(x ir.Expr) int { return e.expr(x, true) }

func (e *emitter) expr(x ir.Expr, test bool) int {
	if x == nil {
		return program.None
	}
	made := program.Expr{Test: test, Fresh: !test && ir.Fresh(x), At: position(x.Span())}
	var err error
	if made.Expr, made.ExprMarks, err = exprText(x, test, e.names); err != nil {
		e.fail(err)
	}
	if made.CEL, made.CELMarks, err = celText(x, test, e.names); err != nil {
		e.fail(err)
	}
	reads := &reads{emitter: e, to: &made, seen: map[string]bool{}}
	reads.expr(x)
	e.made.Exprs = append(e.made.Exprs, made)
	return len(e.made.Exprs) - 1
}

// local is the number of a variable; None for "".
func (e *emitter) local(name string) int {
	if name == "" {
		return program.None
	}
	i, ok := e.locals[name]
	if !ok {
		e.fail(fmt.Errorf("internal error: %s is no variable of the rule", name))
	}
	return i
}

// path is the number of a path, a new one when it is read for the first time.
func (e *emitter) path(root string, keys []string) int {
	name := names.Path(root, keys)
	i, ok := e.paths[name]
	if !ok {
		i = len(e.made.Paths)
		e.made.Paths = append(e.made.Paths, program.Path{Name: name, Root: e.own(root), Keys: e.ownAll(keys)})
		e.paths[name] = i
	}
	return i
}
