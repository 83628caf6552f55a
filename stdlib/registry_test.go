package stdlib_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/stdlib"
)

// TestRegistry checks that every entry says what its Go function is.
func TestRegistry(t *testing.T) {
	all := stdlib.All()
	assert.True(t, slices.IsSortedFunc(all, func(a, b stdlib.Function) int { return strings.Compare(a.Name, b.Name) }))
	results := map[stdlib.Kind][]string{
		stdlib.Bool: {"bool"}, stdlib.Number: {"float64"}, stdlib.String: {"string"}, stdlib.NewList: {"[]interface {}"}, stdlib.NewObject: {"interface {}"},
		stdlib.Any: {"interface {}", "[]interface {}"},
	}
	for _, f := range all {
		found, ok := stdlib.Lookup(f.Name)
		assert.True(t, ok && found.Name == f.Name)
		assert.NotEmpty(t, f.Doc, f.Name)
		impl := reflect.TypeOf(f.Impl)
		if !assert.Equal(t, 2, impl.NumOut(), f.Name) {
			continue
		}
		assert.Contains(t, results[f.Result], impl.Out(0).String(), f.Name)
		assert.Equal(t, "error", impl.Out(1).String(), f.Name)
		if impl.IsVariadic() {
			assert.Equal(t, -1, f.Max, f.Name)
			continue
		}
		parameters := f.Max
		if f.Run {
			parameters++
		}
		assert.Equal(t, parameters, impl.NumIn(), f.Name)
		for i := range impl.NumIn() {
			assert.Equal(t, "interface {}", impl.In(i).String(), f.Name)
		}
	}
	_, ok := stdlib.Lookup("eval")
	assert.False(t, ok)
}
