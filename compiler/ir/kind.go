package ir

import (
	"fmt"
	"math"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Type is what is known of an expression's value before it is computed.
type Type uint8

// The types.
const (
	AnyType Type = iota
	BoolType
	NumberType
	StringType
	NewListType   // an array that nothing else refers to
	NewObjectType // an object that nothing else refers to
	NullType
	UndefinedType
)

var typeNames = [...]string{"any", "bool", "number", "string", "new list", "new object", "null", "undefined"}

// String is the type's name.
func (t Type) String() string { return typeNames[t] }

// Primitive reports whether values of the type are compared by what they are.
func (t Type) Primitive() bool {
	switch t {
	case BoolType, NumberType, StringType, NullType, UndefinedType:
		return true
	default:
		return false
	}
}

var kindTypes = map[stdlib.Kind]Type{
	stdlib.Any: AnyType, stdlib.Bool: BoolType, stdlib.Number: NumberType, stdlib.String: StringType,
	stdlib.NewList: NewListType, stdlib.NewObject: NewObjectType,
}

// TypeOf is the type of the value that e has when it does not exit.
func TypeOf(e Expr) Type {
	switch e := e.(type) {
	case *Const:
		return typeOfConst(e.Value)
	case *Call:
		f, _ := stdlib.Lookup(e.Func)
		return kindTypes[f.Result]
	case *Not, *In:
		return BoolType
	case *And:
		return join(falsyType(e.X), TypeOf(e.Y))
	case *Or:
		return join(truthyType(e.X), TypeOf(e.Y))
	case *Coalesce:
		switch x := TypeOf(e.X); x {
		case NullType, UndefinedType:
			return TypeOf(e.Y)
		case AnyType:
			return AnyType
		default:
			return x
		}
	case *Cond:
		return join(TypeOf(e.Then), TypeOf(e.Else))
	case *OptGet:
		return join(UndefinedType, TypeOf(e.Then))
	case *List:
		return NewListType
	case *Object:
		return NewObjectType
	case *Each:
		switch e.Kind {
		case Some, Every:
			return BoolType
		case FindIndex:
			return NumberType
		case Filter, Map:
			return NewListType
		default: // Find
			return AnyType
		}
	default: // Root, Local, Path, Get, Regexp, ItemVar
		return AnyType
	}
}

// never stands for a value that is not there.
const never = Type(255)

// falsyType is the type of e where e is falsy; never when it cannot be.
func falsyType(e Expr) Type {
	if c, ok := e.(*Const); ok && c.Truthy() {
		return never
	}
	if t := TypeOf(e); t != NewListType && t != NewObjectType {
		return t
	}
	return never
}

// truthyType is the type of e where e is truthy; never when it cannot be.
func truthyType(e Expr) Type {
	if c, ok := e.(*Const); ok && !c.Truthy() {
		return never
	}
	if t := TypeOf(e); t != NullType && t != UndefinedType {
		return t
	}
	return never
}

func join(a, b Type) Type {
	switch {
	case a == never || a == b:
		return b
	case b == never:
		return a
	}
	return AnyType
}

func typeOfConst(v any) Type {
	switch v.(type) {
	case nil:
		return NullType
	case bool:
		return BoolType
	case float64:
		return NumberType
	case string:
		return StringType
	}
	return UndefinedType
}

// Truthy is ECMA-262 ToBoolean of the constant.
func (e *Const) Truthy() bool {
	switch v := e.Value.(type) {
	case nil:
		return false
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	case string:
		return v != ""
	}
	return !jsvalue.IsUndefined(e.Value)
}

// ConstString is the value of a constant string.
func ConstString(e Expr) (string, bool) {
	c, ok := e.(*Const)
	if !ok {
		return "", false
	}
	s, ok := c.Value.(string)
	return s, ok
}

// ConstNumber is the value of a constant number.
func ConstNumber(e Expr) (float64, bool) {
	c, ok := e.(*Const)
	if !ok {
		return 0, false
	}
	n, ok := c.Value.(float64)
	return n, ok
}

// Constants are the values of a List of constants only.
func Constants(e Expr) ([]any, bool) {
	l, ok := e.(*List)
	if !ok {
		return nil, false
	}
	values := make([]any, len(l.Items))
	for i, item := range l.Items {
		c, ok := item.X.(*Const)
		if !ok || item.Spread {
			return nil, false
		}
		values[i] = c.Value
	}
	return values, true
}

// Fresh reports whether an array that an expression answers is new: referred to by nothing
// else. An expression that never answers an array is.
func Fresh(x Expr) bool {
	switch x := x.(type) {
	case *Const, *Not, *In, *List, *Object, *Regexp:
		return true
	case *Root, *Local, *Path, *Get, *ItemVar:
		return false
	case *Call:
		f, ok := stdlib.Lookup(x.Func)
		return ok && f.Result != stdlib.Any || copies[x.Func]
	case *And:
		return Fresh(x.Y) // a falsy X is no array
	case *Or:
		return Fresh(x.X) && Fresh(x.Y)
	case *Coalesce:
		return Fresh(x.X) && Fresh(x.Y)
	case *Cond:
		return Fresh(x.Then) && Fresh(x.Else)
	case *OptGet:
		return Fresh(x.Then)
	case *Each:
		return x.Kind != Find
	}
	panic(fmt.Sprintf("internal error: freshness of %T", x))
}

// copies are functions on texts and arrays that answer a new array for an array.
var copies = map[string]bool{"slice": true, "concat": true}
