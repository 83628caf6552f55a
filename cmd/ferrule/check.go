package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/lint"
)

const checkHelp = `Check reads the rules at PATH as run does and prints everything that is wrong with
them: what cannot be read, what is no rule, names and orders that clash, keywords
without a value; and mistakes that compile: paths that never call back, checks that can
be got round, secrets in the source (docs/lint.md lists these checks). Nothing is run.

  // ferrule-ignore L10 only test tenants log this

silences a check on its line and on the next line of code.

With --json each finding is one JSON object a line, and nothing else is printed:

  {"file":"rules/a.js","line":3,"column":5,"end_line":3,"end_column":9,"severity":"error","code":"syntax-error","message":"…","notes":["…"],"snippet":"…"}

--fix makes changes that cannot change what a rule does where it is right, such as the
missing new in front of UnauthorizedError, in the rules' files.

--sarif writes the findings to a file, too, in the form that code scanners read.

--report DIR answers what becomes of a tenant's rules here: for each whether it runs as it
is, needs a package or a setting, or will not run and why, how much of it is compiled, and
which clients, connections, hosts, claims, profile fields and configuration keys it touches.
It prints a table and writes report.json and report.html to DIR. See docs/report.md.

Exit status: 0 no errors (warnings are none), 1 only the checks of mistakes found errors,
2 the rules cannot be loaded. With --report it is 0 when the report is written.`

func (c *command) checkVerb() *cobra.Command {
	f, packages := &folderFlags{}, &packageFlags{}
	form := &checkForm{}
	verb := &cobra.Command{
		Use:               "check [flags] PATH",
		Short:             "Print everything that is wrong with the rules",
		Long:              checkHelp,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.check(f, packages, args[0], form)
		},
	}
	verb.Flags().SortFlags = false
	verb.Flags().BoolVar(&form.json, "json", false, "print each finding as one JSON object a line")
	verb.Flags().StringVar(&form.sarif, "sarif", "", "write the findings as SARIF to this `file`, too")
	verb.Flags().BoolVar(&form.fix, "fix", false, "make the changes that are safe in the rules' files, then check")
	verb.Flags().StringVar(&form.report, "report", "", "write what becomes of each rule here to report.json and report.html in `DIR`, and print that instead")
	verb.Flags().BoolVar(&form.noLint, "no-lint", false, "leave out the checks of mistakes that compile (L01, …)")
	packages.register(verb)
	f.register(verb)
	return verb
}

// checkForm says what is looked for and how it is told.
type checkForm struct {
	json, noLint, fix bool
	sarif, report     string
}

// errMistakes is the answer of check when rules load that the checks found errors in. The
// verb has said so already.
var errMistakes = errors.New("the rules have mistakes")

// check is `ferrule check`.
func (c *command) check(f *folderFlags, packages *packageFlags, name string, form *checkForm) error {
	if loaded, err := builtFile(name); err != nil {
		return err
	} else if loaded != nil && form.report != "" {
		return usage("--report needs the rules themselves: %s is a built pipeline", name)
	} else if loaded != nil {
		return c.checkBuilt(loaded, form.json)
	}
	fsys, root, prefix := place(name)
	options, err := f.options(c, prefix)
	if err != nil {
		return err
	}
	read, list := folder.Read(fsys, root, options)
	if form.fix {
		fixed, err := c.fix(read.Rules)
		if err != nil {
			return err
		}
		if fixed {
			read, list = folder.Read(fsys, root, options)
		}
	}
	if form.report != "" {
		if len(read.Rules) == 0 && list.HasErrors() {
			return list
		}
		return c.compatibility(read, list, packages.options(prefix), name, prefix, form)
	}
	_, found := compiler.Compile(read.Rules, compiler.Options{Configuration: read.Configuration, Modules: packages.options(prefix)})
	list = append(list, found...)
	loads := !list.HasErrors()
	if !form.noLint {
		list = append(list, besides(list, lint.Folder(read.Rules))...)
	}
	list = list.Sort()
	if form.sarif != "" {
		if err := writeSARIF(form.sarif, list); err != nil {
			return err
		}
	}
	if form.json {
		err = c.printJSON(list)
	} else {
		printAll(c.out, list)
		c.ruleTable(read, prefix)
		c.verdictLine(read, list)
	}
	switch {
	case err != nil:
		return err
	case !loads:
		return errWrong
	case list.HasErrors():
		return errMistakes
	}
	return nil
}

