package cellib

import (
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// array is an array that is referred to by nothing that changes it: one of the input, or
// a new one. CEL's macros go through it; its indexes are doubles, as all numbers are.
type array []any

func (a array) ConvertToNative(reflect.Type) (any, error) { return []any(a), nil }
func (a array) ConvertToType(t ref.Type) ref.Val          { return unconvertible(a, t) }
func (array) Type() ref.Type                              { return arrayType }
func (a array) Value() any                                { return []any(a) }

// Equal is ===: the same array. Two empty slices cannot be told apart, so they exit.
func (a array) Equal(other ref.Val) ref.Val {
	b, ok := other.(array)
	if !ok {
		return types.False
	}
	if len(a) == 0 && len(b) == 0 {
		return types.WrapErr(jsvalue.ExitAlias)
	}
	return types.Bool(len(a) == len(b) && &a[0] == &b[0])
}

// Add is not defined: JavaScript's + on arrays makes strings.
func (array) Add(ref.Val) ref.Val { return types.WrapErr(jsvalue.ExitType) }

// Contains is CEL's in, with === as equality.
func (a array) Contains(x ref.Val) ref.Val {
	for _, item := range a {
		if same := types.Equal(Value(item), x); same != types.False {
			return same
		}
	}
	return types.False
}

// Get reads an item or another property.
func (a array) Get(key ref.Val) ref.Val { return property([]any(a), key) }

// Size is the length, an int as CEL has it.
func (a array) Size() ref.Val { return types.Int(len(a)) }

// Iterator implements traits.Iterable.
func (a array) Iterator() traits.Iterator { return &iterator{rest: a} }

// Fold goes through indexes and items.
func (a array) Fold(f traits.Folder) {
	for i, item := range a {
		if !f.FoldEntry(index(i), item) {
			return
		}
	}
}

// small are the first indexes, boxed once.
var small = func() (boxed [64]ref.Val) {
	for i := range boxed {
		boxed[i] = types.Double(i)
	}
	return boxed
}()

func index(i int) ref.Val {
	if i < len(small) {
		return small[i]
	}
	return types.Double(i)
}

// iterator goes through an array.
type iterator struct{ rest []any }

func (*iterator) ConvertToNative(reflect.Type) (any, error) { return nil, jsvalue.ExitForeign }
func (it *iterator) ConvertToType(t ref.Type) ref.Val       { return unconvertible(it, t) }
func (*iterator) Type() ref.Type                            { return types.IteratorType }
func (it *iterator) Value() any                             { return it }
func (it *iterator) Equal(other ref.Val) ref.Val            { return types.Bool(it == other) }
func (it *iterator) HasNext() ref.Val                       { return types.Bool(len(it.rest) > 0) }
func (it *iterator) Next() ref.Val {
	item := it.rest[0]
	it.rest = it.rest[1:]
	return Value(item)
}

// list is an array that the run made or changes. Expressions change nothing, so that its items
// stay what they are while one is computed.
type list jsvalue.List

func (l *list) ConvertToNative(reflect.Type) (any, error) { return (*jsvalue.List)(l), nil }
func (l *list) ConvertToType(t ref.Type) ref.Val          { return unconvertible(l, t) }
func (*list) Type() ref.Type                              { return arrayType }
func (l *list) Value() any                                { return (*jsvalue.List)(l) }
func (l *list) Add(other ref.Val) ref.Val                 { return array(l.Items).Add(other) }
func (l *list) Contains(x ref.Val) ref.Val                { return array(l.Items).Contains(x) }
func (l *list) Get(key ref.Val) ref.Val                   { return property((*jsvalue.List)(l), key) }
func (l *list) Size() ref.Val                             { return array(l.Items).Size() }
func (l *list) Iterator() traits.Iterator                 { return array(l.Items).Iterator() }
func (l *list) Fold(f traits.Folder)                      { array(l.Items).Fold(f) }
func (l *list) Equal(other ref.Val) ref.Val {
	m, ok := other.(*list)
	return types.Bool(ok && l == m)
}

// collector is the array that filter and map fill.
type collector struct{ items []any }

func (*collector) ConvertToNative(reflect.Type) (any, error) { return nil, jsvalue.ExitForeign }
func (c *collector) ConvertToType(t ref.Type) ref.Val        { return unconvertible(c, t) }
func (*collector) Type() ref.Type                            { return opaqueType }
func (c *collector) Value() any                              { return c.items }
func (c *collector) Equal(other ref.Val) ref.Val             { return types.Bool(c == other) }
