package steps

import (
	"math"
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

// replacement is what shall stand where old stood.
type replacement struct {
	object map[string]any
	key    string
	old    any
	plain  any
}

// replacements are those of one commit, each property once.
type replacements struct {
	list []replacement
	many map[slot]bool // nil while there are few
}

// slot is one property of one object.
type slot struct {
	object uintptr
	key    string
}

func slotOf(object map[string]any, key string) slot {
	return slot{jsvalue.Identity(object), key}
}

func (r *replacements) has(c *change) bool {
	if r.many != nil {
		return r.many[slotOf(c.object, c.key)]
	}
	for i := range r.list {
		if one := &r.list[i]; one.key == c.key && jsvalue.SameObject(one.object, c.object) {
			return true
		}
	}
	return false
}

func (r *replacements) add(one replacement) {
	r.list = append(r.list, one)
	if r.many == nil && len(r.list) <= maxFew {
		return
	}
	if r.many == nil {
		r.many = map[slot]bool{}
		for _, earlier := range r.list {
			r.many[slotOf(earlier.object, earlier.key)] = true
		}
	}
	r.many[slotOf(one.object, one.key)] = true
}

// maxFew is how many replacements are looked through one by one.
const maxFew = 16

// commit makes decoded JSON of what was written since the journal had from entries, as
// JSON.parse(JSON.stringify(x)) would. What cannot be carried without a loss exits.
//
// It goes in two passes, because what one property holds may be a part of what another
// held: first every value is copied, then it is put in place, into the object that
// stood there.
func (w *Work) commit(from int) error {
	w.date = nil
	made := replacements{list: w.pending[:0]}
	for i := from; i < len(w.changes); i++ {
		c := &w.changes[i]
		if c.plain || c.object == nil || c.reordered || c.more != nil && c.more.made != nil {
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
			if c.had {
				number = sameNumber(c.old, v, number)
			}
			c.object[c.key] = number
			continue
		}
		if jsvalue.IsUndefined(value) {
			delete(c.object, c.key)
			c.removed = true
			if i < w.arranged && w.laid {
				w.order.Removed(c.object)
			}
			continue
		}
		if made.has(c) {
			continue
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
		p := plainer{work: w}
		plain, _, err := p.plain(value, old, 0)
		if err != nil {
			return err
		}
		made.add(replacement{c.object, c.key, old, plain})
	}
	for i := range made.list {
		c := &made.list[i]
		c.object[c.key] = w.settled(c.old, c.plain)
	}
	clear(made.list)
	w.pending = made.list[:0]
	return nil
}

// plainer makes decoded JSON of values. What the run has made it takes for that, as long as it
// is reached in one way; everything else is copied.
type plainer struct {
	work  *Work
	into  *jsondoc.Order // learns the key order of the copies; nil: that of work does, and nothing is taken
	dates bool           // dates become texts, and nobody is told
	count int
}

// keep notes the key order of an object that was made.
func (p *plainer) keep(made map[string]any, keys []string) {
	if p.into != nil {
		p.into.Set(made, slices.Clip(keys))
	} else {
		p.work.changes = append(p.work.changes, change{made: made, keys: slices.Clip(keys)})
	}
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
		return p.object(v, p.work.ordered().Keys(v), nil, depth)
	case *jsvalue.Object:
		old, _ := prior.(map[string]any)
		if p.into == nil && !v.Taken {
			v.Taken = true
			return p.takeObject(v, old, depth)
		}
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
		if p.into == nil && !v.Taken {
			v.Taken = true
			return p.takeArray(v, old, depth)
		}
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
	p.keep(made, keys)
	return made, true, nil
}

// takeObject makes an object of the run decoded JSON in its place.
func (p *plainer) takeObject(o *jsvalue.Object, prior map[string]any, depth int) (any, bool, error) {
	lost := 0
	for _, key := range o.Keys {
		value := o.Values[key]
		plain, some, err := p.plain(value, prior[key], depth+1)
		switch {
		case err != nil:
			return nil, false, err
		case !some:
			delete(o.Values, key)
			lost++
			continue
		}
		switch value.(type) {
		case string, bool, nil:
		default:
			o.Values[key] = plain
		}
	}
	if o.Values == nil {
		o.Values = map[string]any{}
	}
	if lost > 0 {
		o.Keys = slices.DeleteFunc(slices.Clone(o.Keys), func(key string) bool { _, stays := o.Values[key]; return !stays })
	}
	p.keep(o.Values, o.Keys)
	return o.Values, true, nil
}

// takeArray makes an array of the run decoded JSON in its place.
func (p *plainer) takeArray(l *jsvalue.List, prior []any, depth int) (any, bool, error) {
	if err := p.fill(l.Items, l.Items, prior, depth); err != nil {
		return nil, false, err
	}
	if l.Items == nil {
		l.Items = []any{}
	}
	return slices.Clip(l.Items), true, nil
}

func (p *plainer) array(items, prior []any, depth int) (any, bool, error) {
	made := make([]any, len(items))
	if err := p.fill(made, items, prior, depth); err != nil {
		return nil, false, err
	}
	return made, true, nil
}

// fill makes the items of an array decoded JSON, in made, which may be items.
func (p *plainer) fill(made, items, prior []any, depth int) error {
	for i, item := range items {
		var old any
		if i < len(prior) {
			old = prior[i]
		}
		value, some, err := p.plain(item, old, depth+1)
		if err != nil {
			return err
		}
		if !some {
			return exitNotJSON // undefined becomes null
		}
		made[i] = value
	}
	return nil
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
		return ok && jsvalue.SameObject(x, y)
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
