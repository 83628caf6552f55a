// Package timing says what a login costs each contender of a case.
//
// Copies of the login are made in batches outside of what is timed, so that they drown
// nothing: the clock is read before and after a batch of 4 to 32 logins. Contenders take turns in short
// rounds, so that what else the machine does falls on all of them; a turn begins with a
// batch that is not timed and warms caches up, and its sample is the median of its batches.
// What reading the clock takes is subtracted; the loop and the call are in all figures, and what they
// take shows contender empty. A contender's figure is the lower quartile of its rounds, since what
// disturbs a round makes it longer; its spread reaches to the upper one.
//
// The garbage collector is off while a batch is timed and runs between batches, when so much
// has been allocated: the work of allocating counts, that of collecting does not, for any
// contender in this process.
package timing

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/peers"
)

// Options are how long to measure.
type Options struct {
	Rounds int           // of each case
	Slice  time.Duration // what a contender's turn takes, at least one batch
	Most   time.Duration // what a contender spends on a case; then three rounds are enough
	Budget time.Duration // of all lanes; then three rounds are enough. 0 is none
	Warm   time.Duration // what a case runs in V8 before it is timed
}

// Figure is what one login costs a contender, in nanoseconds.
type Figure struct {
	NS     float64 `json:"ns"` // a quarter of the rounds is below
	Median float64 `json:"median"`
	High   float64 `json:"high"` // a quarter of the rounds is above
}

// Lane is a contender with a case.
type Lane struct {
	Name   string // of the figure
	Worker *peers.Worker
	Case   *cases.Case
	Want   []bool // the decisions for the timed logins: true is allowed

	batch   int // logins
	next    int // of the timed logins
	spent   time.Duration
	samples []float64
}

// collectAfter is how many bytes are allocated between two garbage collections.
const collectAfter = 256 << 20

// batchBytes bounds a batch by the JSON texts of its logins.
const batchBytes = 48 << 10

// Lanes measures all lanes side by side and returns their figures by name.
//
// # Errors
//
// A contender that decided otherwise.
func Lanes(lanes []*Lane, options Options) (map[string]Figure, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	m := &meter{slice: options.Slice, collect: collector(), clock: clock()}
	runtime.GC()
	for _, lane := range lanes {
		if err := m.calibrate(lane); err != nil {
			return nil, fmt.Errorf("%s: %w", lane.Name, err)
		}
	}
	begun := time.Now()
	for round := range options.Rounds {
		if options.Budget > 0 && round >= 3 && time.Since(begun) > options.Budget {
			break
		}
		for _, lane := range lanes {
			if lane.spent > options.Most && len(lane.samples) >= 3 {
				continue
			}
			start := time.Now()
			sample, err := m.turn(lane)
			lane.spent += time.Since(start)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", lane.Name, err)
			}
			lane.samples = append(lane.samples, sample)
		}
	}
	figures := map[string]Figure{}
	for _, lane := range lanes {
		slices.Sort(lane.samples)
		n := len(lane.samples)
		figures[lane.Name] = Figure{NS: tenths(lane.samples[n/4]), Median: tenths(lane.samples[n/2]), High: tenths(lane.samples[n-1-n/4])}
	}
	return figures, nil
}

func tenths(ns float64) float64 { return math.Round(ns*10) / 10 }

// meter measures lanes.
type meter struct {
	slice   time.Duration
	collect func()
	clock   time.Duration // what reading it takes
	logins  []cases.Login // of a batch
}

// calibrate decides how many logins a contender's batches have: as many as memory allows,
// but not more than half of a turn takes.
func (m *meter) calibrate(lane *Lane) error {
	lane.batch = 1
	most := min(max(batchBytes/max(len(lane.Case.Timed[0].UserText)+len(lane.Case.Timed[0].ContextText), 1), 8), 32)
	var once time.Duration
	for range 3 { // the first makes things that last
		taken, err := m.timed(lane)
		if err != nil {
			return err
		}
		once = taken
		if taken > m.slice {
			break
		}
	}
	lane.batch = min(max(int(m.slice/2/max(once, 1)), 1), most)
	return nil
}

// turn is a contender's turn in a round: nanoseconds for a login.
func (m *meter) turn(lane *Lane) (float64, error) {
	if lane.Worker.Turn != nil {
		taken, err := lane.Worker.Turn(lane.batch, m.slice)
		return float64(taken) / float64(lane.batch), err
	}
	var samples []float64
	var spent time.Duration
	if lane.batch > 1 {
		if _, err := m.timed(lane); err != nil {
			return 0, err
		}
	}
	for start := time.Now(); len(samples) == 0 || spent < m.slice && time.Since(start) < 6*m.slice; {
		taken, err := m.timed(lane)
		if err != nil {
			return 0, err
		}
		spent += taken
		samples = append(samples, float64(taken)/float64(lane.batch))
	}
	slices.Sort(samples)
	return samples[len(samples)/2], nil
}

var errDecided = errors.New("it decided otherwise than when it was checked")

// timed runs one batch.
func (m *meter) timed(lane *Lane) (time.Duration, error) {
	if lane.Worker.Turn != nil {
		return lane.Worker.Turn(lane.batch, 0)
	}
	m.collect()
	m.logins = m.logins[:0]
	first := lane.next
	for range lane.batch {
		login := lane.Case.Timed[lane.next]
		if !lane.Worker.Texts {
			login = login.Copy()
		}
		m.logins = append(m.logins, login)
		lane.next = (lane.next + 1) % len(lane.Case.Timed)
	}
	run, want, at := lane.Worker.Run, lane.Want, first
	wrong := false
	start := time.Now()
	for i := range m.logins {
		answer, err := run(&m.logins[i])
		if err != nil || (answer.Err == nil) != want[at] {
			wrong = true
		}
		if at++; at == len(want) {
			at = 0
		}
	}
	taken := time.Since(start)
	if wrong && !lane.Worker.Idle {
		return 0, errDecided
	}
	return max(taken-m.clock, 0), nil
}

// clock is what reading the clock before and after a batch takes, at best.
func clock() time.Duration {
	least := time.Second
	for range 1000 {
		start := time.Now()
		least = min(least, time.Since(start))
	}
	return least
}

// collector runs a garbage collection whenever enough was allocated since the last one.
func collector() (collect func()) {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	var last uint64
	return func() {
		metrics.Read(sample)
		if allocated := sample[0].Value.Uint64(); allocated-last > collectAfter {
			runtime.GC()
			metrics.Read(sample)
			last = sample[0].Value.Uint64()
		}
	}
}
