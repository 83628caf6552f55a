// Package lint finds what is wrong with a rule although it compiles: logins that hang,
// checks that can be got round, secrets in the source, claims that never arrive. The
// checks are those of the contract's section 9, L01 to L46, and some of our own behind
// them; each is a [Check] of the table, with a page in docs/lint.
//
// What goes in is the rules of a folder ([Folder]) or one text ([Rule]); what comes out
// is diagnostics whose codes are the checks' and whose places are the user's. Nothing is
// run, and nothing is guessed: a check speaks where the text shows the fault, and keeps
// silent where it would need to know what a variable holds.
//
// Inside: scope.go says which variable a name is, path.go what a text reads (aliases
// followed), flow.go walks every path through a rule, the callbacks of its calls
// included. Each check, or small family of them, is a file on top of these.
//
// A comment `// ferrule-ignore L04 reason` silences a check on its line and the next.
package lint

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// Folder checks the rules of a folder, those that do not run included. A rule that
// cannot be read is passed over: the compiler says why. The list is sorted.
func Folder(rules []*folder.Rule) diag.List {
	var list diag.List
	var before *rule // the first rule that runs and calls a service
	var from *folder.Rule
	told := false
	for _, r := range rules {
		if r.File == nil {
			continue
		}
		one := read(r.File)
		if one == nil {
			continue
		}
		found := one.check()
		if r.Runs() && before == nil && one.callsServices() && !one.denies(one.tree) {
			before, from = one, r
		} else if r.Runs() && before != nil && !told && one.cheapDenial() {
			late := before.late(r.Name)
			list = append(list, from.Relocate(ignored(from.File, diag.List{late}))...)
			told = true
		}
		list = append(list, r.Relocate(found)...)
	}
	return list.Sort()
}

// Rule checks one rule. The list is empty for a text that is no rule, and sorted.
func Rule(file *source.File) diag.List {
	r := read(file)
	if r == nil {
		return nil
	}
	return r.check().Sort()
}

// rule is one rule under examination.
type rule struct {
	file     *source.File
	tree     ast.Expr
	fn       ast.Expr // *ast.Function or *ast.Arrow; nil for another expression
	names    *names
	parents  map[ast.Node]ast.Node
	nodes    []ast.Node // all, in source order
	found    diag.List
	said     map[saying]bool
	edits    []edit
	prefixed int // see prefix
}

// saying is a finding that is made once.
type saying struct {
	code   diag.Code
	offset int
}

// read reads a rule; nil for a text that is none.
func read(file *source.File) *rule {
	script, _ := parse.Rule(file, parse.Options{})
	if script == nil {
		return nil
	}
	r := &rule{file: file, tree: script.Tree, parents: map[ast.Node]ast.Node{}, said: map[saying]bool{}}
	switch script.Func.(type) {
	case *ast.Function, *ast.Arrow:
		r.fn = script.Func
	}
	r.index(r.tree, nil)
	r.names = resolve(r.tree, r.fn)
	return r
}

// check runs all checks.
func (r *rule) check() diag.List {
	for _, c := range table {
		if c.run != nil {
			r.guarded(c)
		}
	}
	return ignored(r.file, r.found)
}

// guarded runs one check. A fault of its own is told and ends no other.
func (r *rule) guarded(c Check) {
	defer func() {
		if broken := recover(); broken != nil {
			r.found = append(r.found, diag.Diagnostic{
				Code: c.Code, Severity: diag.Note, File: r.file, Span: r.file.Span(0, 0),
				Message: fmt.Sprintf("the check broke off, and may have missed something: %v", broken),
				Notes:   []string{"this is a fault of Ferrule's; please report it with the rule"},
			})
		}
	}()
	c.run(r)
}

// index fills parents and nodes.
func (r *rule) index(n, parent ast.Node) {
	r.parents[n] = parent
	r.nodes = append(r.nodes, n)
	for _, child := range ast.Children(n) {
		r.index(child, n)
	}
}

// say makes a finding, once for each check and place. The answer takes notes; it is a
// finding that nobody sees when this one was made before.
func (r *rule) say(code diag.Code, at source.Span, format string, args ...any) *diag.Diagnostic {
	if key := (saying{code, at.Start.Offset}); r.said[key] {
		return &diag.Diagnostic{}
	} else {
		r.said[key] = true
	}
	row, ok := Lookup(code)
	if !ok {
		panic("internal error: check " + string(code) + " is not in the table")
	}
	r.found = append(r.found, diag.Diagnostic{
		Code: code, Severity: row.Severity, File: r.file, Span: at, Message: fmt.Sprintf(format, args...),
	})
	return &r.found[len(r.found)-1]
}

// note adds a note to a finding.
func note(d *diag.Diagnostic, format string, args ...any) *diag.Diagnostic {
	d.Notes = append(d.Notes, fmt.Sprintf(format, args...))
	return d
}

// text is what a node says in the file, on one line and not too long.
func (r *rule) text(n ast.Node) string { return short(r.file.Slice(n.Span())) }

// up visits the ancestors of n, the nearest first, until visit answers false.
func (r *rule) up(n ast.Node, visit func(child, parent ast.Node) bool) {
	for child, parent := n, r.parents[n]; parent != nil; child, parent = parent, r.parents[parent] {
		if !visit(child, parent) {
			return
		}
	}
}
