package steps

import (
	"math"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// maxItems is the longest array that a step makes.
const maxItems = 1 << 20

// receiver is what a step changes in place: the value of a place.
func (f *frame) receiver(p *program.Place) (any, error) {
	if len(p.Keys) == 0 {
		if p.Root != "" {
			return f.root(p.Root), nil
		}
		return f.Locals[p.Local], nil
	}
	object, key, err := f.target(p)
	if err != nil {
		return nil, err
	}
	return f.child(object, key)
}

// arguments computes a call's arguments.
func (f *frame) arguments(args []program.Arg, at program.Pos) ([]any, error) {
	values := make([]any, 0, len(args))
	for _, arg := range args {
		if !arg.Spread {
			value, err := f.value(arg.Expr, at)
			if err != nil {
				return nil, err
			}
			values = append(values, value)
			continue
		}
		value, err := f.eval(arg.Expr, at)
		if err != nil {
			return nil, err
		}
		items, ok := jsvalue.AsList(value)
		if !ok {
			return nil, jsvalue.NotOf(value)
		}
		shared, _ := value.(*jsvalue.List)
		for i := range items {
			item, err := f.element(items, i, shared)
			if err != nil {
				return nil, err
			}
			values = append(values, item)
		}
	}
	return values, nil
}

func (f *frame) mutate(s *program.Mutate) error {
	on, err := f.receiver(&s.Target)
	if err != nil {
		return err
	}
	args, err := f.arguments(s.Args, s.At)
	if err != nil {
		return err
	}
	var result any
	if list, ok := on.(*jsvalue.List); ok {
		f.keep(list)
		result, err = changeList(list, s.Method, args)
	} else {
		if _, isDate := on.(*jsvalue.Date); isDate && f.decided {
			return jsvalue.ExitType // it may be stored, as it was at the callback
		}
		result, err = changeOther(on, s.Method, args)
	}
	if err == nil && s.Result != program.None {
		f.Locals[s.Result] = result
	}
	return err
}

// push appends one value to an array, the usual change of one.
func (c *compiler) push(s *program.Mutate) op {
	value := c.stored(s.Args[0].Expr, s.At)
	return func(f *frame) signal {
		on, err := f.receiver(&s.Target)
		if err != nil {
			return f.ended(err, s.At)
		}
		list, ok := on.(*jsvalue.List)
		if !ok {
			return f.ended(f.mutate(s), s.At)
		}
		item := value(&f.Frame)
		if len(list.Items) >= maxItems {
			return f.ended(jsvalue.ExitSize, s.At)
		}
		f.keep(list)
		list.Items = append(list.Items, item)
		return through
	}
}

func (f *frame) addUnless(s *program.AddUnless) error {
	on, err := f.receiver(&s.Target)
	if err != nil {
		return err
	}
	list, ok := on.(*jsvalue.List)
	if !ok {
		return jsvalue.NotOf(on)
	}
	value, err := f.value(s.Value, s.At)
	if err != nil {
		return err
	}
	for _, item := range list.Items {
		if same, err := jsvalue.StrictEquals(item, value); same || err != nil {
			return err
		}
	}
	f.keep(list)
	list.Items = append(list.Items, value)
	return nil
}

// changeList is a method of arrays that changes its array.
//
// Source: ECMA-262 Array.prototype.push and the like.
func changeList(l *jsvalue.List, method string, args []any) (any, error) {
	if len(l.Items)+len(args) > maxItems {
		return nil, jsvalue.ExitSize
	}
	n := len(l.Items)
	switch method {
	case "push":
		l.Items = append(l.Items, args...)
		return float64(len(l.Items)), nil
	case "unshift":
		l.Items = append(args, l.Items...)
		return float64(len(l.Items)), nil
	case "pop":
		if n == 0 {
			return jsvalue.Undefined, nil
		}
		last := l.Items[n-1]
		l.Items = l.Items[:n-1]
		return storable(last)
	case "shift":
		if n == 0 {
			return jsvalue.Undefined, nil
		}
		first := l.Items[0]
		l.Items = slices.Delete(l.Items, 0, 1)
		return storable(first)
	case "reverse":
		slices.Reverse(l.Items)
		return l, nil
	case "splice":
		return splice(l, args)
	case "fill":
		return fill(l, args)
	case "sort":
		return sortItems(l, args)
	}
	return nil, jsvalue.ExitType
}

// splice takes items out of an array and puts others in their place.
//
// Source: ECMA-262 Array.prototype.splice.
func splice(l *jsvalue.List, args []any) (any, error) {
	n := len(l.Items)
	start, err := relative(args, 0, n, 0)
	if err != nil {
		return nil, err
	}
	count := 0
	switch {
	case len(args) == 1:
		count = n - start
	case len(args) > 1:
		given, err := integer(args[1])
		if err != nil {
			return nil, err
		}
		count = int(min(max(given, 0), float64(n-start)))
	}
	removed := slices.Clone(l.Items[start : start+count])
	if removed == nil {
		removed = []any{}
	}
	var added []any
	if len(args) > 2 {
		added = args[2:]
	}
	l.Items = slices.Replace(l.Items, start, start+count, added...)
	return &jsvalue.List{Items: removed}, nil
}

// fill writes one value to a range of an array.
//
// Source: ECMA-262 Array.prototype.fill.
func fill(l *jsvalue.List, args []any) (any, error) {
	value := jsvalue.Undefined
	if len(args) > 0 {
		value = args[0]
	}
	n := len(l.Items)
	start, err := relative(args, 1, n, 0)
	if err != nil {
		return nil, err
	}
	end, err := relative(args, 2, n, n)
	if err != nil {
		return nil, err
	}
	for i := start; i < end; i++ {
		l.Items[i] = value
	}
	return l, nil
}

// sortItems sorts an array by the texts of its items, undefined last.
//
// Source: ECMA-262 Array.prototype.sort without a function.
func sortItems(l *jsvalue.List, args []any) (any, error) {
	if len(args) > 0 && !jsvalue.IsUndefined(args[0]) {
		return nil, jsvalue.ExitType
	}
	type entry struct {
		item any
		text string
	}
	entries := make([]entry, 0, len(l.Items))
	for _, item := range l.Items {
		if jsvalue.IsUndefined(item) {
			continue
		}
		text, err := jsvalue.ToString(item)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{item, text})
	}
	var failed error
	slices.SortStableFunc(entries, func(a, b entry) int {
		order, err := jsvalue.CompareStrings(a.text, b.text)
		if err != nil {
			failed = err
		}
		return order
	})
	if failed != nil {
		return nil, failed
	}
	for i := range l.Items {
		l.Items[i] = jsvalue.Undefined
		if i < len(entries) {
			l.Items[i] = entries[i].item
		}
	}
	return l, nil
}

// relative is an argument that names a place in an array of n items: below 0 it counts from
// the end. Left out or undefined it is otherwise.
func relative(args []any, i, n, otherwise int) (int, error) {
	if i >= len(args) || jsvalue.IsUndefined(args[i]) {
		return otherwise, nil
	}
	at, err := integer(args[i])
	if err != nil {
		return 0, err
	}
	if at < 0 {
		at = max(at+float64(n), 0)
	}
	return int(min(at, float64(n))), nil
}

// integer is ECMA-262 ToIntegerOrInfinity.
func integer(x any) (float64, error) {
	number, err := jsvalue.ToNumber(x)
	if err != nil || math.IsNaN(number) {
		return 0, err
	}
	return math.Trunc(number), nil
}