// besides are the findings of lint that the compiler has not made already: of variables that
// stand for modules it knows more.
func besides(compiled, found diag.List) diag.List {
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return d.Code == lint.ImplicitModule && slices.ContainsFunc(compiled, func(c diag.Diagnostic) bool {
			return c.Span == d.Span && c.Name() == d.Name() && (c.Code == diag.ImplicitModule || c.Code == diag.MissingModule)
		})
	})
}

// fix makes the safe changes in the files of rules. A rule that stands inside of another file,
// or whose keywords are replaced, is left alone.
func (c *command) fix(rules []*folder.Rule) (fixed bool, err error) {
	for _, rule := range rules {
		if rule.File == nil || rule.File.Text != rule.Original.Text {
			continue
		}
		text, n := lint.Fix(rule.File)
		info, err := os.Stat(rule.Original.Name)
		if n == 0 || err != nil {
			continue
		}
		if there, err := os.ReadFile(rule.Original.Name); err != nil || string(there) != rule.Original.Text {
			continue
		}
		if err := os.WriteFile(rule.Original.Name, []byte(text), info.Mode()); err != nil {
			return fixed, err
		}
		c.notef("%s: %s made", rule.Original.Name, plural(n, "change"))
		fixed = true
	}
	return fixed, nil
}

func writeSARIF(name string, list diag.List) error {
	var b bytes.Buffer
	if err := lint.SARIF(&b, list); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// printJSON writes the findings. Unlike encoding/json's default it leaves <, > and &
// as they are, which are frequent in rules.
func (c *command) printJSON(list diag.List) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, d := range list {
		if err := encoder.Encode(d); err != nil {
			return err
		}
	}
	_, err := c.out.Write(b.Bytes())
	return err
}

// ruleTable lists the rules in the order in which they run.
func (c *command) ruleTable(read *folder.Folder, prefix string) {
	if len(read.Rules) == 0 {
		return
	}
	t := c.out
	table := t.newTable("", "rule", "order", "file")
	number := 0
	for _, rule := range read.Rules {
		order := ""
		if rule.HasOrder {
			order = strconv.FormatFloat(rule.Order, 'f', -1, 64)
		}
		file := path.Join(prefix, rule.Path)
		if rule.Runs() {
			number++
			table.AppendRow([]any{number, oneLine(rule.Name), order, oneLine(file)})
			continue
		}
		table.AppendRow([]any{"", t.faint(oneLine(rule.Name)), t.faint(order), t.faint(oneLine(file) + " (" + whyNot(rule) + ")")})
	}
	t.printTable(table)
}

// whyNot says why a rule does not run.
func whyNot(rule *folder.Rule) string {
	switch {
	case rule.Excluded:
		return "excluded"
	case !rule.Enabled:
		return "disabled"
	case rule.Stage != folder.StageLoginSuccess:
		return "stage " + oneLine(rule.Stage)
	}
	return "unreadable"
}

// verdictLine sums up.
func (c *command) verdictLine(read *folder.Folder, list diag.List) {
	t := c.out
	running := 0
	for _, rule := range read.Rules {
		if rule.Runs() {
			running++
		}
	}
	var parts []string
	if n := list.Count(diag.Error); n > 0 {
		parts = append(parts, t.bad(plural(n, "error")))
	}
	if n := list.Count(diag.Warning); n > 0 {
		parts = append(parts, t.warn(plural(n, "warning")))
	}
	if n := list.Count(diag.Note); n > 0 {
		parts = append(parts, plural(n, "note"))
	}
	if len(parts) == 0 {
		parts = append(parts, t.good("no problems"))
	}
	rules := plural(len(read.Rules), "rule")
	if running != len(read.Rules) {
		rules += fmt.Sprintf(", of which %d run", running)
	}
	fmt.Fprintf(t, "%s: %s\n", rules, strings.Join(parts, ", "))
}
