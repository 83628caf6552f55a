package folder

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// maxKeyword is the longest keyword, in bytes. Text between two markers that is
// longer, or has a line break, is no keyword.
const maxKeyword = 256

// keywords replaces keyword markers by their values:
//
//	@@KEY@@   the JSON text of the value; quotes directly around it are swallowed
//	##KEY##   the value itself: a text as it is, a list joined by commas
//
// First all @@ markers, then all ## markers of the result, so a JSON text may
// bring ## markers along; what a sweep has inserted it does not look at again.
// The environment's value wins over the mapping's. Where the platform's tools
// took a key as a regular expression, here it is taken literally: the two differ
// only for keys with characters like * or +, which then matched what nobody meant.
type keywords struct {
	mappings map[string]any
	env      func(string) (string, bool)
	limit    int // bytes that a text may have after replacement
}

// newKeywords checks the mappings. A mapping that cannot be used is left out.
func newKeywords(mappings map[string]any, env func(string) (string, bool), limit int) (*keywords, diag.List) {
	k := &keywords{mappings: make(map[string]any, len(mappings)), env: env, limit: limit}
	var list diag.List
	bad := func(key, format string, args ...any) {
		list = append(list, diag.ForPath(diag.BadMapping, "", "keyword mapping %q %s", key, fmt.Sprintf(format, args...)))
	}
	for key, value := range mappings {
		switch {
		case key == "":
			bad(key, "has no name")
		case len(key) > maxKeyword:
			bad(key[:32]+"…", "is longer than %d bytes", maxKeyword)
		case strings.ContainsAny(key, "\r\n"):
			bad(key, "has a line break in its name")
		case strings.Contains(key, "@@") || strings.Contains(key, "##"):
			bad(key, "has a marker in its name")
		default:
			if _, err := jsonText(value); err != nil {
				bad(key, "is no JSON value: %v", err)
				continue
			}
			k.mappings[key] = value
		}
	}
	return k, list.Sort()
}

func (k *keywords) lookup(key string) (any, bool) {
	if key == "" || len(key) > maxKeyword || strings.ContainsAny(key, "\r\n") {
		return nil, false
	}
	if k.env != nil && !strings.ContainsAny(key, "=\x00") {
		if value, ok := k.env(key); ok {
			return value, true
		}
	}
	value, ok := k.mappings[key]
	return value, ok
}

// replace replaces the keywords of a file. It never fails: the diagnostics say
// which markers could not be replaced.
func (k *keywords) replace(file *source.File) (*Text, diag.List) {
	t := &Text{Original: file, File: file}
	if !strings.Contains(file.Text, "@@") && !strings.Contains(file.Text, "##") {
		return t, nil
	}
	var list diag.List
	for _, marker := range []string{"@@", "##"} {
		out, edits, problems := k.sweep(t, marker)
		list = append(list, problems...)
		if len(edits) > 0 {
			t = &Text{Original: file, File: source.NewFile(file.Name, out), passes: append(slices.Clip(t.passes), edits)}
		}
	}
	return t, list
}

// sweep replaces all markers of one kind.
func (k *keywords) sweep(t *Text, marker string) (string, pass, diag.List) {
	var (
		text  = t.File.Text
		out   strings.Builder
		edits pass
		list  diag.List
		done  int // text up to here is in out
	)
	for i := indexFrom(text, marker, 0); i >= 0; {
		end := indexFrom(text, marker, i+len(marker))
		if end < 0 {
			break
		}
		key := text[i+len(marker) : end]
		value, ok := k.lookup(key)
		if !ok {
			i = indexFrom(text, marker, i+1)
			continue
		}
		from, to := i, end+len(marker)
		inserted, err := render(marker, value)
		if marker == "@@" && from > done && to < len(text) && text[from-1] == text[to] && (text[to] == '"' || text[to] == '\'') {
			from, to = from-1, to+1
		}
		if err == nil && out.Len()+from-done+len(inserted) > k.limit {
			err = fmt.Errorf("would make the text longer than %s", bytesText(k.limit))
		}
		if err != nil {
			d := t.diagnostic(diag.BadMapping, i, end+len(marker), "%s %v", marker+key+marker, err)
			if marker == "##" {
				d = d.WithNote("@@%s@@ writes a value as JSON", key)
			}
			list = append(list, d)
			i = indexFrom(text, marker, end+len(marker))
			continue
		}
		out.WriteString(text[done:from])
		start := out.Len()
		out.WriteString(inserted)
		edits = append(edits, edit{from: from, to: to, start: start, end: out.Len(), marker: marker + key + marker})
		done = to
		i = indexFrom(text, marker, to)
	}
	if edits == nil {
		return text, nil, list
	}
	out.WriteString(text[done:])
	return out.String(), edits, list
}

