package ferrule_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// directory is a service that rules ask: roles by email, behind a redirect and compressed; slow
// is slow.
func directory(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/roles", http.StatusTemporaryRedirect)
		case "/slow":
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Second):
			}
		case "/roles":
			var asked struct{ Email string }
			body, _ := io.ReadAll(r.Body)
			if r.Header.Get("Authorization") != "Bearer T" || json.Unmarshal(body, &asked) != nil {
				http.Error(w, "who are you?", http.StatusUnauthorized)
				return
			}
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("X-Request", "7")
			z := gzip.NewWriter(w)
			fmt.Fprintf(z, `{"roles":["admin"],"email":%q}`, asked.Email)
			_ = z.Close()
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// A rule asks a service by fetch as it does in Node.
func TestRulesFetch(t *testing.T) {
	s := directory(t)
	for name, c := range map[string]struct{ body, want string }{
		"roles": {`
			const response = await fetch(base + '/old', { method: 'POST', headers: { Authorization: 'Bearer T' }, body: JSON.stringify({ email: user.email }) });
			const { roles, email } = await response.json();
			return [response.ok, response.redirected, response.headers.get('x-request'), roles, email].join();`, "true,true,7,admin,ann@example.com"},
		"status":    {`const response = await fetch(new URL('/none', base)); return response.status + ' ' + (await response.text()).trim();`, "404 404 page not found"},
		"timeout":   {`try { await fetch(base + '/slow', { signal: AbortSignal.timeout(30) }); } catch (e) { return e.name; }`, "TimeoutError"},
		"abort":     {`const c = new AbortController(); setTimeout(() => c.abort(), 30); try { await fetch(new Request(base + '/slow', { signal: c.signal })); } catch (e) { return e.name; }`, "AbortError"},
		"refused":   {`try { await fetch('http://10.1.2.3/'); } catch (e) { return [e instanceof TypeError, e.message, e.code, e.cause.code].join(); }`, "true,fetch failed,EEGRESS,EEGRESS"},
		"injection": {`try { await fetch(base, { headers: { a: 'b\r\nHost: evil' } }); } catch (e) { return e.message; }`, "Headers.append: \"b\r\nHost: evil\" is an invalid header value."},
		"several":   {`return (await Promise.all(['/a', '/b', '/c'].map(path => fetch(base + path)))).map(r => new URL(r.url).pathname).join();`, "/a,/b,/c"},
		"form":      {`const f = new FormData(); f.append('a', new Blob(['b']), 'c.txt'); const back = await new Response(f).formData(); return (await fetch(base, { method: 'POST', body: f })).status + back.get('a').name;`, "404c.txt"},
		"classes": {`const { port1, port2 } = new MessageChannel(); const sent = new Promise(done => { port2.onmessage = e => done(e.data); }); port1.postMessage(await new Request(base, { method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' }).text());
			const t = new EventTarget(); let n = 0; t.addEventListener('a', () => n++); t.dispatchEvent(new Event('a')); return await sent + n + new Headers({ a: 'b' }).get('a') + await new Response(new Blob(['y'])).clone().text();`, "x1by"},
		"for await":       {`let n = 0; for await (const chunk of (await fetch(base + '/none')).body) n += chunk.length; return n;`, "19"},
		"streams of Node": {`const { Readable } = require('stream'); const parts = ['a', 'b'].map(x => Buffer.from(x)); return await new Response(Readable.from(parts)).text() + (await fetch(base, { method: 'POST', duplex: 'half', body: Readable.from(parts) })).status;`, "ab404"},
		"stream":          {`const reader = (await fetch(base + '/none')).body.getReader(); let n = 0; for (let step; !(step = await reader.read()).done;) n += step.value.length; return n;`, "19"},
	} {
		t.Run(name, func(t *testing.T) {
			rule := `async function rule(user, context, callback) {
				const base = user.base;
				const ask = async () => {` + c.body + `};
				context.idToken.got = String(await ask());
				callback(null, user, context);
			}`
			p := network(t, rule, ferrule.NetworkPolicy{Allow: allow(t, s.Listener.Addr().String())})
			out, err := p.Run(t.Context(), ferrule.Input{
				User: map[string]any{"base": s.URL, "email": "ann@example.com"}, Context: map[string]any{"idToken": map[string]any{}},
			})
			require.NoError(t, err)
			require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			assert.Equal(t, c.want, out.Context["idToken"].(map[string]any)["got"])
		})
	}
}

// What fetch rejects with is a rule's error like another; the outcome says which call it was.
func TestFetchThatFails(t *testing.T) {
	s := directory(t)
	rule := `async function rule(user, context, callback) {
		try { await fetch(user.base + '/roles?secret=1'); callback(null, user, context); } catch (e) { callback(e); }
	}`
	out, err := network(t, rule, ferrule.NetworkPolicy{}).Run(t.Context(), ferrule.Input{User: map[string]any{"base": s.URL}, Context: map[string]any{}})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Failed, out.Decision)
	assert.Contains(t, out.Err.Error(), "fetch failed")
	require.Len(t, out.Calls, 1)
	assert.Equal(t, ferrule.Call{Rule: "rule", Method: "GET", URL: s.URL + "/roles", Error: "EEGRESS", Duration: out.Calls[0].Duration}, out.Calls[0])
	require.Len(t, out.Warnings, 1)
	assert.True(t, strings.HasPrefix(out.Warnings[0].Text, "egress to "+s.Listener.Addr().String()+" is refused"), out.Warnings[0].Text)
}
