package ruletest

import (
	"context"
	"errors"
	"path"
	"regexp"
	goruntime "runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Engines are the engines in the order in which a case runs on them. The first is the reference that
// the others are compared with.
var Engines = []string{string(ferrule.EngineJS), string(ferrule.EngineAuto), string(ferrule.EngineExpr), string(ferrule.EngineCEL)}

// Options are how cases run. The zero value runs all cases on all engines.
type Options struct {
	Engines []string       // nil: all
	Filter  *regexp.Regexp // cases whose "file: name" it finds; nil: all
	Jobs    int            // files at a time; 0: one for each core
	Modules ferrule.ModuleOptions
	// Done is told of each case, in no order, from one goroutine at a time; nil: nobody.
	Done func(*Result)

	cover *recorder // counts what cases reach; nil: nothing is counted
	tapes *taping   // sends requests to the real services; nil: nothing is sent
}

// Report is what came of files of cases, in their order.
type Report struct {
	Results  []*Result
	Broken   []*BrokenRule // rules that cannot be loaded
	Duration time.Duration
}

// BrokenRule is a rule that no engine can load, with what is wrong with it.
type BrokenRule struct {
	File *File
	Err  error // mostly ferrule.Diagnostics
}

// Result is what came of a case.
type Result struct {
	File     *File
	Case     *Case
	Runs     []*EngineRun
	Duration time.Duration
}

// EngineRun is a case on one engine.
type EngineRun struct {
	Engine     string
	Skipped    string // why the engine did not run it; "" when it did
	Mismatches []Mismatch
	// Differences are what the reference engine answered otherwise: Expected is its answer.
	Differences []Mismatch
	Err         *ferrule.RuleError // that the rule ended with; nil for none
	Reports     []ferrule.RuleReport
	Duration    time.Duration

	seen *observation
}

// Failed reports whether anything is not as expected, or the engines disagree.
func (r *Result) Failed() bool {
	return slices.ContainsFunc(r.Runs, func(e *EngineRun) bool { return len(e.Mismatches)+len(e.Differences) > 0 })
}

// Skipped reports whether the case ran nowhere.
func (r *Result) Skipped() bool {
	return !slices.ContainsFunc(r.Runs, func(e *EngineRun) bool { return e.Skipped == "" })
}

// Failed counts the failed cases.
func (r *Report) Failed() int {
	n := 0
	for _, result := range r.Results {
		if result.Failed() {
			n++
		}
	}
	return n
}

// chunk is how many cases of one file share their pipelines; files of more are run by several workers.
const chunk = 100

// Run runs the cases of files. The report does not depend on how many run at a time.
//
// # Errors
//
// That of ctx, and what keeps the servers of the tests from running. What is wrong with a rule is in
// the report.
func Run(ctx context.Context, files []*File, o Options) (*Report, error) {
	began := time.Now()
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	var batches []*batch
	for _, f := range files {
		cases := slices.DeleteFunc(slices.Clone(f.Cases), func(c *Case) bool {
			return o.tapes != nil && len(c.Tapes) == 0 || o.Filter != nil && !o.Filter.MatchString(f.Name+": "+c.Name)
		})
		for part := range slices.Chunk(cases, chunk) {
			batches = append(batches, &batch{file: f, cases: part, options: &o, authority: authority})
		}
	}
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = goruntime.GOMAXPROCS(0)
	}
	todo := make(chan *batch)
	var group sync.WaitGroup
	var told sync.Mutex
	for range min(jobs, max(len(batches), 1)) {
		group.Go(func() {
			for b := range todo {
				b.told = &told
				b.run(ctx)
			}
		})
	}
	for _, b := range batches {
		todo <- b
	}
	close(todo)
	group.Wait()
	report := &Report{}
	for _, b := range batches {
		if b.err != nil {
			return nil, b.err
		}
		if b.broken != nil && (len(report.Broken) == 0 || report.Broken[len(report.Broken)-1].File != b.file) {
			report.Broken = append(report.Broken, &BrokenRule{b.file, b.broken})
		}
		report.Results = append(report.Results, b.results...)
	}
	report.Duration = time.Since(began)
	return report, ctx.Err()
}

