package fetch_test

import "testing"

// headersScripts are run here and by Node; what they print must be equal.
var headersScripts = map[string]string{
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

func TestHeaders(t *testing.T) { sameAll(t, headersScripts) }
