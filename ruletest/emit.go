package ruletest

import (
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var (
	plainText = regexp.MustCompile(`^[A-Za-z_/$][A-Za-z0-9_./@$|+-]*( [A-Za-z0-9_./@$|+-]+)*$`)
	urlText   = regexp.MustCompile(`^([A-Z]+ )?https?://[A-Za-z0-9_./@$|+?=&%~:*-]*[A-Za-z0-9_/*]$`)
	// reserved are texts that YAML reads as something else.
	reserved = regexp.MustCompile(`^(?i:true|false|null|yes|no|on|off|y|n|~)$`)
)

// scalar writes a text as YAML, in quotes where it must have some.
func scalar(text string) string {
	if (plainText.MatchString(text) || urlText.MatchString(text)) && !reserved.MatchString(text) {
		return text
	}
	return string(jsondoc.AppendString(nil, text))
}

// flow writes a value as YAML in one line.
func flow(value any, order *jsondoc.Order) string {
	switch v := value.(type) {
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, key := range order.Keys(v) {
			parts = append(parts, scalar(key)+": "+flow(v[key], order))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		parts := make([]string, 0, len(v))
		for _, item := range v {
			parts = append(parts, flow(item, order))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return scalar(v)
	case float64:
		return string(jsvalue.AppendNumber(nil, v))
	}
	return encode(value, nil)
}

// wide is how long a line may get before an object is written member by member.
const wide = 100

// block writes the members of an object as YAML, one a line.
func block(b *strings.Builder, object map[string]any, order *jsondoc.Order, indent string) {
	for _, key := range order.Keys(object) {
		text := flow(object[key], order)
		b.WriteString(indent + scalar(key) + ":")
		switch inner := object[key].(type) {
		case map[string]any:
			if _, isMatcher := matcherOf(inner); len(indent)+len(key)+len(text) > wide && !isMatcher && len(inner) > 0 {
				b.WriteString("\n")
				block(b, inner, order, indent+"  ")
				continue
			}
		case []any:
			if len(indent)+len(key)+len(text) > wide && len(inner) > 0 {
				b.WriteString("\n")
				for _, item := range inner {
					b.WriteString(indent + "  - " + flow(item, order) + "\n")
				}
				continue
			}
		}
		b.WriteString(" " + text + "\n")
	}
}
