package inspect

import (
	"regexp"
	"strings"
)

// classHead matches the source of a class after the word class, up to its brace.
var (
	classHead     = regexp.MustCompile(`^(\s+[^(]*?)\s*\{`)
	sourceComment = regexp.MustCompile(`(//.*?\n)|(/\*(.|\n)*?\*/)`)
)

// functionText prints a function without its properties: [Function: f],
// [class A extends B].
func functionText(o Object, m maker, tag string) string {
	slots := o.Slots(0)
	if isClassSource(slots.Text) {
		return classText(o, m, tag)
	}
	kind := "Function"
	if slots.Function&GeneratorFunc != 0 {
		kind = "Generator" + kind
	}
	if slots.Function&AsyncFunction != 0 {
		kind = "Async" + kind
	}
	text := "[" + kind
	if m.null {
		text += " (null prototype)"
	}
	if name := o.Get(NameKey("name")); name.Kind == KindString && name.Text == "" {
		text += " (anonymous)"
	} else {
		text += ": " + plainText(name)
	}
	text += "]"
	if !m.null && m.name != kind {
		text += " " + m.name
	}
	if tag != "" && (m.null || m.name != tag) {
		text += " [" + tag + "]"
	}
	return text
}

func isClassSource(source string) bool {
	if !strings.HasPrefix(source, "class") || !strings.HasSuffix(source, "}") {
		return false
	}
	body := source[len("class") : len(source)-1]
	brace := strings.IndexByte(body, '{')
	if brace < 0 {
		return false
	}
	return !strings.Contains(body[:brace], "(") || classHead.MatchString(sourceComment.ReplaceAllString(body, ""))
}

func classText(o Object, m maker, tag string) string {
	name := "(anonymous)"
	if _, own := o.Own(NameKey("name")); own {
		if v := o.Get(NameKey("name")); truthy(v) {
			name = plainText(v)
		}
	}
	text := "class " + name
	if !m.null && m.name != "Function" {
		text += " [" + m.name + "]"
	}
	if tag != "" && (m.null || m.name != tag) {
		text += " [" + tag + "]"
	}
	if m.null {
		text += " extends [null prototype]"
	} else if parent := o.Prototype(); parent != nil {
		if v := parent.Get(NameKey("name")); truthy(v) {
			text += " extends " + plainText(v)
		}
	}
	return "[" + text + "]"
}

// plainText is String(v).
func plainText(v Value) string {
	switch v.Kind {
	case KindString, KindBigInt:
		return v.Text
	case KindNumber:
		if v.Number == 0 {
			return "0" // String(-0)
		}
		return numberText(v.Number)
	case KindObject:
		return v.Object.ToText()
	}
	return (&printer{options: &Options{}}).primitive(v)
}

// truthy is ToBoolean(v).
func truthy(v Value) bool {
	switch v.Kind {
	case KindUndefined, KindNull:
		return false
	case KindBool:
		return v.Bool
	case KindNumber:
		return v.Number != 0 && v.Number == v.Number
	case KindString:
		return v.Text != ""
	case KindBigInt:
		return v.Text != "0"
	}
	return true
}
