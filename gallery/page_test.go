package gallery_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/gallery"
	"github.com/ferrule-rules/ferrule/lint"
	"github.com/ferrule-rules/ferrule/runtime"
)

var update = flag.Bool("update", false, "write docs/gallery.md anew")

// TestPage holds docs/gallery.md against the templates.
func TestPage(t *testing.T) {
	const name = "../docs/gallery.md"
	want := page(t)
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(want), 0o666))
	}
	have, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, want, string(have), "go test ./gallery -run TestPage -update writes it anew")
}

const intro = `# The gallery

<!-- Written by go test ./gallery -run TestPage -update -->

%d templates to begin with. ` + "`ferrule new --list` shows them, `ferrule new NAME --to rules` writes one with its cases, and `ferrule test rules`" + `
runs these. Each has cases for its use, for the login that it denies or passes over, for data that is missing and, if it calls a service, for a service that fails;
all of them run on all engines.

Values like CLIENT_ID_OF_THE_SHOP in a template are to be filled in: by hand, with ` + "`--set CLIENT_ID_OF_THE_SHOP=…`, or by `ferrule new`" + ` alone, which asks.

A rule that is compiled *wholly* runs without JavaScript, one that is compiled *in part* up to the place that needs it, and one that is *not* runs in goja.

| compiled | templates |
| --- | --- |
`

// page is docs/gallery.md.
func page(t *testing.T) string {
	var b strings.Builder
	extents := map[string]compiler.ExtentOf{}
	of := map[compiler.ExtentOf]int{}
	for _, template := range gallery.All() {
		extents[template.Name] = extentOf(t, template)
		of[extents[template.Name]]++
	}
	fmt.Fprintf(&b, intro, len(gallery.All()))
	for _, extent := range []compiler.ExtentOf{compiler.Wholly, compiler.InPart, compiler.Not} {
		fmt.Fprintf(&b, "| %s | %d |\n", extent, of[extent])
	}
	done := map[string]bool{}
	for _, category := range gallery.Categories {
		var found []*gallery.Template
		for _, template := range gallery.In(category) {
			if !done[template.Name] {
				found = append(found, template)
			}
			done[template.Name] = true
		}
		if len(found) > 0 {
			fmt.Fprintf(&b, "\n## %s%s\n", strings.ToUpper(category[:1]), category[1:])
		}
		for _, template := range found {
			section(&b, template, extents[template.Name])
		}
	}
	return b.String()
}

func section(b *strings.Builder, template *gallery.Template, extent compiler.ExtentOf) {
	fmt.Fprintf(b, "\n### %s\n\n%s\n\n%s\n\n", template.Name, template.Overview, template.Description)
	fmt.Fprintf(b, "- categories: %s\n- compiled: %s\n", strings.Join(template.Categories, ", "), extent)
	reads, writes := paths(template.Rule)
	list(b, "reads", reads)
	list(b, "writes", writes)
	list(b, "calls", template.Calls)
	list(b, "requires", template.Modules)
	for _, settings := range []struct {
		title string
		all   []gallery.Setting
	}{{"settings", template.Configuration}, {"settings it can do without", template.Optional}} {
		var names []string
		for _, s := range settings.all {
			names = append(names, s.Name)
		}
		list(b, settings.title, names)
	}
}

func list(b *strings.Builder, title string, all []string) {
	if len(all) > 0 {
		fmt.Fprintf(b, "- %s: `%s`\n", title, strings.Join(all, "`, `"))
	}
}

// extentOf is how much of a template is compiled.
func extentOf(t *testing.T, template *gallery.Template) compiler.ExtentOf {
	t.Helper()
	files, err := fs.Sub(gallery.Files(), template.Name)
	require.NoError(t, err)
	read, found := folder.Read(files, "rule.js", folder.Options{})
	require.False(t, found.HasErrors(), found)
	program, found := compiler.Compile(read.Rules, compiler.Options{Domain: runtime.Options{}.DomainName(), Modules: compiler.ModuleOptions{AllowMissing: true}})
	require.False(t, found.HasErrors(), found)
	explained := compiler.Explain(program)
	require.Len(t, explained, 1)
	return explained[0].Compiled
}

// TestLint: a template is without what ferrule check finds, or says why.
func TestLint(t *testing.T) {
	for _, template := range gallery.All() {
		files, err := fs.Sub(gallery.Files(), template.Name)
		require.NoError(t, err)
		read, found := folder.Read(files, "rule.js", folder.Options{})
		require.Empty(t, found)
		for _, d := range lint.Folder(read.Rules) {
			t.Errorf("%s:%d: %s [%s]", template.Name, d.Span.Start.Line, d.Message, d.Code)
		}
	}
}

var (
	comment  = regexp.MustCompile(`(?m)^\s*//.*$|\s// .*$`)
	constant = regexp.MustCompile(`const (\w+) = '(https?://[^']*)'`)
	member   = regexp.MustCompile(`\b(user|context)((?:\??\.[A-Za-z_]\w*)+)?(\[[^\]]*\])?(\(|\s*=[^=>])?`)
	assigned = regexp.MustCompile(`Object\.assign\(((?:user|context)[.\w]*)`)
	stored   = regexp.MustCompile(`auth0\.users\.update(App|User)Metadata\(`)
)

// paths are what the text of a rule reads and writes of user and context. The templates spell these
// out; it is no analysis of any rule.
func paths(rule string) (reads, writes []string) {
	rule = comment.ReplaceAllString(rule, "")
	for _, m := range constant.FindAllStringSubmatch(rule, -1) {
		rule = strings.ReplaceAll(rule, "${"+m[1]+"}", m[2])
	}
	for _, m := range member.FindAllStringSubmatch(rule, -1) {
		path, key, after := m[1]+strings.ReplaceAll(m[2], "?", ""), strings.Trim(m[3], "[]'`"), strings.TrimSpace(m[4])
		if after == "(" && key == "" {
			path = path[:max(strings.LastIndex(path, "."), 0)] // a method of the value
		}
		switch {
		case key == "":
		case strings.Trim(key, "abcdefghijklmnopqrstuvwxyz") == "":
			path += "[…]"
		default:
			path += "[" + key + "]"
		}
		path = strings.TrimSuffix(path, ".length")
		switch {
		case path == "user" || path == "context" || path == "":
		case strings.HasPrefix(after, "="):
			writes = append(writes, path)
		default:
			reads = append(reads, path)
		}
	}
	for _, m := range assigned.FindAllStringSubmatch(rule, -1) {
		writes = append(writes, m[1])
	}
	for _, m := range stored.FindAllStringSubmatch(rule, -1) {
		writes = append(writes, "stored "+strings.ToLower(m[1])+"_metadata")
	}
	reads, writes = unique(reads), unique(writes)
	reads = slices.DeleteFunc(reads, func(path string) bool { return slices.Contains(writes, path) && strings.HasPrefix(path, "context.") })
	return reads, writes
}
