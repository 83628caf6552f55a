package jsvalue

// CompareStrings orders strings by their UTF-16 code units: -1, 0 or 1.
//
// Source: ECMA-262 IsLessThan, step for strings.
func CompareStrings(a, b string) (int, error) {
	n := min(len(a), len(b))
	i := 0
	for i < n && a[i] == b[i] {
		i++
	}
	if i == n {
		switch {
		case len(a) < len(b):
			return -1, nil
		case len(a) > len(b):
			return 1, nil
		}
		return 0, nil
	}
	x, y := a[i], b[i]
	if x >= 0x80 && y >= 0x80 {
		// Bytes order by code point. Characters beyond U+FFFF are surrogates in UTF-16 and
		// so come before U+E000 to U+FFFF, whose first byte is EE or EF.
		if surrogateAt(a, i) || surrogateAt(b, i) {
			return 0, ExitSurrogate
		}
		switch {
		case x >= 0xF0 && (y == 0xEE || y == 0xEF):
			return -1, nil
		case y >= 0xF0 && (x == 0xEE || x == 0xEF):
			return 1, nil
		}
	}
	if x < y {
		return -1, nil
	}
	return 1, nil
}

// surrogateAt reports whether a lone surrogate covers byte i.
func surrogateAt(s string, i int) bool {
	for back := 0; back < 3 && back <= i; back++ {
		if _, ok := LoneSurrogate(s[i-back:]); ok {
			return true
		}
	}
	return false
}

// Order is how two values compare.
type Order int8

// The orders. Unordered is that of NaN: no comparison holds.
const (
	Lesser    Order = -1
	Same      Order = 0
	Greater   Order = 1
	Unordered Order = 2
)

// Compare orders two values as <, <=, > and >= do: as strings when both are, else as numbers.
//
// Source: ECMA-262 IsLessThan.
func Compare(a, b any) (Order, error) {
	x, ok := a.(float64)
	y, okToo := b.(float64)
	if ok && okToo {
		return compareNumbers(x, y), nil
	}
	// Both are made primitive before either becomes a number; all of it is pure.
	p, err := ToPrimitive(a, HintNumber)
	if err != nil {
		return 0, err
	}
	q, err := ToPrimitive(b, HintNumber)
	if err != nil {
		return 0, err
	}
	if s, ok := p.(string); ok {
		if t, ok := q.(string); ok {
			c, err := CompareStrings(s, t)
			return Order(c), err
		}
	}
	if x, err = ToNumber(p); err != nil {
		return 0, err
	}
	if y, err = ToNumber(q); err != nil {
		return 0, err
	}
	return compareNumbers(x, y), nil
}

func compareNumbers(x, y float64) Order {
	switch {
	case x < y:
		return Lesser
	case x > y:
		return Greater
	case x == y:
		return Same
	}
	return Unordered
}
