package jsondoc

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"strings"
)

// Projection is what a Shape asks for of one JSON text: objects that have the needed
// properties only, and where in the text they stand. It is used by one goroutine at a time.
type Projection struct {
	// Root is the object. It may be changed; what is written must be properties of the shape.
	Root map[string]any

	shape   *Shape
	data    []byte
	order   *Order           // of the objects that are read whole; nil for none
	spots   []spot           // by member
	values  []any            // by member
	nodes   []*shapeNode     // by object
	objects []map[string]any // by object
	bounds  []bound          // by object
	slab    *slab
	bulk    bulk
	long    bool    // the array that is being read is long
	wholes  []whole // objects that were read whole, numbered behind the others
	doubles bool    // one of them has a key twice
	grown   int     // bytes that Splice has written
	added   []addition
	writer  writer
}

// whole is an object that was read whole, as a member.
type whole struct {
	object  map[string]any
	written bool
	unclear bool // more than additions and changes was written
}

// spot is where a member stands: its key, its value, the end of that. End 0: nowhere.
type spot struct{ key, value, end int }

// bound is where an object stands; last is the end of its last member, or behind its brace
// when it has none.
type bound struct {
	start, last, end int
	empty            bool
}

// Project reads data. Everything in it is checked. The answer is nil when it is not sure
// that data is an object that a projection can stand for: Decode then says what it is.
// Release gives the projection back. order, if there is one, learns the key order of the objects
// that are read whole.
func (s *Shape) Project(data []byte, order *Order) *Projection {
	s.seal()
	p, ok := s.pool.Get().(*Projection)
	if !ok {
		p = s.blank()
	}
	p.data, p.order = data, order
	i := skipSpace(data, 0)
	if i < len(data) && data[i] == '{' && !s.Whole() {
		if i = p.object(&s.root, i, 0); i != unsure && skipSpace(data, i) == len(data) {
			return p
		}
	}
	p.Release()
	return nil
}

func (s *Shape) blank() *Projection {
	p := &Projection{
		shape: s, spots: make([]spot, s.members), values: make([]any, s.members),
		nodes: s.objects, objects: make([]map[string]any, len(s.objects)), bounds: make([]bound, len(s.objects)),
	}
	for i := range p.objects {
		p.objects[i] = map[string]any{}
	}
	p.Root = p.objects[0]
	return p
}

// Order knows the key order of the objects that were read whole; nil when there are none and
// Project was given none.
func (p *Projection) Order() *Order { return p.order }

// Release lets the projection's objects be used again: nothing may refer to them any more. Texts,
// numbers and what was read whole may be kept.
func (p *Projection) Release() {
	clear(p.spots)
	clear(p.values)
	for _, object := range p.objects {
		if len(object) > 0 {
			clear(object)
		}
	}
	p.data, p.order, p.slab, p.bulk, p.grown = nil, nil, nil, bulk{}, 0
	clear(p.added)
	clear(p.wholes)
	p.wholes, p.doubles = p.wholes[:0], false
	p.writer = writer{pieces: p.writer.pieces, fresh: p.writer.fresh, changed: p.writer.changed}
	if cap(p.writer.fresh) > maxKept {
		p.writer.fresh = nil
	}
	p.shape.pool.Put(p)
}

// maxKept is how much of a scratch is kept for the next projection.
const maxKept = 64 << 10

// object reads the object at i, a node's; the answer is the index behind it.
func (p *Projection) object(n *shapeNode, i, depth int) int {
	data, object := p.data, p.objects[n.object]
	at := &p.bounds[n.object]
	at.start = i
	i = skipSpace(data, i+1)
	if i < len(data) && data[i] == '}' {
		at.empty, at.last, at.end = true, at.start+1, i+1
		return i + 1
	}
	for {
		if i >= len(data) || data[i] != '"' {
			return unsure
		}
		key := i
		i++
		for i+8 <= len(data) {
			if marks := stops(binary.LittleEndian.Uint64(data[i:])); marks != 0 {
				i += bits.TrailingZeros64(marks) >> 3
				break
			}
			i += 8
		}
		for i < len(data) && data[i] != '"' && data[i] != '\\' && data[i] >= ' ' {
			i++
		}
		var f *shapeNode
		if i < len(data) && data[i] == '"' {
			f = n.field(view(data[key+1 : i]))
			i++
		} else {
			if i = skipString(data, i); i == unsure {
				return unsure
			}
			d := decoder{data: data, at: key}
			if n.field(d.text()) != nil {
				return unsure // a needed name that is spelled with escapes
			}
		}
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if i >= len(data) || data[i] != ':' {
			return unsure
		}
		i++
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if f == nil {
			i = skipValue(data, i, depth+1)
		} else {
			start := i
			value, end := p.value(f, i, depth+1)
			if end == unsure || p.spots[f.member].end != 0 { // twice
				return unsure
			}
			i = end
			p.spots[f.member], p.values[f.member] = spot{key, start, end}, value
			object[f.name] = value
		}
		if i == unsure {
			return unsure
		}
		at.last = i
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if i >= len(data) {
			return unsure
		}
		switch data[i] {
		case ',':
			i++
			if i < len(data) && data[i] <= ' ' {
				i = skipSpace(data, i)
			}
		case '}':
			at.empty, at.end = false, i+1
			return i + 1
		default:
			return unsure
		}
	}
}

