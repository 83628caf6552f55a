package auth0

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxDepth is how deeply objects and arrays may be nested in metadata and in
// profiles, the outermost object included. Deeper trees, and Go values that
// contain themselves, are refused.
const MaxDepth = 1000

// Merge returns stored with an update applied: the first level merged, lower
// levels replaced, null removing a property. It changes neither argument; the
// result shares lower levels with both. A nil map means {}; the result is never nil.
//
//	Merge({"a": 1, "b": {"c": 2}}, {"b": {"d": 3}}) // {"a": 1, "b": {"d": 3}}
//	Merge({"a": 1}, {"a": nil})                     // {}
func Merge(stored, update map[string]any) map[string]any {
	merged := make(map[string]any, len(stored)+len(update))
	maps.Copy(merged, stored)
	for key, value := range update {
		if value == nil {
			delete(merged, key)
			continue
		}
		merged[key] = value
	}
	return merged
}

// CleanMetadata returns a deep copy of metadata as plain decoded JSON, after
// checking it against the API's rules: no key, at any level, contains a period
// or a dollar sign. nil gives {}.
//
// # Errors
//
// *APIError with status 400 and code invalid_body for such a key, for a value
// that JSON cannot carry, and for a tree deeper than MaxDepth.
func CleanMetadata(metadata map[string]any) (map[string]any, error) {
	return cleanObject(metadata, metadataKeys)
}

// CleanProfile returns a deep copy of a user's profile as plain decoded JSON. It
// must have a user_id that is not empty, and its app_metadata and user_metadata, where
// present, must be objects that [CleanMetadata] accepts; null counts as absent.
//
// # Errors
//
// *APIError with status 400 and code invalid_uri or invalid_body.
func CleanProfile(profile map[string]any) (map[string]any, error) {
	id, isText := profile[propertyUserID].(string)
	if !isText && profile[propertyUserID] != nil {
		return nil, invalidBody("'user_id' must be a string, not %T", profile[propertyUserID])
	}
	if err := CheckUserID(id); err != nil {
		return nil, err
	}
	clean, err := cleanObject(profile, anyKeys)
	if err != nil {
		return nil, err
	}
	for _, property := range []string{propertyAppMetadata, propertyUserMetadata} {
		switch metadata := clean[property].(type) {
		case nil:
			delete(clean, property)
		case map[string]any:
			// The copy is plain already: this pass looks at its keys.
			if _, err := CleanMetadata(metadata); err != nil {
				return nil, err
			}
		default:
			return nil, invalidBody("'%s' must be an object, not %T", property, metadata)
		}
	}
	return clean, nil
}

// keyRule says what the keys of a tree must obey.
type keyRule uint8

const (
	anyKeys keyRule = iota + 1
	metadataKeys
)

func cleanObject(object map[string]any, rule keyRule) (map[string]any, error) {
	if object == nil {
		return map[string]any{}, nil
	}
	c := cleaner{rule: rule}
	clean, err := c.value(object, 1)
	if err != nil {
		return nil, err
	}
	return clean.(map[string]any), nil
}

// cleaner copies a tree. path is where it is, for messages.
type cleaner struct {
	rule keyRule
	path []string
}

func (c *cleaner) value(v any, depth int) (any, error) {
	switch v := v.(type) {
	case nil, bool:
		return v, nil
	case string:
		return cleanText(v), nil
	case float64:
		return cleanNumber(v), nil
	case map[string]any:
		return c.object(v, depth)
	case []any:
		return c.array(v, depth)
	default:
		return c.foreign(v, depth)
	}
}

// object copies in the order of the keys, so that of several faults always the
// same one is reported.
func (c *cleaner) object(object map[string]any, depth int) (any, error) {
	if object == nil {
		return nil, nil // a nil map is JSON's null
	}
	if depth > MaxDepth {
		return nil, c.tooDeep()
	}
	clean := make(map[string]any, len(object))
	for _, key := range slices.Sorted(maps.Keys(object)) {
		c.path = append(c.path, key)
		if c.rule == metadataKeys && strings.ContainsAny(key, ".$") {
			return nil, invalidBody("metadata keys must not contain '.' or '$': %s", c.place())
		}
		value, err := c.value(object[key], depth+1)
		if err != nil {
			return nil, err
		}
		clean[cleanText(key)] = value
		c.path = c.path[:len(c.path)-1]
	}
	return clean, nil
}

func (c *cleaner) array(array []any, depth int) (any, error) {
	if array == nil {
		return nil, nil
	}
	if depth > MaxDepth {
		return nil, c.tooDeep()
	}
	clean := make([]any, len(array))
	for i, element := range array {
		c.path = append(c.path, fmt.Sprint(i))
		value, err := c.value(element, depth+1)
		if err != nil {
			return nil, err
		}
		clean[i] = value
		c.path = c.path[:len(c.path)-1]
	}
	return clean, nil
}

// foreign reads a Go value that is not decoded JSON as encoding/json writes it.
func (c *cleaner) foreign(v any, depth int) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, invalidBody("the value at %s is not JSON: %v", c.place(), err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return nil, invalidBody("the value at %s is not JSON: %v", c.place(), err)
	}
	return c.value(plain, depth)
}

func (c *cleaner) tooDeep() *APIError {
	return invalidBody("the tree below %s is deeper than %d levels", c.place(), MaxDepth)
}

// place shows at most the first few steps of the path: a tree that is too deep has a
// long one.
func (c *cleaner) place() string {
	const shown = 8
	if len(c.path) > shown {
		return "/" + strings.Join(c.path[:shown], "/") + "/…"
	}
	return "/" + strings.Join(c.path, "/")
}

// cleanText replaces each byte that is not UTF-8 by U+FFFD, as encoding/json does.
func cleanText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

func cleanNumber(f float64) any {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return f + 0 // -0 becomes 0
}
