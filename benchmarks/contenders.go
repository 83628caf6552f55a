package benchmarks

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dop251/goja"
	gojaparser "github.com/dop251/goja/parser"

	"github.com/ferrule-rules/ferrule"
)

// Contender runs one case in one way. Run gets a fresh copy of the case's login
// and may change it.
type Contender struct {
	Name string
	Run  func(user, login map[string]any) (Answer, error)
}

// Engines are the contenders of the goja engine for a case.
//
//	copy    the copy of the login alone, which all others do, too
//	ferrule the pipeline: new VM, contract, values copied in and out, difference written back
//	bare    goja by hand: new VM, precompiled programs, Go maps wrapped, call, export
//	json    goja by hand with JavaScript's objects: JSON.parse in, JSON.stringify out
//	parse   bare, but parsing the rules' texts at every login
//
// # Errors
//
// A rule that does not load.
func Engines(c Case) ([]Contender, error) {
	pipeline, err := load(c, ferrule.Options{Engine: ferrule.EngineJS})
	if err != nil {
		return nil, err
	}
	programs, err := compile(c.Rules)
	if err != nil {
		return nil, err
	}
	return []Contender{
		{"copy", func(user, login map[string]any) (Answer, error) { return Answer{Allowed: c.Allowed}, nil }},
		{"ferrule", func(user, login map[string]any) (Answer, error) {
			out, err := pipeline.Run(context.Background(), ferrule.Input{User: user, Context: login})
			return answerOf(out), err
		}},
		{"bare", func(user, login map[string]any) (Answer, error) { return wrapped(programs, c, user, login) }},
		{"json", func(user, login map[string]any) (Answer, error) { return throughJSON(programs, c, user, login) }},
		{"parse", func(user, login map[string]any) (Answer, error) {
			fresh, err := compile(c.Rules)
			if err != nil {
				return Answer{}, err
			}
			return wrapped(fresh, c, user, login)
		}},
	}, nil
}

func compile(rules []Rule) ([]*goja.Program, error) {
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

// newVM is what everybody who runs rules in goja by hand defines at the least: the
// console, the configuration and the error class.
func newVM(c Case) (*goja.Runtime, error) {
	vm := goja.New()
	console := vm.NewObject()
	for _, level := range []string{"log", "info", "warn", "error", "debug"} {
		if err := console.Set(level, func(goja.FunctionCall) goja.Value { return goja.Undefined() }); err != nil {
			return nil, err
		}
	}
	for name, value := range map[string]any{
		"console": console, "configuration": c.Configuration, "global": vm.GlobalObject(),
		"UnauthorizedError": func(call goja.ConstructorCall) *goja.Object {
			_ = call.This.Set("message", call.Argument(0))
			return nil
		},
	} {
		if err := vm.Set(name, value); err != nil {
			return nil, err
		}
	}
	return vm, nil
}

// callAll runs the rules one after another, as long as they call back with success.
func callAll(vm *goja.Runtime, programs []*goja.Program, user, login goja.Value, last func(goja.FunctionCall)) (allowed bool, err error) {
	for i, program := range programs {
		allowed = false
		err := call(vm, program, user, login, func(call goja.FunctionCall) {
			if allowed = !call.Argument(0).ToBoolean(); allowed && i == len(programs)-1 {
				last(call)
			}
		})
		if err != nil || !allowed {
			return false, err
		}
	}
	return allowed, nil
}

func call(vm *goja.Runtime, program *goja.Program, user, login goja.Value, done func(goja.FunctionCall)) error {
	value, err := vm.RunProgram(program)
	if err != nil {
		return err
	}
	rule, ok := goja.AssertFunction(value)
	if !ok {
		return fmt.Errorf("the rule is no function")
	}
	_, err = rule(goja.Undefined(), user, login, vm.ToValue(func(call goja.FunctionCall) goja.Value {
		done(call)
		return goja.Undefined()
	}))
	return err
}

// wrapped hands Go maps to the rule as goja wraps them, and takes back what it exports.
func wrapped(programs []*goja.Program, c Case, user, login map[string]any) (Answer, error) {
	vm, err := newVM(c)
	if err != nil {
		return Answer{}, err
	}
	var out [2]any
	allowed, err := callAll(vm, programs, vm.ToValue(user), vm.ToValue(login), func(call goja.FunctionCall) {
		out = [2]any{call.Argument(1).Export(), call.Argument(2).Export()}
	})
	if allowed && out[0] == nil {
		return Answer{}, fmt.Errorf("the rule gave back no user")
	}
	user, _ = out[0].(map[string]any)
	login, _ = out[1].(map[string]any)
	return Answer{allowed, user, login}, err
}

// throughJSON gives the rule objects of its own VM, as they are in JavaScript.
func throughJSON(programs []*goja.Program, c Case, user, login map[string]any) (Answer, error) {
	vm, err := newVM(c)
	if err != nil {
		return Answer{}, err
	}
	parse, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("parse"))
	stringify, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
	var in [2]goja.Value
	for i, object := range []map[string]any{user, login} {
		text, err := json.Marshal(object)
		if err != nil {
			return Answer{}, err
		}
		if in[i], err = parse(goja.Undefined(), vm.ToValue(string(text))); err != nil {
			return Answer{}, err
		}
	}
	var failed error
	allowed, err := callAll(vm, programs, in[0], in[1], func(call goja.FunctionCall) {
		for i, into := range []*map[string]any{&user, &login} {
			text, err := stringify(goja.Undefined(), call.Argument(i+1))
			if err == nil {
				err = json.Unmarshal([]byte(text.String()), into)
			}
			if err != nil {
				failed = err
			}
		}
	})
	if err == nil {
		err = failed
	}
	return Answer{allowed, user, login}, err
}
