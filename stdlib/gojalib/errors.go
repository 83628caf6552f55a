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
	{"UnauthorizedError", func(vm *goja.Runtime, _ *Env) goja.Value { return errorClass(vm, unauthorizedProgram()) }},
	{"ValidationError", func(vm *goja.Runtime, _ *Env) goja.Value { return errorClass(vm, validationProgram()) }},
	{"WrongUsernameOrPasswordError", func(vm *goja.Runtime, _ *Env) goja.Value { return errorClass(vm, wrongPasswordProgram()) }},
}

// InstallErrorClasses defines the error classes on the VM's global object,
// writable, configurable and not enumerable.
func InstallErrorClasses(vm *goja.Runtime) {
	for _, g := range errorGlobals {
		must(vm.GlobalObject().DefineDataProperty(g.Name, g.Build(vm, nil), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
}

// errorClass runs a class's program: its value is the constructor.
func errorClass(vm *goja.Runtime, program *goja.Program) goja.Value {
	v, err := vm.RunProgram(program)
	must(err)
	return v
}

// The texts are sloppy code on purpose: called without new, an ES5 function of
// the platform wrote to the global object and returned undefined, and so do these.
var (
	unauthorizedProgram = sloppy("UnauthorizedError.js", `(function (Error, create, define) {
  function AuthorizationError(code, message) {
    this.name = 'AuthorizationError'; this.code = code; this.message = message; this.statusCode = 401;
  }
  AuthorizationError.prototype = create(Error.prototype);
  function UnauthorizedError(message) {
    trace(this, 'UnauthorizedError', message);
    this.name = 'UnauthorizedError'; this.code = 'unauthorized'; this.message = message; this.description = message; this.statusCode = 401;
  }
  var prototype = UnauthorizedError.prototype = create(AuthorizationError.prototype);
  own(AuthorizationError.prototype, 'constructor', AuthorizationError); own(prototype, 'constructor', UnauthorizedError);
  return UnauthorizedError;
`)
	validationProgram = sloppy("ValidationError.js", `(function (Error, create, define) {
  function ValidationError(code, message) {
    trace(this, 'ValidationError', message);
    this.name = 'ValidationError'; this.code = code; this.message = message; this.description = message; this.statusCode = 400;
  }
  own(ValidationError.prototype = create(Error.prototype), 'constructor', ValidationError);
  return ValidationError;
`)
	wrongPasswordProgram = sloppy("WrongUsernameOrPasswordError.js", `(function (Error, create, define) {
  function WrongUsernameOrPasswordError(user_id, message) {
    trace(this, 'WrongUsernameOrPasswordError', message);
    this.name = 'WrongUsernameOrPasswordError'; this.code = 'wrongusernameorpassword'; this.user_id = user_id; this.message = message; this.statusCode = 400;
  }
  own(WrongUsernameOrPasswordError.prototype = create(Error.prototype), 'constructor', WrongUsernameOrPasswordError);
  return WrongUsernameOrPasswordError;
`)
)

// sloppy is a class's program, with the two helpers that every class needs.
func sloppy(name, text string) func() *goja.Program {
	return sync.OnceValue(func() *goja.Program {
		return goja.MustCompile(name, text+`
  function own(o, name, value) { define(o, name, { value: value, writable: true, configurable: true }); }
  function trace(o, name, message) {
    var stack = new Error().stack;
    own(o, 'stack', name + (message === undefined || message === '' ? '' : ': ' + message) + stack.slice(stack.indexOf('\n')));
  }
}).call(null, Error, Object.create, Object.defineProperty)`, false)
	})
}
