package cellib

import (
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"
)

// The functions that only the macros call. Their names cannot be written in a text.
const (
	// SeqFunc answers its argument when it is an array, as what CEL can go through.
	SeqFunc = "@seq"
	// IsFunc (accumulator, value) reports whether the accumulator is that value. An error is
	// not: the loop ends, and the accumulator, which is its result, is the error.
	IsFunc = "@is"
	// NoneFunc is the accumulator of find before anything was found.
	NoneFunc = "@none"
	// FoundFunc is find's answer: undefined for none.
	FoundFunc = "@found"
	// NewFunc is a new, empty collector.
	NewFunc = "@new"
	// PushFunc (collector, value) appends.
	PushFunc = "@push"
	// FillsFunc reports whether the accumulator is a collector and no error.
	FillsFunc = "@fills"
	// ArrayFunc is the array that a collector filled.
	ArrayFunc = "@array"
)

// Macros are JavaScript's array methods and cel.bind. Other than CEL's own exists and all, they
// stop at the first error: no later item can make up for it.
//
//	list.some(x, p)   list.every(x, p)   list.find(x, p)   list.findIndex(x, p)
//	list.filter(x, p) list.map(x, f)     each also with the index: list.some(x, i, p)
//	cel.bind(x, value, expression)
func Macros() []parser.Macro {
	var made []parser.Macro
	for _, m := range []struct {
		name   string
		expand func(each) ast.Expr
	}{
		{"some", some}, {"every", every}, {"find", find}, {"findIndex", findIndex}, {"filter", filter}, {"map", mapped},
	} {
		for _, args := range []int{2, 3} {
			made = append(made, parser.NewReceiverMacro(m.name, args, expander(m.expand)))
		}
	}
	return append(made, parser.NewReceiverMacro("bind", 3, bind))
}

// each is a macro's call.
type each struct {
	parser.ExprHelper
	list  ast.Expr
	item  string
	index string
	body  ast.Expr
}

// expander reads the arguments of a macro: the item's name, the index's when there are
// three, and the body.
func expander(expand func(each) ast.Expr) parser.MacroExpander {
	return func(h parser.ExprHelper, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
		e := each{ExprHelper: h, list: h.NewCall(SeqFunc, target), index: "@index", body: args[len(args)-1]}
		for i, arg := range args[:len(args)-1] {
			if arg.Kind() != ast.IdentKind {
				return nil, h.NewError(arg.ID(), "the macro's variable is no name")
			}
			if i == 0 {
				e.item = arg.AsIdent()
			} else {
				e.index = arg.AsIdent()
			}
		}
		return expand(e), nil
	}
}

// fold is the loop over the list.
func (e each) fold(start, while, step, result ast.Expr) ast.Expr {
	return e.NewComprehensionTwoVar(e.list, e.index, e.item, e.AccuIdentName(), start, while, step, result)
}

// until is the condition of a loop that goes on as long as the accumulator is a value.
func (e each) until(value ast.Expr) ast.Expr {
	return e.NewCall(IsFunc, e.NewAccuIdent(), value)
}

func (e each) choose(yes, no ast.Expr) ast.Expr { return e.NewCall("_?_:_", e.body, yes, no) }
func (e each) bool(b bool) ast.Expr             { return e.NewLiteral(types.Bool(b)) }
func (e each) number(n float64) ast.Expr        { return e.NewLiteral(types.Double(n)) }

func some(e each) ast.Expr {
	return e.fold(e.bool(false), e.until(e.bool(false)), e.body, e.NewAccuIdent())
}

func every(e each) ast.Expr {
	return e.fold(e.bool(true), e.until(e.bool(true)), e.body, e.NewAccuIdent())
}

func find(e each) ast.Expr {
	return e.fold(e.NewCall(NoneFunc), e.until(e.NewCall(NoneFunc)), e.choose(e.NewIdent(e.item), e.NewCall(NoneFunc)),
		e.NewCall(FoundFunc, e.NewAccuIdent()))
}

func findIndex(e each) ast.Expr {
	return e.fold(e.number(-1), e.until(e.number(-1)), e.choose(e.NewIdent(e.index), e.number(-1)), e.NewAccuIdent())
}

func filter(e each) ast.Expr {
	return e.collect(e.choose(e.NewCall(PushFunc, e.NewAccuIdent(), e.NewIdent(e.item)), e.NewAccuIdent()))
}

func mapped(e each) ast.Expr {
	return e.collect(e.NewCall(PushFunc, e.NewAccuIdent(), e.body))
}

// collect is a loop that makes an array.
func (e each) collect(step ast.Expr) ast.Expr {
	return e.fold(e.NewCall(NewFunc), e.NewCall(FillsFunc, e.NewAccuIdent()), step, e.NewCall(ArrayFunc, e.NewAccuIdent()))
}

// bind is cel.bind of CEL's extensions: the value is computed where it is first needed, once.
func bind(h parser.ExprHelper, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	if target.Kind() != ast.IdentKind || target.AsIdent() != "cel" {
		return nil, nil
	}
	if args[0].Kind() != ast.IdentKind {
		return nil, h.NewError(args[0].ID(), "cel.bind()'s variable is no name")
	}
	name := args[0].AsIdent()
	return h.NewComprehension(h.NewList(), "#unused", name, args[1],
		h.NewLiteral(types.False), h.NewIdent(name), args[2]), nil
}
