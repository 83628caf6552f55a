package parse

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dop251/goja"
	gojaast "github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	gojaparser "github.com/dop251/goja/parser"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// The brackets around a rule for goja's parser. esbuild saw it in parentheses, so
// a text that closes its bracket passes one of them at most.
const listOpen, listClose = "[", "\n]"

// form is one way to write the rule: as it is, or as esbuild wrote it.
type form struct {
	text       string // what goja's parser reads is before + text + after
	before     string
	after      string
	scan       *scanner // of text
	textStart  int      // where text begins in scan.text: behind a byte order mark
	place      func(offset int) source.Pos
	lowered    bool
	statements bool // text is a program that ends in the list, and not the list's inside
}

// refusal is why a form cannot be used.
type refusal struct {
	at      source.Pos
	message string
}

// compile makes the Script: the tree from the first form that goja can read, the
// code from the first one that it can run.
func (r *reader) compile() *Script {
	var script Script
	var first *refusal
	try := func(f form) bool {
		why := r.use(f, &script)
		if why != nil && first == nil {
			first = why
		}
		return why == nil
	}
	done := !r.typescript && try(form{
		text: r.body, before: listOpen, after: listClose, scan: r.scan, textStart: r.file.BOM(), place: r.file.Pos,
	})
	for i, l := range lowerings {
		if done || i == 0 && !r.typescript {
			continue
		}
		output, place, ok := r.rewrite(l)
		if !ok { // esbuild took the text in parentheses, but not in brackets
			r.add(diag.New(diag.NotOneExpression, r.file, r.file.Span(r.file.BOM(), r.file.BOM()), "the text closes the parenthesis around it"))
			return nil
		}
		s := scan(output, 0, false)
		if s.problem != nil && !s.ambiguous {
			continue
		}
		done = try(form{text: output, scan: s, place: place, lowered: l.lowers, statements: true})
	}
	if !done {
		r.unsupported(first)
		return nil
	}
	script.File = r.file
	script.Words = map[string]bool{}
	addWords(script.Words, r.scan)
	if script.Lowered || r.typescript || hasProperties(r.body) {
		addWords(script.Words, scan(script.Code, 0, false))
	}
	return &script
}

func (r *reader) unsupported(why *refusal) {
	if why == nil {
		why = &refusal{at: r.file.Pos(0), message: "esbuild cannot write it in older syntax"}
	}
	at := why.at.Offset
	end := at
	for _, t := range r.scan.tokens {
		if t.end > at {
			end = t.end
			break
		}
	}
	r.add(diag.New(diag.UnsupportedSyntax, r.file, r.file.Span(at, end), "no engine here can run this: %s", why.message).
		WithNote("write it in older syntax; most of ES2022 is understood"))
}

// use reads and compiles one form; it fills in what script lacks.
func (r *reader) use(f form, script *Script) (why *refusal) {
	defer func() {
		if p := recover(); p != nil { // goja's parser or compiler, on a tree that it made itself
			why = &refusal{at: r.file.Pos(r.file.BOM()), message: fmt.Sprint(p)}
		}
	}()
	prefix := len(f.before) - f.textStart
	program, err := gojaparser.ParseFile(nil, "", f.before+f.text+f.after, 0, gojaparser.WithDisableSourceMaps)
	if err != nil {
		return f.refusal(err, prefix)
	}
	list, last, ok := f.list(program)
	if !ok {
		return &refusal{at: f.place(f.textStart), message: "the text is not one expression"}
	}
	c := &converter{scan: f.scan, prefix: prefix, place: f.place}
	elements := c.exprs(list.Value)
	if script.Tree == nil {
		script.Tree = elements[0]
		if len(elements) > 1 {
			script.Tree = &ast.Sequence{
				At: source.Span{Start: elements[0].Span().Start, End: elements[len(elements)-1].Span().End}, List: elements,
			}
		}
	}
	if c.lower {
		return &refusal{at: elements[0].Span().Start, message: "a private name before in"}
	}
	if _, err := goja.CompileAST(program, false); err != nil {
		return f.refusal(err, prefix)
	}
	if why := badRegExp(script.Tree); why != nil {
		return why
	}
	if !f.statements { // esbuild has written the others so
		c.mends = append(c.mends, hoistMends(script.Tree, f.text)...)
		c.mends = append(c.mends, propertyMends(script.Tree)...)
	}
	r.fill(script, f, c, list, c.offset(last))
	return nil
}

