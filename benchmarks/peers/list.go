package peers

// Reference is the contender whose answers are right: the JavaScript engine.
func Reference() Contender { return js }

// All are the contenders; node may be nil.
func All(node *Node) []Contender {
	all := []Contender{
		empty, copying, byHand, auto, expr, cel, noIndex, js, gojaPooled, gojaWrapped, gojaBare, gojaParse,
		runJSON, decoded, handJSON,
	}
	if node != nil {
		all = append(all, node.contenders()...)
	}
	return all
}
