package main

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ruletest"
)

const testHelp = `Test runs the cases in the files NAME.test.yaml at and below PATH, beside the rules
that they are about: logins with a fixed clock, what is expected of each, and stand-ins
for the services that a rule calls. Each case runs on every engine that can run its rule, and
the engines must agree. docs/testing.md describes the format.

With --json each case is one JSON object a line, and what is wrong with files and rules is in the
form of check --json:

  {"file":"rules/a.test.yaml","line":8,"name":"…","rule":"rules/a.js","status":"passed|failed|skipped","duration_ns":412000,"engines":[
    {"engine":"js","status":"failed","mismatches":[{"path":"user.plan","expected":"\"gold\"","actual":"nothing","line":9,"text":"…"}],"duration_ns":98000}]}

PATH is a folder, a file of cases or a rule; without one it is the current folder.

Exit status: 0 all cases passed, 1 some failed, 2 a file or a rule is wrong.`

// testFlags are the flags of test.
type testFlags struct {
	engine, filter         string
	jobs                   int
	junit, lcov, html      string
	json, update, coverage bool
	record, watch          bool
	network                networkFlags
	packages               packageFlags
}

func (c *command) testVerb() *cobra.Command {
	f := &testFlags{}
	verb := &cobra.Command{
		Use:   "test [flags] [PATH…]",
		Short: "Run the cases beside the rules",
		Long:  testHelp,
		RunE: func(verb *cobra.Command, args []string) error {
			return c.test(verb.Context(), f, args)
		},
	}
	flags := verb.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.engine, "engine", "all", "run on `ENGINES`: all, or some of js, auto, expr and cel between commas")
	flags.StringVar(&f.filter, "filter", "", "run cases whose \"FILE: NAME\" the regular expression `RE` finds")
	flags.IntVarP(&f.jobs, "jobs", "j", 0, "run cases of `N` files at a time; 0 is one for each core")
	flags.BoolVar(&f.json, "json", false, "print each case as one JSON object a line")
	flags.StringVar(&f.junit, "junit", "", "write the results to `FILE` in the XML form of JUnit, too")
	flags.BoolVar(&f.update, "update", false, "write what happened into failed cases as what they expect")
	flags.BoolVar(&f.coverage, "coverage", false, "print which statements and branches of the rules no case reaches")
	flags.StringVar(&f.lcov, "lcov", "", "write the coverage to `FILE` in the form of LCOV")
	flags.StringVar(&f.html, "html", "", "write the coverage to `FILE` as a page")
	flags.BoolVar(&f.record, "record", false, "call the real services of cases that name a tape, and write their tapes, before cases run")
	flags.BoolVar(&f.watch, "watch", false, "run the cases again whenever a file changes")
	f.packages.register(verb)
	f.network.register(verb)
	must(verb.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions(append([]string{"all"}, ruletest.Engines...), cobra.ShellCompDirectiveNoFileComp)))
	return verb
}

// options reads the flags.
func (f *testFlags) options() (ruletest.Options, error) {
	o := ruletest.Options{Jobs: f.jobs, Modules: f.packages.options("")}
	if f.engine != "all" {
		o.Engines = strings.Split(f.engine, ",")
		for _, name := range o.Engines {
			if !slices.Contains(ruletest.Engines, name) {
				return o, usage("--engine is all or some of %s, not %q", strings.Join(ruletest.Engines, ", "), name)
			}
		}
	}
	if f.filter != "" {
		var err error
		if o.Filter, err = regexp.Compile(f.filter); err != nil {
			return o, usage("--filter: %v", err)
		}
	}
	return o, nil
}

// test is `ferrule test`.
func (c *command) test(ctx context.Context, f *testFlags, args []string) error {
	if f.watch {
		if f.update || f.record {
			return usage("--watch goes with neither --update nor --record, which change what it watches")
		}
		return c.watchTests(ctx, f, args)
	}
	return c.testOnce(ctx, f, args)
}

func (c *command) testOnce(ctx context.Context, f *testFlags, args []string) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	files, list, err := caseFiles(args)
	if err != nil {
		return err
	}
	if f.record {
		if files, list, err = c.recordTapes(ctx, f, files, options, args); err != nil {
			return err
		}
	}
	total := 0
	for _, file := range files {
		total += len(file.Cases)
	}
	bar := newProgress(c, "case", total)
	options.Done = func(*ruletest.Result) { bar.add(1) }
	report, err := ruletest.Run(ctx, files, options)
	bar.end(err == nil)
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	if f.update {
		if err := c.updateCases(report); err != nil {
			return err
		}
	}
	if f.json {
		err = c.testJSON(report, list)
	} else {
		c.testReport(report, list)
	}
	if err == nil && f.junit != "" {
		err = writeJUnit(f.junit, report, list)
	}
	if err == nil {
		err = c.coverage(ctx, f, files, options)
	}
	switch {
	case err != nil:
		return err
	case list.HasErrors() || len(report.Broken) > 0:
		return errWrong
	case report.Failed() > 0:
		return errFailedCases
	}
	return nil
}

// caseFiles reads the files of cases at paths. What is wrong in one does not keep the others from
// being read.
func caseFiles(paths []string) ([]*ruletest.File, diag.List, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var (
		files []*ruletest.File
		list  diag.List
		seen  = map[string]bool{}
	)
	for _, name := range paths {
		fsys, root, prefix := casePlace(name)
		names, err := caseNames(fsys, root)
		if err != nil {
			return nil, nil, fileError("test", name, err)
		}
		if len(names) == 0 {
			return nil, nil, usage("no files NAME%s at %s", ruletest.Suffix, name)
		}
		for _, found := range names {
			if shown := path.Join(prefix, found); seen[shown] {
				continue
			} else {
				seen[shown] = true
			}
			file, err := ruletest.Read(fsys, found, prefix)
			if err != nil {
				list = append(list, diag.FromError(err)...)
				continue
			}
			files = append(files, file)
		}
	}
	return files, list, nil
}

// casePlace splits a path into a file system and a name in it. Below the current folder that is the
// file system, so that cases may name what stands beside their folder.
func casePlace(name string) (fsys fs.FS, root, prefix string) {
	clean := filepath.Clean(name)
	if filepath.IsLocal(clean) {
		return os.DirFS("."), filepath.ToSlash(clean), ""
	}
	dir, base := filepath.Split(clean)
	if info, err := os.Stat(clean); err == nil && info.IsDir() {
		dir, base = clean, "."
	}
	return os.DirFS(dir), base, filepath.ToSlash(filepath.Clean(dir))
}

// caseNames finds the files of cases at and below a path, or that of a rule, sorted.
func caseNames(fsys fs.FS, root string) ([]string, error) {
	info, err := fs.Stat(fsys, root)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		if stem, ok := strings.CutSuffix(strings.TrimSuffix(root, ".ts"), ".js"); ok || strings.HasSuffix(root, ".ts") {
			root = stem + ruletest.Suffix
			_, err = fs.Stat(fsys, root)
		}
		return []string{root}, err
	}
	var names []string
	err = fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case !entry.IsDir() && strings.HasSuffix(name, ruletest.Suffix):
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}
