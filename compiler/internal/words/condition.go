package words

import (
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// condition is an expression that is judged by its truth.
func (w *writer) condition(e ir.Expr) string {
	text, _ := w.test(e, false)
	return text
}

// test is a condition, or with not its contrary, and how tightly it holds together.
func (w *writer) test(e ir.Expr, not bool) (string, int) {
	switch e := e.(type) {
	case *ir.Const:
		return map[bool]string{true: "always", false: "never"}[isTrue(e.Value) != not], atom
	case *ir.Not:
		return w.test(e.X, !not)
	case *ir.And:
		return w.joined(e.X, e.Y, not, !not)
	case *ir.Or:
		return w.joined(e.X, e.Y, not, not)
	case *ir.In:
		x := w.operand(e.X, sum)
		if len(e.Set) == 1 {
			return x + is(not) + constant(e.Set[0]), comparison
		}
		return x + is(not) + "one of " + constants(e.Set), comparison
	case *ir.Call:
		if text, ok := w.testCall(e, not); ok {
			return text, comparison
		}
	case *ir.Each:
		if text, level, ok := w.testEach(e, not); ok {
			return text, level
		}
	case *ir.Local:
		if value, ok := w.inlined[e.Name]; ok {
			return w.test(value, not)
		}
	}
	w.terms["set"] = true
	return w.operand(e, sum) + is(not) + "set", comparison
}

// joined is two conditions with "and" between them, or "or". The contrary of "a and b" is
// "not a or not b".
func (w *writer) joined(x, y ir.Expr, not, and bool) (string, int) {
	level, word := either, " or "
	if and {
		level, word = both, " and "
	}
	side := func(e ir.Expr) string {
		text, inner := w.test(e, not)
		if inner < level || inner != level && inner < comparison {
			return "(" + text + ")"
		}
		return text
	}
	return side(x) + word + side(y), level
}

func is(not bool) string {
	if not {
		return " is not "
	}
	return " is "
}

func isTrue(value any) bool {
	switch v := value.(type) {
	case bool:
		return v
	case float64:
		return v != 0 && v == v
	case string:
		return v != ""
	}
	return false
}

// testEach is an iteration with some or every.
//
//	user.groups contains "admin"
//	for some g of user.groups: g.name is "admin"
func (w *writer) testEach(e *ir.Each, not bool) (string, int, bool) {
	list := w.list(e)
	if e.Kind == ir.Some {
		if x, several, ok := w.sought(e); ok && several && not {
			return list + " contains none of " + x, comparison, true
		} else if ok && several {
			return list + " contains one of " + x, comparison, true
		} else if ok {
			return list + contains(not) + x, comparison, true
		}
	}
	item := e.Item
	if e.Index != "" {
		item += " (at position " + e.Index + ")"
	}
	switch {
	case e.Kind == ir.Some && !not:
		return "for some " + item + " of " + list + ": " + w.condition(e.Body), phrase, true
	case e.Kind == ir.Some:
		return "for no " + item + " of " + list + ": " + w.condition(e.Body), phrase, true
	case e.Kind == ir.Every && !not:
		return "for every " + item + " of " + list + ": " + w.condition(e.Body), phrase, true
	case e.Kind == ir.Every:
		return "not for every " + item + " of " + list + ": " + w.condition(e.Body), phrase, true
	}
	return "", 0, false
}

// sought is what some looks for, when its body compares the item itself with something
// else: "a", or several: "a", "b".
func (w *writer) sought(e *ir.Each) (text string, several, ok bool) {
	isItem := func(x ir.Expr) bool { v, ok := x.(*ir.ItemVar); return ok && v.Name == e.Item }
	free := func(x ir.Expr) bool {
		found := false
		ir.WalkExpr(x, func(x ir.Expr) bool {
			if v, ok := x.(*ir.ItemVar); ok && (v.Name == e.Item || v.Name == e.Index) {
				found = true
			}
			return !found
		})
		return !found
	}
	switch body := e.Body.(type) {
	case *ir.In:
		if isItem(body.X) && len(body.Set) == 1 {
			return constant(body.Set[0]), false, true
		}
		if isItem(body.X) {
			return constants(body.Set), true, true
		}
	case *ir.Call:
		if body.Func != "same" || len(body.Args) != 2 {
			return "", false, false
		}
		x, y := body.Args[0], body.Args[1]
		switch {
		case isItem(x) && free(y):
			return w.operand(y, sum), false, true
		case isItem(y) && free(x):
			return w.operand(x, sum), false, true
		}
	}
	return "", false, false
}

func contains(not bool) string {
	if not {
		return " does not contain "
	}
	return " contains "
}

// tests are the library's functions whose answer is true or false: how a call of each is
// said, and its contrary. {0} is the first argument. "" is said by testCall itself.
var tests = map[string]struct{ yes, no string }{
	"same": {}, "equal": {}, "truthy": {},
	"less":           {"{0} is less than {1}", "{0} is not less than {1}"},
	"lessEq":         {"{0} is at most {1}", "{0} is not at most {1}"},
	"greater":        {"{0} is greater than {1}", "{0} is not greater than {1}"},
	"greaterEq":      {"{0} is at least {1}", "{0} is not at least {1}"},
	"has":            {"{0} has a key {1}", "{0} has no key {1}"},
	"hasOwn":         {"{0} has a key {1} of its own", "{0} has no key {1} of its own"},
	"isNullish":      {"{0} is missing or null", "{0} is neither missing nor null"},
	"isArray":        {"{0} is an array", "{0} is not an array"},
	"includes":       {"{0} contains {1}", "{0} does not contain {1}"},
	"startsWith":     {"{0} starts with {1}", "{0} does not start with {1}"},
	"endsWith":       {"{0} ends with {1}", "{0} does not end with {1}"},
	"test":           {"{1} matches {0}", "{1} does not match {0}"},
	"hasEntry":       {"{0} contains {1}", "{0} does not contain {1}"},
	"isNaN":          {"{0} converts to no number", "{0} converts to a number"},
	"numberIsNaN":    {"{0} is NaN", "{0} is not NaN"},
	"isFinite":       {"{0} converts to a finite number", "{0} converts to no finite number"},
	"numberIsFinite": {"{0} is a finite number", "{0} is not a finite number"},
	"isInteger":      {"{0} is a whole number", "{0} is not a whole number"},
	"isSafeInteger":  {"{0} is a whole number that is exact", "{0} is not a whole number that is exact"},
}

// testCall says a call of a test. It fails for other functions, and for a test with
// arguments that the words leave out.
func (w *writer) testCall(e *ir.Call, not bool) (string, bool) {
	args := trimmed(e.Args)
	words, isTest := tests[e.Func]
	switch {
	case !isTest:
		return "", false
	case e.Func == "truthy" && len(args) == 1:
		text, level := w.test(args[0], not)
		if level < comparison {
			text = "(" + text + ")"
		}
		return text, true
	case (e.Func == "same" || e.Func == "equal") && len(e.Args) == 2:
		return w.compared(e.Func == "same", e.Args[0], e.Args[1], not), true
	case words.yes == "", len(args) != strings.Count(words.yes, "{"):
		return "", false
	}
	if text, ok := w.found(e, not); ok {
		return text, true
	}
	text := words.yes
	if not {
		text = words.no
	}
	return filled(text, w.operands(args, sum)), true
}

// typeWords say what typeof's answers mean.
var typeWords = map[string][2]string{
	"string":    {" is a string", " is not a string"},
	"number":    {" is a number", " is not a number"},
	"boolean":   {" is true or false", " is neither true nor false"},
	"undefined": {" is missing", " is not missing"},
	"object":    {" is an object, an array or null", " is not an object, an array or null"},
	"function":  {" is a function", " is not a function"},
}

// compared is === or ==.
func (w *writer) compared(strict bool, x, y ir.Expr, not bool) string {
	if isConst(x) && !isConst(y) {
		x, y = y, x
	}
	choose := func(words [2]string) string {
		if not {
			return words[1]
		}
		return words[0]
	}
	if call, ok := x.(*ir.Call); ok && call.Func == "typeof" && len(call.Args) == 1 {
		if name, ok := constText(y); ok {
			if words, ok := typeWords[name]; ok {
				return w.operand(call.Args[0], sum) + choose(words)
			}
		}
	}
	if c, ok := y.(*ir.Const); ok {
		switch {
		case !strict && jsvalue.IsNullish(c.Value):
			return w.operand(x, sum) + choose([2]string{" is missing or null", " is neither missing nor null"})
		case strict && jsvalue.IsUndefined(c.Value):
			return w.operand(x, sum) + choose([2]string{" is missing", " is not missing"})
		}
		if text, ok := w.position(x, "same", c.Value, not); ok && (strict || c.Value == -1.0) {
			return text
		}
	}
	word := is(not)
	if !strict {
		w.terms["equals"] = true
		word = choose([2]string{" equals ", " does not equal "})
	}
	return w.operand(x, sum) + word + w.operand(y, sum)
}

// found is a comparison of indexOf's answer that asks whether there is one.
func (w *writer) found(e *ir.Call, not bool) (string, bool) {
	if len(e.Args) != 2 {
		return "", false
	}
	c, ok := e.Args[1].(*ir.Const)
	if !ok {
		return "", false
	}
	return w.position(e.Args[0], e.Func, c.Value, not)
}

// position says what a comparison of indexOf's answer with a number asks.
func (w *writer) position(x ir.Expr, comparison string, with any, not bool) (string, bool) {
	call, ok := x.(*ir.Call)
	if !ok || call.Func != "indexOf" && call.Func != "lastIndexOf" || len(trimmed(call.Args)) != 2 {
		return "", false
	}
	number, ok := with.(float64)
	if !ok {
		return "", false
	}
	var there bool
	switch {
	case comparison == "same" && number == -1, comparison == "less" && number == 0, comparison == "lessEq" && number == -1:
		there = false
	case comparison == "greaterEq" && number == 0, comparison == "greater" && number == -1:
		there = true
	default:
		return "", false
	}
	return w.operand(call.Args[0], sum) + contains(there == not) + w.operand(call.Args[1], sum), true
}

// trimmed is a call's arguments without those at the end that are undefined.
func trimmed(args []ir.Expr) []ir.Expr {
	for len(args) > 0 {
		c, ok := args[len(args)-1].(*ir.Const)
		if !ok || !jsvalue.IsUndefined(c.Value) {
			break
		}
		args = args[:len(args)-1]
	}
	return args
}
