// Code generated from goja.go by sobek.sh; DO NOT EDIT.

package peers

import (
	"fmt"
	"time"

	"github.com/grafana/sobek"
	sobekparser "github.com/grafana/sobek/parser"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// The contenders that run a rule in sobek by hand.
//
//	pooled   a VM from a pool in which the rules' functions stand ready; objects of the VM are
//	         made of the login, and user and context exported
//	wrapped  pooled, but with Go maps that sobek wraps: changed arrays and the order of keys are
//	         not JavaScript's then
//	bare     a new VM at each login, and programs that are compiled already; objects as pooled
//	bare, wrapped  bare, but with Go maps that sobek wraps
//	parse    bare, but the rules' texts are parsed and compiled at each login
//
// A VM has what everybody defines at the least: console, configuration, require, global and
// UnauthorizedError. Nothing limits a rule, and pooled clears nothing that it leaves.
var (
	sobekPooled = inSobek("sobek_pooled", "sobek, VMs from a pool", sobekHow{pooled: true})
	sobekBare   = inSobek("sobek_bare", "sobek, a new VM each login, compiled before", sobekHow{})
	sobekParse  = inSobek("sobek_parse", "sobek, a new VM and parsing each login", sobekHow{parse: true})
)

// sobekHow is what differs between the contenders.
type sobekHow struct{ pooled, wrapped, parse bool }

func inSobek(name, title string, how sobekHow) Contender {
	return Contender{Name: name, Title: title, Start: func(c *cases.Case) (*Worker, error) {
		programs, err := compileSobek(c.Rules)
		if err != nil {
			return nil, unable("it does not compile: %v", err)
		}
		ready, err := newSobekMachine(c, programs)
		if err != nil {
			return nil, unable("it does not begin: %v", err)
		}
		pool := make(chan *sobekMachine, 1)
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
				if programs, err = compileSobek(c.Rules); err != nil {
					return Answer{}, err
				}
			}
			m, err := newSobekMachine(c, programs)
			if err != nil {
				return Answer{}, err
			}
			return m.run(l, how.wrapped)
		}}, nil
	}}
}

func compileSobek(rules []cases.Rule) ([]*sobek.Program, error) {
	var programs []*sobek.Program
	for _, rule := range rules {
		tree, err := sobek.Parse(rule.File, "("+rule.Source+"\n)", sobekparser.WithDisableSourceMaps)
		if err != nil {
			return nil, err
		}
		program, err := sobek.CompileAST(tree, false)
		if err != nil {
			return nil, err
		}
		programs = append(programs, program)
	}
	return programs, nil
}

// sobekMachine is one VM with the rules of a case.
type sobekMachine struct {
	vm       *sobek.Runtime
	rules    []sobek.Callable
	callback sobek.Value
	now      time.Time

	called        bool // the callback, by the rule that runs
	err           sobek.Value
	user, context sobek.Value
}

func newSobekMachine(c *cases.Case, programs []*sobek.Program) (*sobekMachine, error) {
	m := &sobekMachine{vm: sobek.New()}
	if err := m.define(c.Configuration); err != nil {
		return nil, err
	}
	m.vm.SetTimeSource(func() time.Time { return m.now })
	for _, program := range programs {
		value, err := m.vm.RunProgram(program)
		if err != nil {
			return nil, err
		}
		rule, ok := sobek.AssertFunction(value)
		if !ok {
			return nil, fmt.Errorf("the rule is no function")
		}
		m.rules = append(m.rules, rule)
	}
	m.callback = m.vm.ToValue(func(call sobek.FunctionCall) sobek.Value {
		if !m.called {
			m.called = true
			m.err, m.user, m.context = call.Argument(0), call.Argument(1), call.Argument(2)
		}
		return sobek.Undefined()
	})
	return m, nil
}

func (m *sobekMachine) define(configuration map[string]string) error {
	console := m.vm.NewObject()
	for _, level := range []string{"log", "info", "warn", "error", "debug"} {
		if err := console.Set(level, func(sobek.FunctionCall) sobek.Value { return sobek.Undefined() }); err != nil {
			return err
		}
	}
	for name, value := range map[string]any{
		"console": console, "configuration": configuration, "global": m.vm.GlobalObject(),
		"require": func(sobek.FunctionCall) sobek.Value { return m.vm.NewObject() },
		"UnauthorizedError": func(call sobek.ConstructorCall) *sobek.Object {
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
func (m *sobekMachine) run(l *cases.Login, wrapped bool) (Answer, error) {
	m.now = l.Now
	if wrapped {
		m.user, m.context = m.vm.ToValue(l.User), m.vm.ToValue(l.Context)
	} else {
		m.user, m.context = m.object(l.User), m.object(l.Context)
	}
	for _, rule := range m.rules {
		m.called = false
		if _, err := rule(sobek.Undefined(), m.user, m.context, m.callback); err != nil {
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
func (m *sobekMachine) object(value any) sobek.Value {
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
func (m *sobekMachine) denial() error {
	object, ok := m.err.(*sobek.Object)
	if !ok || object.Get("name") == nil || object.Get("name").String() != "UnauthorizedError" {
		return errFailed
	}
	return &cases.Denial{Message: object.Get("message").String()}
}
