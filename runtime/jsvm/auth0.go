package jsvm

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
)

// auth0 is the reduced management client of contract 5.2: domain, baseUrl,
// accessToken and the two metadata updates, answered by the run's store.
func (m *machine) auth0() goja.Value {
	vm, l := m.vm, m.loop
	users := vm.NewObject()
	must(users.Set("updateAppMetadata", func(call goja.FunctionCall) goja.Value { return m.loop.updateMetadata(call, "app") }))
	must(users.Set("updateUserMetadata", func(call goja.FunctionCall) goja.Value { return m.loop.updateMetadata(call, "user") }))
	client := vm.NewObject()
	must(client.Set("domain", l.run.Domain))
	must(client.Set("baseUrl", l.run.BaseURL()))
	l.accessToken(client)
	must(client.Set("users", users))
	return client
}

// accessToken defines auth0.accessToken. A real token is asked for when a rule reads it.
func (l *loop) accessToken(client *goja.Object) {
	const name = "accessToken"
	if !l.run.HasAccessToken() {
		must(client.Set(name, runtime.DummyAccessToken))
		return
	}
	define := func(value goja.Value) {
		must(client.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
	}
	get := l.vm.ToValue(func(goja.FunctionCall) goja.Value {
		token, err := l.run.AccessToken()
		if err != nil {
			panic(l.storeError(err))
		}
		value := l.vm.ToValue(token)
		define(value)
		return value
	})
	set := l.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		define(call.Argument(0))
		return goja.Undefined()
	})
	must(client.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_TRUE))
}

// updateMetadata records the write and hands it to the store. With a third
// argument that is a function the answer goes there, else a promise is answered.
func (l *loop) updateMetadata(call goja.FunctionCall, target string) goja.Value {
	vm := l.vm
	callback, hasCallback := goja.AssertFunction(call.Argument(2))
	promise, resolve, reject := vm.NewPromise()
	answer := func(err *goja.Object, user goja.Value) error {
		switch {
		case hasCallback && err != nil:
			_, thrown := callback(goja.Undefined(), err)
			return thrown
		case hasCallback:
			_, thrown := callback(goja.Undefined(), goja.Null(), user)
			return thrown
		case err != nil:
			return reject(err)
		}
		return resolve(user)
	}
	result := goja.Undefined()
	if !hasCallback {
		result = vm.ToValue(promise)
	}
	userID, ok := call.Argument(0).Export().(string)
	if !ok || userID == "" {
		what := received(call.Argument(0)) // now: the arguments' memory is the VM's stack
		l.later(func() error {
			return answer(l.typeError("ERR_INVALID_ARG_TYPE", "The user id must be a text that is not empty. Received "+what), nil)
		})
		return result
	}
	tree, err := l.convert.fromJS(call.Argument(1), nil, "values", &losses{})
	if err != nil {
		passOn(err)
	}
	values, isObject := tree.(map[string]any)
	if err != nil || !isObject {
		what := received(call.Argument(1))
		if err != nil {
			what = err.Error()
		}
		l.later(func() error {
			return answer(l.typeError("ERR_INVALID_ARG_TYPE", "The metadata must be an object. Received "+what), nil)
		})
		return result
	}
	l.store(runtime.MetadataWrite{Target: target, UserID: userID, Values: values, Order: l.convert.order}, answer)
	return result
}

// later runs then as a turn of its own.
func (l *loop) later(then func() error) { l.operation()(then) }

// store asks the run's store on a goroutine of its own and answers in a turn. A write
// that a compiled form of the rule made already gets the answer that it got.
func (l *loop) store(write runtime.MetadataWrite, answer func(*goja.Object, goja.Value) error) {
	complete := l.operation()
	then := func(u *runtime.Update) {
		complete(func() error {
			user, err := u.Answer()
			if err != nil {
				return answer(l.storeError(err), nil)
			}
			value, err := l.convert.toJS(user)
			if err != nil {
				return answer(l.storeError(err), nil)
			}
			return answer(nil, value)
		})
	}
	if made := l.owner.handover.Replay(write); made != nil {
		l.run.Go(func() {
			<-made.Done()
			then(made)
		})
		return
	}
	l.run.Update(l.owner.rule.Name, write, then)
}

// storeError is a store's error as the management client would give it: with
// statusCode and headers where the store knows them.
func (l *loop) storeError(err error) *goja.Object {
	object, newErr := l.vm.New(l.vm.GlobalObject().Get("Error"), l.vm.ToValue(err.Error()))
	if newErr != nil {
		return l.vm.NewGoError(err)
	}
	var status interface{ StatusCode() int }
	if errors.As(err, &status) {
		must(object.Set("name", "APIError"))
		must(object.Set("statusCode", status.StatusCode()))
	}
	var headers interface{ Headers() map[string]string }
	if errors.As(err, &headers) {
		values := map[string]any{}
		for name, value := range headers.Headers() {
			values[name] = value
		}
		if made, convertErr := l.convert.toJS(values); convertErr == nil {
			must(object.Set("headers", made))
		}
	}
	return object
}
