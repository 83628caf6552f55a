package gojalib_test

import (
	"encoding/json"
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

const sourceWorld = `var user = { ids: [{}], email: 'e', k: 'x' }, k = 'k', a = {}, b = 0, f = () => undefined, g = x => x, _ = () => ({}); _.chain = () => ({ get: () => ({}) });`

// sourceCases throw a TypeError whose text needs the source.
var sourceCases = []string{
	"user.none.x = 1", "user.none['x y'] = 1", "user.none[0] = 1", "user.none . x = 1", "g(user.none.x = 1)", "a = user.none.q = 5", "f().x = 1", "user.none.x += 1", "user.none.x.y = 1", "user.ids[3].x = { a: 1 }",
	"delete user.none.x", "Object.keys(user.none)", "user.none.x++",
	"for (const x of user.none) {}", "for (const x of user.ids[0]) {}", "for (const { x } of user.none) {}", "[...user.none]", "[...user.ids[0]]", "g(...user.none)", "g(...user.ids[0])", "const [q] = user.none", "const [q] = user.ids[0]", "const [q] = f()", "for (const x of f(1)) {}", "[...f()]", "new Set(...user.none)", "g(1, ...user.none)",
	"const { q } = user.none", "let { q, r } = user.none", "const { q: r, s } = user.none", "const { 'x y': z } = user.none", "const { [k]: z } = user.none", "const { ...r } = user.none", "const { q } = f()", "(({ q }) => q)()", "(function ({ q: r, s }) {})()", "(async function ({ q }) {})", "function h({ q }) {} h(undefined)", "const {\n  q,\n  r\n} = user.none",
	"'x' in user.none", `"x" in user.email`, "1 in user.email", "user instanceof user.email", "user instanceof user",
	"user.ids.map(undefined)", "user.ids.forEach(user.none)", "user.ids.some()", "user.ids.filter(null)", "user.ids.find(5)",
	"_.chain([1]).foo().bar()", "_([1]).nope()", "_.chain([1])\n  .get('a(')\n  .foo()", "_.chain(user.ids, x => x.y).foo(1)", "f()()", "user.ids[0]()", "user.ids[b].foo()", "(a || b).c()", "(user).foo()", "(user.email || []).map(g)", "(user?.email||{}).map(g)", "(user.email && 'x').map(g)", `(user.email || "").map(g)`, "(user.email ?? user.k).map(g)", "(user.none)()", "user.email.split('(')[0].foo()",
	"user?.foo()", "user?.ids.foo()", "user['a b']()", "JSON.parse('{}').foo()", "user.ids.length()", "user.email.toUpperCase()()", "typeof user.foo()", "user.foo(1)(2)", "if (user.foo()) {}", "const q = 'it\\'s' + user.foo()", "return user.foo().bar()",
}

// TestSourceTexts compares the texts with V8's.
func TestSourceTexts(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	list, err := json.Marshal(sourceCases)
	require.NoError(t, err)
	out, err := exec.Command(node, "-e", sourceWorld+`console.log(JSON.stringify(`+string(list)+`.map(c => { try { eval('(function () { ' + c + '; })()'); return '' } catch (e) { return e.name + ': ' + e.message } })))`).Output()
	require.NoError(t, err)
	var wanted []string
	require.NoError(t, json.Unmarshal(out, &wanted))
	for i, code := range sourceCases {
		vm := goja.New()
		_, err := vm.RunString(sourceWorld)
		require.NoError(t, err)
		src := "(function () { " + code + "; })()"
		_, err = vm.RunScript("rule.js", src)
		var ex *goja.Exception
		if wanted[i] == "" {
			assert.NoError(t, err, code)
			continue
		}
		require.ErrorAs(t, err, &ex, code)
		require.True(t, errors.As(err, &ex), code)
		offset := -1
		for _, f := range ex.Stack() {
			if at := f.Position(); f.SrcName() == "rule.js" {
				lines := strings.SplitAfter(src, "\n")
				offset = len(strings.Join(lines[:at.Line-1], "")) + at.Column - 1
				break
			}
		}
		o := ex.Value().(*goja.Object)
		text, sure := gojalib.TranslateAt(o.Get("name").String(), o.Get("message").String(), src, offset)
		if got := o.Get("name").String() + ": " + text; sure || !strings.HasPrefix(got, "TypeError: Cannot convert undefined") {
			assert.Equal(t, wanted[i], got, "%s (%s)", code, o.Get("message"))
		}
	}
}
