package jsondoc

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSplice writes values over texts.
func TestSplice(t *testing.T) {
	for _, c := range []struct{ data, after, want string }{
		{`{"a": 1.0, "b" : "\u0061"}`, `{"a":1,"b":"a"}`, `{"a": 1.0, "b" : "\u0061"}`},
		{`{"a": 1.0, "b" : 2}`, `{"a":1,"b":3}`, `{"a": 1.0, "b" : 3}`},
		{`{}`, `{"a":1}`, `{"a":1}`},
		{` { } `, `{"a":1,"b":2}`, ` {"a":1,"b":2 } `},
		{`{ "a": 1 }`, `{"a":1,"b":2}`, `{ "a": 1,"b":2 }`},
		{`{"a":1, "b":2, "c":3}`, `{"b":2,"c":3}`, `{"b":2, "c":3}`},
		{`{"a":1, "b":2, "c":3}`, `{"a":1,"c":3}`, `{"a":1, "c":3}`},
		{`{"a":1, "b":2, "c":3}`, `{"a":1,"b":2}`, `{"a":1, "b":2}`},
		{`{ "a":1 }`, `{}`, `{ }`},
		{`{ "a":1, "b":2 }`, `{"c":3}`, `{"c":3 }`},
		{`{"a":1,"b":2,"a":3}`, `{"a":4,"b":2}`, `{"a":1,"b":2,"a":4}`},
		{`{"a":1,"b":2,"a":3}`, `{"b":2}`, `{"b":2}`},
		{`{"a":1,"b":2,"a":3}`, `{"a":3,"b":2}`, `{"a":1,"b":2,"a":3}`},
		{`{"\u0061":1.0,"b":2}`, `{"a":1,"b":0}`, `{"\u0061":1.0,"b":0}`},
		{`{"a":1.0,"b":2.0}`, `{"b":2,"a":1}`, `{"b":2.0,"a":1.0}`},
		{`{"b":1.0,"2":2.0}`, `{"2":2,"b":1}`, `{"b":1.0,"2":2.0}`},
		{`{"b":1.0,"2":2.0}`, `{"2":2,"b":1,"c":3}`, `{"b":1.0,"2":2.0,"c":3}`},
		{`{"b":1.0,"2":2.0}`, `{"1":0,"2":2,"b":1}`, `{"1":0,"2":2.0,"b":1.0}`},
		{`{"a":[1.0, 2.0 ]}`, `{"a":[1,2,3]}`, `{"a":[1.0, 2.0,3 ]}`},
		{`{"a":[1.0, 2.0 ]}`, `{"a":[1]}`, `{"a":[1.0 ]}`},
		{`{"a":[ 1.0, 2.0 ]}`, `{"a":[]}`, `{"a":[ ]}`},
		{`{"a":[ ]}`, `{"a":[1,2]}`, `{"a":[1,2 ]}`},
		{`{"a":[{"x":1.0}, {"y":2.0}]}`, `{"a":[{"x":1,"z":0},{"y":3}]}`, `{"a":[{"x":1.0,"z":0}, {"y":3}]}`},
		{`{"a":{"x":1}}`, `{"a":null}`, `{"a":null}`},
		{`{"a":{"x":1}}`, `null`, `null`},
		{`{"a":-0}`, `{"a":0}`, `{"a":-0}`},
		{`{"a":"\ud800"}`, `{"a":"\ud800","b":"\ud801"}`, `{"a":"\ud800","b":"\ud801"}`},
	} {
		after, order, err := Decode([]byte(c.after))
		require.NoError(t, err)
		got, err := Splice([]byte(c.data), after, order)
		require.NoError(t, err)
		assert.Equal(t, c.want, string(got), "%s over %s", c.after, c.data)
	}
}

func TestSpliceDeep(t *testing.T) {
	deep := strings.Repeat(`{"a":[`, 4000) + `1.0` + strings.Repeat(`]}`, 4000)
	data := []byte(`{"deep":` + deep + `,"x":1}`)
	after, order, err := Decode(data)
	require.NoError(t, err)
	after.(map[string]any)["x"] = 2.0
	got, err := Splice(data, after, order)
	require.NoError(t, err)
	assert.Equal(t, `{"deep":`+deep+`,"x":2}`, string(got))
}

