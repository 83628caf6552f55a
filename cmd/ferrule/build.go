package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/runtime/load"
)

const buildHelp = `Build compiles the rules at PATH and writes them as one file, which every other verb
takes as its PATH, and which a Go program can embed and run without the compiler. The
same rules and flags give the same bytes.

Values of the configuration that compiled rules use stand in the file: treat it as what
they are. Whoever runs the file gives the configuration again; a rule whose values differ
then runs as JavaScript. With --keep all the whole configuration is in the file, with
--keep none nothing of it, and rules that use it run as JavaScript.

Exit status: 0 written, 2 the command or a rule is wrong; then no file is written.`

type buildFlags struct {
	folder                       folderFlags
	packages                     packageFlags
	output, configuration        string
	engine, keep, tenant, domain string
}

func (c *command) buildVerb() *cobra.Command {
	f := &buildFlags{}
	verb := &cobra.Command{
		Use:   "build [flags] PATH -o FILE",
		Short: "Compile the rules into one file",
		Long:  buildHelp,
		Example: `  ferrule build rules/ -o pipeline.ferrule
  ferrule run pipeline.ferrule`,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.build(f, args[0])
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.output, "output", "o", "", "write the file `FILE`, - is standard output")
	flags.StringVar(&f.engine, "engine", "auto", "what the file is for: auto, expr or cel (no JavaScript at all), js")
	flags.StringVar(&f.configuration, "configuration", "", "configuration values: a JSON object of texts in `FILE`")
	flags.StringVar(&f.keep, "keep", "used", "what of the configuration is in the file: used, all or none")
	flags.StringVar(&f.tenant, "tenant", "", "whose rules these are")
	flags.StringVar(&f.domain, "domain", "", "auth0.domain in rules; TENANT.localhost unless set")
	f.packages.register(verb)
	f.folder.register(verb)
	must(verb.MarkFlagFilename("configuration", "json"))
	must(verb.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions([]string{"auto", "expr", "cel", "js"}, cobra.ShellCompDirectiveNoFileComp)))
	must(verb.RegisterFlagCompletionFunc("keep", cobra.FixedCompletions([]string{"used", "all", "none"}, cobra.ShellCompDirectiveNoFileComp)))
	return verb
}

var keeps = map[string]ferrule.Keep{"used": ferrule.KeepUsed, "all": ferrule.KeepAll, "none": ferrule.KeepNone}

// build is `ferrule build`.
func (c *command) build(f *buildFlags, name string) error {
	keep, ok := keeps[f.keep]
	switch {
	case f.output == "":
		return usage("ferrule build needs -o FILE")
	case !ok:
		return usage("--keep is used, all or none, not %q", f.keep)
	case !slices.Contains([]string{"auto", "expr", "cel", "js"}, f.engine):
		return usage("--engine is auto, expr, cel or js, not %q", f.engine)
	}
	fsys, root, prefix := place(name)
	options := &ferrule.Options{Engine: ferrule.Engine(f.engine), Tenant: f.tenant, Domain: f.domain, Modules: f.packages.options(prefix)}
	var err error
	if options.Folder, err = f.folder.options(c, prefix); err != nil {
		return err
	}
	if options.Configuration, err = c.configurationFile(f.configuration); err != nil {
		return err
	}
	var file bytes.Buffer
	warnings, err := ferrule.Build(&file, fsys, root, options, keep)
	if err != nil {
		return err
	}
	printAll(c.err, diag.List(warnings))
	if f.output == "-" {
		_, err = c.out.Write(file.Bytes())
		return err
	}
	if err := writeWhole(f.output, file.Bytes()); err != nil {
		return fmt.Errorf("cannot write %s: %w", f.output, err)
	}
	loaded, err := load.Read(bytes.NewReader(file.Bytes()))
	if err != nil {
		return err
	}
	return c.builtSummary(f, loaded, file.Len())
}

// writeWhole writes a file so that nobody ever sees a part of it.
func writeWhole(name string, data []byte) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temporary.Name()) // the error that counts is there already
		}
	}()
	if _, err = temporary.Write(data); err != nil {
		return errors.Join(err, temporary.Close())
	}
	if err = temporary.Close(); err != nil {
		return err
	}
	if err = os.Chmod(temporary.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// builtSummary says what was written.
func (c *command) builtSummary(f *buildFlags, loaded *load.Loaded, size int) error {
	count := map[string]int{}
	var settings []string
	for _, rule := range loaded.Rules() {
		switch {
		case rule.Engine == "js":
			count["as JavaScript"]++
		case len(rule.Exits) > 0:
			count["compiled in part"]++
		default:
			count["compiled wholly"]++
		}
		settings = append(settings, rule.Settings...)
	}
	var parts []string
	for _, kind := range []string{"compiled wholly", "compiled in part", "as JavaScript"} {
		if count[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[kind], kind))
		}
	}
	text := plural(len(loaded.Rules()), "rule")
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if n := len(loaded.Packages()); n > 0 {
		text += "; " + plural(n, "package")
	}
	fmt.Fprintf(c.out, "%s: %d bytes, %s\n", oneLine(f.output), size, text)
	slices.Sort(settings)
	if settings = slices.Compact(settings); f.keep == "used" && len(settings) > 0 {
		c.notef("the file holds the configuration values of %s (see --keep)", strings.Join(settings, ", "))
	}
	return nil
}
