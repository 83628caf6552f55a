package peers

import (
	"fmt"
	"time"

	"github.com/dop251/goja"
	gojaparser "github.com/dop251/goja/parser"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

//go:generate ./sobek.sh

// The contenders that run a rule in goja by hand.
//
//	pooled   a VM from a pool in which the rules' functions stand ready; objects of the VM are
//	         made of the login, and user and context exported
//	wrapped  pooled, but with Go maps that goja wraps: changed arrays and the order of keys are
//	         not JavaScript's then
//	bare     a new VM at each login, and programs that are compiled already; objects as pooled
//	bare, wrapped  bare, but with Go maps that goja wraps
//	parse    bare, but the rules' texts are parsed and compiled at each login
//
// A VM has what everybody defines at the least: console, configuration, require, global and
// UnauthorizedError. Nothing limits a rule, and pooled clears nothing that it leaves.
var (
	gojaPooled      = inGoja("goja_pooled", "goja, VMs from a pool", gojaHow{pooled: true})
	gojaWrapped     = inGoja("goja_wrapped", "goja, VMs from a pool, Go maps wrapped", gojaHow{pooled: true, wrapped: true})
	gojaBare        = inGoja("goja_bare", "goja, a new VM each login, compiled before", gojaHow{})
	gojaBareWrapped = inGoja("goja_bare_wrapped", "goja, a new VM each login, Go maps wrapped", gojaHow{wrapped: true})
	gojaParse       = inGoja("goja_parse", "goja, a new VM and parsing each login", gojaHow{parse: true})
)

// gojaHow is what differs between the contenders.
type gojaHow struct{ pooled, wrapped, parse bool }

func inGoja(name, title string, how gojaHow) Contender {
	return Contender{Name: name, Title: title, Start: func(c *cases.Case) (*Worker, error) {
		programs, err := compileGoja(c.Rules)
		if err != nil {
			return nil, unable("it does not compile: %v", err)
		}
		ready, err := newGojaMachine(c, programs)
		if err != nil {
			return nil, unable("it does not begin: %v", err)
		}
		pool := make(chan *gojaMachine, 1)
		pool <- ready
		return &Worker{Run: func(l *cases.Login) (Answer, error) {
			if how.pooled {
				m := <-pool
				answer, err := m.run(l, how.wrapped)
				pool <- m
				return answer, err
			}
			programs := programs
			if how.parse {
				if programs, err = compileGoja(c.Rules); err != nil {
					return Answer{}, err
				}
			}
			m, err := newGojaMachine(c, programs)
			if err != nil {
				return Answer{}, err
			}
			return m.run(l, how.wrapped)
		}}, nil
	}}
}

func compileGoja(rules []cases.Rule) ([]*goja.Program, error) {
	var programs []*goja.Program
	for _, rule := range rules {
		tree, err := goja.Parse(rule.File, "("+rule.Source+"\n)", gojaparser.WithDisableSourceMaps)
		if err != nil {
			return nil, err
		}
		program, err := goja.CompileAST(tree, false)
		if err != nil {
			return nil, err
		}
		programs = append(programs, program)
	}
	return programs, nil
}

// gojaMachine is one VM with the rules of a case.
type gojaMachine struct {
	vm       *goja.Runtime
	rules    []goja.Callable
	callback goja.Value
	now      time.Time

	called        bool // the callback, by the rule that runs
	err           goja.Value
	user, context goja.Value
}

func newGojaMachine(c *cases.Case, programs []*goja.Program) (*gojaMachine, error) {
	m := &gojaMachine{vm: goja.New()}
	if err := m.define(c.Configuration); err != nil {
		return nil, err
	}
	m.vm.SetTimeSource(func() time.Time { return m.now })
	for _, program := range programs {
		value, err := m.vm.RunProgram(program)
		if err != nil {
			return nil, err
		}
		rule, ok := goja.AssertFunction(value)
		if !ok {
			return nil, fmt.Errorf("the rule is no function")
		}
		m.rules = append(m.rules, rule)
	}
	m.callback = m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if !m.called {
			m.called = true
			m.err, m.user, m.context = call.Argument(0), call.Argument(1), call.Argument(2)
		}
		return goja.Undefined()
	})
	return m, nil
}

func (m *gojaMachine) define(configuration map[string]string) error {
	console := m.vm.NewObject()
	for _, level := range []string{"log", "info", "warn", "error", "debug"} {
		if err := console.Set(level, func(goja.FunctionCall) goja.Value { return goja.Undefined() }); err != nil {
			return err
		}
	}
	for name, value := range map[string]any{
		"console": console, "configuration": configuration, "global": m.vm.GlobalObject(),
		"require": func(goja.FunctionCall) goja.Value { return m.vm.NewObject() },
		"UnauthorizedError": func(call goja.ConstructorCall) *goja.Object {
			_ = call.This.Set("name", "UnauthorizedError") // a plain object refuses nothing
			_ = call.This.Set("message", call.Argument(0))
			return nil
		},
	} {
		if err := m.vm.Set(name, value); err != nil {
			return err
		}
	}
	return nil
}

// run calls the rules with a login and reads back what they left.
func (m *gojaMachine) run(l *cases.Login, wrapped bool) (Answer, error) {
	m.now = l.Now
	if wrapped {
		m.user, m.context = m.vm.ToValue(l.User), m.vm.ToValue(l.Context)
	} else {
		m.user, m.context = m.object(l.User), m.object(l.Context)
	}
	for _, rule := range m.rules {
		m.called = false
		if _, err := rule(goja.Undefined(), m.user, m.context, m.callback); err != nil {
			return Answer{Err: errFailed}, nil
		}
		if !m.called {
			return Answer{}, unable("the rule has not called back when it returns")
		}
		if m.err.ToBoolean() {
			return Answer{Err: m.denial()}, nil
		}
	}
	user, _ := m.user.Export().(map[string]any)
	context, _ := m.context.Export().(map[string]any)
	return Answer{User: user, Context: context}, nil
}

// object makes objects of the VM's own: what rules were written for.
func (m *gojaMachine) object(value any) goja.Value {
	switch v := value.(type) {
	case map[string]any:
		object := m.vm.NewObject()
		for key, element := range v {
			_ = object.Set(key, m.object(element)) // a plain object refuses nothing
		}
		return object
	case []any:
		items := make([]any, len(v))
		for i, element := range v {
			items[i] = m.object(element)
		}
		return m.vm.NewArray(items...)
	}
	return m.vm.ToValue(value)
}

// denial reads the error that a rule handed over.
func (m *gojaMachine) denial() error {
	object, ok := m.err.(*goja.Object)
	if !ok || object.Get("name") == nil || object.Get("name").String() != "UnauthorizedError" {
		return errFailed
	}
	return &cases.Denial{Message: object.Get("message").String()}
}
