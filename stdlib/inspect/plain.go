package inspect

import (
	"encoding/json"
	"math"
	"reflect"
	"sort"
	"strconv"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// KeyOrder tells in which order the keys of a decoded JSON object are printed. It
// returns all keys of m.
type KeyOrder func(m map[string]any) []string

// SortedKeys is the order of keys of an object whose own order is not known:
// integer keys ascending, then the others by UTF-16 units.
func SortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, aIndex := propertyIndex(keys[i])
		b, bIndex := propertyIndex(keys[j])
		switch {
		case aIndex && bIndex:
			return a < b
		case aIndex != bIndex:
			return aIndex
		}
		return lessUnits(keys[i], keys[j])
	})
	return keys
}

// propertyIndex reads a key as JavaScript's property order does: an array index,
// at most 2^32-2.
func propertyIndex(key string) (uint32, bool) {
	if len(key) > 10 || !isIndex(key) {
		return 0, false
	}
	n, err := strconv.ParseUint(key, 10, 32)
	return uint32(n), err == nil && n != math.MaxUint32
}

// FromJSON makes a Value of decoded JSON: map[string]any, []any, string, float64,
// bool or nil. Any Go number is a number, every other Go value is read as
// encoding/json would write it, and prints as undefined when that fails. A nil
// order means [SortedKeys]. v must not change while it is printed.
func FromJSON(v any, order KeyOrder) Value {
	if order == nil {
		order = SortedKeys
	}
	switch v := v.(type) {
	case nil:
		return Null()
	case bool:
		return Bool(v)
	case float64:
		return Number(v)
	case string:
		return String(v)
	case json.Number:
		n, err := v.Float64()
		if err != nil && n == 0 {
			return String(string(v))
		}
		return Number(n)
	case map[string]any:
		if v == nil {
			return Null()
		}
		return ObjectValue(&plainObject{members: v, order: order})
	case []any:
		if v == nil {
			return Null()
		}
		return ObjectValue(&plainObject{items: v, array: true, order: order})
	}
	switch r := reflect.ValueOf(v); {
	case r.CanInt():
		return Number(float64(r.Int()))
	case r.CanUint():
		return Number(float64(r.Uint()))
	case r.Kind() == reflect.Float32:
		n, _ := strconv.ParseFloat(strconv.FormatFloat(r.Float(), 'g', -1, 32), 64)
		return Number(n)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return Value{}
	}
	var decoded any
	if json.Unmarshal(text, &decoded) != nil {
		return Value{}
	}
	return FromJSON(decoded, order)
}

// plainObject is a decoded JSON object or array as an Object. Its prototypes are
// imagined: Object.prototype or Array.prototype, unchanged.
type plainObject struct {
	members map[string]any
	items   []any
	array   bool
	order   KeyOrder
	keys    []string
}

type itemsID struct {
	data uintptr
	size int
}

func (o *plainObject) ID() any {
	if o.array {
		return itemsID{reflect.ValueOf(o.items).Pointer(), len(o.items)}
	}
	return reflect.ValueOf(o.members).Pointer()
}

func (o *plainObject) Class() Class {
	if o.array {
		return ClassArray
	}
	return ClassOrdinary
}

func (o *plainObject) Slots(int) Slots { return Slots{Length: len(o.items)} }

func (o *plainObject) Prototype() Object { return plainPrototype(o.array) }

func (o *plainObject) Keys(filter KeyFilter, limit int) []Key {
	if o.array {
		var keys []Key
		if filter&KeysNoIndex == 0 {
			for i := range o.items {
				if limit >= 0 && i >= limit {
					return keys
				}
				keys = append(keys, NameKey(strconv.Itoa(i)))
			}
		}
		if filter&KeysHidden != 0 {
			keys = append(keys, NameKey("length"))
		}
		return keys
	}
	if o.keys == nil {
		o.keys = o.order(o.members)
	}
	keys := make([]Key, 0, len(o.keys))
	for _, k := range o.keys {
		if _, index := propertyIndex(k); index && filter&KeysNoIndex != 0 {
			continue
		}
		keys = append(keys, Key{Name: cleanText(k), Ref: k})
	}
	return keys
}

func (o *plainObject) Own(key Key) (Property, bool) {
	if key.Symbol != nil {
		return Property{}, false
	}
	if o.array {
		if key.Name == "length" {
			return Property{Value: Number(float64(len(o.items)))}, true
		}
		i, ok := propertyIndex(key.Name)
		if !ok || int64(i) >= int64(len(o.items)) {
			return Property{}, false
		}
		return Property{Value: FromJSON(o.items[i], o.order), Enumerable: true}, true
	}
	name := key.Name
	if raw, ok := key.Ref.(string); ok {
		name = raw
	}
	v, ok := o.members[name]
	if !ok {
		return Property{}, false
	}
	return Property{Value: FromJSON(v, o.order), Enumerable: true}, true
}

func (o *plainObject) Has(key Key) bool {
	if key.Symbol != nil {
		return o.array && key.Symbol == SymbolIterator
	}
	_, own := o.Own(key)
	return own
}

func (o *plainObject) Get(key Key) Value {
	if prop, ok := o.Own(key); ok {
		return prop.Value
	}
	return plainPrototype(o.array).Get(key)
}

func (o *plainObject) IsInstance(constructor Object) bool {
	return constructor == builtinFunction(o.array)
}
func (o *plainObject) Builtin() string { return "" }

func (o *plainObject) Custom(Object, int, *Options) (Value, bool) { return Value{}, false }

func (o *plainObject) ToNumber() float64 { return jsvalue.StringToNumber(o.ToText()) }
