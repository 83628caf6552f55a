package jsondoc

import (
	"slices"
)

// Splice is the text with what was written to Root since: what the function [Splice] makes of
// the text and the whole object. order knows the key order of what was written. inside
// says that objects which were read whole may have been written to, too.
//
// ok is false when the projection is not enough to tell: Complete is then.
//
// # Errors
//
// Those of Encode.
func (p *Projection) Splice(order *Order, inside bool) (text []byte, ok bool, err error) {
	c := comparison{p: p, order: order, inside: inside}
	changed := c.changed(&p.shape.root, p.Root)
	switch {
	case c.unsure:
		return nil, false, nil
	case !changed:
		return p.data, true, nil
	}
	w := writer{comparison: c, splicer: splicer{data: p.data, order: order}}
	root := &p.bounds[0]
	dst := append(make([]byte, 0, len(p.data)+spliceRoom), p.data[:root.start]...)
	dst = w.object(dst, &p.shape.root, p.Root)
	p.grown = w.splicer.written
	if w.splicer.err != nil {
		return nil, false, w.splicer.err
	}
	return append(dst, p.data[root.end:]...), true, nil
}

// spliceRoom is how much longer a text may get before it is copied once more.
const spliceRoom = 256

// comparison finds what was written to a projection.
type comparison struct {
	p      *Projection
	order  *Order
	inside bool
	unsure bool
}

// changed reports whether an object or what is in it was written.
func (c *comparison) changed(n *shapeNode, after map[string]any) bool {
	changed := false
	for _, f := range n.fields {
		old, had := c.p.values[f.member], c.p.spots[f.member].end != 0
		now, has := after[f.name]
		switch {
		case had && has:
			changed = c.valueChanged(f, old, now) || changed
		case has:
			changed = true
			c.unsure = c.unsure || isIndexName(f.name)
		case had:
			changed = true
		}
	}
	added, known := c.order.added(after)
	c.unsure = c.unsure || !known
	for _, key := range added {
		if f := n.field([]byte(key)); f == nil || c.p.spots[f.member].end != 0 {
			c.unsure = true // it was taken out and is back, at another place
		}
	}
	return changed
}

// valueChanged reports whether a property that was there and is there was written.
func (c *comparison) valueChanged(f *shapeNode, old, now any) bool {
	switch was := old.(type) {
	case map[string]any:
		is, same := now.(map[string]any)
		same = same && identity(was) == identity(is)
		switch {
		case isUnread(was):
			return !same
		case f.whole:
			return c.inside || !same
		case same:
			return c.changed(f, is)
		}
		c.unsure = c.unsure || is != nil
		return true
	case []any:
		is, same := now.([]any)
		same = same && sameArray(was, is)
		return !same || c.inside && !isUnread(was)
	}
	switch now.(type) {
	case map[string]any, []any:
		return true
	}
	return old != now
}

func sameArray(a, b []any) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// added lists the keys that were written to an object which did not have them, in order.
// known is false when the object was given another order altogether.
func (o *Order) added(object map[string]any) (keys []string, known bool) {
	entry, ok := o.entry(object)
	switch {
	case !ok:
		return nil, true
	case !entry.over:
		return nil, false
	case entry.stale:
		return lastPlaces(object, entry.keys), true
	}
	return entry.keys, true
}

// writer writes what a comparison finds.
type writer struct {
	comparison
	splicer splicer
}

// object writes an object that was written to.
func (w *writer) object(dst []byte, n *shapeNode, after map[string]any) []byte {
	at := w.p.bounds[n.object]
	there := make([]*shapeNode, 0, 16)
	gone := false
	for _, f := range n.fields {
		if w.p.spots[f.member].end != 0 {
			there = append(there, f)
			_, stays := after[f.name]
			gone = gone || !stays
		}
	}
	empty := at.empty
	if gone {
		dst, empty = w.members(dst, n, after)
	} else {
		slices.SortFunc(there, func(a, b *shapeNode) int { return w.p.spots[a.member].key - w.p.spots[b.member].key })
		from := at.start
		for _, f := range there {
			spot := w.p.spots[f.member]
			dst = append(dst, w.p.data[from:spot.value]...)
			dst = w.value(dst, f, after[f.name])
			from = spot.end
		}
		dst = append(dst, w.p.data[from:at.last]...)
	}
	added, _ := w.order.added(after)
	for _, key := range added {
		value, stays := after[key]
		if !stays {
			continue
		}
		if !empty {
			dst = append(dst, ',')
		}
		empty = false
		dst = w.splicer.writeMember(dst, key, value)
	}
	return append(dst, w.p.data[at.last:at.end]...)
}

