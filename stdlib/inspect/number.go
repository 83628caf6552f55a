package inspect

import (
	"math"
	"strconv"
	"strings"
)

// numberText is Number::toString, with -0 as "-0".
func numberText(n float64) string {
	switch {
	case n == 0:
		if math.Signbit(n) {
			return "-0"
		}
		return "0"
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	}
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatInt(int64(n), 10)
	}
	if a := math.Abs(n); a >= 1e-6 && a < 1e21 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	s := strconv.FormatFloat(n, 'e', -1, 64)
	// Go writes e-07 where JavaScript writes e-7.
	mantissa, exponent, _ := strings.Cut(s, "e")
	sign, digits := exponent[:1], strings.TrimLeft(exponent[1:], "0")
	return mantissa + "e" + sign + digits
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

// isSpace is ECMA-262 WhiteSpace or LineTerminator.
func isSpace(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', ' ', 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
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
		return stringToNumber(v.Text)
	case KindObject:
		return v.Object.ToNumber()
	}
	return math.NaN()
}

// stringToNumber is ECMA-262 StringToNumber.
func stringToNumber(s string) float64 {
	s = strings.TrimFunc(s, isSpace)
	if s == "" {
		return 0
	}
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x', 'X':
			return wholeRadix(s[2:], 16)
		case 'o', 'O':
			return wholeRadix(s[2:], 8)
		case 'b', 'B':
			return wholeRadix(s[2:], 2)
		}
	}
	n, used := decimalPrefix(s)
	if used != len(s) {
		return math.NaN()
	}
	return n
}

func wholeRadix(s string, radix int) float64 {
	n, used := radixPrefix(s, radix)
	if used != len(s) || used == 0 {
		return math.NaN()
	}
	return n
}

// parseFloat is the global parseFloat.
func parseFloat(s string) float64 {
	n, used := decimalPrefix(strings.TrimLeftFunc(s, isSpace))
	if used == 0 {
		return math.NaN()
	}
	return n
}

// parseInt is the global parseInt without a radix.
func parseInt(s string) float64 {
	s = strings.TrimLeftFunc(s, isSpace)
	sign := 1.0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	radix := 10
	if len(s) >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		radix, s = 16, s[2:]
	}
	n, used := radixPrefix(s, radix)
	if used == 0 {
		return math.NaN()
	}
	return sign * n
}

// decimalPrefix reads the longest decimal literal that s starts with and its length.
func decimalPrefix(s string) (float64, int) {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	if strings.HasPrefix(s[i:], "Infinity") {
		if s[0] == '-' {
			return math.Inf(-1), i + 8
		}
		return math.Inf(1), i + 8
	}
	digits := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i, digits = i+1, digits+1
	}
	if i < len(s) && s[i] == '.' {
		j := i + 1
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j, digits = j+1, digits+1
		}
		if digits > 0 {
			i = j
		}
	}
	if digits == 0 {
		return math.NaN(), 0
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		j := i + 1
		if j < len(s) && (s[j] == '+' || s[j] == '-') {
			j++
		}
		if j < len(s) && s[j] >= '0' && s[j] <= '9' {
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			i = j
		}
	}
	n, _ := strconv.ParseFloat(s[:i], 64) // out of range gives an infinity or 0, as JavaScript has it
	return n, i
}

// radixPrefix reads the longest run of digits that s starts with and its length.
func radixPrefix(s string, radix int) (float64, int) {
	i := 0
	for i < len(s) && digitValue(s[i]) < radix {
		i++
	}
	if i == 0 {
		return 0, 0
	}
	if radix == 10 {
		n, _ := strconv.ParseFloat(s[:i], 64)
		return n, i
	}
	if n, err := strconv.ParseUint(s[:i], radix, 64); err == nil {
		return float64(n), i
	}
	n := 0.0
	for _, c := range []byte(s[:i]) {
		n = n*float64(radix) + float64(digitValue(c))
	}
	return n, i
}

func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10
	}
	return 99
}
