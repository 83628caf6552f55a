package program_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/program"
)

// steps are all the steps there are, each with values in all fields.
var steps = []program.Step{
	&program.Let{}, &program.Set{}, &program.Default{}, &program.Delete{}, &program.Mutate{}, &program.AddUnless{}, &program.If{},
	&program.For{}, &program.ForKeys{}, &program.Count{}, &program.Block{}, &program.Leave{}, &program.Next{}, &program.Eval{}, &program.Log{},
	&program.Done{}, &program.Deny{}, &program.Fail{}, &program.Persist{}, &program.Return{}, &program.Exit{},
}

// full sets all fields of a value to something that is not zero.
func full(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			full(v.Field(i), depth)
		}
	case reflect.Slice:
		if v.Type().Elem() == reflect.TypeFor[program.Step]() {
			inner := []program.Step{&program.Return{At: program.Pos{Line: depth, Column: 2}}}
			v.Set(reflect.ValueOf(inner))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		full(v.Index(0), depth+1)
		full(v.Index(1), depth+1)
	case reflect.String:
		v.SetString("é<\u2028\"" + string(rune('a'+depth)))
	case reflect.Int:
		v.SetInt(int64(depth - 3))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(-0.5)
	default:
		panic(v.Type().String())
	}
}

// TestJSON: a rule with every step and every field comes back as it was, and its text is
// always the same.
func TestJSON(t *testing.T) {
	rule := program.Rule{}
	full(reflect.ValueOf(&rule).Elem(), 1)
	for _, step := range steps {
		full(reflect.ValueOf(step).Elem(), 1)
	}
	rule.Steps = append(rule.Steps, steps...)
	text, err := json.Marshal(rule)
	require.NoError(t, err)
	again, err := json.Marshal(&rule)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
	var got program.Rule
	require.NoError(t, json.Unmarshal(text, &got))
	assert.Equal(t, rule, got)

	text, err = json.Marshal(program.Rule{})
	require.NoError(t, err)
	assert.Equal(t, "{}", string(text))
	_, err = json.Marshal(program.Rule{Steps: []program.Step{nil}})
	assert.ErrorContains(t, err, "a step is nil")
}

func TestJSONRefuses(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`[]`, "a Rule is a []interface {}"},
		{`{"names":"x"}`, "not known"},
		{`{"name":1}`, "name: a text is a float64"},
		{`{"paths":{}}`, "paths: a list is a map"},
		{`{"mutatesLists":"x"}`, "a boolean is a string"},
		{`{"steps":[{"step":"jump"}]}`, `there is no step "jump"`},
		{`{"steps":[{}]}`, `there is no step ""`},
		{`{"steps":[7]}`, "a step is a float64"},
		{`{"steps":[{"step":"let","local":1.5}]}`, "1.5 is no whole number"},
		{`{"steps":[{"step":"let","local":1e12}]}`, "is no whole number"},
		{`{"steps":[{"step":"let","at":[1]}]}`, "are not 2 numbers"},
		{`{"steps":[{"step":"let","at":[1,"x"]}]}`, "x is no whole number"},
		{`{"steps":[{"step":"let","at":[1,1],"more":1}]}`, "a Let has members that are not known"},
		{`{"steps":[{"step":"count","by":"x"}]}`, "by: a number is a string"},
		{`{"steps":[{"step":"if","then":[{"step":"x"}]}]}`, `then: there is no step "x"`},
	} {
		var rule program.Rule
		err := json.Unmarshal([]byte(c.in), &rule)
		require.Error(t, err, c.in)
		assert.Contains(t, err.Error(), c.want, c.in)
	}
}

func TestUnknownStep(t *testing.T) {
	var unknown *program.UnknownStepError
	err := json.Unmarshal([]byte(`{"steps":[{"step":"if","then":[{"step":"jump"}]}]}`), &program.Rule{})
	require.ErrorAs(t, err, &unknown)
	assert.Equal(t, "jump", unknown.Name)
}
