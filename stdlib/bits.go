package stdlib

import "github.com/ferrule-rules/ferrule/stdlib/jsvalue"

// int32s reads both operands as 32-bit integers.
func int32s(a, b any) (x, y int32, err error) {
	if x, err = jsvalue.ToInt32(a); err == nil {
		y, err = jsvalue.ToInt32(b)
	}
	return x, y, err
}

// BitAnd is a & b.
//
//	bitAnd(a, b) -> number
//	bitAnd(6, "3") // 2
//
// Source: ECMA-262 NumberBitwiseOp. Engines: expr, cel.
func BitAnd(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(x & y), err
}

// BitOr is a | b.
//
//	bitOr(a, b) -> number
//	bitOr(4294967297.5, 0) // 1
//
// Source: ECMA-262 NumberBitwiseOp. Engines: expr, cel.
func BitOr(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(x | y), err
}

// BitXor is a ^ b.
//
//	bitXor(a, b) -> number
//	bitXor(6, 3) // 5
//
// Source: ECMA-262 NumberBitwiseOp. Engines: expr, cel.
func BitXor(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(x ^ y), err
}

// BitNot is ~x.
//
//	bitNot(x) -> number
//	bitNot(NaN) // -1
//
// Source: ECMA-262 Number::bitwiseNOT. Engines: expr, cel.
func BitNot(x any) (float64, error) {
	n, err := jsvalue.ToInt32(x)
	return float64(^n), err
}

// ShiftLeft is a << b.
//
//	shl(a, b) -> number
//	shl(1, 33) // 2
//
// Source: ECMA-262 Number::leftShift. Engines: expr, cel.
func ShiftLeft(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(x << (uint32(y) & 31)), err
}

// ShiftRight is a >> b.
//
//	shr(a, b) -> number
//	shr(-8, 1) // -4
//
// Source: ECMA-262 Number::signedRightShift. Engines: expr, cel.
func ShiftRight(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(x >> (uint32(y) & 31)), err
}

// ShiftRightUnsigned is a >>> b.
//
//	ushr(a, b) -> number
//	ushr(-1, 0) // 4294967295
//
// Source: ECMA-262 Number::unsignedRightShift. Engines: expr, cel.
func ShiftRightUnsigned(a, b any) (float64, error) {
	x, y, err := int32s(a, b)
	return float64(uint32(x) >> (uint32(y) & 31)), err
}
