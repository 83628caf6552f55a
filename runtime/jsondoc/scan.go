package jsondoc

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// A scanner checks JSON text without making values of it. It knows only that a text is JSON:
// what it does not accept, Decode judges. That is text which is none, nesting of more than
// maxScanned levels, numbers that may be too large.

// maxScanned is how deep arrays and objects may be nested in what is scanned.
const maxScanned = 512

// unsure is the answer for text that Decode has to judge.
const unsure = -1

// Valid reports whether Decode accepts data.
func Valid(data []byte) bool {
	end := skipSpace(data, 0)
	if end = skipValue(data, end, 0); end != unsure && skipSpace(data, end) == len(data) {
		return true
	}
	_, _, err := Decode(data)
	return err == nil
}

// Words of eight equal bytes.
const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	quotes = '"' * ones
	slants = '\\' * ones
	blanks = ' ' * ones
)

// stops marks the bytes of a word that end a run of plain text in a string: quotes,
// backslashes, control characters. The lowest mark is exact; those above it may be wrong.
func stops(word uint64) uint64 {
	quote, slant := word^quotes, word^slants
	return ((quote-ones)&^quote | (slant-ones)&^slant | (word-blanks)&^word) & highs
}

func skipSpace(data []byte, i int) int {
	for i < len(data) && data[i] <= ' ' {
		if c := data[i]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
		i++
	}
	return i
}

// skipString answers the index behind the string whose opening quote stands before i.
func skipString(data []byte, i int) int {
	for {
		for i+8 <= len(data) {
			if marks := stops(binary.LittleEndian.Uint64(data[i:])); marks != 0 {
				i += bits.TrailingZeros64(marks) >> 3
				break
			}
			i += 8
		}
		for i < len(data) && data[i] != '"' && data[i] != '\\' && data[i] >= ' ' {
			i++
		}
		switch {
		case i >= len(data) || data[i] < ' ':
			return unsure
		case data[i] == '"':
			return i + 1
		}
		if i = skipEscape(data, i); i == unsure {
			return unsure
		}
	}
}

// skipEscape answers the index behind the escape sequence at i.
func skipEscape(data []byte, i int) int {
	if i+1 >= len(data) {
		return unsure
	}
	switch data[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 > len(data) {
			return unsure
		}
		for _, c := range data[i+2 : i+6] {
			if c-'0' > 9 && c|0x20-'a' > 5 {
				return unsure
			}
		}
		return i + 6
	}
	return unsure
}

// skipNumber answers the index behind the number at i.
func skipNumber(data []byte, i int) int {
	start := i
	if data[i] == '-' {
		i++
	}
	first := i
	for i < len(data) && data[i]-'0' <= 9 {
		i++
	}
	if i == first || data[first] == '0' && i > first+1 {
		return unsure
	}
	whole := i
	if i < len(data) && data[i] == '.' {
		i++
		for i < len(data) && data[i]-'0' <= 9 {
			i++
		}
		if i == whole+1 {
			return unsure
		}
	}
	if i >= len(data) || data[i]|0x20 != 'e' {
		if whole-first > 300 {
			return unsure
		}
		return i
	}
	if i++; i < len(data) && (data[i] == '+' || data[i] == '-') {
		i++
	}
	digits := i
	for i < len(data) && data[i]-'0' <= 9 {
		i++
	}
	if i == digits {
		return unsure
	}
	if _, err := strconv.ParseFloat(string(data[start:i]), 64); err != nil {
		return unsure
	}
	return i
}

// skipValue answers the index behind the value at i, which stands in depth arrays and objects.
func skipValue(data []byte, i, depth int) int {
	var objects uint64 // of the open arrays and objects the innermost is the lowest bit: 1 for an object
	open := 0

value:
	if i >= len(data) {
		return unsure
	}
	switch data[i] {
	case '"':
		i++
		for i+8 <= len(data) {
			marks := stops(binary.LittleEndian.Uint64(data[i:]))
			if marks == 0 {
				i += 8
				continue
			}
			if i += bits.TrailingZeros64(marks) >> 3; data[i] == '"' {
				i++
				goto behind
			}
			break
		}
		if i = skipString(data, i); i == unsure {
			return unsure
		}
	case '{':
		if open == 64 {
			if i = skipNested(data, i, depth+open); i == unsure {
				return unsure
			}
			break
		}
		i++
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if i < len(data) && data[i] == '}' {
			i++
			break
		}
		open++
		objects = objects<<1 | 1
		goto key
	case '[':
		if open == 64 {
			if i = skipNested(data, i, depth+open); i == unsure {
				return unsure
			}
			break
		}
		i++
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if i < len(data) && data[i] == ']' {
			i++
			break
		}
		open++
		objects <<= 1
		goto value
	case 't':
		if i+4 > len(data) || string(data[i:i+4]) != "true" {
			return unsure
		}
		i += 4
	case 'f':
		if i+5 > len(data) || string(data[i:i+5]) != "false" {
			return unsure
		}
		i += 5
	case 'n':
		if i+4 > len(data) || string(data[i:i+4]) != "null" {
			return unsure
		}
		i += 4
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if i = skipNumber(data, i); i == unsure {
			return unsure
		}
	default:
		return unsure
	}

behind:
	if open == 0 {
		return i
	}
	if i < len(data) && data[i] <= ' ' {
		i = skipSpace(data, i)
	}
	if i >= len(data) {
		return unsure
	}
	switch data[i] {
	case ',':
		i++
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		if objects&1 == 0 {
			goto value
		}
	case '}':
		if objects&1 == 0 {
			return unsure
		}
		open--
		objects >>= 1
		i++
		goto behind
	case ']':
		if objects&1 != 0 {
			return unsure
		}
		open--
		objects >>= 1
		i++
		goto behind
	default:
		return unsure
	}

key:
	if i >= len(data) || data[i] != '"' {
		return unsure
	}
	i++
	for i+8 <= len(data) {
		marks := stops(binary.LittleEndian.Uint64(data[i:]))
		if marks == 0 {
			i += 8
			continue
		}
		if i += bits.TrailingZeros64(marks) >> 3; data[i] == '"' {
			i++
			goto colon
		}
		break
	}
	if i = skipString(data, i); i == unsure {
		return unsure
	}
colon:
	if i < len(data) && data[i] <= ' ' {
		i = skipSpace(data, i)
	}
	if i >= len(data) || data[i] != ':' {
		return unsure
	}
	i++
	if i < len(data) && data[i] <= ' ' {
		i = skipSpace(data, i)
	}
	goto value
}

// skipNested is skipValue one call deeper.
func skipNested(data []byte, i, depth int) int {
	if depth >= maxScanned {
		return unsure
	}
	return skipValue(data, i, depth)
}
