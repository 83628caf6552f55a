package stdlib

import (
	"fmt"
	"slices"
)

// Kind is what is known beforehand of a function's answer.
type Kind uint8

// The kinds of answers.
const (
	Any Kind = iota
	Bool
	Number
	String
	NewList   // an array that nothing else refers to
	NewObject // an object that nothing else refers to
)

// Function is one function of the library.
type Function struct {
	Name string // in expr and CEL texts
	// Min and Max are the numbers of arguments, run left out; Max is -1 for any number.
	Min, Max int
	Result   Kind
	Run      bool // it takes the *jsvalue.Run behind its other arguments
	// Impl is the Go function: parameters of type any (or one ...any), the *jsvalue.Run as
	// any too; results (T, error) with T bool, float64, string, []any or any.
	// An optional argument that is left out is jsvalue.Undefined: the generators fill up to Max.
	Impl any
	Doc  string // signature and examples
}

// registry is made of the tables beside the functions.
var registry = makeRegistry()

func makeRegistry() map[string]Function {
	made := map[string]Function{}
	for _, table := range [][]Function{
		coreFunctions, constructFunctions, stringFunctions, arrayFunctions, objectFunctions, collectionFunctions, jsonFunctions, mathFunctions,
		numberFunctions, uriFunctions, dateFunctions, regexpFunctions, urlFunctions,
	} {
		for _, f := range table {
			if _, twice := made[f.Name]; twice {
				panic(fmt.Sprintf("internal error: two library functions are called %s", f.Name))
			}
			made[f.Name] = f
		}
	}
	return made
}

// Lookup finds a function by its name.
func Lookup(name string) (Function, bool) {
	f, ok := registry[name]
	return f, ok
}

// All lists the functions by name. The slice is new at each call.
func All() []Function {
	all := make([]Function, 0, len(registry))
	for _, f := range registry {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b Function) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return all
}
