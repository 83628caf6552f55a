package gojalib

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/dop251/goja"
)

//go:embed mended_regexp.js
var mendedRegExpText string

var mendedRegExpProgram = script("mended_regexp.js", mendedRegExpText)

//go:embed mended_properties.txt
var propertiesText string

// mendedRegExp is a RegExp that knows property escapes, which goja reads as the
// letter p. A literal gets there only when the compiler writes it as a call of
// the constructor (esbuild without "regexp-unicode-property-escapes").
//
//	new RegExp('\\p{Diacritic}', 'gu')
func mendedRegExp(vm *goja.Runtime) *goja.Object {
	return module(vm, "regexp", func() *goja.Object {
		return evaluate(vm, mendedRegExpProgram(), vm.ToValue(func(call goja.FunctionCall) goja.Value {
			expanded, ok := ExpandProperties(call.Argument(0).String())
			if !ok {
				return goja.Null()
			}
			return vm.ToValue(expanded)
		}))
	})
}

// properties reads the table of mended_properties.txt, which testdata/properties.js
// wrote from Node 20.
var properties = sync.OnceValue(func() map[string][][2]rune {
	all := map[string][][2]rune{}
	for line := range strings.Lines(propertiesText) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		var ranges [][2]rune
		last := rune(0)
		for pair := range strings.FieldsSeq(rest) {
			gap, length, _ := strings.Cut(pair, ".")
			g, _ := strconv.ParseInt(gap, 36, 32)
			n, _ := strconv.ParseInt(length, 36, 32)
			from := last + rune(g)
			last = from + rune(n)
			ranges = append(ranges, [2]rune{from, last - 1})
		}
		all[name] = ranges
	}
	return all
})

// categoryNames are the long names of general categories; a group lists its parts.
var categoryNames = map[string]string{
	"Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
	"Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
	"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
	"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe",
	"Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
	"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
	"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
	"Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
}

var categoryGroups = map[string]string{
	"L": "Lu Ll Lt Lm Lo", "LC": "Lu Ll Lt", "M": "Mn Mc Me", "N": "Nd Nl No", "P": "Pc Pd Ps Pe Pi Pf Po", "S": "Sm Sc Sk So", "Z": "Zs Zl Zp", "C": "Cc Cf Cs Co Cn",
}

var binaryAliases = map[string]string{
	"AHex": "ASCII_Hex_Digit", "Alpha": "Alphabetic", "CI": "Case_Ignorable", "DI": "Default_Ignorable_Code_Point", "Dia": "Diacritic", "EBase": "Emoji_Modifier_Base",
	"EComp": "Emoji_Component", "EMod": "Emoji_Modifier", "EPres": "Emoji_Presentation", "ExtPict": "Extended_Pictographic", "Ext": "Extender", "Gr_Base": "Grapheme_Base",
	"Gr_Ext": "Grapheme_Extend", "Hex": "Hex_Digit", "IDC": "ID_Continue", "IDS": "ID_Start", "Ideo": "Ideographic", "Lower": "Lowercase", "Upper": "Uppercase",
	"QMark": "Quotation_Mark", "RI": "Regional_Indicator", "STerm": "Sentence_Terminal", "Term": "Terminal_Punctuation", "UIdeo": "Unified_Ideograph",
	"VS": "Variation_Selector", "space": "White_Space", "XIDC": "XID_Continue", "XIDS": "XID_Start",
}

var scriptNames = map[string]string{
	"Adlam": "Adlm", "Arabic": "Arab", "Armenian": "Armn", "Bengali": "Beng", "Bopomofo": "Bopo", "Braille": "Brai", "Canadian_Aboriginal": "Cans", "Cherokee": "Cher",
	"Coptic": "Copt", "Cyrillic": "Cyrl", "Devanagari": "Deva", "Ethiopic": "Ethi", "Georgian": "Geor", "Gothic": "Goth", "Greek": "Grek", "Gujarati": "Gujr",
	"Gurmukhi": "Guru", "Hangul": "Hang", "Han": "Hani", "Hebrew": "Hebr", "Hiragana": "Hira", "Katakana": "Kana", "Khmer": "Khmr", "Kannada": "Knda", "Lao": "Laoo",
	"Latin": "Latn", "Limbu": "Limb", "Malayalam": "Mlym", "Mongolian": "Mong", "Myanmar": "Mymr", "Nko": "Nkoo", "Ogham": "Ogam", "Oriya": "Orya", "Runic": "Runr",
	"Sinhala": "Sinh", "Syriac": "Syrc", "Tai_Le": "Tale", "Tamil": "Taml", "Telugu": "Telu", "Tifinagh": "Tfng", "Tagalog": "Tglg", "Thaana": "Thaa", "Tibetan": "Tibt",
	"Vai": "Vaii", "Yi": "Yiii", "Inherited": "Zinh", "Common": "Zyyy",
}

