package jsvm

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
)

// DummyAccessToken is what rules read as auth0.accessToken: recognisable, and good
// for nothing.
const DummyAccessToken = "ferrule-access-token-of-no-tenant"

// auth0 is the reduced management client of contract 5.2: domain, baseUrl,
// accessToken and the two metadata updates, answered by the run's store.
func (l *loop) auth0() goja.Value {
	vm := l.vm
	users := vm.NewObject()
	must(users.Set("updateAppMetadata", func(call goja.FunctionCall) goja.Value { return l.updateMetadata(call, "app") }))
	must(users.Set("updateUserMetadata", func(call goja.FunctionCall) goja.Value { return l.updateMetadata(call, "user") }))
	client := vm.NewObject()
	must(client.Set("domain", l.run.Domain))
	must(client.Set("baseUrl", "https://"+l.run.Domain+"/api/v2"))
	must(client.Set("accessToken", DummyAccessToken))
	must(client.Set("users", users))
	return client
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
	l.run.Update(write, then)
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
