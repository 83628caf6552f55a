package jsvm_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// lazyPrograms look at user in every way that could tell a lazy object from a plain
// one; r is what they found.
var lazyPrograms = []string{
	`r = Object.keys(user)`, `r = Object.values(user.app_metadata)`, `r = Object.entries(user)`, `r = Object.assign({}, user)`, `r = { ...user, ...context }`,
	`const { email, ...rest } = user; r = [email, rest]`, `r = []; for (const k in user) r.push(k)`, `r = []; for (const k in user) { delete user[k]; r.push(k); }`,
	`r = []; for (const k in user) { user['x' + k] = 1; r.push(k); }`, `r = JSON.stringify(user)`, `r = JSON.stringify(user, null, 2)`, `r = JSON.stringify(user, ['email', 'app_metadata', 'roles'])`,
	`r = JSON.stringify(user, (k, v) => k === 'email' ? undefined : v)`, `r = 'email' in user`, `r = ['nope' in user, 'toString' in user]`, `r = user.hasOwnProperty('email')`,
	`r = Object.prototype.hasOwnProperty.call(user, 'toString')`, `r = user.propertyIsEnumerable('email')`, `r = Object.getOwnPropertyNames(user).length`,
	`r = Object.getOwnPropertyDescriptor(user, 'email')`, `r = Object.getOwnPropertyDescriptor(user, 'nope') === undefined`, `r = Object.hasOwn(user, 'email')`,
	`r = [typeof user, String(user), user + '', user == '[object Object]', user.valueOf() === user]`, `r = Object.prototype.toString.call(user)`,
	`r = user instanceof Object`, `r = Object.getPrototypeOf(user) === Object.prototype`, `r = [user.app_metadata === user.app_metadata, user.list === user.list, user.list[2] === user.list[2]]`,
	`r = Object.is(user.app_metadata, user.app_metadata)`, `const c = Object.create(user); c.own = 1; r = [c.email, Object.keys(c), c.own, user.own]`,
	`const c = Object.create(user); c.email = 'c'; r = [c.email, user.email, Object.keys(c)]`, `r = delete user.email; user.after = user.email`,
	`delete user.email; user.email = 'again'; r = Object.keys(user)`, `user['7'] = 'seven'; user['3'] = 'three'; user.last = 1; r = Object.keys(user)`,
	`user.app_metadata = user.app_metadata; r = 1`, `user.app_metadata = { ...user.app_metadata }; r = 1`, `user.copy = user.app_metadata; user.copy.plan = 'changed'; r = user.app_metadata.plan`,
	`const a = user.app_metadata; delete user.app_metadata; user.moved = a; a.x = 1; r = 1`, `user.list.push(user.list.shift()); r = user.list.length`, `user.list[2].deep.x = 'y'; r = 1`,
	`user.list.reverse(); r = 1`, `user.list.splice(1, 1, user.app_metadata, user); user.list.pop(); user.list.pop(); r = user.list.length`, `user.list.length = 1; r = 1`,
	`r = user.list.map(x => typeof x)`, `r = Array.from(user.list)`, `r = [...user.list, ...user.app_metadata.roles]`, `r = Array.isArray(user.list)`, `r = user.list.concat(user.app_metadata.roles).length`,
	`r = structuredClone(user)`, `r = structuredClone(user.list)`, `const m = new Map(Object.entries(user)); r = [m.size, m.get('email')]`, `const s = new Set([user, user, context]); r = s.size`,
	`const w = new WeakMap(); w.set(user, 1); r = w.get(user)`, `r = Object.fromEntries(Object.entries(user).filter(([k]) => k !== 'list'))`, `with (user) { email = email + '!'; r = email; }`,
	`r = user.nope === undefined && user.nope?.x === undefined`, `user.undef = undefined; r = ['undef' in user, Object.keys(user).includes('undef')]`, `user.fn = function () {}; user.nan = NaN; r = 1`,
	`user.email += '?'; user.count ??= 5; user.count++; user.app_metadata.plan ||= 'x'; r = user.count`, `const { app_metadata: { roles: [first] } } = user; r = first`,
	`user.self = { user: { email: user.email } }; r = 1`, `[user.email, user.name] = [user.name, user.email]; r = 1`, `r = user.app_metadata.roles.indexOf('a') + user.list.lastIndexOf('x')`,
	`console.log(user, user.list, [user.app_metadata]); console.log('%j %o %s', user, user.app_metadata, user)`, `try { null.x } catch (e) { r = e.name }`, `r = Object.keys(user.empty).length + Object.keys(user.none || {}).length`,
	`Object.assign(user, { email: 'assigned', fresh: [1] }, null, user.app_metadata); r = 1`, `Object.entries(user).forEach(([k, v]) => { user['copy_' + k] = v; }); r = 1`, `r = Object.groupBy === undefined`,
	`function F() {} F.prototype = user; const f = new F(); f.own = 1; r = [f.email, f instanceof F, Object.keys(f)]`, `r = Object.entries(user).sort().map(([k]) => k)`, `user.toString = 'text'; r = user.toString`,
	`user.length = 2; user[0] = 'a'; user[1] = 'b'; r = Array.prototype.join.call(user, '-')`, `r = Array.prototype.slice.call({ length: 2, 0: user, 1: user.list })`, `callback(null, context, user); r = 1`,
	`callback(null, Object.assign({ z: 1 }, user), { ...context })`, `user.app_metadata.roles = user.app_metadata.roles.filter(x => x !== 'a'); context.user = user; r = 1`, `context.list = user.list; user.list = context.list; r = 1`,
}

const lazyLogin = `{"email":"ann@example.com","z":1,"10":"ten","2":"two","name":null,"app_metadata":{"roles":["a","b"],"plan":"free","nested":{"k":[{"q":1}]}},` +
	`"list":["x",1,{"deep":{}},[1,[2]],null],"empty":{},"truth":true,"text":"é😀"}`

// TestLazyObjectsArePlain: every program gives the same outcome with lazy objects and
// with plain ones, which the mere word Symbol asks for.
func TestLazyObjectsArePlain(t *testing.T) {
	for _, program := range lazyPrograms {
		t.Run(program, func(t *testing.T) {
			var texts [2]string
			for i, word := range []string{"lazy", "Symbol"} {
				p, err := ferrule.Compile("r.js", "function (user, context, callback) {\nvar r = '"+word+"'; r = null;\n"+program+"\ncontext.r = r;\ncallback(null, user, context);\n}", inJS(nil))
				require.NoError(t, err)
				user, order, err := jsondoc.Decode([]byte(lazyLogin))
				require.NoError(t, err)
				out, err := p.Run(context.Background(), ferrule.Input{User: user.(map[string]any), Context: map[string]any{"b": 1, "a": map[string]any{"c": 2}}, Order: order})
				require.NoError(t, err)
				userText, err := out.UserJSON()
				require.NoError(t, err)
				contextText, err := out.ContextJSON()
				require.NoError(t, err)
				texts[i] = out.Decision.String() + "\n" + string(userText) + "\n" + string(contextText)
				if out.Err != nil {
					texts[i] += "\n" + out.Err.Message
				}
				for _, line := range out.Console {
					texts[i] += "\n" + line.Text
				}
				for _, warning := range out.Warnings {
					texts[i] += "\n" + string(warning.Code)
				}
				own, err := jsondoc.Encode(out.User, nil)
				require.NoError(t, err)
				assert.JSONEq(t, string(userText), string(own), "the caller's map holds the same values")
			}
			assert.Equal(t, texts[1], texts[0])
		})
	}
}
