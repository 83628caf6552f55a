package folder

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// readYAML parses a pipeline file into its tree without expanding an alias, so
// that the tree is as small as the text. The root is the top-level mapping, nil
// for a file without a document.
func readYAML(t *Text) (*yaml.Node, *yamlText, diag.List) {
	y := newYAMLText(t)
	doc, err := y.parse()
	if err != nil {
		return nil, y, diag.List{y.failure(err)}
	}
	if doc == nil || len(doc.Content) == 0 {
		return nil, y, nil
	}
	root := follow(doc.Content[0])
	if root.Kind != yaml.MappingNode {
		v := y.value(root)
		if v.kind == kindNull {
			return nil, y, nil
		}
		return nil, y, diag.List{v.at.diagnostic(diag.BadYAML, "the file holds %s; it must hold a mapping", v.describe())}
	}
	return root, y, nil
}

// yamlText is a text on its way through the YAML parser.
type yamlText struct {
	text *Text
	src  string // what the parser gets: as long as text, byte for byte
	nel  string // what stands in src for U+0085; "" when there is none
	left int    // fields that may still be read: aliases and merge keys multiply them
}

const nextLine = "\u0085"

// newYAMLText prepares a text for the parser, which knows YAML 1.1: there U+0085
// is a line break, and a %YAML 1.2 directive is refused.
func newYAMLText(t *Text) *yamlText {
	y := &yamlText{text: t, src: t.File.Text, left: 10_000 + len(t.File.Text)}
	if strings.HasPrefix(y.src[t.File.BOM():], "%YAML 1.") {
		bom := t.File.BOM()
		y.src = y.src[:bom] + "#" + y.src[bom+1:]
	}
	if strings.Contains(y.src, nextLine) {
		for r := '\u07C0'; r < '\u07FF' && y.nel == ""; r++ {
			if !strings.ContainsRune(y.src, r) {
				y.nel = string(r)
			}
		}
		if y.nel != "" {
			y.src = strings.ReplaceAll(y.src, nextLine, y.nel)
		}
	}
	return y
}

// own gives a text of the parser back the characters that it had in the file.
func (y *yamlText) own(text string) string {
	if y.nel == "" {
		return text
	}
	return strings.ReplaceAll(text, y.nel, nextLine)
}

var errSecondDocument = errors.New("there is a second document")

// parse reads the one document. Whatever the parser does with a malformed text
// becomes an error.
func (y *yamlText) parse() (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("the YAML parser gave up: %v", r)
		}
	}()
	loader, err := yaml.NewLoader(strings.NewReader(y.src))
	if err != nil {
		return nil, err
	}
	doc = new(yaml.Node)
	if err := loader.Load(doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	var second yaml.Node
	switch err := loader.Load(&second); {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return nil, err
	}
	return nil, &documentError{line: second.Line}
}

type documentError struct{ line int }

func (e *documentError) Error() string { return errSecondDocument.Error() }

// failure places an error of the parser.
func (y *yamlText) failure(err error) diag.Diagnostic {
	file := y.text.File
	var (
		second *documentError
		load   *yaml.LoadError
	)
	switch {
	case errors.As(err, &second):
		at := file.At(second.line, 1).Offset
		return y.text.diagnostic(diag.BadYAML, at, at+len(file.Line(second.line)), "%v; a pipeline is one document", err)
	case errors.As(err, &load):
		at := max(load.Mark.Index, file.BOM())
		if load.Mark.Line > 0 {
			at = file.FromCodePoints(load.Mark.Line, load.Mark.Column-1).Offset
		}
		at = min(at, len(file.Text))
		_, size := utf8.DecodeRuneInString(file.Text[at:])
		message := load.Message
		if load.ContextMsg != "" {
			message += " " + load.ContextMsg
		}
		d := y.text.diagnostic(diag.BadYAML, at, at+size, "%s", message)
		if rest := file.Text[at:]; strings.HasPrefix(rest, "@@") {
			d = d.WithNote("a keyword without a mapping stays as it is")
		} else if strings.HasPrefix(rest, "\t") {
			d = d.WithNote("YAML is indented with spaces, not with tabs")
		}
		return d
	}
	return place{text: y.text}.diagnostic(diag.BadYAML, "%v", err)
}

// follow leads from an alias to what it stands for.
func follow(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 100; i++ {
		n = n.Alias
	}
	return n
}

// place is where a node stands.
func (y *yamlText) place(n *yaml.Node) place {
	return place{text: y.text, line: max(n.Line, 1), column: max(n.Column, 1), raw: y.own(n.Value)}
}

