package gojalib

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
)

// Compile compiles a script in sloppy mode. It reads no source maps, and mends what goja makes
// of `arguments` in arrow functions and of variables in closures.
func Compile(name, text string) (*goja.Program, error) {
	tree, err := goja.Parse(name, text, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, err
	}
	mend(tree, text)
	return goja.CompileAST(tree, false)
}

func mend(tree *ast.Program, text string) {
	if strings.Contains(text, "arguments") && strings.Contains(text, "=>") {
		mendArguments(tree)
	}
	mendVariables(tree)
}

// mendArguments mends the first mention of a function's arguments in an arrow function:
//
//	function () { return () => f.apply(this, arguments); }
//
// goja then leaves them on the stack, where the arrow does not find them, and the first place where it
// looks may be outside of it. It moves them when they are mentioned again, so each mention becomes two.
func mendArguments(tree *ast.Program) {
	mendBelow(reflect.ValueOf(tree), false, false)
}

var (
	expressionType = reflect.TypeFor[ast.Expression]()
	treePackage    = reflect.TypeFor[ast.Program]().PkgPath()
)

// mendBelow visits what is below a value of the tree. function says that a function other than an
// arrow is around it, arrow that there is an arrow between.
func mendBelow(v reflect.Value, function, arrow bool) {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		if id, ok := v.Interface().(*ast.Identifier); ok {
			if function && arrow && id.Name == "arguments" && v.Type() == expressionType && v.CanSet() {
				again := *id
				v.Set(reflect.ValueOf(&ast.SequenceExpression{Sequence: []ast.Expression{id, &again}}))
			}
			return
		}
		mendBelow(v.Elem(), function, arrow)
	case reflect.Pointer:
		if v.IsNil() || !leads(v.Type()) {
			return
		}
		switch n := v.Interface().(type) {
		case *ast.FunctionLiteral:
			function, arrow = true, false
		case *ast.ArrowFunctionLiteral:
			arrow = true
		case *ast.AssignExpression:
			if _, ok := n.Left.(*ast.Identifier); ok {
				mendBelow(reflect.ValueOf(&n.Right).Elem(), function, arrow)
				return
			}
		case *ast.UnaryExpression:
			if n.Operator == token.DELETE || n.Operator == token.INCREMENT || n.Operator == token.DECREMENT {
				if _, ok := n.Operand.(*ast.Identifier); ok {
					return
				}
			}
		}
		mendBelow(v.Elem(), function, arrow)
	case reflect.Struct:
		for i := range v.NumField() {
			// What is declared stands in its statement, too.
			if f := v.Field(i); leads(f.Type()) && v.Type().Field(i).Name != "DeclarationList" {
				mendBelow(f, function, arrow)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			mendBelow(v.Index(i), function, arrow)
		}
	}
}

// leads reports whether a value of a type may hold parts of the tree.
func leads(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Slice, reflect.Pointer:
		return leads(t.Elem())
	}
	return t.Kind() == reflect.Struct && t.PkgPath() == treePackage
}
