package ir

// Binding is what a rule does with one of its variables.
type Binding struct {
	Lets   []*Let
	Writes int // steps other than Let that give it a value: loops, the answer of a Mutate
	Reads  int // expressions that read it; the bases of places are none
	Bases  int // places that start at it: what it refers to may be changed there
	// Early says that it may be read where none of its Lets has run for sure.
	Early bool
	// Kept says that a reference to its value may live on elsewhere, or is compared.
	Kept bool
	// PartKept says the same of what its value holds; of a part that is read by fixed
	// keys, those are in kept instead.
	PartKept bool
	kept     [][]any
}

// Bindings tells of each variable of a rule.
func Bindings(r *Rule) map[string]*Binding {
	b := &binder{all: make(map[string]*Binding, len(r.Locals)), set: map[string]int{}}
	for _, n := range r.Locals {
		b.all[n] = &Binding{}
	}
	b.steps(r.Steps)
	return b.all
}

// Once is the value of a variable that gets one value only, before each of its reads.
func (b *Binding) Once() (Expr, bool) {
	if b == nil || len(b.Lets) != 1 || b.Writes > 0 || b.Early {
		return nil, false
	}
	return b.Lets[0].Value, true
}

// Literal is the value of a variable that is one constant, or one literal of constants that
// nothing changes, keeps or compares: it can stand wherever the variable is read.
func (b *Binding) Literal() (Expr, bool) {
	value, ok := b.Once()
	if !ok {
		return nil, false
	}
	if _, primitive := value.(*Const); primitive {
		return value, true
	}
	depth := literalDepth(value)
	if depth < 0 || b.Bases > 0 || b.Kept || depth > 1 && b.PartKept {
		return nil, false
	}
	for _, keys := range b.kept {
		part := value
		for _, key := range keys {
			if part = Part(part, key); part == nil {
				break
			}
		}
		if literalDepth(part) > 0 {
			return nil, false
		}
	}
	return value, true
}

// keeping is how much of an expression's value the place keeps that it stands in.
type keeping uint8

const (
	nothing keeping = iota // it looks at the value and lets go
	parts                  // it may keep what the value holds
	whole                  // it may keep the value, or compares it
)

// binder collects the bindings; set counts the Lets that have run for sure.
type binder struct {
	all map[string]*Binding
	set map[string]int
}

func (b *binder) of(n string) *Binding {
	if b.all[n] == nil {
		b.all[n] = &Binding{}
	}
	return b.all[n]
}

func (b *binder) steps(steps []Step) {
	var lets []string
	for _, s := range steps {
		b.step(s)
		if let, ok := s.(*Let); ok {
			b.of(let.Name).Lets = append(b.of(let.Name).Lets, let)
			b.set[let.Name]++
			lets = append(lets, let.Name)
		}
	}
	for _, n := range lets {
		b.set[n]--
	}
}

func (b *binder) write(n string) {
	if n != "" {
		b.of(n).Writes++
	}
}

func (b *binder) step(s Step) {
	if at, ok := Target(s); ok {
		if base, ok := at.Base.(*Local); ok {
			of := b.of(base.Name)
			of.Bases++
			of.Early = of.Early || b.set[base.Name] == 0
		}
		for _, key := range at.Keys {
			b.expr(key, nothing)
		}
	}
	switch s := s.(type) {
	case *Let:
		b.expr(s.Value, whole)
	case *Set:
		b.expr(s.Value, whole)
	case *Default:
		b.expr(s.Value, whole)
	case *Mutate:
		b.arguments(s.Args, whole)
		b.write(s.Result)
	case *AddRole:
		b.expr(s.Value, whole)
	case *If:
		b.expr(s.Cond, nothing)
	case *For:
		b.expr(s.List, parts)
		b.write(s.Item)
		b.write(s.Index)
	case *ForKeys:
		b.expr(s.Object, nothing)
		b.write(s.Key)
	case *Count:
		b.expr(s.From, nothing)
		b.write(s.Name)
		b.expr(s.While, nothing)
	case *Eval:
		b.expr(s.X, nothing)
	case *Log:
		b.arguments(s.Args, nothing)
	default:
		EachExpr(s, func(e Expr) { b.expr(e, whole) })
	}
	EachBody(s, b.steps)
}

func (b *binder) arguments(items []Item, keep keeping) {
	for _, item := range items {
		if item.Spread {
			b.expr(item.X, min(keep, parts))
		} else {
			b.expr(item.X, keep)
		}
	}
}

// readers are the library's functions that only look at their first argument, and what they
// keep of it. Those that are not here keep all of each argument.
var readers = map[string]keeping{
	"includes": nothing, "indexOf": nothing, "lastIndexOf": nothing, "join": nothing, "isArray": nothing, "typeof": nothing, "truthy": nothing,
	"isNullish": nothing, "has": nothing, "hasOwn": nothing, "keys": nothing, "stringify": nothing, "String": nothing, "text": nothing,
	"hasEntry": nothing, "toString": nothing,
	"get": parts, "values": parts, "entries": parts, "items": parts, "newSet": parts, "newMap": parts, "at": parts, "slice": parts,
	"concat": parts, "flat": parts, "reversed": parts, "sorted": parts, "getEntry": parts,
}

func (b *binder) expr(e Expr, keep keeping) {
	switch e := e.(type) {
	case *Local:
		of := b.of(e.Name)
		of.Reads++
		of.Early = of.Early || b.set[e.Name] == 0
		of.Kept = of.Kept || keep == whole
		of.PartKept = of.PartKept || keep >= parts
	case *Get:
		if n, keys := fixedPart(e); keys != nil {
			b.expr(n, nothing)
			if keep > nothing {
				b.of(n.Name).kept = append(b.of(n.Name).kept, keys)
			}
			return
		}
		b.expr(e.Object, min(keep, parts))
		b.expr(e.Key, nothing)
	case *Call:
		for i, arg := range e.Args {
			if first, ok := readers[e.Func]; ok && i == 0 {
				b.expr(arg, first)
			} else {
				b.expr(arg, whole)
			}
		}
	case *Not:
		b.expr(e.X, nothing)
	case *In:
		b.expr(e.X, nothing)
	case *And, *Or, *Coalesce:
		EachOperand(e, func(x Expr) { b.expr(x, keep) })
	case *Cond:
		b.expr(e.If, nothing)
		b.expr(e.Then, keep)
		b.expr(e.Else, keep)
	case *List:
		b.arguments(e.Items, whole)
	case *Object:
		for _, f := range e.Fields {
			if f.Key == nil {
				b.expr(f.Value, parts)
				continue
			}
			b.expr(f.Key, nothing)
			b.expr(f.Value, whole)
		}
	case *Each:
		b.expr(e.List, parts)
		if e.Kind == Map {
			b.expr(e.Body, whole)
		} else {
			b.expr(e.Body, nothing)
		}
	default: // OptGet, whose item variable may be kept, and what has no operands
		EachOperand(e, func(x Expr) { b.expr(x, whole) })
	}
}

// fixedPart is the variable and the constant keys by which e reads a part of its value.
func fixedPart(e *Get) (*Local, []any) {
	key, ok := e.Key.(*Const)
	if !ok {
		return nil, nil
	}
	switch object := e.Object.(type) {
	case *Local:
		return object, []any{key.Value}
	case *Get:
		if of, keys := fixedPart(object); keys != nil {
			return of, append(keys, key.Value)
		}
	}
	return nil, nil
}
