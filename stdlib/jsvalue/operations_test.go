package jsvalue_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// opaque is a value with nothing of its own.
type opaque struct{ text string }

func (o *opaque) Class() string                { return "Opaque" }
func (o *opaque) Property(string) (any, error) { return jsvalue.Undefined, nil }
func (o *opaque) Text() (string, error)        { return o.text, nil }

var negativeZero = math.Copysign(0, -1)

func TestTypes(t *testing.T) {
	var noMap map[string]any
	var noList []any
	tests := []struct {
		in     any
		typed  string // "" for no value
		truthy bool
	}{
		{nil, "object", false}, {jsvalue.Undefined, "undefined", false}, {true, "boolean", true}, {false, "boolean", false}, {"", "string", false}, {"0", "string", true},
		{0.0, "number", false}, {negativeZero, "number", false}, {math.NaN(), "number", false}, {-1.0, "number", true}, {int8(0), "number", false}, {uint64(3), "number", true},
		{map[string]any{}, "object", true}, {[]any{}, "object", true}, {&jsvalue.Object{}, "object", true}, {&jsvalue.List{}, "object", true}, {&jsvalue.Set{}, "object", true},
		{&jsvalue.Map{}, "object", true}, {&jsvalue.Date{}, "object", true}, {&opaque{}, "object", true},
		{noMap, "", false}, {noList, "", false}, {[]string{}, "", false}, {jsvalue.ExitNullish, "", false}, {struct{}{}, "", false},
	}
	for _, tt := range tests {
		typed, err := jsvalue.TypeOf(tt.in)
		truthy, errToo := jsvalue.ToBoolean(tt.in)
		assert.Equal(t, tt.typed, typed, "TypeOf(%#v)", tt.in)
		assert.Equal(t, tt.truthy, truthy, "ToBoolean(%#v)", tt.in)
		assert.Equal(t, tt.typed == "", err != nil && errToo != nil && jsvalue.Check(tt.in) != nil, "%#v", tt.in)
	}
	assert.Equal(t, jsvalue.ExitNullish, jsvalue.NotOf(nil))
	assert.Equal(t, jsvalue.ExitType, jsvalue.NotOf(1.0))
	assert.Equal(t, jsvalue.ExitForeign, jsvalue.NotOf(struct{}{}))
	assert.Equal(t, "exit: value-type", jsvalue.ExitType.Error())
}

func TestGoNumber(t *testing.T) {
	for _, x := range []any{int(3), int64(3), int32(3), int16(3), int8(3), uint(3), uint64(3), uint32(3), uint16(3), uint8(3), uintptr(3), float32(3), 3.0} {
		n, ok := jsvalue.GoNumber(x)
		assert.True(t, ok && n == 3, "%T", x)
		s, err := jsvalue.ToString(x)
		assert.True(t, err == nil && s == "3", "%T", x)
	}
	n, _ := jsvalue.GoNumber(float32(0.1))
	assert.Equal(t, 0.1, n, "as its JSON reads")
	_, ok := jsvalue.GoNumber("3")
	assert.False(t, ok)
}

func TestIdentity(t *testing.T) {
	object, list := map[string]any{}, []any{1.0}
	made, set, date := &jsvalue.List{Items: []any{2.0}}, &jsvalue.Set{}, &jsvalue.Date{}
	shared := &jsvalue.List{Items: list}
	tests := []struct {
		a, b any
		want bool
		err  error
	}{
		{object, object, true, nil}, {object, map[string]any{}, false, nil}, {object, &jsvalue.Object{Values: object}, false, nil}, {list, list, true, nil}, {list, []any{1.0}, false, nil},
		{list, []any{}, false, nil}, {[]any{}, []any{}, false, jsvalue.ExitAlias}, {list[:1:1], append(list, 2.0)[:0], false, nil}, {made, made, true, nil}, {made, &jsvalue.List{Items: []any{2.0}}, false, nil},
		{list, made, false, nil}, {made, list, false, nil}, {list, shared, false, jsvalue.ExitAlias}, {shared, list, false, jsvalue.ExitAlias}, {[]any{}, &jsvalue.List{}, false, jsvalue.ExitAlias},
		{list, object, false, nil}, {object, list, false, nil}, {set, set, true, nil}, {set, &jsvalue.Set{}, false, nil}, {date, date, true, nil}, {date, set, false, nil}, {object, date, false, nil},
	}
	for _, tt := range tests {
		got, err := jsvalue.StrictEquals(tt.a, tt.b)
		assert.Equal(t, tt.want, got, "%v === %v", tt.a, tt.b)
		if tt.err == nil {
			assert.NoError(t, err)
		} else {
			assert.Equal(t, tt.err, err)
		}
		if got, err := jsvalue.LooseEquals(tt.a, tt.b); err == nil {
			assert.Equal(t, tt.want, got, "%v == %v", tt.a, tt.b)
		}
	}
	two := []any{1.0, 2.0}
	_, err := jsvalue.StrictEquals(two, two[:1])
	assert.Equal(t, jsvalue.ExitAlias, err)
}

