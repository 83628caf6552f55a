package bcrypt

import (
	"context"
	_ "embed"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed bcrypt.js
var text string

var script = host.NewScript("bcrypt", text)

// Modules is bcrypt.
var Modules = []host.Module{{Name: "bcrypt", Build: build}}

func build(h host.Host) *goja.Object {
	return script.Evaluate(h, map[string]any{
		"salt": func(call goja.FunctionCall) goja.Value {
			s, err := newSalt(call.Argument(1).String(), int(call.Argument(0).ToInteger()))
			return answer(h, s, err)
		},
		"valid": func(call goja.FunctionCall) goja.Value {
			_, ok := parse(call.Argument(0).String())
			return h.VM().ToValue(ok)
		},
		// hash(done, password, salt) and compare(done, password, hash): without done they wait.
		"hash": slow(h, func(ctx context.Context, password []byte, salt string) (any, error) {
			s, _ := parse(salt)
			return s.hash(ctx, password)
		}),
		"compare": slow(h, func(ctx context.Context, password []byte, with string) (any, error) {
			return compare(ctx, password, with)
		}),
	})
}

func answer(h host.Host, v any, err error) goja.Value {
	if err != nil {
		panic(h.VM().NewGoError(err))
	}
	return h.VM().ToValue(v)
}

func slow(h host.Host, f func(ctx context.Context, password []byte, with string) (any, error)) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		given := host.Bytes(call.Argument(1))
		password, with := strings.Clone(string(given)), call.Argument(2).String()
		done, ok := goja.AssertFunction(call.Argument(0))
		if !ok {
			v, err := host.ComputeNow(h, func(ctx context.Context) (any, error) { return f(ctx, []byte(password), with) })
			return answer(h, v, err)
		}
		host.Compute(h, func(ctx context.Context) func() error {
			v, err := f(ctx, []byte(password), with)
			return func() error {
				problem := goja.Null()
				if err != nil {
					problem = h.VM().NewGoError(err)
				}
				_, err := done(goja.Undefined(), problem, h.VM().ToValue(v))
				return err
			}
		})
		return goja.Undefined()
	}
}