// value reads the value at i, a node's, and answers the index behind it.
func (p *Projection) value(n *shapeNode, i, depth int) (any, int) {
	data := p.data
	if i >= len(data) {
		return nil, unsure
	}
	switch data[i] {
	case '"':
		return p.text(i)
	case '{':
		switch {
		case n.whole:
			value, end := p.container(i, depth)
			if object, ok := value.(map[string]any); ok {
				p.wholes = append(p.wholes, whole{object: object})
			}
			return value, end
		case len(n.fields) > 0:
			return p.objects[n.object], p.object(n, i, depth)
		}
		return unreadObject, skipValue(data, i, depth)
	case '[':
		if n.whole || n.arrays || len(n.fields) > 0 {
			return p.container(i, depth)
		}
		return unreadArray, skipValue(data, i, depth)
	}
	return p.scalar(i, depth)
}

// scalar reads the number, true, false or null at i.
func (p *Projection) scalar(i, depth int) (any, int) {
	end := skipValue(p.data, i, depth)
	if end == unsure {
		return nil, unsure
	}
	switch p.data[i] {
	case 't':
		return true, end
	case 'f':
		return false, end
	case 'n':
		return nil, end
	}
	return p.numeral(p.data[i:end]), end
}

// room is a slab with room for a number and a text of n bytes; nil when the text is long.
func (p *Projection) room(n int) *slab {
	if p.slab == nil || !p.slab.fits(n) {
		if n > maxSlabText {
			return nil
		}
		p.slab = &slab{}
	}
	return p.slab
}

// text reads the string at i.
func (p *Projection) text(i int) (any, int) {
	data, start, high := p.data, i+1, uint64(0)
	for i = start; i+8 <= len(data); i += 8 {
		word := binary.LittleEndian.Uint64(data[i:])
		marks := stops(word)
		if marks == 0 {
			high |= word
			continue
		}
		n := bits.TrailingZeros64(marks) >> 3
		high |= word & (1<<(8*n) - 1)
		if i += n; data[i] == '"' && high&highs == 0 {
			return p.copied(data[start:i]), i + 1
		}
		break
	}
	end := skipString(data, start)
	if end == unsure {
		return nil, unsure
	}
	text := data[start : end-1]
	if !isPlain(text) {
		d := decoder{data: data, at: start - 1}
		return d.text(), end
	}
	return p.copied(text), end
}

// copied is a text as a value.
func (p *Projection) copied(text []byte) any {
	if p.long {
		return p.bulk.text(text)
	}
	if room := p.room(len(text)); room != nil {
		return room.text(text)
	}
	return string(text)
}

// numeral makes a value of a number's text, which is well formed.
func (p *Projection) numeral(text []byte) any {
	if len(text) <= 15 {
		whole := 0
		for i, c := range text {
			if c-'0' > 9 {
				whole = -1
				break
			}
			whole = whole*10 + int(text[i]-'0')
		}
		if whole >= 0 {
			return p.room(0).number(float64(whole))
		}
	}
	x, err := strconv.ParseFloat(view(text), 64)
	if err != nil {
		panic("internal error: a number was checked and is none: " + string(text))
	}
	return p.room(0).number(x)
}

// container reads the array or object at i whole.
func (p *Projection) container(i, depth int) (any, int) {
	data := p.data
	if depth >= maxScanned {
		return nil, unsure
	}
	if data[i] == '[' {
		i = skipSpace(data, i+1)
		if i < len(data) && data[i] == ']' {
			return []any{}, i + 1
		}
		array := make([]any, 0, 4)
		around := p.long
		defer func() { p.long = around }()
		for {
			value, end := p.read(i, depth+1)
			if end == unsure {
				return nil, unsure
			}
			array = append(array, value)
			p.long = p.long || len(array) >= longArray
			if i = skipSpace(data, end); i >= len(data) {
				return nil, unsure
			}
			switch data[i] {
			case ',':
				i = skipSpace(data, i+1)
			case ']':
				return array, i + 1
			default:
				return nil, unsure
			}
		}
	}
	object := map[string]any{}
	i = skipSpace(data, i+1)
	if i < len(data) && data[i] == '}' {
		return object, i + 1
	}
	var keys []string
	for {
		if i >= len(data) || data[i] != '"' {
			return nil, unsure
		}
		start := i
		if i = skipString(data, i+1); i == unsure {
			return nil, unsure
		}
		key := strings.Clone(textAt(data, start, i))
		if i = skipSpace(data, i); i >= len(data) || data[i] != ':' {
			return nil, unsure
		}
		value, end := p.read(skipSpace(data, i+1), depth+1)
		if end == unsure {
			return nil, unsure
		}
		if _, twice := object[key]; twice {
			p.doubles = true
		} else {
			keys = append(keys, key)
		}
		object[key] = value
		if i = skipSpace(data, end); i >= len(data) {
			return nil, unsure
		}
		switch data[i] {
		case ',':
			i = skipSpace(data, i+1)
		case '}':
			if len(keys) > 1 { // else there is no order
				if p.order == nil {
					p.order = &Order{}
				}
				p.order.Set(object, keys)
			}
			return object, i + 1
		default:
			return nil, unsure
		}
	}
}

// read reads the value at i whole.
func (p *Projection) read(i, depth int) (any, int) {
	if i >= len(p.data) {
		return nil, unsure
	}
	switch p.data[i] {
	case '"':
		return p.text(i)
	case '{', '[':
		return p.container(i, depth)
	}
	return p.scalar(i, depth)
}
