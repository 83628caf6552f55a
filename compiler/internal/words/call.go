package words

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// operators are the library's functions that JavaScript writes as an operator.
var operators = map[string]struct {
	sign  string
	level int
}{
	"add": {"+", sum}, "sub": {"-", sum}, "mul": {"*", product}, "div": {"/", product}, "mod": {"%", product}, "pow": {"**", product},
	"bitAnd": {"&", both}, "bitOr": {"|", both}, "bitXor": {"^", both}, "shl": {"<<", both}, "shr": {">>", both}, "ushr": {">>>", both},
}

// spellings are the functions that JavaScript writes otherwise than as a method of their
// first argument. {0} is the first argument, {*} are all.
var spellings = map[string]string{
	"String": "String({0})", "Number": "Number({0})", "keys": "Object.keys({0})", "values": "Object.values({0})", "entries": "Object.entries({0})",
	"fromEntries": "Object.fromEntries({0})", "stringify": "JSON.stringify({*})", "parse": "JSON.parse({0})", "items": "[...{0}]",
	"arrayOfLength": "new Array({0})", "parseInt": "parseInt({*})", "parseFloat": "parseFloat({0})",
	"encodeURIComponent": "encodeURIComponent({0})", "decodeURIComponent": "decodeURIComponent({0})", "encodeURI": "encodeURI({0})", "decodeURI": "decodeURI({0})",
	"dateNow": "Date.now()", "newDate": "new Date()", "dateOf": "new Date({0})", "dateFrom": "new Date({*})", "dateUTC": "Date.UTC({*})", "dateParse": "Date.parse({0})",
	"newSet": "new Set({*})", "newMap": "new Map({*})", "newURL": "new URL({*})", "newSearchParams": "new URLSearchParams({*})",
	"hasEntry": "{0}.has({1})", "getEntry": "{0}.get({1})", "bitNot": "~{0}", "neg": "-{0}", "typeof": "typeof {0}",
	"reversed": "a reversed copy of {0}", "sorted": "a sorted copy of {0}",
	"merged": "Object.assign({}, {*})",
}

// methods are the tests that JavaScript writes as a method of their first argument.
var methods = map[string]bool{"includes": true, "startsWith": true, "endsWith": true}

// mathematics are the functions that stand on Math.
var mathematics = map[string]bool{
	"floor": true, "ceil": true, "round": true, "trunc": true, "abs": true, "sign": true, "sqrt": true, "cbrt": true,
	"min": true, "max": true, "hypot": true, "log": true, "log2": true, "log10": true, "exp": true,
}

// call is a call of a library function as JavaScript writes it, save what words say
// better: a text in lower case, a sorted copy.
func (w *writer) call(e *ir.Call) (string, int) {
	args := trimmed(e.Args)
	if op, ok := operators[e.Func]; ok && len(e.Args) == 2 {
		return w.operand(e.Args[0], op.level) + " " + op.sign + " " + w.operand(e.Args[1], op.level+1), op.level
	}
	if _, isTest := tests[e.Func]; isTest && (w.optional == 0 || !methods[e.Func]) {
		if _, ok := w.testCall(e, false); ok {
			return w.whether(e)
		}
	}
	list := strings.Join(w.operands(args, either), ", ")
	switch {
	case e.Func == "get" && len(args) == 2:
		return w.of(args[0], args[1]), atom
	case e.Func == "text":
		return w.template(e.Args), atom
	case mathematics[e.Func]:
		return fmt.Sprintf("Math.%s(%s)", e.Func, list), atom
	}
	if spelling, ok := spellings[e.Func]; ok && strings.Count(spelling, "{")-strings.Count(spelling, "{*}")-strings.Count(spelling, "{}") <= len(args) {
		least, level := either, atom
		switch {
		case e.Func == "typeof" || e.Func == "neg" || e.Func == "bitNot":
			least, level = unary, unary
		case e.Func == "reversed" || e.Func == "sorted":
			least, level = either, phrase
		case strings.HasPrefix(spelling, "{0}."):
			least = atom
		}
		return strings.ReplaceAll(filled(spelling, w.operands(args, least)), "{*}", list), level
	}
	if len(args) == 0 {
		return e.Func + "()", atom
	}
	rest := strings.Join(w.operands(args[1:], either), ", ")
	return fmt.Sprintf("%s.%s(%s)", w.operand(args[0], atom), e.Func, rest), atom
}

func (w *writer) operands(args []ir.Expr, least int) []string {
	texts := make([]string, len(args))
	for i, arg := range args {
		texts[i] = w.operand(arg, least)
	}
	return texts
}

// filled puts texts in the places of {0}, {1} and so on.
func filled(words string, texts []string) string {
	var pairs []string
	for i, text := range texts {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), text)
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// template is a template literal.
func (w *writer) template(parts []ir.Expr) string {
	var b strings.Builder
	b.WriteByte('`')
	for _, part := range parts {
		if text, ok := constText(part); ok {
			inner := quoted(text)
			b.WriteString(strings.NewReplacer("`", "\\`", "${", "\\${", `\"`, `"`).Replace(inner[1 : len(inner)-1]))
			continue
		}
		b.WriteString("${" + w.value(part) + "}")
	}
	b.WriteByte('`')
	return b.String()
}
