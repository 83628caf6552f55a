package http_test

import (
	"fmt"
	"testing"
)

// BenchmarkGet is one request and its response without a body, to a server on this machine.
func BenchmarkGet(b *testing.B) {
	policy := local(b)
	policy.Limits.Requests = -1
	h := newHost(b, policy)
	script := fmt.Sprintf(`require('http').get('%s/empty', res => res.resume())`, serve(b).URL)
	b.ReportAllocs()
	for b.Loop() {
		if err := h.Run(b.Context(), script); err != nil {
			b.Fatal(err)
		}
	}
}