func TestMapKey(t *testing.T) {
	object, list, date := map[string]any{}, []any{1.0}, &jsvalue.Date{}
	values := []any{nil, jsvalue.Undefined, true, false, "", "a", 0.0, 1.0, math.NaN(), object, map[string]any{}, list, []any{1.0}, &jsvalue.List{}, date, &jsvalue.Date{}, &opaque{}}
	for i, a := range values {
		for j, b := range values {
			x, err := jsvalue.MapKey(a)
			require.NoError(t, err)
			y, err := jsvalue.MapKey(b)
			require.NoError(t, err)
			assert.Equal(t, i == j, x == y, "%v, %v", a, b)
			same, err := jsvalue.SameValueZero(a, b)
			require.NoError(t, err)
			assert.Equal(t, i == j, same, "%v, %v", a, b)
		}
	}
	for _, pair := range [][2]any{{0.0, negativeZero}, {int64(5), 5.0}, {0.0, uint8(0)}} {
		x, _ := jsvalue.MapKey(pair[0])
		y, _ := jsvalue.MapKey(pair[1])
		assert.Equal(t, x, y)
	}
	for x, want := range map[any]error{struct{}{}: jsvalue.ExitForeign, jsvalue.ExitThrow: jsvalue.ExitThrow} {
		_, err := jsvalue.MapKey(x)
		assert.Equal(t, want, err)
	}
	_, err := jsvalue.MapKey([]any{})
	assert.Equal(t, jsvalue.ExitAlias, err)
	var noMap map[string]any
	var noList []any
	for _, x := range []any{noMap, noList, []string{"a"}} {
		_, err := jsvalue.MapKey(x)
		assert.Equal(t, jsvalue.ExitForeign, err)
	}
}

func TestCompare(t *testing.T) {
	texts := []string{"", "a", "aa", "b", "\u07ff", "\ud7ff", "\U00010000", "\U0001F600", "\U0010FFFF", "\ue000", "\uffff"} // by UTF-16
	for i, a := range texts {
		for j, b := range texts {
			got, err := jsvalue.CompareStrings(a, b)
			require.NoError(t, err)
			assert.Equal(t, i < j, got < 0, "%+q, %+q", a, b)
			assert.Equal(t, i == j, got == 0, "%+q, %+q", a, b)
		}
	}
	_, err := jsvalue.CompareStrings("\xed\xa0\xbd", "\U0001F600")
	assert.Equal(t, jsvalue.ExitSurrogate, err)
	_, err = jsvalue.CompareStrings("\xed\xa0\xbd", "\xed\x9f\xbf")
	assert.Equal(t, jsvalue.ExitSurrogate, err)

	early, late := &jsvalue.Date{Time: 1}, &jsvalue.Date{Time: 2}
	for _, tt := range []struct {
		a, b any
		want jsvalue.Order
	}{
		{1.0, 2.0, jsvalue.Lesser}, {"10", 9.0, jsvalue.Greater}, {"10", "9", jsvalue.Lesser}, {nil, 0.0, jsvalue.Same}, {jsvalue.Undefined, 0.0, jsvalue.Unordered}, {early, late, jsvalue.Lesser}, {late, 1.0, jsvalue.Greater},
		{[]any{2.0}, 1.0, jsvalue.Greater}, {&opaque{"b"}, "a", jsvalue.Greater}, {int64(1), 1.0, jsvalue.Same}, {&jsvalue.Date{Time: math.NaN()}, 1.0, jsvalue.Unordered},
	} {
		got, err := jsvalue.Compare(tt.a, tt.b)
		assert.NoError(t, err)
		assert.Equal(t, tt.want, got, "%v, %v", tt.a, tt.b)
	}
}

