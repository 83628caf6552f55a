package lint

import (
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// ignoreComment is a comment that silences checks: codes with commas or blanks between,
// then why.
var ignoreComment = regexp.MustCompile(`(?:/[/*]|^\s*\*)\s*ferrule-ignore\s+(L\d+(?:[\s,]+L\d+)*)\b[ \t:,–-]*(.*)$`)

// ignored takes away what comments silence: on the comment's own line and on the next
// line that has code. A comment without a reason silences, too, and is a finding itself.
func ignored(file *source.File, found diag.List) diag.List {
	if !strings.Contains(file.Text, "ferrule-ignore") {
		return found
	}
	silent := map[int]map[diag.Code]bool{}
	var bare diag.List
	for line := 1; line <= file.LineCount(); line++ {
		text := file.Line(line)
		m := ignoreComment.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		codes := strings.FieldsFunc(text[m[2]:m[3]], func(c rune) bool { return c == ' ' || c == ',' || c == '\t' })
		for _, at := range []int{line, nextCode(file, line)} {
			if silent[at] == nil {
				silent[at] = map[diag.Code]bool{}
			}
			for _, code := range codes {
				silent[at][diag.Code(code)] = true
			}
		}
		if reason := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[m[4]:m[5]]), "*/")); reason == "" {
			start := file.At(line, m[2]+1)
			row, _ := Lookup(BareIgnore)
			bare = append(bare, diag.Diagnostic{
				Code: BareIgnore, Severity: row.Severity, File: file, Span: file.Span(start.Offset, start.Offset+m[3]-m[2]),
				Message: "ferrule-ignore gives no reason",
				Notes:   []string{"say why the finding does not count here: // ferrule-ignore " + codes[0] + " the reason"},
			})
		}
	}
	var left diag.List
	for _, d := range found {
		if !silent[d.Span.Start.Line][d.Code] {
			left = append(left, d)
		}
	}
	return append(left, bare...)
}

// nextCode is the line of the first code behind a comment's line: blank lines and further
// comments are passed over.
func nextCode(file *source.File, line int) int {
	for line++; line <= file.LineCount(); line++ {
		text := strings.TrimSpace(file.Line(line))
		if text != "" && !strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "*") && !strings.HasPrefix(text, "/*") {
			break
		}
	}
	return line
}
