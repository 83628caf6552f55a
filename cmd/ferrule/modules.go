package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/compiler/modules"
)

const modulesHelp = `Modules lists what the rules at PATH require: Node's core modules, packages that are
installed beside the rules, and packages that are missing. A package is looked up as Node
does, in node_modules of the rules' folder and of each folder above it. A name with a
version, require('axios@0.21.1'), asks for that very version: in node_modules/axios-0.21.1,
or in node_modules/axios where that is of this version. Variables that old runtimes had
without a require (_, jwt, request, …) are listed as what stands behind them.

With --write what is missing is added to the package.json in the rules' folder, so that
npm install there installs it: a version that a rule pins as an alias, so that several
versions of a package live side by side; a name without a version in the one that the
platform is documented to have had, or "*" where none is known. Entries that are there
already are kept.

With --json each use is one JSON object a line, and nothing else is printed:

  {"rule":"gate","file":"rules/gate.js","line":2,"column":15,"require":"axios@0.21.1","name":"axios","kind":"missing"}

Exit status: 0 nothing is missing, or --write wrote it down; 2 something is missing, or the
command or a rule is wrong.`

type modulesFlags struct {
	folder      folderFlags
	write, json bool
	noImplicit  bool
}

func (c *command) modulesVerb() *cobra.Command {
	f := &modulesFlags{}
	verb := &cobra.Command{
		Use:   "modules [flags] PATH",
		Short: "List the modules that the rules require, and what is missing",
		Long:  modulesHelp,
		Example: `  ferrule modules rules/
  ferrule modules --write rules/ && (cd rules && npm install)`,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.modules(f, args[0])
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.BoolVar(&f.write, "write", false, "add what is missing to the package.json beside the rules")
	flags.BoolVar(&f.json, "json", false, "print each use as one JSON object a line")
	flags.BoolVar(&f.noImplicit, "no-implicit-modules", false, "leave out the variables that old runtimes had without a require")
	f.folder.register(verb)
	return verb
}

// moduleUse is a line of the list.
type moduleUse struct {
	Rule     string       `json:"rule"`
	File     string       `json:"file"`
	Line     int          `json:"line"`
	Column   int          `json:"column"`
	Require  string       `json:"require,omitempty"`
	Variable string       `json:"variable,omitempty"` // of an old runtime, read without a require
	Name     string       `json:"name,omitempty"`
	Version  string       `json:"version,omitempty"`
	Kind     modules.Kind `json:"kind"`
	Where    string       `json:"where,omitempty"`

	specifier modules.Specifier
}

// computed is the kind of a require whose name cannot be told from the rule's text.
const computed modules.Kind = "computed"

// absent is the kind of a core module that Node has and Ferrule has not.
const absent modules.Kind = "absent"

// modules is `ferrule modules`.
func (c *command) modules(f *modulesFlags, name string) error {
	fsys, root, prefix := place(name)
	options, err := f.folder.options(c, prefix)
	if err != nil {
		return err
	}
	read, list := folder.Read(fsys, root, options)
	uses, found := usesOf(read, prefix, f.noImplicit)
	if list = append(list, found...).Sort(); list.HasErrors() {
		return list
	}
	if f.json {
		err = c.usesJSON(uses)
	} else {
		c.usesTable(uses, name)
	}
	if err != nil {
		return err
	}
	missing := 0
	for _, use := range uses {
		if use.Kind == modules.Missing {
			missing++
		}
		if use.Kind == modules.Refused || use.Kind == absent {
			err = errWrong
		}
	}
	switch {
	case missing == 0:
		return err
	case f.write:
		return errors.Join(err, c.writeManifest(uses, prefix))
	case !f.json:
		c.notef("%s; this installs it: ferrule modules --write %s && npm install --prefix %s", missingWords(missing), name, prefix)
	}
	return errWrong
}

func missingWords(n int) string {
	if n == 1 {
		return "1 module is missing"
	}
	return fmt.Sprintf("%d modules are missing", n)
}

// usesOf finds and resolves what the rules that run ask for.
func usesOf(read *folder.Folder, prefix string, noImplicit bool) (uses []moduleUse, list diag.List) {
	for _, rule := range read.Rules {
		if !rule.Runs() {
			continue
		}
		script, problems := parse.Rule(rule.File, parse.Options{})
		if problems.HasErrors() {
			list = append(list, rule.Relocate(problems)...)
			continue
		}
		file := path.Join(prefix, rule.Path)
		resolver := modules.Resolver{Dir: filepath.FromSlash(path.Dir(file))}
		for _, u := range modules.Find(script.Tree) {
			if noImplicit && u.Variable != "" {
				continue
			}
			at := rule.Position(u.At.Start.Offset)
			use := moduleUse{Rule: rule.Name, File: file, Line: at.Line, Column: at.Column, Kind: computed}
			if !u.Computed {
				what := resolver.Find(u)
				use.specifier, use.Variable, use.Name, use.Kind = u.Specifier, u.Variable, u.Specifier.Name, what.Kind
				use.Version, use.Where = what.Version, filepath.ToSlash(what.Dir)
				if use.Kind == modules.Core && !compiler.HasCoreModule(use.Name) {
					use.Kind = absent
				}
				if use.Version == "" {
					use.Version = u.Specifier.Version
				}
				if u.Variable == "" {
					use.Require = u.Specifier.Text
				}
			}
			uses = append(uses, use)
		}
	}
	return uses, list
}

func (c *command) usesJSON(uses []moduleUse) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	for _, use := range uses {
		if err := encoder.Encode(use); err != nil {
			return err
		}
	}
	_, err := c.out.Write(b.Bytes())
	return err
}

func (c *command) usesTable(uses []moduleUse, name string) {
	if len(uses) == 0 {
		fmt.Fprintf(c.out, "The rules of %s require nothing.\n", oneLine(name))
		return
	}
	t := c.out
	table := t.newTable("module", "version", "", "rule", "place")
	for _, use := range uses {
		module := use.Require
		switch {
		case use.Variable != "":
			module = use.Name + ", as the variable " + use.Variable
		case use.Kind == computed:
			module = "(a computed name)"
		}
		kind := string(use.Kind)
		switch use.Kind {
		case modules.Missing:
			kind = t.bad(kind)
		case absent:
			kind = t.bad("not provided")
		case modules.Refused:
			kind = t.bad("refused: a rule cannot require files")
		case computed:
			kind = t.warn("cannot be told")
		}
		table.AppendRow([]any{oneLine(module), oneLine(use.Version), kind, oneLine(use.Rule), fmt.Sprintf("%s:%d:%d", oneLine(use.File), use.Line, use.Column)})
	}
	t.printTable(table)
}

// writeManifest adds what is missing to the package.json in the rules' folder.
func (c *command) writeManifest(uses []moduleUse, prefix string) error {
	name := filepath.Join(filepath.FromSlash(prefix), "package.json")
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	manifest, err := modules.ReadManifest(text)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w", name, err)
	}
	added := 0
	for _, use := range uses {
		if use.Kind == modules.Missing && manifest.Add(use.specifier) {
			added++
		}
	}
	if added > 0 {
		if text, err = manifest.Text(); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o666); err != nil {
			return err
		}
	}
	entries := "entries were"
	if added == 1 {
		entries = "entry was"
	}
	c.notef("%d %s added to %s; this installs the packages: npm install --prefix %s", added, entries, name, prefix)
	return nil
}
