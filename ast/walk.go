package ast

import "fmt"

// Inspect visits n and everything below it in source order, a node before its
// children. visit answers whether the children of a node are wanted. A nil n is
// not visited.
func Inspect(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, child := range Children(n) {
		Inspect(child, visit)
	}
}

// Children are the nodes directly below n, in source order. The slice is new at
// each call and holds no nil.
func Children(n Node) []Node {
	var c children
	switch n := n.(type) {
	case *Ident, *This, *Super, *Null, *Bool, *Number, *BigInt, *String, *RegExp, *PrivateName, *NewTarget,
		*Directive, *Empty, *Debugger:
	case *Template:
		for _, x := range n.Exprs {
			c.add(x)
		}
	case *TaggedTemplate:
		c.add(n.Tag, n.Template)
	case *Array:
		c.exprs(n.Elements)
	case *Object:
		for _, p := range n.Properties {
			c.add(p)
		}
	case *Prop:
		if !n.Shorthand {
			c.add(n.Key)
		}
		c.add(n.Value)
	case *Spread:
		c.add(n.X)
	case *Function:
		c.ident(n.Name)
		c.add(n.Params, n.Body)
	case *Arrow:
		c.add(n.Params)
		c.block(n.Body)
		c.opt(n.Result)
	case *Params:
		c.bindings(n.List)
		c.opt(n.Rest)
	case *Class:
		c.ident(n.Name)
		c.opt(n.Extends)
		for _, m := range n.Members {
			c.add(m)
		}
	case *Method:
		c.add(n.Key, n.Func)
	case *Field:
		c.add(n.Key)
		c.opt(n.Value)
	case *StaticBlock:
		c.add(n.Body)
	case *Member:
		c.add(n.Object)
	case *Index:
		c.add(n.Object, n.Key)
	case *PrivateMember:
		c.add(n.Object, n.Name)
	case *PrivateIn:
		c.add(n.Name, n.Object)
	case *Chain:
		c.add(n.X)
	case *Call:
		c.add(n.Callee)
		c.exprs(n.Args)
	case *New:
		c.add(n.Callee)
		c.exprs(n.Args)
	case *Unary:
		c.add(n.X)
	case *Update:
		c.add(n.X)
	case *Binary:
		c.add(n.Left, n.Right)
	case *Logical:
		c.add(n.Left, n.Right)
	case *Conditional:
		c.add(n.Test, n.Then, n.Else)
	case *Assign:
		c.add(n.Target, n.Value)
	case *Sequence:
		c.exprs(n.List)
	case *Await:
		c.add(n.X)
	case *Yield:
		c.opt(n.X)
	case *Binding:
		c.add(n.Target)
		c.opt(n.Init)
	case *ArrayPattern:
		c.bindings(n.Elements)
		c.opt(n.Rest)
	case *ObjectPattern:
		for _, p := range n.Properties {
			c.add(p)
		}
		c.opt(n.Rest)
	case *PatternProp:
		if !n.Shorthand {
			c.add(n.Key)
		}
		c.add(n.Target)
		c.opt(n.Init)
	default:
		c.stmt(n)
	}
	return c
}

// children collects nodes; the optional ones are left out when nil.
type children []Node

func (c *children) stmt(n Node) {
	switch n := n.(type) {
	case *Var:
		c.bindings(n.List)
	case *FunctionDecl:
		c.add(n.Func)
	case *ClassDecl:
		c.add(n.Class)
	case *ExprStmt:
		c.add(n.X)
	case *Block:
		c.stmts(n.List)
	case *If:
		c.add(n.Test, n.Then)
		c.opt(n.Else)
	case *For:
		c.decl(n.Decl)
		c.opt(n.Init)
		c.opt(n.Test)
		c.opt(n.Update)
		c.add(n.Body)
	case *ForIn:
		c.decl(n.Decl)
		c.opt(n.Target)
		c.add(n.Object, n.Body)
	case *ForOf:
		c.decl(n.Decl)
		c.opt(n.Target)
		c.add(n.Iterable, n.Body)
	case *While:
		c.add(n.Test, n.Body)
	case *DoWhile:
		c.add(n.Body, n.Test)
	case *Return:
		c.opt(n.X)
	case *Break:
		c.ident(n.Label)
	case *Continue:
		c.ident(n.Label)
	case *Throw:
		c.add(n.X)
	case *Try:
		c.add(n.Body)
		c.opt(n.Param)
		c.block(n.Catch)
		c.block(n.Finally)
	case *Switch:
		c.add(n.Value)
		for _, k := range n.Cases {
			c.add(k)
		}
	case *Case:
		c.opt(n.Test)
		c.stmts(n.Body)
	case *Labelled:
		c.add(n.Label, n.Body)
	case *With:
		c.add(n.Object, n.Body)
	default:
		panic(fmt.Sprintf("internal error: ast.Children of %T", n))
	}
}

func (c *children) add(nodes ...Node) { *c = append(*c, nodes...) }

// opt adds a node of an interface-typed field that may be nil.
func (c *children) opt(n Node) {
	if n != nil {
		*c = append(*c, n)
	}
}

func (c *children) ident(n *Ident) {
	if n != nil {
		*c = append(*c, n)
	}
}

func (c *children) block(n *Block) {
	if n != nil {
		*c = append(*c, n)
	}
}

func (c *children) decl(n *Var) {
	if n != nil {
		*c = append(*c, n)
	}
}

func (c *children) exprs(list []Expr) {
	for _, x := range list {
		c.opt(x)
	}
}

func (c *children) stmts(list []Stmt) {
	for _, s := range list {
		c.add(s)
	}
}

func (c *children) bindings(list []*Binding) {
	for _, b := range list {
		if b != nil {
			*c = append(*c, b)
		}
	}
}
