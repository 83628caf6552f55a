package jsvalue_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestNumberToString(t *testing.T) {
	tenth := 0.1
	tests := []struct {
		in   float64
		want string
	}{
		{0, "0"}, {math.Copysign(0, -1), "0"}, {1, "1"}, {-1.5, "-1.5"}, {123456789012345680000, "123456789012345680000"},
		{1e21, "1e+21"}, {1.5e300, "1.5e+300"}, {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.25e-10, "1.25e-10"}, {5e-324, "5e-324"},
		{9007199254740993, "9007199254740992"}, {tenth + 2*tenth, "0.30000000000000004"}, {math.MaxFloat64, "1.7976931348623157e+308"},
		{math.NaN(), "NaN"}, {math.Inf(1), "Infinity"}, {math.Inf(-1), "-Infinity"}, {-1e100, "-1e+100"}, {999999999999999900000, "999999999999999900000"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, jsvalue.NumberToString(tt.in))
	}
}

func TestArrayIndex(t *testing.T) {
	for key, want := range map[string]bool{
		"0": true, "7": true, "4294967294": true, "4294967295": false, "00": false, "-1": false, "1.5": false, "": false, "a": false, "99999999999": false,
	} {
		_, ok := jsvalue.ArrayIndex(key)
		assert.Equal(t, want, ok, "ArrayIndex(%q)", key)
	}
}
