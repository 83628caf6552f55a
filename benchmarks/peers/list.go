package peers

import "slices"

// Reference is the contender whose answers are right: the JavaScript engine.
func Reference() Contender { return ferruleJS }

// large are the contenders for which the size of a login matters most.
var large = []string{
	"empty", "copy", "hand", "auto", "run", "expr", "js", "goja_pooled", "run_json", "run_json_decoded", "hand_json", "node_maps", "node_json",
}

// All are the contenders; node may be nil.
func All(node *Node) []Contender {
	all := []Contender{
		empty, copying, byHand, ferruleAuto, ferruleRun, ferruleExpr, ferruleCEL, ferruleNoIndex, ferruleJS, gojaPooled, gojaWrapped, gojaBare, gojaBareWrapped, gojaParse,
		sobekPooled, sobekBare, sobekParse, inOtto, inQuickJS, plainExpr, plainCEL, opaMap, opaLazy, inCedar, runJSON, decoded, handJSON,
	}
	if node != nil {
		all = append(all, node.contenders()...)
	}
	for i := range all {
		all[i].Large = slices.Contains(large, all[i].Name)
	}
	return all
}
