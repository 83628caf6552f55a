package cellib

import (
	"reflect"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// The types of the values that CEL has no type for. They hold what they stand for as it is.
var (
	undefinedType = types.NewOpaqueType("ferrule.undefined")
	objectType    = types.NewObjectType("ferrule.object", traits.IndexerType)
	arrayType     = types.NewObjectType("ferrule.array", traits.ListerType|traits.FoldableType)
	opaqueType    = types.NewObjectType("ferrule.opaque", traits.IndexerType)
)

// Value answers the CEL value of a value of a lowered program. Strings, numbers, booleans and
// null are CEL's own, numbers always double; objects, arrays and what a run makes are passed
// on without a copy; an *jsvalue.Exit is a CEL error. A Go value that is none of these is
// the error of [jsvalue.ExitForeign].
func Value(x any) ref.Val {
	switch x := x.(type) {
	case nil:
		return types.NullValue
	case bool:
		return types.Bool(x)
	case string:
		return types.String(x)
	case float64:
		return types.Double(x)
	case map[string]any:
		return object(x)
	case []any:
		return array(x)
	case *jsvalue.Object:
		return (*made)(x)
	case *jsvalue.List:
		return (*list)(x)
	case *jsvalue.Exit:
		return types.WrapErr(x)
	case ref.Val:
		return x
	}
	return rare(x)
}

// rare is Value for what seldom comes.
func rare(x any) ref.Val {
	switch x := x.(type) {
	case *jsvalue.Set, *jsvalue.Map, *jsvalue.Run, jsvalue.Opaque, jsvalue.Pattern:
		return opaque{x}
	}
	if jsvalue.IsUndefined(x) {
		return Undefined
	}
	if n, ok := jsvalue.GoNumber(x); ok {
		return types.Double(n)
	}
	return types.WrapErr(jsvalue.ExitForeign)
}

// Native answers what a CEL value stands for. A CEL error is an *jsvalue.Exit as error;
// CEL's own lists and maps become new arrays and objects.
func Native(v ref.Val) (any, error) {
	switch v := v.(type) {
	case types.Null:
		return nil, nil
	case types.Bool:
		return bool(v), nil
	case types.String:
		return string(v), nil
	case types.Double:
		return float64(v), nil
	case object:
		return map[string]any(v), nil
	case array:
		return []any(v), nil
	case *made:
		return (*jsvalue.Object)(v), nil
	case *list:
		return (*jsvalue.List)(v), nil
	case opaque:
		return v.x, nil
	case undefined:
		return jsvalue.Undefined, nil
	case *types.Err:
		return nil, Exit(v)
	case types.Int:
		return float64(v), nil
	case types.Uint:
		return float64(v), nil
	case traits.Lister:
		return nativeList(v)
	case traits.Mapper:
		return nativeMap(v)
	}
	return nil, jsvalue.ExitForeign
}

// Exit answers the exit that a CEL error is. An error of CEL itself, as of an operator
// whose operand has no type that it is made for, is a value of a shape that is not covered.
func Exit(e *types.Err) *jsvalue.Exit {
	if x, ok := e.Unwrap().(*jsvalue.Exit); ok {
		return x
	}
	return jsvalue.ExitType
}

func nativeList(l traits.Lister) (any, error) {
	size, ok := l.Size().(types.Int)
	if !ok {
		return nil, jsvalue.ExitForeign
	}
	items := make([]any, size)
	for i := range items {
		item, err := Native(l.Get(types.Int(i)))
		if err != nil {
			return nil, err
		}
		items[i] = item
	}
	return items, nil
}

func nativeMap(m traits.Mapper) (any, error) {
	made := map[string]any{}
	for it := m.Iterator(); it.HasNext() == types.True; {
		key := it.Next()
		name, ok := key.(types.String)
		if !ok {
			return nil, jsvalue.ExitForeign
		}
		value, err := Native(m.Get(key))
		if err != nil {
			return nil, err
		}
		made[string(name)] = value
	}
	return made, nil
}

// Adapter is [Value] as CEL asks for it.
type Adapter struct{}

// NativeToValue implements types.Adapter.
func (Adapter) NativeToValue(x any) ref.Val { return Value(x) }

// undefined is JavaScript's undefined.
type undefined struct{}

// Undefined is the value of the constant undefined.
var Undefined ref.Val = undefined{}

func (undefined) ConvertToNative(reflect.Type) (any, error) { return jsvalue.Undefined, nil }
func (u undefined) ConvertToType(t ref.Type) ref.Val        { return unconvertible(u, t) }
func (undefined) Type() ref.Type                            { return undefinedType }
func (undefined) Value() any                                { return jsvalue.Undefined }
func (undefined) Equal(other ref.Val) ref.Val {
	_, ok := other.(undefined)
	return types.Bool(ok)
}

// object is an object of the input. Objects are equal when they are the same, as with ===.
type object map[string]any

func (o object) ConvertToNative(reflect.Type) (any, error) { return map[string]any(o), nil }
func (o object) ConvertToType(t ref.Type) ref.Val          { return unconvertible(o, t) }
func (object) Type() ref.Type                              { return objectType }
func (o object) Value() any                                { return map[string]any(o) }
func (o object) Get(key ref.Val) ref.Val                   { return property(map[string]any(o), key) }
func (o object) Equal(other ref.Val) ref.Val {
	p, ok := other.(object)
	return types.Bool(ok && reflect.ValueOf(o).Pointer() == reflect.ValueOf(p).Pointer())
}

// made is an object that the run made.
type made jsvalue.Object

func (m *made) ConvertToNative(reflect.Type) (any, error) { return (*jsvalue.Object)(m), nil }
func (m *made) ConvertToType(t ref.Type) ref.Val          { return unconvertible(m, t) }
func (*made) Type() ref.Type                              { return objectType }
func (m *made) Value() any                                { return (*jsvalue.Object)(m) }
func (m *made) Get(key ref.Val) ref.Val                   { return property((*jsvalue.Object)(m), key) }
func (m *made) Equal(other ref.Val) ref.Val {
	p, ok := other.(*made)
	return types.Bool(ok && m == p)
}

// opaque is a date, a set, a URL, …, and the hidden run.
type opaque struct{ x any }

func (o opaque) ConvertToNative(reflect.Type) (any, error) { return o.x, nil }
func (o opaque) ConvertToType(t ref.Type) ref.Val          { return unconvertible(o, t) }
func (opaque) Type() ref.Type                              { return opaqueType }
func (o opaque) Value() any                                { return o.x }
func (o opaque) Get(key ref.Val) ref.Val                   { return property(o.x, key) }
func (o opaque) Equal(other ref.Val) ref.Val {
	p, ok := other.(opaque)
	if !ok {
		return types.False
	}
	if !reflect.TypeOf(o.x).Comparable() {
		return types.WrapErr(jsvalue.ExitType)
	}
	return types.Bool(o.x == p.x)
}

// property reads a property as JavaScript does; one that is absent is undefined.
func property(x any, key ref.Val) ref.Val {
	name, err := Native(key)
	if err != nil {
		return types.WrapErr(err)
	}
	value, err := jsvalue.Get(x, name)
	if err != nil {
		return types.WrapErr(err)
	}
	return Value(value)
}

// unconvertible answers the type of a value, or the error that it is of no other type.
func unconvertible(v ref.Val, t ref.Type) ref.Val {
	switch t {
	case types.TypeType:
		return v.Type().(ref.Val)
	case v.Type():
		return v
	}
	return types.WrapErr(jsvalue.ExitType)
}
