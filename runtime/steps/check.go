package steps

import (
	"fmt"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/program"
)

// checker finds what is not well formed in a rule.
type checker struct {
	rule   *program.Rule
	loops  []string // labels around
	blocks []string // labels around, of loops and blocks
}

func check(rule *program.Rule) (err error) {
	c := checker{rule: rule}
	for i, e := range rule.Exprs {
		for _, path := range e.Paths {
			if path < 0 || path >= len(rule.Paths) {
				return fmt.Errorf("expression %d reads path %d of %d", i, path, len(rule.Paths))
			}
		}
		for _, local := range e.Locals {
			if local < 0 || local >= len(rule.Locals) {
				return fmt.Errorf("expression %d reads variable %d of %d", i, local, len(rule.Locals))
			}
		}
	}
	for _, path := range rule.Paths {
		if err := root(path.Root); err != nil {
			return err
		}
	}
	if _, err := program.ReadNeeds(rule.Needs); err != nil {
		return err
	}
	return c.steps(rule.Steps)
}

func root(name string) error {
	if name != "user" && name != "context" {
		return fmt.Errorf("a root that is called %q", name)
	}
	return nil
}

func (c *checker) expr(numbers ...int) error {
	for _, n := range numbers {
		if n < 0 || n >= len(c.rule.Exprs) {
			return fmt.Errorf("a step computes expression %d of %d", n, len(c.rule.Exprs))
		}
	}
	return nil
}

func (c *checker) optional(numbers ...int) error {
	return c.expr(slices.DeleteFunc(numbers, func(n int) bool { return n == program.None })...)
}

// local checks numbers of variables; a step may write none.
func (c *checker) local(numbers ...int) error {
	for _, n := range numbers {
		if n != program.None && (n < 0 || n >= len(c.rule.Locals)) {
			return fmt.Errorf("a step writes variable %d of %d", n, len(c.rule.Locals))
		}
	}
	return nil
}

func (c *checker) place(p program.Place, keys int) error {
	if len(p.Keys) < keys {
		return fmt.Errorf("a place has no key")
	}
	for _, key := range p.Keys {
		if err := c.optional(key.Expr); err != nil {
			return err
		}
	}
	if p.Root != "" {
		return root(p.Root)
	}
	if p.Local == program.None {
		return fmt.Errorf("a place has no base")
	}
	return c.local(p.Local)
}

func (c *checker) args(args []program.Arg) error {
	for _, arg := range args {
		if err := c.expr(arg.Expr); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) steps(list []program.Step) error {
	for _, step := range list {
		if err := c.step(step); err != nil {
			return err
		}
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// body checks steps with a label around them.
func (c *checker) body(label string, loop bool, body []program.Step) error {
	if slices.Contains(c.blocks, label) {
		return fmt.Errorf("label %q stands inside a block of that label", label)
	}
	inner := checker{rule: c.rule, loops: c.loops, blocks: append(slices.Clip(c.blocks), label)}
	if loop {
		inner.loops = append(slices.Clip(c.loops), label)
	}
	return inner.steps(body)
}

func (c *checker) step(step program.Step) error {
	switch s := step.(type) {
	case *program.Let:
		return first(c.local(s.Local), c.expr(s.Value))
	case *program.Set:
		return first(c.place(s.Target, 1), c.expr(s.Value))
	case *program.Default:
		return first(c.place(s.Target, 1), c.expr(s.Value))
	case *program.Delete:
		return c.place(s.Target, 1)
	case *program.Mutate:
		return first(c.place(s.Target, 0), c.args(s.Args), c.local(s.Result))
	case *program.AddUnless:
		return first(c.place(s.Target, 0), c.expr(s.Value))
	case *program.If:
		return first(c.expr(s.Cond), c.steps(s.Then), c.steps(s.Else))
	case *program.For:
		return first(c.expr(s.List), c.local(s.Item, s.Index), c.body(s.Label, true, s.Body))
	case *program.ForKeys:
		return first(c.expr(s.Object), c.local(s.Key), c.body(s.Label, true, s.Body))
	case *program.Count:
		if s.By == 0 {
			return fmt.Errorf("loop %q counts by 0", s.Label)
		}
		return first(c.expr(s.From, s.While), c.local(s.Local), c.body(s.Label, true, s.Body))
	case *program.Block:
		return c.body(s.Label, false, s.Body)
	case *program.Leave:
		if !slices.Contains(c.blocks, s.Label) {
			return fmt.Errorf("leave %q stands outside of it", s.Label)
		}
	case *program.Next:
		if !slices.Contains(c.loops, s.Label) {
			return fmt.Errorf("next %q stands outside of it", s.Label)
		}
	case *program.Eval:
		return c.expr(s.X)
	case *program.Log:
		return c.args(s.Args)
	case *program.Deny:
		return c.optional(s.Message)
	case *program.Fail:
		for _, field := range s.Fields {
			if err := c.expr(field.Value); err != nil {
				return err
			}
		}
		return c.optional(s.Message)
	case *program.Persist:
		if s.Target != "app" && s.Target != "user" {
			return fmt.Errorf("metadata of %q", s.Target)
		}
		if s.Await && len(s.Then) > 0 {
			return fmt.Errorf("steps behind a write that is waited for")
		}
		alone := checker{rule: c.rule} // Then runs outside of the blocks
		return first(c.expr(s.UserID, s.Values), alone.steps(s.Then))
	case *program.Done, *program.Return, *program.Exit:
	default:
		return fmt.Errorf("a step of type %T", step)
	}
	return nil
}

// writes reports whether steps may change user or context, or what a variable refers to.
func writes(list []program.Step) bool {
	return slices.ContainsFunc(list, func(step program.Step) bool {
		switch s := step.(type) {
		case *program.Set, *program.Default, *program.Delete, *program.Mutate, *program.AddUnless:
			return true
		case *program.If:
			return writes(s.Then) || writes(s.Else)
		case *program.For:
			return writes(s.Body)
		case *program.ForKeys:
			return writes(s.Body)
		case *program.Count:
			return writes(s.Body)
		case *program.Block:
			return writes(s.Body)
		case *program.Persist:
			return writes(s.Then)
		}
		return false
	})
}
