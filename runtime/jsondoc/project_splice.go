package jsondoc

import (
	"slices"
	"strings"
	"unsafe"
)

// Splice is the text with what was written to Root since: what the function [Splice] makes of
// the text and the whole object. The journal tells of all writes, those to other's objects
// among them; objects that were made since, or read whole, are nobody's.
//
// ok is false when the projection is not enough to tell: Complete is then.
//
// # Errors
//
// Those of Encode.
func (p *Projection) Splice(journal Journal, other *Projection) (text []byte, ok bool, err error) {
	inside, written, ok := p.note(journal, other)
	if !ok || !written && !inside {
		return p.data, ok, nil
	}
	w := &p.writer
	*w = writer{p: p, journal: journal, inside: inside, pieces: w.pieces[:0], fresh: w.fresh[:0], changed: w.changed}
	w.splicer.data = p.data
	if !w.object(&p.shape.root, p.Root) {
		return p.data, true, nil
	}
	p.grown = w.splicer.written
	if w.splicer.err != nil {
		return nil, false, w.splicer.err
	}
	w.keep(w.at, len(p.data))
	return w.text(), true, nil
}

// addition is a property that was written to an object that did not have it.
type addition struct {
	object int // of the projection
	key    string
}

// note reads a journal: what was added to which object. inside says that objects were written
// to which are nobody's. ok is false where it is not enough to know what was added.
func (p *Projection) note(journal Journal, other *Projection) (inside, written, ok bool) {
	p.added = p.added[:0]
	for i := range journal.Writes() {
		w := journal.Write(i)
		if w.Object == nil {
			continue
		}
		object := p.number(w.Object)
		if object < 0 {
			inside = inside || other == nil || other.number(w.Object) < 0
			continue
		}
		written = true
		if n := object - len(p.objects); n >= 0 {
			p.wholes[n].written = true
			if w.Arranged || w.Removed || w.Added && isIndexName(w.Key) {
				p.wholes[n].unclear = true
			}
		} else if w.Arranged {
			return inside, true, false
		}
		if w.Added || w.Removed {
			p.added = slices.DeleteFunc(p.added, func(a addition) bool { return a.object == object && a.key == w.Key })
		}
		if w.Added && !w.Removed {
			p.added = append(p.added, addition{object, w.Key})
		}
	}
	for _, a := range p.added {
		if a.object >= len(p.objects) {
			continue
		}
		f := p.nodes[a.object].field(a.key)
		if f == nil || p.spots[f.member].end != 0 || isIndexName(a.key) {
			return inside, written, false // it was taken out and is back at another place, or comes first
		}
	}
	return inside, written, true
}

// number is that of an object among the projection's own; -1 for none.
func (p *Projection) number(object map[string]any) int {
	for i, own := range p.objects {
		if identity(own) == identity(object) {
			return i
		}
	}
	for i := range p.wholes {
		if identity(p.wholes[i].object) == identity(object) {
			return len(p.objects) + i
		}
	}
	return -1
}

// writer writes what was changed as pieces of the old text and of a new one.
type writer struct {
	p       *Projection
	journal Journal
	inside  bool
	splicer splicer
	at      int // up to where the old text is dealt with
	pieces  []piece
	fresh   []byte
	changed []*shapeNode // of the objects that are being written
}

// piece is a part of the old text, or of the fresh one.
type piece struct {
	from, to int
	fresh    bool
}

// text puts the pieces together.
func (w *writer) text() []byte {
	length := 0
	for _, part := range w.pieces {
		length += part.to - part.from
	}
	var b strings.Builder
	b.Grow(length)
	for _, part := range w.pieces {
		if part.fresh {
			b.Write(w.fresh[part.from:part.to])
		} else {
			b.Write(w.p.data[part.from:part.to])
		}
	}
	text := b.String() // nobody else has it
	return unsafe.Slice(unsafe.StringData(text), len(text))
}

// keep takes over a part of the old text.
func (w *writer) keep(from, to int) {
	if from < to {
		w.pieces = append(w.pieces, piece{from: from, to: to})
	}
}

// write takes over what was appended to fresh since it was that long.
func (w *writer) write(from int) {
	w.pieces = append(w.pieces, piece{from, len(w.fresh), true})
}

// order is the key order of what value holds.
func (w *writer) order(value any) {
	if w.splicer.order == nil && hasOrder(value) {
		w.splicer.order = w.journal.Order()
	}
}

// hasOrder reports whether a value holds an object whose keys come in some order.
func hasOrder(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		return len(v) > 0
	case []any:
		return slices.ContainsFunc(v, hasOrder)
	}
	return false
}

// object writes an object up to its last changed member, and answers false when there is none.
// What stands before it is kept.
func (w *writer) object(n *shapeNode, after map[string]any) (changed bool) {
	base := len(w.changed)
	gone := false
	for _, f := range n.fields {
		if w.p.spots[f.member].end == 0 {
			continue
		}
		now, stays := after[f.name]
		gone = gone || !stays
		if stays && w.valueChanged(f, w.p.values[f.member], now) {
			w.changed = append(w.changed, f)
		}
	}
	at := w.p.bounds[n.object]
	members := w.changed[base:]
	switch {
	case gone:
		w.keep(w.at, at.start)
		w.at = at.start
		empty := w.members(n, after)
		w.add(n.object, after, at.last, empty)
		changed = true
	default:
		slices.SortFunc(members, func(a, b *shapeNode) int { return w.p.spots[a.member].value - w.p.spots[b.member].value })
		for _, f := range members {
			changed = w.value(f, after[f.name]) || changed
		}
		changed = w.add(n.object, after, at.last, at.empty) || changed
	}
	w.changed = w.changed[:base]
	return changed
}

