package steps

import (
	"math"
	"reflect"
	"slices"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Bounds of what a rule may leave: a cycle is beyond both.
const (
	maxNesting = 1000
	maxValues  = 1 << 20
)

// exitNotJSON: a value is stored that JSON cannot carry; goja tells the author what is lost.
var exitNotJSON = &jsvalue.Exit{Code: "not-json-value"}

// slot is one property of one object.
type slot struct {
	object uintptr
	key    string
}

// replacement is what shall stand where old stood.
type replacement struct {
	object map[string]any
	key    string
	old    any
	plain  any
}

// commit makes decoded JSON of what was written since the journal had from entries, as
// JSON.parse(JSON.stringify(x)) would. What cannot be carried without a loss exits.
//
// It goes in two passes, because what one property holds may be a part of what another
// held: first every value is copied, then it is put in place, into the object that
// stood there.
func (w *Work) commit(from int) error {
	w.date = nil
	var seen map[slot]bool
	var made []replacement
	for i := from; i < len(w.changes); i++ {
		c := &w.changes[i]
		if c.object == nil || c.made != nil || c.reordered {
			continue
		}
		value, present := c.object[c.key]
		if !present {
			continue
		}
		if c.had && foreign(c.old) {
			return jsvalue.ExitForeign
		}
		switch v := value.(type) {
		case string, bool, nil:
			continue
		case float64:
			number, err := finite(v)
			if err != nil {
				return err
			}
			c.object[c.key] = number
			if c.had {
				c.object[c.key] = sameNumber(c.old, v, c.object[c.key])
			}
			continue
		}
		if jsvalue.IsUndefined(value) {
			delete(c.object, c.key)
			if w.laid {
				w.order.Removed(c.object)
			}
			continue
		}
		if from+1 < len(w.changes) {
			at := slot{reflect.ValueOf(c.object).Pointer(), c.key}
			if seen[at] {
				continue
			}
			if seen == nil {
				seen = make(map[slot]bool)
			}
			seen[at] = true
		}
		var old any
		if c.had {
			old = c.old
		}
		if date, isDate := value.(*jsvalue.Date); isDate {
			if w.date != nil {
				return exitNotJSON // whose warning names both, in an order of its own
			}
			if value, _ = date.JSON(); value == nil {
				return exitNotJSON
			}
			w.date = &replacement{object: c.object, key: c.key}
		}
		w.written()
		p := plainer{from: w.order, to: w.order}
		plain, _, err := p.plain(value, old, 0)
		if err != nil {
			return err
		}
		made = append(made, replacement{c.object, c.key, old, plain})
	}
	for i := range made {
		c := &made[i]
		c.object[c.key] = w.settled(c.old, c.plain)
	}
	return nil
}

// plainer copies values as decoded JSON.
type plainer struct {
	from, to *jsondoc.Order // of the login's objects; of the copies
	dates    bool           // dates become texts, and nobody is told
	count    int
}

// plain copies a value. prior is what stood at its place before the rule: where it still
// stands there it is kept. some is false for undefined.
func (p *plainer) plain(value, prior any, depth int) (plain any, some bool, err error) {
	if p.count++; depth > maxNesting || p.count > maxValues {
		return nil, false, jsvalue.ExitSize
	}
	switch v := value.(type) {
	case string, bool, nil:
		return value, true, nil
	case float64:
		number, err := finite(v)
		if err != nil {
			return nil, false, err
		}
		return sameNumber(prior, v, number), true, nil
	case map[string]any:
		if v == nil {
			return nil, false, jsvalue.ExitForeign
		}
		if identical(value, prior) {
			return value, true, nil
		}
		return p.object(v, p.from.Keys(v), nil, depth)
	case *jsvalue.Object:
		old, _ := prior.(map[string]any)
		return p.object(v.Values, v.Keys, old, depth)
	case []any:
		if v == nil {
			return nil, false, jsvalue.ExitForeign
		}
		if identical(value, prior) {
			return value, true, nil
		}
		return p.array(v, nil, depth)
	case *jsvalue.List:
		old, _ := prior.([]any)
		return p.array(v.Items, old, depth)
	}
	switch {
	case jsvalue.IsUndefined(value):
		return nil, false, nil
	case jsvalue.TypeIn(value) == jsvalue.NumberType:
		return value, true, nil
	case jsvalue.TypeIn(value) == jsvalue.NoValue:
		return nil, false, jsvalue.Unknown(value)
	}
	if date, isDate := value.(*jsvalue.Date); isDate && p.dates {
		text, err := date.JSON()
		return text, true, err
	}
	return nil, false, exitNotJSON // a date, a set, …
}

func (p *plainer) object(values map[string]any, keys []string, prior map[string]any, depth int) (any, bool, error) {
	made := make(map[string]any, len(values))
	for _, key := range keys {
		value, some, err := p.plain(values[key], prior[key], depth+1)
		if err != nil {
			return nil, false, err
		}
		if some {
			made[key] = value
		}
	}
	if len(made) < len(keys) {
		keys = slices.DeleteFunc(slices.Clone(keys), func(key string) bool { _, stays := made[key]; return !stays })
	}
	p.to.Set(made, slices.Clip(keys))
	return made, true, nil
}

func (p *plainer) array(items, prior []any, depth int) (any, bool, error) {
	made := make([]any, len(items))
	for i, item := range items {
		var old any
		if i < len(prior) {
			old = prior[i]
		}
		value, some, err := p.plain(item, old, depth+1)
		if err != nil {
			return nil, false, err
		}
		if !some {
			return nil, false, exitNotJSON // undefined becomes null
		}
		made[i] = value
	}
	return made, true, nil
}

// finite is a number as JSON has it: there is no -0, and NaN and the infinities are lost.
func finite(x float64) (any, error) {
	switch {
	case x == 0:
		return 0.0, nil
	case math.IsNaN(x) || math.IsInf(x, 0):
		return nil, exitNotJSON
	}
	return x, nil
}

// sameNumber is old when it is the number x in another Go type, else number.
func sameNumber(old any, x float64, number any) any {
	switch old.(type) {
	case nil, string, bool, float64, map[string]any, []any:
		return number
	}
	if n, ok := jsvalue.GoNumber(old); ok && n == x {
		return old
	}
	return number
}

// foreign reports whether a value of the input is no decoded JSON.
func foreign(x any) bool {
	switch x.(type) {
	case nil, string, bool, float64, map[string]any, []any:
		return false
	}
	return jsvalue.TypeIn(x) == jsvalue.NoValue
}

// identical reports whether two values are the same one: the same object or array, or equal
// primitives of one Go type.
func identical(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && reflect.ValueOf(x).Pointer() == reflect.ValueOf(y).Pointer()
	case []any:
		y, ok := b.([]any)
		return ok && len(x) == len(y) && (x == nil) == (y == nil) && (len(x) == 0 || &x[0] == &y[0])
	case nil, string, bool, float64:
		return a == b
	}
	if _, number := jsvalue.GoNumber(a); number {
		return a == b
	}
	return false
}
