package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/management"
)

type runFlags struct {
	folder   folderFlags
	network  networkFlags
	packages packageFlags

	user, context, configuration, cases string
	metadata, managementURL             string
	engine, now, zone                   string
	timeout, ruleTimeout                time.Duration
	show, environment                   []string
	prepare, json                       bool
	jobs                                int
}

const runHelp = `Run sends a login through the rules at PATH and says what they decide.

PATH is a rule file (.js, .ts), a deploy-cli YAML file, a file that build wrote, or a
folder: one with rules/ (and rules-configs/), or just a folder of rule files, which run in
file-name order.
Without --user and --context a sample login is used.

A case file has one login a line, and each gets one result, in the same order:

  {"id":"1","user":{…},"context":{…},"configuration":{…},"now":"2026-03-02T10:30:00Z","tz":"Europe/Berlin"}

All members may be absent: the flags' values take their place. A configuration in a
case is used instead of the folder's and the flag's. A line that cannot be run gives a
failed result of kind input, and the others go on.

npm packages that rules require are those that are installed beside them; ferrule modules
says what is missing.

The rules' configuration is the folder's with --configuration laid over it. Keyword
markers (@@KEY@@, ##KEY##) are filled in from --mappings and, like the deploy CLI does,
from the environment. Metadata that rules write is kept for the login only, unless
--metadata names a file. By HTTP and sockets rules reach public addresses and what
--allow-net grants, within the limits of the other flags of the network; the result lists
their calls.

Exit status: 0 allowed or redirect, 1 denied or failed (of many cases: any), 2 the
command or a rule is wrong, 130 interrupted.`

func (c *command) runVerb() *cobra.Command {
	f := &runFlags{}
	verb := &cobra.Command{
		Use:   "run [flags] PATH",
		Short: "Send a login, or many, through the rules",
		Long:  runHelp,
		Example: `  ferrule run rules/
  ferrule run --user jane.json --context login.json --now 2026-03-02T10:30:00Z rules/
  ferrule run --cases logins.ndjson --json rules/ > results.ndjson`,
		Args:              onePath,
		ValidArgsFunction: completePath,
		RunE: func(verb *cobra.Command, args []string) error {
			return c.runLogins(verb.Context(), f, args[0])
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.user, "user", "", "the user: a JSON object in `FILE`, - is standard input")
	flags.StringVar(&f.context, "context", "", "the context: a JSON object in `FILE`, - is standard input")
	flags.StringVar(&f.configuration, "configuration", "", "configuration values: a JSON object of texts in `FILE`")
	flags.StringSliceVar(&f.environment, "allow-env", nil, "the `NAMES` of environment variables that rules see in process.env; it is empty without")
	flags.StringSliceVar(&f.show, "show-configuration", nil, "the `KEYS` of the configuration whose values may stand in console lines, warnings and errors; * is all; others are masked")
	flags.StringVar(&f.cases, "cases", "", "many logins, one a line: NDJSON in `FILE`, - is standard input")
	flags.BoolVar(&f.prepare, "prepare", false, "prepare logins as the platform did: app_metadata on the root of user, empty token objects in the context")
	flags.StringVar(&f.now, "now", "", "the time that rules see, as `RFC3339`; the clock then stands still")
	flags.StringVar(&f.zone, "tz", "UTC", "the rules' time `ZONE`, like Europe/Berlin")
	flags.DurationVar(&f.timeout, "timeout", 20*time.Second, "time limit for all rules of a login together, at most 5m")
	flags.DurationVar(&f.ruleTimeout, "rule-timeout", 0, "time limit for each rule; 0 is none of its own")
	flags.StringVar(&f.engine, "engine", "auto", "what runs the rules: auto (compiled, with JavaScript where needed), expr or cel (no JavaScript at all), js")
	flags.StringVar(&f.metadata, "metadata", "", "keep the metadata that rules write in the SQLite `FILE`, from login to login")
	flags.StringVar(&f.managementURL, "management-url", "", "send the metadata that rules write to the Management API at `URL`, with the token in "+managementToken+" of the environment; rules read both from auth0")
	flags.IntVar(&f.jobs, "jobs", 0, "logins of --cases that run at once; 0 is one a core, more helps where rules wait for timers")
	flags.BoolVar(&f.json, "json", false, "print each result as one JSON object a line")
	f.network.register(verb)
	f.packages.register(verb)
	f.folder.register(verb)
	for _, name := range []string{"user", "context", "configuration"} {
		must(verb.MarkFlagFilename(name, "json"))
	}
	must(verb.MarkFlagFilename("cases", "ndjson", "jsonl"))
	must(verb.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions([]string{"auto", "expr", "cel", "js"}, cobra.ShellCompDirectiveNoFileComp)))
	must(verb.RegisterFlagCompletionFunc("now", cobra.NoFileCompletions))
	must(verb.RegisterFlagCompletionFunc("tz", cobra.NoFileCompletions))
	return verb
}