// add writes the members that were added to an object, behind its last one.
func (w *writer) add(object int, after map[string]any, last int, empty bool) (added bool) {
	for _, a := range w.p.added {
		if a.object != object {
			continue
		}
		value, has := after[a.key]
		if !has {
			continue
		}
		if !added {
			added = true
			w.keep(w.at, last)
			w.at = last
		}
		from := len(w.fresh)
		if !empty {
			w.fresh = append(w.fresh, ',')
		}
		empty = false
		w.order(value)
		w.fresh = w.splicer.writeMember(w.fresh, a.key, value)
		w.write(from)
	}
	return added
}

// valueChanged reports whether a property that was there and is there may have been written.
func (w *writer) valueChanged(f *shapeNode, old, now any) bool {
	switch was := old.(type) {
	case map[string]any:
		is, same := now.(map[string]any)
		same = same && identity(was) == identity(is)
		switch {
		case !same:
			return true
		case isUnread(was):
			return false
		case !f.whole:
			return true // it is looked into
		}
		return w.inside || w.p.wholes[w.p.number(was)-len(w.p.objects)].written
	case []any:
		is, same := now.([]any)
		same = same && sameArray(was, is)
		return !same || w.inside && !isUnread(was)
	}
	switch now.(type) {
	case map[string]any, []any:
		return true
	}
	return old != now
}

func sameArray(a, b []any) bool { return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0]) }

// value writes a property that was there and is there, and answers false when it is the same.
func (w *writer) value(f *shapeNode, now any) (changed bool) {
	spot := w.p.spots[f.member]
	if object, ok := now.(map[string]any); ok && len(f.fields) > 0 && !f.whole && identity(object) == identity(w.p.objects[f.object]) {
		return w.object(f, object)
	}
	if object, ok := now.(map[string]any); ok && f.whole && w.p.data[spot.value] == '{' {
		if n := w.p.number(object) - len(w.p.objects); n >= 0 && !w.p.wholes[n].unclear && !w.p.doubles {
			if changed, ok := w.whole(n, spot); ok {
				return changed
			}
		}
	}
	return w.over(spot.value, spot.end, now)
}

// over writes a value over the one that stood there, and answers false when it is the same.
func (w *writer) over(start, end int, now any) (changed bool) {
	w.order(now)
	from := len(w.fresh)
	w.splicer.changed = false
	w.fresh, _ = w.splicer.value(w.fresh, start, now, 0)
	if !w.splicer.changed {
		w.fresh = w.fresh[:from]
		return false
	}
	w.keep(w.at, start)
	w.write(from)
	w.at = end
	return true
}

// whole writes an object that was read whole and got other members or other values, without
// asking for its order. ok is false, and nothing is written, when that is not enough.
func (w *writer) whole(n int, spot spot) (changed, ok bool) {
	data, object := w.p.data, w.p.wholes[n].object
	at, pieces, fresh := w.at, len(w.pieces), len(w.fresh)
	last, empty := spot.value+1, true
	for i := skipSpace(data, last); data[i] != '}'; {
		key := i
		i = skipString(data, i+1)
		name := textAt(data, key, i)
		now, stays := object[name]
		if !stays || slices.Contains(w.p.added, addition{n + len(w.p.objects), name}) {
			w.at, w.pieces, w.fresh = at, w.pieces[:pieces], w.fresh[:fresh]
			return false, false
		}
		value := skipSpace(data, skipSpace(data, i)+1)
		last, empty = skipAny(data, value), false
		changed = w.over(value, last, now) || changed
		if i = skipSpace(data, last); data[i] == ',' {
			i = skipSpace(data, i+1)
		}
	}
	return w.add(n+len(w.p.objects), object, last, empty) || changed, true
}

// members writes the members of an object that stay, where some do not. empty says that there
// are none.
func (w *writer) members(n *shapeNode, after map[string]any) (empty bool) {
	data, at := w.p.data, w.p.bounds[n.object]
	w.keep(at.start, at.start+1)
	empty = true
	first := skipSpace(data, at.start+1)
	for i, behind := first, 0; data[i] != '}'; {
		key := i
		i = skipString(data, i+1)
		f := n.field(textAt(data, key, i))
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
				w.keep(at.start+1, first)
			} else {
				w.keep(behind, key)
			}
			empty = false
			w.at = key
			if f != nil && w.valueChanged(f, w.p.values[f.member], after[f.name]) {
				w.value(f, after[f.name])
			}
			w.keep(w.at, end)
		}
		behind = end
		if i = skipSpace(data, end); data[i] == ',' {
			i = skipSpace(data, i+1)
		}
	}
	w.at = at.last
	return empty
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
		case object != nil && len(f.fields) > 0 && identity(object) == identity(p.objects[f.object]):
			p.apply(f, whole[f.name].(map[string]any), object, order, own)
		default:
			whole[f.name] = now
		}
	}
	added, known := order.added(after)
	if !known {
		panic("internal error: a part of an object was given an order")
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

// Partial reports whether a value of Root is only a part of what the text says.
func (p *Projection) Partial(value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		return isUnread(value)
	}
	number := p.number(object)
	return isUnread(value) || number >= 0 && number < len(p.objects)
}

// AtMost bounds how long the text of one of Root's properties is by now.
func (p *Projection) AtMost(name string) int {
	if f := p.shape.root.field(name); f != nil {
		return p.spots[f.member].end - p.spots[f.member].value + p.grown
	}
	return len(p.data) + p.grown
}
