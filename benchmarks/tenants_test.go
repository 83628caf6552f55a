package benchmarks_test

import (
	"fmt"
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

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
