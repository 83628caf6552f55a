package saved

import (
	"sort"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// A map of places takes each line and column of one text to those of another. It is
// written like a source map: lines are parted by semicolons; a line is numbers in base 64 of
// variable length, the first the number of columns of the line, then, parted by commas,
// three for each stretch: how many columns it begins behind the one before, and how its
// line and column differ from where the stretch before began. Inside a stretch both columns go on
// side by side.

// stretch says that a line of the text, from a column on, comes from a place.
type stretch struct {
	column int
	at     place
}

type place struct{ line, column int }

// Map takes places of a script's code to places of the rule's file. It is immutable and
// safe for concurrent use.
type Map struct {
	lines   [][]stretch
	columns []int // of each line, the place behind its end included
}

// WriteMap writes the map of a text: pos answers where a line and a column (both 1-based,
// bytes) come from.
func WriteMap(text string, pos func(line, column int) source.Pos) string {
	var b strings.Builder
	file := source.NewFile("", text)
	var last place
	for line := 1; line <= file.LineCount(); line++ {
		if line > 1 {
			b.WriteByte(';')
		}
		columns := file.At(line, len(text)+1).Column
		b.WriteString(base64VLQ(columns))
		column := 1
		var expected place
		for c := 1; c <= columns; c++ {
			at := pos(line, c)
			is := place{at.Line, at.Column}
			if c == 1 || is != expected {
				b.WriteByte(',')
				b.WriteString(base64VLQ(c-column) + base64VLQ(is.line-last.line) + base64VLQ(is.column-last.column))
				column, last = c, is
			}
			expected = place{is.line, is.column + 1}
		}
	}
	return b.String()
}

// ReadMap reads what WriteMap writes; false when the text is no map.
func ReadMap(text string) (*Map, bool) {
	m := &Map{}
	var last place
	for line := range strings.SplitSeq(text, ";") {
		columns, stretches, _ := strings.Cut(line, ",")
		numbers, ok := readVLQ(columns)
		if !ok || len(numbers) != 1 || numbers[0] < 1 {
			return nil, false
		}
		m.columns = append(m.columns, numbers[0])
		var list []stretch
		column := 1
		for part := range strings.SplitSeq(stretches, ",") {
			n, ok := readVLQ(part)
			if !ok || len(n) != 3 {
				return nil, false
			}
			column, last = column+n[0], place{last.line + n[1], last.column + n[2]}
			if n[0] < 0 || last.line < 0 || last.column < 0 {
				return nil, false
			}
			list = append(list, stretch{column, last})
		}
		m.lines = append(m.lines, list)
	}
	return m, true
}

// Pos is where a line and a column (both 1-based, bytes) of the code come from. Places
// outside the code answer the nearest inside. The answer's Offset is not known.
func (m *Map) Pos(line, column int) source.Pos {
	line = min(max(line, 1), len(m.lines))
	list := m.lines[line-1]
	column = min(max(column, 1), m.columns[line-1])
	i := sort.Search(len(list), func(i int) bool { return list[i].column > column }) - 1
	if i < 0 {
		i = 0
	}
	s := list[i]
	return source.Pos{Line: s.at.line, Column: s.at.column + max(column-s.column, 0)}
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// base64VLQ writes a number five bits a digit, the lowest bit the sign.
func base64VLQ(n int) string {
	value := n << 1
	if n < 0 {
		value = -n<<1 | 1
	}
	var b []byte
	for {
		digit := value & 31
		value >>= 5
		if value > 0 {
			digit |= 32
		}
		b = append(b, base64Digits[digit])
		if value == 0 {
			return string(b)
		}
	}
}

func readVLQ(text string) (numbers []int, ok bool) {
	value, shift := 0, 0
	for i := range len(text) {
		digit := strings.IndexByte(base64Digits, text[i])
		if digit < 0 || shift > 30 {
			return nil, false
		}
		value |= digit & 31 << shift
		shift += 5
		if digit&32 != 0 {
			continue
		}
		n := value >> 1
		if value&1 == 1 {
			n = -n
		}
		numbers = append(numbers, n)
		value, shift = 0, 0
	}
	return numbers, shift == 0 && len(numbers) > 0
}