// property is the ranges that \p{name} stands for.
func property(name string) ([][2]rune, bool) {
	key, value, pair := strings.Cut(name, "=")
	if pair {
		switch key {
		case "General_Category", "gc":
			return category(value)
		case "Script", "sc", "Script_Extensions", "scx":
			if short, ok := scriptNames[value]; ok {
				value = short
			}
			kind := "sc="
			if key == "Script_Extensions" || key == "scx" {
				kind = "scx="
			}
			ranges, ok := properties()[kind+value]
			return ranges, ok
		}
		return nil, false
	}
	switch name {
	case "Any":
		return [][2]rune{{0, unicode.MaxRune}}, true
	case "ASCII":
		return [][2]rune{{0, 0x7F}}, true
	case "Assigned":
		unassigned, _ := category("Cn")
		return complement(unassigned), true
	}
	if ranges, ok := category(name); ok {
		return ranges, true
	}
	if long, ok := binaryAliases[name]; ok {
		name = long
	}
	if strings.Contains(name, "=") {
		return nil, false
	}
	ranges, ok := properties()[name]
	return ranges, ok
}

func category(name string) ([][2]rune, bool) {
	if short, ok := categoryNames[name]; ok {
		name = short
	}
	if parts, ok := categoryGroups[name]; ok {
		var all [][2]rune
		for part := range strings.FieldsSeq(parts) {
			all = append(all, properties()["gc="+part]...)
		}
		return all, true
	}
	ranges, ok := properties()["gc="+name]
	return ranges, ok
}

// complement is every code point not in the ranges, which may overlap.
func complement(ranges [][2]rune) [][2]rune {
	sorted := slices.Clone(ranges)
	slices.SortFunc(sorted, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	var out [][2]rune
	next := rune(0)
	for _, r := range sorted {
		if r[0] > next {
			out = append(out, [2]rune{next, r[0] - 1})
		}
		next = max(next, r[1]+1)
	}
	if next <= unicode.MaxRune {
		out = append(out, [2]rune{next, unicode.MaxRune})
	}
	return out
}

// ExpandProperties writes the property escapes of a pattern with flag u as
// character classes. ok is false for a property that is not known.
//
//	ExpandProperties(`^\p{ASCII}+$`) // `^[\u{0}-\u{7f}]+$`, true
func ExpandProperties(pattern string) (expanded string, ok bool) {
	var b strings.Builder
	class := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		if c == '[' {
			class = true
		} else if c == ']' {
			class = false
		}
		if c != '\\' || i+1 >= len(pattern) {
			b.WriteByte(c)
			continue
		}
		i++
		kind := pattern[i]
		if kind != 'p' && kind != 'P' {
			b.WriteByte('\\')
			b.WriteByte(kind)
			continue
		}
		end := strings.IndexByte(pattern[i:], '}')
		if end < 0 || i+1 >= len(pattern) || pattern[i+1] != '{' {
			return "", false
		}
		ranges, known := property(pattern[i+2 : i+end])
		if !known {
			return "", false
		}
		i += end
		if kind == 'P' {
			ranges = complement(ranges)
		}
		if !class {
			b.WriteByte('[')
		}
		writeRanges(&b, ranges)
		if !class {
			b.WriteByte(']')
		}
	}
	return b.String(), true
}

// writeRanges leaves surrogates out: they are no characters of a pattern's text.
func writeRanges(b *strings.Builder, ranges [][2]rune) {
	for _, r := range ranges {
		for _, part := range [][2]rune{{r[0], min(r[1], 0xD7FF)}, {max(r[0], 0xE000), r[1]}} {
			if part[0] > part[1] {
				continue
			}
			fmt.Fprintf(b, `\u{%x}`, part[0])
			if part[1] > part[0] {
				fmt.Fprintf(b, `-\u{%x}`, part[1])
			}
		}
	}
}
