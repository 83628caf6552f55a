package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// stdinName is what standard input is called in messages.
const stdinName = "stdin"

// document is a JSON file that a flag names.
type document struct {
	name string // as the user spelled it
	data []byte // without byte order mark
}

// readDocument reads the file that flag names; "-" is standard input.
func (c *command) readDocument(flag, name string) (*document, error) {
	if name != "-" {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fileError(flag, name, err)
		}
		return newDocument(name, data)
	}
	data, err := io.ReadAll(c.stdin)
	if err != nil {
		return nil, fileError(flag, stdinName, err)
	}
	return newDocument(stdinName, data)
}

// fileError says in the user's words why a file cannot be read.
func fileError(flag, name string, err error) error {
	var where *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no file %s", flag, name)
	case errors.As(err, &where):
		return fmt.Errorf("%s: cannot read %s: %w", flag, name, where.Err)
	}
	return fmt.Errorf("%s: cannot read %s: %w", flag, name, err)
}

func newDocument(name string, data []byte) (*document, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return nil, fmt.Errorf("%s is UTF-16: save it as UTF-8", name)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fmt.Errorf("%s is empty: it must hold a JSON object", name)
	}
	return &document{name: name, data: withoutBOM(data)}, nil
}

func withoutBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")) }

// decode reads the document. Each call answers a tree of its own.
func (d *document) decode() (any, *jsondoc.Order, error) {
	tree, order, err := jsondoc.Decode(d.data)
	var syntax *jsondoc.SyntaxError
	if errors.As(err, &syntax) {
		file := source.NewFile(d.name, string(d.data))
		end := min(syntax.Offset+1, len(d.data))
		return nil, nil, diag.List{diag.New(diag.BadJSON, file, file.Span(syntax.Offset, end), "not JSON: %s", syntax.Problem)}
	}
	return tree, order, err
}

// object reads a document that must be an object; what names it in the message.
func (d *document) object(what string) (map[string]any, *jsondoc.Order, error) {
	tree, order, err := d.decode()
	if err != nil {
		return nil, nil, err
	}
	object, ok := tree.(map[string]any)
	if !ok {
		return nil, nil, fmt.Errorf("%s: %s must be a JSON object, and this is %s", d.name, what, kindOf(tree))
	}
	return object, order, nil
}

// kindOf names a JSON value's type with its article.
func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case float64:
		return "a number"
	case string:
		return "a text"
	case []any:
		return "an array"
	}
	return "an object"
}

// readConfiguration reads an object of texts. The error names the first key, in
// order, whose value is none.
func readConfiguration(tree any) (map[string]string, error) {
	object, ok := tree.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the configuration must be an object of texts, and this is %s", kindOf(tree))
	}
	values := make(map[string]string, len(object))
	var wrong []string
	for key, value := range object {
		text, ok := value.(string)
		if !ok {
			wrong = append(wrong, key)
			continue
		}
		values[key] = text
	}
	if len(wrong) > 0 {
		first := slices.Min(wrong)
		return nil, fmt.Errorf("the configuration's %q must be a text, and this is %s", first, kindOf(object[first]))
	}
	return values, nil
}
