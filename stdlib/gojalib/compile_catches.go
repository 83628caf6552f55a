package gojalib

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// caughtName is the variable of what looks at errors that are caught; no script can spell it.
const caughtName = "%caught"

// CompileRule compiles an expression in parentheses as [Compile] does. Where it catches errors, in a
// catch block or a handler of a promise, the value is a function instead: of a function that
// sees each of these errors before the script does, of which it makes the expression's value.
// That function is called with what is caught, or with a handler whose argument will be an error
// and in whose place its answer stands.
func CompileRule(name, text string) (program *goja.Program, catches bool, err error) {
	tree, err := goja.Parse(name, text, parser.WithDisableSourceMaps)
	if err != nil {
		return nil, false, err
	}
	mend(tree, text)
	if statement, ok := onlyExpression(tree); ok && tellCaught(reflect.ValueOf(tree)) {
		at := statement.Idx0()
		list := &ast.ParameterList{Opening: at, List: []*ast.Binding{{Target: caughtVariable(at)}}, Closing: at}
		statement.Expression = &ast.ArrowFunctionLiteral{Start: at, ParameterList: list, Body: &ast.ExpressionBody{Expression: statement.Expression}, Source: text}
		catches = true
	}
	program, err = goja.CompileAST(tree, false)
	return program, catches, err
}

func onlyExpression(tree *ast.Program) (*ast.ExpressionStatement, bool) {
	if len(tree.Body) != 1 {
		return nil, false
	}
	statement, ok := tree.Body[0].(*ast.ExpressionStatement)
	return statement, ok
}

func caughtVariable(at file.Idx) *ast.Identifier { return &ast.Identifier{Name: caughtName, Idx: at} }

func caughtCall(of ast.Expression) *ast.CallExpression {
	at := of.Idx0()
	return &ast.CallExpression{Callee: caughtVariable(at), LeftParenthesis: at, ArgumentList: []ast.Expression{of}, RightParenthesis: at}
}

// handlers are the methods whose last argument gets errors. What is no promise and has such a method
// gets a function in its place, too.
var handlers = []unistring.String{"catch", "fail", "caught"}

// tellCaught puts the calls in, and reports whether there are any.
func tellCaught(v reflect.Value) (told bool) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() || !leads(v.Type()) && v.Kind() == reflect.Pointer {
			return false
		}
		switch n := v.Interface().(type) {
		case *ast.CatchStatement:
			told = tellBlock(n)
		case *ast.CallExpression:
			told = tellHandler(n)
		}
		return tellCaught(v.Elem()) || told
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); leads(f.Type()) && v.Type().Field(i).Name != "DeclarationList" {
				told = tellCaught(f) || told
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			told = tellCaught(v.Index(i)) || told
		}
	}
	return told
}

// tellBlock begins a catch block with the call. A pattern takes apart what the call answers.
func tellBlock(n *ast.CatchStatement) bool {
	switch parameter := n.Parameter.(type) {
	case nil:
		return false
	case *ast.Identifier:
		call := &ast.ExpressionStatement{Expression: caughtCall(&ast.Identifier{Name: parameter.Name, Idx: parameter.Idx})}
		n.Body.List = slices.Insert(n.Body.List, 0, ast.Statement(call))
	default:
		at := parameter.Idx0()
		n.Parameter = &ast.Identifier{Name: "%error", Idx: at}
		taken := &ast.LexicalDeclaration{Idx: at, Token: token.LET, List: []*ast.Binding{{Target: parameter, Initializer: caughtCall(&ast.Identifier{Name: "%error", Idx: at})}}}
		n.Body = &ast.BlockStatement{LeftBrace: n.Body.LeftBrace, List: []ast.Statement{taken, n.Body}, RightBrace: n.Body.RightBrace}
	}
	return true
}

// tellHandler wraps the handler of errors in a call of a promise's method.
func tellHandler(n *ast.CallExpression) bool {
	callee, ok := n.Callee.(*ast.DotExpression)
	last := len(n.ArgumentList) - 1
	if !ok || last < 0 || !(slices.Contains(handlers, callee.Identifier.Name) || callee.Identifier.Name == "then" && last == 1) {
		return false
	}
	if _, spread := n.ArgumentList[last].(*ast.SpreadElement); spread {
		return false
	}
	n.ArgumentList[last] = caughtCall(n.ArgumentList[last])
	return true
}
