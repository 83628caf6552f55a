// Package ferrule runs Auth0-style rules: JavaScript functions
//
//	function (user, context, callback) { … }
//
// that decide about every login, in a pipeline. Compile makes a [Pipeline] of one rule,
// Load of a folder of rules, [Pipeline.Run] decides about one login:
//
//	p, err := ferrule.Load(os.DirFS("rules"), nil)
//	…
//	outcome, err := p.Run(ctx, ferrule.Input{User: user, Context: login})
//	if outcome.Decision == ferrule.Denied { … }
//
// Rules keep the contract of the platform that ran them; every answer is the
// answer that JavaScript gives. What a rule does — deny, throw, run too long — is an
// [Outcome], never a panic and never a Go error.
//
// A rule is compiled when it is loaded, to steps over expr or CEL expressions; what is not
// compiled runs in goja, and so does a login whose values have an unusual shape
// (Options.Engine). [Build] writes compiled rules to a file, for [Read] and for package
// runtime/load, which needs no compiler.
//
// A Pipeline is immutable and safe for many goroutines. It belongs to one tenant.
package ferrule

import (
	"context"
	"io/fs"
	"path"
	"runtime/debug"
	"slices"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Pipeline is rules ready to run. It is immutable and safe for concurrent use.
type Pipeline struct {
	chain    *runtime.Chain
	rules    []RuleInfo
	packages []Package
	warnings diag.List
}

// Package is an npm package that rules require, or that one of theirs does.
type Package = program.Package

// RuleInfo is one rule of a pipeline.
type RuleInfo struct {
	Name  string  // unique in the pipeline
	File  string  // where its script stands
	Order float64 // its place, as the folder gave it
}

// Compile makes a pipeline of one rule. filename names the rule's text in messages and
// decides by its ending whether it is JavaScript or TypeScript (.ts); the rule's name is
// its base name without the ending. nil options are the defaults.
//
// # Errors
//
// [Diagnostics] with everything that is wrong with the rule and the options;
// [*InternalError] for what is broken here and not there.
func Compile(filename, src string, opts *Options) (*Pipeline, error) {
	read := opts.folderOptions()
	one, list := folder.One(filename, src, read)
	return build(nil, one, list, opts)
}

// Load makes a pipeline of the rules in a file system: a folder with rules/ (and
// rules-configs/), a folder with a deploy-cli YAML file, or a plain folder of rule
// files. nil options are the defaults.
//
// # Errors
//
// [Diagnostics] with everything that is wrong with the folder, its rules and the
// options, sorted by file and place. A folder without any rule is an error. [*InternalError]
// for what is broken here and not there.
func Load(fsys fs.FS, opts *Options) (*Pipeline, error) { return LoadPath(fsys, ".", opts) }

// LoadPath is Load for a folder or a single file below fsys.
func LoadPath(fsys fs.FS, root string, opts *Options) (*Pipeline, error) {
	read, list := folder.Read(fsys, path.Clean(root), opts.folderOptions())
	return build(fsys, read, list, opts)
}

// build compiles what was read. All problems of the folder, of its rules and of
// the options come in one list.
func build(fsys fs.FS, read *folder.Folder, list diag.List, opts *Options) (p *Pipeline, err error) {
	defer recovered(&p, &err)
	configuration := opts.configuration(read.Configuration)
	compiled, found := compiler.Compile(read.Rules, opts.compilerOptions(fsys, configuration))
	list = append(append(list, found...), opts.problems()...).Sort()
	if err := list.Err(); err != nil {
		return nil, Diagnostics(list)
	}
	p = &Pipeline{
		chain:    runtime.NewChain(compiled.Rules, compiled.Engine, opts.runtimeOptions(configuration)),
		packages: compiled.Packages(),
		warnings: list,
	}
	p.rules = make([]RuleInfo, 0, len(compiled.Units))
	for _, unit := range compiled.Units {
		p.rules = append(p.rules, RuleInfo{Name: unit.Name, File: unit.Origin.Original.Name, Order: unit.Origin.Order})
	}
	return p, nil
}

// recovered makes an error of what broke inside; it must be deferred.
func recovered(p **Pipeline, err *error) {
	if r := recover(); r != nil {
		*p, *err = nil, &InternalError{Value: r, Stack: debug.Stack()}
	}
}

// Run decides about one login. See [Input] for what happens to its maps: they are
// changed in place when the login is allowed or redirected, and untouched otherwise.
//
// # Errors
//
// What a rule does is an Outcome, not an error. An error means that there is no
// decision: [*InputError] (the Outcome is then Failed with kind input), ctx's error,
// [ErrClosed], [ErrBusy], the error of the StateStore, [*InternalError].
func (p *Pipeline) Run(ctx context.Context, in Input) (Outcome, error) { return p.chain.Run(ctx, in) }

// RunJSON is Run for a login that is given as JSON text, with the answer as JSON text: what
// the rules leave alone stays as it was written, byte by byte.
func (p *Pipeline) RunJSON(ctx context.Context, in JSONInput) (JSONOutcome, error) {
	return p.chain.RunJSON(ctx, in)
}

// Decide is Run for services that issue tokens themselves: the same rules, the same changes in
// place, and of the outcome only what decides about the login. It is the cheapest way to run
// compiled rules.
//
// # Errors
//
// Those of Run.
func (p *Pipeline) Decide(ctx context.Context, in Input) (Verdict, error) {
	return p.chain.Decide(ctx, in)
}

// Resume goes on with a login whose user came back from a redirect: all rules run
// again with context.protocol redirect-callback. A state is good for one call.
//
// # Errors
//
// [*StateError] for a state that is malformed, forged, unknown, expired or used
// before; the Store's error; and those of Run.
func (p *Pipeline) Resume(ctx context.Context, state string, r Resumption) (Outcome, error) {
	return p.chain.Resume(ctx, state, r)
}

// Close refuses further runs and waits for what rules left running after they
// answered, or until ctx ends, whose error it then answers.
func (p *Pipeline) Close(ctx context.Context) error { return p.chain.Close(ctx) }

// Settle waits for what rules left running after they answered, or until ctx ends, whose error it then
// answers; unlike Close it ends nothing. It is for tests: no run may begin meanwhile.
func (p *Pipeline) Settle(ctx context.Context) error { return p.chain.Settle(ctx) }

// Rules lists the rules that run, in order. The slice is new at each call.
func (p *Pipeline) Rules() []RuleInfo { return append([]RuleInfo(nil), p.rules...) }

// Packages lists the packages that rules require, and theirs, sorted by name and version. The
// slice is new at each call.
func (p *Pipeline) Packages() []Package { return slices.Clone(p.packages) }

// Warnings lists what was noticed while loading. The slice is new at each call.
func (p *Pipeline) Warnings() Diagnostics { return append(Diagnostics(nil), p.warnings...) }

// Position is a place in a rule's file: line and column are 1-based, the column
// counts bytes.
type Position = source.Pos
