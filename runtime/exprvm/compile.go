package exprvm

import (
	"fmt"

	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// Compile compiles the expr texts of a rule.
//
// # Errors
//
// A text that is not expr, or that uses what exprgen does not write: a damaged or foreign
// program.
func Compile(rule *program.Rule) (steps.Evaluator, error) {
	e := &evaluator{rule: rule, exprs: make([]compiled, len(rule.Exprs))}
	names := namesOf(rule)
	config := newConfig()
	for i := range rule.Exprs {
		x := &rule.Exprs[i]
		c, err := compileText(x, names, config)
		if err != nil {
			return nil, fmt.Errorf("expression %d of rule %s (%s): %w", i, rule.Name, x.Expr, err)
		}
		e.exprs[i] = c
	}
	return e, nil
}

// compiled is one expression: a program, or a function of the frame where the whole text is
// one instruction.
type compiled struct {
	program *vm.Program
	test    func(frame any) bool
	value   func(frame any) any
	at      program.Pos // of the instruction
}

func compileText(x *program.Expr, names *names, config *conf.Config) (c compiled, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: expr: %v", r)
		}
	}()
	tree, err := parser.ParseWithConfig(x.Expr, config)
	if err != nil {
		return compiled{}, err
	}
	r := &rewriter{names: names, text: x}
	whole := r.term(tree.Node)
	switch {
	case r.err != nil:
		return compiled{}, r.err
	case x.Test && !whole.boolean:
		return compiled{}, fmt.Errorf("a condition that is no boolean")
	}
	switch whole.kind {
	case variable, fused:
		return compiled{value: whole.read, test: whole.test, at: placeOf(x.ExprMarks, whole.at.From, x.At)}, nil
	case constant:
		yes, _ := whole.value.(bool)
		return compiled{value: func(any) any { return whole.value }, test: func(any) bool { return yes }}, nil
	}
	tree.Node = whole.node()
	if _, err := checker.Check(tree, config); err != nil {
		return compiled{}, err
	}
	for _, t := range r.types {
		t.node.SetType(t.is)
	}
	c.program, err = compiler.Compile(tree, config)
	return c, err
}

// disabled are expr's own functions.
var disabled = func() map[string]bool {
	names := map[string]bool{}
	for _, f := range builtin.Builtins {
		names[f.Name] = true
	}
	return names
}()

// newConfig is expr without a limit of nodes or functions. It knows no variables either:
// rewriting leaves none but those of let. Optimize lets expr's compiler shorten chains of
// jumps; the optimizer of trees is a package of its own that nothing here calls.
func newConfig() *conf.Config {
	config := &conf.Config{ShortCircuit: true, Optimize: true, Disabled: disabled, Functions: conf.FunctionsTable{}, Builtins: conf.FunctionsTable{}}
	config.WithEnv(map[string]any{})
	return config
}

// names are what the texts of one rule can read.
type names struct {
	paths  map[string]int // by pathKey
	locals map[string]int
}

func namesOf(rule *program.Rule) *names {
	n := &names{paths: make(map[string]int, len(rule.Paths)), locals: make(map[string]int, len(rule.Locals))}
	for i, path := range rule.Paths {
		n.paths[pathKey(path.Root, path.Keys)] = i
	}
	for i, local := range rule.Locals {
		n.locals[local] = i
	}
	return n
}

// pathKey is a path as one string that no other has.
func pathKey(root string, keys []string) string {
	key := make([]byte, 0, 64)
	key = append(key, root...)
	for _, k := range keys {
		key = append(key, 0xFF) // in no UTF-8 text
		key = append(key, k...)
	}
	return string(key)
}
