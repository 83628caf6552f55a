package ferrule_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/race"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func TestRunJSON(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
		if (!user.email_verified) return callback(new UnauthorizedError('No.'));
		context.idToken['https://x/plan'] = 'free';
		callback(null, user, context);
	}`, nil)
	out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{"email_verified":true}`), Context: []byte(`{"idToken":{}}`)})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Equal(t, `{"email_verified":true}`, string(out.User))
	assert.Equal(t, `{"idToken":{"https://x/plan":"free"}}`, string(out.Context))

	out, err = p.RunJSON(context.Background(), ferrule.JSONInput{})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Denied, out.Decision)
	assert.Equal(t, "{}", string(out.User))

	for _, text := range []string{`{"a":1`, `{"a":01}`, ` `, `[]`, `null`, `{} x`} {
		out, err = p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{}`), Context: []byte(text)})
		var input *ferrule.InputError
		require.ErrorAs(t, err, &input, text)
		assert.Equal(t, "context", input.What)
		assert.Equal(t, ferrule.Failed, out.Decision)
		assert.Equal(t, ferrule.KindInput, out.Err.Kind)
		_, _, wrong := jsondoc.Decode([]byte(text))
		if wrong != nil {
			assert.Equal(t, wrong, input.Err)
		}
	}
}

// TestRunJSONKeeps: what a rule does not write keeps its bytes, and what it writes has
// JavaScript's form, however the login is spelled and whatever ran the rule.
func TestRunJSONKeeps(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 600) + `1.0` + strings.Repeat(`]}`, 600)
	for _, c := range []struct{ body, user, context, wantUser, wantContext string }{
		{`user.n = user.n + 1;`, ` { "big" : 12345678901234567890, "n":1.0e1 , "x":1.50 } `, `{}`, ` { "big" : 12345678901234567890, "n":11 , "x":1.50 } `, `{}`},
		{`user.n = 1e21; user.m = -0; user.k = 0.1 + 0.2;`, `{}`, ``, `{"n":1e+21,"m":0,"k":0.30000000000000004}`, `{}`},
		{`user.n = 1;`, `{"n":1.0}`, `{}`, `{"n":1.0}`, `{}`},
		{`context.idToken.x = user.a;`, `{"a":1,"b":2,"a":3.0}`, `{"idToken":{ }}`, `{"a":1,"b":2,"a":3.0}`, `{"idToken":{"x":3 }}`},
		{`user.a = 4;`, `{"a":1,"b":2,"a":3}`, `{}`, `{"a":1,"b":2,"a":4}`, `{}`},
		{`delete user.a;`, `{"a":1,"b":2,"a":3}`, `{}`, `{"b":2}`, `{}`},
		{`context.idToken.x = user.app_metadata.plan;`, `{"\u0061pp_metadata":{"pl\u0061n":"\u0070ro"}}`, `{"idToken":{}}`, `{"\u0061pp_metadata":{"pl\u0061n":"\u0070ro"}}`, `{"idToken":{"x":"pro"}}`},
		{`delete user.a;`, `{ "a":1, "b":2, "c":3 }`, `{}`, `{ "b":2, "c":3 }`, `{}`},
		{`delete user.b;`, `{ "a":1, "b":2, "c":3 }`, `{}`, `{ "a":1, "c":3 }`, `{}`},
		{`delete user.c;`, `{ "a":1, "b":2, "c":3 }`, `{}`, `{ "a":1, "b":2 }`, `{}`},
		{`delete user.a; user.a = 1;`, `{ "a":1.0, "b":2 }`, `{}`, `{"b":2,"a":1.0}`, `{}`},
		{`user[2] = 0;`, `{"b":1.0,"1":2.0}`, `{}`, `{"1":2.0,"2":0,"b":1.0}`, `{}`},
		{`user.x = user.s + '!';`, `{"s":"\ud800","t":"\uD83D\uDE00"}`, `{}`, `{"s":"\ud800","t":"\uD83D\uDE00","x":"\ud800!"}`, `{}`},
		{`user.list.push('c');`, `{"list":[ "\u0061", 1.0 ]}`, `{}`, `{"list":[ "\u0061", 1.0,"c" ]}`, `{}`},
		{`user.list[0].y = 1;`, `{"list":[{"x":1.0}, {"z":2.0}]}`, `{}`, `{"list":[{"x":1.0,"y":1}, {"z":2.0}]}`, `{}`},
		{`user.o = {b: 1, a: [user.k]};`, `{"o":{"a":[ 2.0 ],"b":1.0},"k":2}`, `{}`, `{"o":{"b":1.0,"a":[ 2.0 ]},"k":2}`, `{}`},
		{`user.x = 1;`, `{"deep":` + deep + `}`, `{}`, `{"deep":` + deep + `,"x":1}`, `{}`},
		{`user.x = undefined; user.y = [undefined];`, `{"a":1}`, `{}`, `{"a":1,"y":[null]}`, `{}`},
		{`context.multifactor = {provider: 'any'};`, `{"a":1.0}`, `{"b":2.0}`, `{"a":1.0}`, `{"b":2.0,"multifactor":{"provider":"any"}}`},
		{`context.redirect = {url: 'https://x.example/'};`, `{"a":1.0}`, `{"b":2.0}`, `{"a":1.0}`, `{"b":2.0,"redirect":{"url":"https://x.example/"}}`},
		{`user.k = Object.keys(user.app_metadata);`, `{"app_metadata":{"z":1,"2":2,"a":3,"1":4}}`, `{}`, `{"app_metadata":{"z":1,"2":2,"a":3,"1":4},"k":["1","2","z","a"]}`, `{}`},
		{`user.k = class { }.name;`, `{"a":1.0, "b":[ ]}`, `{"c":1.0}`, `{"a":1.0, "b":[ ],"k":""}`, `{"c":1.0}`},
		{"user.invalid = user.t;", "{\"t\":\"\xff\", \"u\":\"\xfe\"}", `{}`, "{\"t\":\"\xff\", \"u\":\"\xfe\",\"invalid\":\"\uFFFD\"}", `{}`},
	} {
		rule := "function (user, context, callback) { " + c.body + " callback(null, user, context); }"
		for name, options := range map[string]ferrule.Options{
			"auto": {}, "decoded": {Without: ferrule.Projection}, "cel": {Expressions: ferrule.EngineCEL}, "js": {Engine: ferrule.EngineJS},
		} {
			p := compile(t, rule, &options)
			out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(c.user), Context: []byte(c.context)})
			require.NoError(t, err, c.body)
			require.Nil(t, out.Err, c.body)
			assert.Equal(t, c.wantUser, string(out.User), "%s: %s", name, c.body)
			assert.Equal(t, c.wantContext, string(out.Context), "%s: %s", name, c.body)
			text, err := out.UserJSON()
			require.NoError(t, err)
			assert.Equal(t, c.wantUser, string(text))
		}
	}
}

// TestRunJSONHandsOver: JavaScript goes on with what compiled rules have written, and a rule
// that drops the user leaves null.
func TestRunJSONHandsOver(t *testing.T) {
	pass := func(body string) string {
		return "function (user, context, callback) { " + body + " callback(null, user, context); }"
	}
	p := load(t, map[string]string{
		"1.js": pass(`user.a = 1; delete user.gone;`),
		"2.js": pass(`const big = class {}; user.b = user.a + 1; user.seen = Object.keys(user).join();`),
		"3.js": pass(`user.c = user.b + 1; context.idToken = { c: user.c };`),
	}, nil)
	out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{"z":1.0,"gone":2}`), Context: []byte(`{"n":1.0}`)})
	require.NoError(t, err)
	assert.Equal(t, `{"z":1.0,"a":1,"b":2,"seen":"z,a,b","c":3}`, string(out.User))
	assert.Equal(t, `{"n":1.0,"idToken":{"c":3}}`, string(out.Context))

	p = load(t, map[string]string{
		"1.js": "function (user, context, callback) { context.x = user.a; callback(null, null, context); }",
		"2.js": pass(`context.y = user === null;`),
	}, nil)
	out, err = p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{"a":1.0}`), Context: []byte(`{"n":1.0}`)})
	require.NoError(t, err)
	assert.Equal(t, `null`, string(out.User))
	assert.Equal(t, `{"n":1.0,"x":1,"y":true}`, string(out.Context))
}

// TestRunJSONKeepsInput: an outcome that nobody wrote to has the input's own bytes.
func TestRunJSONKeepsInput(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
		if (user.blocked) return callback(new UnauthorizedError('blocked'));
		callback(null, user, context);
	}`, nil)
	for _, text := range []string{`{"blocked":false, "a":[1.0]}`, `{"blocked":true, "a":[1.0]}`} {
		user, login := []byte(text), []byte(`{ "b":2.0 }`)
		out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: user, Context: login})
		require.NoError(t, err)
		assert.True(t, &user[0] == &out.User[0] && &login[0] == &out.Context[0])
		assert.Equal(t, text, string(out.User))
	}
	if race.Enabled {
		return // the race detector allocates
	}
	in := ferrule.JSONInput{User: []byte(`{"blocked":false}`), Context: []byte(`{}`)}
	allocations := testing.AllocsPerRun(100, func() {
		if out, err := p.RunJSON(context.Background(), in); err != nil || out.Err != nil {
			t.Fail()
		}
	})
	assert.LessOrEqual(t, allocations, 2.0)
}

