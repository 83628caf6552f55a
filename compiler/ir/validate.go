package ir

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Validate checks the invariants of the package. Its error says the first that is broken,
// with the place of the step or expression; a pass that breaks one has a mistake.
func Validate(r *Rule) (err error) {
	v := &validator{rule: r, names: map[string]bool{}, items: map[string]bool{}, labels: map[string]bool{}}
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case *broken:
			err = fmt.Errorf("%d:%d: %s", thrown.at.Line, thrown.at.Column, thrown.message)
		default:
			panic(thrown)
		}
	}()
	for _, local := range r.Locals {
		v.at = source.Span{}
		v.check(local != "" && local != "user" && local != "context", "%q is no name for a variable", local)
		v.check(!v.names[local], "two variables are called %s", local)
		v.names[local] = true
	}
	v.steps(r.Steps, nil)
	return nil
}

type broken struct {
	at      source.Pos
	message string
}

type validator struct {
	rule   *Rule
	at     source.Span
	names  map[string]bool // variables
	items  map[string]bool // item variables in scope
	labels map[string]bool // labels of the rule so far
}

// around is a block or loop that a step stands in.
type around struct {
	label string
	loop  bool
	outer *around
}

func (v *validator) check(ok bool, format string, args ...any) {
	if !ok {
		panic(&broken{v.at.Start, fmt.Sprintf(format, args...)})
	}
}

func (v *validator) span(at source.Span, what any) {
	v.check(at.Start.Line > 0, "%T has no span", what)
	v.at = at
}

func (v *validator) steps(steps []Step, in *around) {
	for _, s := range steps {
		v.check(s != nil, "a step is nil")
		v.span(s.Span(), s)
		v.step(s, in)
	}
}

func (v *validator) step(s Step, in *around) {
	switch s := s.(type) {
	case *Let:
		v.variable(s.Name)
		v.expr(s.Value)
	case *Set:
		v.place(s.Target, 1)
		v.expr(s.Value)
	case *Default:
		v.place(s.Target, 1)
		v.expr(s.Value)
	case *Delete:
		v.place(s.Target, 1)
	case *Mutate:
		v.place(s.Target, 0)
		v.check(isName(s.Method), "%q is no method", s.Method)
		v.arguments(s.Args)
		if s.Result != "" {
			v.variable(s.Result)
		}
		v.check(v.rule.MutatesLists || !ListMethod(s.Method) || isVariable(s.Target), "%s changes an array, but MutatesLists is not set", s.Method)
	case *AddRole:
		v.place(s.Target, 0)
		v.expr(s.Value)
		v.check(v.rule.MutatesLists || isVariable(s.Target), "a value is added to an array, but MutatesLists is not set")
	case *If:
		v.expr(s.Cond)
		v.steps(s.Then, in)
		v.steps(s.Else, in)
	case *For, *ForKeys, *Count, *Block:
		v.loop(s, in)
	case *Leave:
		v.check(in.find(s.Label) != nil, "no block or loop around is called %s", s.Label)
	case *Next:
		to := in.find(s.Label)
		v.check(to != nil && to.loop, "no loop around is called %s", s.Label)
	case *Eval:
		v.expr(s.X)
	case *Log:
		v.check(slices.Contains([]string{"log", "info", "warn", "error", "debug"}, s.Level), "%q is no level of the console", s.Level)
		v.arguments(s.Args)
	case *Done:
		v.check(s.User <= Dropped && s.Context <= Dropped, "an unknown pass")
	case *Deny:
		v.optional(s.Message)
	case *Fail:
		v.check(s.Name != "" || s.Message != nil && len(s.Fields) == 0, "a failure with a value has a message and no fields")
		v.optional(s.Message)
		v.fields(s.Fields)
	case *Persist:
		v.persist(s)
	case *Return:
	case *Exit:
		row, ok := diag.Lookup(diag.Code(s.Code))
		v.check(ok && row.Severity == diag.Exit, "%q is no code of an exit", s.Code)
		v.check(utf8.ValidString(s.Note), "the note of an exit is no UTF-8 text")
	default:
		v.check(false, "unknown step %T", s)
	}
}

func (v *validator) loop(s Step, in *around) {
	switch s := s.(type) {
	case *For:
		v.label(s.Label)
		v.optionalVariable(s.Item)
		v.optionalVariable(s.Index)
		v.expr(s.List)
		v.steps(s.Body, &around{s.Label, true, in})
	case *ForKeys:
		v.label(s.Label)
		v.optionalVariable(s.Key)
		v.expr(s.Object)
		v.steps(s.Body, &around{s.Label, true, in})
	case *Count:
		v.label(s.Label)
		v.variable(s.Name)
		v.check(s.By != 0 && !math.IsNaN(s.By) && !math.IsInf(s.By, 0), "a loop's step is %v", s.By)
		v.expr(s.From)
		v.expr(s.While)
		v.steps(s.Body, &around{s.Label, true, in})
	case *Block:
		v.label(s.Label)
		v.steps(s.Body, &around{s.Label, false, in})
	}
}

func (v *validator) persist(s *Persist) {
	v.check(s.Target == "app" || s.Target == "user", "metadata is called app or user, not %q", s.Target)
	v.check(slices.Contains([]string{"then", "callback", "await", "none"}, s.Style), "%q is no way to wait for an answer", s.Style)
	v.check(s.Await == (s.Style == "await"), "await is a style of its own")
	v.check(len(s.Then) == 0 || s.Style == "then" || s.Style == "callback", "steps follow a write that nobody waits for")
	v.expr(s.UserID)
	v.expr(s.Values)
	v.steps(s.Then, nil) // they run later: what is around is left by then
}

