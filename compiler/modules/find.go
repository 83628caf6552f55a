package modules

import (
	"cmp"
	"slices"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Use is one place where a rule asks for a module.
type Use struct {
	At        source.Span
	Specifier Specifier
	// Variable is the variable of an old runtime that is read without a require; "" at a require.
	Variable string
	// Computed says that the rule computes the name in a way that cannot be told from its text.
	Computed bool
	// Guarded says that a catch stands around it, or that the rule asks typeof of the variable.
	Guarded bool
}

// maxChoices bounds what one computed name may stand for.
const maxChoices = 32

// Find lists the uses of modules in a rule, in the order in which they are written.
func Find(tree ast.Node) []Use {
	f := &finder{names: namesOf(tree), asked: map[string]bool{}, probed: probed(tree)}
	f.visit(tree, false)
	slices.SortStableFunc(f.uses, func(a, b Use) int { return cmp.Compare(a.At.Start.Offset, b.At.Start.Offset) })
	return f.uses
}

type finder struct {
	names  *names
	uses   []Use
	asked  map[string]bool // variables of old runtimes that are listed already
	probed map[string]bool // names that the rule asks typeof of
}

func (f *finder) visit(n ast.Node, guarded bool) {
	switch n := n.(type) {
	case *ast.Try:
		f.visit(n.Body, guarded || n.Catch != nil)
		if n.Catch != nil {
			f.visit(n.Catch, guarded)
		}
		if n.Finally != nil {
			f.visit(n.Finally, guarded)
		}
		return
	case *ast.Call:
		if callee, ok := n.Callee.(*ast.Ident); ok && callee.Name == "require" && f.names.declared["require"] == 0 && len(n.Args) > 0 {
			f.require(n, guarded)
		}
	case *ast.Member:
		if object, ok := n.Object.(*ast.Ident); ok && object.Name == "crypto" && webCrypto[n.Name] {
			return // of today's global
		}
	case *ast.Unary:
		if _, ok := n.X.(*ast.Ident); ok && n.Op == "typeof" {
			return // asks whether there is such a variable, and goes on without it
		}
	case *ast.Break, *ast.Continue:
		return // labels are no variables
	case *ast.Labelled:
		f.visit(n.Body, guarded)
		return
	case *ast.Ident:
		behind, ok := implicit[n.Name]
		if ok && f.names.declared[n.Name] == 0 && f.names.written[n.Name] == 0 && !f.asked[n.Name] {
			f.asked[n.Name] = true
			f.uses = append(f.uses, Use{At: n.At, Specifier: behind, Variable: n.Name, Guarded: guarded || f.probed[n.Name]})
		}
	}
	for _, child := range ast.Children(n) {
		f.visit(child, guarded)
	}
}

// probed are the names that typeof is asked of.
func probed(tree ast.Node) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if unary, ok := n.(*ast.Unary); ok && unary.Op == "typeof" {
			if name, ok := unary.X.(*ast.Ident); ok {
				names[name.Name] = true
			}
		}
		return true
	})
	return names
}

func (f *finder) require(call *ast.Call, guarded bool) {
	choices := f.names.fold(call.Args[0], 0)
	if len(choices) == 0 {
		f.uses = append(f.uses, Use{At: call.At, Computed: true, Guarded: guarded})
	}
	for _, text := range choices {
		f.uses = append(f.uses, Use{At: call.At, Specifier: Parse(text), Guarded: guarded})
	}
}

// names are the variables of a rule, whatever their scope: a name that is declared anywhere is
// taken for the rule's own everywhere.
type names struct {
	declared map[string]int
	written  map[string]int // by assignments, not by declarations
	values   map[string]ast.Expr
}

func namesOf(tree ast.Node) *names {
	n := &names{declared: map[string]int{}, written: map[string]int{}, values: map[string]ast.Expr{}}
	ast.Inspect(tree, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Binding:
			n.pattern(node.Target, n.declared)
			if target, ok := node.Target.(*ast.Ident); ok && node.Init != nil {
				n.values[target.Name] = node.Init
			}
		case *ast.Params:
			if node.Rest != nil {
				n.pattern(node.Rest, n.declared)
			}
			for _, parameter := range node.List { // a default is not the only value
				n.pattern(parameter.Target, n.written)
			}
		case *ast.Function:
			n.ident(node.Name)
		case *ast.Class:
			n.ident(node.Name)
		case *ast.Try:
			n.pattern(node.Param, n.declared)
		case *ast.Assign:
			n.pattern(node.Target, n.written)
		case *ast.ForIn:
			n.pattern(node.Target, n.written)
		case *ast.ForOf:
			n.pattern(node.Target, n.written)
		case *ast.Update:
			n.pattern(node.X, n.written)
		}
		return true
	})
	return n
}

func (n *names) ident(i *ast.Ident) {
	if i != nil {
		n.declared[i.Name]++
	}
}

// pattern counts the names that a pattern sets.
func (n *names) pattern(p ast.Pattern, count map[string]int) {
	switch p := p.(type) {
	case *ast.Ident:
		count[p.Name]++
	case *ast.ArrayPattern:
		for _, element := range p.Elements {
			if element != nil {
				n.pattern(element.Target, count)
			}
		}
		if p.Rest != nil {
			n.pattern(p.Rest, count)
		}
	case *ast.ObjectPattern:
		for _, property := range p.Properties {
			n.pattern(property.Target, count)
		}
		if p.Rest != nil {
			n.pattern(p.Rest, count)
		}
	}
}

// fold answers the texts that an expression can have; none when it cannot be told.
func (n *names) fold(e ast.Expr, depth int) []string {
	if depth > 20 {
		return nil
	}
	switch e := e.(type) {
	case *ast.String:
		return []string{e.Value}
	case *ast.Template:
		texts := []string{e.Parts[0].Cooked}
		for i, x := range e.Exprs {
			texts = join(join(texts, n.fold(x, depth+1)), []string{e.Parts[i+1].Cooked})
		}
		return texts
	case *ast.Binary:
		if e.Op == "+" {
			return join(n.fold(e.Left, depth+1), n.fold(e.Right, depth+1))
		}
	case *ast.Conditional:
		yes, no := n.fold(e.Then, depth+1), n.fold(e.Else, depth+1)
		if len(yes) > 0 && len(no) > 0 && len(yes)+len(no) <= maxChoices {
			return append(yes, no...)
		}
	case *ast.Ident:
		if value, ok := n.values[e.Name]; ok && n.declared[e.Name] == 1 && n.written[e.Name] == 0 {
			return n.fold(value, depth+1)
		}
	}
	return nil
}

// join puts each of the second behind each of the first.
func join(first, second []string) []string {
	if len(first)*len(second) > maxChoices {
		return nil
	}
	var joined []string
	for _, a := range first {
		for _, b := range second {
			joined = append(joined, a+b)
		}
	}
	return joined
}