// onePath wants just one argument.
func onePath(verb *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return usage("%s needs a PATH: a rule file or a folder of rules", verb.CommandPath())
	case 1:
		return nil
	}
	return usage("%s takes one PATH, and there are %d: %s", verb.CommandPath(), len(args), strings.Join(args, " "))
}

func completePath(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// runner runs logins through one pipeline.
type runner struct {
	*command
	flags    *runFlags
	pipeline *ferrule.Pipeline
	store    *metadata
	limit    time.Duration // of a run

	user, context *document // nil without the flag
	now           time.Time
	zone          *time.Location

	caseName string // of the case file, in messages
	progress *progressBar
}

// runLogins is `ferrule run`.
func (c *command) runLogins(ctx context.Context, f *runFlags, path string) (err error) {
	r := &runner{command: c, flags: f, limit: f.timeout, store: &metadata{}}
	options, err := r.options(path)
	if err != nil {
		return err
	}
	if err := r.documents(); err != nil {
		return err
	}
	fsys, root, _ := place(path)
	if r.pipeline, err = ferrule.Open(fsys, root, options); err != nil {
		return ofFile(path, err)
	}
	printAll(c.err, r.pipeline.Warnings())
	if len(r.pipeline.Rules()) == 0 {
		c.notef("no rule of %s is enabled: every login is allowed", path)
	}
	if err := r.store.open(ctx, f.metadata); err != nil {
		return fmt.Errorf("--metadata: %w", err)
	}
	defer func() { err = errors.Join(err, r.store.close()) }()
	defer r.finish(ctx)
	if f.cases != "" {
		return r.runCases(ctx)
	}
	return r.runOne(ctx)
}

// finish waits for what rules left running after they answered.
func (r *runner) finish(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, r.limit+time.Second)
	defer stop()
	patience := time.AfterFunc(time.Second, func() { r.notef("waiting for what rules do after their callback") })
	defer patience.Stop()
	if err := r.pipeline.Close(ctx); errors.Is(err, context.DeadlineExceeded) {
		r.notef("a rule still runs and cannot be stopped; it ends with this command")
	}
}

// options checks the flags and makes the pipeline's options of them.
func (r *runner) options(path string) (*ferrule.Options, error) {
	f := r.flags
	switch f.engine {
	case "auto", "expr", "cel", "js":
	default:
		return nil, usage("--engine is auto, expr, cel or js, not %q", f.engine)
	}
	if f.timeout <= 0 || f.timeout > runtime.MaxTimeout {
		return nil, usage("--timeout is more than 0 and at most %v, not %v", runtime.MaxTimeout, f.timeout)
	}
	if f.ruleTimeout < 0 {
		return nil, usage("--rule-timeout is not negative: %v", f.ruleTimeout)
	}
	if f.jobs < 0 {
		return nil, usage("--jobs is not negative: %d", f.jobs)
	}
	if err := f.oneStdin(); err != nil {
		return nil, err
	}
	var err error
	if f.now != "" {
		if r.now, err = timeNamed(f.now); err != nil {
			return nil, usage("--now: %v", err)
		}
	}
	if r.zone, err = zoneNamed(f.zone); err != nil {
		return nil, usage("--tz: %v", err)
	}
	environment, err := environmentOf(f.environment)
	if err != nil {
		return nil, err
	}
	options := &ferrule.Options{
		Environment: environment,
		Engine:      engineNamed(f.engine),
		Limits:      ferrule.Limits{Timeout: f.timeout, RuleTimeout: f.ruleTimeout}, ShowConfiguration: f.show,
		Store: r.store, States: noStates{}, Timings: true, OnLate: r.late,
	}
	if options.Network, err = f.network.policy(); err != nil {
		return nil, err
	}
	_, _, prefix := place(path)
	options.Modules = f.packages.options(prefix)
	if options.Folder, err = f.folder.options(r.command, prefix); err != nil {
		return nil, err
	}
	if f.managementURL != "" {
		if options.Store, err = f.management(options.Network); err != nil {
			return nil, err
		}
	}
	options.Configuration, err = r.configurationFile(f.configuration)
	return options, err
}

// environmentOf reads variables that rules may see. One that is not set is a mistake.
func environmentOf(names []string) (map[string]string, error) {
	granted := make(map[string]string, len(names))
	for _, name := range names {
		value, set := os.LookupEnv(name)
		if !set {
			return nil, usage("--allow-env: the variable %s is not set", name)
		}
		granted[name] = value
	}
	return granted, nil
}

