package benchmarks_test

import (
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// BenchmarkCompiled compares compiled rules with goja, over the pure patterns.
func BenchmarkCompiled(b *testing.B) {
	cases, _, err := benchmarks.PureCases(true)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range cases {
		contenders, err := benchmarks.Compiled(c)
		if err != nil || benchmarks.Check(c, contenders) != nil {
			continue
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
