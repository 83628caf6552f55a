package steps

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// signal says how steps ended.
type signal uint8

const (
	through  signal = iota // to their end
	leaving                // behind the block or loop frame.label
	nextTurn               // with the next turn of the loop frame.label
	returned               // the rule's steps are over
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

func (f *frame) steps(list []program.Step) (signal, error) {
	for _, step := range list {
		if s, err := f.step(step); s != through || err != nil {
			return s, err
		}
	}
	return through, nil
}

func (f *frame) step(step program.Step) (signal, error) {
	switch s := step.(type) {
	case *program.If:
		yes, err := f.test(s.Cond, s.At)
		switch {
		case err != nil:
			return through, err
		case yes:
			return f.steps(s.Then)
		}
		return f.steps(s.Else)
	case *program.Let:
		value, err := f.value(s.Value, s.At)
		f.bind(s.Local, value)
		return through, err
	case *program.Set:
		return through, exitAt(f.set(s), s.At)
	case *program.Default:
		return through, exitAt(f.setDefault(s), s.At)
	case *program.Delete:
		return through, exitAt(f.remove(s), s.At)
	case *program.Mutate:
		return through, exitAt(f.mutate(s), s.At)
	case *program.AddUnless:
		return through, exitAt(f.addUnless(s), s.At)
	case *program.Done:
		f.callback(s)
		return through, nil
	case *program.Deny:
		return through, exitAt(f.deny(s), s.At)
	case *program.Fail:
		return through, exitAt(f.fail(s), s.At)
	case *program.Return:
		return returned, nil
	case *program.Exit:
		return through, &ExitError{s.Code, s.At}
	case *program.Eval:
		_, err := f.eval(s.X, s.At)
		return through, err
	case *program.Log:
		return through, exitAt(f.log(s), s.At)
	case *program.Persist:
		return through, exitAt(f.persist(s), s.At)
	case *program.For:
		return f.forItems(s)
	case *program.ForKeys:
		return f.forKeys(s)
	case *program.Count:
		return f.count(s)
	case *program.Block:
		sig, err := f.steps(s.Body)
		if sig == leaving && f.label == s.Label {
			sig = through
		}
		return sig, err
	case *program.Leave:
		f.label = s.Label
		return leaving, nil
	case *program.Next:
		f.label = s.Label
		return nextTurn, nil
	}
	panic(fmt.Sprintf("internal error: a step of type %T", step))
}

// bind gives a variable a value; None is no variable.
func (f *frame) bind(local int, value any) {
	if local != program.None {
		f.Locals[local] = value
	}
}

// turn runs a loop's body once; more is false when the loop is over.
func (f *frame) turn(label string, body []program.Step, at program.Pos) (more bool, sig signal, err error) {
	if f.turns++; f.turns%turnsPerCheck == 0 {
		if f.turns >= maxTurns || f.ctx.Err() != nil || !time.Now().Before(f.deadline()) {
			return false, through, &ExitError{exitLoop.Code, at}
		}
	}
	sig, err = f.steps(body)
	switch {
	case err != nil:
		return false, through, err
	case sig == through, sig == nextTurn && f.label == label:
		return true, through, nil
	case sig == leaving && f.label == label:
		return false, through, nil
	}
	return false, sig, nil
}

func (f *frame) forItems(s *program.For) (signal, error) {
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
			f.Locals[s.Index] = float64(i)
		}
		more, sig, err := f.turn(s.Label, s.Body, s.At)
		if !more {
			return sig, err
		}
	}
}

// mayChange reports whether a value is an array of the input that a step of the rule may
// change while a loop goes through it: the loop would not see that.
func (f *frame) mayChange(value any, expr int) bool {
	array, isArray := value.([]any)
	return isArray && len(array) > 0 && f.Rule.MutatesLists && !f.Rule.Exprs[expr].Fresh
}

// element is an item as a variable may hold it.
func (f *frame) element(items []any, i int, shared *jsvalue.List) (any, error) {
	item := items[i]
	if array, ok := item.([]any); ok && array != nil && f.Rule.MutatesLists {
		if shared == nil {
			return nil, jsvalue.ExitAlias
		}
		f.keep(shared)
		shared.Items[i] = boxed(array)
		return shared.Items[i], nil
	}
	return storable(item)
}

