package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/gallery"
)

const newHelp = `New writes a rule from the gallery of templates: the rule, its cases for "ferrule test",
and a .json file with its place in the pipeline. It never overwrites a file.

The .json file is as the deploy CLI has it. A folder whose rules have .json files without
"script" (as the deploy extensions have them) gets one like theirs, and a folder of rules
that have none gets none: they run in the order of their names.

--list lists the templates, --list NAME describes one. On a terminal, new without a NAME
lists them, too, lets one pick and asks for the values to fill in; --set gives them without
questions. What is not filled in stays as it is, such as CLIENT_ID_OF_THE_SHOP.

Exit status: 0 written or listed, 2 the command is wrong or a file is there already.`

// newFlags are the flags of new.
type newFlags struct {
	list         bool
	category, to string
	set          map[string]string
}

func (c *command) newVerb() *cobra.Command {
	f := &newFlags{}
	verb := &cobra.Command{
		Use:   "new [flags] NAME",
		Short: "Write a rule from a template, with its cases",
		Long:  newHelp,
		Example: `  ferrule new --list --category "access control"
  ferrule new --list deny-unverified-email
  ferrule new deny-unverified-email --to rules`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("one template at a time")
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, t := range gallery.All() {
				if len(args) == 0 {
					names = append(names, t.Name+"\t"+t.Title)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case f.category != "" && !slices.Contains(gallery.Categories, f.category):
				return usage("--category is one of %s, not %q", strings.Join(gallery.Categories, ", "), f.category)
			case f.list && len(args) == 0, f.category != "" && len(args) == 0:
				c.listTemplates(gallery.In(f.category))
				return nil
			case len(args) == 0 && c.asks():
				t, err := c.pick(f, bufio.NewReader(c.stdin))
				if err != nil {
					return err
				}
				return c.writeTemplate(t.Fill(f.set), f.to)
			case len(args) == 0:
				return usage("the name of a template is missing: ferrule new --list has them")
			}
			t := gallery.Named(args[0])
			switch {
			case t == nil:
				return usage("there is no template %q: ferrule new --list has them", args[0])
			case f.list:
				c.describeTemplate(t)
				return nil
			}
			for name, value := range f.set {
				if err := fillable(t, name, value); err != nil {
					return err
				}
			}
			return c.writeTemplate(t.Fill(f.set), f.to)
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.BoolVarP(&f.list, "list", "l", false, "list the templates, or describe the one named")
	flags.StringVar(&f.category, "category", "", "list those of `CATEGORY` only")
	flags.StringVar(&f.to, "to", ".", "write into `DIR`, which is made if it is not there")
	flags.StringToStringVar(&f.set, "set", nil, "put values into the rule in the place of `BLANK=VALUE`'s blanks")
	must(verb.RegisterFlagCompletionFunc("category", cobra.FixedCompletions(gallery.Categories, cobra.ShellCompDirectiveNoFileComp)))
	must(verb.MarkFlagDirname("to"))
	return verb
}

// asks reports whether there is somebody to ask.
func (c *command) asks() bool {
	file, ok := c.stdin.(interface{ Fd() uintptr })
	return ok && c.out.isTerminal && term.IsTerminal(int(file.Fd()))
}

// plainValue is what can stand in a rule and in its cases without quotes of its own.
var plainValue = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@+-]*$`)

// fillable says why a value cannot be put into a template.
func fillable(t *gallery.Template, name, value string) error {
	switch {
	case !slices.Contains(t.Blanks(), name):
		return usage("%s has no blank %s: it has %s", t.Name, name, cmp.Or(strings.Join(t.Blanks(), ", "), "none"))
	case !plainValue.MatchString(value):
		return usage("%s: a value has letters, digits and . _ @ + - only, not %q", name, value)
	}
	return nil
}

// pick asks for a template and for what to fill in.
func (c *command) pick(f *newFlags, in *bufio.Reader) (*gallery.Template, error) {
	c.listTemplates(gallery.All())
	var t *gallery.Template
	for t == nil {
		name, err := c.ask(in, "Template: ")
		if err != nil {
			return nil, err
		}
		if t = gallery.Named(name); t == nil {
			fmt.Fprintf(c.out, "There is no template %q.\n", name)
		}
	}
	c.describeTemplate(t)
	fmt.Fprintln(c.out)
	values := map[string]string{}
	for _, name := range t.Blanks() {
		for {
			value, err := c.ask(in, name+" (nothing leaves it): ")
			if err != nil {
				return nil, err
			}
			if value == "" {
				break
			}
			if err := fillable(t, name, value); err != nil {
				c.notef("%v", err)
				continue
			}
			values[name] = value
			break
		}
	}
	f.set = values
	return t, nil
}

// ask prints a question and reads a line.
func (c *command) ask(in *bufio.Reader, question string) (string, error) {
	fmt.Fprint(c.out, c.out.strong(question))
	line, err := in.ReadString('\n')
	if err != nil {
		return "", usage("nothing was picked")
	}
	return strings.TrimSpace(line), nil
}

// listTemplates prints a table of templates.
func (c *command) listTemplates(all []*gallery.Template) {
	table := c.out.newTable("template", "what it does", "categories")
	for _, t := range all {
		table.AppendRow([]any{t.Name, t.Overview, strings.Join(t.Categories, ", ")})
	}
	c.out.printTable(table)
}

// describeTemplate prints what people should know of a template.
func (c *command) describeTemplate(t *gallery.Template) {
	fmt.Fprintf(c.out, "%s (%s)\n\n%s\n\n%s\n", c.out.strong(t.Title), strings.Join(t.Categories, ", "), t.Overview, t.Description)
	if blanks := t.Blanks(); len(blanks) > 0 {
		fmt.Fprintf(c.out, "\nTo fill in: %s\n", strings.Join(blanks, ", "))
	}
	c.settings("Settings:", t.Configuration)
	c.settings("Settings that it can do without:", t.Optional)
	for _, list := range []struct {
		title  string
		values []string
	}{{"Requires:", t.Modules}, {"Calls:", t.Calls}} {
		if len(list.values) > 0 {
			fmt.Fprintf(c.out, "\n%s %s\n", list.title, strings.Join(list.values, ", "))
		}
	}
}

// settings prints settings, a line each.
func (c *command) settings(title string, all []gallery.Setting) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(c.out, "\n%s\n", title)
	for _, s := range all {
		fmt.Fprintf(c.out, "  %s  %s, such as %s\n", c.out.strong(s.Name), s.About, s.Example)
	}
}

// writeTemplate writes the files of a template, all or none.
func (c *command) writeTemplate(t *gallery.Template, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err // names the folder
	}
	files := []struct{ name, text string }{{t.Name + ".js", t.Script()}, {t.Name + ".test.yaml", t.Cases}}
	metadata, err := placeOfNew(dir, t)
	if err != nil {
		return err
	}
	if metadata != "" {
		files = append(files, struct{ name, text string }{t.Name + ".json", metadata})
	}
	for i, file := range files {
		name := filepath.Join(dir, file.name)
		err := writeNew(name, file.text)
		if err == nil {
			continue
		}
		for _, written := range files[:i] {
			_ = os.Remove(filepath.Join(dir, written.name))
		}
		if errors.Is(err, fs.ErrExist) {
			return diag.List{diag.ForPath(diag.FileUnreadable, name, "the file is there already, and nothing is overwritten")}
		}
		return err // names the file
	}
	for _, file := range files {
		fmt.Fprintf(c.out, "wrote %s\n", oneLine(filepath.Join(dir, file.name)))
	}
	c.settings("It needs these settings (--configuration):", t.Configuration)
	c.settings("It can do without these settings:", t.Optional)
	fmt.Fprintf(c.out, "\nTry it: ferrule test %s\n", oneLine(filepath.Join(dir, t.Name+".test.yaml")))
	return nil
}

// writeNew writes a file that is not there yet.
func writeNew(name, text string) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(name)
	}
	return err
}

// placeOfNew makes the metadata of a new rule in dir, behind those that are there; "" in a folder
// whose rules have none.
func placeOfNew(dir string, t *gallery.Template) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	last, scripts, described, named := 0, false, false, false
	for _, entry := range entries {
		switch filepath.Ext(entry.Name()) {
		case ".js", ".ts":
			scripts = true
		case ".json":
			var found struct {
				Order  int
				Script string
			}
			data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
			if err != nil || json.Unmarshal(data, &found) != nil {
				continue // folder reads it strictly when the rules run
			}
			described, named = true, named || found.Script != ""
			last = max(last, found.Order)
		}
	}
	switch {
	case scripts && !described:
		return "", nil
	case described && !named:
		return fmt.Sprintf("{\n  \"enabled\": true,\n  \"order\": %d\n}\n", last+1), nil
	}
	return fmt.Sprintf("{\n  \"enabled\": true,\n  \"script\": \"./%[1]s.js\",\n  \"name\": %[1]q,\n  \"order\": %d,\n  \"stage\": \"login_success\"\n}\n", t.Name, last+1), nil
}
