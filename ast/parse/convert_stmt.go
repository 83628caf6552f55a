package parse

import (
	"fmt"

	gojaast "github.com/dop251/goja/ast"
	gojatoken "github.com/dop251/goja/token"

	"github.com/ferrule-rules/ferrule/ast"
)

// body converts a function's body; the strings that open it are directives.
func (c *converter) body(x *gojaast.BlockStatement) *ast.Block {
	n := &ast.Block{At: c.at(c.offset(x.LeftBrace), c.offset(x.RightBrace)+1)}
	list := x.List
	for len(list) > 0 {
		raw, ok := c.directive(list[0])
		if !ok {
			break
		}
		start := c.offset(list[0].Idx0())
		n.List = append(n.List, &ast.Directive{At: c.at(start, c.semicolon(start+len(raw))), Raw: raw})
		list = list[1:]
	}
	n.List = append(n.List, c.stmts(list)...)
	return n
}

func (c *converter) block(x *gojaast.BlockStatement) *ast.Block {
	if x == nil {
		return nil
	}
	return &ast.Block{At: c.at(c.offset(x.LeftBrace), c.offset(x.RightBrace)+1), List: c.stmts(x.List)}
}

func (c *converter) stmts(list []gojaast.Statement) []ast.Stmt {
	var out []ast.Stmt
	for _, s := range list {
		n, _ := c.stmt(s)
		out = append(out, n)
	}
	return out
}

// stmt converts a statement and answers where it ends.
func (c *converter) stmt(s gojaast.Statement) (ast.Stmt, int) {
	switch s := s.(type) {
	case *gojaast.BlockStatement:
		return c.block(s), c.offset(s.RightBrace) + 1
	case *gojaast.EmptyStatement:
		start, end := c.leaf(s.Semicolon)
		return &ast.Empty{At: c.at(start, end)}, end
	case *gojaast.ExpressionStatement:
		x, start, end := c.left(s.Expression)
		end = c.semicolon(end)
		return &ast.ExprStmt{At: c.at(start, end), X: x}, end
	case *gojaast.VariableStatement:
		n, end := c.varDecl(ast.VarVar, c.offset(s.Var), s.List)
		return n, end
	case *gojaast.LexicalDeclaration:
		n, end := c.varDecl(lexicalKind(s.Token), c.offset(s.Idx), s.List)
		return n, end
	case *gojaast.FunctionDeclaration:
		fn, start, end := c.function(s.Function)
		return &ast.FunctionDecl{At: c.at(start, end), Func: fn.(*ast.Function)}, end
	case *gojaast.ClassDeclaration:
		class, start, end := c.class(s.Class)
		return &ast.ClassDecl{At: c.at(start, end), Class: class.(*ast.Class)}, end
	case *gojaast.IfStatement:
		return c.ifStmt(s)
	case *gojaast.ForStatement, *gojaast.ForInStatement, *gojaast.ForOfStatement, *gojaast.WhileStatement, *gojaast.DoWhileStatement:
		return c.loop(s)
	case *gojaast.SwitchStatement:
		return c.switchStmt(s)
	case *gojaast.TryStatement:
		return c.tryStmt(s)
	}
	return c.jump(s)
}

// jump converts what leaves or labels, and the rest.
func (c *converter) jump(s gojaast.Statement) (ast.Stmt, int) {
	switch s := s.(type) {
	case *gojaast.ReturnStatement:
		start, end := c.leaf(s.Return)
		n := &ast.Return{}
		if s.Argument != nil {
			n.X, _, end = c.left(s.Argument)
		}
		end = c.semicolon(end)
		n.At = c.at(start, end)
		return n, end
	case *gojaast.ThrowStatement:
		x, _, end := c.left(s.Argument)
		end = c.semicolon(end)
		return &ast.Throw{At: c.at(c.offset(s.Throw), end), X: x}, end
	case *gojaast.BranchStatement:
		start, end := c.leaf(s.Idx)
		label, _, e := c.ident(s.Label)
		end = c.semicolon(max(end, e))
		if s.Token == gojatoken.CONTINUE {
			return &ast.Continue{At: c.at(start, end), Label: label}, end
		}
		return &ast.Break{At: c.at(start, end), Label: label}, end
	case *gojaast.LabelledStatement:
		label, start, _ := c.ident(s.Label)
		body, end := c.stmt(s.Statement)
		return &ast.Labelled{At: c.at(start, end), Label: label, Body: body}, end
	case *gojaast.WithStatement:
		object, _, _ := c.expr(s.Object)
		body, end := c.stmt(s.Body)
		return &ast.With{At: c.at(c.offset(s.With), end), Object: object, Body: body}, end
	case *gojaast.DebuggerStatement:
		start, end := c.leaf(s.Debugger)
		end = c.semicolon(end)
		return &ast.Debugger{At: c.at(start, end)}, end
	}
	panic(unexpected{fmt.Sprintf("%T", s)})
}

func lexicalKind(t gojatoken.Token) ast.VarKind {
	if t == gojatoken.CONST {
		return ast.VarConst
	}
	return ast.VarLet
}

func (c *converter) varDecl(kind ast.VarKind, start int, list []*gojaast.Binding) (*ast.Var, int) {
	n := &ast.Var{Kind: kind}
	var end int
	for _, b := range list {
		var binding *ast.Binding
		binding, _, end = c.binding(b)
		n.List = append(n.List, binding)
	}
	end = c.semicolon(end)
	n.At = c.at(start, end)
	return n, end
}

