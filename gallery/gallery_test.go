package gallery_test

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/gallery"
	"github.com/ferrule-rules/ferrule/ruletest"
)

// TestCases runs the cases of all templates on all engines.
func TestCases(t *testing.T) {
	var files []*ruletest.File
	for _, template := range gallery.All() {
		file, err := ruletest.Read(gallery.Files(), template.Name+"/"+template.Name+".test.yaml", "gallery")
		if assert.NoError(t, err) {
			assert.GreaterOrEqual(t, len(file.Cases), 4, template.Name)
			files = append(files, file)
		}
	}
	report, err := ruletest.Run(context.Background(), files, ruletest.Options{})
	require.NoError(t, err)
	for _, broken := range report.Broken {
		t.Errorf("%s: %v", broken.File.Name, broken.Err)
	}
	for _, result := range report.Results {
		ran := false
		for _, run := range result.Runs {
			ran = ran || run.Skipped == ""
			for _, m := range append(slices.Clone(run.Mismatches), run.Differences...) {
				t.Errorf("%s: %s: on %s: %s: expected %s, was %s", result.File.Name, result.Case.Name, run.Engine, m.Path, m.Expected, m.Actual)
			}
		}
		assert.True(t, ran, "%s: %s ran nowhere", result.File.Name, result.Case.Name)
	}
}

var (
	setting  = regexp.MustCompile(`configuration\.([A-Za-z_]\w*)`)
	names    = regexp.MustCompile(`const \{([^}]*)\} = configuration`)
	required = regexp.MustCompile(`require\('([^']+)'\)`)
	host     = regexp.MustCompile(`https://([a-z0-9.-]+)`)
)

// TestMetadata holds what template.yaml says against the rule.
func TestMetadata(t *testing.T) {
	for _, template := range gallery.All() {
		t.Run(template.Name, func(t *testing.T) {
			var told []string
			for _, s := range slices.Concat(template.Configuration, template.Optional) {
				told = append(told, s.Name)
			}
			read := first(setting.FindAllStringSubmatch(template.Rule, -1))
			for _, list := range first(names.FindAllStringSubmatch(template.Rule, -1)) {
				for name := range strings.SplitSeq(list, ",") {
					name, _, _ = strings.Cut(name, ":")
					name, _, _ = strings.Cut(name, "=")
					if name = strings.TrimSpace(name); name != "" {
						read = append(read, name)
					}
				}
			}
			assert.ElementsMatch(t, unique(read), unique(told), "the settings")
			assert.ElementsMatch(t, unique(first(required.FindAllStringSubmatch(template.Rule, -1))), unique(template.Modules), "the modules")
			for _, call := range template.Calls {
				if strings.Contains(call, "{") {
					continue
				}
				assert.Contains(t, template.Rule, call, "the hosts")
			}
			if !strings.Contains(template.Rule, "fetch(") {
				assert.Empty(t, template.Calls)
			} else {
				assert.NotEmpty(t, template.Calls)
				for _, called := range first(host.FindAllStringSubmatch(code(template.Rule), -1)) {
					if !strings.Contains(called, "example.com") {
						assert.Contains(t, template.Calls, called)
					}
				}
			}
			assert.True(t, strings.HasSuffix(template.Overview, "."), "the overview is a sentence")
			assert.False(t, strings.HasSuffix(template.Title, "."), "the title is none")
			assert.NotEmpty(t, template.UseCases)
		})
	}
}

// TestUseCases: every use case of the official list has a template, and every template that calls
// a service has a case in which it fails.
func TestUseCases(t *testing.T) {
	shown := map[string]bool{}
	for _, template := range gallery.All() {
		for _, number := range template.UseCases {
			shown[number] = true
		}
		if len(template.Calls) > 0 {
			assert.Regexp(t, `answer: \{error: |answer: [45]\d\d`, template.Cases, template.Name)
		}
	}
	for number := 1; number <= 47; number++ {
		assert.True(t, shown[strconv.Itoa(number)], number)
	}
	for _, part := range []string{"3b", "3c", "5b", "5c", "5d", "5e", "10b", "12b", "41b", "45b", "47b"} {
		assert.True(t, shown[part], part)
	}
}

// code is the part of a rule in which hosts are called: its lines with fetch.
func code(rule string) string {
	var lines []string
	for line := range strings.Lines(rule) {
		if strings.Contains(line, "fetch(") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func first(all [][]string) []string {
	var found []string
	for _, m := range all {
		found = append(found, m[1])
	}
	return found
}

func unique(all []string) []string {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

func TestLists(t *testing.T) {
	assert.Len(t, gallery.In(""), len(gallery.All()))
	denying := gallery.In("access control")
	assert.NotEmpty(t, denying)
	assert.Less(t, len(denying), len(gallery.All()))
	assert.Empty(t, gallery.In("nothing"))
	assert.Nil(t, gallery.Named("nothing"))
	template := gallery.Named("deny-unverified-email")
	require.NotNil(t, template)
	assert.True(t, strings.HasPrefix(template.Script(), "/**\n * @title Only verified e-mail addresses\n * @overview "))
	assert.True(t, strings.HasSuffix(template.Script(), template.Rule))
}

// TestGeneratedCasesReachBranches: the cases that are made of a rule that computes only reach nine of
// ten of its branches.
func TestGeneratedCasesReachBranches(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of logins")
	}
	for _, template := range gallery.All() {
		if len(template.Calls) > 0 {
			continue
		}
		t.Run(template.Name, func(t *testing.T) {
			made, err := ruletest.Generate(t.Context(), gallery.Files(), template.Name+"/rule.js", "gallery", ruletest.Options{})
			require.NoError(t, err)
			assert.GreaterOrEqual(t, made.Coverage.Percent(true), 90.0, "not reached: %s", strings.Join(made.Coverage.Uncovered(), ", "))
		})
	}
}
