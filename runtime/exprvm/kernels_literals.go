package exprvm

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// listLiteral is [a, b].
func listLiteral(n ast.Node, items []term) term {
	for i := range items {
		if !items[i].native() {
			return term{}
		}
	}
	readers := readersOf(items)
	t := readTerm(n.Location(), func(f *steps.Frame) any {
		made := jsvalue.NewList(len(readers))
		for i, read := range readers {
			made.Items[i] = read(f)
		}
		return made
	})
	t.literal = &steps.Literal{Values: readers, List: true}
	return t
}

// objectLiteral is {"a": b} with names that are all known, different, and no prototype's.
func objectLiteral(n ast.Node, pairs []term) term {
	made := &steps.Literal{Keys: make([]string, 0, len(pairs)/2), Values: make([]steps.Value, 0, len(pairs)/2)}
	seen := map[string]bool{}
	plain := true
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].value.(string)
		if pairs[i].kind != constant || !ok || seen[key] || key == "__proto__" || !pairs[i+1].native() {
			return term{}
		}
		seen[key] = true
		plain = plain && !jsvalue.OnObject(key)
		made.Keys = append(made.Keys, key)
		made.Values = append(made.Values, pairs[i+1].reader())
	}
	made.Keys = slices.Clip(made.Keys) // shared by all objects: who adds a key copies it
	t := readTerm(n.Location(), func(f *steps.Frame) any {
		values := make(map[string]any, len(made.Keys))
		for i, key := range made.Keys {
			values[key] = made.Values[i](f)
		}
		return &jsvalue.Object{Keys: made.Keys, Values: values}
	})
	if plain {
		t.literal = made
	}
	return t
}
