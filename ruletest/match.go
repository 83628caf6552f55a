package ruletest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Mismatch is one difference between what a case expects and what happened.
type Mismatch struct {
	Path     string `json:"path"`           // outcome, user.app_metadata.roles, calls[0]
	Expected string `json:"expected"`       // JSON or words
	Actual   string `json:"actual"`         // JSON or words
	Line     int    `json:"line,omitempty"` // of the rule, where it is known
	Text     string `json:"text,omitempty"` // of that line
}

const nothing = "nothing"

// matchers are the objects of one member that stand for more than one value.
//
//	{$any: true}        any value that is there
//	{$absent: true}     nothing
//	{$match: "^a.*"}    a text that the regular expression finds
//	{$type: number}     a value of that type: string, number, boolean, null, array, object
//	{$contains: x}      an array with such an item, a text with that part
//	{$exact: {…}}       an object with these members and no other
//	{$jwt: {…}}         a JSON Web Token; see jwt.go
var matchers = []string{"$any", "$absent", "$match", "$type", "$contains", "$exact", "$jwt"}

// matcher is a matcher's name and its argument.
type matcher struct {
	name string
	arg  any
}

func matcherOf(value any) (matcher, bool) {
	object, ok := value.(map[string]any)
	if !ok || len(object) != 1 {
		return matcher{}, false
	}
	for name, arg := range object {
		if slices.Contains(matchers, name) {
			return matcher{name, arg}, true
		}
	}
	return matcher{}, false
}

func isAbsent(value any) bool {
	m, ok := matcherOf(value)
	return ok && m.name == "$absent"
}

// checkMatchers says what is wrong with the matchers in an expected value; "" when nothing is.
func checkMatchers(value any) string {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if why := checkMatchers(item); why != "" {
				return why
			}
		}
	case map[string]any:
		if m, ok := matcherOf(value); ok {
			return m.check()
		}
		for key, member := range v {
			if strings.HasPrefix(key, "$") && len(v) == 1 {
				return fmt.Sprintf("there is no matcher %s: they are %s", key, strings.Join(matchers, ", "))
			}
			if why := checkMatchers(member); why != "" {
				return why
			}
		}
	}
	return ""
}

func (m matcher) check() string {
	switch m.name {
	case "$any", "$absent":
		if m.arg != true {
			return m.name + " is written {" + m.name + ": true}"
		}
	case "$match":
		text, ok := m.arg.(string)
		if !ok {
			return "$match wants a regular expression"
		}
		if _, err := regexp.Compile(text); err != nil {
			return "$match: " + err.Error()
		}
	case "$type":
		if name, ok := m.arg.(string); !ok || !slices.Contains([]string{"string", "number", "boolean", "null", "array", "object"}, name) {
			return "$type is string, number, boolean, null, array or object"
		}
	case "$exact":
		if _, ok := m.arg.(map[string]any); !ok {
			return "$exact wants an object"
		}
		return checkMatchers(m.arg)
	case "$jwt":
		if _, ok := m.arg.(map[string]any); !ok {
			return "$jwt wants an object"
		}
	case "$contains":
		return checkMatchers(m.arg)
	}
	return ""
}

// comparison collects the mismatches of trees.
type comparison struct {
	want, got *jsondoc.Order
	exact     bool // objects have the expected members and no others
	found     []Mismatch
}

func (c *comparison) add(path string, want, got any, there bool) {
	m := Mismatch{Path: path, Expected: nothing, Actual: nothing}
	if !isAbsent(want) {
		m.Expected = encode(want, c.want)
	}
	if there {
		m.Actual = encode(got, c.got)
	}
	c.found = append(c.found, m)
}

// value compares one value; there is false when there is none.
func (c *comparison) value(path string, want, got any, there bool) {
	if m, ok := matcherOf(want); ok {
		c.matcher(path, m, want, got, there)
		return
	}
	if !there {
		c.add(path, want, nil, false)
		return
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			c.add(path, want, got, true)
			return
		}
		for _, key := range c.want.Keys(w) {
			value, has := g[key]
			c.value(memberPath(path, key), w[key], value, has)
		}
		if c.exact {
			for _, key := range c.got.Keys(g) {
				if _, expected := w[key]; !expected {
					c.found = append(c.found, Mismatch{Path: memberPath(path, key), Expected: nothing, Actual: encode(g[key], c.got)})
				}
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			c.add(path, want, got, true)
			return
		}
		for i := range w {
			c.value(path+"["+strconv.Itoa(i)+"]", w[i], g[i], true)
		}
	default:
		if !plain(got) || want != got {
			c.add(path, want, got, true)
		}
	}
}

// plain reports whether a value can be compared with ==.
func plain(value any) bool {
	switch value.(type) {
	case nil, bool, float64, string:
		return true
	}
	return false
}

func (c *comparison) matcher(path string, m matcher, want, got any, there bool) {
	ok := there
	switch text, _ := got.(string); m.name {
	case "$any":
	case "$absent":
		ok = !there
	case "$match":
		_, isText := got.(string)
		ok = isText && regexp.MustCompile(m.arg.(string)).MatchString(text)
	case "$type":
		ok = there && typeOf(got) == m.arg
	case "$contains":
		part, isText := m.arg.(string)
		_, inText := got.(string)
		ok = isText && inText && strings.Contains(text, part)
		if list, isList := got.([]any); isList {
			ok = slices.ContainsFunc(list, func(item any) bool { return matches(m.arg, item, c.want) })
		}
	case "$exact":
		if there {
			inner := &comparison{want: c.want, got: c.got, exact: true}
			inner.value(path, m.arg, got, true)
			c.found = append(c.found, inner.found...)
			return
		}
	case "$jwt":
		if there {
			c.token(path, m.arg.(map[string]any), got)
			return
		}
	}
	if !ok {
		c.add(path, want, got, there)
	}
}

// matches reports whether a value is as expected.
func matches(want, got any, order *jsondoc.Order) bool {
	c := &comparison{want: order}
	c.value("", want, got, true)
	return len(c.found) == 0
}

func typeOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// memberPath writes a key as a property where it is an identifier.
func memberPath(path, key string) string {
	if !identifier.MatchString(key) {
		return path + "[" + string(jsondoc.AppendString(nil, key)) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// splitPath reads what memberPath writes; nil when it cannot be read.
func splitPath(path string) []string {
	var parts []string
	for path != "" {
		switch {
		case strings.HasPrefix(path, `["`):
			end := strings.Index(path, `"]`)
			if end < 0 {
				return nil
			}
			key, err := strconv.Unquote(path[1 : end+1])
			if err != nil {
				return nil
			}
			parts, path = append(parts, key), path[end+2:]
		case strings.HasPrefix(path, "["): // an index
			end := strings.IndexByte(path, ']')
			if end < 0 {
				return nil
			}
			parts, path = append(parts, path[1:end]), path[end+1:]
		default:
			path = strings.TrimPrefix(path, ".")
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			if end == 0 {
				return nil
			}
			parts, path = append(parts, path[:end]), path[end:]
		}
	}
	return parts
}
