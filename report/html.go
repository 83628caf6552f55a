package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"join":     func(list []string) string { return strings.Join(list, ", ") },
	"class":    func(v Verdict) string { return strings.ReplaceAll(string(v), " ", "-") },
	"verdicts": Verdicts,
	"inc":      func(i int) int { return i + 1 },
	"table": func(title, what, text string, list []Index) map[string]any {
		return map[string]any{"Title": title, "What": what, "Text": text, "List": list}
	},
}).Parse(pageText))

// HTML is the report as one page that needs nothing else.
func (r *Report) HTML() ([]byte, error) {
	var b bytes.Buffer
	if err := page.Execute(&b, r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
