package peers

// Reference is the contender whose answers are right: the JavaScript engine.
func Reference() Contender { return js }

// All are the contenders.
func All() []Contender {
	return []Contender{empty, copying, byHand, auto, expr, cel, noIndex, js, gojaPooled, gojaWrapped, gojaBare, gojaParse}
}
