package jsvalue

import (
	"math"
	"strconv"
)

// NumberToString is the text of a number in base 10.
//
//	NumberToString(1e21)  // "1e+21"
//	NumberToString(-0.0)  // "0"
//	NumberToString(1e-7)  // "1e-7"
//
// Source: ECMA-262 Number::toString.
func NumberToString(x float64) string {
	var buf [32]byte
	return string(AppendNumber(buf[:0], x))
}

// AppendNumber appends the text of [NumberToString] to dst.
func AppendNumber(dst []byte, x float64) []byte {
	switch {
	case x == 0:
		return append(dst, '0')
	case math.IsNaN(x):
		return append(dst, "NaN"...)
	case math.IsInf(x, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(x, -1):
		return append(dst, "-Infinity"...)
	}
	if i := int64(x); float64(i) == x && i > -1<<53 && i < 1<<53 {
		return strconv.AppendInt(dst, i, 10)
	}
	if abs := math.Abs(x); abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(dst, x, 'f', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, x, 'e', -1, 64)
	// Go writes at least two exponent digits; JavaScript writes no leading zero.
	for i := start; i < len(dst); i++ {
		if dst[i] == 'e' && i+3 < len(dst) && dst[i+2] == '0' {
			return append(dst[:i+2], dst[i+3:]...)
		}
	}
	return dst
}

// ArrayIndex reports whether a property key is an array index, and which: the
// canonical decimal text of an integer from 0 to 2^32-2. Such keys come first,
// in ascending order, when an object's own keys are listed.
//
// Source: ECMA-262 OrdinaryOwnPropertyKeys.
func ArrayIndex(key string) (uint32, bool) {
	if key == "" || len(key) > 10 || key[0] == '0' && len(key) > 1 {
		return 0, false
	}
	var n uint64
	for i := 0; i < len(key); i++ {
		c := key[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + uint64(c)
	}
	if n >= math.MaxUint32 {
		return 0, false
	}
	return uint32(n), true
}
