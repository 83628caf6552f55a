package inspect

import (
	"math"
	"strings"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// numberText is Number::toString, with -0 as "-0".
func numberText(n float64) string {
	if n == 0 && math.Signbit(n) {
		return "-0"
	}
	return jsvalue.NumberToString(n)
}

// separateDigits groups a decimal number by underscores (option numericSeparator).
func separateDigits(s string) string {
	if strings.ContainsAny(s, "eIN") {
		return s
	}
	whole, fraction, hasFraction := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := 0; i < len(whole); i++ {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('_')
		}
		b.WriteByte(whole[i])
	}
	if hasFraction {
		b.WriteByte('.')
		for i := 0; i < len(fraction); i++ {
			if i > 0 && i%3 == 0 {
				b.WriteByte('_')
			}
			b.WriteByte(fraction[i])
		}
	}
	return b.String()
}

// toNumber is Number(v) for the placeholder %d.
func toNumber(v Value) float64 {
	switch v.Kind {
	case KindNull:
		return 0
	case KindBool:
		if v.Bool {
			return 1
		}
		return 0
	case KindNumber:
		return v.Number
	case KindString:
		return jsvalue.StringToNumber(v.Text)
	case KindObject:
		return v.Object.ToNumber()
	}
	return math.NaN()
}

// parseFloat is the global parseFloat.
func parseFloat(s string) float64 {
	n, _ := jsvalue.DecimalPrefix(jsvalue.TrimStart(s))
	return n
}
