package benchmarks_test

import (
	"fmt"
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// TestTenants: what is kept of a loaded rule is bounded, and its pipeline runs and falls back.
func TestTenants(t *testing.T) {
	for _, built := range []bool{false, true} {
		m, err := benchmarks.MeasureTenants(60, built)
		if err != nil {
			t.Fatal(err)
		}
		if m.Rules != 600 || m.PerRule < m.Text || m.PerRule > 6000 {
			t.Errorf("built %v: %d rules keep %.0f bytes each, %.0f of them text; want at most 6000", built, m.Rules, m.PerRule, m.Text)
		}
	}
}

// BenchmarkTenants measures what loaded tenants keep of the heap: in all, and for each rule.
func BenchmarkTenants(b *testing.B) {
	for _, built := range []bool{false, true} {
		b.Run(fmt.Sprintf("tenants=200/built=%v", built), func(b *testing.B) {
			for b.Loop() {
				m, err := benchmarks.MeasureTenants(200, built)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(m.MB, "live-MB")
				b.ReportMetric(m.PerRule, "B/rule")
				b.ReportMetric(m.Text, "text-B/rule")
			}
		})
	}
}
