package gojalib

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
)

func TestReadPattern(t *testing.T) {
	for _, c := range []struct {
		source, flags string
		want          pattern
		text          string
	}{
		{``, ``, pattern{nullable: true, fixed: true}, ``},
		{`a+b{1,}c`, ``, pattern{fixed: true}, `a+b{1,}c`},
		{`a*|b`, `g`, pattern{nullable: true, fixed: true}, `a*|b`},
		{`(?:a|b{0,3}?)`, ``, pattern{nullable: true, fixed: true}, `(?:a|b{0,3}?)`},
		{`(?=a)(?<!b)^$`, ``, pattern{nullable: true, look: true, fixed: true}, `(?=a)(?<!b)^$`},
		{`(?<n>a)`, `u`, pattern{named: true, fixed: true}, `(?<n>a)(?=)`},
		{`{a{,2}`, ``, pattern{fixed: true}, `{a{,2}`},
		{`a\b`, ``, pattern{boundary: true, fixed: true}, `a` + wordBoundary},
		{`\Ba`, ``, pattern{boundary: true, fixed: true}, noWordBoundary + `a`},
		{`[\b]`, ``, pattern{fixed: true}, `[\b]`},
		{`k1`, `i`, pattern{fold: true, fixed: true}, `[\u004b\u006b]1`},
		{`[-k]`, `i`, pattern{fold: true, fixed: true}, `[\u004b\-k]`},
		{`[^a-c]\w`, `i`, pattern{fold: true, fixed: true}, `[^\u0041\u0042\u0043a-c]\w`},
		{`\u212a`, `i`, pattern{fold: true, wide: true, fixed: true}, `\u212a`},
		{`(a)\1`, `i`, pattern{nullable: false, fold: true}, `([\u0041\u0061])\1`},
		{`a)`, ``, pattern{nullable: true}, `a`},
		{`[a`, ``, pattern{}, `[`},
		{`\`, ``, pattern{}, `\`},
		{`\p{L}`, `u`, pattern{}, `\p{L}`},
	} {
		got := readPattern(c.source, c.flags)
		assert.Equal(t, c.want, *got, "readPattern(%q, %q)", c.source, c.flags)
		assert.Equal(t, c.text, rewritten(c.source, c.flags), "rewritten(%q, %q)", c.source, c.flags)
	}
	deep := readPattern(strings.Repeat("(", 1e5)+strings.Repeat(")", 1e5), "i")
	assert.True(t, deep.nullable && !deep.fixed, "nested deeply")
}

// TestCanonicalAgreesWithNode compares the case of every character: those that flag i
// lets equal each other.
func TestCanonicalAgreesWithNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	out := nodejs.Print(t, `
const out = [];
for (let c = 0; c < 0x10000; c++) {
  const s = String.fromCharCode(c), u = s.toUpperCase();
  out.push(u.length !== 1 || c > 127 && u.charCodeAt(0) < 128 ? c : u.charCodeAt(0));
}
console.log(out.join(' '));`)
	var wrong []rune
	for c, want := range strings.Fields(out) {
		if want != itoa(int(canonical(rune(c)))) {
			wrong = append(wrong, rune(c))
		}
	}
	assert.Empty(t, wrong, "%x", wrong)
}