func (f *frame) forKeys(s *program.ForKeys) (signal, error) {
	value, err := f.eval(s.Object, s.At)
	if err != nil || jsvalue.IsNullish(value) {
		return through, err
	}
	if items, isList := jsvalue.AsList(value); isList {
		if f.mayChange(value, s.Object) {
			return through, exitAt(jsvalue.ExitAlias, s.At)
		}
		return f.forIndexes(s, value, len(items))
	}
	values, ok := jsvalue.AsObject(value)
	if !ok {
		return through, exitAt(jsvalue.NotOf(value), s.At)
	}
	var keys []string
	if made, ok := value.(*jsvalue.Object); ok {
		keys = jsondoc.Arrange(slices.Clone(made.Keys))
	} else {
		keys = f.work.order.Keys(values)
	}
	for _, key := range keys {
		if _, stays := values[key]; !stays {
			continue
		}
		f.bind(s.Key, key)
		more, sig, err := f.turn(s.Label, s.Body, s.At)
		if !more {
			return sig, err
		}
	}
	return through, nil
}

// forIndexes visits the indexes of an array, as texts; those that are gone by their turn
// are passed over.
func (f *frame) forIndexes(s *program.ForKeys, list any, n int) (signal, error) {
	if _, isMatch := list.(*jsvalue.RegexpMatch); isMatch {
		return through, exitAt(jsvalue.ExitType, s.At) // it has properties of its own beside
	}
	for i := range n {
		if items, _ := jsvalue.AsList(list); i >= len(items) {
			break
		}
		f.bind(s.Key, strconv.Itoa(i))
		more, sig, err := f.turn(s.Label, s.Body, s.At)
		if !more {
			return sig, err
		}
	}
	return through, nil
}

func (f *frame) count(s *program.Count) (signal, error) {
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
			f.Locals[s.Local] = number
		}
		yes, err := f.test(s.While, s.At)
		if err != nil || !yes {
			return through, err
		}
		more, sig, err := f.turn(s.Label, s.Body, s.At)
		if !more {
			return sig, err
		}
	}
}

// ready makes what an expression reads.
func (f *frame) ready(expr int) {
	if f.runner.clock[expr] && !f.ticking {
		f.ticking = true
		f.Frame.Run.Now = float64(f.run.Now().UnixMilli())
	}
}

// eval computes an expression.
func (f *frame) eval(expr int, at program.Pos) (any, error) {
	f.ready(expr)
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
	if !f.Rule.Exprs[expr].Test {
		value, err := f.eval(expr, at)
		if err != nil {
			return false, err
		}
		yes, err := jsvalue.ToBoolean(value)
		return yes, exitAt(err, f.placeOf(expr, at))
	}
	f.ready(expr)
	yes, err := f.runner.eval.Test(&f.Frame, expr)
	if err != nil {
		err = exitAt(err, f.placeOf(expr, at))
	}
	return yes, err
}

func (f *frame) placeOf(expr int, at program.Pos) program.Pos {
	if own := f.Rule.Exprs[expr].At; own != (program.Pos{}) {
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
	switch v := value.(type) {
	case bool, nil, float64:
		return value, nil
	case *jsvalue.Object, *jsvalue.List:
		if f.runner.copies[expr] && holdsArrays(v, 0) {
			return nil, exitAt(jsvalue.ExitAlias, f.placeOf(expr, at))
		}
		return value, nil
	case []any:
		switch {
		case v == nil:
		case f.Rule.Exprs[expr].Fresh:
			made := &jsvalue.List{Items: v}
			if f.runner.copies[expr] && holdsArrays(made, 0) {
				return nil, exitAt(jsvalue.ExitAlias, f.placeOf(expr, at))
			}
			return made, nil
		case f.Rule.MutatesLists:
			return nil, exitAt(jsvalue.ExitAlias, f.placeOf(expr, at))
		}
	}
	value, err = storable(value)
	return value, exitAt(err, f.placeOf(expr, at))
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
