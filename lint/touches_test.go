package lint

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
)

func touch(t *testing.T, body string) *Touches {
	t.Helper()
	found := Touch(source.NewFile("rule.js", "function (user, context, callback) {\n"+body+"\n  callback(null, user, context);\n}"))
	require.NotNil(t, found)
	return found
}

func TestTouchNames(t *testing.T) {
	cases := map[string][]string{
		`if (context.clientID === 'a') {}`:                                                        {"a"},
		`const c = context; if ('a' != c.clientName) {}`:                                          {"a"},
		`const {clientName} = context; if (clientName === 'a') {}`:                                {"a"},
		`const list = ['a', 'b']; if (list.indexOf(context.clientID) < 0) {}`:                     {"a", "b"},
		`if (new Set(['b', 'a']).has(context.clientID)) {}`:                                       {"a", "b"},
		`if (['a', 'b'].some(x => x === context.clientName)) {}`:                                  {"a", "b"},
		`switch (context.clientName.toLowerCase()) { case 'a': case 'b': user.x = 1; }`:           {"a", "b"},
		`const roles = {a: 1, b: 2}; if (context.clientID in roles) {}`:                           {"a", "b"},
		`const roles = {a: 1, b: 2}; user.role = roles[context.clientID];`:                        {"a", "b"},
		`if (context.clientID === configuration.SHOP) {}`:                                         {"{configuration.SHOP}"},
		`if (/^shop/i.test(context.clientName)) {}`:                                               {"/^shop/i"},
		`function only(c) { return c.clientID === 'a'; } if (!only(context)) {}`:                  {"a"},
		`if ([{id: 'a'}, {id: 'b'}].find(c => c.id === context.clientID)) {}`:                     {"a", "b"},
		`for (const c of ['a', 'b']) if (c === context.clientID) user.x = 1;`:                     {"a", "b"},
		`function is(id) { return context.clientID === id; } if (is('a') || is('b')) user.x = 1;`: {"a", "b"},
		`if (context.connection === 'a') {}`:                                                      nil,
		`const _ = require('lodash'); if (_.includes(['a'], context.clientName)) user.x = 1;`:     {"a"},
	}
	for body, want := range cases {
		assert.Equal(t, want, touch(t, body).Clients, body)
	}
	assert.Equal(t, []string{"github"}, touch(t, `if (user.identities[0].connection === 'github') {}`).Connections)
	assert.Equal(t, []string{"org_1"}, touch(t, `if (context.organization && context.organization.id === 'org_1') {}`).Organizations)
}

func TestTouchProfile(t *testing.T) {
	found := touch(t, `
  user.app_metadata = user.app_metadata || {};
  const md = user.user_metadata || {};
  const domain = user.email.split('@')[1].toLowerCase();
  if (user.identities.length > 1 && md.plan === 'pro') user.app_metadata.roles = [domain];
  const {given_name: first} = user;
  fetch('https://api.example.com/', {body: JSON.stringify(user)});
  delete user.picture;
  console.log(first, context.stats.loginsCount);`)
	assert.Equal(t, []string{"user.app_metadata", "user.email", "user.given_name", "user.identities", "user.user_metadata.plan"}, found.Reads)
	assert.Equal(t, []string{"user"}, found.Whole)
	assert.Equal(t, []string{"user.app_metadata.roles", "user.picture"}, found.Writes)
	assert.Equal(t, []string{"context.stats.loginsCount"}, found.Context)
}

