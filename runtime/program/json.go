package program

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// stepTypes are the steps by the name that JSON has for them.
var stepTypes = func() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	for _, step := range []Step{
		&Let{}, &Set{}, &Default{}, &Delete{}, &Mutate{}, &AddUnless{}, &If{}, &For{}, &ForKeys{}, &Count{}, &Block{}, &Leave{}, &Next{},
		&Eval{}, &Log{}, &Done{}, &Deny{}, &Fail{}, &Persist{}, &Return{}, &Exit{},
	} {
		t := reflect.TypeOf(step).Elem()
		types[memberName(t.Name())] = t
	}
	return types
}()

// UnknownStepError says that a saved rule holds a step that this version does not know.
type UnknownStepError struct {
	Name string // "" when the step names none
}

func (e *UnknownStepError) Error() string { return fmt.Sprintf("there is no step %q", e.Name) }

// memberName is the name that JSON has for a field or a step: mutatesLists.
func memberName(name string) string { return strings.ToLower(name[:1]) + name[1:] }

var (
	stepType = reflect.TypeFor[Step]()
	posType  = reflect.TypeFor[Pos]()
	markType = reflect.TypeFor[Mark]()
)

// stepMember is the member of a step's object that says which step it is.
const stepMember = "step"

// MarshalJSON writes the rule as one object, always the same for the same rule. A member
// with the zero value of its type is left out; a Pos is [line,column], a Mark
// [offset,line,column], a step has its name in the member step:
//
//	{"name":"deny","exprs":[{"expr":"…","cel":"…","at":[2,7]}],"steps":[{"step":"deny","at":[2,3],"message":0}]}
func (r Rule) MarshalJSON() ([]byte, error) {
	return appendStruct(nil, reflect.ValueOf(r), "")
}

func appendStruct(b []byte, v reflect.Value, step string) ([]byte, error) {
	b = append(b, '{')
	if step != "" {
		b = append(b, `"`+stepMember+`":"`+step+`"`...)
	}
	var err error
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, memberName(v.Type().Field(i).Name)...)
		b = append(b, '"', ':')
		if b, err = appendValue(b, v.Field(i)); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendValue(b []byte, v reflect.Value) (_ []byte, err error) {
	switch {
	case v.Type() == stepType:
		if v.IsNil() {
			return nil, fmt.Errorf("a step is nil")
		}
		s := v.Elem().Elem()
		return appendStruct(b, s, memberName(s.Type().Name()))
	case v.Type() == posType:
		return appendNumbers(b, v.Field(0), v.Field(1)), nil
	case v.Type() == markType:
		at := v.Field(1)
		return appendNumbers(b, v.Field(0), at.Field(0), at.Field(1)), nil
	}
	switch v.Kind() {
	case reflect.Struct:
		return appendStruct(b, v, "")
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = appendValue(b, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	text, err := json.Marshal(v.Interface())
	return append(b, text...), err
}

func appendNumbers(b []byte, numbers ...reflect.Value) []byte {
	b = append(b, '[')
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n.Int(), 10)
	}
	return append(b, ']')
}

// UnmarshalJSON reads what MarshalJSON writes, and refuses members and steps that it does
// not know. Whether the numbers in it make a rule that can run is runtime/steps' to check.
func (r *Rule) UnmarshalJSON(text []byte) error {
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		return err
	}
	made := Rule{}
	if err := fill(reflect.ValueOf(&made).Elem(), tree); err != nil {
		return fmt.Errorf("compiled rule: %w", err)
	}
	*r = made
	return nil
}

// fill sets v to a decoded JSON value.
func fill(v reflect.Value, tree any) error {
	switch {
	case v.Type() == stepType:
		return fillStep(v, tree)
	case v.Type() == posType:
		return fillNumbers(tree, v.Field(0), v.Field(1))
	case v.Type() == markType:
		at := v.Field(1)
		return fillNumbers(tree, v.Field(0), at.Field(0), at.Field(1))
	}
	switch v.Kind() {
	case reflect.Struct:
		return fillStruct(v, tree, "")
	case reflect.Slice:
		list, ok := tree.([]any)
		if !ok {
			return fmt.Errorf("a list is a %T", tree)
		}
		made := reflect.MakeSlice(v.Type(), len(list), len(list))
		for i, item := range list {
			if err := fill(made.Index(i), item); err != nil {
				return err
			}
		}
		v.Set(made)
		return nil
	case reflect.String:
		text, ok := tree.(string)
		if !ok {
			return fmt.Errorf("a text is a %T", tree)
		}
		v.SetString(text)
		return nil
	case reflect.Bool:
		value, ok := tree.(bool)
		if !ok {
			return fmt.Errorf("a boolean is a %T", tree)
		}
		v.SetBool(value)
		return nil
	case reflect.Int:
		return fillInt(v, tree)
	case reflect.Float64:
		value, ok := tree.(float64)
		if !ok {
			return fmt.Errorf("a number is a %T", tree)
		}
		v.SetFloat(value)
		return nil
	}
	panic("internal error: programs have no values of type " + v.Type().String())
}

func fillInt(v reflect.Value, tree any) error {
	value, ok := tree.(float64)
	if !ok || value != math.Trunc(value) || math.Abs(value) > math.MaxInt32 {
		return fmt.Errorf("%v is no whole number", tree)
	}
	v.SetInt(int64(value))
	return nil
}

func fillNumbers(tree any, to ...reflect.Value) error {
	list, ok := tree.([]any)
	if !ok || len(list) != len(to) {
		return fmt.Errorf("%v are not %d numbers", tree, len(to))
	}
	for i, item := range list {
		if err := fillInt(to[i], item); err != nil {
			return err
		}
	}
	return nil
}

func fillStep(v reflect.Value, tree any) error {
	object, ok := tree.(map[string]any)
	if !ok {
		return fmt.Errorf("a step is a %T", tree)
	}
	name, _ := object[stepMember].(string)
	t, ok := stepTypes[name]
	if !ok {
		return &UnknownStepError{name}
	}
	made := reflect.New(t)
	if err := fillStruct(made.Elem(), tree, stepMember); err != nil {
		return err
	}
	v.Set(made)
	return nil
}

// fillStruct sets the fields that an object has; besides is a member that is no field.
func fillStruct(v reflect.Value, tree any, besides string) error {
	object, ok := tree.(map[string]any)
	if !ok {
		return fmt.Errorf("a %s is a %T", v.Type().Name(), tree)
	}
	known := 0
	for i := range v.NumField() {
		name := memberName(v.Type().Field(i).Name)
		item, ok := object[name]
		if !ok {
			continue
		}
		known++
		if err := fill(v.Field(i), item); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if besides != "" {
		known++
	}
	if known != len(object) {
		return fmt.Errorf("a %s has members that are not known", v.Type().Name())
	}
	return nil
}
