package program

import "slices"

// Effects are what a rule may do to user and context until it ends or exits. They follow from
// the rule's steps, and say rather too much than too little.
type Effects struct {
	replaced, changed []property
	dropped           []string // roots
}

// property is a property of a root; with the key "" it is any.
type property struct{ root, key string }

// MayReplace reports whether a property of a root may have another value afterwards. An object
// or an array that is changed inside is the same value.
func (e *Effects) MayReplace(root, key string) bool {
	return e.Drops(root) || has(e.replaced, root, key)
}

// MayChange reports whether a property of a root may have another value afterwards, or one that
// is changed inside.
func (e *Effects) MayChange(root, key string) bool {
	return e.MayReplace(root, key) || has(e.changed, root, key)
}

// Drops reports whether the rule may call back with null for a root.
func (e *Effects) Drops(root string) bool { return slices.Contains(e.dropped, root) }

func has(list []property, root, key string) bool {
	return slices.ContainsFunc(list, func(p property) bool { return p.root == root && (p.key == "" || p.key == key) })
}

func note[T comparable](list *[]T, x T) {
	if !slices.Contains(*list, x) {
		*list = append(*list, x)
	}
}

// Effects computes the rule's effects.
//
// A write through a variable changes what the variable refers to. The order of the steps does
// not count: a variable may refer to all that any expression reads which it gets its value from,
// and to what was stored there.
func (r *Rule) Effects() *Effects {
	f := follower{
		rule: r, sources: map[int][]int{}, taken: map[int][]Place{}, seenLocals: map[int]bool{}, seenStores: map[int]bool{},
	}
	f.steps(r.Steps)
	for _, w := range f.writes {
		f.mark(w)
	}
	if len(f.replaced)+len(f.changed)+len(f.dropped) == 0 {
		return &noEffects
	}
	made := f.Effects // without what the follower holds
	return &made
}

var noEffects Effects

// follower finds out what refers to what.
type follower struct {
	Effects
	rule    *Rule
	writes  []written
	sources map[int][]int   // by variable: the expressions that it may get its value from
	taken   map[int][]Place // by variable: the arrays, sets and maps whose items it may be

	seenLocals, seenStores map[int]bool // of writes
}

// written is a place that is written to, and the expressions whose values may be there afterwards.
type written struct {
	Place
	inside bool // what stands there is changed, and not replaced
	values []int
}

// mark notes what a write may change.
func (f *follower) mark(w written) {
	if w.Root == "" {
		f.markLocal(w.Local)
		return
	}
	p := property{root: w.Root}
	if len(w.Keys) > 0 && w.Keys[0].Expr == None {
		p.key = w.Keys[0].Name
	}
	if len(w.Keys) == 1 && !w.inside {
		note(&f.replaced, p)
		return
	}
	note(&f.changed, p)
	object := w.Keys
	if !w.inside && len(object) > 0 {
		object = object[:len(object)-1]
	}
	f.markStored(w.Root, func(stored []Key) bool { return len(stored) <= len(object) && overlap(stored, object) })
}

// markLocal notes that whatever a variable refers to may be changed inside.
func (f *follower) markLocal(local int) {
	if f.seenLocals[local] {
		return
	}
	f.seenLocals[local] = true
	f.markValues(f.sources[local])
	for _, place := range f.taken[local] {
		f.mark(written{Place: place, inside: true})
	}
	for i, w := range f.writes {
		if w.Root == "" && w.Local == local {
			f.markStore(i)
		}
	}
}

func (f *follower) markValues(exprs []int) {
	for _, expr := range exprs {
		if expr == None {
			continue
		}
		for _, local := range f.rule.Exprs[expr].Locals {
			f.markLocal(local)
		}
		for _, i := range f.rule.Exprs[expr].Paths {
			path := &f.rule.Paths[i]
			keys := make([]Key, len(path.Keys))
			for i, key := range path.Keys {
				keys[i] = Key{Name: key, Expr: None}
			}
			if len(keys) == 0 {
				note(&f.replaced, property{path.Root, ""})
			} else {
				note(&f.changed, property{path.Root, path.Keys[0]})
			}
			f.markStored(path.Root, func(stored []Key) bool { return overlap(stored, keys) })
		}
	}
}

// markStored notes that what the rule has stored at some places may be changed inside.
func (f *follower) markStored(root string, at func(stored []Key) bool) {
	for i, w := range f.writes {
		if w.Root == root && at(w.Keys) {
			f.markStore(i)
		}
	}
}

func (f *follower) markStore(i int) {
	if !f.seenStores[i] {
		f.seenStores[i] = true
		f.markValues(f.writes[i].values)
	}
}

// overlap reports whether one chain of keys may be the beginning of the other.
func overlap(a, b []Key) bool {
	n := min(len(a), len(b))
	return slices.EqualFunc(a[:n], b[:n], func(x, y Key) bool { return x.Expr != None || y.Expr != None || x.Name == y.Name })
}

func (f *follower) bind(local int, exprs ...int) {
	if local != None {
		f.sources[local] = append(f.sources[local], exprs...)
	}
}

func (f *follower) write(p Place, inside bool, values ...int) {
	f.writes = append(f.writes, written{p, inside, values})
}

func (f *follower) steps(list []Step) {
	for _, step := range list {
		f.step(step)
	}
}

func (f *follower) step(step Step) {
	switch s := step.(type) {
	case *Let:
		f.bind(s.Local, s.Value)
	case *Set:
		f.write(s.Target, false, s.Value)
	case *Default:
		f.write(s.Target, false, s.Value)
	case *Delete:
		f.write(s.Target, false)
	case *AddUnless:
		f.write(s.Target, true, s.Value)
	case *Mutate:
		f.mutate(s)
	case *If:
		f.steps(s.Then)
		f.steps(s.Else)
	case *For:
		f.bind(s.Item, s.List)
		f.steps(s.Body)
	case *ForKeys:
		f.steps(s.Body)
	case *Count:
		f.steps(s.Body)
	case *Block:
		f.steps(s.Body)
	case *Persist:
		f.steps(s.Then)
	case *Done:
		if s.User == Dropped {
			note(&f.dropped, "user")
		}
		if s.Context == Dropped {
			note(&f.dropped, "context")
		}
	case *Eval, *Log, *Deny, *Fail, *Return, *Exit, *Leave, *Next:
	default:
		note(&f.replaced, property{"user", ""})
		note(&f.replaced, property{"context", ""})
	}
}

// mutate notes a change of an array, set or map; the result may be one of the items.
func (f *follower) mutate(s *Mutate) {
	var values []int
	for _, arg := range s.Args {
		values = append(values, arg.Expr)
	}
	f.write(s.Target, true, values...)
	if s.Result != None {
		f.bind(s.Result, values...)
		f.taken[s.Result] = append(f.taken[s.Result], s.Target)
	}
}
