package jsvm

import (
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
)

// ruleRun is one rule in one pipeline run: what it was given, and how it ended.
// decided is set once, at the rule's first callback or when something else ended it;
// the chain is answered at the end of the turn in which that happened, so that
// warnings of the same turn are in the outcome.
type ruleRun struct {
	rule  *compiled
	index int
	began time.Time // set before other goroutines see the rule
	in    runtime.State
	// handover is what a compiled form of the rule left behind; nil when there is none.
	handover *runtime.Handover

	user    goja.Value // the objects that the rule was given
	context goja.Value

	decided atomic.Pointer[runtime.Result] // nil, or &own
	own     runtime.Result
	stopped atomic.Bool // decided by a limit, not by the rule
	settled bool        // answered to the chain
}

// decide is called by the loop's goroutine only.
func (r *ruleRun) decide(result runtime.Result) {
	if r.decided.Load() == nil {
		r.own = result
		r.decided.Store(&r.own)
	}
}

func (r *ruleRun) fail(err *runtime.RuleError) { r.decide(runtime.Result{Err: err}) }

// stop ends a rule that had not called back when its VM was stopped.
func (r *ruleRun) stop(cause *stopCause) {
	r.stopped.Store(true)
	r.fail(cause.failure(r.rule.Name))
}

// settle goes on once a rule is decided: with the next rule, or with the answer to the
// chain. The loop's goroutine calls it at the end of a turn.
func (l *loop) settle(r *ruleRun) {
	decided := r.decided.Load()
	if r.settled || decided == nil {
		return
	}
	r.settled = true
	now := time.Now()
	l.mu.Lock()
	l.times = append(l.times, ruleTime{r.index, now.Sub(r.began)})
	next := decided.Err == nil && r.index+1 < l.until
	if next {
		following := &ruleRun{rule: &l.bundle.rules[r.index+1], index: r.index + 1, in: decided.State}
		l.inbox = append(l.inbox, task{rule: following})
		l.mu.Unlock()
		return
	}
	last := decided.Err != nil || r.index+1 == len(l.bundle.rules)
	if last {
		l.ended = true // without waiting to be told
	}
	l.mu.Unlock()
	if last {
		l.run.RulesEnded()
	}
	l.saveGlobals()
	if l.busy() {
		l.convert.detach()
	} else {
		l.quiet.Store(true)
		if last {
			l.leave()
		}
	}
	l.answered <- nil
}

// begin starts a rule: it is a task of the loop.
func (l *loop) begin(r *ruleRun) {
	now := time.Now()
	r.began = now
	if r.handover != nil {
		r.began = r.handover.Began
	}
	l.quiet.Store(false)
	l.latest = r
	l.current.Store(r)
	l.order.Merge(r.in.Order)
	var err error
	if stopped := guarded(func() error { err = l.bring(r); return nil }); stopped != nil {
		l.judge(r, stopped)
		return
	}
	if err != nil {
		r.fail(inputFailure(&runtime.InputError{What: "user or context", Err: err}))
		l.settle(r)
		return
	}
	l.turn(r, now, func() error {
		program, err := r.rule.program()
		if err != nil {
			return err
		}
		value, err := l.vm.RunProgram(program)
		if err != nil {
			return err
		}
		if make, ok := goja.AssertFunction(value); ok && r.rule.catches {
			if value, err = make(goja.Undefined(), l.vm.ToValue(l.machine.caught)); err != nil {
				return err
			}
		}
		function, ok := goja.AssertFunction(value)
		if !ok {
			r.fail(&runtime.RuleError{
				Kind: runtime.KindContract, Rule: r.rule.Name, Name: "ContractError", File: r.rule.File,
				Message: "the rule is no function: its text is an expression whose value is " + received(value),
			})
			return nil
		}
		_, err = function(goja.Undefined(), r.user, r.context, l.callback(r))
		return err
	})
}