// unresolved finds what still looks like a marker: a name between two @@ or ##.
// The result is in the order of the text.
func unresolved(t *Text) diag.List {
	var list diag.List
	text := t.File.Text
	for _, marker := range []string{"@@", "##"} {
		for i := indexFrom(text, marker, 0); i >= 0; {
			end := indexFrom(text, marker, i+len(marker))
			if end < 0 {
				break
			}
			if key := text[i+len(marker) : end]; looksLikeKeyword(key) {
				list = append(list, t.diagnostic(diag.UnresolvedKeyword, i, end+len(marker),
					"there is no mapping for the keyword %s", marker+key+marker))
				i = indexFrom(text, marker, end+len(marker))
				continue
			}
			i = indexFrom(text, marker, i+1)
		}
	}
	return list.Sort()
}

// looksLikeKeyword reports whether a key is a name: a letter or underscore, then
// letters, digits and _ - . characters.
func looksLikeKeyword(key string) bool {
	if key == "" || len(key) > maxKeyword {
		return false
	}
	for i, c := range []byte(key) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return true
}

func render(marker string, value any) (string, error) {
	if marker == "@@" {
		return jsonText(value)
	}
	return plainText(value, 0)
}

// jsonText is the text that JSON.stringify gives a value.
func jsonText(value any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// maxPlainDepth is how deep lists may be nested in a ## value.
const maxPlainDepth = 100

// plainText is the text that JavaScript's String gives a value. Objects are
// refused: their text would be "[object Object]".
func plainText(value any, depth int) (string, error) {
	switch v := value.(type) {
	case nil:
		if depth > 0 { // as Array.prototype.join does
			return "", nil
		}
		return "null", nil
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case []any:
		if depth == maxPlainDepth {
			return "", fmt.Errorf("is a list nested too deeply")
		}
		parts := make([]string, len(v))
		for i, item := range v {
			part, err := plainText(item, depth+1)
			if err != nil {
				return "", err
			}
			parts[i] = part
		}
		return strings.Join(parts, ","), nil
	case map[string]any:
		return "", fmt.Errorf("cannot be replaced: its value is an object, which has no plain text")
	}
	text, err := jsonText(value)
	if err != nil {
		return "", err
	}
	// Any other Go value counts as what it is in JSON.
	var decoded any
	if err := json.Unmarshal([]byte(text), &decoded); err != nil {
		return "", err
	}
	if number, ok := decoded.(float64); ok {
		if number == math.Trunc(number) && math.Abs(number) < 1e21 {
			return strconv.FormatFloat(number+0, 'f', -1, 64), nil
		}
		return text, nil
	}
	return plainText(decoded, depth)
}

// indexFrom is the offset of the first sep in text at or behind from; -1 if none.
func indexFrom(text, sep string, from int) int {
	if from > len(text) {
		return -1
	}
	i := strings.Index(text[from:], sep)
	if i < 0 {
		return -1
	}
	return from + i
}

// bytesText says a number of bytes in words.
func bytesText(n int) string {
	switch {
	case n >= 1_000_000 && n%100_000 == 0:
		return strconv.FormatFloat(float64(n)/1e6, 'f', -1, 64) + " MB"
	case n >= 1_000 && n%100 == 0:
		return strconv.FormatFloat(float64(n)/1e3, 'f', -1, 64) + " kB"
	}
	return fmt.Sprintf("%d bytes", n)
}