// list is the array literal that holds the rule, and where its statement starts.
func (f *form) list(program *gojaast.Program) (list *gojaast.ArrayLiteral, start file.Idx, ok bool) {
	if len(program.Body) == 0 || !f.statements && len(program.Body) > 1 {
		return nil, 0, false
	}
	stmt, ok := program.Body[len(program.Body)-1].(*gojaast.ExpressionStatement)
	if !ok {
		return nil, 0, false
	}
	list, ok = stmt.Expression.(*gojaast.ArrayLiteral)
	if !ok || len(list.Value) == 0 {
		return nil, 0, false
	}
	for _, e := range list.Value {
		if _, spread := e.(*gojaast.SpreadElement); spread || e == nil {
			return nil, 0, false
		}
	}
	return list, list.LeftBracket, true
}

// fill sets the code of the script from a form that goja can run.
func (r *reader) fill(script *Script, f form, c *converter, list *gojaast.ArrayLiteral, start int) {
	out := &code{}
	base := f.scan.text
	switch {
	case !f.statements:
		base = base[:f.textStart] + f.text // its semicolons are blanks
		out.copyMended(base, f.textStart, len(base), c.mends)
	case start == 0:
		out.copyMended(base, c.offset(list.LeftBracket)+1, c.offset(list.RightBracket), c.mends)
	default: // esbuild's helper functions stand before the list
		out.insert("(() => {", 0)
		out.copy(base, 0, start)
		out.insert("return (", start)
		out.copyMended(base, start+1, c.offset(list.RightBracket), c.mends)
		out.insert("\n); })()", c.offset(list.RightBracket))
	}
	script.Code = out.text.String()
	if own := r.file.Text[r.file.BOM():]; script.Code == own {
		script.Code = own // and not a second copy
	}
	script.Lowered = f.lowered
	script.places = out.runtimePlaces(f.place)
}

// refusal takes an error of goja's to its place and a short text.
func (f *form) refusal(err error, prefix int) *refusal {
	var list gojaparser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		e := list[0]
		return &refusal{at: f.foreign(e.Position.Line, e.Position.Column), message: lowerFirst(e.Message)}
	}
	var compile *goja.CompilerSyntaxError
	if errors.As(err, &compile) {
		offset := compile.Offset - prefix
		if compile.File == nil {
			offset = f.textStart
		}
		return &refusal{at: f.place(offset), message: lowerFirst(compile.Message)}
	}
	return &refusal{at: f.place(f.textStart), message: lowerFirst(strings.TrimPrefix(err.Error(), "SyntaxError: "))}
}

// foreign is the place of a line and column of goja's.
func (f *form) foreign(line, column int) source.Pos {
	whole := source.NewFile("", f.before+f.text+f.after)
	return f.place(whole.At(line, column).Offset - len(f.before) + f.textStart)
}

// badRegExp asks goja about every regular expression of a rule: its compiler lets
// a bad one pass, which then throws when it is reached.
func badRegExp(tree ast.Expr) (why *refusal) {
	var vm *goja.Runtime
	ast.Inspect(tree, func(n ast.Node) bool {
		re, ok := n.(*ast.RegExp)
		if !ok || why != nil {
			return why == nil
		}
		if vm == nil {
			vm = goja.New()
		}
		if _, err := vm.New(vm.Get("RegExp"), vm.ToValue(re.Pattern), vm.ToValue(re.Flags)); err != nil {
			var thrown *goja.Exception
			message := err.Error()
			if errors.As(err, &thrown) {
				message = thrown.Value().String()
			}
			why = &refusal{at: re.At.Start, message: lowerFirst(strings.TrimPrefix(message, "SyntaxError: "))}
		}
		return true
	})
	return why
}
