package jsondoc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/race"
)

func TestProject(t *testing.T) {
	s := &Shape{}
	s.Need("app_metadata", "roles")
	s.Need("email")
	s.Glance(false, "user_metadata")
	s.Glance(false, "groups")
	s.Glance(true, "list")
	p := s.Project([]byte(` { "email" : "jane@example.com", "other": [1,{"email":2}],
		"app_metadata":{"plan":"pro","roles":["a",{"b":1}]}, "user_metadata":{"x":1},"groups":["x"],"list":[1.5] } `), nil)
	require.NotNil(t, p)
	assert.Equal(t, map[string]any{
		"email": "jane@example.com", "app_metadata": map[string]any{"roles": []any{"a", map[string]any{"b": 1.0}}},
		"user_metadata": unreadObject, "groups": unreadArray, "list": []any{1.5},
	}, p.Root)
	p.Release()
	assert.Empty(t, p.Root)

	p = s.Project([]byte(`{"app_metadata":null,"user_metadata":17,"email":"with \u0061 slash \/ and é"}`), nil)
	require.NotNil(t, p)
	assert.Equal(t, map[string]any{"app_metadata": nil, "user_metadata": 17.0, "email": "with a slash / and é"}, p.Root)
	p.Release()

	for _, text := range []string{
		``, `[]`, `{"a":1}x`, `{"email":1,"email":2}`, `{"\u0065mail":1}`, `{"app_metadata":{"roles":1,"ro\u006ces":2}}`, `{"a":1e999}`, `{"email":1e999}`,
		`{"email":"` + "\x01" + `"}`, `{"email":"x}`, `{"a":[1}`, `{"a" 1}`, `{"app_metadata":{"roles":[1}}`, `{"email":tru}`, `{"email":-}`, `{"email"`, `{"email":`, `{`, `{"email":1,}`,
	} {
		assert.Nil(t, s.Project([]byte(text), nil), text)
	}
	// What it is not asked for may be there twice, or be spelled with escapes.
	assert.NotNil(t, s.Project([]byte(`{"a":1,"a":2,"\u0061":3}`), nil))

	whole := &Shape{}
	whole.Need()
	assert.Nil(t, whole.Project([]byte(`{}`), nil))
	unfit := &Shape{}
	unfit.Need("a\ufffd")
	assert.Nil(t, unfit.Project([]byte(`{}`), nil))
}

// TestProjectKeeps: texts and numbers outlive the projection and the text.
func TestProjectKeeps(t *testing.T) {
	s := &Shape{}
	s.Need("a")
	s.Need("n")
	var kept []any
	for i := range 200 {
		data := []byte(`{"a":"text ` + strings.Repeat("x", i) + `","n":17.5}`)
		p := s.Project(data, nil)
		kept = append(kept, p.Root["a"], p.Root["n"])
		p.Release()
		clear(data)
	}
	for i := range 200 {
		assert.Equal(t, "text "+strings.Repeat("x", i), kept[2*i])
		assert.Equal(t, 17.5, kept[2*i+1])
	}
}

// TestProjectLongArrays: the same for the texts of long arrays.
func TestProjectLongArrays(t *testing.T) {
	s := &Shape{}
	s.Need("list")
	var want []any
	var b strings.Builder
	b.WriteString(`{"list":[`)
	for i := range 3000 {
		text := strings.Repeat("x", i%700) + "y"
		want = append(want, text)
		b.WriteString(`"` + text + `",[],`)
		want = append(want, []any{})
	}
	b.WriteString(`"z",""]}`)
	want = append(want, "z", "")
	data := []byte(b.String())
	p := s.Project(data, nil)
	require.NotNil(t, p)
	list := p.Root["list"]
	p.Release()
	clear(data)
	s.Project([]byte(`{"list":["`+strings.Repeat("other", 10)+`"]}`), nil).Release()
	assert.Equal(t, want, list)
}

