package benchmarks_test

import (
	"math"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks"
)

// logins are copies of a case's login, made before the clock runs.
type logins struct{ users, contexts []map[string]any }

func copies(c benchmarks.Case, n int) logins {
	var l logins
	for range n {
		l.users = append(l.users, benchmarks.CopyObject(c.User))
		l.contexts = append(l.contexts, benchmarks.CopyObject(c.Context))
	}
	return l
}

// timed is the time of one run in a batch: by the clock, and on all processors.
func timed(b *testing.B, c benchmarks.Case, contender benchmarks.Contender, l logins) (wall, busy float64) {
	start, startBusy := time.Now(), benchmarks.Busy()
	for i := range l.users {
		answer, err := contender.Run(l.users[i], l.contexts[i])
		if err != nil || answer.Allowed != c.Allowed {
			b.Fatalf("allowed %v, want %v: %v", answer.Allowed, c.Allowed, err)
		}
	}
	n := float64(len(l.users))
	return float64(time.Since(start)) / n, float64(benchmarks.Busy()-startBusy) / n
}

// BenchmarkEngineOverhead prints how many times as long as goja by hand the goja engine
// takes: the copies of the logins are made outside of what is timed, and contenders take turns
// in batches. The figures are medians of the batches' ratios, by the clock and on processors.
func BenchmarkEngineOverhead(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(1000))
	cases, err := benchmarks.Cases()
	if err != nil {
		b.Fatal(err)
	}
	const batch, rounds = 128, 25
	sums, counted := [2]float64{}, 0
	for _, c := range cases {
		contenders, err := benchmarks.Engines(c)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("rule="+c.Name, func(b *testing.B) {
			var ratios, ferrule, bare [2][]float64
			for range b.N * rounds {
				wall, busy := timed(b, c, contenders[1], copies(c, batch))
				wall2, busy2 := timed(b, c, contenders[2], copies(c, batch))
				for i, pair := range [2][2]float64{{wall, wall2}, {busy, busy2}} {
					ratios[i] = append(ratios[i], pair[0]/pair[1])
					ferrule[i] = append(ferrule[i], pair[0])
					bare[i] = append(bare[i], pair[1])
				}
			}
			for i, kind := range []string{"clock", "cpu"} {
				b.ReportMetric(median(ferrule[i])/1000, "ferrule-"+kind+"-µs")
				b.ReportMetric(median(bare[i])/1000, "bare-"+kind+"-µs")
				b.ReportMetric(median(ratios[i]), kind+"-ratio")
				sums[i] += math.Log(median(ratios[i]))
			}
			b.ReportMetric(0, "ns/op")
			counted++
		})
	}
	b.Logf("geometric means of %d: %.2f by the clock, %.2f on processors", counted,
		math.Exp(sums[0]/float64(counted)), math.Exp(sums[1]/float64(counted)))
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