// bring makes the objects that a rule is given.
func (l *loop) bring(r *ruleRun) (err error) {
	l.gate.enter()
	defer l.gate.leave()
	if r.user, err = l.convert.toJS(r.in.User); err == nil {
		r.context, err = l.convert.toJS(r.in.Context)
	}
	return err
}

func inputFailure(input *runtime.InputError) *runtime.RuleError {
	return (&runtime.RuleError{Kind: runtime.KindInput, Name: "InputError", Message: input.Error()}).Caused(input)
}

// callback is the third argument of a rule.
func (l *loop) callback(r *ruleRun) goja.Value {
	m := l.machine
	return m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if m.loop == l { // else the run is long over
			l.calledBack(r, call)
		}
		return goja.Undefined()
	})
}

// calledBack ends the rule at its first call.
//
// Source: contract rows 1, 4 and 8 to 17.
func (l *loop) calledBack(r *ruleRun, call goja.FunctionCall) {
	name := r.rule.Name
	if r.decided.Load() != nil {
		l.run.Warn(name, runtime.WarnCallbackTwice, runtime.TextCallbackTwice)
		return
	}
	status := call.Argument(0)
	if status.ToBoolean() {
		r.fail(l.handedOver(r, status))
		return
	}
	if !goja.IsNull(status) {
		l.run.Warn(name, runtime.WarnFalsyStatus, runtime.TextFalsyStatus(received(status)))
	}
	user, context := call.Argument(1), call.Argument(2)
	if goja.IsUndefined(user) || goja.IsUndefined(context) {
		l.run.Warn(name, runtime.WarnMissingArgs, runtime.TextMissingArgs)
	}
	var lost losses
	passed, userReplaced, failure := l.passed(r, "user", user, r.user, r.in.User, &lost)
	if failure != nil {
		r.fail(failure)
		return
	}
	out := runtime.State{User: passed, Order: l.convert.order}
	passed, contextReplaced, failure := l.passed(r, "context", context, r.context, r.in.Context, &lost)
	if failure != nil {
		r.fail(failure)
		return
	}
	out.Context = passed
	if userReplaced || contextReplaced {
		l.run.Warn(name, runtime.WarnReplacedArgs, "the callback was called with other objects than the rule was given: they replace them")
	}
	if text := lost.String(); text != "" {
		l.run.Warn(name, runtime.WarnNotJSON, text)
	}
	r.decide(runtime.Result{State: out})
}

// passed copies out what the callback was given for the user or the context; own is what the
// rule was given.
func (l *loop) passed(r *ruleRun, what string, value, own goja.Value, before any, lost *losses) (tree any, replaced bool, failure *runtime.RuleError) {
	if goja.IsUndefined(value) {
		value = own
	}
	if !value.StrictEquals(own) && !goja.IsNull(value) {
		if !l.convert.isPlainObject(value) {
			return nil, false, &runtime.RuleError{
				Kind: runtime.KindContract, Rule: r.rule.Name, Name: "ContractError", File: r.rule.File,
				Message: "the callback was called with a " + what + " that is no object but " + received(value),
			}
		}
		replaced = true
	}
	tree, err := l.convert.fromJS(value, before, what, lost)
	if err != nil {
		passOn(err)
		return nil, false, l.unwritable(r, what, err)
	}
	return tree, replaced, nil
}

// passOn goes on with what ends the VM: the stop of a limit, a stack that is full.
// Nothing in the VM can catch it.
func passOn(err error) {
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	if errors.As(err, &interrupted) || errors.As(err, &overflow) {
		panic(err)
	}
}

// unwritable is the failure of a rule whose user or context JSON cannot carry.
func (l *loop) unwritable(r *ruleRun, what string, err error) *runtime.RuleError {
	failure := &runtime.RuleError{Kind: runtime.KindContract, Rule: r.rule.Name, Name: "ContractError", File: r.rule.File}
	var thrown *goja.Exception
	if errors.As(err, &thrown) {
		failure.Message = what + " cannot be passed on as JSON: " + l.thrown(r, thrown).Message
		return failure
	}
	failure.Message = what + " cannot be passed on as JSON: " + err.Error()
	return failure
}

