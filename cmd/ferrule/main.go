package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// The exit statuses.
const (
	exitDone        = 0   // allowed, redirect, nothing wrong
	exitRefused     = 1   // a login was denied or failed, or takes longer than its budget; a rule has mistakes, a case failed
	exitWrong       = 2   // the command or a rule is wrong
	exitInterrupted = 130 // ended by Ctrl-C: 128 and the signal's number
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole command; it answers the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once

	c := &command{stdin: stdin, out: newTerminal(stdout), err: newTerminal(stderr)}
	root := c.root()
	root.SetArgs(append([]string{}, args...))
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	verb, err := root.ExecuteContextC(ctx)
	return c.conclude(verb, err)
}

// command is one call of the program: its streams and the settings of all verbs.
type command struct {
	stdin    io.Reader
	out, err *terminal

	color   string
	noColor bool
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "ferrule",
		Short: "Run Auth0-style rules, check and explain folders of them",
		Long: `Ferrule runs Auth0-style rules: JavaScript functions (user, context, callback)
that decide about every login, in a pipeline.`,
		Example: `  ferrule run rules/                        a sample login through a folder of rules
  ferrule run --user jane.json rules/       your own user
  ferrule check rules/                      everything that is wrong with the rules
  ferrule test rules/                       the cases beside the rules, on all engines
  ferrule cases rules/a.js                  a first set of cases for a rule
  ferrule explain rules/                    what the rules do, in words
  ferrule bench rules/                      what a login costs, rule by rule
  ferrule modules rules/                    what they require, and what is missing
  ferrule build rules/ -o pipeline.ferrule  the rules compiled, in one file
  ferrule new deny-unverified-email         a rule from a template, with its cases`,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.chooseColours() },
	}
	root.PersistentFlags().StringVar(&c.color, "color", "auto", "colour the output: auto, always or never; auto respects NO_COLOR")
	root.PersistentFlags().BoolVar(&c.noColor, "no-color", false, "the same as --color never")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage("%v", err) })
	must(root.RegisterFlagCompletionFunc("color", cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp)))
	root.AddCommand(c.runVerb(), c.checkVerb(), c.explainVerb(), c.benchVerb(), c.buildVerb(), c.modulesVerb(), c.testVerb(), c.casesVerb(), c.newVerb(), c.versionVerb())
	return root
}

// must is for calls that fail only when the command's own tables are wrong.
func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
}

// usageError is a call that does not make sense: the answer points at the help.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// refused is the answer of a verb whose logins were not all let through. The
// verb has said so already.
var errRefused = errors.New("a login was denied or failed")

// errOverBudget is the answer of bench when the pipeline takes too long. The verb has said so
// already.
var errOverBudget = errors.New("over the budget")

// errFailedCases is the answer of test when a case failed. The verb has said so already.
var errFailedCases = errors.New("a case failed")

// errWrong is the answer of a verb that found something wrong and has said so.
var errWrong = errors.New("something is wrong")

// errInterrupted is the answer of a verb that Ctrl-C ended.
var errInterrupted = errors.New("interrupted")

// conclude says what is left to say and answers the exit status.
func (c *command) conclude(verb *cobra.Command, err error) int {
	var list diag.List
	var wrong *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused), errors.Is(err, errOverBudget), errors.Is(err, errMistakes), errors.Is(err, errFailedCases):
		return exitRefused
	case errors.Is(err, errWrong):
		return exitWrong
	case errors.Is(err, errInterrupted):
		c.notef("interrupted")
		return exitInterrupted
	case errors.As(err, &list):
		printAll(c.err, list)
	case errors.As(err, &wrong) && verb != nil:
		c.notef("%v", err)
		fmt.Fprintf(c.err, "See %s --help.\n", verb.CommandPath())
	default:
		c.notef("%v", err)
	}
	return exitWrong
}

// notef writes a line of the program's own to standard error.
func (c *command) notef(format string, args ...any) {
	fmt.Fprintln(c.err, c.err.strong("ferrule:"), printable(fmt.Sprintf(format, args...)))
}
