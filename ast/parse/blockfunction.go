package parse

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// goja binds a function declared in a block to the block alone. In sloppy mode it is
// a variable of the function around it, too, set when the declaration is reached:
//
//	if (x) { function f() {} }   ->   var f, $hoist1 = v => { f = v }; … if (x) { function f() {} ; $hoist1(f) }
//
// The declaration stays where it is, so that the block's own binding, the order
// and the names are what they were.
//
// Source: ECMA-262 Annex B.3.2 and B.3.3 (functions in blocks, functions as bodies of if).

// hoister finds the functions of a tree that need this.
type hoister struct {
	prefix string // what the names of the setters begin with
	count  int
	mends  []mend
}

// hoistMends are the mends for the functions in blocks of a tree whose positions are
// those of text.
func hoistMends(tree ast.Expr, text string) []mend {
	h := hoister{prefix: "$hoist"}
	for strings.Contains(text, h.prefix) {
		h.prefix += "_"
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Function:
			if !n.Strict {
				h.function(n.Params, n.Body)
			}
		case *ast.Arrow:
			if !n.Strict && n.Body != nil {
				h.function(n.Params, n.Body)
			}
		}
		return true
	})
	return h.mends
}

// names is a scope: what is declared there by let, const, class or, in a block,
// as an async or generator function; other functions hide no variable. A chain of them holds everything from a place up to the function.
type names struct {
	up   *names
	here map[string]bool
}

func (s *names) declares(name string) bool {
	for ; s != nil; s = s.up {
		if s.here[name] {
			return true
		}
	}
	return false
}

// inFunction is the work on one function.
type inFunction struct {
	*hoister
	setters map[string]string // by the name of the variable
	order   []string
}

func (h *hoister) function(params *ast.Params, body *ast.Block) {
	f := inFunction{hoister: h, setters: map[string]string{}}
	taken := map[string]bool{}
	for _, p := range params.List {
		bound(p.Target, taken)
	}
	if params.Rest != nil {
		bound(params.Rest, taken)
	}
	outer := &names{here: taken}
	lexical(body.List, outer.here)
	for _, s := range body.List {
		if _, own := s.(*ast.FunctionDecl); !own {
			f.stmt(s, outer, false)
		}
	}
	if len(f.order) == 0 {
		return
	}
	var text strings.Builder
	for _, name := range f.order {
		fmt.Fprintf(&text, ";var %s,%s=%s=>{%s=%s};", name, f.setters[name], f.prefix, name, f.prefix)
	}
	at := body.At.Start.Offset + 1
	for _, s := range body.List {
		if _, ok := s.(*ast.Directive); !ok {
			break
		}
		at = s.Span().End.Offset
	}
	h.mends = append(h.mends, mend{offset: at, text: text.String()})
}

// stmt visits a statement; block says that it is in a list of a block of its own.
func (f *inFunction) stmt(s ast.Stmt, scope *names, block bool) {
	switch s := s.(type) {
	case *ast.FunctionDecl:
		if block {
			f.declared(s, scope.up, "", "")
		}
	case *ast.Block:
		f.block(s, scope)
	case *ast.If:
		f.branch(s.Then, scope)
		if s.Else != nil {
			f.branch(s.Else, scope)
		}
	case *ast.For:
		f.stmt(s.Body, head(s.Decl, scope), false)
	case *ast.ForIn:
		f.stmt(s.Body, head(s.Decl, scope), false)
	case *ast.ForOf:
		f.stmt(s.Body, head(s.Decl, scope), false)
	case *ast.While:
		f.stmt(s.Body, scope, false)
	case *ast.DoWhile:
		f.stmt(s.Body, scope, false)
	case *ast.Labelled:
		f.stmt(s.Body, scope, block)
	case *ast.With:
		f.stmt(s.Body, scope, false)
	case *ast.Try:
		f.block(s.Body, scope)
		if s.Catch != nil {
			caught := &names{up: scope, here: map[string]bool{}}
			if _, plain := s.Param.(*ast.Ident); !plain && s.Param != nil {
				bound(s.Param, caught.here)
			}
			f.block(s.Catch, caught)
		}
		if s.Finally != nil {
			f.block(s.Finally, scope)
		}
	case *ast.Switch:
		inner := &names{up: scope, here: map[string]bool{}}
		for _, k := range s.Cases {
			blockNames(k.Body, inner.here)
		}
		for _, k := range s.Cases {
			for _, s := range k.Body {
				f.stmt(s, inner, true)
			}
		}
	}
}

func (f *inFunction) block(b *ast.Block, scope *names) {
	inner := &names{up: scope, here: map[string]bool{}}
	blockNames(b.List, inner.here)
	for _, s := range b.List {
		f.stmt(s, inner, true)
	}
}

// branch visits a branch of an if; a function there is in a block that is not written.
func (f *inFunction) branch(s ast.Stmt, scope *names) {
	if d, ok := s.(*ast.FunctionDecl); ok {
		f.declared(d, scope, "{", "}")
		return
	}
	f.stmt(s, scope, false)
}

// declared hoists a function unless a var of its name could not stand there, or a
// parameter has the name.
func (f *inFunction) declared(d *ast.FunctionDecl, around *names, open, close string) {
	name := d.Func.Name.Name
	if d.Func.Async || d.Func.Generator || around.declares(name) {
		return
	}
	setter, known := f.setters[name]
	if !known {
		f.count++
		setter = fmt.Sprintf("%s%d", f.prefix, f.count)
		f.setters[name] = setter
		f.order = append(f.order, name)
	}
	if open != "" {
		f.mends = append(f.mends, mend{offset: d.At.Start.Offset, text: open})
	}
	f.mends = append(f.mends, mend{offset: d.At.End.Offset, text: ";" + setter + "(" + name + ");" + close})
}

// head is the scope of a loop whose head declares by let or const.
func head(decl *ast.Var, scope *names) *names {
	if decl == nil || decl.Kind == ast.VarVar {
		return scope
	}
	inner := &names{up: scope, here: map[string]bool{}}
	for _, b := range decl.List {
		bound(b.Target, inner.here)
	}
	return inner
}

// lexical collects what let, const and class declare in a list.
func lexical(list []ast.Stmt, into map[string]bool) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.Var:
			if s.Kind != ast.VarVar {
				for _, b := range s.List {
					bound(b.Target, into)
				}
			}
		case *ast.ClassDecl:
			into[s.Class.Name.Name] = true
		}
	}
}

// blockNames is lexical for a list in a block.
func blockNames(list []ast.Stmt, into map[string]bool) {
	lexical(list, into)
	for _, s := range list {
		if d, ok := s.(*ast.FunctionDecl); ok && (d.Func.Async || d.Func.Generator) {
			into[d.Func.Name.Name] = true
		}
	}
}

// bound collects the names that a pattern binds.
func bound(p ast.Pattern, into map[string]bool) {
	switch p := p.(type) {
	case *ast.Ident:
		into[p.Name] = true
	case *ast.ArrayPattern:
		for _, e := range p.Elements {
			if e != nil {
				bound(e.Target, into)
			}
		}
		if p.Rest != nil {
			bound(p.Rest, into)
		}
	case *ast.ObjectPattern:
		for _, q := range p.Properties {
			bound(q.Target, into)
		}
		if p.Rest != nil {
			bound(p.Rest, into)
		}
	}
}
