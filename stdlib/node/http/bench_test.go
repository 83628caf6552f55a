package http_test

import (
	"fmt"
	"testing"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// BenchmarkGet is one request and its response without a body, to a server on this machine.
func BenchmarkGet(b *testing.B) {
	h := newHost(b, egress.Policy{Limits: egress.Limits{Requests: -1}})
	script := fmt.Sprintf(`require('http').get('%s/empty', res => res.resume())`, serve(b).URL)
	b.ReportAllocs()
	for b.Loop() {
		if err := h.Run(b.Context(), script); err != nil {
			b.Fatal(err)
		}
	}
}
