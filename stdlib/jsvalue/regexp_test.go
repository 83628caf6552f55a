package jsvalue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// TestRegexpRefusals are patterns that package regexp could not match exactly.
func TestRegexpRefusals(t *testing.T) {
	tests := []struct{ source, flags, want string }{
		{`(a)\1`, "", "a back-reference or an octal escape"},
		{`\01`, "", "a back-reference or an octal escape"},
		{`(?<n>a)\k<n>`, "", "a back-reference or an octal escape"},
		{`a(?=b)`, "", "a look-ahead, look-behind or inline flag"},
		{`a(?!b)`, "", "a look-ahead, look-behind or inline flag"},
		{`(?<=a)b`, "", "a look-ahead, look-behind or inline flag"},
		{`(?<!a)b`, "", "a look-ahead, look-behind or inline flag"},
		{`(?i:a)`, "", "a look-ahead, look-behind or inline flag"},
		{`(a*)*`, "", "a repeated part that may match nothing"},
		{`(|a)?`, "", "a repeated part that may match nothing"},
		{`(?:\b|a){2}`, "", "a repeated part that may match nothing"},
		{`😀`, "", "a character beyond U+FFFF or half of one"},
		{`[😀]`, "", "a character beyond U+FFFF or half of one"},
		{`\ud83d`, "", "a character beyond U+FFFF or half of one"},
		{`[\ud83d]`, "", "a character beyond U+FFFF or half of one"},
		{`é`, "i", "flag i with a character beyond ASCII"},
		{`[é]`, "i", "flag i with a character beyond ASCII"},
		{`[a-é]`, "i", "flag i with a character beyond ASCII"},
		{`\u212a`, "i", "flag i with a character beyond ASCII"},
		{`^a`, "m", "flag m with ^ or $"},
		{`a$`, "gm", "flag m with ^ or $"},
		{`a`, "u", "flag u"},
		{`a`, "y", "flag y"},
		{`a`, "gg", "a syntax that is not covered"},
		{`a{1001}`, "", "too large a repetition or too deep a nesting"},
		{`(?:a{100}){100}`, "", "too large a repetition or too deep a nesting"},
		{strings.Repeat("(", 200) + strings.Repeat(")", 200), "", "too large a repetition or too deep a nesting"},
		{`a{2,1}`, "", "a syntax that is not covered"},
		{`(`, "", "a syntax that is not covered"},
		{`)`, "", "a syntax that is not covered"},
		{`*`, "", "a syntax that is not covered"},
		{`a**`, "", "a syntax that is not covered"},
		{`^*`, "", "a syntax that is not covered"},
		{`{1}`, "", "a syntax that is not covered"},
		{`[a`, "", "a syntax that is not covered"},
		{`[b-a]`, "", "a syntax that is not covered"},
		{`\`, "", "a syntax that is not covered"},
		{`\c1`, "", "a syntax that is not covered"},
		{`[\B]`, "", "a syntax that is not covered"},
		{`(?<a>x)|(?<a>y)`, "", "a syntax that is not covered"},
	}
	for _, test := range tests {
		_, err := jsvalue.CompileRegexp(test.source, test.flags)
		require.Error(t, err, "/%s/%s", test.source, test.flags)
		assert.Equal(t, test.want, err.Error(), "/%s/%s", test.source, test.flags)
	}
}

// TestRegexpExits are strings that only goja can match.
func TestRegexpExits(t *testing.T) {
	tests := []struct {
		source, flags, subject string
		want                   error
	}{
		{`.`, "", "😀", jsvalue.ExitSurrogate},
		{`[^a]`, "", "a😀", jsvalue.ExitSurrogate},
		{`\S+$`, "", "😀", jsvalue.ExitSurrogate},
		{`a*`, "g", "😀", jsvalue.ExitSurrogate},
		{`a`, "", "\xff", jsvalue.ExitSurrogate},
		{`a`, "", "\xed\xa0\x80", jsvalue.ExitSurrogate},
		{`a`, "", "😀a", nil},
		{`^[\w.]+@example\.com$`, "", "😀@example.com", nil},
		{`.`, "", "é\u2028", nil},
	}
	for _, test := range tests {
		r, err := jsvalue.CompileRegexp(test.source, test.flags)
		require.NoError(t, err)
		_, err = r.Test(test.subject)
		assert.Equal(t, test.want, err, "/%s/.test(%q)", test.source, test.subject)
		_, replaceErr := r.ReplaceIn(test.subject, "", false)
		_, splitErr := r.SplitIn(test.subject, jsvalue.Undefined)
		_, searchErr := r.Search(test.subject)
		_, matchErr := r.Match(test.subject)
		for _, err := range []error{replaceErr, splitErr, searchErr, matchErr} {
			assert.Equal(t, test.want, err, "/%s/ with %q", test.source, test.subject)
		}
	}

	// A capture of a turn before the last one: JavaScript forgets it.
	loose, err := jsvalue.CompileRegexp(`(?:(a)|b)+`, "g")
	require.NoError(t, err)
	_, err = loose.ReplaceIn("ab", "$1", false)
	assert.Equal(t, jsvalue.ExitType, err)
	_, err = loose.SplitIn("ab", jsvalue.Undefined)
	assert.Equal(t, jsvalue.ExitType, err)
	text, err := loose.ReplaceIn("xaby", "-", true)
	require.NoError(t, err)
	assert.Equal(t, "x-y", text)

	// What stands before an empty match.
	boundary, err := jsvalue.CompileRegexp(`\b`, "g")
	require.NoError(t, err)
	_, err = boundary.ReplaceIn("ab", "|", false)
	assert.Equal(t, jsvalue.ExitType, err)

	_, err = mustCompile(t, "a", "").ReplaceIn("a", "b", true)
	assert.Equal(t, jsvalue.ExitThrow, err, "replaceAll without flag g")
	_, err = mustCompile(t, "a", "").ReplaceIn("a", jsvalue.ExitNullish, false)
	assert.Equal(t, jsvalue.ExitNullish, err)
	_, err = mustCompile(t, "a", "g").ReplaceIn(strings.Repeat("a", 1<<10), strings.Repeat("b", 1<<15), false)
	assert.Equal(t, jsvalue.ExitSize, err)
}

func mustCompile(t *testing.T, source, flags string) *jsvalue.Regexp {
	t.Helper()
	r, err := jsvalue.CompileRegexp(source, flags)
	require.NoError(t, err)
	return r
}

func TestRegexpMatch(t *testing.T) {
	v, err := mustCompile(t, `(\w+)@(x)?`, "").Match("é ann@b")
	require.NoError(t, err)
	m := v.(*jsvalue.RegexpMatch)
	for key, want := range map[string]any{
		"0": "ann@", "1": "ann", "2": jsvalue.Undefined, "3": jsvalue.Undefined, "length": 3.0, "index": 2.0, "input": "é ann@b", "groups": jsvalue.Undefined, "plan": jsvalue.Undefined,
	} {
		got, err := jsvalue.Get(m, key)
		require.NoError(t, err, key)
		assert.Equal(t, want, got, key)
	}
	text, err := m.Text()
	require.NoError(t, err)
	assert.Equal(t, "ann@,ann,", text)
	_, err = jsvalue.Get(m, "slice")
	assert.Equal(t, jsvalue.ExitPrototype, err)
	items, ok := jsvalue.AsList(m)
	assert.True(t, ok)
	assert.Len(t, items, 3)

	v, err = mustCompile(t, `a.`, "g").Match("abacad")
	require.NoError(t, err)
	assert.Equal(t, &jsvalue.List{Items: []any{"ab", "ac", "ad"}}, v)
	v, err = mustCompile(t, `z`, "g").Match("abacad")
	require.NoError(t, err)
	assert.Nil(t, v)
}

func TestConstantRegexp(t *testing.T) {
	a, err := jsvalue.ConstantRegexp("a", "i")
	require.NoError(t, err)
	b, err := jsvalue.ConstantRegexp("a", "i")
	require.NoError(t, err)
	assert.Same(t, a, b)
	_, err = jsvalue.ConstantRegexp("(", "")
	assert.Error(t, err)
	assert.Equal(t, "RegExp", a.Class())
	v, err := a.Property("ignoreCase")
	require.NoError(t, err)
	assert.Equal(t, true, v)
}