func TestTouchPassedOn(t *testing.T) {
	cases := map[string][]string{
		`console.log(user);`: {"user"},
		`fetch('https://a.test', {body: JSON.stringify({...user})});`:       {"user"},
		`const score = require('scores'); score({who: user});`:              {"user"},
		`user.copy = JSON.parse(JSON.stringify(user.app_metadata));`:        nil,
		`setTimeout(callback, 0, null, user, context);`:                     nil,
		`callback.bind(null, null, user);`:                                  nil,
		`const all = {...user.user_metadata, a: 1};`:                        nil,
		`auth0.users.updateUserMetadata(user.user_id, user.user_metadata);`: nil,
		`function own(u) { return u.email; } own(user);`:                    nil,
		`const _ = require('lodash'); user.a = _.get(user, 'b.c');`:         nil,
	}
	for body, want := range cases {
		assert.Equal(t, want, touch(t, body).Whole, body)
	}
	assert.Equal(t, []string{"user.app_metadata.plan", "user.email", "user.name"},
		touch(t, `const _ = require('lodash'); user.a = [_.get(user, 'app_metadata.plan'), _.pick(user, ['email', 'name'])];`).Reads)
}

func TestTouchHosts(t *testing.T) {
	cases := map[string][]string{
		`fetch('https://API.example.com/a?b');`:                                                                  {"api.example.com"},
		`request.get({url: 'https://a.example.com/' + user.email, json: true}, () => {});`:                       {"a.example.com"},
		`const base = 'https://a.example.com'; require('axios').get(base + '/x');`:                               {"a.example.com"},
		"require('axios')({url: `https://${configuration.HOST}/x`});":                                            {"{configuration.HOST}"},
		`request.post(configuration.URL, () => {});`:                                                             {"{configuration.URL}"},
		`require('https').request({hostname: 'a.example.com', path: '/'});`:                                      {"a.example.com"},
		`function post(url) { return fetch(url); } post('https://a.example.com/1');`:                             {"a.example.com"},
		`function post(url) { return fetch(url); } post('https://a.example.com/'); post('http://b.test/');`:      {"a.example.com", "b.test"},
		`const C = require('some-client'); new C({endpoint: 'https://a.example.com'});`:                          {"a.example.com"},
		`const ns = 'https://example.com/'; context.idToken[ns + 'roles'] = [];`:                                 nil,
		`fetch('https://bob:hunter2@a.example.com/');`:                                                           {"a.example.com"},
		`const u = new URL('https://a.example.com/x'); require('https').get({hostname: u.hostname});`:            {"a.example.com"},
		`const pape = 'http://schemas.test/pape'; if ((user.a || '').split(' ').indexOf(pape) < 0) {}`:           nil,
		`const sig = new (require('xml-crypto'))(); sig.addReference('http://www.w3.org/x');`:                    nil,
		`const path = user.a; fetch('https://a.example.com' + path);`:                                            {"a.example.com"},
		`fetch('https://api.' + configuration.REGION + '.test/x');`:                                              {"api.{configuration.REGION}.test"},
		`const slack = require('slack-notify')(configuration.SLACK_HOOK_URL);`:                                   {"{configuration.SLACK_HOOK_URL}"},
		`const {ManagementClient} = require('auth0'); new ManagementClient({token: 'x', domain: auth0.domain});`: {"{auth0.domain}"},
		`require('jsonwebtoken').sign({}, configuration.KEY);`:                                                   nil,
		`user.picture = 'https://img.example.com/a.png';`:                                                        nil,
	}
	for body, want := range cases {
		assert.Equal(t, want, touch(t, body).Hosts, body)
	}
	found := touch(t, `context.redirect = {url: 'https://consent.example.com/?x=' + user.user_id};`)
	assert.Empty(t, found.Hosts)
	assert.Equal(t, []string{"consent.example.com"}, found.Redirects)
	assert.Equal(t, []string{"a.test"}, touch(t, "const url = new URL('https://a.test/x'); url.searchParams.append('a', '1'); context.redirect = {url: url.toString()};").Redirects)
	assert.Equal(t, []string{"{configuration.FORM}"}, touch(t, "context.redirect = {url: `${configuration.FORM}?x`};").Redirects)
}

