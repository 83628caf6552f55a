package jsondoc

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Splice writes a value as the JSON text data says it where the two agree: the answer is
// data with the parts replaced that after, with its key order, has changed. What is equal
// keeps its bytes: the spelling of numbers and texts, blanks, the order of keys, keys that are
// there twice. data is JSON that Decode accepts.
//
//   - A value that differs is written as Encode writes it, in the place of the last one of its
//     key.
//   - A property that is gone is taken out, with all of its key; a new one is
//     written behind the last.
//   - Where the properties come in another order than before, or an array index is new among
//     them, the object is put together anew, each property with its old bytes.
//   - Arrays are compared item by item: those that are equal to the one at the same index
//     keep their bytes.
//
// Nothing is copied when nothing differs: the answer is data then.
//
// # Errors
//
// Those of Encode.
func Splice(data []byte, after any, order *Order) ([]byte, error) {
	s := splicer{data: data, order: order}
	start := skipSpace(data, 0)
	dst, end := s.value(append(make([]byte, 0, len(data)+len(data)/8+64), data[:start]...), start, after, 0)
	switch {
	case s.err != nil:
		return nil, s.err
	case !s.changed:
		return data, nil
	}
	return append(dst, data[end:]...), nil
}

// splicer writes values over the text that was there.
type splicer struct {
	data    []byte
	order   *Order
	members []member    // of the objects that are being written, outer ones first
	ends    map[int]int // of arrays and objects, by their start; see end
	written int         // bytes of new names and values
	changed bool
	err     error // the first
}

// member is a property in the text.
type member struct {
	name            string
	key, value, end int
	again           bool // it was there before
	replaced        bool // it comes again
}

// value writes after over the value at i, and answers the index behind that.
func (s *splicer) value(dst []byte, i int, after any, depth int) ([]byte, int) {
	switch s.data[i] {
	case '{':
		if object, ok := after.(map[string]any); ok && object != nil {
			return s.object(dst, i, object, depth)
		}
	case '[':
		if array, ok := after.([]any); ok && array != nil {
			return s.array(dst, i, array, depth)
		}
	default:
		end := skipAny(s.data, i)
		if text := s.data[i:end]; says(text, after) {
			return append(dst, text...), end
		}
		return s.write(dst, after), end
	}
	return s.write(dst, after), s.end(i, depth)
}

// write writes a value that differs.
func (s *splicer) write(dst []byte, value any) []byte {
	s.changed = true
	written, err := Append(dst, value, s.order)
	if err != nil {
		if s.err == nil {
			s.err = err
		}
		return dst
	}
	s.written += len(written) - len(dst)
	return written
}

// writeMember writes a property that is new.
func (s *splicer) writeMember(dst []byte, key string, value any) []byte {
	before := len(dst)
	dst = append(AppendString(dst, key), ':')
	s.written += len(dst) - before + len(",")
	return s.write(dst, value)
}

// says reports whether the text of a text, a number, true, false or null says value.
func says(text []byte, value any) bool {
	switch v := value.(type) {
	case nil:
		return text[0] == 'n'
	case bool:
		return text[0] == 't' && v || text[0] == 'f' && !v
	case string:
		return text[0] == '"' && textAt(text, 0, len(text)) == v
	case float64:
		if text[0] == '"' || text[0] > '9' {
			return false
		}
		x, err := strconv.ParseFloat(view(text), 64)
		return err == nil && x == v
	}
	return false
}

// textAt is the string from start to end, quotes included. It may be a view of data.
func textAt(data []byte, start, end int) string {
	text := data[start+1 : end-1]
	if isPlain(text) {
		return view(text)
	}
	d := decoder{data: data, at: start}
	return d.text()
}

// isPlain reports whether a string's text is the string itself.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c == '\\' {
			return false
		}
		if c >= utf8.RuneSelf {
			return utf8.Valid(text) && bytes.IndexByte(text, '\\') < 0
		}
	}
	return true
}

// skipAny answers the index behind the value at i, in text that Decode accepts.
func skipAny(data []byte, i int) int {
	for open := 0; ; {
		switch data[i] {
		case '"':
			i = skipString(data, i+1)
		case '{', '[':
			open++
			i++
		case '}', ']':
			open--
			i++
		case ',', ':', ' ', '\t', '\n', '\r':
			i++
			continue // it ends nothing
		default:
			for i++; i < len(data) && data[i] > ' ' && data[i] != ',' && data[i] != ']' && data[i] != '}'; i++ {
			}
		}
		if open == 0 {
			return i
		}
	}
}

// end answers the index behind the value at i, which stands in depth others.
func (s *splicer) end(i, depth int) int {
	if depth < indexedDepth || s.data[i] != '{' && s.data[i] != '[' {
		return skipAny(s.data, i)
	}
	if s.ends == nil {
		s.ends = endsOf(s.data)
	}
	return s.ends[i]
}

// indexedDepth is how deep values are skipped one by one: deeper ones would be skipped again and
// again, as parts of all that they stand in.
const indexedDepth = 24

