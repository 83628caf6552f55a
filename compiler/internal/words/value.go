package words

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// How tightly a text holds together: one of a lower level needs parentheses inside one
// of a higher level.
const (
	phrase     = iota // a if b, otherwise c
	either            // ||, ??, or
	both              // &&, and
	comparison        // is, is one of
	sum               // +
	product           // *
	unary             // typeof
	atom              // a.b, f(x)
)

// value is an expression whose value is used, as a part that nothing follows.
func (w *writer) value(e ir.Expr) string {
	text, _ := w.expr(e)
	return text
}

// operand is an expression inside another one.
func (w *writer) operand(e ir.Expr, least int) string {
	text, level := w.expr(e)
	if level < least {
		return "(" + text + ")"
	}
	return text
}

// expr is an expression as JavaScript has it, and how tightly it holds together.
func (w *writer) expr(e ir.Expr) (string, int) {
	switch e := e.(type) {
	case *ir.Const:
		return constant(e.Value), atom
	case *ir.Root:
		return e.Name, atom
	case *ir.Local:
		if value, ok := w.inlined[e.Name]; ok {
			return w.expr(value)
		}
		return w.local(e.Name), atom
	case *ir.Path:
		text := e.Root
		for _, key := range e.Keys {
			text += member(key)
		}
		return text, atom
	case *ir.Get:
		return w.of(e.Object, e.Key), atom
	case *ir.Call:
		return w.call(e)
	case *ir.Not:
		return w.whether(e)
	case *ir.And:
		if w.isTest(e) {
			return w.whether(e)
		}
		return w.operand(e.X, both) + " && " + w.operand(e.Y, both), both
	case *ir.Or:
		if w.isTest(e) {
			return w.whether(e)
		}
		return w.operand(e.X, either) + " || " + w.operand(e.Y, either), either
	case *ir.Coalesce:
		least := comparison
		if _, chain := e.X.(*ir.Coalesce); chain {
			least = either
		}
		return w.operand(e.X, least) + " ?? " + w.operand(e.Y, comparison), either
	case *ir.Cond:
		return fmt.Sprintf("%s if %s, otherwise %s", w.operand(e.Then, either), w.condition(e.If), w.operand(e.Else, either)), phrase
	case *ir.OptGet:
		w.items[e.Name] = w.operand(e.X, atom) + "?"
		w.optional++ // the answer may be undefined, which no words for a test say
		text, level := w.expr(e.Then)
		w.optional--
		delete(w.items, e.Name)
		return text, level
	case *ir.In:
		return w.whether(e)
	case *ir.List:
		return "[" + w.arguments(e.Items) + "]", atom
	case *ir.Object:
		return w.object(e), atom
	case *ir.Regexp:
		return "/" + e.Source + "/" + e.Flags, atom
	case *ir.Each:
		return w.each(e)
	case *ir.ItemVar:
		if text, ok := w.items[e.Name]; ok {
			return text, atom
		}
		return e.Name, atom
	default:
		panic(fmt.Sprintf("internal error: words knows no expression %T", e))
	}
}

// of is a property of a value; behind a ? it is one of an optional chain.
func (w *writer) of(object, key ir.Expr) string {
	text, property := w.operand(object, atom), w.property(key)
	if strings.HasSuffix(text, "?") && strings.HasPrefix(property, "[") {
		text += "."
	}
	return text + property
}

// property is the access to a property: .name or [key].
func (w *writer) property(key ir.Expr) string {
	if text, ok := constText(key); ok {
		return member(text)
	}
	return "[" + w.value(key) + "]"
}

func member(key string) string {
	if isIdentifier(key) {
		return "." + key
	}
	return "[" + quoted(key) + "]"
}

