package benchmarks_test

import (
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// BenchmarkEngine compares the goja engine with goja by hand on single rules.
func BenchmarkEngine(b *testing.B) {
	cases, err := benchmarks.Cases()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range cases {
		contenders, err := benchmarks.Engines(c)
		if err != nil {
			b.Fatal(err)
		}
		for _, contender := range contenders {
			b.Run("rule="+c.Name+"/engine="+contender.Name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					answer, err := contender.Run(benchmarks.CopyObject(c.User), benchmarks.CopyObject(c.Context))
					if err != nil || answer.Allowed != c.Allowed {
						b.Fatalf("allowed %v, want %v: %v", answer.Allowed, c.Allowed, err)
					}
				}
			})
		}
	}
}
