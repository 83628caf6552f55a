package ferrule_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// behindVariables are packages that say how they are called.
var behindVariables = map[string]string{
	"lodash-2.4.1/lodash":             `exports.contains = (list, x) => list.indexOf(x) >= 0;`,
	"range_check-0.0.1/range_check":   `exports.in_range = (address, ranges) => address + ' in ' + ranges;`,
	"jsonwebtoken-7.4.1/jsonwebtoken": `exports.sign = (payload, key, options) => JSON.stringify(options); exports.verify = exports.decode = () => 'read'; exports.other = 1;`,
	"mongodb-2.2.36/mongodb":          `exports.ObjectID = class ObjectID {}; exports.MongoClient = { connect: (url, done) => setTimeout(() => done(null, 'db of ' + url), 1) };`,
	"mysql-2.15.0/mysql":              `exports.createConnection = (o) => 'connection ' + o.host; exports.createPool = (o) => 'pool of ' + o.connectionLimit + ' ' + o.host;`,
	"easy-pbkdf2-0.0.2/easy-pbkdf2":   `module.exports = () => ({ made: true });`,
	"pg-4.5.7/pg":                     `exports.connect = (url, done) => done(null, 'client of ' + url);`,
	"tedious-0.1.5/tedious":           `exports.Connection = class { constructor(o) { this.server = o.server } }; exports.Request = class {}; exports.TYPES = { Int: 1 };`,
}

// onVariables loads a rule beside those packages.
func onVariables(t *testing.T, body string, o ferrule.ModuleOptions) *ferrule.Pipeline {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o666))
	}
	write("rule.js", "function (user, context, callback) {\n"+body+"\n}")
	for at, text := range behindVariables {
		folder, name, _ := strings.Cut(at, "/")
		write("node_modules/"+folder+"/package.json", `{"name":"`+name+`","version":"`+folder[strings.LastIndex(folder, "-")+1:]+`"}`)
		write("node_modules/"+folder+"/index.js", text)
	}
	p, err := ferrule.Load(os.DirFS(dir), &ferrule.Options{Modules: o})
	require.NoError(t, err)
	t.Cleanup(func() { closeSoon(t, p) })
	return p
}

// TestImplicitModules: the variables of old runtimes have the shapes that they had there.
func TestImplicitModules(t *testing.T) {
	tests := []struct {
		name, body string
		want       any
	}{
		{"_", `user.got = _.contains([1], 1) && _ === require('lodash@2.4.1');`, true},
		{"ip", `user.got = ip('10.0.0.1').in_range(['a', 'b']);`, "10.0.0.1 in a,b"},
		{"jwt in minutes", `user.got = jwt.sign({}, 'key', { expiresInMinutes: 5, issuer: 'i' });`, `{"issuer":"i","expiresIn":"5m"}`},
		{"jwt as it is", `user.got = jwt.sign({}, 'key', { expiresIn: '1h' }) + jwt.verify() + jwt.decode();`, `{"expiresIn":"1h"}readread`},
		{"jwt has three", `user.got = Object.keys(jwt).sort().join();`, "decode,sign,verify"},
		{"mongo without URL", `try { mongo('', () => {}); } catch (e) { user.got = e.message; }`, "mongo needs the URL of a database"},
		{"mongo with a wrong one", `try { mongo('mongo://x', () => {}); } catch (e) { user.got = e.message.slice(0, 20); }`, "the URL of a databas"},
		{"ObjectID", `user.got = new ObjectID() instanceof mongo.ObjectID;`, true},
		{"mysql", `user.got = mysql({ host: 'h' });`, "connection h"},
		{"mysql_pool", `user.got = mysql_pool({ host: 'h' });`, "pool of 30 h"},
		{"pbkdf2", `user.got = pbkdf2.made;`, true},
		{"postgres", `postgres('url', (error, client) => { user.got = client; });`, "client of url"},
		{"sqlserver", `user.got = sqlserver.connect({ server: 's' }).server + sqlserver.Types.Int;`, "s1"},
		{"crypto", `user.got = crypto.createHash('md5').update('a').digest('hex');`, "0cc175b9c0f1b6a831c399e269772661"},
		{"crypto's key", `const c = crypto.createCipheriv('aes-128-cbc', '\x80'.repeat(16), Buffer.alloc(16)); user.got = c.update('a', 'utf8', 'hex') + c.final('hex').length;`, "32"},
		{"querystring", `user.got = querystring.stringify({ a: 1 });`, "a=1"},
		{"its own", `var _ = 'own'; user.got = _;`, "own"},
		{"none", `user.got = typeof request;`, "undefined"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := ferrule.Input{User: map[string]any{}}
			out := run(t, onVariables(t, tt.body+"\ncallback(null, user, context);", ferrule.ModuleOptions{}), in)
			require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			assert.Equal(t, tt.want, in.User["got"])
		})
	}
	in := ferrule.Input{User: map[string]any{}}
	out := run(t, onVariables(t, `mongo('mongodb://h', (db) => { user.got = db; callback(null, user, context); });`, ferrule.ModuleOptions{}), in)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, "db of mongodb://h", in.User["got"])
}

// TestNoImplicitModules: without them they are not there, as on newer runtimes.
func TestNoImplicitModules(t *testing.T) {
	p := onVariables(t, `_.contains([1], 1); callback(null, user, context);`, ferrule.ModuleOptions{NoImplicit: true})
	assert.Empty(t, p.Warnings())
	out := run(t, p, ferrule.Input{})
	require.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, "_ is not defined", out.Err.Message)
}
