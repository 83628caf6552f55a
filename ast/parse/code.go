package parse

import (
	"slices"
	"sort"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// code is the expression text that goja runs, built of pieces of a base text
// (the user's, or esbuild's output) and of text put between them.
type code struct {
	text   strings.Builder
	pieces []piece
}

// piece says that the code from offset start on is the base text from offset base
// on; of inserted text every byte comes from base.
type piece struct {
	start, base int
	inserted    bool
}

func (c *code) copy(base string, from, to int) {
	c.pieces = append(c.pieces, piece{start: c.text.Len(), base: from})
	c.text.WriteString(base[from:to])
}

func (c *code) insert(text string, at int) {
	c.pieces = append(c.pieces, piece{start: c.text.Len(), base: at, inserted: true})
	c.text.WriteString(text)
}

// copyMended copies and puts the mends in. At one offset a parenthesis closes
// before another opens.
func (c *code) copyMended(base string, from, to int, mends []mend) {
	slices.SortStableFunc(mends, func(a, b mend) int {
		if a.offset != b.offset {
			return a.offset - b.offset
		}
		return strings.Compare(b.text, a.text)
	})
	for _, m := range mends {
		if m.offset < from || m.offset > to {
			continue
		}
		c.copy(base, from, m.offset)
		c.insert(m.text, m.offset)
		from = m.offset + m.skip
	}
	c.copy(base, from, to)
}

// base is the offset in the base text of an offset in the code.
func (c *code) base(offset int) int {
	i := sort.Search(len(c.pieces), func(i int) bool { return c.pieces[i].start > offset }) - 1
	if i < 0 {
		return 0
	}
	p := c.pieces[i]
	if p.inserted {
		return p.base
	}
	return p.base + offset - p.start
}

// runtimePlaces makes the conversion of goja's runtime positions, in "(" + code +
// "\n)", to places of the user's file.
func (c *code) runtimePlaces(place func(offset int) source.Pos) func(line, column int) source.Pos {
	wrapped := source.NewFile("", wrap(c.text.String()))
	return func(line, column int) source.Pos {
		offset := wrapped.At(line, column).Offset - len(wrapOpen)
		return place(c.base(min(max(offset, 0), c.text.Len())))
	}
}

const wrapOpen, wrapClose = "(", "\n)"

// wrap is the text that is compiled for an expression text.
func wrap(expression string) string { return wrapOpen + expression + wrapClose }
