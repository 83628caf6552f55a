package ruletest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Point is a place of a rule whose reaching is counted.
type Point struct {
	Branch bool   // a way of a condition; else a statement
	What   string // of a branch: "then", "else", "case", "right side of &&", …
	At     source.Pos
	End    source.Pos // of the statement's first line or of the branch
	group  int        // the condition that a branch belongs to
	first  int        // the line of a branch's first statement; 0 for none
}

// marker begins the console lines by which an instrumented rule reports a point. No rule writes it: it
// is a private character.
const marker = "\uF8FFcovered "

// instrumented is a rule's text with counters, and the points that they stand for.
type instrumented struct {
	text   string
	points []Point
	why    string // there are no counters; "" when there are
}

// instrument puts a counter in front of each statement and into each way of a condition. Line numbers
// stay as they are. The first time that a login reaches a point the rule says so on the console.
func instrument(name, text string) instrumented {
	file := source.NewFile(name, text)
	script, list := parse.Rule(file, parse.Options{})
	switch {
	case script == nil || list.HasErrors():
		return instrumented{why: "the rule cannot be read before its keywords are replaced"}
	case script.Lowered || parse.IsTypeScript(name):
		return instrumented{why: "the rule is written in TypeScript or in syntax that is translated before it runs"}
	}
	c := &counters{file: file}
	c.node(script.Tree)
	whole := script.Tree.Span()
	c.open(whole.Start.Offset, prologue)
	c.close(whole.End.Offset, ")})()")
	return instrumented{text: c.apply(), points: c.points}
}

// prologue opens the function that holds the rule and its counter.
const prologue = "(() => { const ferruleSeen = {}, ferruleLog = console.debug.bind(console), " +
	"ferruleCovered = n => { if (!ferruleSeen[n]) { ferruleSeen[n] = 1; ferruleLog('\\uF8FFcovered ' + n); } }; return ("

// counters collects what is inserted into a text.
type counters struct {
	file   *source.File
	points []Point
	parts  []insertion
	groups int
}

// insertion is a text at an offset. What opens stands behind what closes there. Both are made in the
// order in which they stand: of those that open at one offset the outer first, of those that close the
// inner.
type insertion struct {
	at     int
	closes bool
	number int
	text   string
}

func (c *counters) open(at int, text string) {
	c.parts = append(c.parts, insertion{at, false, len(c.parts), text})
}

func (c *counters) close(at int, text string) {
	c.parts = append(c.parts, insertion{at, true, len(c.parts), text})
}

func (c *counters) apply() string {
	// The function around the rule is inserted last, and is the outermost.
	n := len(c.parts)
	c.parts[n-2].number = -1
	slices.SortFunc(c.parts, func(a, b insertion) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.closes != b.closes:
			if a.closes {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.number, b.number)
	})
	var b strings.Builder
	last := 0
	for _, p := range c.parts {
		b.WriteString(c.file.Text[last:p.at] + p.text)
		last = p.at
	}
	return b.String() + c.file.Text[last:]
}

// point makes a point and answers the call that reports it.
func (c *counters) point(p Point) string {
	c.points = append(c.points, p)
	return fmt.Sprintf("ferruleCovered(%d)", len(c.points)-1)
}

func (c *counters) statementAt(span source.Span) string {
	return c.point(Point{At: span.Start, End: span.End})
}

func (c *counters) branchAt(span source.Span, what string, group int) string {
	return c.point(Point{Branch: true, What: what, At: span.Start, End: span.End, group: group})
}

func (c *counters) group() int {
	c.groups++
	return c.groups
}