func TestConversions(t *testing.T) {
	date := &jsvalue.Date{Time: 0, Zone: time.UTC}
	sum, err := jsvalue.Add(date, 1.0)
	require.NoError(t, err)
	assert.Equal(t, "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)1", sum)
	_, err = jsvalue.Add(&jsvalue.Date{}, 1.0)
	assert.Error(t, err, "no zone is known")
	n, err := jsvalue.ToNumber(&jsvalue.Date{Time: 7})
	assert.True(t, err == nil && n == 7)
	n, err = jsvalue.ToNumber(&opaque{" 5 "})
	assert.True(t, err == nil && n == 5)
	for in, want := range map[any]float64{1e300: 0, -1e300: 0, 4294967297.5: 1, -1.0: 4294967295, "x": 0, math.Inf(1): 0, 9e15: 9e15 - 4294967296*2095475} {
		got, err := jsvalue.ToUint32(in)
		if x, ok := in.(float64); ok && math.Abs(x) >= 1<<63 && !math.IsInf(x, 0) {
			assert.Equal(t, jsvalue.ExitType, err)
			continue
		}
		assert.True(t, err == nil && float64(got) == want, "ToUint32(%v) = %v", in, got)
	}
	for _, x := range []any{jsvalue.ExitThrow, struct{}{}, map[string]any{"valueOf": 1.0}, map[string]any{"__proto__": nil}} {
		for name, f := range map[string]func() error{
			"ToInteger":   func() error { _, err := jsvalue.ToInteger(x); return err },
			"ToUint32":    func() error { _, err := jsvalue.ToUint32(x); return err },
			"Add":         func() error { _, err := jsvalue.Add(x, 1.0); return err },
			"Add behind":  func() error { _, err := jsvalue.Add("a", x); return err },
			"LooseEquals": func() error { _, err := jsvalue.LooseEquals(x, 1.0); return err },
			"Compare":     func() error { _, err := jsvalue.Compare(1.0, x); return err },
			"Join":        func() error { _, err := jsvalue.Join([]any{x}, ""); return err },
		} {
			assert.Error(t, f(), "%s(%v)", name, x)
		}
	}
}

func TestStringToNumber(t *testing.T) {
	for in, want := range map[string]float64{
		"": 0, " \t\n\v\f\r\u00a0\ufeff\u2028\u3000": 0, "1": 1, "+1": 1, "-1.5e3": -1500, ".5": 0.5, "5.": 5, "0x1F": 31, "0B11": 3, "0o17": 15, "Infinity": math.Inf(1), "-Infinity": math.Inf(-1), "1e1000": math.Inf(1),
		"0x20000000000001": 9007199254740992, "0x20000000000003": 9007199254740996, "0x" + "f000000000000000000000": 0xf000000000000000000000 * 1.0,
	} {
		assert.Equal(t, want, jsvalue.StringToNumber(in), "%q", in)
	}
	for _, in := range []string{"1_0", "0x", "0xg", "-0x1", "0b2", "1e", "e1", ".", "+", "+-1", "infinity", "Infinityx", "1 2", "1n", "0o8", "--1", "\u180e1", "1\u200b", "1e+", "nan", "inf", "0x1p3", "1f"} {
		assert.True(t, math.IsNaN(jsvalue.StringToNumber(in)), "%q", in)
	}
}

func TestUnits(t *testing.T) {
	s := "aé\u20ac😀z"
	n, err := jsvalue.Length(s)
	assert.True(t, err == nil && n == 6)
	for _, tt := range []struct {
		from, to int
		want     string
		fails    bool
	}{
		{0, 1, "a", false}, {1, 3, "é\u20ac", false}, {3, 5, "😀", false}, {5, 6, "z", false}, {3, 4, "", true}, {4, 5, "", true}, {2, 2, "", false}, {0, 6, s, false},
	} {
		got, err := jsvalue.Substring(s, tt.from, tt.to)
		assert.Equal(t, tt.want, got)
		assert.Equal(t, tt.fails, err != nil, "%d to %d", tt.from, tt.to)
	}
	_, err = jsvalue.Length("a\xed\xa0\x80")
	assert.Equal(t, jsvalue.ExitSurrogate, err)
	at, err := jsvalue.Offset("ab", 5)
	assert.True(t, err == nil && at == 2)
}

