package ferrule_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

const (
	slowServerVariable = "FERRULE_TEST_SLOW_SERVER"
	fetchRule          = `async function (user, context, callback) {
		const response = await fetch(user.base + '/roles');
		const { roles } = await response.json();
		context.idToken['https://example.com/roles'] = roles;
		callback(null, user, context);
	}`
	concurrentLogins = 1000
)

// TestSlowServer is no test: BenchmarkConcurrentFetch runs it in a process of its own. Its server answers
// after 100 ms.
func TestSlowServer(t *testing.T) {
	if os.Getenv(slowServerVariable) == "" {
		t.Skip("BenchmarkConcurrentFetch runs it")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(100 * time.Millisecond)
		_, _ = io.WriteString(w, `{"roles":["admin"]}`)
	}))
	defer server.Close()
	fmt.Println(server.URL)
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func slowServer(b *testing.B) (url string) {
	command := exec.Command(os.Args[0], "-test.run", "^TestSlowServer$", "-test.v")
	command.Env = append(os.Environ(), slowServerVariable+"=1")
	in, err := command.StdinPipe()
	require.NoError(b, err)
	out, err := command.StdoutPipe()
	require.NoError(b, err)
	require.NoError(b, command.Start())
	b.Cleanup(func() {
		_ = in.Close()
		_ = command.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://") {
			return lines.Text()
		}
	}
	b.Fatal("the server did not start")
	return ""
}

// BenchmarkConcurrentFetch runs 1,000 logins at a time, each of which waits for an answer that
// takes 100 ms; the same in Node, in one process. MB is what the process has of the system.
func BenchmarkConcurrentFetch(b *testing.B) {
	base := slowServer(b)
	b.Run("engine=ferrule", func(b *testing.B) {
		rules, err := ferrule.ParseNetworkRules("127.0.0.1")
		require.NoError(b, err)
		pipeline, err := ferrule.Compile("roles.js", fetchRule, &ferrule.Options{Network: ferrule.NetworkPolicy{Allow: rules}})
		require.NoError(b, err)
		defer pipeline.Close(context.Background())
		var peak uint64
		for b.Loop() {
			var all sync.WaitGroup
			for range concurrentLogins {
				all.Go(func() {
					user := map[string]any{"base": base}
					outcome, err := pipeline.Run(context.Background(), ferrule.Input{User: user, Context: map[string]any{"idToken": map[string]any{}}})
					if err != nil || outcome.Decision != ferrule.Allowed {
						b.Errorf("%v %v", err, outcome.Err)
					}
				})
			}
			all.Wait()
			var m goruntime.MemStats
			goruntime.ReadMemStats(&m)
			peak = max(peak, m.Sys-m.HeapReleased)
		}
		b.ReportMetric(float64(peak)/1e6, "MB")
	})
	b.Run("engine=node", func(b *testing.B) {
		const rounds = 5
		command := exec.Command("node", "-e", `
			const rule = `+fetchRule+`;
			const login = () => new Promise((resolve, reject) => {
				const user = { base: process.argv[1] }, context = { idToken: {} };
				rule(user, context, e => (e ? reject(e) : resolve(context)));
			});
			(async () => {
				const all = () => Promise.all(Array.from({ length: `+fmt.Sprint(concurrentLogins)+` }, login));
				await all();
				const begin = process.hrtime.bigint();
				for (let i = 0; i < `+fmt.Sprint(rounds)+`; i++) await all();
				console.log(Number(process.hrtime.bigint() - begin) / `+fmt.Sprint(rounds)+`, process.resourceUsage().maxRSS / 1e3);
			})();`, base)
		out, err := command.Output()
		if err != nil {
			b.Skip("no node: ", err)
		}
		var ns, megabytes float64
		_, err = fmt.Sscan(string(out), &ns, &megabytes)
		require.NoError(b, err)
		for b.Loop() {
		}
		b.ReportMetric(ns, "ns/op")
		b.ReportMetric(megabytes, "MB")
	})
}
