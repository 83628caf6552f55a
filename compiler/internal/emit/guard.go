package emit

import (
	"maps"
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// guardsOf finds out for which values of single properties of context a rule does nothing but
// succeed.
//
//	if not(context.clientID == "a") { done return } …   |->  clientID, except "a"
//	if context.connection in {"a", "b"} { … } done      |->  connection, except "a", "b"
//	if context.protocol == "p" or … { done return } …   |->  protocol, "p"
//
// The rule is walked through for each text that it compares the property with, and once for
// all other texts, undefined and null, which are alike to it. What depends on anything else,
// and what may exit, ends the walk without an answer.
func guardsOf(rule *ir.Rule) []program.Guard {
	w := &walker{sets: map[*ir.In]map[any]bool{}}
	texts := w.comparisons(rule)
	var guards []program.Guard
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if guard, ok := w.guard(rule, key, texts[key]); ok {
			guards = append(guards, guard)
		}
	}
	return guards
}

// maxGuardTexts bounds the walks through one rule.
const maxGuardTexts = 256

func (w *walker) guard(rule *ir.Rule, key string, texts []string) (program.Guard, bool) {
	if len(texts) > maxGuardTexts || jsvalue.OnObject(key) {
		return program.Guard{}, false
	}
	guard := program.Guard{Key: key}
	guard.Except = w.idle(rule, key, nil)
	for _, text := range texts {
		if w.idle(rule, key, &text) != guard.Except {
			guard.Values = append(guard.Values, text)
		}
	}
	return guard, guard.Except || len(guard.Values) > 0
}

// comparisons are the texts that a rule compares properties of context with, by property.
func (w *walker) comparisons(rule *ir.Rule) map[string][]string {
	held := map[string][]string{} // by variable: the properties that it may hold
	ir.Walk(rule.Steps, func(step ir.Step) bool {
		if let, ok := step.(*ir.Let); ok {
			if key, ok := propertyOf(let.Value); ok {
				held[let.Name] = append(held[let.Name], key)
			}
		}
		return true
	}, nil)
	found := map[string][]string{}
	add := func(x ir.Expr, value any) {
		var keys []string
		if key, ok := propertyOf(x); ok {
			keys = []string{key}
		} else if local, ok := x.(*ir.Local); ok {
			keys = held[local.Name]
		}
		text, ok := value.(string)
		for _, key := range keys {
			if ok && len(found[key]) <= maxGuardTexts && !slices.Contains(found[key], text) {
				found[key] = append(found[key], text)
			}
		}
	}
	ir.Walk(rule.Steps, nil, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.In:
			for _, value := range x.Set {
				add(x.X, value)
			}
		case *ir.Call:
			if len(x.Args) == 2 && (x.Func == "same" || x.Func == "equal") {
				for i := range 2 {
					if c, ok := x.Args[1-i].(*ir.Const); ok {
						add(x.Args[i], c.Value)
					}
				}
			}
		}
		return true
	})
	return found
}

// propertyOf is the property of context that an expression reads, if it does nothing else.
func propertyOf(x ir.Expr) (string, bool) {
	if path, ok := x.(*ir.Path); ok && path.Root == "context" && len(path.Keys) == 1 {
		return path.Keys[0], true
	}
	return "", false
}

// walker walks through a rule with one property known.
type walker struct {
	sets map[*ir.In]map[any]bool

	key  string
	text *string // its value; nil for undefined, null and all texts that the rule does not name
	vars map[string]ir.Expr
	done bool
}

// idle reports whether the rule surely does nothing but succeed.
func (w *walker) idle(rule *ir.Rule, key string, text *string) bool {
	w.key, w.text, w.vars, w.done = key, text, map[string]ir.Expr{}, false
	end, _ := w.steps(rule.Steps)
	return end != lost && end != leaves && w.done
}

// ending is how a walk through steps has ended.
type ending uint8

const (
	through ending = iota
	returns
	leaves // to a label
	lost   // it is not known what happens
)

func (w *walker) steps(list []ir.Step) (end ending, label string) {
	for _, step := range list {
		if end, label = w.step(step); end != through {
			return end, label
		}
	}
	return through, ""
}

