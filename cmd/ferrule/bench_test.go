package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestReadBudget(t *testing.T) {
	limits, err := readBudget([]string{"p99=200us", " mean=1.5ms"})
	assert.NoError(t, err)
	assert.Equal(t, []limit{{"p99", 200 * time.Microsecond}, {"mean", 1500 * time.Microsecond}}, limits)
	for _, text := range []string{"", "p99", "p99=", "p95=1ms", "p99=-1ms", "p99=0s", "p99=200", "=1ms"} {
		_, err := readBudget([]string{text})
		assert.Error(t, err, text)
	}
}

func TestFigures(t *testing.T) {
	c := &cell{batches: [][]float64{{9, 1, 3}, nil, {5}}}
	for i := range 200 {
		c.times = append(c.times, time.Duration(200-i))
	}
	assert.Equal(t, 4.0, c.mean())
	for name, want := range map[string]float64{"mean": 100.5, "p50": 101, "p90": 181, "p99": 199, "max": 200} {
		assert.Equal(t, want, c.figure(name), name)
	}
}

func TestNanoseconds(t *testing.T) {
	for want, ns := range map[string]float64{"41 ns": 41.2, "999 ns": 999.4, "1.00 µs": 999.6, "17.2 µs": 17_234, "10.0 µs": 9_999, "1.00 ms": 999_800, "817 ms": 817e6, "3.20 s": 3.2e9} {
		assert.Equal(t, want, nanoseconds(ns))
	}
}
