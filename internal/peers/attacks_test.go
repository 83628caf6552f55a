package peers_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// clients are the HTTP packages of TestAttacks: an expression that answers a promise of the text
// at url, asked for with headers.
var clients = map[string]string{
	"axios":        "require('axios').get(url, { headers }).then((r) => r.data)",
	"axios@0.19.2": "require('axios@0.19.2').get(url, { headers }).then((r) => r.data)",
	"axios@0.21.1": "require('axios@0.21.1').get(url, { headers }).then((r) => r.data)",
	"request":      "new Promise((yes, no) => require('request')({ url, headers, gzip: true }, (e, r, text) => e ? no(e) : yes(text)))",
	"node-fetch":   "require('node-fetch')(url, { headers }).then((r) => r.text())",
	"got":          "require('got')(url, { headers, retry: 0 }).then((r) => r.body)",
	"superagent":   "require('superagent').get(url).set(headers).then((r) => r.text)",
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestAttacks: what packages of HTTP meet ends in an error that names the policy, reaches nothing that is
// private, and leaves the next login as it was.
func TestAttacks(t *testing.T) {
	if _, err := os.Stat(testdata + "/node_modules"); err != nil {
		lacking(t, "the packages of testdata/modules are not installed")
	}
	var reached, injected atomic.Int64
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer private.Close()
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	_, _ = io.Copy(w, io.LimitReader(zeros{}, 256<<20))
	_ = w.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Injected") != "" {
			injected.Add(1)
		}
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, private.URL, http.StatusFound)
		case "/large":
			_, _ = io.Copy(w, io.LimitReader(zeros{}, 10<<30))
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb.Bytes())
		case "/silent":
			<-r.Context().Done()
		default:
			_, _ = io.WriteString(w, "hello")
		}
	}))
	defer s.Close()
	defer s.CloseClientConnections()
	rules, err := ferrule.ParseNetworkRules(s.Listener.Addr().String())
	require.NoError(t, err)
	for name, client := range clients {
		t.Run(name, func(t *testing.T) {
			p, err := ferrule.Compile("rule.js", `async function rule(user, context, callback) {
  const get = (url, headers) => `+client+`;
  try { console.log('got', await get(user.url, user.headers)); } catch (e) { console.log(String(e.code || e.cause && e.cause.code), e.message); }
  callback(null, user, context);
}`, &ferrule.Options{
				Modules: ferrule.ModuleOptions{Dir: testdata}, Limits: ferrule.Limits{Timeout: time.Minute},
				Network: ferrule.NetworkPolicy{Allow: rules, Limits: ferrule.NetworkLimits{ResponseBytes: 1 << 20, RequestTime: 10 * time.Second}},
			})
			require.NoError(t, err)
			defer func() { assert.NoError(t, p.Close(context.Background())) }()
			login := func(path string, headers map[string]any) (ferrule.Outcome, string) {
				out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"url": s.URL + path, "headers": headers}, Context: map[string]any{}})
				require.NoError(t, err)
				text := ""
				for _, line := range out.Console {
					text += line.Text
				}
				return out, text
			}
			attack := func(path string, headers map[string]any, codes ...ferrule.WarningCode) string {
				out, text := login(path, headers)
				var told []ferrule.WarningCode
				for _, w := range out.Warnings {
					told = append(told, w.Code)
				}
				assert.Subset(t, told, codes, path)
				_, good := login("/good", map[string]any{})
				assert.Equal(t, "got hello", good, "after %s", path)
				return text
			}
			assert.Contains(t, attack("/redirect", map[string]any{}, "network-refused"), "EEGRESS")
			if name == "superagent" { // it does not read what is neither text nor JSON
				assert.Equal(t, "got undefined", attack("/large", map[string]any{}))
			} else { // node-fetch hears nothing of a body that breaks off, in Node neither
				assert.NotContains(t, attack("/large", map[string]any{}, "network-limit"), "got")
			}
			assert.NotContains(t, attack("/bomb", map[string]any{}), "got")
			attack("/good", map[string]any{"X-A": "a\r\nX-Injected: b"})
			assert.Zero(t, reached.Load())
			assert.Zero(t, injected.Load())
		})
	}
}
