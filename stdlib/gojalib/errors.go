package gojalib

import (
	"bytes"
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
		return errorClass(vm, unauthorizedProgram(), authorizationPrototype(vm))
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

// errorClass makes the constructor of a program. Its prototype inherits from base.
func errorClass(vm *goja.Runtime, program *goja.Program, base *goja.Object) *goja.Object {
	class := evaluate(vm, program, vm.ToValue(func(call goja.FunctionCall) goja.Value { return captureStack(vm, call) }))
	must(class.Get("prototype").(*goja.Object).SetPrototype(base))
	return class
}

// authorizationPrototype is the prototype of the hidden class, which is made when somebody
// asks for the constructor.
func authorizationPrototype(vm *goja.Runtime) *goja.Object {
	base := errorPrototype(vm)
	prototype := vm.CreateObject(base)
	define := func(object *goja.Object, value goja.Value, enumerable goja.Flag) goja.Value {
		_ = object.DefineDataProperty("constructor", value, goja.FLAG_TRUE, goja.FLAG_TRUE, enumerable) // refused when frozen
		return value
	}
	access := vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) == 0 {
			class := errorClass(vm, authorizationProgram(), base)
			must(class.Set("prototype", prototype))
			return define(prototype, class, goja.FLAG_FALSE)
		}
		if this, ok := call.This.(*goja.Object); ok && this != prototype {
			return define(this, call.Arguments[0], goja.FLAG_TRUE)
		}
		return define(prototype, call.Arguments[0], goja.FLAG_FALSE)
	})
	must(prototype.DefineAccessorProperty("constructor", access, access, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return prototype
}

// captureStack gives an object its stack: a head, and the calls around the constructor that asks.
func captureStack(vm *goja.Runtime, call goja.FunctionCall) goja.Value {
	var stack bytes.Buffer
	stack.WriteString("\n")
	for i, frame := range vm.CaptureCallStack(0, nil) {
		if i > 0 { // this function
			stack.WriteString("\tat ")
			frame.Write(&stack)
			stack.WriteString("\n")
		}
	}
	var text goja.StringBuilder
	text.WriteString(call.Argument(1).(goja.String))
	text.WriteUTF8String(stack.String())
	return rethrow(goja.Undefined(), call.Argument(0).(*goja.Object).DefineDataProperty("stack", text.String(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
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

// sloppy is the program of one constructor, as a function of captureStack. The stack is an own
// property that is not enumerable, headed by the class's name, as Error.captureStackTrace makes it.
func sloppy(name, parameters, fields string) func() *goja.Program {
	return sync.OnceValue(func() *goja.Program {
		return goja.MustCompile(name+".js", "(function (capture) { return function "+name+"("+parameters+`) {
  var head = '`+name+`';
  try { if (message !== undefined && message !== '') head += ': ' + message; } catch (e) {}
  capture(this, head);`+fields+`
}; })`, false)
	})
}
