package ast

import (
	"fmt"
	"strings"
)

// stmt writes a statement and a line break, without indentation before it.
func (p *printer) stmt(s Stmt) string {
	switch s := s.(type) {
	case *Var:
		return p.varDecl(s) + ";\n"
	case *FunctionDecl:
		return p.function(s.Func) + "\n"
	case *ClassDecl:
		return p.class(s.Class) + "\n"
	case *Directive:
		return s.Raw + ";\n"
	case *ExprStmt:
		return p.exprStmt(s) + ";\n"
	case *Block:
		return p.block(s) + "\n"
	case *Empty:
		return ";\n"
	case *If:
		return p.ifStmt(s)
	case *For, *ForIn, *ForOf:
		return p.forStmt(s)
	case *While:
		return "while (" + p.expr(s.Test, precSequence) + ")" + p.body(s.Body)
	case *DoWhile:
		return "do" + strings.TrimSuffix(p.body(s.Body), "\n") + " while (" + p.expr(s.Test, precSequence) + ");\n"
	case *Return:
		if s.X == nil {
			return "return;\n"
		}
		return "return " + p.expr(s.X, precSequence) + ";\n"
	case *Break:
		return "break" + label(s.Label) + ";\n"
	case *Continue:
		return "continue" + label(s.Label) + ";\n"
	case *Throw:
		return "throw " + p.expr(s.X, precSequence) + ";\n"
	case *Try:
		return p.tryStmt(s)
	case *Switch:
		return "switch (" + p.expr(s.Value, precSequence) + ") " +
			p.braces(len(s.Cases), func(i int) string { return p.caseClause(s.Cases[i]) }) + "\n"
	case *Labelled:
		return s.Label.Name + ":" + p.body(s.Body)
	case *With:
		return "with (" + p.expr(s.Object, precSequence) + ")" + p.body(s.Body)
	case *Debugger:
		return "debugger;\n"
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", s))
}

func label(l *Ident) string {
	if l == nil {
		return ""
	}
	return " " + l.Name
}

// exprStmt writes an expression so that the statement is not read as something
// else: a block, a declaration, a directive.
func (p *printer) exprStmt(s *ExprStmt) string {
	text := p.expr(s.X, precSequence)
	_, isString := s.X.(*String)
	switch {
	case isString, strings.HasPrefix(text, "{"):
	case startsWithWord(text, "function"), startsWithWord(text, "class"), startsWithWord(text, "let"):
	case startsWithWord(text, "async") && startsWithWord(strings.TrimLeft(text[len("async"):], " "), "function"):
	default:
		return text
	}
	return "(" + text + ")"
}

// startsWithWord reports whether text begins with a whole word.
func startsWithWord(text, word string) bool {
	rest, ok := strings.CutPrefix(text, word)
	return ok && (rest == "" || !identifierName("a"+rest[:1]))
}

// body writes the statement below a head, on the head's line.
func (p *printer) body(s Stmt) string { return " " + p.stmt(s) }

func (p *printer) block(b *Block) string {
	return p.braces(len(b.List), func(i int) string { return p.stmt(b.List[i]) })
}

// braces writes n indented items, each ending in a line break, between braces.
func (p *printer) braces(n int, item func(i int) string) string {
	if n == 0 {
		return "{}"
	}
	defer func(was printer) { *p = was }(*p)
	outer := p.indent
	p.indent += "  "
	p.noIn = false
	var b strings.Builder
	b.WriteString("{\n")
	for i := range n {
		b.WriteString(p.indent + item(i))
	}
	return b.String() + outer + "}"
}

func (p *printer) ifStmt(s *If) string {
	text := "if (" + p.expr(s.Test, precSequence) + ")"
	if s.Else == nil {
		return text + p.body(s.Then)
	}
	then := s.Then
	if dangling(then) {
		then = &Block{List: []Stmt{then}}
	}
	return text + p.body(then) + p.indent + "else" + p.body(s.Else)
}

// dangling reports whether an else behind s would go to an if inside s. The parser
// makes no such tree.
func dangling(s Stmt) bool {
	switch s := s.(type) {
	case *If:
		return s.Else == nil || dangling(s.Else)
	case *For:
		return dangling(s.Body)
	case *ForIn:
		return dangling(s.Body)
	case *ForOf:
		return dangling(s.Body)
	case *While:
		return dangling(s.Body)
	case *Labelled:
		return dangling(s.Body)
	case *With:
		return dangling(s.Body)
	}
	return false
}

func (p *printer) varDecl(s *Var) string {
	parts := make([]string, len(s.List))
	for i, b := range s.List {
		parts[i] = p.binding(b)
	}
	return s.Kind.String() + " " + strings.Join(parts, ", ")
}

func (p *printer) forStmt(s Stmt) string {
	switch s := s.(type) {
	case *For:
		return "for (" + p.forInit(s) + ";" + p.forPart(s.Test) + ";" + p.forPart(s.Update) + ")" + p.body(s.Body)
	case *ForIn:
		return "for (" + p.forTarget(s.Decl, s.Target) + " in " + p.expr(s.Object, precSequence) + ")" + p.body(s.Body)
	case *ForOf:
		return "for (" + p.forTarget(s.Decl, s.Target) + " of " + p.expr(s.Iterable, precAssign) + ")" + p.body(s.Body)
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", s))
}

func (p *printer) forInit(s *For) string {
	p.noIn = true
	defer func() { p.noIn = false }()
	switch {
	case s.Decl != nil:
		return p.varDecl(s.Decl)
	case s.Init == nil:
		return ""
	}
	text := p.expr(s.Init, precSequence)
	if startsWithWord(text, "let") {
		return "(" + text + ")"
	}
	return text
}

func (p *printer) forPart(x Expr) string {
	if x == nil {
		return ""
	}
	return " " + p.expr(x, precSequence)
}

// forTarget writes the left side of for-in and for-of; let and async as names
// would be read as words of the language.
func (p *printer) forTarget(decl *Var, target Pattern) string {
	if decl != nil {
		return p.varDecl(decl)
	}
	p.noIn = true
	text := p.pattern(target)
	p.noIn = false
	if startsWithWord(text, "let") || text == "async" {
		return "(" + text + ")"
	}
	return text
}

func (p *printer) tryStmt(s *Try) string {
	text := "try " + p.block(s.Body)
	if s.Catch != nil {
		text += " catch "
		if s.Param != nil {
			text += "(" + p.pattern(s.Param) + ") "
		}
		text += p.block(s.Catch)
	}
	if s.Finally != nil {
		text += " finally " + p.block(s.Finally)
	}
	return text + "\n"
}

func (p *printer) caseClause(s *Case) string {
	var b strings.Builder
	if s.Test == nil {
		b.WriteString("default:\n")
	} else {
		b.WriteString("case " + p.expr(s.Test, precSequence) + ":\n")
	}
	defer func(was string) { p.indent = was }(p.indent)
	p.indent += "  "
	for _, inner := range s.Body {
		b.WriteString(p.indent + p.stmt(inner))
	}
	return b.String()
}