// value reads a node, aliases followed.
func (y *yamlText) value(n *yaml.Node) value {
	v := value{at: y.place(n)}
	n = follow(n)
	v.node = n
	switch n.Kind {
	case yaml.SequenceNode:
		v.kind = kindList
	case yaml.MappingNode:
		v.kind = kindObject
	case yaml.ScalarNode:
		y.scalar(&v, n)
	default:
		v.tag = "of an unknown kind"
	}
	return v
}

// scalar reads a scalar by the tag that the parser resolved, a number as YAML 1.2
// reads it.
func (y *yamlText) scalar(v *value, n *yaml.Node) {
	switch v.tag = n.ShortTag(); v.tag {
	case "!!null":
		v.kind = kindNull
	case "!!bool":
		switch strings.ToLower(n.Value) {
		case "true":
			v.kind, v.boolean = kindBool, true
		case "false":
			v.kind = kindBool
		default: // an explicit tag on some other word
			v.kind, v.text = kindText, y.own(n.Value)
		}
	case "!!int", "!!float":
		if number, ok := yamlNumber(n.Value); ok {
			v.kind, v.number = kindNumber, number
		}
	case "!!str":
		v.kind, v.text = kindText, y.own(n.Value)
	}
}

func yamlNumber(text string) (float64, bool) {
	text = strings.ReplaceAll(text, "_", "")
	if number, err := strconv.ParseFloat(text, 64); err == nil && !strings.ContainsAny(text, "xX") {
		return number, !math.IsNaN(number) && !math.IsInf(number, 0)
	}
	number, err := strconv.ParseInt(text, 0, 64)
	return float64(number), err == nil
}

// maxMerges bounds the merge keys that are followed for one object.
const maxMerges = 100

// members reads the fields of a mapping, those that a merge key brings last. A
// key that is given twice is an error, as it is to the tools of the platform.
func (y *yamlText) members(n *yaml.Node) ([]member, diag.List) {
	var (
		members []member
		list    diag.List
		seen    = map[string]bool{}
		merges  = 0
		read    func(n *yaml.Node, merged bool)
	)
	merge := func(n *yaml.Node) {
		sources := []*yaml.Node{n}
		if f := follow(n); f.Kind == yaml.SequenceNode {
			sources = f.Content
		}
		for _, s := range sources {
			if merges++; merges > maxMerges {
				list = append(list, y.place(n).diagnostic(diag.BadYAML, "more than %d merge keys for one object", maxMerges))
				return
			}
			if f := follow(s); f.Kind == yaml.MappingNode {
				read(f, true)
			} else {
				list = append(list, y.place(s).diagnostic(diag.BadYAML, "a merge key needs a mapping"))
			}
		}
	}
	read = func(n *yaml.Node, merged bool) {
		var sources []*yaml.Node
		own := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if y.left--; y.left < 0 {
				if y.left == -1 {
					list = append(list, y.place(n).diagnostic(diag.BadYAML, "the file's aliases stand for too many fields"))
				}
				return
			}
			key := follow(n.Content[i])
			if key.ShortTag() == "!!merge" {
				sources = append(sources, n.Content[i+1])
				continue
			}
			name := y.own(key.Value)
			switch {
			case key.Kind != yaml.ScalarNode:
				list = append(list, y.place(key).diagnostic(diag.BadField, "a field's name must be a text"))
			case own[name]:
				list = append(list, y.place(n.Content[i]).diagnostic(diag.BadYAML, "%s is given twice", name))
			case seen[name]:
			default:
				seen[name] = true
				members = append(members, member{key: name, keyAt: y.place(n.Content[i]), value: y.value(n.Content[i+1])})
			}
			own[name] = true
		}
		for _, s := range sources {
			if merges <= maxMerges {
				merge(s)
			}
		}
	}
	read(n, false)
	return members, list
}

// field is the value of a mapping's own field; nil when there is none.
func (y *yamlText) field(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return follow(n.Content[i+1])
		}
	}
	return nil
}

// namesScripts reports whether a file's rules section has an entry with a script:
// other tools have sections of that name, too.
func (y *yamlText) namesScripts(root *yaml.Node) bool {
	rules := y.field(root, "rules")
	if rules == nil || rules.Kind != yaml.SequenceNode {
		return false
	}
	for _, item := range rules.Content {
		if script := y.field(follow(item), "script"); script != nil && script.Kind == yaml.ScalarNode {
			return true
		}
	}
	return false
}