func (c *converter) ifStmt(s *gojaast.IfStatement) (ast.Stmt, int) {
	test, from, to := c.expr(s.Test)
	from, _ = c.outer(from, to)
	// The outer parentheses of the test are the statement's own.
	word, _ := c.before(from)
	then, end := c.stmt(s.Consequent)
	n := &ast.If{Test: test, Then: then}
	if s.Alternate != nil {
		n.Else, end = c.stmt(s.Alternate)
	}
	n.At = c.at(word.start, end)
	return n, end
}

func (c *converter) loop(s gojaast.Statement) (ast.Stmt, int) {
	switch s := s.(type) {
	case *gojaast.ForStatement:
		n := &ast.For{}
		c.forInit(n, s.Initializer)
		if s.Test != nil {
			n.Test, _, _ = c.expr(s.Test)
		}
		if s.Update != nil {
			n.Update, _, _ = c.expr(s.Update)
		}
		body, end := c.stmt(s.Body)
		n.Body = body
		n.At = c.at(c.offset(s.For), end)
		return n, end
	case *gojaast.ForInStatement:
		decl, target := c.forInto(s.Into)
		object, _, _ := c.expr(s.Source)
		body, end := c.stmt(s.Body)
		return &ast.ForIn{At: c.at(c.offset(s.For), end), Decl: decl, Target: target, Object: object, Body: body}, end
	case *gojaast.ForOfStatement:
		decl, target := c.forInto(s.Into)
		iterable, _, _ := c.expr(s.Source)
		body, end := c.stmt(s.Body)
		return &ast.ForOf{At: c.at(c.offset(s.For), end), Decl: decl, Target: target, Iterable: iterable, Body: body}, end
	case *gojaast.WhileStatement:
		test, _, _ := c.expr(s.Test)
		body, end := c.stmt(s.Body)
		return &ast.While{At: c.at(c.offset(s.While), end), Test: test, Body: body}, end
	case *gojaast.DoWhileStatement:
		body, _ := c.stmt(s.Body)
		test, _, _ := c.expr(s.Test)
		end := c.semicolon(c.offset(s.RightParenthesis) + 1)
		return &ast.DoWhile{At: c.at(c.offset(s.Do), end), Body: body, Test: test}, end
	}
	panic(unexpected{fmt.Sprintf("%T", s)})
}

func (c *converter) forInit(n *ast.For, init gojaast.ForLoopInitializer) {
	switch init := init.(type) {
	case *gojaast.ForLoopInitializerExpression:
		n.Init, _, _ = c.expr(init.Expression)
	case *gojaast.ForLoopInitializerVarDeclList:
		n.Decl = c.headDecl(ast.VarVar, init.List...)
	case *gojaast.ForLoopInitializerLexicalDecl:
		n.Decl = c.headDecl(lexicalKind(init.LexicalDeclaration.Token), init.LexicalDeclaration.List...)
	}
}

// headDecl is a declaration in a for head: it ends without a semicolon.
func (c *converter) headDecl(kind ast.VarKind, list ...*gojaast.Binding) *ast.Var {
	n := &ast.Var{Kind: kind}
	var start, end int
	for i, b := range list {
		var binding *ast.Binding
		var s int
		binding, s, end = c.binding(b)
		if i == 0 {
			word, _ := c.before(s)
			start = word.start
		}
		n.List = append(n.List, binding)
	}
	n.At = c.at(start, end)
	return n
}

func (c *converter) forInto(into gojaast.ForInto) (*ast.Var, ast.Pattern) {
	switch into := into.(type) {
	case *gojaast.ForIntoVar:
		return c.headDecl(ast.VarVar, into.Binding), nil
	case *gojaast.ForDeclaration:
		kind := ast.VarLet
		if into.IsConst {
			kind = ast.VarConst
		}
		return c.headDecl(kind, &gojaast.Binding{Target: into.Target}), nil
	case *gojaast.ForIntoExpression:
		target, _, _ := c.pattern(into.Expression)
		return nil, target
	}
	panic(unexpected{fmt.Sprintf("%T", into)})
}

func (c *converter) switchStmt(s *gojaast.SwitchStatement) (ast.Stmt, int) {
	value, _, _ := c.expr(s.Discriminant)
	end := c.offset(s.RightBrace) + 1
	n := &ast.Switch{At: c.at(c.offset(s.Switch), end), Value: value}
	for _, k := range s.Body {
		start, e := c.leaf(k.Case)
		clause := &ast.Case{}
		if k.Test != nil {
			clause.Test, _, e = c.left(k.Test)
		}
		colon, _ := c.token(c.index(e))
		e = colon.end
		for _, inner := range k.Consequent {
			var stmt ast.Stmt
			stmt, e = c.stmt(inner)
			clause.Body = append(clause.Body, stmt)
		}
		clause.At = c.at(start, e)
		n.Cases = append(n.Cases, clause)
	}
	return n, end
}

func (c *converter) tryStmt(s *gojaast.TryStatement) (ast.Stmt, int) {
	n := &ast.Try{Body: c.block(s.Body), Finally: c.block(s.Finally)}
	var end int
	if s.Catch != nil {
		if s.Catch.Parameter != nil {
			n.Param, _, _ = c.pattern(s.Catch.Parameter)
		}
		n.Catch = c.block(s.Catch.Body)
		end = c.offset(s.Catch.Body.RightBrace) + 1
	}
	if s.Finally != nil {
		end = c.offset(s.Finally.RightBrace) + 1
	}
	n.At = c.at(c.offset(s.Try), end)
	return n, end
}
