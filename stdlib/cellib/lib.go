package cellib

import (
	"strconv"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"github.com/ferrule-rules/ferrule/stdlib"
)

// Lib is the library as an option of a CEL environment, with or without CEL's standard
// library: the functions of package stdlib over dyn, the macros, the constant undefined and
// the variable run, which an evaluation sets to a *jsvalue.Run.
//
//	env, err := cel.NewEnv(cellib.Lib(), cel.Variable("user.app_metadata.plan", cel.DynType))
func Lib() cel.EnvOption { return cel.Lib(library{}) }

type library struct{}

// LibraryName makes a second Lib in one environment harmless.
func (library) LibraryName() string { return "ferrule" }

// CompileOptions implements cel.Library.
func (library) CompileOptions() []cel.EnvOption {
	options := []cel.EnvOption{
		cel.CustomTypeAdapter(Adapter{}),
		cel.Macros(Macros()...),
		cel.Constant("undefined", cel.DynType, Undefined),
		cel.Variable("run", cel.DynType),
	}
	for _, f := range stdlib.All() {
		options = append(options, function(f))
	}
	return append(options, macroFunctions()...)
}

// ProgramOptions implements cel.Library.
func (library) ProgramOptions() []cel.ProgramOption { return nil }

// mostArguments is up to how many arguments a function that takes any number is declared for.
const mostArguments = 32

// function declares a function of the registry: an overload for each number of arguments.
func function(f stdlib.Function) cel.EnvOption {
	most := f.Max
	if most < 0 {
		most = mostArguments
	}
	hidden := 0
	if f.Run {
		hidden = 1
	}
	op := operation(f)
	var overloads []cel.FunctionOpt
	for n := f.Min; n <= most; n++ {
		args := make([]*cel.Type, n+hidden)
		for i := range args {
			args[i] = cel.DynType
		}
		overloads = append(overloads, cel.Overload(f.Name+"_"+strconv.Itoa(n), args, result(f.Result), binding(op, len(args))))
	}
	return cel.Function(f.Name, overloads...)
}

// binding is an operation as CEL wants it for that number of arguments.
func binding(op func(...ref.Val) ref.Val, args int) cel.OverloadOpt {
	switch args {
	case 1:
		return cel.UnaryBinding(func(a ref.Val) ref.Val { return op(a) })
	case 2:
		return cel.BinaryBinding(func(a, b ref.Val) ref.Val { return op(a, b) })
	}
	return cel.FunctionBinding(op)
}

// result is the CEL type of a function's answers.
func result(k stdlib.Kind) *cel.Type {
	switch k {
	case stdlib.Bool:
		return cel.BoolType
	case stdlib.Number:
		return cel.DoubleType
	case stdlib.String:
		return cel.StringType
	}
	return cel.DynType
}

// macroFunctions declares what the macros call.
func macroFunctions() []cel.EnvOption {
	dyn, accu := cel.DynType, cel.TypeParamType("A")
	one, two := []*cel.Type{dyn}, []*cel.Type{dyn, dyn}
	return []cel.EnvOption{
		// To the checker a map, so that the index is no int.
		cel.Function(SeqFunc, cel.Overload("seq", one, cel.MapType(dyn, dyn), cel.UnaryBinding(Seq))),
		cel.Function(NoneFunc, cel.Overload("none", nil, dyn, cel.FunctionBinding(func(...ref.Val) ref.Val { return none }))),
		cel.Function(NewFunc, cel.Overload("new", nil, dyn, cel.FunctionBinding(func(...ref.Val) ref.Val { return New() }))),
		cel.Function(FoundFunc, cel.Overload("found", one, dyn, cel.UnaryBinding(Found))),
		cel.Function(ArrayFunc, cel.Overload("array", one, cel.ListType(dyn), cel.UnaryBinding(Array))),
		cel.Function(PushFunc, cel.Overload("push", two, dyn, cel.BinaryBinding(push))),
		cel.Function(FillsFunc, cel.Overload("fills", one, cel.BoolType, cel.UnaryBinding(Fills), cel.OverloadIsNonStrict())),
		cel.Function(IsFunc, cel.Overload("is", []*cel.Type{accu, accu}, cel.BoolType, cel.BinaryBinding(Is), cel.OverloadIsNonStrict())),
	}
}

func push(accu, x ref.Val) ref.Val {
	native, err := Native(x)
	if err != nil {
		return types.WrapErr(err)
	}
	return Push(accu, native)
}

// Is implements [IsFunc]; value is a boolean, a number or [None].
func Is(accu, value ref.Val) ref.Val { return types.Bool(accu == value) }