// find is the block or loop of a label, among w and those around it.
func (w *around) find(label string) *around {
	for ; w != nil; w = w.outer {
		if w.label == label {
			return w
		}
	}
	return nil
}

func (v *validator) label(label string) {
	v.check(label != "", "a label is empty")
	v.check(!v.labels[label], "two blocks or loops are called %s", label)
	v.labels[label] = true
}

func (v *validator) variable(n string) { v.check(v.names[n], "%q is no variable of the rule", n) }

func (v *validator) optionalVariable(n string) {
	if n != "" {
		v.variable(n)
	}
}

// place checks a place with so many keys at least.
func (v *validator) place(at Place, keys int) {
	step := v.at
	v.span(at.At, at)
	switch base := at.Base.(type) {
	case *Root:
		keys = max(keys, 1)
	case *Local:
	default:
		v.check(false, "a place starts at %T", base)
	}
	v.expr(at.Base)
	v.check(len(at.Keys) >= keys, "a place has too few keys")
	for _, key := range at.Keys {
		v.expr(key)
	}
	v.at = step
}

// isVariable reports whether a place is a variable itself: an array there may be the rule's
// own, which needs no MutatesLists.
func isVariable(at Place) bool {
	_, local := at.Base.(*Local)
	return local && len(at.Keys) == 0
}

// WritesItem reports whether a place may be an element of an array.
func WritesItem(at Place) bool {
	if len(at.Keys) == 0 {
		return false
	}
	key, ok := ConstString(at.Keys[len(at.Keys)-1])
	return !ok || key != "" && key[0] >= '0' && key[0] <= '9'
}

// ListMethod reports whether a method changes an array in place.
func ListMethod(method string) bool {
	switch method {
	case "push", "pop", "shift", "unshift", "splice", "reverse", "sort", "fill", "copyWithin":
		return true
	}
	return false
}

func (v *validator) arguments(items []Item) {
	for _, item := range items {
		v.expr(item.X)
	}
}

func (v *validator) fields(fields []Field) {
	for _, f := range fields {
		v.optional(f.Key)
		v.expr(f.Value)
	}
}

func (v *validator) optional(e Expr) {
	if e != nil {
		v.expr(e)
	}
}

func (v *validator) expr(e Expr) {
	v.check(e != nil, "an expression is nil")
	_, pattern := e.(*Regexp)
	v.check(!pattern, "a regular expression is no argument of a function")
	v.operand(e)
}

// operand checks an expression that may be a regular expression.
func (v *validator) operand(e Expr) {
	v.check(e != nil, "an expression is nil")
	outer := v.at
	v.span(e.Span(), e)
	switch e := e.(type) {
	case *Const:
		v.check(isConstant(e.Value), "%#v is no constant", e.Value)
	case *Root:
		v.root(e.Name)
	case *Local:
		v.variable(e.Name)
	case *ItemVar:
		v.check(v.items[e.Name], "%q is no item variable here", e.Name)
	case *Path:
		v.root(e.Root)
		v.check(len(e.Keys) > 0, "a path has no keys")
		for _, key := range e.Keys {
			v.check(utf8.ValidString(key), "%q is no key", key)
		}
	case *Call:
		v.call(e)
	case *In:
		seen := make(map[any]bool, len(e.Set))
		for _, value := range e.Set {
			n, isNumber := value.(float64)
			v.check(isConstant(value) && !jsvalue.IsUndefined(value) && !(isNumber && math.IsNaN(n)), "%v is in a set", value)
			v.check(!seen[value], "%v is twice in a set", value)
			seen[value] = true
		}
		v.expr(e.X)
	case *Object:
		v.fields(e.Fields)
	case *Regexp:
		v.check(utf8.ValidString(e.Source), "a regular expression is no UTF-8 text")
		v.check(slices.Contains([]string{"", "g", "i", "gi", "ig"}, e.Flags), "a regular expression has the flags %q", e.Flags)
	case *OptGet:
		v.expr(e.X)
		v.body(e.Then, e.Name)
	case *Each:
		v.check(e.Kind >= Some && e.Kind <= Map, "an unknown kind of Each")
		v.expr(e.List)
		names := []string{e.Item}
		if e.Index != "" {
			names = append(names, e.Index)
		}
		v.body(e.Body, names...)
	case *Get, *Not, *And, *Or, *Coalesce, *Cond, *List:
		EachOperand(e, v.expr)
	default:
		v.check(false, "unknown expression %T", e)
	}
	v.at = outer
}

// body checks an expression in which names are item variables.
func (v *validator) body(e Expr, names ...string) {
	for _, n := range names {
		v.check(n != "" && n != "user" && n != "context" && !v.names[n] && !v.items[n], "%q is no name for an item variable here", n)
		v.items[n] = true
	}
	v.expr(e)
	for _, n := range names {
		delete(v.items, n)
	}
}

func (v *validator) root(n string) {
	v.check(n == "user" || n == "context", "%q is neither user nor context", n)
}

func (v *validator) call(e *Call) {
	v.check(isName(e.Func), "%q is no function", e.Func)
	if f, ok := stdlib.Lookup(e.Func); ok {
		v.check(len(e.Args) >= f.Min && (f.Max < 0 || len(e.Args) <= f.Max), "%s is called with %d arguments", e.Func, len(e.Args))
	}
	for _, arg := range e.Args {
		v.operand(arg)
	}
}

// isConstant reports whether v is a value of a Const.
func isConstant(v any) bool {
	switch v := v.(type) {
	case nil, bool, float64:
		return true
	case string:
		return utf8.ValidString(v)
	}
	return jsvalue.IsUndefined(v)
}
