package jsvalue

import "unicode/utf8"

// JavaScript counts strings in UTF-16 code units. For ASCII these are bytes; a character of four
// bytes in UTF-8 is two units, every other one is one.

// ASCII reports whether s is ASCII only.
func ASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Length is the number of UTF-16 code units of s.
//
// # Errors
//
// [ExitSurrogate] for a string with a lone surrogate, or one that is not UTF-8.
func Length(s string) (int, error) {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			n, err := wideLength(s[i:])
			return i + n, err
		}
	}
	return len(s), nil
}

func wideLength(s string) (int, error) {
	if !utf8.ValidString(s) {
		return 0, ExitSurrogate
	}
	n := 0
	for i := range len(s) {
		switch {
		case s[i] >= 0xF0:
			n += 2
		case s[i] < utf8.RuneSelf || s[i] >= 0xC0:
			n++
		}
	}
	return n, nil
}

// Offset is the byte offset of code unit i of s, which must be UTF-8 and have that many.
//
// # Errors
//
// [ExitSurrogate] inside a surrogate pair.
func Offset(s string, i int) (int, error) {
	at := 0
	for i > 0 {
		if at >= len(s) {
			return at, nil
		}
		switch c := s[at]; {
		case c < utf8.RuneSelf:
			at++
		case c < 0xE0:
			at += 2
		case c < 0xF0:
			at += 3
		default:
			if i == 1 {
				return 0, ExitSurrogate
			}
			at += 4
			i--
		}
		i--
	}
	return at, nil
}

// Substring is the part of s from code unit start to end, which are in range and in order.
//
// # Errors
//
// [ExitSurrogate] where it would cut a surrogate pair.
func Substring(s string, start, end int) (string, error) {
	if start == end {
		return "", nil
	}
	if ASCII(s) {
		return s[start:end], nil
	}
	from, err := Offset(s, start)
	if err != nil {
		return "", err
	}
	size, err := Offset(s[from:], end-start)
	if err != nil {
		return "", err
	}
	return s[from : from+size], nil
}
