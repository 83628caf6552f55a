package celgen

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// covers reports whether every exit of x is one of y, too, so that x && y and x || y are exact
// in CEL: there is no y that could absorb an error of x.
//
//	user.app_metadata && user.app_metadata.plan === "gold"
//
// When user.app_metadata cannot be read, no path behind it can. The only other reason why a
// test of it exits is a foreign Go value, which has no properties that can be read, either.
func covers(x, y ir.Expr) bool {
	budget := mostReasons
	exits, known := reasons(x, &budget)
	if !known {
		return false
	}
	reads := needs(y)
	for _, exit := range exits {
		if !slices.ContainsFunc(reads, func(r read) bool { return r.covers(exit) }) {
			return false
		}
	}
	return true
}

// read is a variable or path that an expression reads.
type read struct {
	root   string // user, context, or the name of a variable behind a sign
	keys   []string
	judged bool // its value is looked at, not only handed on: a foreign one exits
}

func (r read) covers(exit read) bool {
	if r.root != exit.root || len(r.keys) < len(exit.keys) || !slices.Equal(r.keys[:len(exit.keys)], exit.keys) {
		return false
	}
	return r.judged || len(r.keys) > len(exit.keys)
}

// variable is the read of an expression that is a variable or path.
func variable(e ir.Expr) (read, bool) {
	switch e := e.(type) {
	case *ir.Path:
		return read{root: e.Root, keys: e.Keys}, true
	case *ir.Local:
		return read{root: "=" + e.Name}, true
	case *ir.ItemVar:
		return read{root: "#" + e.Name}, true
	}
	return read{}, false
}

// mostReasons is how many parts of an operand are looked at: long chains stay linear.
const mostReasons = 16

// reasons are the reads without which the test of e does not exit, if that is known.
func reasons(e ir.Expr, budget *int) (exits []read, known bool) {
	if *budget--; *budget < 0 {
		return nil, false
	}
	if r, ok := variable(e); ok {
		return []read{r}, true
	}
	switch e := e.(type) {
	case *ir.Const:
		return nil, true
	case *ir.Not:
		return reasons(e.X, budget)
	case *ir.And:
		return bothReasons(e.X, e.Y, budget)
	case *ir.Or:
		return bothReasons(e.X, e.Y, budget)
	case *ir.In:
		return reasons(e.X, budget)
	case *ir.Call:
		switch e.Func {
		case "same":
			if len(e.Args) == 2 && (constant(e.Args[0]) || constant(e.Args[1])) {
				return bothReasons(e.Args[0], e.Args[1], budget)
			}
		case "isArray", "isNullish", "typeof", "truthy":
			return reasons(e.Args[0], budget)
		}
	}
	return nil, false
}

func bothReasons(x, y ir.Expr, budget *int) ([]read, bool) {
	a, ok := reasons(x, budget)
	if !ok {
		return nil, false
	}
	b, ok := reasons(y, budget)
	return slices.Concat(a, b), ok
}

// needs are reads that e cannot do without: when one of them exits, e does.
func needs(e ir.Expr) []read {
	if r, ok := variable(e); ok {
		r.judged = true
		return []read{r}
	}
	switch e := e.(type) {
	case *ir.Get:
		return slices.Concat(needs(e.Object), handed(e.Key))
	case *ir.Call:
		return callNeeds(e)
	case *ir.Not:
		return needs(e.X)
	case *ir.And:
		return needs(e.X)
	case *ir.Or:
		return needs(e.X)
	case *ir.Coalesce:
		return handed(e.X)
	case *ir.Cond:
		return needs(e.If)
	case *ir.OptGet:
		return handed(e.X)
	case *ir.In:
		return needs(e.X)
	case *ir.Each:
		return needs(e.List)
	default: // Const, Root, List, Object, Regexp
		return nil
	}
}

// callNeeds are those of a call: all arguments are computed, the first is looked at.
func callNeeds(e *ir.Call) []read {
	var all []read
	for i, arg := range e.Args {
		if i == 0 || e.Func == "same" && constant(e.Args[0]) {
			all = append(all, needs(arg)...)
			continue
		}
		all = append(all, handed(arg)...)
	}
	return all
}

// handed are the needs of an expression whose own value may not be looked at.
func handed(e ir.Expr) []read {
	if r, ok := variable(e); ok {
		return []read{r}
	}
	return needs(e)
}

func constant(e ir.Expr) bool {
	_, ok := e.(*ir.Const)
	return ok
}
