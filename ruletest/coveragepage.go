package ruletest

import (
	"html/template"
	"io"
	"strings"
)

// WriteHTML writes the coverage as one page that needs nothing else.
func (c *Coverage) WriteHTML(w io.Writer) error {
	type line struct {
		Number int
		Text   string
		Class  string
		Cases  string
		Note   string
	}
	type rule struct {
		*RuleCoverage
		Statements, Branches string
		Lines                []line
	}
	var rules []rule
	for _, r := range c.Rules {
		one := rule{RuleCoverage: r, Statements: share(r, false), Branches: share(r, true)}
		hits := r.lines()
		for i, text := range strings.Split(strings.TrimSuffix(r.Source, "\n"), "\n") {
			l := line{Number: i + 1, Text: text}
			n, counted := hits[l.Number]
			missed := r.missedAt(l.Number)
			switch {
			case counted && n == 0:
				l.Class = "missed"
			case len(missed) > 0:
				l.Class, l.Note = "partly", "never: "+strings.Join(missed, ", ")
			case counted:
				l.Class = "hit"
			}
			if counted {
				l.Cases = plainCount(n)
			}
			one.Lines = append(one.Lines, l)
		}
		rules = append(rules, one)
	}
	return coveragePage.Execute(w, rules)
}

var coveragePage = template.Must(template.New("coverage").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Coverage of rules</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse } td, th { padding: .2rem .8rem .2rem 0; text-align: left }
pre { font: 13px/1.45 ui-monospace, monospace; border: 1px solid #ddd; overflow-x: auto; padding: .5rem 0 }
pre span { display: block; padding: 0 .8rem; white-space: pre } pre i { font-style: normal; color: #777 }
.missed { background: #fdd } .partly { background: #fff3c4 } .hit { background: #e9f7e9 } .note { color: #a15c00 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } .missed { background: #5a1f1f } .partly { background: #4d4010 } .hit { background: #1d3a1d } pre { border-color: #444 } .note { color: #ffc46b } a { color: #8bf } }
</style>
<h1>Coverage of rules</h1>
<table><tr><th>rule<th>statements<th>branches</tr>
{{range .}}<tr><td><a href="#{{.Name}}">{{.Name}}</a><td>{{if .Why}}{{.Why}}{{else}}{{.Statements}}<td>{{.Branches}}{{end}}</tr>
{{end}}</table>
{{range .}}{{if not .Why}}<h2 id="{{.Name}}">{{.Name}}</h2>
<pre>{{range .Lines}}<span{{if .Class}} class="{{.Class}}"{{end}}><i>{{printf "%4d %4s " .Number .Cases}}</i>{{.Text}}{{if .Note}} <b class="note">{{.Note}}</b>{{end}}</span>{{end}}</pre>
{{end}}{{end}}</html>
`))
