package steps

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Runner runs one compiled rule. It is immutable but for Trim, and safe for concurrent use.
type Runner struct {
	rule       *program.Rule // nil after Trim
	name, file string
	paths      []program.Path
	needs      string
	effects    *program.Effects
	guards     []program.Guard
	eval       Evaluator
	ops        []op
	exprs      []expression // by number
	end        program.Pos  // of the last step
	locals     int
	mutates    bool // it changes arrays
	writes     bool
	projects   bool // needs are all that it reads
	numbers    bool // there are steps that compute expressions by their numbers
	waits      bool // see Waits
}

// expression is what running needs to know of one.
type expression struct {
	value  Value // nil where the evaluator is no Direct
	test   Test  // likewise, and where it is no condition
	at     program.Pos
	isTest bool
	fresh  bool
	clock  bool // it may ask for the time
	copies bool // in a rule that changes arrays, it may copy what holds one
}

// End is how a rule ended. With neither Err nor Exit it has succeeded, and the Work holds
// what the next rule gets.
type End struct {
	// Err is why the login is denied or failed; what the rule wrote is undone.
	Err *runtime.RuleError
	// Exit is where JavaScript has to take over; nothing of the rule is left but Updates.
	Exit *runtime.Exit
	// Updates are the metadata writes that the rule made before it left by Exit: see
	// runtime.Handover.
	Updates []*runtime.Update
}

// Compile makes the runner of a rule, whose expressions eval computes.
//
// # Errors
//
// A rule that is not well formed: numbers of expressions, variables or paths that do not exist,
// steps that go to a label which is not around them.
func Compile(rule *program.Rule, eval Evaluator) (*Runner, error) {
	if err := check(rule); err != nil {
		return nil, fmt.Errorf("compiled rule %q: %w", rule.Name, err)
	}
	r := &Runner{
		rule: rule, name: rule.Name, file: rule.File, paths: rule.Paths, locals: len(rule.Locals), mutates: rule.MutatesLists,
		needs: rule.Needs, projects: rule.Projects, effects: rule.Effects(), guards: rule.Guards,
		eval: eval, exprs: make([]expression, len(rule.Exprs)), end: endOf(rule), writes: writes(rule.Steps) || rule.MutatesLists,
	}
	direct, _ := eval.(Direct)
	for i := range rule.Exprs {
		x, e := &rule.Exprs[i], &r.exprs[i]
		e.at, e.isTest, e.fresh = x.At, x.Test, x.Fresh
		e.clock = strings.Contains(x.Expr, "run") || strings.Contains(x.CEL, "run")
		e.copies = rule.MutatesLists && !isVariable(rule, x)
		if direct == nil {
			continue
		}
		if e.value = direct.ValueOf(i); x.Test {
			e.test = direct.TestOf(i)
		}
	}
	r.ops = (&compiler{runner: r, direct: direct}).list(rule.Steps)
	return r, nil
}

// endOf is the place of the last step.
func endOf(rule *program.Rule) program.Pos {
	if n := len(rule.Steps); n > 0 {
		if s, ok := rule.Steps[n-1].(*program.Return); ok {
			return s.At
		}
	}
	return program.Pos{Line: 1, Column: 1}
}

// Trim forgets what of the rule only [Runner.Rule] tells: texts, marks, steps. It must be called
// before the first run, and Rule not after it.
func (r *Runner) Trim() {
	r.rule = nil
	if _, ok := r.eval.(Direct); ok {
		r.eval, r.paths = nil, nil // its functions are in the operations
	}
	if !r.numbers {
		r.exprs = nil
	}
}

// isVariable reports whether an expression is a variable or a path and nothing else.
func isVariable(rule *program.Rule, e *program.Expr) bool {
	switch {
	case len(e.Locals) == 1 && len(e.Paths) == 0:
		return e.Expr == rule.Locals[e.Locals[0]]
	case len(e.Paths) == 1 && len(e.Locals) == 0:
		return e.Expr == rule.Paths[e.Paths[0]].Name
	}
	return false
}

// Rule is what the runner runs, until it is trimmed.
func (r *Runner) Rule() *program.Rule {
	if r.rule == nil {
		panic("internal error: the rule of a runner that is trimmed")
	}
	return r.rule
}

