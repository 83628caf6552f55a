package jsvm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule"
)

func TestRequireStandsIn(t *testing.T) {
	const head = `
		const request = require('request'), { ManagementClient } = require('auth0@2.9.1');
		const client = new ManagementClient({ token: 'x' }), part = require('lodash').fp.get;
		if (!user.call) return callback(null, user, context);`
	tests := []struct{ name, code, want string }{
		{"module", `request.get('https://example.com');`, "Cannot find module 'request'"},
		{"module as function", `request({});`, "Cannot find module 'request'"},
		{"client", `client.getUser({ id: 1 });`, "Cannot find module 'auth0@2.9.1'"},
		{"part", `part(user, 'a');`, "Cannot find module 'lodash'"},
		{"caught", `try { part(); } catch (e) { callback(new Error(e.code)); }`, "MODULE_NOT_FOUND"},
		{"no name", `require();`, `The "id" argument must be of type string. Received undefined`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := compile(t, head+tt.code+"callback(null, user, context);", &ferrule.Options{Modules: ferrule.ModuleOptions{AllowMissing: true}})
			out := run(t, p, map[string]any{})
			assert.Equal(t, ferrule.Allowed, out.Decision)
			out = run(t, p, map[string]any{"call": true})
			assert.Equal(t, ferrule.Failed, out.Decision)
			assert.Equal(t, tt.want, out.Err.Message)
		})
	}
}
