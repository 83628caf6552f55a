package gojalib

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// mendVariables mends variables that begin with an argument's value:
//
//	function (a) { var b; return () => [a, b]; } // of (1, 2)
//
// When goja keeps a function's arguments where closures find them, because of one of these or of
// `arguments`, those beyond the parameters run over into the variables that are kept there, too. So
// each variable that a function inside mentions is set to undefined in front.
func mendVariables(tree *ast.Program) {
	m := &variableMender{}
	m.visit(reflect.ValueOf(tree))
}

type names map[unistring.String]struct{}

// scope is a function that is being visited.
type scope struct {
	outer     *scope
	arrow     bool
	own       names // that it mentions itself
	inner     names // that functions inside mention
	arguments bool
}

type variableMender struct{ at *scope }

func (m *variableMender) visit(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			m.visit(v.Elem())
		}
	case reflect.Pointer:
		if v.IsNil() || !leads(v.Type()) {
			return
		}
		switch n := v.Interface().(type) {
		case *ast.Identifier:
			m.mention(n.Name)
			return
		case *ast.FunctionLiteral:
			s := m.enter(false)
			m.visit(reflect.ValueOf(n.ParameterList))
			m.visit(reflect.ValueOf(n.Body))
			m.leave(s, n.ParameterList, n.DeclarationList, n.Body)
			return
		case *ast.ArrowFunctionLiteral:
			s := m.enter(true)
			m.visit(reflect.ValueOf(n.ParameterList))
			m.visit(reflect.ValueOf(n.Body))
			body, _ := n.Body.(*ast.BlockStatement)
			m.leave(s, n.ParameterList, n.DeclarationList, body)
			return
		case *ast.DotExpression:
			m.visit(reflect.ValueOf(n.Left))
			return
		}
		m.visit(v.Elem())
	case reflect.Struct:
		if id, ok := v.Interface().(ast.Identifier); ok { // of { name }
			m.mention(id.Name)
			return
		}
		t := v.Type()
		for i := range v.NumField() {
			if leads(t.Field(i).Type) && t.Field(i).Name != "DeclarationList" {
				m.visit(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			m.visit(v.Index(i))
		}
	}
}

func (m *variableMender) mention(name unistring.String) {
	if m.at == nil {
		return
	}
	if name == "arguments" {
		s := m.at
		for s.arrow && s.outer != nil {
			s = s.outer
		}
		s.arguments = true
		return
	}
	m.at.own[name] = struct{}{}
}

func (m *variableMender) enter(arrow bool) *scope {
	m.at = &scope{outer: m.at, arrow: arrow, own: names{}, inner: names{}}
	return m.at
}

// leave tells the function around what was mentioned, and sets the variables that need it.
func (m *variableMender) leave(s *scope, parameters *ast.ParameterList, declared []*ast.VariableDeclaration, body *ast.BlockStatement) {
	m.at = s.outer
	if s.outer != nil {
		for _, from := range []names{s.own, s.inner} {
			for name := range from {
				s.outer.inner[name] = struct{}{}
			}
		}
	}
	if body == nil || len(declared) == 0 || len(s.inner) == 0 {
		return
	}
	given := names{}
	namesIn(reflect.ValueOf(parameters), given)
	kept := s.arguments
	for name := range given {
		if _, ok := s.inner[name]; ok {
			kept = true
		}
	}
	if !kept {
		return
	}
	for _, statement := range body.List { // these begin as functions
		if f, ok := statement.(*ast.FunctionDeclaration); ok && f.Function.Name != nil {
			given[f.Function.Name.Name] = struct{}{}
		}
	}
	var set ast.Expression
	for _, d := range declared {
		found := names{}
		for _, b := range d.List {
			namesIn(reflect.ValueOf(b.Target), found)
		}
		for name := range found {
			_, isGiven := given[name]
			if _, ok := s.inner[name]; ok && !isGiven && name != "arguments" {
				given[name] = struct{}{}
				set = assigned(set, name, body.LeftBrace)
			}
		}
	}
	if set == nil {
		return
	}
	first := 0
	for first < len(body.List) && isDirective(body.List[first]) {
		first++
	}
	list := append(body.List[:first:first], &ast.ExpressionStatement{Expression: set})
	body.List = append(list, body.List[first:]...)
}

// assigned is name = value, where no value is undefined.
func assigned(value ast.Expression, name unistring.String, at file.Idx) ast.Expression {
	if value == nil {
		value = &ast.UnaryExpression{Operator: token.VOID, Idx: at, Operand: &ast.NumberLiteral{Idx: at, Literal: "0", Value: int64(0)}}
	}
	return &ast.AssignExpression{Operator: token.ASSIGN, Left: &ast.Identifier{Name: name, Idx: at}, Right: value}
}

func isDirective(s ast.Statement) bool {
	e, ok := s.(*ast.ExpressionStatement)
	if ok {
		_, ok = e.Expression.(*ast.StringLiteral)
	}
	return ok
}

// namesIn collects all names below a value.
func namesIn(v reflect.Value, found names) {
	m := &variableMender{at: &scope{own: found, inner: found}}
	m.visit(v)
}
