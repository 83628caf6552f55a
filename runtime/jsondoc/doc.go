// Package jsondoc reads and writes JSON as JavaScript's JSON.parse and
// JSON.stringify would, between bytes and decoded JSON trees.
//
// A tree is map[string]any, []any, string, float64, bool and nil. Go maps have no
// order, JavaScript objects have one: an [Order] beside the tree keeps it.
// Strings may hold lone surrogates in the form of stdlib/jsvalue; they are
// written as \udXXX.
//
// Decoding accepts just what encoding/json accepts and answers an error with its
// offset for everything else; it never panics. Of duplicate keys the last value
// counts, at the first one's place.
package jsondoc
