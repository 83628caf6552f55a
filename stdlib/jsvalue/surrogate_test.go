package jsvalue_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestSurrogates(t *testing.T) {
	for unit := 0xD800; unit <= 0xDFFF; unit++ {
		text := string(jsvalue.AppendSurrogate([]byte("é"), uint16(unit)))
		got, ok := jsvalue.LoneSurrogate(text[2:])
		assert.True(t, ok)
		assert.Equal(t, uint16(unit), got)
		assert.True(t, jsvalue.HasLoneSurrogate(text+"x"))
		assert.Equal(t, "é\uFFFDx", jsvalue.ToUTF8(text+"x"))
	}
	for _, text := range []string{"", "a", "\uD7FF", "\uE000", "😀", "\xED", "\xED\x9F\xBF\xED"} {
		assert.False(t, jsvalue.HasLoneSurrogate(text), "%q", text)
	}
}
