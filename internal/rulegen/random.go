package rulegen

import (
	"math/rand/v2"
	"strings"
)

// random makes choices; the same seed makes the same ones.
type random struct{ *rand.Rand }

func newRandom(seed, stream uint64) random { return random{rand.New(rand.NewPCG(seed, stream))} }

// below is a number from 0 to n-1.
func (r random) below(n int) int { return r.IntN(n) }

// chance is true in percent of 100 cases.
func (r random) chance(percent int) bool { return r.IntN(100) < percent }

// pick is one of the texts.
func (r random) pick(texts ...string) string { return texts[r.IntN(len(texts))] }

// word is one of the words of a text.
func (r random) word(words string) string { return r.pick(strings.Fields(words)...) }

// pickOf is one element of a list.
func pickOf[T any](r random, list []T) T { return list[r.IntN(len(list))] }

// way is one of several ways to write something, taken weight times as often as one
// of weight 1.
type way struct {
	weight int
	write  func() string
}

// weigh writes one of the ways.
func (r random) weigh(ways ...way) string {
	total := 0
	for _, w := range ways {
		total += w.weight
	}
	at := r.IntN(total)
	for _, w := range ways {
		if at -= w.weight; at < 0 {
			return w.write()
		}
	}
	panic("internal error: weights do not add up")
}
