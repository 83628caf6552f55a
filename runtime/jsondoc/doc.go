// Package jsondoc reads and writes JSON as JavaScript's JSON.parse and
// JSON.stringify would, between bytes and decoded JSON trees.
//
// A tree is map[string]any, []any, string, float64, bool and nil. Go maps have no
// order, JavaScript objects have one: an [Order] beside the tree keeps it.
// Strings may hold lone surrogates in the form of stdlib/jsvalue; they are
// written as \udXXX.
//
// Text is worked on without making a tree of it, too: [Valid] checks it, a [Shape] says what of an
// object is needed, [Shape.Project] reads just that and checks the rest, [Projection.Splice] and
// [Splice] put what was changed into the old text.
//
// Decoding accepts just what encoding/json accepts and answers an error with its
// offset for everything else; it never panics. Of duplicate keys the last value
// counts, at the first one's place.
package jsondoc
