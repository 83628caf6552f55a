package jsondoc_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// TestOverlay writes to objects in place, with an order laid over what was known, and compares
// with a plain list of keys; then it takes everything back.
func TestOverlay(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 3))
		under := &jsondoc.Order{}
		object := map[string]any{"d": 1.0, "b": 1.0, "a": 1.0}
		want := []string{"a", "b", "d"}
		if seed%2 == 0 {
			want = []string{"d", "b", "a"}
			under.Set(object, slices.Clone(want))
		}
		first := slices.Clone(want)
		order := jsondoc.Over(under)
		if seed%3 == 0 {
			order = jsondoc.Over(nil)
			order.Set(object, slices.Clone(want))
		}
		type undo struct {
			key    string
			had    bool
			placed bool
			place  jsondoc.Place
			want   []string
		}
		var journal []undo
		for range random.IntN(200) {
			key := fmt.Sprintf("k%d", random.IntN(6))
			if random.IntN(4) == 0 {
				key = first[random.IntN(3)]
			}
			_, had := object[key]
			u := undo{key: key, had: had, want: slices.Clone(want)}
			switch {
			case random.IntN(3) == 0 && had:
				delete(object, key)
				order.Removed(object)
				want = slices.DeleteFunc(want, func(k string) bool { return k == key })
			case !had:
				u.placed, u.place = true, order.Appended(object, key)
				object[key] = 1.0
				want = append(want, key)
			default:
				continue
			}
			journal = append(journal, u)
			require.Equal(t, want, order.Keys(object), "seed %d", seed)
		}
		merged := &jsondoc.Order{}
		merged.Merge(order)
		assert.Equal(t, want, merged.Keys(object))
		into := &jsondoc.Order{}
		tree := order.Copy(map[string]any{"x": []any{object, nil}}, into).(map[string]any)
		assert.Equal(t, want, into.Keys(tree["x"].([]any)[0].(map[string]any)))
		for _, u := range slices.Backward(journal) {
			if u.had {
				object[u.key] = 1.0
			} else {
				delete(object, u.key)
			}
			if u.placed {
				order.Restore(object, u.place)
			}
			require.Equal(t, u.want, order.Keys(object), "seed %d", seed)
		}
		if seed%3 != 0 {
			assert.Equal(t, first, under.Keys(object), "what lies below is not changed")
		}
	}
}

// TestManyKeys: keys that come and go cost no more than there are.
func TestManyKeys(t *testing.T) {
	order, object := jsondoc.Over(nil), map[string]any{}
	for i := range 100_000 {
		key := fmt.Sprint("k", i%10)
		order.Appended(object, key)
		object[key] = true
		delete(object, key)
		order.Removed(object)
	}
	assert.Empty(t, order.Keys(object))
}
