package main

import (
	"maps"
	"slices"
	"strconv"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// tree is decoded JSON with its key order.
type tree struct {
	value any
	order *jsondoc.Order
}

// text is the tree as JSON.
func (t tree) text() string {
	data, err := jsondoc.Encode(t.value, t.order)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// change is one difference between two trees. Before or after is nil when the value
// was not there.
type change struct {
	path          string // like app_metadata.roles[0]; "" is the root
	before, after *tree
}

// shortArray is how long two different arrays may be together, as JSON, to be shown
// whole instead of element by element.
const shortArray = 60

// diff lists what differs, in the order of the keys: those of before, then new ones.
func diff(before, after tree) []change {
	d := differ{}
	d.values("", before, after)
	return d.changes
}

type differ struct{ changes []change }

func (d *differ) add(path string, before, after *tree) {
	d.changes = append(d.changes, change{path, before, after})
}

func (d *differ) values(path string, before, after tree) {
	switch b := before.value.(type) {
	case map[string]any:
		if a, ok := after.value.(map[string]any); ok {
			d.objects(path, b, a, before.order, after.order)
			return
		}
	case []any:
		if a, ok := after.value.([]any); ok {
			d.arrays(path, b, a, before, after)
			return
		}
	default:
		switch after.value.(type) {
		case map[string]any, []any:
		default:
			if before.value == after.value {
				return
			}
		}
	}
	d.add(path, &before, &after)
}

func (d *differ) objects(path string, before, after map[string]any, beforeOrder, afterOrder *jsondoc.Order) {
	for _, key := range beforeOrder.Keys(before) {
		old := tree{before[key], beforeOrder}
		if value, stays := after[key]; stays {
			d.values(memberPath(path, key), old, tree{value, afterOrder})
		} else {
			d.add(memberPath(path, key), &old, nil)
		}
	}
	for _, key := range afterOrder.Keys(after) {
		if _, was := before[key]; !was {
			d.add(memberPath(path, key), nil, &tree{after[key], afterOrder})
		}
	}
}

func (d *differ) arrays(path string, b, a []any, before, after tree) {
	start := 0
	for start < len(b) && start < len(a) && same(b[start], a[start]) {
		start++
	}
	if start == len(b) && start == len(a) {
		return
	}
	if len(b)+len(a) <= shortArray && len(before.text())+len(after.text()) <= shortArray {
		d.add(path, &before, &after)
		return
	}
	end := 0
	for end < len(b)-start && end < len(a)-start && same(b[len(b)-1-end], a[len(a)-1-end]) {
		end++
	}
	removed, added := b[start:len(b)-end], a[start:len(a)-end]
	common := min(len(removed), len(added))
	for i := range common {
		d.values(indexPath(path, start+i), tree{removed[i], before.order}, tree{added[i], after.order})
	}
	for i, value := range removed[common:] {
		d.add(indexPath(path, start+common+i), &tree{value, before.order}, nil)
	}
	for i, value := range added[common:] {
		d.add(indexPath(path, start+common+i), nil, &tree{value, after.order})
	}
}

// same compares decoded JSON; the order of keys does not count.
func same(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, same)
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, same)
	}
	switch b.(type) {
	case map[string]any, []any:
		return false
	}
	return a == b
}

func indexPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// memberPath writes a key as a property where it is an identifier.
func memberPath(path, key string) string {
	if !isIdentifier(key) {
		return path + "[" + string(jsondoc.AppendString(nil, key)) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func isIdentifier(key string) bool {
	for i := 0; i < len(key); i++ {
		c := key[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == '$'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return key != ""
}
