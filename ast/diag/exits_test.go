package diag_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

const pagesFolder = "../../docs/exits"

// exitExample is the example of a code: a rule before the advice and after it.
type exitExample struct{ about, before, after, shown string }

func readExample(t *testing.T, code diag.Code) exitExample {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("../..", casesOf, string(code)+".txtar"))
	require.NoError(t, err, "every exit has an example")
	e := exitExample{about: strings.TrimSpace(strings.TrimPrefix(string(archive.Comment), "#"))}
	for _, f := range archive.Files {
		switch f.Name {
		case "before.js":
			e.before = string(f.Data)
		case "after.js":
			e.after = string(f.Data)
		case "want/diag":
			e.shown = string(f.Data)
		}
	}
	require.NotEmpty(t, e.before, "an example has a before.js")
	return e
}

// page is the document of one exit.
func page(row diag.Row, text diag.ExitText, e exitExample) string {
	var b strings.Builder
	blank := regexp.MustCompile(`\{\}`)
	say := func(s string) string { return sentence(blank.ReplaceAllString(s, "…")) }
	when := "Known when the rule is compiled."
	if row.Stage == "run" {
		when = "Known only while the rule runs: it depends on the values of the login."
	}
	fmt.Fprintf(&b, "# %s\n\n%s %s\n\n%s\n\n", row.Code, sentence(row.Summary), when, text.Means)
	b.WriteString("## What to change\n\n")
	if text.Advice != "" {
		b.WriteString(say(text.Advice) + "\n")
	}
	if text.NoAdvice != "" {
		if text.Advice != "" {
			b.WriteByte('\n')
		}
		b.WriteString(text.NoAdvice + "\n")
	}
	fmt.Fprintf(&b, "\n## Example\n\n%s\n\n```js\n%s```\n", e.about, e.before)
	if e.after != "" {
		fmt.Fprintf(&b, "\nWithout the exit:\n\n```js\n%s```\n", e.after)
	} else {
		b.WriteString("\nThere is no other way to write it that needs no JavaScript.\n")
	}
	b.WriteString("\n## How to see it\n\n")
	if row.Stage == "run" {
		b.WriteString("`ferrule explain PATH` lists under \"JavaScript takes over when\" the values at which a rule leaves;\n`ferrule run` names this code and the place for a login that left.\n")
	} else {
		b.WriteString("`ferrule explain PATH` shows each place where a rule leaves, with the reason and the advice.\n")
	}
	if e.shown != "" {
		fmt.Fprintf(&b, "\n```\n%s```\n", e.shown)
	}
	fmt.Fprintf(&b, "\nAll codes: [diagnostics](../diagnostics.md). This page is written by `go test ./ast/diag -update` from ast/diag/exits.go and\n[testdata/diag/%s.txtar](../../testdata/diag/%s.txtar).\n", row.Code, row.Code)
	return b.String()
}

// sentence makes a sentence of a message.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// TestExitPages holds docs/exits against the texts and the examples.
func TestExitPages(t *testing.T) {
	var want []string
	for _, row := range diag.Table() {
		if row.Severity != diag.Exit {
			continue
		}
		want = append(want, string(row.Code)+".md")
		t.Run(string(row.Code), func(t *testing.T) {
			text, ok := diag.LookupExit(row.Code)
			require.True(t, ok, "no texts in exits.go")
			assert.NotEmpty(t, text.Why)
			assert.NotEmpty(t, text.Means)
			assert.True(t, text.Advice != "" || text.NoAdvice != "", "say what to change, or why nothing helps")
			e := readExample(t, row.Code)
			assert.NotEmpty(t, e.about)
			if text.Advice != "" {
				assert.NotEmpty(t, e.after, "advice has an example")
			}
			if text.Advice == "" && len(text.Variants) == 0 {
				assert.Empty(t, e.after, "without advice there is nothing to show")
			}
			content, path := page(row, text, e), filepath.Join(pagesFolder, string(row.Code)+".md")
			if *update {
				require.NoError(t, os.MkdirAll(pagesFolder, 0o755))
				require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
			}
			got, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, content, string(got), "stale: run go test ./ast/diag -update")
		})
	}
	entries, err := os.ReadDir(pagesFolder)
	require.NoError(t, err)
	var there []string
	for _, entry := range entries {
		there = append(there, entry.Name())
	}
	assert.ElementsMatch(t, want, there, "a page for each exit and none besides")
}

// TestExitTexts: the texts stand in the table's order, each once.
func TestExitTexts(t *testing.T) {
	var codes, texts []diag.Code
	for _, row := range diag.Table() {
		if row.Severity == diag.Exit {
			codes = append(codes, row.Code)
		}
	}
	for _, text := range diag.ExitTexts() {
		texts = append(texts, text.Code)
	}
	assert.Equal(t, codes, texts)
	_, ok := diag.LookupExit(diag.SyntaxError)
	assert.False(t, ok)
}

func TestReasonAndAdvice(t *testing.T) {
	for _, c := range []struct {
		code                 diag.Code
		note, reason, advice string
	}{
		{diag.UnknownName, "namespace", "nothing declares namespace", "declare namespace in the rule, or correct its spelling: const namespace = …"},
		{diag.UnknownName, "", "a name that the rule does not declare and JavaScript does not have", "declare it in the rule, or correct its spelling: const it = …"},
		{diag.GlobalState, "count", "count outlives the rule", "declare count in the rule: let count"},
		{diag.LocaleDependent, "user.name.toLocaleLowerCase('tr')", "user.name.toLocaleLowerCase('tr') depends on a language or a calendar", "write user.name.toLowerCase()"},
		{diag.Throws, "throw new Error('no');", "JavaScript throws here: throw new Error('no');", "hand the error to the callback instead of throwing it: return callback(new Error('no'))"},
		{diag.NeedsModule, "request", "the rule uses the module request", ""},
		{diag.NeedsModule, "lodash.get", "the rule uses the module lodash.get", "use the methods that arrays and objects have built in instead of lodash: includes, find, filter, map, some, Object.keys; ?. instead of get"},
		{diag.GlobalState, "global", "global outlives the rule", "use a variable of the rule, or a property of user or context, instead of global"},
		{diag.DynamicCode, "with", "with makes code of a text", "write the object in front of each of its properties instead of with"},
	} {
		text, ok := diag.LookupExit(c.code)
		require.True(t, ok)
		assert.Equal(t, c.reason, text.Reason(c.note))
		assert.Equal(t, c.advice, text.AdviceFor(c.note))
	}
}
