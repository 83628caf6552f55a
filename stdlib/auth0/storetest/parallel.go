package storetest

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

// parallel lets several handles update few users at the same time, each writer its own
// properties of both kinds of metadata and one that all write. Every write of a
// property of one's own must be there at the end, and no reader may see half an
// update.
func parallel(t *testing.T, open opener) {
	const handles, writersPerHandle, rounds = 2, 4, 12
	ids := []string{ann, "auth0|bob"}
	data := open(t, Start{CreateMissing: true})
	var all sync.WaitGroup
	for h := range handles {
		s := data(t)
		for w := range writersPerHandle {
			mine := fmt.Sprintf("writer-%d-%d", h, w)
			all.Go(func() { write(t, s, mine, ids, rounds) })
		}
		all.Go(func() {
			for range rounds {
				for _, id := range ids {
					user, _, err := s.User(t.Context(), id)
					assert.NoError(t, err)
					whole(t, user)
				}
			}
		})
	}
	all.Wait()

	want := object{}
	for h := range handles {
		for w := range writersPerHandle {
			for round := range rounds {
				want[fmt.Sprintf("writer-%d-%d-%d", h, w, round)] = float64(round)
			}
		}
	}
	s := data(t)
	for _, id := range ids {
		user := profile(t, s, id)
		for _, u := range updates {
			got := user[u.property].(map[string]any)
			whole(t, user)
			delete(got, "pair")
			assert.Equal(t, want, got, "%s of %s", u.property, id)
		}
	}
}

// write makes rounds updates of each user; each also sets the pair that all
// writers share, and removes what the writer marked before.
func write(t *testing.T, s Store, mine string, ids []string, rounds int) {
	for round := range rounds {
		for _, id := range ids {
			for _, u := range updates {
				mark := mine + "-mark"
				_, err := u.call(s, t.Context(), id, object{mark: true})
				assert.NoError(t, err)
				answer, err := u.call(s, t.Context(), id, object{
					fmt.Sprintf("%s-%d", mine, round): round,
					"pair":                            []any{mine, round, mine, round},
					mark:                              nil,
				})
				assert.NoError(t, err)
				whole(t, answer)
				spoil(answer)
			}
		}
	}
}

// whole checks that the shared property comes from one writer.
func whole(t *testing.T, user map[string]any) {
	for _, u := range updates {
		metadata, _ := user[u.property].(map[string]any)
		pair, written := metadata["pair"].([]any)
		if !written {
			continue
		}
		if assert.Len(t, pair, 4) {
			assert.Equal(t, pair[:2], pair[2:])
		}
	}
}