func (w *walker) step(step ir.Step) (ending, string) {
	switch s := step.(type) {
	case *ir.If:
		switch w.test(s.Cond) {
		case yes:
			return w.steps(s.Then)
		case no:
			return w.steps(s.Else)
		}
	case *ir.Let:
		if w.plain(s.Value) {
			w.vars[s.Name] = s.Value
			return through, ""
		}
	case *ir.Done:
		if !w.done && s.User == ir.Own && s.Context == ir.Own && s.Falsy == "" {
			w.done = true
			return through, ""
		}
	case *ir.Return:
		return returns, ""
	case *ir.Block:
		end, label := w.steps(s.Body)
		if end == leaves && label == s.Label {
			return through, ""
		}
		return end, label
	case *ir.Leave:
		return leaves, s.Label
	}
	return lost, ""
}

// plain reports whether an expression can be computed without an exit, and without anything
// that the walk does not know.
func (w *walker) plain(x ir.Expr) bool {
	switch x := x.(type) {
	case *ir.Const:
		return true
	case *ir.Path:
		key, ok := propertyOf(x)
		return ok && key == w.key
	case *ir.List:
		return !slices.ContainsFunc(x.Items, func(item ir.Item) bool { return item.Spread || !w.plain(item.X) })
	}
	return false
}

// answer is what is known of a condition.
type answer uint8

const (
	unknown answer = iota
	yes
	no
)

func known(b bool) answer {
	if b {
		return yes
	}
	return no
}

func (a answer) not() answer {
	switch a {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// test is what is known of an expression's truthiness, when it is known that the expression
// does not exit.
func (w *walker) test(x ir.Expr) answer {
	switch x := w.value(x).(type) {
	case *ir.Const:
		truthy, err := jsvalue.ToBoolean(x.Value)
		if err == nil {
			return known(truthy)
		}
	case *ir.Path:
		if key, ok := propertyOf(x); ok && key == w.key && w.text != nil {
			return known(*w.text != "")
		}
	case *ir.Not:
		return w.test(x.X).not()
	case *ir.And:
		return w.both(x.X, x.Y, yes)
	case *ir.Or:
		return w.both(x.X, x.Y, no)
	case *ir.Cond:
		switch w.test(x.If) {
		case yes:
			return w.test(x.Then)
		case no:
			return w.test(x.Else)
		}
	case *ir.In:
		return w.in(x)
	case *ir.Call:
		switch {
		case x.Func == "truthy" && len(x.Args) == 1:
			return w.test(x.Args[0])
		case (x.Func == "same" || x.Func == "equal") && len(x.Args) == 2:
			left, right := w.value(x.Args[0]), w.value(x.Args[1])
			if _, constant := left.(*ir.Const); constant {
				left, right = right, left
			}
			if text, ok := right.(*ir.Const); ok {
				return w.equals(left, text.Value)
			}
		}
	}
	return unknown
}

// both is X && Y with goesOn yes, X || Y with no: the answer of X that lets Y count.
func (w *walker) both(x, y ir.Expr, goesOn answer) answer {
	first := w.test(x)
	if first == goesOn {
		return w.test(y)
	}
	return first
}

// value is what a variable stands for; other expressions stand for themselves.
func (w *walker) value(x ir.Expr) ir.Expr {
	if local, ok := x.(*ir.Local); ok {
		if value, known := w.vars[local.Name]; known {
			return value
		}
	}
	return x
}

// equals compares an expression with a constant text.
func (w *walker) equals(x ir.Expr, value any) answer {
	text, ok := value.(string)
	if !ok {
		return unknown
	}
	if key, ok := propertyOf(x); ok && key == w.key {
		return known(w.text != nil && *w.text == text)
	}
	return unknown
}

// in looks for the property in a set. Where the set holds anything but texts it is not known
// what null does.
func (w *walker) in(x *ir.In) answer {
	if key, ok := propertyOf(w.value(x.X)); !ok || key != w.key {
		return unknown
	}
	set, made := w.sets[x]
	if !made {
		set = make(map[any]bool, len(x.Set))
		for _, value := range x.Set {
			set[value] = true
		}
		w.sets[x] = set
	}
	if w.text != nil {
		return known(set[*w.text])
	}
	for _, value := range x.Set {
		if _, ok := value.(string); !ok {
			return unknown
		}
	}
	return no
}
