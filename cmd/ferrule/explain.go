package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

const explainHelp = `Explain says what was understood of the rules at PATH: how much of each is compiled,
what it does, line by line, in words, and where JavaScript takes over and why. Where a
small change of the rule avoids that, the note under the place says which. Nothing is run.

A rule that is compiled wholly needs JavaScript only for logins whose values have an
unusual shape; the explanation lists them. One that is compiled in part needs it only for
logins that reach one of the places that are listed.

With --json each rule is one JSON object a line, and nothing else is printed:

  {"rule":"gate","file":"rules/gate.js","compiled":"wholly","does":["denies"],
   "program":[{"line":2,"text":"if user.email_verified is not set: deny \"…\""}],
   "exits":[{"file":"rules/gate.js","line":3,"column":5,…,"code":"needs-module",…}],"values":["…"]}

Exit status: 0 explained, 2 the command or a rule is wrong.`

type explainFlags struct {
	folder                     folderFlags
	expr, cel, ir, short, json bool
}

func (c *command) explainVerb() *cobra.Command {
	f := &explainFlags{}
	verb := &cobra.Command{
		Use:   "explain [flags] PATH",
		Short: "Say in words what the rules do, and where they need JavaScript",
		Long:  explainHelp,
		Example: `  ferrule explain rules/deny.js
  ferrule explain --short rules/
  ferrule explain --only deny --cel rules/`,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.explain(f, args[0])
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.BoolVar(&f.short, "short", false, "print the table of the rules only")
	flags.BoolVar(&f.expr, "expr", false, "print the texts that the expr engine runs, too")
	flags.BoolVar(&f.cel, "cel", false, "print the texts in CEL, too")
	flags.BoolVar(&f.ir, "ir", false, "print the program as the compiler has it, too")
	flags.BoolVar(&f.json, "json", false, "print each rule as one JSON object a line")
	f.folder.register(verb)
	return verb
}

// explain is `ferrule explain`.
func (c *command) explain(f *explainFlags, name string) error {
	if loaded, err := builtFile(name); err != nil {
		return err
	} else if loaded != nil {
		return c.explainBuilt(f, loaded)
	}
	fsys, root, prefix := place(name)
	options, err := f.folder.options(c, prefix)
	if err != nil {
		return err
	}
	read, list := folder.Read(fsys, root, options)
	compiled, found := compiler.Compile(read.Rules, compiler.Options{
		Configuration: read.Configuration, Domain: runtime.Options{}.DomainName(),
		Modules: compiler.ModuleOptions{Dir: prefix, AllowMissing: true}, // nothing is run
	})
	if list = append(list, found...).Sort(); list.HasErrors() {
		return list
	}
	rules := compiler.Explain(compiled)
	if f.json {
		return c.explainJSON(f, rules)
	}
	printAll(c.err, list)
	if len(rules) == 0 {
		c.notef("no rule of %s is enabled", name)
		return nil
	}
	if !f.short {
		for _, e := range rules {
			c.explainRule(f, e)
		}
		c.explainTerms(rules)
	}
	if f.short || len(rules) > 1 {
		c.explainTable(rules)
	}
	return nil
}

func (c *command) explainJSON(f *explainFlags, rules []compiler.RuleExplanation) error {
	for _, e := range rules {
		line, err := e.JSON(compiler.TextsOf{Expr: f.expr, CEL: f.cel, IR: f.ir})
		if err != nil {
			return err
		}
		if _, err := c.out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// extent is how much of a rule is compiled, in its colour.
func (t *terminal) extent(e compiler.ExtentOf) string {
	switch e {
	case compiler.Wholly:
		return t.good(string(e))
	case compiler.InPart:
		return t.warn(string(e))
	}
	return t.bad(string(e))
}

// compiled says how much of a rule is compiled.
func (t *terminal) compiled(e compiler.ExtentOf) string {
	if e == compiler.Not {
		return t.bad("not compiled")
	}
	return "compiled " + t.extent(e)
}

// explainRule writes everything about one rule.
func (c *command) explainRule(f *explainFlags, e compiler.RuleExplanation) {
	t := c.out
	fmt.Fprintf(t, "%s  %s  %s\n\n", t.strong(oneLine(e.Rule)), t.faint(oneLine(e.File)), t.compiled(e.Compiled))
	if len(e.Program) > 0 {
		fmt.Fprintln(t, printable(strings.TrimRight(e.Text(), "\n")))
	}
	if len(e.Values) > 0 {
		fmt.Fprintf(t, "\nJavaScript takes over when\n")
		for _, value := range e.Values {
			fmt.Fprintf(t, "  %s\n", oneLine(value))
		}
	}
	if len(e.Skipped) > 0 {
		fmt.Fprintf(t, "\nPassed over without a run when\n")
		for _, login := range e.Skipped {
			fmt.Fprintf(t, "  %s\n", oneLine(login))
		}
	}
	if f.expr {
		c.explainTexts("expr", e.Exprs, func(x program.Expr) string { return x.Expr })
	}
	if f.cel {
		c.explainTexts("CEL", e.Exprs, func(x program.Expr) string { return x.CEL })
		if least, most, ok := e.CELCost(); ok {
			bound := fmt.Sprint(most)
			if most == math.MaxUint64 {
				bound = "no bound"
			}
			fmt.Fprintf(t, "           CEL's static cost estimate: %d to %s\n", least, bound)
		}
	}
	if f.ir && e.IR != "" {
		fmt.Fprintf(t, "\n%s\n%s\n", t.faint("program"), printable(strings.TrimRight(e.IR, "\n")))
	}
	if len(e.Exits) > 0 {
		fmt.Fprintln(t)
	}
	for _, exit := range e.Exits {
		d := exit.Diagnostic
		if exit.Advice != "" {
			d = d.WithNote("%s", exit.Advice)
		}
		printAll(t, diag.List{d})
	}
	fmt.Fprintln(t)
}

// explainTexts writes the texts for one engine, each with its place in the rule.
func (c *command) explainTexts(engine string, exprs []program.Expr, text func(program.Expr) string) {
	t := c.out
	fmt.Fprintf(t, "\n%s\n", t.faint(engine))
	for _, x := range exprs {
		fmt.Fprintf(t, "%s  %s\n", t.faint(fmt.Sprintf("%9s", fmt.Sprintf("%d:%d", x.At.Line, x.At.Column))), oneLine(text(x)))
	}
}

// explainTerms defines the words that the programs use.
func (c *command) explainTerms(rules []compiler.RuleExplanation) {
	var terms []string
	for _, e := range rules {
		terms = append(terms, e.Terms...)
	}
	slices.Sort(terms)
	for _, term := range slices.Compact(terms) {
		fmt.Fprintf(c.out, "%s: %s\n", c.out.info(term), c.out.faint(compiler.Term(term)))
	}
	if len(terms) > 0 && len(rules) > 1 {
		fmt.Fprintln(c.out)
	}
}

// explainTable lists the rules and sums up.
func (c *command) explainTable(rules []compiler.RuleExplanation) {
	t := c.out
	table := t.newTable("", "rule", "compiled", "needs JavaScript for", "what it does")
	count := map[compiler.ExtentOf]int{}
	for i, e := range rules {
		count[e.Compiled]++
		var codes []string
		for _, exit := range e.Exits {
			if code := string(exit.Code); !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
		does := strings.Join(e.Does, ", ")
		table.AppendRow([]any{i + 1, oneLine(e.Rule), t.extent(e.Compiled), strings.Join(codes, ", "), clip(oneLine(does), t.room(60))})
	}
	t.printTable(table)
	parts := []string{}
	for _, kind := range []compiler.ExtentOf{compiler.Wholly, compiler.InPart, compiler.Not} {
		if n := count[kind]; n > 0 {
			word := fmt.Sprintf("%d compiled ", n)
			if kind == compiler.Not {
				word = fmt.Sprintf("%d ", n)
			}
			parts = append(parts, word+t.extent(kind))
		}
	}
	fmt.Fprintf(t, "%s: %s\n", plural(len(rules), "rule"), strings.Join(parts, ", "))
}