func TestProjectAllocates(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	s := &Shape{}
	s.Need("email")
	s.Need("app_metadata", "plan")
	s.Need("logins_count")
	data := []byte(loginsForBench(700)["nested"])
	s.Project(data, nil).Release()
	allocations := testing.AllocsPerRun(100, func() {
		p := s.Project(data, nil)
		if p.Root["email"] != "jane.doe@example.com" || p.Root["logins_count"] != 111.0 {
			t.Fatal("not what the text says")
		}
		p.Release()
	})
	assert.LessOrEqual(t, allocations, 1.0)
}

// FuzzProjection writes to projections and to the whole objects: the texts are the same
// afterwards, however they were made.
func FuzzProjection(f *testing.F) {
	for seed := range uint64(1000) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := newRandom(seed)
		data := []byte(r.space() + r.object(0) + r.space())
		s := &Shape{}
		var needed, written [][]string
		for range r.IntN(5) {
			path := r.path()
			if r.IntN(2) == 0 {
				s.Glance(false, path...)
				written = append(written, path) // with what is neither array nor object
			} else {
				s.Need(path...)
				needed = append(needed, path)
			}
		}
		p := s.Project(data, nil)
		if p == nil {
			return
		}
		tree, order, err := Decode(data)
		require.NoError(t, err)
		whole := tree.(map[string]any)
		for _, path := range needed {
			require.Equal(t, valueAt(whole, path), valueAt(p.Root, path), "%s: %v", data, path)
		}
		all, part := &record{order: order}, &record{order: Over(p.Order())}
		for range r.IntN(4) {
			paths := append(needed, written...)
			if len(paths) == 0 {
				break
			}
			i := r.IntN(len(paths))
			keep := r.Uint64()
			a, b := objectAt(whole, paths[i]), objectAt(p.Root, paths[i])
			key := paths[i][len(paths[i])-1]
			require.Equal(t, a == nil, b == nil)
			if a == nil {
				continue
			}
			for _, side := range []struct {
				object map[string]any
				to     *record
			}{{a, all}, {b, part}} {
				again := newRandom(keep)
				if i >= len(needed) && again.IntN(2) == 0 {
					again.writeText(side.object, side.to, key)
				} else if i < len(needed) {
					again.writeWhole(side.object, side.to, key)
				}
			}
		}
		want, err := Splice(data, whole, order)
		require.NoError(t, err)
		text, ok, err := p.Splice(part, nil)
		require.NoError(t, err)
		if ok {
			require.Equal(t, string(want), string(text), "%s", data)
		}
		complete, completeOrder := p.Complete(part.order)
		slow, err := Splice(data, complete, completeOrder)
		require.NoError(t, err)
		require.Equal(t, string(want), string(slow), "%s", data)
		p.Release()
	})
}

func (r *random) path() []string {
	path := []string{r.name()}
	for r.IntN(2) == 0 && len(path) < 3 {
		path = append(path, r.name())
	}
	return path
}

// writeText writes a property with what is neither array nor object, or takes it out.
func (r *random) writeText(object map[string]any, to *record, key string) {
	if r.IntN(3) == 0 {
		to.remove(object, key)
		return
	}
	to.set(object, key, pick(r, []any{"text", 1.0, nil, true}))
}

// writeWhole writes a property that was read whole, or inside of it.
func (r *random) writeWhole(object map[string]any, to *record, key string) {
	if inner, ok := object[key].(map[string]any); ok && r.IntN(2) == 0 {
		object, key = inner, r.name()
	}
	r.write(object, to, key)
}

// objectAt is the object that holds the property at a path; nil for none.
func objectAt(object map[string]any, path []string) map[string]any {
	for _, key := range path[:len(path)-1] {
		object, _ = object[key].(map[string]any)
	}
	return object
}

func valueAt(object map[string]any, path []string) any {
	if object = objectAt(object, path); object == nil {
		return nil
	}
	return object[path[len(path)-1]]
}