// Effects are what the rule may do to user and context.
func (r *Runner) Effects() *program.Effects { return r.effects }

// Guards say for which logins the rule does nothing.
func (r *Runner) Guards() []program.Guard { return r.guards }

// Waits reports whether the rule may wait for something, or leave something behind that goes
// on: a metadata write.
func (r *Runner) Waits() bool { return r.waits }

// Writes reports whether the rule may change user or context. One that does not can run on
// objects that somebody else reads.
func (r *Runner) Writes() bool { return r.writes }

// frame is what one run of a rule needs. It stays with the Work for the rules behind.
type frame struct {
	Frame
	runner *Runner
	ctx    context.Context
	run    *runtime.Run
	work   *Work
	space  []any // for Locals
	share  func(parent any, key string, list []any) *jsvalue.List
	began  time.Time
	start  int // of the rule's entries in the journal

	result  End
	ticking bool   // Run.Now is read
	turns   int    // of loops
	label   string // of a leave or next under way
	err     error  // of an operation that answered failed

	lines    []runtime.ConsoleLine
	warnings []runtime.Warning
	updates  []*runtime.Update
	queue    []waiting

	decided                 bool // the callback was called
	saved                   int  // entries of the journal at that time
	warned                  int  // warnings up to then, and of that call
	dropsUser, dropsContext bool // by the callback
	failure                 *runtime.RuleError
	last                    program.Pos // where the callback was called
}

// waiting is an update whose answer is waited for.
type waiting struct {
	update *runtime.Update
	step   *program.Persist
	then   []op
}

// newFrame makes the frame of a Work.
func newFrame(w *Work) *frame {
	f := &frame{work: w}
	f.share = f.shareAt
	f.tick = f.readClock
	f.Run.Keys = func(object map[string]any) ([]string, bool) { return f.work.ordered().Keys(object), true }
	return f
}

// enter makes the frame ready for a rule.
func (f *frame) enter(r *Runner) {
	f.runner, f.Paths = r, r.paths
	f.User, f.Context, f.Frame.Run.Zone = f.work.user, f.work.context, f.run.Zone
	if n := r.locals; n > 0 {
		if cap(f.space) < n {
			f.space = make([]any, n)
		}
		f.Locals = f.space[:n]
		for i := range f.Locals {
			f.Locals[i] = jsvalue.Undefined
		}
	} else {
		f.Locals = nil
	}
	f.Share = nil
	if r.mutates {
		f.Share = f.share
	}
	f.start, f.Args = len(f.work.changes), f.Args[:0]
	f.result.Err, f.result.Exit, f.result.Updates = nil, nil, nil
	f.ticking, f.turns, f.err, f.decided, f.failure = false, 0, nil, false, nil
	f.dropsUser, f.dropsContext = false, false
	f.lines, f.warnings, f.queue, f.updates = f.lines[:0], f.warnings[:0], f.queue[:0], nil
}

// forget drops what the frame refers to of a run.
func (f *frame) forget() {
	if len(f.space) > 0 {
		clear(f.space)
	}
	if f.Slots[0] != nil || f.Slots[1] != nil { // they are taken from the first on
		clear(f.Slots[:])
	}
	if cap(f.Args) > 0 {
		clear(f.Args[:cap(f.Args)])
	}
	if cap(f.lines)+cap(f.warnings)+cap(f.queue) > 0 {
		clear(f.lines[:cap(f.lines)])
		clear(f.warnings[:cap(f.warnings)])
		clear(f.queue[:cap(f.queue)])
	}
	f.User, f.Context, f.ctx, f.run, f.err, f.failure, f.updates = nil, nil, nil, nil, nil, nil, nil
}

// Run runs the rule on what work holds. began is when the rule began; the zero time: that is
// not measured, and the rule's own time begins when it first loops long or waits. When ctx or the time
// of the run ends while the rule loops or waits it exits, so that the JavaScript engine,
// with its own limits, decides.
//
// The answer is valid until work is used again.
func (r *Runner) Run(ctx context.Context, run *runtime.Run, work *Work, began time.Time) *End {
	f := work.frame
	if f == nil {
		f = newFrame(work)
		work.frame = f
	}
	f.ctx, f.run, f.began = ctx, run, began
	f.enter(r)
	f.guarded()
	return &f.result
}