// batch is cases of one file that run one after the other on the same pipelines.
type batch struct {
	file      *File
	cases     []*Case
	options   *Options
	authority *authority
	told      *sync.Mutex

	services *services
	stages   []*stage
	results  []*Result
	broken   error // why the rule cannot be loaded
	err      error
}

// stage is the rule on one engine.
type stage struct {
	engine   string
	pipeline *ferrule.Pipeline // nil when the engine cannot run the rule
	why      string            // not
	store    *store
	hits     *hits // nil: nothing is counted
}

func (b *batch) run(ctx context.Context) {
	if b.services, b.err = newServices(b.authority); b.err != nil {
		return
	}
	defer b.end(ctx)
	if b.broken = b.load(); b.broken != nil {
		return
	}
	for _, c := range b.cases {
		if ctx.Err() != nil {
			return
		}
		result, err := b.one(ctx, c)
		if err != nil {
			b.err = err
			return
		}
		b.results = append(b.results, result)
		if b.options.Done != nil {
			b.told.Lock()
			b.options.Done(result)
			b.told.Unlock()
		}
	}
}

// end ends the pipelines and their services.
func (b *batch) end(ctx context.Context) {
	for _, s := range b.stages {
		if s.pipeline != nil {
			_ = s.pipeline.Close(ctx)
		}
	}
	b.services.close()
}

// engines are those that the options and the cases ask for, in the order of [Engines].
func (b *batch) engines() []string {
	wanted := b.options.Engines
	if wanted == nil {
		return Engines
	}
	return slices.DeleteFunc(slices.Clone(Engines), func(e string) bool { return !slices.Contains(wanted, e) })
}

func (b *batch) load() error {
	for _, engine := range b.engines() {
		s := &stage{engine: engine}
		b.stages = append(b.stages, s)
		var err error
		if s.pipeline, s.store, s.hits, err = b.pipeline(engine, nil); err != nil {
			if s.why = cannotRun(err); s.why == "" {
				return err
			}
		}
	}
	return nil
}

// pipeline loads the rule.
func (b *batch) pipeline(engine string, environment map[string]string) (*ferrule.Pipeline, *store, *hits, error) {
	f := b.file
	domain := f.Domain
	if domain == "" {
		domain = defaultDomain
	}
	kept := &store{domain: domain}
	modules := b.options.Modules
	modules.Dir = path.Dir(path.Join(prefixOf(f), f.Rule))
	options := &ferrule.Options{
		Tenant: f.Tenant, Engine: ferrule.Engine(engine), Store: kept, Environment: environment,
		Network: ferrule.NetworkPolicy{Connect: b.services.connect, RootCAs: b.authority.pool},
		Limits:  ferrule.Limits{Timeout: f.Timeout},
		Modules: modules,
		Folder:  folder.Options{Prefix: prefixOf(f), Mappings: f.Keywords},
	}
	if b.options.cover != nil {
		p, h, err := b.counted(options)
		return p, kept, h, err
	}
	p, err := ferrule.LoadPath(f.fsys, f.Rule, options)
	return p, kept, nil, err
}

// defaultDomain is the tenant's domain where a file names none.
const defaultDomain = "example.auth0.com"

// cannotRun says why an engine that runs no JavaScript cannot run a rule; "" when the rule is wrong.
func cannotRun(err error) string {
	var list ferrule.Diagnostics
	if !errors.As(err, &list) {
		return ""
	}
	why := ""
	for _, d := range list {
		switch {
		case d.Code == diag.NeedsJavaScript:
			if why == "" {
				why = d.Message
			}
		case d.Severity == diag.Error:
			return ""
		}
	}
	return why
}

// one runs a case on all engines and compares them.
func (b *batch) one(ctx context.Context, c *Case) (*Result, error) {
	began := time.Now()
	result := &Result{File: b.file, Case: c}
	var reference *EngineRun
	for _, s := range b.stages {
		e := &EngineRun{Engine: s.engine, Skipped: s.why}
		result.Runs = append(result.Runs, e)
		switch {
		case c.Skip != "":
			e.Skipped = c.Skip
		case len(c.Engines) > 0 && !slices.Contains(c.Engines, s.engine):
			e.Skipped = "the case is for other engines"
		}
		if e.Skipped != "" {
			continue
		}
		if err := b.on(ctx, s, c, e); err != nil {
			return nil, err
		}
		if e.Skipped != "" {
			continue
		}
		if e.Mismatches = c.untaped(b.file); len(e.Mismatches) > 0 {
			continue
		}
		e.Mismatches = c.Expect.compare(c, e.seen, b.file.order)
		b.file.locate(e)
		if reference == nil {
			reference = e
		} else if e.Differences = differences(c, reference.seen, e.seen, b.file.order); len(e.Differences) > 0 {
			if err := b.again(ctx, c, reference, e); err != nil {
				return nil, err
			}
		}
	}
	result.Duration = time.Since(began)
	if !result.Failed() {
		for _, e := range result.Runs {
			e.seen = nil
		}
	}
	return result, nil
}

