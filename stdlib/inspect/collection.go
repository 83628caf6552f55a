package inspect

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// classifyIterable sets up arrays, maps, sets and typed arrays.
func (p *printer) classifyIterable(f *form, class Class) (done bool) {
	o := f.object
	size := o.Slots(0).Length
	sized := "(" + strconv.Itoa(size) + ")"
	switch class {
	case ClassArray:
		head := ""
		if f.maker.null || f.maker.name != "Array" || f.tag != "" {
			head = namePrefix(f.maker, f.tag, "Array", sized)
		}
		f.keys = p.keysOf(o, KeysNoIndex)
		f.shape = shape{open: head + "[", end: "]", array: true}
		if size == 0 && f.plain() {
			f.shape.base = f.shape.open + "]"
			return true
		}
		f.entries = func(recurse int) []string { return p.arrayEntries(o, size, recurse) }
	case ClassTypedArray:
		fallback := ""
		if f.maker.null {
			fallback = o.Slots(0).Text
		}
		f.keys = p.keysOf(o, KeysNoIndex)
		f.shape = shape{open: namePrefix(f.maker, f.tag, fallback, sized) + "[", end: "]", array: true}
		if size == 0 && len(f.keys) == 0 && !p.showHidden {
			f.shape.base = f.shape.open + "]"
			return true
		}
		f.entries = func(recurse int) []string { return p.typedEntries(o, size, recurse) }
	case ClassSet, ClassMap:
		name := className(o)
		head := namePrefix(f.maker, f.tag, name, sized)
		f.keys = p.keysOf(o, 0)
		if size == 0 && f.plain() {
			f.shape.base = head + "{}"
			return true
		}
		f.shape = shape{open: head + "{", end: "}"}
		step := 1
		if class == ClassMap {
			step = 2
		}
		f.entries = func(recurse int) []string { return p.memberEntries(o, step, recurse) }
	}
	return false
}

// arrayEntries prints the elements of an array, runs of holes as one entry.
func (p *printer) arrayEntries(o Object, size, recurse int) []string {
	shown := min(p.maxArray, size)
	output := make([]string, 0, min(shown, 128)+1)
	for i := 0; i < shown; i++ {
		if p.cut {
			return output
		}
		key := NameKey(strconv.Itoa(i))
		prop, ok := o.Own(key)
		if !ok {
			return p.sparseEntries(o, size, recurse, shown, output, i)
		}
		output = append(output, p.propertyOf(prop, o, recurse, key, inArray))
	}
	if rest := size - shown; rest > 0 {
		output = append(output, moreItems(rest))
	}
	return output
}

// sparseEntries goes on at index, where the first hole is, from key to key.
func (p *printer) sparseEntries(o Object, size, recurse, shown int, output []string, index int) []string {
	keys := o.Keys(0, index+shown+1)
	for i := index; i < len(keys) && len(output) < shown && !p.cut; i++ {
		key := keys[i]
		if key.Symbol != nil || !isIndex(key.Name) {
			break
		}
		at, err := strconv.Atoi(key.Name)
		if err != nil || at >= size {
			break
		}
		if at != index {
			output = append(output, emptyItems(at-index))
			index = at
			if len(output) == shown {
				break
			}
		}
		output = append(output, p.property(o, recurse, key, inArray))
		index++
	}
	if rest := size - index; rest > 0 {
		if len(output) == shown {
			return append(output, moreItems(rest))
		}
		output = append(output, emptyItems(rest))
	}
	return output
}

func emptyItems(n int) string {
	return "<" + strconv.Itoa(n) + " empty item" + plural(n) + ">"
}

func (p *printer) typedEntries(o Object, size, recurse int) []string {
	shown := min(p.maxArray, size)
	output := make([]string, 0, min(shown, 128)+1)
	for _, v := range o.Slots(shown).Items {
		output = append(output, p.leaf(p.primitive(v)))
	}
	if rest := size - shown; rest > 0 {
		output = append(output, moreItems(rest))
	}
	if p.showHidden {
		p.indent += 2
		for _, name := range []string{"BYTES_PER_ELEMENT", "length", "byteLength", "byteOffset", "buffer"} {
			output = append(output, "["+name+"]: "+p.value(o.Get(NameKey(name)), recurse, true))
		}
		p.indent -= 2
	}
	return output
}

// memberEntries prints the members of a Set (step 1) or Map (step 2).
func (p *printer) memberEntries(o Object, step, recurse int) []string {
	slots := o.Slots(min(p.maxArray, 1<<20) * step)
	shown := min(p.maxArray, slots.Length)
	var output []string
	p.indent += 2
	for i := 0; i+step <= len(slots.Items) && len(output) < shown && !p.cut; i += step {
		text := p.value(slots.Items[i], recurse, false)
		if step == 2 {
			text += " => " + p.value(slots.Items[i+1], recurse, false)
		}
		output = append(output, text)
	}
	if rest := slots.Length - shown; rest > 0 {
		output = append(output, moreItems(rest))
	}
	p.indent -= 2
	return output
}

func (p *printer) promiseEntries(o Object, recurse int) []string {
	slots := o.Slots(0)
	if slots.State == Pending {
		return []string{"<pending>"}
	}
	p.indent += 2
	text := p.value(slots.Value, recurse, false)
	p.indent -= 2
	if slots.State == Rejected {
		text = "<rejected> " + text
	}
	return []string{text}
}

func (p *printer) bufferEntries(o Object) []string {
	slots := o.Slots(0)
	if slots.Detached {
		return []string{"(detached)"}
	}
	shown := min(p.maxArray, len(slots.Bytes))
	var b strings.Builder
	b.WriteString("[Uint8Contents]: <")
	for i, c := range slots.Bytes[:shown] {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(hex.EncodeToString([]byte{c}))
	}
	if rest := len(slots.Bytes) - shown; rest > 0 {
		b.WriteString(" ... " + strconv.Itoa(rest) + " more byte" + plural(rest))
	}
	b.WriteByte('>')
	return []string{b.String()}
}