// managementToken is the variable with the token of --management-url: an argument would show in
// the list of processes.
const managementToken = "FERRULE_MANAGEMENT_TOKEN"

// management is the store of --management-url.
func (f *runFlags) management(policy ferrule.NetworkPolicy) (ferrule.Store, error) {
	if f.metadata != "" {
		return nil, usage("--management-url and --metadata are two places for the same metadata")
	}
	token := os.Getenv(managementToken)
	if token == "" {
		return nil, usage("--management-url needs a token in %s of the environment", managementToken)
	}
	client, err := management.New(management.Options{BaseURL: f.managementURL, Token: management.Static(token), Policy: policy})
	if err != nil {
		return nil, usage("--management-url: %v", err)
	}
	return client, nil
}

// engineNamed is the flag's engine; auto is the default, which for a built file is what it
// was built for.
func engineNamed(name string) ferrule.Engine {
	if name == "auto" {
		return ""
	}
	return ferrule.Engine(name)
}

// ofFile puts the file's name in front of what is wrong with a built file.
func ofFile(name string, err error) error {
	var wrong *ferrule.FileError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return err
}

// oneStdin refuses two flags that read standard input.
func (f *runFlags) oneStdin() error {
	first := ""
	for _, flag := range []struct{ name, file string }{
		{"--user", f.user}, {"--context", f.context}, {"--configuration", f.configuration}, {"--cases", f.cases}, {"--mappings", f.folder.mappings},
	} {
		if flag.file != "-" {
			continue
		}
		if first != "" {
			return usage("%s and %s cannot both read standard input", first, flag.name)
		}
		first = flag.name
	}
	return nil
}

// configurationFile reads the --configuration file; "" is none.
func (c *command) configurationFile(name string) (map[string]string, error) {
	if name == "" {
		return nil, nil
	}
	doc, err := c.readDocument("--configuration", name)
	if err != nil {
		return nil, err
	}
	tree, _, err := doc.decode()
	if err != nil {
		return nil, err
	}
	values, err := readConfiguration(tree)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doc.name, err)
	}
	return values, nil
}

// documents reads user and context and checks that they are objects.
func (r *runner) documents() error {
	for _, d := range []struct {
		flag, name string
		to         **document
	}{{"user", r.flags.user, &r.user}, {"context", r.flags.context, &r.context}} {
		if d.name == "" {
			continue
		}
		doc, err := r.readDocument("--"+d.flag, d.name)
		if err != nil {
			return err
		}
		if _, _, err := doc.object("the " + d.flag); err != nil {
			return err
		}
		*d.to = doc
	}
	return nil
}

// defaults is a login with the flags' time and zone.
func (r *runner) defaults() ferrule.Input { return ferrule.Input{Now: r.now, Zone: r.zone} }

// one reads the login of the flags; each call makes a new one.
func (r *runner) one() (ferrule.Input, error) {
	in := r.defaults()
	in.Order = &jsondoc.Order{}
	in.User, in.Context = runtime.SampleLogin()
	if err := readInto(&in.User, r.user, "user", in.Order); err != nil {
		return in, err
	}
	if err := readInto(&in.Context, r.context, "context", in.Order); err != nil {
		return in, err
	}
	if r.flags.prepare {
		prepare(&in)
	}
	return in, nil
}

// runOne runs the login that the flags name, or the sample.
func (r *runner) runOne(ctx context.Context) error {
	in, err := r.one()
	if err != nil {
		return err
	}
	before, err := r.one()
	if err != nil {
		return err
	}
	r.announceSample()
	profile := func() map[string]any {
		again, _ := r.one() // it was read before
		return again.User
	}
	res, err := r.decide(ctx, login{id: "1", input: in, profile: profile})
	if err != nil {
		return err
	}
	if r.flags.json {
		line, err := appendResult(nil, res)
		if err != nil {
			return err
		}
		if _, err := r.out.Write(append(line, '\n')); err != nil {
			return fmt.Errorf("cannot write the result: %w", err)
		}
	} else if err := r.report(res, before); err != nil {
		return err
	}
	return verdict(res.outcome.Decision)
}

// announceSample says what of the login is made up.
func (r *runner) announceSample() {
	switch {
	case r.user == nil && r.context == nil:
		r.notef("no --user and no --context: this is a sample login")
	case r.user == nil:
		r.notef("no --user: the user is a sample")
	case r.context == nil:
		r.notef("no --context: the context is a sample")
	}
}

// verdict is what a decision makes of the exit status.
func verdict(d ferrule.Decision) error {
	if d == ferrule.Allowed || d == ferrule.Redirect {
		return nil
	}
	return errRefused
}