func TestQuoted(t *testing.T) {
	for in, want := range map[string]string{"a\"\\\b\f\n\r\t\x01/é\u2028😀": `"a\"\\\b\f\n\r\t\u0001/é` + "\u2028" + `😀"`, "x\xed\xa0\xbdy": `"x\ud83dy"`, "": `""`} {
		got, err := jsvalue.AppendQuoted(nil, in)
		assert.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
	_, err := jsvalue.AppendQuoted(nil, "\xff")
	assert.Equal(t, jsvalue.ExitSurrogate, err)
}

func TestProperties(t *testing.T) {
	run := &jsvalue.Run{Keys: func(o map[string]any) ([]string, bool) { return []string{"b", "a"}, true }}
	keys, err := jsvalue.OwnKeys(map[string]any{"a": 1.0, "b": 2.0}, run)
	assert.NoError(t, err)
	assert.Equal(t, []string{"b", "a"}, keys)
	keys, err = jsvalue.OwnKeys(&jsvalue.Object{Keys: []string{"x", "10", "-1", "9", "4294967295"}}, nil)
	assert.NoError(t, err)
	assert.Equal(t, []string{"9", "10", "x", "-1", "4294967295"}, keys)
	for _, o := range []any{map[string]any{"a": 1.0, "b": 2.0}, nil, 1.0} {
		_, err := jsvalue.OwnKeys(o, nil)
		assert.Error(t, err)
	}
	for _, tt := range []struct {
		o, key any
		want   any
	}{
		{&opaque{}, "x", jsvalue.Undefined}, {&jsvalue.Map{Keys: []any{1.0}}, "size", 1.0}, {&jsvalue.Map{}, "x", jsvalue.Undefined}, {&jsvalue.Set{}, "size", 0.0}, {int64(1), "x", jsvalue.Undefined},
		{map[string]any{"a": "x"}, []any{"a"}, "x"}, {[]any{"x"}, "0", "x"}, {[]any{"x"}, "1", jsvalue.Undefined}, {[]any{"x"}, -1.0, jsvalue.Undefined}, {[]any{"x"}, 0.5, jsvalue.Undefined}, {"ab", "1", "b"},
		{map[string]any{"1": "x"}, 1.0, "x"}, {map[string]any{"null": "x"}, nil, "x"}, {&jsvalue.List{Items: []any{"x"}}, int64(0), "x"}, {&jsvalue.Object{Values: map[string]any{"1.5": "x"}}, 1.5, "x"},
	} {
		got, err := jsvalue.Get(tt.o, tt.key)
		assert.NoError(t, err)
		assert.Equal(t, tt.want, got, "%v[%v]", tt.o, tt.key)
	}
	for _, tt := range []struct{ o, key any }{{jsvalue.ExitThrow, "a"}, {struct{}{}, 1.0}, {nil, nil}, {map[string]any{}, jsvalue.ExitThrow}, {"\xed\xa0\x80", "length"}, {&jsvalue.Map{}, "get"}} {
		_, err := jsvalue.Get(tt.o, tt.key)
		assert.Error(t, err, "%v[%v]", tt.o, tt.key)
	}
	_, err = jsvalue.HasOwn(&opaque{}, "x")
	assert.Equal(t, jsvalue.ExitType, err)
	has, err := jsvalue.HasOwn(1.0, "x")
	assert.True(t, err == nil && !has)
}

func TestPrototypeNames(t *testing.T) {
	for _, key := range []string{"constructor", "toString", "__proto__", "__lookupGetter__", "hasOwnProperty"} {
		assert.True(t, jsvalue.OnObject(key) && jsvalue.OnArray(key) && jsvalue.OnString(key) && jsvalue.OnNumber(key) && jsvalue.OnCollection(key), key)
	}
	assert.True(t, jsvalue.OnArray("with") && jsvalue.OnString("strike") && jsvalue.OnNumber("toFixed") && jsvalue.OnCollection("union"))
	assert.False(t, jsvalue.OnObject("map") || jsvalue.OnArray("email") || jsvalue.OnString("email") || jsvalue.OnNumber("email") || jsvalue.OnCollection("email"))
}
