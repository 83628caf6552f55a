package parse

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func (r *reader) loader() api.Loader {
	if r.typescript {
		return api.LoaderTS
	}
	return api.LoaderJS
}

// gate asks esbuild whether the wrapped text is syntax, and reports what it says.
func (r *reader) gate(wrapped string) bool {
	result := api.Transform(wrapped, api.TransformOptions{
		Loader: r.loader(), LogLevel: api.LogLevelSilent, LogLimit: 20,
		Supported: map[string]bool{"top-level-await": false},
	})
	for _, m := range result.Errors {
		if strings.HasPrefix(m.Text, "The JSX syntax extension") {
			m.Text = `Unexpected "<"`
			r.add(r.syntaxError(m))
			break // what follows is about tags that nobody meant
		}
		r.add(r.syntaxError(m))
	}
	return len(result.Errors) == 0
}

// syntaxError makes a diagnostic of esbuild's message. Where it speaks of the
// parenthesis that only the wrapper has, the user's words replace esbuild's.
func (r *reader) syntaxError(m api.Message) diag.Diagnostic {
	span := r.file.Span(r.file.BOM(), r.file.BOM())
	if m.Location != nil {
		span = r.file.FromEsbuild(m.Location.Line, m.Location.Column, m.Location.Length, len(wrapOpen))
	}
	offset := span.Start.Offset
	code, message := diag.SyntaxError, lowerFirst(m.Text)
	switch {
	case offset >= len(strings.TrimRight(r.file.Text, " \t\r\n")) && strings.Contains(m.Text, "Unexpected"):
		message = "unexpected end of the rule"
	case r.besideFunction(offset, m.Text):
		code, message = diag.NotOneExpression, "there is code beside the function: unexpected "+r.tokenText(offset)
	}
	d := diag.New(code, r.file, span, "%s", message)
	d.Notes = r.causes(offset, m.Text)
	return d
}

// besideFunction reports whether an error outside all brackets says that the
// expression is over, or never began.
func (r *reader) besideFunction(offset int, message string) bool {
	depth := 0
	for _, t := range r.scan.tokens {
		if t.start >= offset {
			break
		}
		depth += r.scan.nesting(t)
	}
	if depth != 0 {
		return false
	}
	if strings.HasPrefix(message, `Expected ")" but found`) {
		return true
	}
	first := r.scan.word(0)
	return statementWords[first] && (len(r.scan.tokens) == 0 || first == "import" || r.scan.tokens[0].start == offset)
}

var statementWords = wordSet("var let const if for while do switch try return throw import export module")

// nesting is 1 for a token that opens a bracket, -1 for one that closes, else 0.
func (s *scanner) nesting(t token) int {
	text := s.textOf(t)
	switch {
	case t.kind == templateToken:
		n := 0
		if opensSubstitution(text) {
			n++
		}
		if text[0] == '}' {
			n--
		}
		return n
	case t.kind != punctToken:
	case text == "(" || text == "[" || text == "{":
		return 1
	case text == ")" || text == "]" || text == "}":
		return -1
	}
	return 0
}

// word is the text of token i; "" when there is none.
func (s *scanner) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.textOf(s.tokens[i])
}

// tokenText shows the token at offset.
func (r *reader) tokenText(offset int) string {
	for i, t := range r.scan.tokens {
		if t.end > offset {
			text := r.scan.word(i)
			if len(text) > 20 {
				cut := 20
				for !utf8.RuneStart(text[cut]) {
					cut--
				}
				text = text[:cut] + "…"
			}
			return text
		}
	}
	return "semicolon"
}

func lowerFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + strings.TrimSuffix(text[n:], ".")
}

// lowering is one way to have esbuild write a rule.
type lowering struct {
	target    api.Target
	supported map[string]bool
	lowers    bool
}

// lowerings are tried in order until goja can read and run the result: types
// away only; without what is known to fail; all newer than ES2017 away. import(name)
// becomes a promise of require(name).
var lowerings = []lowering{
	{target: api.ESNext, supported: features(nil)},
	{target: api.ESNext, lowers: true, supported: features(map[string]bool{
		"async-generator": false, "for-await": false, "class-private-brand-check": false, "decorators": false, "using": false,
		"dynamic-import": false,
	})},
	{target: api.ES2017, lowers: true, supported: features(map[string]bool{"dynamic-import": false})},
}

// features adds that regular expressions stay literals but for those with property
// escapes: esbuild would only hide an unknown flag in a constructor call that fails
// when it runs.
func features(set map[string]bool) map[string]bool {
	out := map[string]bool{
		"regexp-dot-all-flag": true, "regexp-lookbehind-assertions": true, "regexp-match-indices": true,
		"regexp-named-capture-groups": true, "regexp-set-notation": true, "regexp-sticky-and-unicode-flags": true,
		"regexp-unicode-property-escapes": false, // goja takes \p for p; the RegExp of the engine knows it
	}
	maps.Copy(out, set)
	return out
}

// babelDefault is what esbuild's __toESM goes by when import() meets a module.exports: it leaves the
// default of what says that it was ESM once. Node takes module.exports as the default of all that is
// not ESM now, which the bundle of the packages marks.
const (
	babelDefault = "isNodeMode || !mod || !mod.__esModule ?"
	nodeDefault  = `!(mod && mod[Symbol.for("ferrule.module")]) ?`
)

// rewrite has esbuild write the body, in square brackets.
func (r *reader) rewrite(l lowering) (output string, place func(int) source.Pos, ok bool) {
	result := api.Transform(listOpen+r.body+listClose, api.TransformOptions{
		Loader: r.loader(), LogLevel: api.LogLevelSilent, Target: l.target, Supported: l.supported,
		Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude, Charset: api.CharsetUTF8,
		LegalComments: api.LegalCommentsNone, Sourcefile: "rule", Format: api.FormatCommonJS,
	})
	if len(result.Errors) > 0 {
		return "", nil, false
	}
	output = strings.Replace(string(result.Code), babelDefault, nodeDefault, 1)
	return output, mapped(readSourceMap(result.Map), output, r.file, len(listOpen)), true
}
