package peers_test

import (
	"testing"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
)

// BenchmarkLogin is the comparison as Go benchmarks, for benchstat: `-col /contender`. A login
// is copied within the time, which contender copy shows; command compare does better.
func BenchmarkLogin(b *testing.B) {
	singles, err := cases.Singles()
	if err != nil {
		b.Fatal(err)
	}
	for i := range singles[:len(singles)-1] { // parsing the longest allow-list takes seconds
		c := &singles[i]
		if err := c.Write(); err != nil {
			b.Fatal(err)
		}
		timed, checked, err := peers.Wanted(c)
		if err != nil {
			b.Fatal(err)
		}
		for _, contender := range peers.All(nil) {
			worker, err := contender.Start(c)
			if err != nil || !worker.Idle && peers.Check(c, contender, worker, timed, checked) != nil {
				continue
			}
			b.Run("rule="+c.Name+"/contender="+contender.Name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					login := c.Timed[0].Copy()
					answer, err := worker.Run(&login)
					if err != nil || !worker.Idle && (answer.Err == nil) != (timed[0].Err == nil) {
						b.Fatalf("%v, want %v: %v", answer.Err, timed[0].Err, err)
					}
				}
			})
			if worker.Close != nil {
				worker.Close()
			}
		}
	}
}