// threw decides what an error means that ended a turn of a rule.
//
// Source: contract rows 3, 5 and 6.
func (l *loop) threw(owner *ruleRun, err error) {
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	var thrown *goja.Exception
	var input *runtime.InputError
	var internal *runtime.InternalError
	var fault *engineFault
	switch {
	case errors.As(err, &input):
		owner.fail(inputFailure(input))
	case errors.As(err, &fault):
		l.endedBy(owner, &runtime.RuleError{
			Kind: runtime.KindException, Rule: owner.rule.Name, Name: "InternalError", Message: fault.Error(), File: owner.rule.File,
		}, runtime.WarnThrowAfterCallback)
		l.interrupt(&stopCause{kind: runtime.KindException, text: fault.Error()})
	case errors.As(err, &internal):
		owner.fail((&runtime.RuleError{
			Kind: runtime.KindException, Rule: owner.rule.Name, Name: "InternalError", Message: internal.Error(), File: owner.rule.File,
		}).Caused(internal))
		l.interrupt(&stopCause{kind: runtime.KindException, text: internal.Error(), cause: internal})
	case errors.As(err, &interrupted):
		cause := l.stopped.Load()
		if cause == nil {
			cause = &stopCause{kind: runtime.KindTimeout, text: "the rule was interrupted"}
		}
		if owner.decided.Load() == nil {
			owner.stop(cause)
		} else {
			l.run.Warn(owner.rule.Name, runtime.WarnStoppedLate, "work after the callback was stopped: "+cause.text)
		}
	case errors.As(err, &overflow):
		l.endedBy(owner, &runtime.RuleError{
			Kind: runtime.KindLimit, Rule: owner.rule.Name, Name: "RangeError", File: owner.rule.File,
			Message: "Maximum call stack size exceeded",
		}, runtime.WarnThrowAfterCallback)
	case errors.As(err, &thrown):
		if cause := l.stopped.Load(); cause != nil && owner.decided.Load() == nil {
			owner.stop(cause) // what was thrown is what the end made of it; see Overdue
			return
		}
		l.endedBy(owner, l.thrown(owner, thrown), runtime.WarnThrowAfterCallback)
	default:
		l.endedBy(owner, (&runtime.RuleError{
			Kind: runtime.KindException, Rule: owner.rule.Name, Name: "Error", Message: err.Error(), File: owner.rule.File,
		}).Caused(err), runtime.WarnThrowAfterCallback)
	}
}

// endedBy fails a rule, or warns when it has called back already.
func (l *loop) endedBy(owner *ruleRun, failure *runtime.RuleError, late runtime.WarningCode) {
	if owner.decided.Load() == nil {
		owner.fail(failure)
		return
	}
	l.run.Warn(owner.rule.Name, late, strings.TrimPrefix(failure.Name+": "+failure.Message, ": "))
}

// trackRejection is goja's hook for promises that reject without a handler, or
// get one later.
func (l *loop) trackRejection(promise *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		l.rejected = append(l.rejected, rejection{promise, l.owner})
		return
	}
	for i, r := range l.rejected {
		if r.promise == promise {
			l.rejected = append(l.rejected[:i], l.rejected[i+1:]...)
			return
		}
	}
}

// unhandled ends a rule whose promise rejected with nobody to handle it; after the
// callback it is a warning only.
//
// Source: contract row 7.
func (l *loop) unhandled(r rejection) {
	owner := r.owner
	failure := l.fromValue(owner, r.promise.Result(), runtime.KindException)
	owner.fail(failure)
	l.run.Warn(owner.rule.Name, runtime.WarnUnhandledRejection,
		"a promise rejected and nothing handles it: "+strings.TrimPrefix(failure.Name+": "+failure.Message, ": "))
}