// TestRunJSONConcurrently: runs that use the same scratch one after another see nothing of each other.
func TestRunJSONConcurrently(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) {
			if (user.exit) context.big = (class {}).name;
			context.idToken.name = user.name;
			if (user.app_metadata) user.app_metadata.seen = user.name;
			if (user.groups) user.groups.push(user.name);
			callback(null, user, context);
		}`,
		"2.js": `function (user, context, callback) {
			if (context.idToken.name !== user.name) return callback(new UnauthorizedError('mixed up'));
			callback(null, user, context);
		}`,
	}, nil)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 200 {
				name := fmt.Sprintf("user %d of %d", i, worker)
				user, want := fmt.Sprintf(`{"name":%q`, name), fmt.Sprintf(`{"name":%q`, name)
				if i%3 == 0 {
					user, want = user+`,"app_metadata":{"a":1.0}`, want+fmt.Sprintf(`,"app_metadata":{"a":1.0,"seen":%q}`, name)
				}
				if i%5 == 0 {
					user, want = user+`,"groups":["g"]`, want+fmt.Sprintf(`,"groups":["g",%q]`, name)
				}
				wantLogin := fmt.Sprintf(`{"idToken":{"name":%q}`, name)
				if i%50 == 0 {
					user, want, wantLogin = user+`,"exit":true`, want+`,"exit":true`, wantLogin+`,"big":""`
				}
				out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(user + "}"), Context: []byte(`{"idToken":{}}`)})
				if !assert.NoError(t, err) {
					return
				}
				assert.Equal(t, want+"}", string(out.User))
				assert.Equal(t, wantLogin+"}", string(out.Context))
			}
		})
	}
	group.Wait()
}

// TestRunJSONGoesOn: a login that came as text is redirected, resumed and delivered as others are.
func TestRunJSONGoesOn(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
		if (context.protocol === 'redirect-callback') return callback(null, user, context);
		if (!user.asked) return callback(new UnauthorizedError('never'));
		user.seen = 1;
		context.redirect = { url: 'https://consent.example/' };
		callback(null, user, context);
	}`, nil)
	login := []byte(`{"protocol":"oidc-basic-profile","request":{"query":{"redirect_uri":"https://app.example/cb","response_type":"code","state":"s1","scope":"openid"}}}`)
	out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{"asked":true,"n":1.0}`), Context: login})
	require.NoError(t, err)
	require.Equal(t, ferrule.Redirect, out.Decision)
	assert.Equal(t, `{"asked":true,"n":1.0,"seen":1}`, string(out.User))
	resumed, err := p.Resume(context.Background(), out.RedirectTo.State, ferrule.Resumption{})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, resumed.Decision)
	assert.Equal(t, map[string]any{"asked": true, "n": 1.0, "seen": 1.0}, resumed.User)

	out, err = p.RunJSON(context.Background(), ferrule.JSONInput{User: []byte(`{}`), Context: login})
	require.NoError(t, err)
	delivery, err := out.Deliver(ferrule.DeliveryOptions{})
	require.NoError(t, err)
	assert.Contains(t, delivery.Location, "https://app.example/cb?error=unauthorized")
	assert.Contains(t, delivery.Location, "state=s1")
}

// FuzzRunJSON holds logins as text against the same logins as maps, for some rules.
func FuzzRunJSON(f *testing.F) {
	rules := []string{
		`user.a = (user.app_metadata || {}).plan; delete user.b; context.idToken = { c: user.c };`,
		`user.app_metadata = user.app_metadata || {}; const r = user.app_metadata.roles || []; r.push('x'); user.app_metadata.roles = r;`,
		`if (!user.a) return callback(new UnauthorizedError('no')); context.x = Object.assign({}, context.x, { k: user.a });`,
		`for (const k in user.c) { context[k + 'x'] = user.c[k]; } if (user.b) user.b.y = 1;`,
	}
	for i := range rules {
		f.Add(i, []byte(`{"a":1.0,"app_metadata":{"plan":"pro","roles":["a"]},"c":{"2":1,"1":2}}`), []byte(`{"x":{"y":1}}`))
		f.Add(i, []byte(`{"a":"\ud800","a":[ ],"\u0061pp_metadata":null,"b":{ }}`), []byte(` { } `))
		f.Add(i, []byte(`{"a":1`), []byte(`{}`))
		f.Add(i, []byte(`{}`), []byte(`{"multifactor":{},"redirect":0,"idToken":[]}`))
	}
	var pipelines []*ferrule.Pipeline
	for _, body := range rules {
		pipelines = append(pipelines, compile(f, "function (user, context, callback) { "+body+" callback(null, user, context); }", nil))
	}
	f.Fuzz(func(t *testing.T, rule int, user, login []byte) {
		p := pipelines[uint(rule)%uint(len(pipelines))]
		out, err := p.RunJSON(context.Background(), ferrule.JSONInput{User: user, Context: login})
		in := ferrule.Input{Order: &jsondoc.Order{}}
		for _, part := range []struct {
			text []byte
			to   *map[string]any
		}{{user, &in.User}, {login, &in.Context}} {
			if len(part.text) == 0 {
				continue
			}
			tree, order, wrong := jsondoc.Decode(part.text)
			object, ok := tree.(map[string]any)
			if wrong != nil || !ok {
				var input *ferrule.InputError
				require.ErrorAs(t, err, &input)
				if wrong != nil {
					require.Equal(t, wrong, input.Err)
				}
				return
			}
			*part.to = object
			in.Order.Merge(order)
		}
		require.NoError(t, err)
		want, err := p.Run(context.Background(), in)
		require.NoError(t, err)
		require.Equal(t, want.Decision, out.Decision)
		require.Equal(t, want.Warnings, out.Warnings)
		if want.Err != nil {
			require.Equal(t, want.Err.Message, out.Err.Message)
			return
		}
		for _, part := range []struct {
			text []byte
			want func() ([]byte, error)
		}{{out.User, want.UserJSON}, {out.Context, want.ContextJSON}} {
			wanted, err := part.want()
			require.NoError(t, err)
			tree, order, err := jsondoc.Decode(part.text)
			require.NoError(t, err)
			got, err := jsondoc.Encode(tree, order)
			require.NoError(t, err)
			require.Equal(t, string(wanted), string(got), "%s", part.text)
		}
	})
}