// members writes the members of an object that stay, where some do not. empty says that there
// are none.
func (w *writer) members(dst []byte, n *shapeNode, after map[string]any) (_ []byte, empty bool) {
	data, at := w.p.data, w.p.bounds[n.object]
	dst = append(dst, '{')
	empty = true
	first := skipSpace(data, at.start+1)
	for i, behind := first, 0; data[i] != '}'; {
		key := i
		i = skipString(data, i+1)
		f := n.field([]byte(textAt(data, key, i)))
		value := skipSpace(data, skipSpace(data, i)+1)
		end := 0
		stays := true
		if f == nil {
			end = skipAny(data, value)
		} else {
			end = w.p.spots[f.member].end
			_, stays = after[f.name]
		}
		if stays {
			if empty {
				dst = append(dst, data[at.start+1:first]...)
			} else {
				dst = append(dst, data[behind:key]...)
			}
			empty = false
			dst = append(dst, data[key:value]...)
			if f == nil {
				dst = append(dst, data[value:end]...)
			} else {
				dst = w.value(dst, f, after[f.name])
			}
		}
		behind = end
		if i = skipSpace(data, end); data[i] == ',' {
			i = skipSpace(data, i+1)
		}
	}
	return dst, empty
}

// value writes a property that was there and is there.
func (w *writer) value(dst []byte, f *shapeNode, now any) []byte {
	spot := w.p.spots[f.member]
	if !w.valueChanged(f, w.p.values[f.member], now) {
		return append(dst, w.p.data[spot.value:spot.end]...)
	}
	if object, ok := now.(map[string]any); ok && !f.whole && len(f.fields) > 0 && identity(object) == identity(w.p.objects[f.object]) {
		return w.object(dst, f, object)
	}
	dst, _ = w.splicer.value(dst, spot.value, now, 0)
	return dst
}

// Complete answers the whole object as it is with what was written to Root since, and its
// key order. Nothing in it is the projection's own object, but for what was read whole.
func (p *Projection) Complete(order *Order) (map[string]any, *Order) {
	tree, own, err := Decode(p.data)
	if err != nil {
		panic("internal error: a text was checked and is none: " + err.Error())
	}
	own.Merge(order)
	whole := tree.(map[string]any)
	p.apply(&p.shape.root, whole, p.Root, order, own)
	return whole, own
}

// apply writes to an object what was written to its projection.
func (p *Projection) apply(n *shapeNode, whole, after map[string]any, order, own *Order) {
	for _, f := range n.fields {
		now, has := after[f.name]
		had := p.spots[f.member].end != 0
		switch object, _ := now.(map[string]any); {
		case had && !has:
			delete(whole, f.name)
			own.Removed(whole)
		case !had, isUnread(now):
		case object != nil && !f.whole && len(f.fields) > 0 && identity(object) == identity(p.objects[f.object]):
			p.apply(f, whole[f.name].(map[string]any), object, order, own)
		default:
			whole[f.name] = now
		}
	}
	added, known := order.added(after)
	if !known {
		own.Set(whole, order.Keys(after)) // it was put in the place of what was there
	}
	for _, key := range added {
		if _, has := after[key]; !has {
			continue
		}
		if _, there := whole[key]; there {
			delete(whole, key)
			own.Removed(whole)
		}
		whole[key] = after[key]
		own.Appended(whole, key)
	}
}

// Inside reports whether one of the objects is neither the projection's own nor other's.
func (p *Projection) Inside(written []map[string]any, other *Projection) bool {
	owns := func(all []map[string]any, object map[string]any) bool {
		return slices.ContainsFunc(all, func(own map[string]any) bool { return identity(own) == identity(object) })
	}
	return slices.ContainsFunc(written, func(object map[string]any) bool {
		return !owns(p.objects, object) && !owns(other.objects, object)
	})
}

// AtMost bounds how long the text of one of Root's properties is by now.
func (p *Projection) AtMost(name string) int {
	if f := p.shape.root.field([]byte(name)); f != nil {
		return p.spots[f.member].end - p.spots[f.member].value + p.grown
	}
	return len(p.data) + p.grown
}