// guarded runs the rule. Its expressions may leave by a panic.
func (f *frame) guarded() {
	defer f.caught()
	f.all()
}

// caught ends a rule whose expression has left by a panic. Other panics go on.
func (f *frame) caught() {
	r := recover()
	if r == nil {
		return
	}
	var err error
	switch r := r.(type) {
	case *ExitError:
		err = exitAt(r, f.At)
	case *jsvalue.Exit:
		err = &ExitError{r.Code, f.At}
	case *Fault:
		err = r
	default:
		panic(r)
	}
	f.work.rollback(f.start)
	f.result = f.left(err)
}

// all runs the steps, and those that wait for answers, and concludes.
func (f *frame) all() {
	var err error
	if f.do(f.runner.ops) == failed {
		err = f.err
	}
	for i := 0; err == nil && i < len(f.queue); i++ {
		next := f.queue[i]
		if f.decided && len(next.step.Then) > 0 {
			err = &ExitError{Code: "waits", At: next.step.At} // it goes on after the rule has answered
			break
		}
		if f.decided {
			continue
		}
		if err = f.await(next); err == nil && f.do(next.then) == failed {
			err = f.err
		}
	}
	if err == nil && !f.decided {
		err = &ExitError{Code: "no-callback", At: f.runner.end}
	}
	if err == nil && f.failure == nil {
		if len(f.work.changes) > f.saved {
			f.work.rollback(f.saved)
		}
		if len(f.work.changes) > f.start {
			lost := f.work.commit(f.start)
			if lost == nil {
				lost = f.dateLost()
			}
			err = exitAt(lost, f.last)
		}
	}
	if err != nil {
		f.work.rollback(f.start)
		f.result = f.left(err)
		return
	}
	if len(f.lines) > 0 || len(f.warnings) > 0 || len(f.queue) > 0 {
		f.publish()
	}
	if f.failure != nil {
		if len(f.work.changes) > f.start {
			f.work.rollback(f.start)
		}
		f.result.Err = f.failure
		return
	}
	if f.dropsUser {
		f.work.user = nil
	}
	if f.dropsContext {
		f.work.context = nil
	}
}

// left is the end of a rule that an error ended: an exit, or a fault of ours.
func (f *frame) left(err error) End {
	var exit *ExitError
	if errors.As(err, &exit) {
		return End{Exit: &runtime.Exit{Code: exit.Code, Line: exit.At.Line, Column: exit.At.Column}, Updates: f.updates}
	}
	internal := &runtime.InternalError{Value: err}
	return End{Err: (&runtime.RuleError{
		Kind: runtime.KindException, Rule: f.runner.name, Name: "InternalError", Message: internal.Error(), File: f.runner.file,
	}).Caused(internal)}
}

// publish gives out what was held back until the rule could no longer exit.
func (f *frame) publish() {
	for _, line := range f.lines {
		f.run.Log(line)
	}
	for _, w := range f.warnings {
		f.run.Warn(w.Rule, w.Code, w.Text)
	}
	if len(f.queue) > 0 {
		f.watch()
	}
}

func (f *frame) warn(code runtime.WarningCode, text string) {
	f.warnings = append(f.warnings, runtime.Warning{Rule: f.runner.name, Code: code, Text: text})
}

// exitAt makes an exit of a library's, with the place. Other errors stay.
func exitAt(err error, at program.Pos) error {
	if err == nil {
		return nil
	}
	var exit *jsvalue.Exit
	var placed *ExitError
	switch {
	case errors.As(err, &placed):
		if placed.At == (program.Pos{}) {
			return &ExitError{placed.Code, at}
		}
		return placed
	case errors.As(err, &exit):
		return &ExitError{exit.Code, at}
	}
	return err
}

// deadline is when the rule has to end.
func (f *frame) deadline() time.Time {
	end := f.run.Until()
	if f.began.IsZero() {
		f.began = time.Now()
	}
	if own := f.run.Limits.RuleTimeout; own > 0 && f.began.Add(own).Before(end) {
		end = f.began.Add(own)
	}
	return end
}
