package fetch_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node/fetch"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// scripts are run here and by Node; what they print must be equal.
var scripts = map[string]string{
	"combined":  `const h = new Headers({B: 1, a: ' x '}); h.append('A', 'y'); console.log(JSON.stringify([...h]), h.get('a'), h.has('B'), h.get('c'))`,
	"cookies":   `const h = new Headers([['set-cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['cookie', 'a'], ['cookie', 'b']]); console.log(JSON.stringify([[...h], h.getSetCookie(), h.get('set-cookie'), h.get('cookie')]))`,
	"copy":      `const a = new Headers({x: '1'}), b = new Headers(a); b.set('x', '2'); b.delete('X'); console.log(a.get('x'), b.get('x'))`,
	"walked":    `const h = new Headers({b: 1, a: 2}); console.log([...h.keys()].join(), [...h.values()].join()); h.forEach((v, k, o) => console.log(v, k, o === h)); console.log(String(h), Object.keys(h).length, h[Symbol.iterator] === h.entries)`,
	"bad name":  `try { new Headers().append('a b', 'c') } catch (e) { console.log(e.name, e.message) }`,
	"bad value": `for (const m of ['append', 'set']) try { new Headers()[m]('a', 'c\nd') } catch (e) { console.log(e.name, e.message) }`,
	"injection": `try { new Headers({a: 'x\r\nB: y'}) } catch (e) { console.log(e.name, e.message) }`,
	"wide":      `try { new Headers({a: '\u0141'}) } catch (e) { console.log(e.name) }`,
	"pairs":     `try { new Headers([['a']]) } catch (e) { console.log(e.name, e.message) }`,
	"null":      `try { new Headers(null) } catch (e) { console.log(e.name) }`,
	"arguments": `try { new Headers().get() } catch (e) { console.log(e.name, e.message) } try { new Headers().set('a') } catch (e) { console.log(e.name, e.message) }`,
	"foreign":   `try { Headers.prototype.get.call({}, 'a') } catch (e) { console.log(e.name, e.message) }`,
}

func TestHeaders(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) {
			want, err := exec.Command(node, "-e", script).CombinedOutput()
			require.NoError(t, err, string(want))
			h := hosttest.New(nil, fetch.Globals)
			require.NoError(t, h.Run(context.Background(), script))
			assert.Equal(t, strings.TrimSpace(string(want)), strings.Join(h.Output, "\n"))
		})
	}
}