func isIdentifier(text string) bool {
	for i := range len(text) {
		c := text[i]
		if !(c == '_' || c == '$' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return text != ""
}

// maxText is how much of a constant text is shown, in bytes.
const maxText = 160

func quoted(text string) string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return strconv.Quote(text)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func constant(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return quoted(v)
	case float64:
		return number(v)
	}
	if jsvalue.IsUndefined(value) {
		return "undefined"
	}
	return fmt.Sprint(value)
}

func number(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 0):
		return strings.Replace(strconv.FormatFloat(f, 'g', -1, 64), "+Inf", "Infinity", 1)
	case math.Abs(f) < 1e21 && f == math.Trunc(f):
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// maxShown is how many constants of a set, or items and fields of a literal, are shown.
const maxShown = 6

// constants lists a set's members: "a", "b" (and 998 more).
func constants(set []any) string {
	var parts []string
	for i, value := range set {
		if i == maxShown-1 && len(set) > maxShown {
			return fmt.Sprintf("%s (and %d more)", strings.Join(parts, ", "), len(set)-i)
		}
		parts = append(parts, constant(value))
	}
	return strings.Join(parts, ", ")
}

// arguments are items with commas between them.
func (w *writer) arguments(items []ir.Item) string {
	var parts []string
	for i, item := range items {
		if i == 2*maxShown && len(items) > 2*maxShown+1 {
			parts = append(parts, fmt.Sprintf("… (%d more)", len(items)-i))
			break
		}
		text := w.operand(item.X, either)
		if item.Spread {
			text = "..." + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

func (w *writer) object(e *ir.Object) string {
	if len(e.Fields) == 0 {
		return "{}"
	}
	var parts []string
	for i, f := range e.Fields {
		if i == 2*maxShown && len(e.Fields) > 2*maxShown+1 {
			parts = append(parts, fmt.Sprintf("… (%d more)", len(e.Fields)-i))
			break
		}
		value := w.operand(f.Value, either)
		switch {
		case f.Key == nil:
			parts = append(parts, "..."+value)
		case isConst(f.Key):
			parts = append(parts, w.key(f.Key)+": "+value)
		default:
			parts = append(parts, "["+w.value(f.Key)+"]: "+value)
		}
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func isConst(e ir.Expr) bool { _, ok := e.(*ir.Const); return ok }

// list is what an iteration goes through. Behind a ? it may be missing, and so is the answer.
func (w *writer) list(e *ir.Each) string {
	text := w.operand(e.List, comparison)
	if there, ok := strings.CutSuffix(text, "?"); ok {
		return there + " (if it is there)"
	}
	return text
}

// each is an iteration whose answer is a value.
func (w *writer) each(e *ir.Each) (string, int) {
	list := w.list(e)
	item := e.Item
	if e.Index != "" {
		item = fmt.Sprintf("%s (at position %s)", item, e.Index)
	}
	switch e.Kind {
	case ir.Find:
		return fmt.Sprintf("the first %s of %s where %s", item, list, w.condition(e.Body)), phrase
	case ir.FindIndex:
		return fmt.Sprintf("the position of the first %s of %s where %s, or -1", item, list, w.condition(e.Body)), phrase
	case ir.Filter:
		return fmt.Sprintf("every %s of %s where %s", item, list, w.condition(e.Body)), phrase
	case ir.Map:
		return fmt.Sprintf("a list of %s for each %s of %s", w.operand(e.Body, comparison), item, list), phrase
	}
	return w.whether(e)
}

// whether is a test whose answer, true or false, is used as a value.
func (w *writer) whether(e ir.Expr) (string, int) {
	return "whether " + w.condition(e), phrase
}

// isTest reports whether an expression's value is true or false whatever the input.
func (w *writer) isTest(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Not, *ir.In:
		return true
	case *ir.And:
		return w.isTest(e.X) && w.isTest(e.Y)
	case *ir.Or:
		return w.isTest(e.X) && w.isTest(e.Y)
	case *ir.Each:
		return e.Kind == ir.Some || e.Kind == ir.Every
	case *ir.Const:
		_, ok := e.Value.(bool)
		return ok
	case *ir.Call:
		_, ok := tests[e.Func]
		return ok
	}
	return false
}