func TestTouchClaims(t *testing.T) {
	found := touch(t, `
  const namespace = 'https://example.com/';
  context.idToken[namespace + 'roles'] = [];
  context.accessToken['https://example.com/plan'] = 1;
  context.idToken[namespace + user.email] = 1;
  Object.assign(context.idToken, {nickname: 'a'});
  context.samlConfiguration.mappings = {'urn:mail': 'email'};`)
	assert.Equal(t, []Claim{
		{"ID token", "https://example.com/roles"}, {"ID token", "https://example.com/{user.email}"}, {"ID token", "nickname"},
		{"SAML", "urn:mail"}, {"access token", "https://example.com/plan"},
	}, found.Claims)
	found = touch(t, `Object.assign(context.samlConfiguration, {audience: 'x', mappings: {'urn:mail': 'email'}});`)
	assert.Equal(t, []Claim{{"SAML", "urn:mail"}}, found.Claims)
}

func TestTouchClaimsOfHelpers(t *testing.T) {
	cases := map[string][]string{
		`const claim = name => 'https://a.test/' + name; context.idToken[claim('x')] = 1; context.idToken[claim('y')] = 1;`:         {"https://a.test/x", "https://a.test/y"},
		`const ns = 'https://a.test/'; function set(name, value) { context.idToken[ns + name] = value; } set('x', 1); set('y', 2);`: {"https://a.test/x", "https://a.test/y"},
		"['x', 'y'].forEach(key => { context.idToken[`https://a.test/${key}`] = user[key]; });":                                     {"https://a.test/x", "https://a.test/y"},
		`for (const key of ['x', 'y']) context.idToken[key] = user[key];`:                                                           {"x", "y"},
		`for (const key in user) context.idToken[key] = user[key];`:                                                                 {"{key}"},
	}
	for body, want := range cases {
		found := touch(t, body)
		var names []string
		for _, c := range found.Claims {
			names = append(names, c.Name)
		}
		assert.Equal(t, want, names, body)
	}
	assert.Equal(t, []string{"user.user_metadata.x", "user.y"}, touch(t, `['x'].forEach(k => { user.a = user.user_metadata[k]; }); for (const k of ['y']) user.b = user[k];`).Reads)
	assert.Equal(t, []string{"user.*"}, touch(t, `for (const k in user) user.b = user[k];`).Reads)
}

func TestTouchSettings(t *testing.T) {
	found := touch(t, `
  const {A, B: b} = configuration;
  const c = configuration;
  if (configuration.DEBUG) console.log(1);
  const limit = configuration.LIMIT || '5';
  fetch(c.URL, {headers: {a: A, b: b, x: configuration[user.name], limit: limit}, strictSSL: false});
  auth0.users.updateAppMetadata(user.user_id, user.app_metadata);
  request.get(auth0.baseUrl + '/users', () => {});`)
	assert.Equal(t, []Setting{{"A", false}, {"B", false}, {"DEBUG", true}, {"LIMIT", true}, {"URL", false}, {"{…}", false}}, found.Settings)
	assert.True(t, found.AnyTLS)
	assert.True(t, found.Tenant)
	assert.Equal(t, []string{"app_metadata"}, found.Metadata)
	assert.Nil(t, Touch(source.NewFile("a.js", "function (")))
}

// TestTouchEnds: texts that go round in circles end.
func TestTouchEnds(t *testing.T) {
	for _, body := range []string{
		`const a = [a]; if (a.includes(context.clientID)) {}`,
		`const a = Object.assign({}, a); context.idToken = a;`,
		`function f(c) { f({id: c.id}); f(c); if (c.id === context.clientID) {} if (c === context.clientID) {} } f(user);`,
		`function f(u) { return f(u + u) + f(u + u); } fetch(f('https://a.test')); context.idToken[f('x')] = 1;`,
		`function f(u) { f(u + u); context.idToken[u + u] = fetch(u); } f('a');`,
		`const a = b, b = a; fetch(a); context.idToken[a] = user[b];`,
		`const a = x => b(x), b = x => a(x); fetch(a('x'));`,
		`const a = {url: a}; context.redirect = a; request(a);`,
		`function f(u) { fetch(u); f(u); } f(user);`,
	} {
		assert.NotNil(t, touch(t, body), body)
	}
}