// FuzzSplice changes random texts: the result says what the changed tree says, and a text that
// nobody has changed stays the same bytes.
func FuzzSplice(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := newRandom(seed)
		data := []byte(r.space() + r.object(0) + r.space())
		after, order, err := Decode(data)
		require.NoError(t, err)
		same, err := Splice(data, after, order)
		require.NoError(t, err)
		require.Equal(t, string(data), string(same))
		require.True(t, &data[0] == &same[0], "no copy of what nobody has changed")
		for range 1 + r.IntN(3) {
			r.change(after, order)
		}
		want, err := Encode(after, order)
		require.NoError(t, err)
		got, err := Splice(data, after, order)
		require.NoError(t, err)
		tree, own, err := Decode(got)
		require.NoError(t, err, "%s", got)
		again, err := Encode(tree, own)
		require.NoError(t, err)
		require.Equal(t, withoutZeroSigns(want), withoutZeroSigns(again), "%s became %s", data, got)
	})
}

// withoutZeroSigns is a text that is compared.
func withoutZeroSigns(text []byte) string { return strings.ReplaceAll(string(text), "-0", "0") }

// change writes something to one of the objects of a tree.
func (r *random) change(tree any, order *Order) {
	var objects []map[string]any
	var visit func(value any)
	visit = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			objects = append(objects, v)
			for _, key := range order.Keys(v) {
				visit(v[key])
			}
		case []any:
			for _, item := range v {
				visit(item)
			}
		}
	}
	visit(tree)
	object := pick(r, objects)
	r.write(object, &record{order: order}, r.name())
}

// record is a journal.
type record struct {
	writes []Write
	order  *Order
}

func (r *record) Writes() int       { return len(r.writes) }
func (r *record) Write(i int) Write { return r.writes[i] }
func (r *record) Order() *Order     { return r.order }

func (r *record) set(object map[string]any, key string, value any) {
	_, had := object[key]
	object[key] = value
	if !had {
		r.order.Appended(object, key)
	}
	r.writes = append(r.writes, Write{Object: object, Key: key, Added: !had})
}

func (r *record) remove(object map[string]any, key string) {
	if _, had := object[key]; had {
		delete(object, key)
		r.order.Removed(object)
		r.writes = append(r.writes, Write{Object: object, Key: key, Removed: true})
	}
}

// write changes one property, in place.
func (r *random) write(object map[string]any, to *record, key string) {
	old, had := object[key]
	switch kind := r.IntN(4); {
	case kind == 0:
		to.remove(object, key)
	case kind == 1 && had: // taken out, and back behind the others
		to.remove(object, key)
		to.set(object, key, old)
	default:
		to.set(object, key, r.tree(to.order))
	}
}

// FuzzValid compares the scanner with Decode and with encoding/json.
func FuzzValid(f *testing.F) {
	for _, text := range []string{
		``, ` `, `{}`, `[]`, `nul`, `null `, `"\x"`, `"\u12"`, `"\u12G4"`, `1.`, `1.e1`, `.5`, `-`, `-1`, `01`, `1e`, `1e+`, `1e400`, `-1e400`, `1e-400`,
		`{"a"}`, `{"a":}`, `{"a":1,}`, `[1,]`, `[1 2]`, `{"a":1 "b":2}`, `[}`, `{]`, "\"\x01\"", "\"\x7f\"", "\"\xff\"", "\ufeff{}", `{} {}`, `[[[[[[[[1]]]]]]]]`,
		strings.Repeat("[", 600) + strings.Repeat("]", 600), strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), strings.Repeat("[", 10_002) + strings.Repeat("]", 10_002),
		strings.Repeat(`{"a":`, 70) + `1` + strings.Repeat("}", 70), strings.Repeat("1", 400), `{"a":` + strings.Repeat("9", 310) + `}`,
	} {
		f.Add([]byte(text))
	}
	for seed := range uint64(300) {
		r := newRandom(seed)
		text := r.space() + r.value(0) + r.space()
		f.Add([]byte(text))
		f.Add([]byte(r.broken(text)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := Decode(data)
		require.Equal(t, err == nil, Valid(data))
		tooLarge := err != nil && err.(*SyntaxError).Problem == "the number is too large"
		if !tooLarge {
			require.Equal(t, json.Valid(data), err == nil, "%v", err)
		}
		s := &Shape{}
		s.Need("a")
		s.Glance(false, "app_metadata", "roles")
		p := s.Project(data, nil)
		if p == nil {
			return
		}
		defer p.Release()
		tree, _, err := Decode(data)
		require.NoError(t, err)
		require.IsType(t, map[string]any{}, tree)
		text, ok, err := p.Splice(&record{order: p.Order()}, nil)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, string(data), string(text))
	})
}
