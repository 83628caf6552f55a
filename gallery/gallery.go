package gallery

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed */rule.js */template.yaml */*.test.yaml
var files embed.FS

// The names of the files in a template's folder. The cases are in NAME.test.yaml.
const (
	ruleFile     = "rule.js"
	templateFile = "template.yaml"
	caseSuffix   = ".test.yaml"
)

// Categories are those of the official collection that have templates, in its order.
var Categories = []string{
	"access control", "enrich profile", "multifactor", "guardian", "debugging", "saml", "webhook", "token", "marketplace",
}

// Template is a rule to begin with.
type Template struct {
	Name          string    `yaml:"-"`
	Title         string    `yaml:"title"`
	Overview      string    `yaml:"overview"`
	Categories    []string  `yaml:"categories"`
	UseCases      []string  `yaml:"use_cases"`
	Description   string    `yaml:"description"`
	Configuration []Setting `yaml:"configuration"`
	Optional      []Setting `yaml:"optional"`
	Modules       []string  `yaml:"modules"`
	Calls         []string  `yaml:"calls"`

	Rule  string `yaml:"-"` // the script
	Cases string `yaml:"-"` // the text of NAME.test.yaml
}

// Setting is a value of the configuration that a rule reads.
type Setting struct {
	Name    string `yaml:"name"`
	Example string `yaml:"example"` // in the place of the real value
	About   string `yaml:"about"`
}

// Files are the templates as they are embedded: a folder for each.
func Files() fs.FS { return files }

// All are the templates, sorted by name. The caller must not change them.
var All = sync.OnceValue(func() []*Template {
	all, err := read(files)
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return all
})

// Named is the template of a name; nil when there is none.
func Named(name string) *Template {
	i, ok := slices.BinarySearchFunc(All(), name, func(t *Template, name string) int { return strings.Compare(t.Name, name) })
	if !ok {
		return nil
	}
	return All()[i]
}

// In lists the templates of a category; of all for "".
func In(category string) []*Template {
	var found []*Template
	for _, t := range All() {
		if category == "" || slices.Contains(t.Categories, category) {
			found = append(found, t)
		}
	}
	return found
}

// Script is the rule with a header that says what it is.
func (t *Template) Script() string {
	var b strings.Builder
	fmt.Fprintf(&b, "/**\n * @title %s\n * @overview %s\n * @gallery true\n * @category %s\n *\n", t.Title, t.Overview, strings.Join(t.Categories, ", "))
	for line := range strings.Lines(t.Description) {
		b.WriteString(strings.TrimRight(" * "+line, " \n") + "\n")
	}
	b.WriteString(" */\n")
	b.WriteString(t.Rule)
	return b.String()
}

// blank is a value in a rule that everybody has another one for.
var blank = regexp.MustCompile(`\b[A-Z]+(?:_[A-Z0-9]+)*_OF_[A-Z0-9_]+\b`)

// Blanks are the names that stand in the rule in the place of values of the tenant, such as
// CLIENT_ID_OF_THE_SHOP, in their order.
func (t *Template) Blanks() []string {
	var found []string
	for _, name := range blank.FindAllString(t.Rule, -1) {
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// Fill makes a template with values in the place of blanks, in the rule and in its cases.
func (t *Template) Fill(values map[string]string) *Template {
	filled := *t
	replace := func(text string) string {
		return blank.ReplaceAllStringFunc(text, func(name string) string {
			if value, ok := values[name]; ok {
				return value
			}
			return name
		})
	}
	filled.Rule, filled.Cases, filled.Description = replace(t.Rule), replace(t.Cases), replace(t.Description)
	return &filled
}

// read reads all templates of a file system, one folder each.
func read(fsys fs.FS) ([]*Template, error) {
	dirs, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var all []*Template
	for _, dir := range dirs {
		t, err := readOne(fsys, dir.Name())
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", dir.Name(), err)
		}
		all = append(all, t)
	}
	return all, nil
}

func readOne(fsys fs.FS, name string) (*Template, error) {
	var texts [3]string
	for i, file := range []string{templateFile, ruleFile, name + caseSuffix} {
		data, err := fs.ReadFile(fsys, path.Join(name, file))
		if err != nil {
			return nil, err
		}
		texts[i] = string(data)
	}
	t := &Template{Name: name, Rule: texts[1], Cases: texts[2]}
	if err := yaml.Load([]byte(texts[0]), t, yaml.WithKnownFields()); err != nil {
		return nil, fmt.Errorf("%s: %w", templateFile, err)
	}
	t.Description = strings.TrimSpace(t.Description)
	return t, t.check()
}

// check says what a template lacks.
func (t *Template) check() error {
	for _, member := range []struct{ name, value string }{{"title", t.Title}, {"overview", t.Overview}, {"description", t.Description}} {
		if strings.TrimSpace(member.value) == "" {
			return fmt.Errorf("%s: no %s", templateFile, member.name)
		}
	}
	if len(t.Categories) == 0 {
		return fmt.Errorf("%s: no categories", templateFile)
	}
	for _, category := range t.Categories {
		if !slices.Contains(Categories, category) {
			return fmt.Errorf("%s: no category %q: they are %s", templateFile, category, strings.Join(Categories, ", "))
		}
	}
	for _, s := range slices.Concat(t.Configuration, t.Optional) {
		if s.Name == "" || s.Example == "" || s.About == "" {
			return fmt.Errorf("%s: the setting %q needs a name, an example and about", templateFile, s.Name)
		}
	}
	if strings.Contains(t.Description+t.Overview+t.Title, "*/") {
		return fmt.Errorf("%s: */ ends the header", templateFile)
	}
	return nil
}
