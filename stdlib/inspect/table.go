package inspect

import (
	"sort"
	"strconv"
	"strings"
)

// Table is the text of console.table(v, columns): rows and columns of an array
// of objects, an object, a Map or a Set. A nil columns means all properties. It
// reports false when v is no object; console.table logs it then.
//
//	┌─────────┬───┐
//	│ (index) │ a │
//	├─────────┼───┤
//	│ 0       │ 1 │
//	└─────────┴───┘
func Table(v Value, columns []string) (string, bool) {
	if v.Kind != KindObject || v.Object.Class() == ClassFunction {
		return "", false
	}
	t := table{limit: DefaultMaxOutputBytes}
	o := v.Object
	switch o.Class() {
	case ClassMap, ClassSet:
		t.members(o)
	default:
		t.rows(o, columns)
	}
	return outputText(cutText(t.render(), t.limit, t.size > t.limit)), true
}

// table collects cells column by column; a missing cell is empty.
type table struct {
	head    []string
	columns []map[int]string
	height  int
	size    int // bytes of all cells
	limit   int
}

func (t *table) full() bool { return t.size > t.limit }

// cell prints one value in short form.
func (t *table) cell(v Value) string {
	depth := 0
	if v.Kind == KindObject && v.Object.Class() != ClassFunction &&
		v.Object.Class() != ClassArray && v.Object.Class() != ClassTypedArray && len(stringKeys(v.Object)) > 2 {
		depth = -1
	}
	p := newPrinter(&Options{Depth: &depth, MaxArrayLength: new(3), BreakLength: new(Infinite)})
	s := p.finish(p.value(v, 0, false))
	t.size += len(s)
	return s
}

func stringKeys(o Object) []string {
	var names []string
	for _, k := range o.Keys(0, -1) {
		if k.Symbol == nil {
			names = append(names, k.Name)
		}
	}
	return names
}

func (t *table) column(head string) map[int]string {
	t.head = append(t.head, head)
	cells := map[int]string{}
	t.columns = append(t.columns, cells)
	return cells
}

// members tabulates a Map or Set.
func (t *table) members(o Object) {
	step := 1
	index := t.column("(iteration index)")
	var keys map[int]string
	if o.Class() == ClassMap {
		step = 2
		keys = t.column("Key")
	}
	values := t.column("Values")
	items := o.Slots(Infinite).Items
	for i := 0; i+step <= len(items) && !t.full(); i += step {
		row := t.height
		index[row] = strconv.Itoa(row)
		if keys != nil {
			keys[row] = t.cell(items[i])
		}
		values[row] = t.cell(items[i+step-1])
		t.height++
	}
}

// rows tabulates the members of an array or object.
func (t *table) rows(o Object, only []string) {
	index := t.column("(index)")
	var names []string
	cells := map[string]map[int]string{}
	var primitives map[int]string
	for row, name := range stringKeys(o) {
		if t.full() {
			break
		}
		index[row] = name
		t.height = row + 1
		t.size += len(name)
		item := o.Get(NameKey(name))
		if only == nil && item.Kind != KindObject {
			if primitives == nil {
				primitives = map[int]string{}
			}
			primitives[row] = t.cell(item)
			continue
		}
		keys := only
		if keys == nil {
			keys = stringKeys(item.Object)
		}
		for _, key := range keys {
			if cells[key] == nil {
				cells[key] = map[int]string{}
				names = append(names, key)
			}
			cells[key][row] = ""
			if item.Kind != KindObject {
				continue
			}
			if _, own := item.Object.Own(NameKey(key)); own {
				cells[key][row] = t.cell(item.Object.Get(NameKey(key)))
			}
		}
	}
	// Columns stand in the order of an object's properties: indexes first.
	sort.SliceStable(names, func(i, j int) bool {
		a, aIndex := propertyIndex(names[i])
		b, bIndex := propertyIndex(names[j])
		if aIndex && bIndex {
			return a < b
		}
		return aIndex && !bIndex
	})
	for _, name := range names {
		t.head = append(t.head, name)
		t.columns = append(t.columns, cells[name])
	}
	if primitives != nil {
		t.head = append(t.head, "Values")
		t.columns = append(t.columns, primitives)
	}
}

func (t *table) render() string {
	widths := make([]int, len(t.head))
	for i, head := range t.head {
		widths[i] = width(head)
		for _, s := range t.columns[i] {
			widths[i] = max(widths[i], width(s))
		}
	}
	var b strings.Builder
	rule := func(left, middle, right string) {
		b.WriteString(left)
		for i, w := range widths {
			if i > 0 {
				b.WriteString(middle)
			}
			b.WriteString(strings.Repeat("─", w+2))
		}
		b.WriteString(right)
	}
	line := func(cell func(column int) string) {
		b.WriteString("\n│ ")
		for i, w := range widths {
			if i > 0 {
				b.WriteString(" │ ")
			}
			s := cell(i)
			b.WriteString(s)
			b.WriteString(strings.Repeat(" ", max(w-width(s), 0)))
		}
		b.WriteString(" │")
	}
	rule("┌", "┬", "┐")
	line(func(i int) string { return t.head[i] })
	b.WriteByte('\n')
	rule("├", "┼", "┤")
	for row := 0; row < t.height && b.Len() <= t.limit; row++ {
		line(func(i int) string { return t.columns[i][row] })
	}
	b.WriteByte('\n')
	rule("└", "┴", "┘")
	return b.String()
}
