package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

const checkHelp = `Check reads the rules at PATH as run does and prints everything that is wrong with
them: what cannot be read, what is no rule, names and orders that clash, keywords
without a value. Nothing is run.

With --json each finding is one JSON object a line, and nothing else is printed:

  {"file":"rules/a.js","line":3,"column":5,"end_line":3,"end_column":9,"severity":"error","code":"syntax-error","message":"…","notes":["…"],"snippet":"…"}

Exit status: 0 no errors (warnings are none), 2 errors.`

func (c *command) checkVerb() *cobra.Command {
	f, packages := &folderFlags{}, &packageFlags{}
	asJSON := false
	verb := &cobra.Command{
		Use:               "check [flags] PATH",
		Short:             "Print everything that is wrong with the rules",
		Long:              checkHelp,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.check(f, packages, args[0], asJSON)
		},
	}
	verb.Flags().SortFlags = false
	verb.Flags().BoolVar(&asJSON, "json", false, "print each finding as one JSON object a line")
	packages.register(verb)
	f.register(verb)
	return verb
}

// check is `ferrule check`.
func (c *command) check(f *folderFlags, packages *packageFlags, name string, asJSON bool) error {
	if loaded, err := builtFile(name); err != nil {
		return err
	} else if loaded != nil {
		return c.checkBuilt(loaded, asJSON)
	}
	fsys, root, prefix := place(name)
	options, err := f.options(c, prefix)
	if err != nil {
		return err
	}
	read, list := folder.Read(fsys, root, options)
	_, found := compiler.Compile(read.Rules, compiler.Options{Configuration: read.Configuration, Modules: packages.options(prefix)})
	list = append(list, found...).Sort()
	if asJSON {
		err = c.printJSON(list)
	} else {
		printAll(c.out, list)
		c.ruleTable(read, prefix)
		c.verdictLine(read, list)
	}
	if err == nil && list.HasErrors() {
		err = errWrong
	}
	return err
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
	if len(parts) == 0 {
		parts = append(parts, t.good("no problems"))
	}
	rules := plural(len(read.Rules), "rule")
	if running != len(read.Rules) {
		rules += fmt.Sprintf(", of which %d run", running)
	}
	fmt.Fprintf(t, "%s: %s\n", rules, strings.Join(parts, ", "))
}
