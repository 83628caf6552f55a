package ferrule_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	goruntime "runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// BenchmarkConcurrentFetch runs 1,000 logins at a time, each of which waits for an answer that
// takes 100 ms.
func BenchmarkConcurrentFetch(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(100 * time.Millisecond)
		_, _ = w.Write([]byte(`{"roles":["admin"]}`))
	}))
	defer server.Close()
	rule := `async function (user, context, callback) {
		const response = await fetch('` + server.URL + `/roles');
		const { roles } = await response.json();
		context.idToken = { 'https://example.com/roles': roles };
		callback(null, user, context);
	}`
	allow, err := egress.ParseRule("127.0.0.1")
	require.NoError(b, err)
	pipeline, err := ferrule.Compile("roles.js", rule, &ferrule.Options{Network: egress.Policy{Allow: []egress.Rule{allow}}})
	require.NoError(b, err)
	defer pipeline.Close(context.Background())
	const logins = 1000
	var peak uint64
	for b.Loop() {
		var all sync.WaitGroup
		for range logins {
			all.Go(func() {
				outcome, err := pipeline.Run(context.Background(), ferrule.Input{User: map[string]any{"user_id": "u"}, Context: map[string]any{}})
				if err != nil || outcome.Err != nil {
					b.Errorf("%v %v", err, outcome.Err)
				}
			})
		}
		time.Sleep(80 * time.Millisecond)
		var m goruntime.MemStats
		goruntime.ReadMemStats(&m)
		peak = max(peak, m.Sys)
		all.Wait()
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/1000-logins")
}
