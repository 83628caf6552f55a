package jsvalue

// counts are the numbers that lengths and indexes mostly are, as values. Go allocates when
// it puts any other float64 into an interface.
var counts = func() (made [256]any) {
	for i := range made {
		made[i] = float64(i)
	}
	return made
}()

// Count is a length or an index as a value.
func Count(n int) any {
	if n >= 0 && n < len(counts) {
		return counts[n]
	}
	return float64(n)
}

// minusOne is what searches answer that find nothing.
var minusOne any = -1.0

// Boxed is a number as a value, without allocating for those that most are.
func Boxed(x float64) any {
	if n := int(x); n > 0 && n < len(counts) && float64(n) == x {
		return counts[n]
	}
	if x == -1 {
		return minusOne
	}
	return x
}
