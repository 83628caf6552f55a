package steps

import (
	"slices"
	"strconv"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Bounds of loops: after so many turns the time is looked at, and the rule is left.
const (
	turnsPerCheck = 1024
	maxTurns      = 1_000_000
)

var (
	exitLoop  = &jsvalue.Exit{Code: "loop-unbounded"}
	exitStore = &jsvalue.Exit{Code: "store-refused"}
)

// bind gives a variable a value; None is no variable.
func (f *frame) bind(local int, value any) {
	if local != program.None {
		f.Locals[local] = value
	}
}

// turn runs a loop's body once; more is false when the loop is over, and sig then how.
func (f *frame) turn(label string, body []op, at program.Pos) (more bool, sig signal) {
	if f.turns++; f.turns%turnsPerCheck == 0 {
		if f.turns >= maxTurns || f.ctx.Err() != nil || !time.Now().Before(f.deadline()) {
			return false, f.ended(exitLoop, at)
		}
	}
	switch sig = f.do(body); {
	case sig == through, sig == nextTurn && f.label == label:
		return true, through
	case sig == leaving && f.label == label:
		return false, through
	}
	return false, sig
}

func (f *frame) forItems(s *program.For, body []op) (signal, error) {
	value, err := f.eval(s.List, s.At)
	if err != nil {
		return through, err
	}
	shared, _ := value.(*jsvalue.List)
	items, ok := jsvalue.AsList(value)
	if !ok {
		return through, exitAt(jsvalue.NotOf(value), s.At)
	}
	if f.mayChange(value, s.List) {
		return through, exitAt(jsvalue.ExitAlias, s.At)
	}
	length := len(items)
	for i := 0; ; i++ {
		if shared != nil {
			items = shared.Items
		}
		if i >= len(items) || s.Fixed && i >= length {
			return through, nil
		}
		if s.Item != program.None {
			item, err := f.element(items, i, shared)
			if err != nil {
				return through, exitAt(err, s.At)
			}
			f.bind(s.Item, item)
		}
		if s.Index != program.None {
			f.Locals[s.Index] = jsvalue.Count(i)
		}
		if more, sig := f.turn(s.Label, body, s.At); !more {
			return sig, nil
		}
	}
}

// mayChange reports whether a value is an array of the input that a step of the rule may
// change while a loop goes through it: the loop would not see that.
func (f *frame) mayChange(value any, expr int) bool {
	array, isArray := value.([]any)
	return isArray && len(array) > 0 && f.runner.mutates && !f.runner.exprs[expr].fresh
}

// element is an item as a variable may hold it.
func (f *frame) element(items []any, i int, shared *jsvalue.List) (any, error) {
	item := items[i]
	if array, ok := item.([]any); ok && array != nil && f.runner.mutates {
		if shared == nil {
			return nil, jsvalue.ExitAlias
		}
		f.keep(shared)
		shared.Items[i] = boxed(array)
		return shared.Items[i], nil
	}
	return storable(item)
}

func (f *frame) forKeys(s *program.ForKeys, body []op) (signal, error) {
	value, err := f.eval(s.Object, s.At)
	if err != nil || jsvalue.IsNullish(value) {
		return through, err
	}
	if items, isList := jsvalue.AsList(value); isList {
		if f.mayChange(value, s.Object) {
			return through, exitAt(jsvalue.ExitAlias, s.At)
		}
		return f.forIndexes(s, body, value, len(items))
	}
	values, ok := jsvalue.AsObject(value)
	if !ok {
		return through, exitAt(jsvalue.NotOf(value), s.At)
	}
	var keys []string
	if made, ok := value.(*jsvalue.Object); ok {
		keys = jsondoc.Arrange(slices.Clone(made.Keys))
	} else {
		keys = f.work.ordered().Keys(values)
	}
	for _, key := range keys {
		if _, stays := values[key]; !stays {
			continue
		}
		f.bind(s.Key, key)
		if more, sig := f.turn(s.Label, body, s.At); !more {
			return sig, nil
		}
	}
	return through, nil
}

// forIndexes visits the indexes of an array, as texts; those that are gone by their turn
// are passed over.
func (f *frame) forIndexes(s *program.ForKeys, body []op, list any, n int) (signal, error) {
	if _, isMatch := list.(*jsvalue.RegexpMatch); isMatch {
		return through, exitAt(jsvalue.ExitType, s.At) // it has properties of its own beside
	}
	for i := range n {
		if items, _ := jsvalue.AsList(list); i >= len(items) {
			break
		}
		f.bind(s.Key, strconv.Itoa(i))
		if more, sig := f.turn(s.Label, body, s.At); !more {
			return sig, nil
		}
	}
	return through, nil
}

func (f *frame) count(s *program.Count, body []op) (signal, error) {
	from, err := f.value(s.From, s.At)
	if err != nil {
		return through, err
	}
	number, ok := from.(float64)
	if !ok {
		return through, exitAt(jsvalue.ExitType, s.At)
	}
	for ; ; number += s.By {
		if s.Local != program.None {
			f.Locals[s.Local] = jsvalue.Boxed(number)
		}
		yes, err := f.test(s.While, s.At)
		if err != nil || !yes {
			return through, err
		}
		if more, sig := f.turn(s.Label, body, s.At); !more {
			return sig, nil
		}
	}
}

// readClock reads the run's clock, once in a turn of the event loop.
func (f *frame) readClock() {
	if !f.ticking {
		f.ticking = true
		f.Frame.Run.Now = float64(f.run.Now().UnixMilli())
	}
}

// eval computes an expression.
func (f *frame) eval(expr int, at program.Pos) (any, error) {
	e := &f.runner.exprs[expr]
	if e.clock {
		f.readClock()
	}
	if e.value != nil {
		return e.value(&f.Frame), nil
	}
	value, err := f.runner.eval.Eval(&f.Frame, expr)
	if err == nil {
		exit, ok := value.(*jsvalue.Exit)
		if !ok {
			return value, nil
		}
		err = exit
	}
	return nil, exitAt(err, f.placeOf(expr, at))
}

// test computes a condition.
func (f *frame) test(expr int, at program.Pos) (bool, error) {
	e := &f.runner.exprs[expr]
	if !e.isTest {
		value, err := f.eval(expr, at)
		if err != nil {
			return false, err
		}
		yes, err := jsvalue.ToBoolean(value)
		return yes, exitAt(err, f.placeOf(expr, at))
	}
	if e.clock {
		f.readClock()
	}
	if e.test != nil {
		return e.test(&f.Frame), nil
	}
	yes, err := f.runner.eval.Test(&f.Frame, expr)
	if err != nil {
		err = exitAt(err, f.placeOf(expr, at))
	}
	return yes, err
}

func (f *frame) placeOf(expr int, at program.Pos) program.Pos {
	if own := f.runner.exprs[expr].at; own != (program.Pos{}) {
		return own
	}
	return at
}

// value computes an expression whose value is bound to a variable or stored.
func (f *frame) value(expr int, at program.Pos) (any, error) {
	value, err := f.eval(expr, at)
	if err != nil {
		return nil, err
	}
	value, err = keepable(value, f.runner.exprs[expr].fresh, f.runner.mutates, f.runner.exprs[expr].copies)
	return value, exitAt(err, f.placeOf(expr, at))
}

// keepable is an expression's value as variables and properties hold it.
func keepable(value any, fresh, mutatesLists, copies bool) (any, error) {
	switch v := value.(type) {
	case bool, nil, float64:
		return value, nil
	case *jsvalue.Object, *jsvalue.List:
		if copies && holdsArrays(v, 0) {
			return nil, jsvalue.ExitAlias
		}
		return value, nil
	case []any:
		switch {
		case v == nil:
		case fresh:
			made := &jsvalue.List{Items: v}
			if copies && holdsArrays(made, 0) {
				return nil, jsvalue.ExitAlias
			}
			return made, nil
		case mutatesLists:
			return nil, jsvalue.ExitAlias
		}
	}
	return storable(value)
}

// holdsArrays reports whether an array of the input stands in what the run has made: a copy
// of it, in a rule that changes arrays, would not see a change of the original. Deeper than
// anything that one expression makes it is not looked.
func holdsArrays(made any, depth int) bool {
	if depth > maxMadeDepth {
		return true
	}
	holds := func(value any) bool {
		switch v := value.(type) {
		case []any:
			return v != nil
		case *jsvalue.Object, *jsvalue.List:
			return holdsArrays(v, depth+1)
		}
		return false
	}
	switch v := made.(type) {
	case *jsvalue.Object:
		for _, value := range v.Values {
			if holds(value) {
				return true
			}
		}
	case *jsvalue.List:
		return slices.ContainsFunc(v.Items, holds)
	}
	return false
}

const maxMadeDepth = 32

// storable is a value as variables and properties hold it: numbers are float64.
func storable(value any) (any, error) {
	switch v := value.(type) {
	case string:
		if !readable(v) {
			return nil, jsvalue.ExitForeign
		}
		return value, nil
	case bool, nil, float64:
		return value, nil
	}
	if jsvalue.TypeIn(value) == jsvalue.NoValue {
		return nil, jsvalue.Unknown(value)
	}
	if n, ok := jsvalue.GoNumber(value); ok {
		return n, nil
	}
	return value, nil
}
