package gojalib

import (
	"sync"

	"github.com/dop251/goja"
)

// errorGlobals are the error classes of the rules' sandbox: ES5 constructor
// functions which inherit from the hidden AuthorizationError. Each is built
// alone, UnauthorizedError being nearly the only one in use.
//
//	new UnauthorizedError('no').code                   // "unauthorized", statusCode 401
//	new ValidationError('weak', 'no').description      // "no", statusCode 400
//	new WrongUsernameOrPasswordError('u', 'no').user_id // "u", statusCode 400
var errorGlobals = []Global{
	{"UnauthorizedError", func(vm *goja.Runtime, _ *Env) goja.Value {
		return errorClass(vm, unauthorizedProgram(), errorClass(vm, authorizationProgram(), errorPrototype(vm)).Get("prototype").(*goja.Object))
	}},
	{"ValidationError", func(vm *goja.Runtime, _ *Env) goja.Value {
		return errorClass(vm, validationProgram(), errorPrototype(vm))
	}},
	{"WrongUsernameOrPasswordError", func(vm *goja.Runtime, _ *Env) goja.Value {
		return errorClass(vm, wrongPasswordProgram(), errorPrototype(vm))
	}},
}

// InstallErrorClasses defines the error classes on the VM's global object,
// writable, configurable and not enumerable.
func InstallErrorClasses(vm *goja.Runtime) {
	for _, g := range errorGlobals {
		must(vm.GlobalObject().DefineDataProperty(g.Name, g.Build(vm, nil), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
}

// errorClass makes the constructor of a program and gives it a prototype that
// inherits from base.
func errorClass(vm *goja.Runtime, program *goja.Program, base *goja.Object) *goja.Object {
	v, err := vm.RunProgram(program)
	must(err)
	class := v.(*goja.Object)
	prototype := vm.CreateObject(base)
	must(prototype.DefineDataProperty("constructor", class, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	must(class.Set("prototype", prototype))
	return class
}

func errorPrototype(vm *goja.Runtime) *goja.Object {
	return lookup(vm, "Error", "prototype").(*goja.Object)
}

// The texts are sloppy code on purpose: called without new, an ES5 function of
// the platform wrote to the global object and returned undefined, and so do these.
var (
	authorizationProgram = sloppy("AuthorizationError", "code, message", `
  this.name = 'AuthorizationError'; this.code = code; this.message = message; this.statusCode = 401;`)
	unauthorizedProgram = sloppy("UnauthorizedError", "message", `
  this.name = 'UnauthorizedError'; this.code = 'unauthorized'; this.message = message; this.description = message; this.statusCode = 401;`)
	validationProgram = sloppy("ValidationError", "code, message", `
  this.name = 'ValidationError'; this.code = code; this.message = message; this.description = message; this.statusCode = 400;`)
	wrongPasswordProgram = sloppy("WrongUsernameOrPasswordError", "user_id, message", `
  this.name = 'WrongUsernameOrPasswordError'; this.code = 'wrongusernameorpassword'; this.user_id = user_id; this.message = message; this.statusCode = 400;`)
)

// sloppy is the program of one constructor. The stack is an own property that is
// not enumerable, headed by the class's name, as Error.captureStackTrace makes it.
func sloppy(name, parameters, fields string) func() *goja.Program {
	return sync.OnceValue(func() *goja.Program {
		return goja.MustCompile(name+".js", "(function "+name+"("+parameters+`) {
  var stack = new Error().stack, head = '`+name+`';
  try { if (message !== undefined && message !== '') head += ': ' + message; } catch (e) {}
  Object.defineProperty(this, 'stack', { value: head + stack.slice(stack.indexOf('\n')), writable: true, configurable: true });`+fields+`
})`, false)
	})
}
