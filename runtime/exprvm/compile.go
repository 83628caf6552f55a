package exprvm

import (
	"fmt"

	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Compile compiles the expr texts of a rule. What is canonical in them is computed by
// Go functions, the kernels; [CompileWithout] leaves some of them out.
//
// # Errors
//
// A text that is not expr, or that uses what exprgen does not write: a damaged or foreign
// program.
func Compile(rule *program.Rule) (steps.Evaluator, error) { return CompileWithout(rule, 0) }

// CompileWithout is Compile with kernels turned off: texts that would need one of them are expr
// programs as a whole.
func CompileWithout(rule *program.Rule, without runtime.FastPaths) (steps.Evaluator, error) {
	e := &evaluator{rule: rule, exprs: make([]compiled, len(rule.Exprs))}
	names := namesOf(rule)
	config := newConfig()
	for i := range rule.Exprs {
		x := &rule.Exprs[i]
		c, err := compileText(x, names, config, runtime.Kernels&^without)
		if err != nil {
			return nil, fmt.Errorf("expression %d of rule %s (%s): %w", i, rule.Name, x.Expr, err)
		}
		c.bind(x)
		e.exprs[i] = c
	}
	return e, nil
}

// compiled is one expression: a program, or a Go function.
type compiled struct {
	program  *vm.Program // nil when read is not the program's
	read     steps.Value
	test     steps.Test // nil where the text is no condition
	value    any        // of a constant
	constant bool
	text     steps.Text // nil where the value may be no text
	literal  *steps.Literal
}

// compileText compiles a text: wholly to Go, or where that is not possible to a program.
func compileText(x *program.Expr, names *names, config *conf.Config, kernels runtime.FastPaths) (c compiled, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: expr: %v", r)
		}
	}()
	for _, native := range [...]bool{true, false} {
		tree, err := parser.ParseWithConfig(x.Expr, config)
		if err != nil {
			return compiled{}, err
		}
		r := &rewriter{names: names, text: x, kernels: kernels, native: native}
		whole := r.term(tree.Node)
		switch {
		case r.err != nil:
			return compiled{}, r.err
		case x.Test && !whole.boolean:
			return compiled{}, fmt.Errorf("a condition that is no boolean")
		case whole.kind == constant:
			return compiled{read: whole.reader(), test: testOf(&whole), value: whole.value, constant: isPrimitive(whole.value)}, nil
		case native && !r.foreign && whole.native(), whole.kind == variable:
			return compiled{read: whole.read, test: testOf(&whole), text: whole.text, literal: whole.literal}, nil
		case native:
			continue
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
	return c, nil
}

func testOf(t *term) steps.Test {
	if !t.boolean {
		return nil
	}
	return t.tester()
}

// isPrimitive reports whether a constant is a value that is the same wherever it goes: no
// regular expression.
func isPrimitive(value any) bool {
	switch value.(type) {
	case nil, bool, string, float64:
		return true
	}
	return jsvalue.IsUndefined(value)
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
	rule   *program.Rule
	places []*steps.Place // of the rule's paths, as far as texts read them
	paths  map[string]int // by pathKey
	locals map[string]int
}

func namesOf(rule *program.Rule) *names {
	n := &names{rule: rule, places: make([]*steps.Place, len(rule.Paths)), paths: make(map[string]int, len(rule.Paths)), locals: make(map[string]int, len(rule.Locals))}
	for i, path := range rule.Paths {
		n.paths[pathKey(path.Root, path.Keys)] = i
	}
	for i, local := range rule.Locals {
		n.locals[local] = i
	}
	return n
}

// place is the place of a path, the same for all texts.
func (n *names) place(path int) *steps.Place {
	if n.places[path] == nil {
		n.places[path] = steps.PlaceOf(&n.rule.Paths[path])
	}
	return n.places[path]
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