// node walks the tree.
func (c *counters) node(n ast.Node) {
	if n == nil {
		return
	}
	switch n := n.(type) {
	case *ast.Block:
		c.list(n.List)
		return
	case *ast.If:
		c.node(n.Test)
		group := c.group()
		c.body(n.Then, c.way(n.Then, "then", group))
		if n.Else != nil {
			c.body(n.Else, c.way(n.Else, "else", group))
			return
		}
		at := n.At
		at.End = n.Test.Span().End
		c.close(c.end(n.Then), " else { "+c.branchAt(at, "else", group)+"; }")
		return
	case *ast.Conditional:
		c.node(n.Test)
		group := c.group()
		c.value(n.Then, c.branchAt(n.Then.Span(), "first value", group))
		c.value(n.Else, c.branchAt(n.Else.Span(), "second value", group))
		return
	case *ast.Logical:
		c.node(n.Left)
		c.value(n.Right, c.branchAt(n.Right.Span(), "right side of "+n.Op, c.group()))
		return
	case *ast.Arrow:
		c.node(n.Params)
		if n.Body != nil {
			c.node(n.Body)
		} else {
			c.value(n.Result, c.statementAt(n.Result.Span()))
		}
		return
	case *ast.Switch:
		c.node(n.Value)
		group := c.group()
		for _, one := range n.Cases {
			c.node(one.Test)
			what := "case"
			if one.Test == nil {
				what = "default"
			}
			c.open(c.colon(one), " "+c.branchAt(one.At, what, group)+"; ")
			c.list(one.Body)
		}
		return
	case *ast.For:
		c.children(n, n.Body)
		c.body(n.Body, "")
		return
	case *ast.ForIn:
		c.children(n, n.Body)
		c.body(n.Body, "")
		return
	case *ast.ForOf:
		c.children(n, n.Body)
		c.body(n.Body, "")
		return
	case *ast.While:
		c.node(n.Test)
		c.body(n.Body, "")
		return
	case *ast.DoWhile:
		c.body(n.Body, "")
		c.node(n.Test)
		return
	}
	c.children(n, nil)
}

// children walks what is below a node, but for one.
func (c *counters) children(n, but ast.Node) {
	for _, child := range ast.Children(n) {
		if child != but {
			c.node(child)
		}
	}
}

// list counts the statements of a list.
func (c *counters) list(statements []ast.Stmt) {
	for _, s := range statements {
		switch s := s.(type) {
		case *ast.Directive, *ast.FunctionDecl, *ast.Empty, *ast.ClassDecl:
		case *ast.Block:
			c.node(s)
			continue
		default:
			c.open(s.Span().Start.Offset, c.statementAt(s.Span())+"; ")
		}
		c.node(s)
	}
}

// way is a branch that is a statement.
func (c *counters) way(s ast.Stmt, what string, group int) string {
	report := c.branchAt(s.Span(), what, group)
	first := s.Span().Start.Line
	if block, ok := s.(*ast.Block); ok && len(block.List) > 0 {
		first = block.List[0].Span().Start.Line
	}
	c.points[len(c.points)-1].first = first
	return report
}

// body counts a statement that stands alone behind a condition or a loop. report says in front of it
// that the way was taken; "" for loops.
func (c *counters) body(s ast.Stmt, report string) {
	if report != "" {
		report += "; "
	}
	if block, ok := s.(*ast.Block); ok {
		c.open(block.At.Start.Offset+1, " "+report)
		c.list(block.List)
		return
	}
	text := "{ " + report
	if _, empty := s.(*ast.Empty); !empty {
		text += c.statementAt(s.Span()) + "; "
	}
	c.open(s.Span().Start.Offset, text)
	c.node(s)
	c.close(c.end(s), " }")
}

// value counts an expression by computing the counter before it.
func (c *counters) value(x ast.Expr, report string) {
	c.open(x.Span().Start.Offset, "("+report+", ")
	c.node(x)
	c.close(x.Span().End.Offset, ")")
}

// end is the offset behind a statement, its semicolon included.
func (c *counters) end(s ast.Stmt) int {
	at := s.Span().End.Offset
	text := c.file.Text
	if _, isBlock := s.(*ast.Block); isBlock || at > 0 && text[at-1] == ';' {
		return at
	}
	if rest := strings.TrimLeft(text[at:], " \t\r\n"); strings.HasPrefix(rest, ";") {
		return len(text) - len(rest) + 1
	}
	return at
}

// colon is the offset behind the colon of a case.
func (c *counters) colon(one *ast.Case) int {
	at := one.At.Start.Offset
	if one.Test != nil {
		at = one.Test.Span().End.Offset
	}
	if i := strings.IndexByte(c.file.Text[at:], ':'); i >= 0 {
		return at + i + 1
	}
	return at
}
