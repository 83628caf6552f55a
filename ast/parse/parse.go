// Package parse reads a rule: it takes the text of one file to a [Script], with the
// syntax tree, the code that goja runs and the way back from runtime positions to
// the user's file, or says in diagnostics why the text is no rule.
//
// A rule is one JavaScript expression whose value is a function (contract, section
// 1.1). A text passes these gates, in this order: its size and encoding; the
// scanner, which bounds nesting and brackets before any recursive parser runs;
// esbuild, which knows the syntax and strips types; goja's parser, which makes the
// tree, and its compiler. What goja cannot read or run as written, esbuild writes
// in older syntax first; positions come back through its source map.
//
// The text stands between parentheses for esbuild and between square brackets for
// goja's parser, so that no text can close both.
//
// The package never runs a rule, resolves no module and reads no file. It has no
// state: [Rule] is safe for concurrent use. No input makes it panic.
package parse

import (
	"path"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// DefaultMaxSourceBytes is the largest text that is read unless Options say
// otherwise: a list of 100,000 addresses has 3 MB. The platform advised 100 kB for all rules together.
const DefaultMaxSourceBytes = 8 << 20

// Options say how to read. The zero value is the default.
type Options struct {
	MaxSourceBytes int // largest text; 0 means DefaultMaxSourceBytes
}

// Script is a rule that was read. It is immutable and safe for concurrent use.
type Script struct {
	File   *source.File
	Header *Header  // nil when the file opens with none
	Tree   ast.Expr // the whole text

	// Func is the part of Tree that gives the rule's value: a *ast.Function or
	// *ast.Arrow, or another expression that yields a function when it runs.
	Func ast.Expr

	// Code is JavaScript that goja can run: an expression text, what stands
	// between "(" and "\n)". For most rules it is the user's text; types are gone.
	Code string

	// Lowered says that Code is written in older syntax than the file.
	Lowered bool

	// Words are the identifier-like words of the code, what strings and templates
	// hold included, escapes decoded: a global whose name is not among them can
	// only be reached by computing its name. MakesLists is among them when the code
	// may put lists into lists, DirectEval when it calls eval, DeletesName when it
	// deletes a variable, HasRegexps when it has a regular expression.
	Words map[string]bool

	places func(line, column int) source.Pos
}

// Pos is the place in the user's file of a runtime position of goja, a 1-based
// line and column in "(" + Code + "\n)".
func (s *Script) Pos(line, column int) source.Pos { return s.places(line, column) }

// Places is Pos without the rest of the Script, which can be forgotten then.
func (s *Script) Places() func(line, column int) source.Pos { return s.places }

// IsTypeScript reports whether a file's name says that it is TypeScript.
func IsTypeScript(name string) bool { return strings.EqualFold(path.Ext(name), ".ts") }

// Rule reads the rule in file. The list holds errors, and then the Script is nil,
// or warnings only.
func Rule(file *source.File, opts Options) (*Script, diag.List) {
	r := &reader{file: file, typescript: IsTypeScript(file.Name)}
	limit := opts.MaxSourceBytes
	if limit <= 0 {
		limit = DefaultMaxSourceBytes
	}
	if len(file.Text) > limit {
		r.add(diag.New(diag.RuleTooLarge, file, source.Span{}, "the rule has %d bytes, more than %d", len(file.Text), limit))
		return nil, r.found
	}
	if pos, bad := file.InvalidUTF8(); bad {
		r.add(diag.New(diag.NotUTF8, file, source.Span{Start: pos, End: file.Pos(pos.Offset + 1)}, "the file is not UTF-8 text from here on").
			WithNote("save the file as UTF-8"))
		return nil, r.found
	}
	script := r.read()
	if r.found = r.found.Sort(); r.found.HasErrors() {
		return nil, r.found
	}
	return script, r.found
}

// reader is the work on one file.
type reader struct {
	file       *source.File
	typescript bool
	scan       *scanner
	body       string // the text without byte order mark; semicolons at its end are blanks
	found      diag.List
}

func (r *reader) add(d diag.Diagnostic) { r.found = append(r.found, d) }

func (r *reader) read() *Script {
	r.scan = scan(r.file.Text, r.file.BOM(), r.typescript)
	if p := r.scan.problem; p != nil && !r.scan.ambiguous {
		r.refuse(p)
		return nil
	}
	if r.trimSemicolons(); r.empty() {
		r.add(diag.New(diag.EmptyRule, r.file, source.Span{}, "the file holds no code").
			WithNote("a rule is one function: function (user, context, callback) { callback(null, user, context); }"))
		return nil
	}
	if last := r.scan.tokens[len(r.scan.tokens)-1]; r.scan.textOf(last) == "," { // esbuild lets it pass
		r.add(diag.New(diag.SyntaxError, r.file, r.file.Span(last.start, last.end), "unexpected end of the rule behind the comma"))
		return nil
	}
	if !r.gate(wrap(r.body)) {
		return nil
	}
	if d, bad := r.modules(); bad {
		r.add(d)
		return nil
	}
	script := r.compile()
	if script == nil {
		return nil
	}
	script.Func = value(script.Tree)
	r.checkValue(script.Func)
	script.Header, _ = r.readHeader()
	return script
}

func (r *reader) readHeader() (*Header, bool) {
	h, warnings := header(r.file)
	r.found = append(r.found, warnings...)
	return h, h != nil
}

// refuse reports what the scanner found, or what esbuild says about the text up
// to there, whichever comes first.
func (r *reader) refuse(p *problem) {
	if p.code != diag.NestingTooDeep {
		r.body = r.file.Text[r.file.BOM():p.end]
		if !r.gate(wrapOpen + r.body) {
			earlier := diag.List{}
			for _, d := range r.found {
				if d.Span.IsValid() && d.Span.Start.Offset < p.start {
					earlier = append(earlier, d)
				}
			}
			if r.found = earlier; len(earlier) > 0 {
				return
			}
		}
	}
	d := diag.New(p.code, r.file, r.file.Span(p.start, p.end), "%s", p.message)
	d.Notes = append(p.notes, r.causes(p.start, "")...)
	r.add(d)
}

// trimSemicolons blanks the semicolons behind the expression and warns.
func (r *reader) trimSemicolons() {
	text := r.file.Text[r.file.BOM():]
	tokens := r.scan.tokens
	n := len(tokens)
	for n > 0 && r.scan.textOf(tokens[n-1]) == ";" {
		n--
	}
	if n < len(tokens) && n > 0 {
		first, blanked := tokens[n], []byte(text)
		for _, t := range tokens[n:] {
			blanked[t.start-r.file.BOM()] = ' '
		}
		text = string(blanked)
		r.add(diag.New(diag.TrailingSemicolon, r.file, r.file.Span(first.start, first.end), "a semicolon follows the function").
			WithNote("the platform refused it; take it away"))
	}
	r.scan.tokens = tokens[:n]
	r.body = text
}

func (r *reader) empty() bool { return len(r.scan.tokens) == 0 }
