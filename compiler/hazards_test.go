package compiler

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func TestHazard(t *testing.T) {
	tests := []struct {
		body string
		want bool
	}{
		{"Array.prototype.has = function () {};", true},
		{"Object.defineProperty(user, 'x', {});", true},
		{"JSON.parse = null;", true},
		{"const J = JSON; J.parse = null;", true},
		{"const J = user.x ? JSON : null; J.parse = null;", true},
		{"use(Object);", true},
		{"var p = Array.prototype; p.x = 1;", true},
		{"global.JSON = {};", true},
		{"global[user.name] = {};", true},
		{"globalThis['JS' + 'ON'] = {};", true},
		{"String = 1;", true},
		{"user.name.constructor.prototype.trim = null;", true},
		{"user.__proto__.x = 1;", true},
		{"user['__proto__'].x = 1;", true},
		{"Object.assign(Array.prototype, { x: 1 });", true},
		{"Object.assign(JSON, { x: 1 });", true},
		{"this.JSON = 1;", true},
		{"(0, eval)('1');", true},
		{"delete JSON.parse;", true},
		{"[JSON.parse] = [1];", true},
		{"({ a: Math.abs } = user);", true},
		{"for (JSON.x of []) {}", true},
		{"Math.x++;", true},
		{"(function () { return Object; })().keys = 1;", true},

		{"var self = this; self.JSON = 1;", true},
		{"this[user.name] = 1;", true},
		{"use(this);", true},
		{"(function () { this.log = 1; }).call(console);", true},
		{"user.log.call(console, 'x');", false},
		{"class A { constructor() { this.JSON = 1; } }", false},
		{"class A { static #v = 1; a() { return { ...this.#b, v: A.#v }; } #b = 1; }", false},
		{"(function () { 'use strict'; var self = this; })();", false},
		{"done.apply(this, arguments); user.x = this.y;", false},
		{"const { prototype } = Array; prototype.x = 1;", true},
		{"const { [user.name]: p } = Array; p.x = 1;", true},
		{"const J = JSON || {}; J.parse = null;", true},
		{"const J = user.x && JSON; J.parse = null;", true},
		{"const E = UnauthorizedError; E.prototype.name = 'x';", true},
		{"if (auth0 && auth0.users && !JSON) {}", false},
		{"const { users } = auth0; const { parse } = JSON;", false},
		{"const E = UnauthorizedError; callback(new E('x'));", false},
		{"user.prototypes = 1;", false},
		{"Object.prototype.hasOwnProperty.call(user, 'x');", false},
		{"Array.prototype.slice.call(user.list, 1);", false},
		{"const JSON = {}; JSON.parse = 1;", false},
		{"user.list.map(Number).filter(Boolean);", false},
		{"user.x instanceof Array;", false},
		{"typeof URL;", false},
		{"new Set(user.list); new Date();", false},
		{"global.helper = function () {};", false},
		{"Object.assign(user.app_metadata, { x: 1 });", false},
		{"x = undefined; user.y = NaN;", false},
		{"const { A } = configuration;", false},
		{"user.JSON = 1; user.Math.abs = 2;", false},
	}
	for _, tt := range tests {
		t.Run(tt.body, func(t *testing.T) {
			script, list := parse.Rule(source.NewFile("r.js", "function (user, context, callback) {"+tt.body+"}"), parse.Options{})
			require.False(t, list.HasErrors(), "%v", list)
			_, got := hazard(script.Func)
			assert.Equal(t, tt.want, got)
		})
	}
}
