package recognize

import "github.com/ferrule-rules/ferrule/compiler/ir"

// position rewrites at with a fixed place to an index, which is how the part of a split is
// mostly read:
//
//	at(split(user.email, "@"), 1)  ->  split(user.email, "@")[1]
//
// Both are undefined behind the end. Only an array that the library just made is taken: it
// has no properties of its own.
func position(e ir.Expr) (ir.Expr, bool) {
	call, ok := e.(*ir.Call)
	if !ok || call.Func != "at" || len(call.Args) != 2 || !newArray(call.Args[0]) {
		return nil, false
	}
	n, ok := ir.ConstNumber(call.Args[1])
	if !ok || n < 0 || n != float64(int32(n)) {
		return nil, false
	}
	return &ir.Get{At: call.At, Object: call.Args[0], Key: &ir.Const{At: call.Args[1].Span(), Value: n + 0}}, true
}

// newArray reports whether e is an array that nothing else refers to. split is known by
// name, as the commonest.
func newArray(e ir.Expr) bool {
	call, ok := e.(*ir.Call)
	return ir.TypeOf(e) == ir.NewListType || ok && call.Func == "split"
}

// lastPart rewrites taking an item from an array that is used for nothing else:
//
//	let parts = split(user.email, "@")
//	mutate parts.pop() -> domain        ->  let domain = at(split(user.email, "@"), -1)
//
// and shift to the first item. The array is new and nobody looks at it again, so nobody
// sees that the item is still in it.
func (f *finder) lastPart(steps []ir.Step) ([]ir.Step, bool) {
	for i := 1; i < len(steps); i++ {
		take, ok := steps[i].(*ir.Mutate)
		if !ok || len(take.Args) > 0 || len(take.Target.Keys) > 0 || take.Result == "" {
			continue
		}
		place := 0.0
		switch take.Method {
		case "pop":
			place = -1
		case "shift":
		default:
			continue
		}
		base, ok := take.Target.Base.(*ir.Local)
		let, isLet := steps[i-1].(*ir.Let)
		if !ok || !isLet || let.Name != base.Name || !newArray(let.Value) {
			continue
		}
		if b := f.bindings[base.Name]; len(b.Lets) != 1 || b.Writes > 0 || b.Reads > 0 || b.Bases != 1 {
			continue
		}
		item := &ir.Call{At: take.At, Func: "at", Args: []ir.Expr{let.Value, &ir.Const{At: take.At, Value: place}}}
		made := append([]ir.Step(nil), steps[:i-1]...)
		made = append(made, &ir.Let{At: take.At, Name: take.Result, Value: item})
		return append(made, steps[i+1:]...), true
	}
	return nil, false
}
