package jsvalue

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WhiteSpace reports whether r is white space or a line end in JavaScript: what trim takes off.
//
// Source: ECMA-262 WhiteSpace, LineTerminator.
func WhiteSpace(r rune) bool {
	switch {
	case r <= ' ':
		return r == ' ' || r >= '\t' && r <= '\r'
	case r < 0x1680:
		return r == 0xA0
	case r <= 0x3000:
		return r == 0x1680 || r >= 0x2000 && r <= 0x200A || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F || r == 0x3000
	}
	return r == 0xFEFF
}

// TrimStart is s without leading white space.
func TrimStart(s string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if !WhiteSpace(r) {
			break
		}
		s = s[size:]
	}
	return s
}

// TrimEnd is s without trailing white space.
func TrimEnd(s string) string {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if !WhiteSpace(r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// StringToNumber is the number that a whole string writes, NaN when it is none.
//
//	StringToNumber("")     // 0
//	StringToNumber("1_0")  // NaN
//	StringToNumber("0b11") // 3
//
// Source: ECMA-262 StringToNumber.
func StringToNumber(s string) float64 {
	s = TrimEnd(TrimStart(s))
	if s == "" {
		return 0
	}
	if len(s) > 2 && s[0] == '0' {
		switch s[1] {
		case 'x', 'X':
			return wholeNumber(s[2:], 16)
		case 'o', 'O':
			return wholeNumber(s[2:], 8)
		case 'b', 'B':
			return wholeNumber(s[2:], 2)
		}
	}
	n, size := DecimalPrefix(s)
	if size != len(s) {
		return math.NaN()
	}
	return n
}

// wholeNumber reads digits of a radix, rounded to the nearest; NaN when one is none.
func wholeNumber(digits string, radix int) float64 {
	for i := range len(digits) {
		if Digit(digits[i]) >= radix {
			return math.NaN()
		}
	}
	if n, err := strconv.ParseUint(digits, radix, 53); err == nil {
		return float64(n)
	}
	n, ok := new(big.Int).SetString(digits, radix)
	if !ok {
		return math.NaN()
	}
	x, _ := new(big.Float).SetInt(n).Float64()
	return x
}

// Digit is the value of a digit up to z, of either case; 99 for other bytes.
func Digit(c byte) int {
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

// DecimalPrefix reads the longest decimal number that s starts with, and its size in bytes; NaN and 0
// when there is none.
//
//	DecimalPrefix("1.5e+x") // 1.5, 3
//	DecimalPrefix(".5.")    // 0.5, 2
//
// Source: ECMA-262 StrDecimalLiteral.
func DecimalPrefix(s string) (n float64, size int) {
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
	first := i
	i = digitsEnd(s, i)
	digits := i - first
	if i < len(s) && s[i] == '.' {
		end := digitsEnd(s, i+1)
		if fraction := end - i - 1; digits+fraction > 0 {
			digits += fraction
			i = end
		}
	}
	if digits == 0 {
		return math.NaN(), 0
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		e := i + 1
		if e < len(s) && (s[e] == '+' || s[e] == '-') {
			e++
		}
		if end := digitsEnd(s, e); end > e {
			i = end
		}
	}
	n, _ = strconv.ParseFloat(s[:i], 64) // out of range answers an infinity or zero, as JavaScript does
	return n, i
}

func digitsEnd(s string, i int) int {
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// ParseInt reads the longest integer that s starts with, behind white space and a sign; NaN when
// there is none. A radix of 0 is 10, or 16 after 0x; one that is no radix gives NaN.
//
//	ParseInt("0x1fz", 0) // 31
//	ParseInt("-0", 10)   // -0
//
// Source: ECMA-262 parseInt.
func ParseInt(s string, radix int32) float64 {
	s = TrimStart(s)
	sign := 1.0
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	hex := radix == 0 || radix == 16
	switch {
	case radix == 0:
		radix = 10
	case radix < 2 || radix > 36:
		return math.NaN()
	}
	if hex && len(s) >= 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
		radix = 16
	}
	end := 0
	for end < len(s) && Digit(s[end]) < int(radix) {
		end++
	}
	switch {
	case end == 0:
		return math.NaN()
	case radix == 10:
		n, _ := strconv.ParseFloat(s[:end], 64) // out of range answers an infinity, as JavaScript does
		return sign * n
	}
	return sign * wholeNumber(s[:end], int(radix))
}

// IntegerPrefix is [ParseInt] for what all engines read alike.
//
// # Errors
//
// [ExitType] for -0 and for numbers beyond 2^53, which engines read differently.
func IntegerPrefix(s string, radix int32) (float64, error) {
	n := ParseInt(s, radix)
	if n == 0 && math.Signbit(n) || math.Abs(n) >= 1<<53 {
		return 0, ExitType
	}
	return n, nil
}
