package benchmarks_test

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks"
)

// BenchmarkLoad loads folders of rules: those of the patterns, and bundled ones of 2 KB each.
// peak-MB is the most that the heap held while loading, live-MB what the loaded pipeline
// keeps, cpu-ms the time on processors.
func BenchmarkLoad(b *testing.B) {
	kinds := []struct {
		name   string
		folder func(rules int) (fs.FS, error)
	}{{"patterns", benchmarks.PatternFolder}, {"2KB", benchmarks.Folder}}
	for _, kind := range kinds {
		for _, engine := range []ferrule.Engine{ferrule.EngineExpr, ferrule.EngineCEL, ferrule.EngineJS} {
			options := ferrule.Options{Expressions: engine}
			if engine == ferrule.EngineJS {
				options = ferrule.Options{Engine: engine}
			}
			for _, rules := range []int{100, 1000} {
				fsys, err := kind.folder(rules)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(fmt.Sprintf("folder=%s/engine=%s/rules=%d", kind.name, engine, rules), func(b *testing.B) { load(b, fsys, options, rules) })
			}
		}
	}
}

func load(b *testing.B, fsys fs.FS, options ferrule.Options, rules int) {
	b.ReportAllocs()
	options.Modules.AllowMissing = true
	var peak, live float64
	var cpu time.Duration
	for b.Loop() {
		b.StopTimer()
		runtime.GC()
		before := heapBytes()
		stop := watchHeap()
		busy := benchmarks.Busy()
		b.StartTimer()
		p, err := ferrule.Load(fsys, &options)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		cpu += benchmarks.Busy() - busy
		peak = max(peak, float64(stop()-before))
		runtime.GC()
		live = max(live, float64(heapBytes())-float64(before))
		if got := len(p.Rules()); got != rules {
			b.Fatalf("%d rules, want %d", got, rules)
		}
		if err := p.Close(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(peak/1e6, "peak-MB")
	b.ReportMetric(live/1e6, "live-MB")
	b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms")
}

func heapBytes() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// watchHeap looks at the heap every millisecond until stop is called, which answers
// the most that it saw.
func watchHeap() (stop func() uint64) {
	quit, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		var peak uint64
		ticker := time.NewTicker(time.Millisecond)
		defer ticker.Stop()
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-quit:
				most <- peak
				return
			case <-ticker.C:
			}
		}
	}()
	return func() uint64 {
		close(quit)
		return <-most
	}
}