// endsOf finds the ends of all arrays and objects.
func endsOf(data []byte) map[int]int {
	ends := map[int]int{}
	var open []int
	for i := 0; i < len(data); {
		switch data[i] {
		case '"':
			i = skipString(data, i+1)
			continue
		case '{', '[':
			open = append(open, i)
		case '}', ']':
			ends[open[len(open)-1]] = i + 1
			open = open[:len(open)-1]
		}
		i++
	}
	return ends
}

// object writes an object's members.
func (s *splicer) object(dst []byte, start int, after map[string]any, depth int) ([]byte, int) {
	base := len(s.members)
	end := s.read(start, depth)
	members := s.members[base:len(s.members):len(s.members)]
	defer func() { s.members = s.members[:base] }()
	keys := s.order.Keys(after)
	added, inPlace := fits(members, keys, after)
	if !inPlace {
		return s.arrange(dst, members, keys, after, depth), end
	}
	dst = append(dst, '{')
	behind := start + 1
	written := false
	for _, m := range members {
		value, stays := after[m.name]
		if !stays {
			s.changed = true
			behind = m.end
			continue
		}
		if written {
			dst = append(dst, s.data[behind:m.key]...)
		} else {
			dst = append(dst, s.data[start+1:members[0].key]...)
		}
		written, behind = true, m.end
		dst = append(dst, s.data[m.key:m.value]...)
		if m.replaced {
			dst = append(dst, s.data[m.value:m.end]...)
		} else {
			dst, _ = s.value(dst, m.value, value, depth+1)
		}
	}
	for _, key := range added {
		if written {
			dst = append(dst, ',')
		}
		written = true
		dst = s.writeMember(dst, key, after[key])
	}
	return append(dst, s.data[behind:end]...), end
}

// fits reports whether an object can be written in its place: what stays comes in the order
// in which it came, what is added behind it.
func fits(members []member, keys []string, after map[string]any) (added []string, ok bool) {
	indexes := 0
	for indexes < len(keys) && isIndexName(keys[indexes]) {
		indexes++
	}
	there, rest := 0, keys[indexes:]
	for i := range members {
		m := &members[i]
		if m.again {
			continue
		}
		if _, stays := after[m.name]; !stays {
			continue
		}
		if isIndexName(m.name) {
			there++
			continue
		}
		if len(rest) == 0 || rest[0] != m.name {
			return nil, false
		}
		rest = rest[1:]
	}
	return rest, there == indexes
}

// arrange writes an object anew, in the order of keys.
func (s *splicer) arrange(dst []byte, members []member, keys []string, after map[string]any, depth int) []byte {
	s.changed = true
	last := make(map[string]*member, len(members))
	for i := range members {
		last[members[i].name] = &members[i]
	}
	dst = append(dst, '{')
	for i, key := range keys {
		if i > 0 {
			dst = append(dst, ',')
		}
		if m := last[key]; m != nil {
			dst = append(dst, s.data[m.key:m.value]...)
			dst, _ = s.value(dst, m.value, after[key], depth+1)
		} else {
			dst = s.writeMember(dst, key, after[key])
		}
	}
	return append(dst, '}')
}

// read notes the members of the object at start, and answers the index behind it.
func (s *splicer) read(start, depth int) (end int) {
	base := len(s.members)
	var at map[string]int // the members by name, when there are many
	i := skipSpace(s.data, start+1)
	for s.data[i] != '}' {
		m := member{key: i}
		i = skipString(s.data, i+1)
		m.name = textAt(s.data, m.key, i)
		m.value = skipSpace(s.data, skipSpace(s.data, i)+1)
		m.end = s.end(m.value, depth+1)
		earlier := -1
		if at != nil {
			if known, is := at[m.name]; is {
				earlier = known
			}
		} else {
			earlier = slices.IndexFunc(s.members[base:], func(other member) bool { return other.name == m.name && !other.replaced })
		}
		if earlier >= 0 {
			m.again, s.members[base+earlier].replaced = true, true
		}
		s.members = append(s.members, m)
		switch count := len(s.members) - base; {
		case at != nil:
			at[m.name] = count - 1
		case count == manyMembers:
			at = make(map[string]int, 2*manyMembers)
			for k, other := range s.members[base:] {
				at[other.name] = k
			}
		}
		if i = skipSpace(s.data, m.end); s.data[i] == ',' {
			i = skipSpace(s.data, i+1)
		}
	}
	return i + 1
}

// manyMembers are as many as are not looked through one by one.
const manyMembers = 16

// array writes an array's items.
func (s *splicer) array(dst []byte, start int, after []any, depth int) ([]byte, int) {
	dst = append(dst, '[')
	behind, n := start+1, 0
	i := skipSpace(s.data, behind)
	for s.data[i] != ']' {
		end := 0
		if n < len(after) {
			dst, end = s.value(append(dst, s.data[behind:i]...), i, after[n], depth+1)
		} else {
			s.changed = true
			end = s.end(i, depth+1)
		}
		n++
		behind = end
		if i = skipSpace(s.data, end); s.data[i] == ',' {
			i = skipSpace(s.data, i+1)
		}
	}
	for ; n < len(after); n++ {
		if n > 0 {
			dst = append(dst, ',')
		}
		dst = s.write(dst, after[n])
	}
	return append(dst, s.data[behind:i+1]...), i + 1
}
