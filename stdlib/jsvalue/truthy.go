package jsvalue

// Type is one of ECMA-262's language types.
type Type uint8

// The types of values. NoValue is the type of an [Exit] and of Go values that are not decoded JSON.
const (
	NoValue Type = iota
	UndefinedType
	NullType
	BooleanType
	NumberType
	StringType
	ObjectType
)

// TypeIn is the language type of x. A nil map or slice is no value: JSON writes it as null.
func TypeIn(x any) Type {
	switch x := x.(type) {
	case string:
		return StringType
	case nil:
		return NullType
	case undefined:
		return UndefinedType
	case bool:
		return BooleanType
	case float64:
		return NumberType
	case map[string]any:
		if x != nil {
			return ObjectType
		}
		return NoValue
	case []any:
		if x != nil {
			return ObjectType
		}
		return NoValue
	case *Object, *List, *Set, *Map, Opaque:
		return ObjectType
	}
	if _, ok := GoNumber(x); ok {
		return NumberType
	}
	return NoValue
}

// Unknown is the error for a value of no covered type: the value itself when it is an
// exit, which a path through null or undefined is, else [ExitForeign].
func Unknown(x any) error {
	if exit, ok := x.(*Exit); ok && exit != nil {
		return exit
	}
	return ExitForeign
}

// Check answers an error for what is no value.
func Check(x any) error {
	if TypeIn(x) == NoValue {
		return Unknown(x)
	}
	return nil
}

// NotOf is the error of an operation that is not lowered for x: x itself when it is an exit,
// [ExitNullish] for null and undefined, [ExitForeign] for what is no value, else [ExitType].
func NotOf(x any) error {
	switch TypeIn(x) {
	case NoValue:
		return Unknown(x)
	case NullType, UndefinedType:
		return ExitNullish
	}
	return ExitType
}

// ToBoolean is the truthiness of a value.
//
// Source: ECMA-262 ToBoolean.
func ToBoolean(x any) (bool, error) {
	switch x := x.(type) {
	case bool:
		return x, nil
	case string:
		return x != "", nil
	case nil, undefined:
		return false, nil
	case float64:
		return x != 0 && x == x, nil
	case map[string]any:
		if x != nil {
			return true, nil
		}
	case []any:
		if x != nil {
			return true, nil
		}
	case *Object, *List, *Set, *Map, Opaque:
		return true, nil
	default:
		if n, ok := GoNumber(x); ok {
			return n != 0 && n == n, nil
		}
	}
	return false, Unknown(x)
}

// TypeOf is what JavaScript's typeof answers.
//
// Source: ECMA-262 typeof.
func TypeOf(x any) (string, error) {
	switch TypeIn(x) {
	case UndefinedType:
		return "undefined", nil
	case BooleanType:
		return "boolean", nil
	case NumberType:
		return "number", nil
	case StringType:
		return "string", nil
	case NullType, ObjectType:
		return "object", nil
	}
	return "", Unknown(x)
}
