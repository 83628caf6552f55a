package main

import (
	"cmp"
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
)

const benchHelp = `Bench measures the rules at PATH: the pipeline and each rule alone, on every engine that can
run it, the costliest rules first. Logins are those of --cases (a case file as run takes it),
of --user and --context, or a sample.

A run works on a fresh copy of its login, made before the clock starts. Runs of the pipeline
are timed one by one: mean, p50, p90, p99 and max are over single runs of all logins in turn,
and what the clock itself costs is said and not subtracted. A rule is timed on what the rules
before it left, many runs together: its figure is the mean over the logins of the median of
their batches. In js it holds a VM of the rule's own, which a pipeline makes once a login. Metadata that rules
write goes nowhere. The collector runs at GOGC=1000, as in a service with a larger heap.

A rule that a login does not reach (an earlier one denies it) is not timed on that login.
expr and cel run no JavaScript: a rule that needs it has no figure there, and neither has
a pipeline with such a rule.

With --budget the exit status is 1 when the pipeline takes longer than it may, with the
engine auto or that of --engine:

  ferrule bench --cases logins.ndjson --budget p99=200us,mean=50us rules/

With --json each figure is one JSON object a line, and nothing else is printed. Times are
nanoseconds, allocations and bytes are those of one run; problem is there, instead of
figures, where an engine cannot run it:

  {"kind":"clock","ns":41}
  {"kind":"pipeline","engine":"auto","logins":2,"runs":98304,"mean_ns":…,"p50_ns":…,"p90_ns":…,"p99_ns":…,"max_ns":…,"allocs":…,"bytes":…}
  {"kind":"rule","rule":"gate","file":"rules/gate.js","engine":"expr","logins":2,"reached":1,"runs":…,"mean_ns":…,"allocs":…,"bytes":…}
  {"kind":"rule","rule":"mail","file":"rules/mail.js","engine":"expr","logins":2,"reached":1,"problem":"needs JavaScript: needs-module at 2:18"}
  {"kind":"budget","engine":"auto","figure":"p99","limit_ns":200000,"ns":…,"held":true}

Exit status: 0 measured and within the budget, 1 over it, 2 the command, a login or a rule is
wrong, 130 interrupted.`

type benchFlags struct {
	logins runFlags // those of its fields that say what is run

	engine   string
	budget   []string
	duration time.Duration
	rounds   int
}

func (c *command) benchVerb() *cobra.Command {
	f := &benchFlags{}
	verb := &cobra.Command{
		Use:   "bench [flags] PATH",
		Short: "Measure the rules, on every engine",
		Long:  benchHelp,
		Example: `  ferrule bench rules/
  ferrule bench --cases logins.ndjson --budget p99=200us rules/
  ferrule bench --engine js --json --duration 10s pipeline.ferrule`,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(verb *cobra.Command, args []string) error {
			return c.bench(verb.Context(), f, args[0])
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.logins.cases, "cases", "", "the logins, one a line: NDJSON in `FILE`, - is standard input")
	flags.StringVar(&f.logins.user, "user", "", "the user of a login: a JSON object in `FILE`, - is standard input")
	flags.StringVar(&f.logins.context, "context", "", "its context: a JSON object in `FILE`, - is standard input")
	flags.StringVar(&f.logins.configuration, "configuration", "", "configuration values: a JSON object of texts in `FILE`")
	flags.BoolVar(&f.logins.prepare, "prepare", false, "prepare logins as run --prepare does")
	flags.StringVar(&f.logins.now, "now", "", "the time that rules see, as `RFC3339`; the clock then stands still")
	flags.StringVar(&f.logins.zone, "tz", "UTC", "the rules' time `ZONE`, like Europe/Berlin")
	flags.StringVar(&f.engine, "engine", "", "measure one engine only: auto, expr, cel or js")
	flags.StringSliceVar(&f.budget, "budget", nil, "what a run of the pipeline may take: `FIGURE=TIME` with mean, p50, p90, p99 or max, like p99=200us (repeatable)")
	flags.DurationVar(&f.duration, "duration", 3*time.Second, "time for all measurements together; half of it is the pipeline's")
	flags.IntVar(&f.rounds, "rounds", 5, "rounds in which the measurements take turns, at most 100")
	f.logins.packages.register(verb)
	f.logins.folder.register(verb)
	for _, name := range []string{"user", "context", "configuration"} {
		must(verb.MarkFlagFilename(name, "json"))
	}
	must(verb.MarkFlagFilename("cases", "ndjson", "jsonl"))
	flags.BoolVar(&f.logins.json, "json", false, "print each figure as one JSON object a line")
	must(verb.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions([]string{"auto", "expr", "cel", "js"}, cobra.ShellCompDirectiveNoFileComp)))
	must(verb.RegisterFlagCompletionFunc("budget", cobra.FixedCompletions(figures, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace)))
	return verb
}

// benchmark is one call of `ferrule bench`.
type benchmark struct {
	*command
	flags   *benchFlags
	limits  []limit
	subject *subject
	engines []*benchEngine
	logins  []ferrule.Input
	reached [][]ferrule.Input // by rule: what it gets, of the logins that reach it
}

// bench is `ferrule bench`.
func (c *command) bench(ctx context.Context, f *benchFlags, path string) error {
	b := &benchmark{command: c, flags: f}
	if err := b.check(); err != nil {
		return err
	}
	f.logins.engine, f.logins.timeout = cmp.Or(f.engine, "auto"), runtime.Limits{}.WithDefaults().Timeout
	r := &runner{command: c, flags: &f.logins, store: &metadata{}}
	options, err := r.options(path)
	if err != nil {
		return err
	}
	if b.logins, err = r.benchLogins(); err != nil {
		return err
	}
	if b.subject, err = c.subjectAt(path, options); err != nil {
		return err
	}
	if len(b.subject.rules) == 0 {
		c.notef("no rule of %s is enabled", path)
		return nil
	}
	if err := b.open(path); err != nil {
		return err
	}
	report, err := b.measure(ctx)
	if err != nil {
		return err
	}
	return b.print(report)
}

// check looks at the flags that only this verb has.
func (b *benchmark) check() (err error) {
	f := b.flags
	switch {
	case f.duration <= 0:
		return usage("--duration is more than 0, not %v", f.duration)
	case f.rounds < 1 || f.rounds > 100:
		return usage("--rounds is 1 to 100, not %d", f.rounds)
	}
	b.limits, err = readBudget(f.budget)
	return err
}

// open makes the engines. The one that --engine names must be able to run the pipeline.
func (b *benchmark) open(path string) error {
	if b.flags.engine != "" {
		engine, err := b.subject.only(b.flags.engine)
		b.engines = []*benchEngine{engine}
		return ofFile(path, err)
	}
	for _, name := range []string{"auto", "expr", "cel", "js"} {
		b.engines = append(b.engines, b.subject.engine(name))
	}
	return nil
}