// again runs a case once more on the reference engine: what differs there from run to run (random
// values, say) is no difference of engines.
func (b *batch) again(ctx context.Context, c *Case, reference, e *EngineRun) error {
	second := &EngineRun{}
	stage := b.stages[slices.IndexFunc(b.stages, func(s *stage) bool { return s.engine == reference.Engine })]
	if err := b.on(ctx, stage, c, second); err != nil {
		return err
	}
	moves := differences(c, reference.seen, second.seen, b.file.order)
	e.Differences = slices.DeleteFunc(e.Differences, func(m Mismatch) bool {
		return slices.ContainsFunc(moves, func(n Mismatch) bool { return n.Path == m.Path })
	})
	return nil
}

// on runs a case on one engine.
func (b *batch) on(ctx context.Context, s *stage, c *Case, e *EngineRun) error {
	began := time.Now()
	pipeline, kept, counters := s.pipeline, s.store, s.hits
	if len(c.Environment) > 0 {
		var err error
		if pipeline, kept, counters, err = b.pipeline(s.engine, c.Environment); err != nil {
			return err
		}
		defer func() { _ = pipeline.Close(ctx) }()
	}
	in := c.input(b.file.order)
	kept.begin(in.User, c.Store)
	if tapes := b.options.tapes; tapes != nil {
		own := slices.DeleteFunc(slices.Clone(c.Stubs), func(s *Stub) bool { return s.taped })
		b.services.begin(own, tapes.begin(ctx, c, path.Join(prefixOf(b.file), c.Tapes[0])))
	} else {
		b.services.begin(c.Stubs, nil)
	}
	out, err := pipeline.Run(ctx, in)
	if err == nil {
		err = pipeline.Settle(ctx)
	}
	calls, unused := b.services.end()
	var input *ferrule.InputError
	if err != nil && !errors.As(err, &input) {
		return err
	}
	if counters != nil {
		counters.count(out.Console)
		out.Console = slices.DeleteFunc(slices.Clone(out.Console), func(l ferrule.ConsoleLine) bool { return strings.HasPrefix(l.Text, marker) })
	}
	e.Duration = time.Since(began)
	if out.Err != nil && out.Err.Kind == ferrule.KindLimit && out.Err.Code == "exit" && s.engine != string(ferrule.EngineJS) {
		e.Skipped = out.Err.Message
		return nil
	}
	e.Err, e.Reports = out.Err, out.Rules
	e.seen, err = observe(&out, calls, unused)
	return err
}

// differences compares two engines. What a case expects by a matcher may differ.
func differences(c *Case, reference, other *observation, order *jsondoc.Order) []Mismatch {
	want, got := reference.tree(), other.tree()
	if reference.err != nil && other.err != nil && (reference.err.Approximate || other.err.Approximate) {
		delete(want["error"].(map[string]any), "message")
		delete(got["error"].(map[string]any), "message")
	}
	cmp := &comparison{exact: true}
	cmp.want, cmp.got = reference.order, other.order
	cmp.value("", want, got, true)
	return slices.DeleteFunc(cmp.found, func(m Mismatch) bool { return c.loose(m.Path) })
}

// loose reports whether a case expects a matcher at a path.
func (c *Case) loose(at string) bool {
	parts := splitPath(at)
	if len(parts) == 0 {
		return false
	}
	root := map[string]any{"user": c.Expect.User, "context": c.Expect.Context, "tokens": c.Expect.Tokens}
	var value any = root
	for _, part := range parts {
		if _, isMatcher := matcherOf(value); isMatcher {
			return true
		}
		object, _ := value.(map[string]any)
		value = object[part]
	}
	_, isMatcher := matcherOf(value)
	return isMatcher
}
