package words

import "github.com/ferrule-rules/ferrule/compiler/ir"

// extent says how much of a program is compiled.
func extent(rule *ir.Rule) Extent {
	if len(ir.Exits(rule)) == 0 {
		return Wholly
	}
	if through, ends := ways(rule.Steps); through || ends {
		return InPart
	}
	return Not
}

// ways reports whether control can reach the end of the steps without an Exit, and
// whether it can end the rule, or a part around them, without one. Whether a condition
// can hold is not asked.
func ways(list []ir.Step) (through, ends bool) {
	for _, s := range list {
		switch s := s.(type) {
		case *ir.Exit:
			return false, ends
		case *ir.Return, *ir.Leave, *ir.Next:
			return false, true
		case *ir.If:
			throughThen, endsThen := ways(s.Then)
			throughElse, endsElse := ways(s.Else)
			ends = ends || endsThen || endsElse
			if !throughThen && !throughElse {
				return false, ends
			}
		case *ir.Block:
			throughBody, endsBody := ways(s.Body)
			ends = ends || endsBody
			if !throughBody && !leaves(s.Body, s.Label) {
				return false, ends
			}
		case *ir.For, *ir.ForKeys, *ir.Count: // which may have no turn
			ir.EachBody(s, func(body []ir.Step) {
				_, endsBody := ways(body)
				ends = ends || endsBody
			})
		case *ir.Persist:
			if throughThen, endsThen := ways(s.Then); !throughThen && !endsThen {
				return false, false
			}
		}
	}
	return true, ends
}
