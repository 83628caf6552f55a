package jsondoc

import "unsafe"

// slab is room for the few texts and numbers that a projection reads: one allocation for
// all of them, interface headers included. It is filled once and never used again, so
// values may be kept; they keep the slab.
type slab struct {
	texts   [5]string
	numbers [2]float64
	bytes   [93]byte

	usedTexts, usedNumbers, usedBytes uint8
}

// words is what an interface value is made of.
type words struct{ kind, data unsafe.Pointer }

var textKind, numberKind = kindOf(""), kindOf(1.5)

func kindOf(sample any) unsafe.Pointer { return (*words)(unsafe.Pointer(&sample)).kind }

// maxSlabText is the longest text that a slab is made for.
const maxSlabText = 64

// fits reports whether there is room for a number and a text of n bytes.
func (s *slab) fits(n int) bool {
	return int(s.usedTexts) < len(s.texts) && int(s.usedNumbers) < len(s.numbers) && n <= len(s.bytes)-int(s.usedBytes)
}

// text copies a text, for which there is room.
func (s *slab) text(data []byte) any {
	if len(data) == 0 {
		return ""
	}
	from := s.usedBytes
	s.usedBytes += uint8(copy(s.bytes[from:], data))
	at := &s.texts[s.usedTexts]
	s.usedTexts++
	*at = unsafe.String(&s.bytes[from], len(data))
	value := words{textKind, unsafe.Pointer(at)}
	return *(*any)(unsafe.Pointer(&value))
}

// number keeps a number, for which there is room.
func (s *slab) number(x float64) any {
	at := &s.numbers[s.usedNumbers]
	s.usedNumbers++
	*at = x
	value := words{numberKind, unsafe.Pointer(at)}
	return *(*any)(unsafe.Pointer(&value))
}

// bulk is room for the texts of long arrays. A text that is kept keeps those beside it, too, so a
// part of it is not large.
type bulk struct {
	texts []string
	bytes []byte
}

// The sizes of a part of a bulk, and how long an array is before its texts go there.
const (
	bulkTexts = 128
	bulkBytes = 4 << 10
	longArray = 16
)

// text copies a text. Parts never move: values point into them.
func (b *bulk) text(data []byte) any {
	if len(data) == 0 || len(data) > bulkBytes/8 {
		return string(data)
	}
	if len(b.texts) == cap(b.texts) {
		b.texts = make([]string, 0, bulkTexts)
	}
	if cap(b.bytes)-len(b.bytes) < len(data) {
		b.bytes = make([]byte, 0, bulkBytes)
	}
	from := len(b.bytes)
	b.bytes = append(b.bytes, data...)
	b.texts = append(b.texts, unsafe.String(&b.bytes[from], len(data)))
	value := words{textKind, unsafe.Pointer(&b.texts[len(b.texts)-1])}
	return *(*any)(unsafe.Pointer(&value))
}

// view is bytes as a text, without a copy.
func view(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }
