package parse

import (
	"encoding/json"
	"sort"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// sourceMap takes places in esbuild's output to places in its input.
type sourceMap struct {
	lines [][]segment // of each line of the output, by column
}

// segment says that the output at a column comes from a place of the input.
// Columns count UTF-16 units, lines and columns from 0.
type segment struct {
	column             int
	fromLine, fromUnit int
}

// readSourceMap reads a version 3 map with one source. esbuild wrote it, so a
// malformed map is a broken invariant; what can be read of it is used.
func readSourceMap(text []byte) *sourceMap {
	var raw struct {
		Mappings string `json:"mappings"`
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return &sourceMap{}
	}
	m := &sourceMap{}
	var fromLine, fromUnit int
	for line := range strings.SplitSeq(raw.Mappings, ";") {
		var segments []segment
		column := 0
		for part := range strings.SplitSeq(line, ",") {
			v := decodeVLQ(part)
			if len(v) < 4 {
				continue
			}
			column += v[0]
			fromLine += v[2]
			fromUnit += v[3]
			segments = append(segments, segment{column, fromLine, fromUnit})
		}
		m.lines = append(m.lines, segments)
	}
	return m
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// decodeVLQ reads numbers in base 64, five bits a digit, the lowest bit the sign.
func decodeVLQ(text string) []int {
	var out []int
	value, shift := 0, 0
	for i := range len(text) {
		digit := strings.IndexByte(base64Digits, text[i])
		if digit < 0 || shift > 40 {
			return out
		}
		value |= digit & 31 << shift
		shift += 5
		if digit&32 == 0 {
			n := value >> 1
			if value&1 == 1 {
				n = -n
			}
			out = append(out, n)
			value, shift = 0, 0
		}
	}
	return out
}

// from answers the place of the input (line and UTF-16 column, from 0) for a place
// of the output. Between two segments of one line the column goes on, up to the
// place where the next segment comes from. The segment at a line's start speaks of
// the first character behind the indentation.
func (m *sourceMap) from(line, column, indent int) (fromLine, fromUnit int) {
	line = min(line, len(m.lines)-1)
	for l := line; l >= 0; l-- {
		segments := m.lines[l]
		i := sort.Search(len(segments), func(i int) bool { return l == line && segments[i].column > column }) - 1
		if i < 0 {
			continue
		}
		s := segments[i]
		if l < line {
			return s.fromLine, s.fromUnit
		}
		unit := s.fromUnit + column - s.column
		if s.column == 0 {
			unit = s.fromUnit + max(column-indent, 0)
		}
		if i+1 < len(segments) {
			next := segments[i+1]
			if next.fromLine == s.fromLine && next.fromUnit >= s.fromUnit {
				unit = min(unit, next.fromUnit)
			}
		}
		return s.fromLine, unit
	}
	return 0, 0
}

// mapped makes the conversion of offsets in output to places in file, whose text
// stood behind prefix ASCII bytes in esbuild's input.
func mapped(m *sourceMap, output string, file *source.File, prefix int) func(offset int) source.Pos {
	out := source.NewFile("", output)
	from, to := source.NewUnits(out), source.NewUnits(file)
	return func(offset int) source.Pos {
		pos := out.Pos(offset)
		indent := 0
		for start := pos.Offset - pos.Column + 1; start+indent < pos.Offset && output[start+indent] == ' '; {
			indent++
		}
		line, unit := m.from(pos.Line-1, from.Column(pos), indent)
		if line == 0 {
			unit -= prefix
		}
		return to.At(line, unit)
	}
}
