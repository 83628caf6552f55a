package benchmarks

import (
	"errors"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// objects is how a login gets into a VM.
type objects func(vm *goja.Runtime, value any) goja.Value

// wrap lets goja wrap the Go maps.
func wrap(vm *goja.Runtime, value any) goja.Value { return vm.ToValue(value) }

// native makes objects of the VM's own: what rules were written for.
func native(vm *goja.Runtime, value any) goja.Value {
	switch v := value.(type) {
	case map[string]any:
		object := vm.NewObject()
		for key, element := range v {
			_ = object.Set(key, native(vm, element)) // a plain object refuses nothing
		}
		return object
	case []any:
		items := make([]any, len(v))
		for i, element := range v {
			items[i] = native(vm, element)
		}
		return vm.NewArray(items...)
	}
	return vm.ToValue(value)
}

// pool holds VMs in which the rules of a case stand ready to be called. Nothing that one
// run leaves on a VM is taken away before the next, which a real pool has to do.
type pool struct {
	vms     sync.Pool
	objects objects
}

// machine is one VM.
type machine struct {
	vm       *goja.Runtime
	rules    []goja.Callable
	callback goja.Value

	called  bool // the callback, in this run
	allowed bool
	user    goja.Value
	login   goja.Value
}

func newPool(c Case, objects objects) (*pool, error) {
	programs, err := compile(c.Rules)
	if err != nil {
		return nil, err
	}
	p := &pool{objects: objects}
	p.vms.New = func() any {
		m := &machine{}
		if err := m.begin(c, programs); err != nil {
			return err
		}
		return m
	}
	return p, nil
}

func (m *machine) begin(c Case, programs []*goja.Program) (err error) {
	if m.vm, err = newVM(c); err != nil {
		return err
	}
	m.vm.SetTimeSource(func() time.Time { return c.Now })
	for _, program := range programs {
		value, err := m.vm.RunProgram(program)
		if err != nil {
			return err
		}
		rule, ok := goja.AssertFunction(value)
		if !ok {
			return errors.New("the rule is no function")
		}
		m.rules = append(m.rules, rule)
	}
	m.callback = m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if !m.called {
			m.called, m.allowed = true, !call.Argument(0).ToBoolean()
			m.user, m.login = call.Argument(1), call.Argument(2)
		}
		return goja.Undefined()
	})
	return nil
}

// run calls the rules with a login and reads back what they left.
func (p *pool) run(user, login map[string]any) (Answer, error) {
	m, ok := p.vms.Get().(*machine)
	if !ok {
		return Answer{}, errors.New("a rule does not begin")
	}
	defer p.vms.Put(m)
	m.user, m.login = p.objects(m.vm, user), p.objects(m.vm, login)
	for _, rule := range m.rules {
		m.called, m.allowed = false, false
		if _, err := rule(goja.Undefined(), m.user, m.login, m.callback); err != nil {
			return Answer{}, err
		}
		if !m.allowed {
			return Answer{}, nil
		}
	}
	after, _ := m.user.Export().(map[string]any)
	context, _ := m.login.Export().(map[string]any)
	return Answer{true, after, context}, nil
}
