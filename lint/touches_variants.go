package lint

import (
	"slices"

	"github.com/ferrule-rules/ferrule/ast"
)

const maxVariants = 100 // of one expression

// variants are the texts of an expression in which the parameter of an own function stands, or
// the variable of a loop over a list that is written out: one for each call and each element.
func (t *toucher) variants(e ast.Expr) []string {
	var texts []string
	t.vary(e, 0, &texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

func (t *toucher) vary(e ast.Expr, depth int, texts *[]string) {
	if len(*texts) >= maxVariants {
		return
	}
	var v *variable
	var values []ast.Expr
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || values != nil || depth > 3 {
			return values == nil
		}
		if found := t.names.of[id]; found != nil && t.given[found] == nil {
			v, values = found, t.valuesOf(found)
		}
		return values == nil
	})
	if values == nil {
		*texts = append(*texts, t.spell(e))
		return
	}
	for _, value := range values {
		t.given[v] = value
		t.vary(e, depth+1, texts)
	}
	delete(t.given, v)
}

// valuesOf are what a variable stands for in turn; nil when the text does not say.
func (t *toucher) valuesOf(v *variable) []ast.Expr {
	if v.params == nil {
		return t.loopValues(v)
	}
	if v.role != "" || v.writes > 0 || t.passed[v] != nil {
		return nil
	}
	fn, ok := t.parents[v.params].(ast.Expr)
	if !ok {
		return nil
	}
	if call, ok := t.parents[fn].(*ast.Call); ok && v.index == 0 { // ['a', 'b'].forEach(v => …)
		if object, _ := method(call); object != nil {
			return t.listed(object)
		}
	}
	values, _ := t.arguments(fn, v)
	return values
}

// loopValues are those of the variable of for (const v of ['a', 'b']).
func (t *toucher) loopValues(v *variable) []ast.Expr {
	b, ok := t.parents[v.ident].(*ast.Binding)
	if !ok {
		return nil
	}
	decl := t.parents[b]
	if loop, ok := t.parents[decl].(*ast.ForOf); ok && ast.Node(loop.Decl) == decl {
		return t.listed(loop.Iterable)
	}
	return nil
}

// listed are the elements of a list that is written out.
func (t *toucher) listed(e ast.Expr) []ast.Expr {
	array, ok := t.rule.value(e).(*ast.Array)
	if !ok || len(array.Elements) == 0 {
		return nil
	}
	for _, element := range array.Elements {
		if element == nil {
			return nil
		}
		if _, spread := element.(*ast.Spread); spread {
			return nil
		}
	}
	return array.Elements
}

// result is what a call of a function of the rule's own answers, if that is one expression;
// with its parameters given.
func (t *toucher) result(call *ast.Call) (params *ast.Params, result ast.Expr) {
	id, ok := call.Callee.(*ast.Ident)
	if !ok {
		return nil, nil
	}
	v := t.names.of[id]
	if !v.fixed() || v.fn == nil {
		return nil, nil
	}
	params, block, result := body(v.fn)
	if block != nil && len(block.List) == 1 {
		if r, ok := block.List[0].(*ast.Return); ok {
			result = r.X
		}
	}
	return params, result
}

// spellCall is the text of what a function of the rule's own answers: claim('roles').
func (t *toucher) spellCall(call *ast.Call, depth int) string {
	params, result := t.result(call)
	if result == nil {
		return ""
	}
	var set []*variable
	for i, b := range params.List {
		id, ok := b.Target.(*ast.Ident)
		if !ok || i >= len(call.Args) {
			continue
		}
		if v := t.names.of[id]; v != nil && t.given[v] == nil {
			t.given[v] = call.Args[i]
			set = append(set, v)
		}
	}
	text := t.spellDepth(result, depth+1)
	for _, v := range set {
		delete(t.given, v)
	}
	return text
}
