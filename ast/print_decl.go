package ast

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Quote writes a WTF-8 string as a JavaScript string literal in single quotes. All
// but printable characters and letters of the basic plane are escaped, so the
// literal stands anywhere: in a file of any line ends, in strict mode, in JSON's
// superset.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for len(text) > 0 {
		r, n := decode(text)
		switch {
		case r == '\'' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7F:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r == 0x2028 || r == 0x2029 || r == 0xFEFF || utf16.IsSurrogate(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(text[:n])
		}
		text = text[n:]
	}
	return b.String() + "'"
}

// key writes a property's key. reserved are words that a class body or an object
// reads as modifiers: they stand in quotes.
func (p *printer) key(key Expr, computed bool) string {
	if computed {
		return "[" + p.inside(key, precAssign) + "]"
	}
	if s, ok := key.(*String); ok {
		switch s.Value {
		case "get", "set", "static", "async":
			return Quote(s.Value)
		}
		if identifierName(s.Value) {
			return s.Value
		}
	}
	return p.expr(key, precSequence)
}

// identifierName reports whether a key needs no quotes; other letters than ASCII
// get them.
func identifierName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && c != '$' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

func (p *printer) object(x *Object) string {
	if len(x.Properties) == 0 {
		return "{}"
	}
	parts := make([]string, len(x.Properties))
	for i, prop := range x.Properties {
		parts[i] = p.property(prop)
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func (p *printer) property(prop Property) string {
	switch x := prop.(type) {
	case *Prop:
		if x.Shorthand {
			return p.expr(x.Value, precAssign)
		}
		return p.key(x.Key, x.Computed) + ": " + p.inside(x.Value, precAssign)
	case *Method:
		return p.method(x, false)
	case *Spread:
		return "..." + p.inside(x.X, precAssign)
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", prop))
}

// method writes a method of an object or a class.
func (p *printer) method(x *Method, inClass bool) string {
	var head string
	if inClass && x.Static {
		head = "static "
	}
	switch {
	case x.Kind == Getter:
		head += "get "
	case x.Kind == Setter:
		head += "set "
	default:
		if x.Func.Async {
			head += "async "
		}
		if x.Func.Generator {
			head += "*"
		}
	}
	return head + p.key(x.Key, x.Computed) + p.params(x.Func.Params) + " " + p.block(x.Func.Body)
}

func (p *printer) classMember(m ClassMember) string {
	switch x := m.(type) {
	case *Method:
		return p.method(x, true)
	case *Field:
		head := ""
		if x.Static {
			head = "static "
		}
		head += p.key(x.Key, x.Computed)
		if x.Value != nil {
			head += " = " + p.inside(x.Value, precAssign)
		}
		return head + ";"
	case *StaticBlock:
		return "static " + p.block(x.Body)
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", m))
}

func (p *printer) class(x *Class) string {
	head := "class "
	if x.Name != nil {
		head += x.Name.Name + " "
	}
	if x.Extends != nil {
		head += "extends " + p.head(x.Extends, precCall) + " "
	}
	return head + p.braces(len(x.Members), func(i int) string { return p.classMember(x.Members[i]) + "\n" })
}

func (p *printer) function(x *Function) string {
	head := "function"
	if x.Async {
		head = "async function"
	}
	if x.Generator {
		head += "*"
	}
	head += " "
	if x.Name != nil {
		head += x.Name.Name
	}
	return head + p.params(x.Params) + " " + p.block(x.Body)
}

func (p *printer) params(x *Params) string {
	defer func(was bool) { p.noIn = was }(p.noIn)
	p.noIn = false
	parts := make([]string, 0, len(x.List)+1)
	for _, b := range x.List {
		parts = append(parts, p.binding(b))
	}
	if x.Rest != nil {
		parts = append(parts, "..."+p.pattern(x.Rest))
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func (p *printer) binding(b *Binding) string {
	if b.Init == nil {
		return p.pattern(b.Target)
	}
	return p.pattern(b.Target) + " = " + p.expr(b.Init, precAssign)
}

func (p *printer) pattern(x Pattern) string {
	switch x := x.(type) {
	case *Ident:
		return x.Name
	case *Member, *Index, *PrivateMember:
		text, _ := p.access(x.(Expr))
		return text
	case *ArrayPattern:
		return p.arrayPattern(x)
	case *ObjectPattern:
		return p.objectPattern(x)
	}
	panic(fmt.Sprintf("internal error: ast.Print of %T", x))
}

func (p *printer) arrayPattern(x *ArrayPattern) string {
	defer func(was bool) { p.noIn = was }(p.noIn)
	p.noIn = false
	var b strings.Builder
	b.WriteByte('[')
	for i, e := range x.Elements {
		if i > 0 {
			b.WriteByte(' ')
		}
		if e != nil {
			b.WriteString(p.binding(e))
		}
		if e == nil || i < len(x.Elements)-1 || x.Rest != nil {
			b.WriteByte(',')
		}
	}
	if x.Rest != nil {
		b.WriteString(" ..." + p.pattern(x.Rest))
	}
	return b.String() + "]"
}

func (p *printer) objectPattern(x *ObjectPattern) string {
	defer func(was bool) { p.noIn = was }(p.noIn)
	p.noIn = false
	parts := make([]string, 0, len(x.Properties)+1)
	for _, prop := range x.Properties {
		parts = append(parts, p.patternProp(prop))
	}
	if x.Rest != nil {
		parts = append(parts, "..."+p.pattern(x.Rest))
	}
	if len(parts) == 0 {
		return "{}"
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func (p *printer) patternProp(x *PatternProp) string {
	text := p.pattern(x.Target)
	if !x.Shorthand {
		text = p.key(x.Key, x.Computed) + ": " + text
	}
	if x.Init != nil {
		text += " = " + p.expr(x.Init, precAssign)
	}
	return text
}
