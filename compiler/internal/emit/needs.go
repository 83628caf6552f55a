package emit

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// needsOf lists what of user and context a rule can read, and what it must know of what it
// writes: see [program.Need]. Whatever is in doubt is needed whole.
//
//	user.app_metadata and user.app_metadata.plan == "pro"      glance user.app_metadata, need user.app_metadata.plan
//	let m = user.app_metadata or {};  m.plan                   the same
//	user[name], keys(user)                                     need user
func needsOf(rule *ir.Rule) []program.Need {
	n := &needs{bindings: ir.Bindings(rule), seen: map[string]bool{}, used: map[use]bool{}}
	ir.Walk(rule.Steps, n.step, func(ir.Expr) bool { return false })
	return n.list
}

// needs collects them.
type needs struct {
	bindings map[string]*ir.Binding
	items    []item // item variables of optional chains, the innermost last
	list     []program.Need
	seen     map[string]bool
	used     map[use]bool
}

// item is an item variable that stands for a value.
type item struct {
	name  string
	value ir.Expr
}

// use is one way in which an expression's value is used.
type use struct {
	of     ir.Expr
	keys   string
	glance bool
}

const separator = "\x00"

func (n *needs) add(root string, keys []string, glance bool) {
	key := strings.Join(append([]string{root}, keys...), separator)
	if glance {
		key = separator + key
	}
	if n.seen[key] {
		return
	}
	n.seen[key] = true
	n.list = append(n.list, program.Need{Root: root, Keys: slices.Clone(keys), Glance: glance})
}

// step notes what stands in one step; its bodies are steps of their own.
func (n *needs) step(s ir.Step) bool {
	at, writes := ir.Target(s)
	if writes {
		n.place(s, at)
	}
	switch s := s.(type) {
	case *ir.Let:
		_, once := n.bindings[s.Name].Once()
		n.of(s.Value, nil, once) // its reads tell what else is needed
	case *ir.Default:
		n.of(s.Value, nil, false)
	case *ir.If:
		n.of(s.Cond, nil, true)
	case *ir.Count:
		n.of(s.From, nil, false)
		n.of(s.While, nil, true)
	case *ir.Eval:
		n.of(s.X, nil, true)
	default:
		ir.EachExpr(s, func(x ir.Expr) {
			if !writes || x != at.Base {
				n.of(x, nil, false)
			}
		})
	}
	return true
}

// place notes what a step must know of where it writes.
func (n *needs) place(s ir.Step, at ir.Place) {
	var keys []string
	for i, key := range at.Keys {
		name, fixed := fixedKey(key)
		if !fixed {
			for _, key := range at.Keys[i:] {
				n.of(key, nil, false)
			}
			n.of(at.Base, keys, false)
			return
		}
		keys = append(keys, name)
	}
	glance := false
	switch s := s.(type) {
	case *ir.Set:
		glance = ir.TypeOf(s.Value).Primitive() // else what stood there is compared with it
	case *ir.Default, *ir.Delete:
		glance = true
	}
	n.of(at.Base, keys, glance)
}

// of notes what is needed of x when the property at keys of its value is used: with glance
// only whether it is there, its type, and the value if it is neither array nor object.
func (n *needs) of(x ir.Expr, keys []string, glance bool) {
	if x == nil {
		return
	}
	this := use{x, strings.Join(keys, separator), glance}
	if n.used[this] {
		return
	}
	n.used[this] = len(n.items) == 0 // else an item variable may stand for another value next time
	switch x := x.(type) {
	case *ir.Root:
		n.add(x.Name, keys, glance)
	case *ir.Path:
		n.add(x.Root, append(slices.Clone(x.Keys), keys...), glance)
	case *ir.Get:
		name, fixed := fixedKey(x.Key)
		if fixed {
			n.of(x.Object, append([]string{name}, keys...), glance)
			return
		}
		n.of(x.Object, nil, false)
		n.of(x.Key, nil, false)
	case *ir.Local:
		if value, once := n.bindings[x.Name].Once(); once {
			inner := n.items
			n.items = nil // where it got its value
			n.of(value, keys, glance)
			n.items = inner
		}
	case *ir.ItemVar:
		n.item(x.Name, keys, glance)
	case *ir.Not:
		n.of(x.X, nil, true)
	case *ir.And:
		n.of(x.X, nil, true) // it is the value only where it is falsy
		n.of(x.Y, keys, glance)
	case *ir.Or:
		n.of(x.X, keys, glance)
		n.of(x.Y, keys, glance)
	case *ir.Coalesce:
		n.of(x.X, keys, glance)
		n.of(x.Y, keys, glance)
	case *ir.Cond:
		n.of(x.If, nil, true)
		n.of(x.Then, keys, glance)
		n.of(x.Else, keys, glance)
	case *ir.OptGet:
		n.of(x.X, nil, true)
		n.items = append(n.items, item{x.Name, x.X})
		n.of(x.Then, keys, glance)
		n.items = n.items[:len(n.items)-1]
	case *ir.Each:
		n.of(x.List, nil, false)
		n.items = append(n.items, item{x.Item, nil}, item{x.Index, nil})
		n.of(x.Body, nil, x.Kind != ir.Map)
		n.items = n.items[:len(n.items)-2]
	case *ir.Call:
		onlyTypes := looksAtTypes(x)
		for _, arg := range x.Args {
			n.of(arg, nil, onlyTypes)
		}
	default:
		ir.EachOperand(x, func(operand ir.Expr) { n.of(operand, nil, false) })
	}
}

// item notes what is needed of what an item variable stands for. Items of an array are read
// with the array.
func (n *needs) item(name string, keys []string, glance bool) {
	for i, it := range slices.Backward(n.items) {
		if it.name != name {
			continue
		}
		if it.value != nil {
			inner := n.items
			n.items = n.items[:i] // where its value stands
			n.of(it.value, keys, glance)
			n.items = inner
		}
		return
	}
}

// looksAtTypes reports whether a call looks into no array or object.
func looksAtTypes(x *ir.Call) bool {
	switch x.Func {
	case "typeof", "isArray", "isNullish", "truthy":
		return true
	case "same":
		return slices.ContainsFunc(x.Args, func(arg ir.Expr) bool { return ir.TypeOf(arg).Primitive() })
	}
	return false
}
