package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ruletest"
)

const casesHelp = `Cases writes a first set of cases for a rule, for ferrule test: logins that reach each
statement and branch that it can find a login for, and what the rule makes of them now. They
are made from the rule's own constants and the paths that it reads. Read them before you trust
them: what the rule does is what they expect.

The file is RULE with .test.yaml in the place of .js; one that is there already is left alone
unless --force is given.`

func (c *command) casesVerb() *cobra.Command {
	var (
		packages packageFlags
		output   string
		force    bool
	)
	verb := &cobra.Command{
		Use:   "cases [flags] RULE",
		Short: "Write a first set of cases for a rule",
		Long:  casesHelp,
		Args:  onePath,
		RunE: func(verb *cobra.Command, args []string) error {
			return c.makeCases(verb.Context(), args[0], output, force, packages)
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.StringVarP(&output, "output", "o", "", "write to `FILE`; - is standard output")
	flags.BoolVar(&force, "force", false, "write over a file that is there already")
	packages.register(verb)
	return verb
}

// makeCases is `ferrule cases`.
func (c *command) makeCases(ctx context.Context, rule, output string, force bool, packages packageFlags) error {
	fsys, root, prefix := casePlace(rule)
	if info, err := fs.Stat(fsys, root); err == nil && info.IsDir() {
		return usage("%s is a folder; cases are made for one rule", rule)
	}
	made, err := ruletest.Generate(ctx, fsys, root, prefix, ruletest.Options{Modules: packages.options("")})
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	if output == "-" {
		_, err := c.out.Write([]byte(made.Text))
		return err
	}
	if output == "" {
		output = strings.TrimSuffix(rule, path.Ext(rule)) + ruletest.Suffix
	}
	flag := os.O_CREATE | os.O_WRONLY | os.O_EXCL
	if force {
		flag = os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	}
	file, err := os.OpenFile(output, flag, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage("%s is there already; --force writes over it", output)
	}
	if err != nil {
		return fileError("cases", output, err)
	}
	_, err = file.WriteString(made.Text)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "%s: %s, which reach %.0f %% of the branches and %.0f %% of the statements\n", output, plural(made.Cases, "case"),
		made.Coverage.Percent(true), made.Coverage.Percent(false))
	return nil
}
