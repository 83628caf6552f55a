package words

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// Extent says how much of a rule is compiled.
type Extent string

// The extents.
const (
	Wholly Extent = "wholly"  // JavaScript takes over for values of an unusual shape only
	InPart Extent = "in part" // some logins are decided by the compiled program, some need JavaScript
	Not    Extent = "not"     // every login needs JavaScript
)

// Explanation is what there is to say about one rule.
type Explanation struct {
	Rule     string
	File     string // the user's file
	Compiled Extent
	Does     []string // what it does, in short: denies, sets ID token claims, …
	Program  []Line
	Exits    []Exit   // sorted by place
	Values   []string // values at which JavaScript takes over: "user.app_metadata is missing or null"
	Terms    []string // keys of Terms that Program uses, sorted
	// Skipped are the logins for which the rule does nothing, so that a pipeline passes over
	// it: "context.clientID is not "a""
	Skipped []string
}

// Line is one line of the program in words.
type Line struct {
	Number int // line of the user's file, 1-based; 0 when the line continues the one before
	Depth  int // of indentation
	Text   string
}

// Exit is a place where JavaScript takes over.
type Exit struct {
	diag.Diagnostic        // its message says why; it has no notes
	Advice          string // the smallest rewrite that removes it; "" when there is none
}

// Terms defines the words of a program that need it.
var Terms = map[string]string{
	"set":    `not missing, and not null, false, 0, NaN or ""`,
	"equals": "compared by ==, which converts; is compares by ===",
}

// Text is the program with the lines of the user's file in the margin.
func (e *Explanation) Text() string {
	var b strings.Builder
	for i, l := range e.Program {
		margin := ""
		if l.Number > 0 && (i == 0 || e.Program[i-1].Number != l.Number) {
			margin = fmt.Sprint(l.Number)
		}
		fmt.Fprintf(&b, "%6s  %s%s\n", margin, strings.Repeat("    ", l.Depth), l.Text)
	}
	return b.String()
}

// Options say where a rule comes from.
type Options struct {
	// File is the text that the program's places are of; nil when there is none at hand.
	File *source.File
	// Relocate makes diagnostics about File speak of the user's own file; nil when File is it.
	Relocate func(diag.List) diag.List
	// Line takes a place in File to the line of the user's own file; nil when File is it.
	Line func(source.Pos) int
}

// Rule explains a rule.
func Rule(rule *ir.Rule, opts Options) Explanation {
	w := &writer{rule: rule, options: opts, terms: map[string]bool{}, items: map[string]string{}, inlined: map[string]ir.Expr{}}
	w.count()
	w.name()
	w.steps(rule.Steps, true)
	e := Explanation{
		Rule: rule.Name, Compiled: extent(rule), Program: w.lines, Does: w.inShort(),
		Exits: exits(rule, opts), Values: values(w),
	}
	if opts.File != nil {
		e.File = opts.File.Name
	}
	for term := range w.terms {
		e.Terms = append(e.Terms, term)
	}
	slices.Sort(e.Terms)
	return e
}

// writer is the work on one rule.
type writer struct {
	rule    *ir.Rule
	options Options

	lines []Line
	depth int
	does  []string
	// changed are properties of user and context that no other word says.
	changed []string
	terms   map[string]bool

	optional    int                // optional chains around the current expression
	lets, reads map[string]int     // of variables: how often they are written and read
	inlined     map[string]ir.Expr // variables of the compiler's own that stand for their value
	names       map[string]string  // of variables that are spelled otherwise than in the program
	items       map[string]string  // item variables that are spelled otherwise than by their name
	parts       int                // that have got a heading
	loops       []loop             // around the current step, the innermost last
}

// loop is a loop or a part that a step can leave.
type loop struct {
	label string
	noun  string // item, turn, key; "" for a part
	title string // how other steps call it
}

func (w *writer) line(at source.Span, format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	w.lines = append(w.lines, Line{Number: w.number(at), Depth: w.depth, Text: text})
}

// number is the line of the user's file where a span begins.
func (w *writer) number(at source.Span) int {
	if w.options.Line != nil && at.IsValid() {
		return w.options.Line(at.Start)
	}
	return at.Start.Line
}

// effect notes what the rule does, in short.
func (w *writer) effect(what string) { w.does = appendNew(w.does, what) }

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// decisions come first where it is said in short what a rule does, logs last.
var decisions = []string{"denies", "fails logins", "redirects", "asks for multifactor authentication"}

// maxChanges is how many changed properties are named in short.
const maxChanges = 3

// inShort is what the rule does: its decisions, what it sets, what it changes, logs.
func (w *writer) inShort() []string {
	var list []string
	for _, decision := range decisions {
		if slices.Contains(w.does, decision) {
			list = append(list, decision)
		}
	}
	for _, what := range w.does {
		if what != "logs" {
			list = appendNew(list, what)
		}
	}
	if n := len(w.changed); n > maxChanges {
		list = append(list, fmt.Sprintf("changes %s and %d more", strings.Join(w.changed[:maxChanges-1], ", "), n-maxChanges+1))
	} else if n > 0 {
		list = append(list, "changes "+strings.Join(w.changed, ", "))
	}
	if slices.Contains(w.does, "logs") {
		list = append(list, "logs")
	}
	return list
}
