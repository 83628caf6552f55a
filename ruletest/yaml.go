package ruletest

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// reader reads one YAML text and collects what is wrong with it.
type reader struct {
	file  *source.File
	order *jsondoc.Order // of all objects that it makes
	list  diag.List
	left  int // nodes that may still be read: aliases multiply them
}

func newReader(name, text string) *reader {
	return &reader{file: source.NewFile(name, text), order: &jsondoc.Order{}, left: 100_000 + 10*len(text)}
}

// parse answers the root of the one document; nil when there is none.
func (r *reader) parse() (root *yaml.Node) {
	defer func() {
		if v := recover(); v != nil {
			root = nil
			r.list = append(r.list, diag.New(diag.BadYAML, r.file, source.Span{}, "the YAML parser gave up: %v", v))
		}
	}()
	if !utf8.ValidString(r.file.Text) {
		at, _ := r.file.InvalidUTF8()
		r.list = append(r.list, diag.New(diag.NotUTF8, r.file, r.file.Span(at.Offset, at.Offset+1), "the file is not UTF-8"))
		return nil
	}
	loader, err := yaml.NewLoader(strings.NewReader(r.file.Text))
	if err != nil {
		r.syntax(err)
		return nil
	}
	doc := new(yaml.Node)
	if err := loader.Load(doc); err != nil {
		if !errors.Is(err, io.EOF) {
			r.syntax(err)
			return nil
		}
		doc = &yaml.Node{}
	}
	if len(doc.Content) == 0 {
		r.list = append(r.list, diag.New(diag.BadYAML, r.file, source.Span{}, "the file is empty"))
		return nil
	}
	var second yaml.Node
	switch err := loader.Load(&second); {
	case err == nil:
		r.bad(&second, "there is a second document; a file of cases is one")
	case !errors.Is(err, io.EOF):
		r.syntax(err)
		return nil
	}
	return follow(doc.Content[0])
}

// syntax places an error of the parser.
func (r *reader) syntax(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) || load.Mark.Line <= 0 {
		r.list = append(r.list, diag.New(diag.BadYAML, r.file, source.Span{}, "%v", err))
		return
	}
	at := min(r.file.FromCodePoints(load.Mark.Line, load.Mark.Column-1).Offset, len(r.file.Text))
	_, size := utf8.DecodeRuneInString(r.file.Text[at:])
	message := load.Message
	if load.ContextMsg != "" {
		message += " " + load.ContextMsg
	}
	d := diag.New(diag.BadYAML, r.file, r.file.Span(at, at+size), "%s", message)
	if strings.HasPrefix(r.file.Text[at:], "\t") {
		d = d.WithNote("YAML is indented with spaces, not with tabs")
	}
	r.list = append(r.list, d)
}

// span is where a node stands: its first line.
func (r *reader) span(n *yaml.Node) source.Span {
	start := r.file.FromCodePoints(max(n.Line, 1), max(n.Column, 1)-1).Offset
	line, _, _ := strings.Cut(r.file.Text[start:], "\n")
	length := len(strings.TrimRight(line, " \t\r"))
	if n.Kind == yaml.ScalarNode && n.Value != "" && strings.HasPrefix(line, n.Value) {
		length = len(n.Value)
	}
	return r.file.Span(start, start+max(length, 1))
}

func (r *reader) bad(n *yaml.Node, format string, args ...any) {
	r.list = append(r.list, diag.New(diag.BadField, r.file, r.span(n), format, args...))
}

// follow leads from an alias to what it stands for.
func follow(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 100; i++ {
		n = n.Alias
	}
	return n
}

// describe says what a node is, for a message.
func describe(n *yaml.Node) string {
	switch n = follow(n); n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "an object"
	}
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!str":
		return "the text " + strconv.Quote(n.Value)
	}
	return n.Value
}

// pair is a member of a mapping.
type pair struct{ key, value *yaml.Node }

