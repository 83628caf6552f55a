package words

import (
	"maps"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// neverCalls reports whether control may get to the end of a rule without a call of the
// callback and without an Exit. Whether a condition can hold is not asked.
func neverCalls(list []ir.Step) bool {
	through, returns, _ := uncalled(list)
	return through || returns
}

// uncalled follows the ways through steps on which the callback is not called: whether one
// reaches their end, one returns, and which labels one leaves for.
func uncalled(list []ir.Step) (through, returns bool, leaves map[string]bool) {
	leaves = map[string]bool{}
	inside := func(body []ir.Step) bool {
		t, r, l := uncalled(body)
		returns = returns || r
		maps.Copy(leaves, l)
		return t
	}
	for _, s := range list {
		switch s := s.(type) {
		case *ir.Exit, *ir.Done, *ir.Deny, *ir.Fail, *ir.Next:
			return false, returns, leaves
		case *ir.Return:
			return false, true, leaves
		case *ir.Leave:
			leaves[s.Label] = true
			return false, returns, leaves
		case *ir.If:
			then, otherwise := inside(s.Then), inside(s.Else)
			if !then && !otherwise {
				return false, returns, leaves
			}
		case *ir.Block:
			through := inside(s.Body)
			left := leaves[s.Label]
			delete(leaves, s.Label)
			if !through && !left {
				return false, returns, leaves
			}
		case *ir.For, *ir.ForKeys, *ir.Count: // which may have no turn
			ir.EachBody(s, func(body []ir.Step) { inside(body) })
		case *ir.Persist:
			if len(s.Then) > 0 && !neverCalls(s.Then) {
				return false, returns, leaves // the callback is called then
			}
		}
	}
	return true, returns, leaves
}
