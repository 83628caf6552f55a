package inspect

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
)

func TestWidth(t *testing.T) {
	for _, test := range []struct {
		in   string
		want int
	}{
		{"", 0}, {"abc", 3}, {"é", 1}, {"e\u0301", 1}, {"日本", 4}, {"😀", 2}, {"\x1b[31mred\x1b[0m", 3}, {"a\nb", 2}, {"\u200b", 0}, {"\xed\xa0\xbd", 1},
	} {
		assert.Equal(t, test.want, width(test.in), "width(%q)", test.in)
	}
}

// TestWidthEqualsNode compares every assigned code point with Node's ICU.
func TestWidthEqualsNode(t *testing.T) {
	var ranges struct{ Wide, Zero [][2]rune }
	nodejs.Ask(t, nodejs.Command(t, "--expose-internals", "--no-warnings", "testdata/width.js"), nil, &ranges)
	want := map[rune]int{}
	for columns, list := range map[int][][2]rune{2: ranges.Wide, 0: ranges.Zero} {
		for _, r := range list {
			for c := r[0]; c <= r[1]; c++ {
				want[c] = columns
			}
		}
	}
	differ := 0
	for c := rune(0x7F); c <= unicode.MaxRune; c++ {
		columns, known := want[c]
		if !known {
			columns = 1
		}
		if isSurrogate(c) || runeWidth(c) == columns {
			continue
		}
		differ++
		if differ < 20 {
			t.Logf("U+%04X: width %d, Node has %d", c, runeWidth(c), columns)
		}
	}
	assert.Zero(t, differ)
}