// pairs are the members of a mapping, those that a merge key brings last.
func (r *reader) pairs(n *yaml.Node) []pair {
	var all []pair
	seen, merged := map[string]bool{}, []*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := follow(n.Content[i])
		switch {
		case key.ShortTag() == "!!merge":
			merged = append(merged, n.Content[i+1])
		case key.Kind != yaml.ScalarNode:
			r.bad(n.Content[i], "the name of a member must be a text")
		case seen[key.Value]:
			r.bad(n.Content[i], "%s is given twice", key.Value)
		default:
			seen[key.Value] = true
			all = append(all, pair{key, n.Content[i+1]})
		}
	}
	for _, m := range merged {
		sources := []*yaml.Node{m}
		if f := follow(m); f.Kind == yaml.SequenceNode {
			sources = f.Content
		}
		for _, s := range sources {
			if s = follow(s); s.Kind != yaml.MappingNode || !r.may(s) {
				r.bad(m, "a merge key needs an object")
				continue
			}
			for _, p := range r.pairs(s) {
				if !seen[p.key.Value] {
					seen[p.key.Value] = true
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// may counts a node, so that aliases cannot make a small text huge.
func (r *reader) may(n *yaml.Node) bool {
	if r.left--; r.left == 0 {
		r.bad(n, "the file's aliases stand for too much")
	}
	return r.left > 0
}

// fields reads an object that may have only known members.
func (r *reader) fields(n *yaml.Node, what string, known ...string) map[string]*yaml.Node {
	found := map[string]*yaml.Node{}
	if n = follow(n); n.Kind != yaml.MappingNode {
		r.bad(n, "%s must be an object, and this is %s", what, describe(n))
		return found
	}
	for _, p := range r.pairs(n) {
		if slices.Contains(known, p.key.Value) {
			found[p.key.Value] = p.value
			continue
		}
		d := diag.New(diag.UnknownField, r.file, r.span(p.key), "nothing reads the member %q of %s", p.key.Value, what).
			WithNote("its members are %s", strings.Join(known, ", "))
		d.Severity = diag.Error
		r.list = append(r.list, d)
	}
	return found
}

// items reads a list.
func (r *reader) items(n *yaml.Node, what string) []*yaml.Node {
	if n == nil {
		return nil
	}
	if f := follow(n); f.Kind == yaml.SequenceNode {
		return f.Content
	}
	r.bad(n, "%s must be a list, and this is %s", what, describe(n))
	return nil
}

// text reads a text; numbers, booleans and dates are what they were written as.
func (r *reader) text(n *yaml.Node, what string) string {
	if n == nil {
		return ""
	}
	if f := follow(n); f.Kind == yaml.ScalarNode && f.ShortTag() != "!!null" {
		return f.Value
	}
	r.bad(n, "%s must be a text, and this is %s", what, describe(n))
	return ""
}

// texts reads a list of texts, or one.
func (r *reader) texts(n *yaml.Node, what string) []string {
	if n == nil {
		return nil
	}
	if follow(n).Kind == yaml.ScalarNode {
		return []string{r.text(n, what)}
	}
	var all []string
	for _, item := range r.items(n, what) {
		all = append(all, r.text(item, "an item of "+what))
	}
	return all
}

// strings reads an object of texts.
func (r *reader) strings(n *yaml.Node, what string) map[string]string {
	if n == nil {
		return nil
	}
	f := follow(n)
	if f.Kind != yaml.MappingNode {
		r.bad(n, "%s must be an object of texts, and this is %s", what, describe(n))
		return nil
	}
	all := map[string]string{}
	for _, p := range r.pairs(f) {
		all[p.key.Value] = r.text(p.value, what+"."+p.key.Value)
	}
	return all
}

func (r *reader) boolean(n *yaml.Node, what string) bool {
	if n == nil {
		return false
	}
	value, ok := r.value(n).(bool)
	if !ok {
		r.bad(n, "%s must be true or false, and this is %s", what, describe(n))
	}
	return value
}

func (r *reader) integer(n *yaml.Node, what string, least int) int {
	value, ok := r.value(n).(float64)
	if !ok || value != math.Trunc(value) || value < float64(least) || value > 1e9 {
		r.bad(n, "%s must be a whole number of at least %d, and this is %s", what, least, describe(n))
		return least
	}
	return int(value)
}

// object reads any object.
func (r *reader) object(n *yaml.Node, what string) map[string]any {
	if n == nil {
		return nil
	}
	value, ok := r.value(n).(map[string]any)
	if !ok {
		r.bad(n, "%s must be an object, and this is %s", what, describe(n))
	}
	return value
}

// value reads decoded JSON.
func (r *reader) value(n *yaml.Node) any {
	if n = follow(n); !r.may(n) {
		return nil
	}
	switch n.Kind {
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			list = append(list, r.value(item))
		}
		return list
	case yaml.MappingNode:
		object, keys := map[string]any{}, []string{}
		for _, p := range r.pairs(n) {
			object[p.key.Value] = r.value(p.value)
			keys = append(keys, p.key.Value)
		}
		r.order.Set(object, keys)
		return object
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		number, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			var whole int64
			whole, err = strconv.ParseInt(n.Value, 0, 64)
			number = float64(whole)
		}
		if err != nil || math.IsNaN(number) || math.IsInf(number, 0) {
			r.bad(n, "%s is no number that JSON can write", n.Value)
		}
		return number
	case "!!str", "!!timestamp":
		return n.Value
	case "!!binary":
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Value), ""))
		if err != nil {
			r.bad(n, "this is no base64: %v", err)
		}
		return string(data)
	}
	r.bad(n, "a value with the tag %s is none of JSON's", n.ShortTag())
	return nil
}

// substitute copies a node with the values of a matrix in the place of ${name}. A text that is one
// name alone becomes the value itself. Aliases are copied out.
func (r *reader) substitute(n *yaml.Node, row map[string]*yaml.Node) *yaml.Node {
	if n = follow(n); !r.may(n) {
		return n
	}
	if n.Kind == yaml.ScalarNode {
		if !strings.Contains(n.Value, "${") {
			return n
		}
		if name, ok := strings.CutPrefix(n.Value, "${"); ok {
			if name, ok = strings.CutSuffix(name, "}"); ok && row[name] != nil {
				return row[name]
			}
		}
		c := *n
		for _, name := range slices.Sorted(maps.Keys(row)) {
			if value := follow(row[name]); value.Kind == yaml.ScalarNode {
				c.Value = strings.ReplaceAll(c.Value, "${"+name+"}", value.Value)
			}
		}
		return &c
	}
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, item := range n.Content {
		c.Content[i] = r.substitute(item, row)
	}
	return &c
}

// quoted is a text for a message, cut when it is long.
func quoted(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
