package inspect

import (
	"math"
	"strconv"
	"strings"
)

// layout joins printed entries to one text: on one line when they are few and
// short, else one line each, long arrays in columns.
func (p *printer) layout(s shape, output []string, recurse int, v Value) string {
	if p.compact == CompactAll {
		return p.copy(p.layoutCompact(s, output))
	}
	text := p.copy(p.layoutLines(s, output, recurse, v))
	if p.cut && len(text) > p.limit {
		text = text[:p.limit+1] // the rest would be cut at the end
	}
	return text
}

func (p *printer) layoutLines(s shape, output []string, recurse int, v Value) string {
	base := s.base
	if base != "" {
		base += " "
	}
	if p.compact >= 1 {
		entries := len(output)
		if s.array && entries > 6 {
			output = p.columns(output, v)
		}
		if p.currentDepth-recurse < p.compact && entries == len(output) {
			start := len(output) + p.indent + length(s.open) + length(s.base) + 10
			if p.fits(output, start, s.base) {
				joined := strings.Join(output, ", ")
				if !strings.Contains(joined, "\n") {
					return base + s.open + " " + joined + " " + s.end
				}
			}
		}
	}
	line := "\n" + p.spaces(0)
	return base + s.open + line + "  " + strings.Join(output, ","+line+"  ") + line + s.end
}

// layoutCompact is the layout of the option "compact: true".
func (p *printer) layoutCompact(s shape, output []string) string {
	base := s.base
	if base != "" {
		base = " " + base
	}
	if p.fits(output, 0, s.base) {
		return s.open + base + " " + strings.Join(output, ", ") + " " + s.end
	}
	line := "\n" + p.spaces(0) + "  "
	first := " "
	if s.base != "" || len(s.open) != 1 {
		first = base + line
	}
	return s.open + first + strings.Join(output, ","+line) + " " + s.end
}

// fits reports whether the entries fit in a line of breakLength columns, of
// which start are taken.
func (p *printer) fits(output []string, start int, base string) bool {
	total := len(output) + start
	if total+len(output) > p.breakLength {
		return false
	}
	for _, s := range output {
		if total += length(s); total > p.breakLength {
			return false
		}
	}
	return !strings.Contains(base, "\n")
}

// columns groups the entries of an array with more than six entries in columns,
// numbers flush right. It returns output itself when the entries are too
// different in length.
func (p *printer) columns(output []string, v Value) []string {
	const separator = 2 // comma and space
	const heightToWidth = 2.5
	total, longest := 0, 0
	n := len(output)
	if p.maxArray < len(output) {
		n-- // "... more items" has a line of its own
	}
	widths := make([]int, n)
	for i := range widths {
		widths[i] = width(output[i])
		total += widths[i] + separator
		longest = max(longest, widths[i])
	}
	cell := longest + separator
	if cell*3+p.indent >= p.breakLength || float64(total)/float64(cell) <= 5 && longest > 6 {
		return output
	}
	bias := math.Sqrt(float64(cell) - float64(total)/float64(len(output)))
	biased := math.Max(float64(cell)-3-bias, 1)
	count := min(
		int(math.Floor(math.Sqrt(heightToWidth*biased*float64(n))/biased+0.5)),
		(p.breakLength-p.indent)/cell,
		p.compact*4,
		15,
	)
	if count <= 1 {
		return output
	}
	lineWidths := make([]int, count)
	for i := range lineWidths {
		for j := i; j < n; j += count {
			lineWidths[i] = max(lineWidths[i], widths[j])
		}
		lineWidths[i] += separator
	}
	right := allNumbers(v, len(output))
	var grouped []string
	for i := 0; i < n; i += count {
		end := min(i+count, n)
		var b strings.Builder
		for j := i; j < end; j++ {
			pad := lineWidths[j-i] - widths[j] - separator
			last := j == end-1
			if right {
				b.WriteString(strings.Repeat(" ", max(pad, 0)))
			}
			b.WriteString(output[j])
			if !last {
				b.WriteString(", ")
				if !right {
					b.WriteString(strings.Repeat(" ", max(pad, 0)))
				}
			}
		}
		grouped = append(grouped, b.String())
	}
	if p.maxArray < len(output) {
		grouped = append(grouped, output[n])
	}
	return grouped
}

// allNumbers reports whether the first n elements of an array are numbers. As in
// Node n counts printed entries, so a property beside the elements ends it.
func allNumbers(v Value, n int) bool {
	if v.Kind != KindObject {
		return true
	}
	if v.Object.Class() == ClassTypedArray {
		return v.Object.Slots(0).Length >= n
	}
	for i := range n {
		key := NameKey(strconv.Itoa(i))
		prop, ok := v.Object.Own(key)
		value := prop.Value
		if !ok || prop.Getter || prop.Setter {
			value = v.Object.Get(key)
		}
		if value.Kind != KindNumber && value.Kind != KindBigInt {
			return false
		}
	}
	return true
}
