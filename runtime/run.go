package runtime

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// Run is one pipeline run as the engines see it: its input, its limits, and the
// place where everything observable is recorded. Engines may use it from
// several goroutines, also after the run has answered: what comes then goes to
// the pipeline's OnLate hook and no longer to the outcome.
//
// A Run serves several runs, one after another, as long as only the goroutine of the chain
// has it. Share says that this is over; what lets work go on elsewhere (Context, Hold, Go) calls it.
type Run struct {
	Limits  Limits // defaults filled in
	Timings bool   // how long each rule takes is measured

	Tenant        string
	Domain        string // of the tenant: auth0.domain
	Configuration map[string]string
	Environment   map[string]string // process.env; nobody changes it
	Store         Store
	Globals       *Globals // nil: globals live for one run

	// Clock reads the time. A Fixed one is not read: it stands there, but for the delays of
	// timers that fired. The zero Fixed is none.
	Clock func() time.Time
	Fixed time.Time
	Zone  *time.Location

	network    *network // nil: there is none
	background *tracker
	onLate     func(Late)
	masks      *masks
	ownMask    atomic.Pointer[strings.Replacer] // of Configuration, where that is not the chain's; see hidden
	tokens     atomic.Pointer[strings.Replacer] // hides what AccessToken answered; nil: nothing
	passed     atomic.Int64                     // what a fixed clock has advanced by, in ns

	caller context.Context // for its values
	login  *flow           // see KeepLogin; nil: as the context of the result says
	part   projected       // what was read of the login's text, when that is not everything

	shared atomic.Bool // see Share
	clock  sync.Mutex
	until  time.Time // see Until; zero until somebody asks

	mu       sync.Mutex
	work     context.Context // see Context
	stop     context.CancelFunc
	over     bool
	held     int  // calls of Hold that go on
	ended    bool // the last rule has ended: what rules do from here on is late
	sealed   bool
	noted    bool // something of what follows is there
	console  []ConsoleLine
	bytes    int
	cut      bool
	warnings []Warning
	metadata []MetadataWrite
	calls    []Call
	handover *Handover
	egress   *egress.Session // see Network; nil until somebody asks
}

// Late is something that a rule did after its run had answered. Just one field
// is set.
type Late struct {
	Console  *ConsoleLine
	Warning  *Warning
	Metadata *MetadataWrite
	Call     *Call
}

// flow is the login as it began. context is the caller's: what stands there of the
// login has not changed unless KeepLogin was called.
func (r *Run) flow(context map[string]any) flow {
	if r.login != nil {
		return *r.login
	}
	if r.part.user != nil {
		return flowOfText(r.part.login)
	}
	return flowOf(context)
}

// interaction is flow as far as it says whether the user can be asked.
func (r *Run) interaction(context map[string]any) flow {
	if r.login != nil || r.part.user != nil {
		return r.flow(context)
	}
	return interactionOf(context)
}

// Share says that the Run may be used from other goroutines, or after its end, from here on. It
// is called on the goroutine of the chain first.
func (r *Run) Share() {
	if !r.shared.Load() {
		r.shared.Store(true)
	}
}

// lock is for what other goroutines may do at the same time. A Run that is not shared has
// none.
func (r *Run) lock() (unlock bool) {
	if !r.shared.Load() {
		return false
	}
	r.mu.Lock()
	return true
}

// reset makes a Run that was never shared what it was before its run.
func (r *Run) reset() {
	r.caller, r.Configuration, r.login, r.handover = nil, nil, nil, nil
	r.over, r.ended, r.sealed = false, false, false
	// What few runs have is looked for first.
	if !r.until.IsZero() {
		r.until = time.Time{}
	}
	if r.part.user != nil {
		r.part = projected{}
	}
	if r.noted {
		r.noted, r.bytes, r.cut = false, 0, false
		r.console, r.warnings, r.metadata, r.calls = nil, nil, nil, nil
	}
	if r.passed.Load() != 0 {
		r.passed.Store(0)
	}
	if r.ownMask.Load() != nil {
		r.ownMask.Store(nil)
	}
}

// Until is when the time of the whole run is over. The run's time begins when this is asked
// first: rules that neither loop nor wait never read the clock of the process.
func (r *Run) Until() time.Time {
	r.clock.Lock()
	defer r.clock.Unlock()
	if r.until.IsZero() {
		r.until = time.Now().Add(r.Limits.Timeout)
	}
	return r.until
}

// KeepLogin reads what the pipeline itself needs of the login's context: the protocol and the
// parameters of the request. It must be called before a rule that may change them runs; the first call counts.
func (r *Run) KeepLogin(context any) {
	if r.login == nil && r.part.user == nil { // a text stays what it is
		object, _ := context.(map[string]any)
		f := flowOf(object)
		r.login = &f
	}
}

// KeepChangedLogin is KeepLogin for rules that left before as it was and answer after: it does
// nothing where after reads the same.
func (r *Run) KeepChangedLogin(before, after any) {
	if r.login != nil || sameMap(before, after) {
		return
	}
	object, _ := before.(map[string]any)
	changed, ok := after.(map[string]any)
	for _, property := range LoginProperties {
		if ok = ok && unchanged(object[property], changed[property]); !ok {
			r.KeepLogin(before)
			return
		}
	}
}

// Context is for work outside the engine: it has the values of the caller's context
// and ends when the run's time is over or End was called. It is still alive after
// the run has answered, for work that goes on.
func (r *Run) Context() context.Context {
	r.Share()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.work == nil {
		r.work, r.stop = context.WithDeadline(context.WithoutCancel(r.caller), r.Until())
		if r.over && r.held == 0 {
			r.stop()
		}
	}
	return r.work
}

// End says that nothing of the run's session runs any more.
func (r *Run) End() {
	if r.lock() {
		defer r.mu.Unlock()
	}
	r.over = true
	if r.stop != nil && r.held == 0 {
		r.stop()
	}
}

// Hold keeps Context alive beyond End, until release is called or the run's time is over.
func (r *Run) Hold() (release func()) {
	r.Share()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held++
	return sync.OnceFunc(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.held--; r.held == 0 && r.over && r.stop != nil {
			r.stop()
		}
	})
}

// Now reads the run's clock.
func (r *Run) Now() time.Time {
	if r.Fixed.IsZero() {
		return r.Clock()
	}
	return r.Fixed.Add(time.Duration(r.passed.Load()))
}

// Passed says that a fixed clock has advanced by d since the run began.
func (r *Run) Passed(d time.Duration) { r.passed.Store(int64(d)) }

// Log records a console line. Beyond Limits.ConsoleBytes lines are dropped, with one
// warning.
func (r *Run) Log(line ConsoleLine) {
	line.Text = r.hide(line.Text)
	r.mu.Lock()
	late := r.sealed || r.ended
	if !late {
		r.noted = true
		r.bytes += len(line.Text) + len(line.Rule)
		switch {
		case r.bytes <= r.Limits.ConsoleBytes:
			r.console = append(r.console, line)
		case !r.cut:
			r.cut = true
			r.warnings = append(r.warnings, Warning{line.Rule, WarnConsoleCut, "the run wrote more to the console than is kept: further lines are dropped"})
		}
	}
	r.mu.Unlock()
	if late && r.onLate != nil {
		r.onLate(Late{Console: &line})
	}
}

// RulesEnded says that the last rule has ended: what rules left running does not reach
// the outcome from here on, whichever goroutine is quicker. The pipeline's own warnings do.
func (r *Run) RulesEnded() {
	r.flushNetwork()
	if r.lock() {
		defer r.mu.Unlock()
	}
	r.ended = true
}

// Warn records a warning.
func (r *Run) Warn(rule string, code WarningCode, text string) {
	warning := Warning{rule, code, r.hide(text)}
	if rule == "" {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !r.sealed {
			r.noted = true
			r.warnings = append(r.warnings, warning)
		}
		return
	}
	if record(r, &r.warnings, warning) {
		r.onLate(Late{Warning: &warning})
	}
}

// Wrote records a metadata write, at the moment when the rule asks for it.
func (r *Run) Wrote(write MetadataWrite) {
	if record(r, &r.metadata, write) {
		r.onLate(Late{Metadata: &write})
	}
}

// Called records a call over the network.
func (r *Run) Called(call Call) {
	call.URL, call.Error = r.hide(call.URL), r.hide(call.Error)
	if record(r, &r.calls, call) {
		r.onLate(Late{Call: &call})
	}
}

// record appends to one of the run's lists; once the run has answered it
// reports whether the late hook wants it instead.
func record[T any](r *Run, list *[]T, entry T) (late bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sealed || r.ended {
		return r.onLate != nil
	}
	r.noted = true
	*list = append(*list, entry)
	return false
}

// seal ends the recording and moves what was recorded to the outcome.
func (r *Run) seal(o *Outcome) {
	r.flushNetwork()
	if r.lock() {
		defer r.mu.Unlock()
	}
	r.sealed = true
	if r.noted {
		o.Console, o.Warnings, o.Metadata, o.Calls = r.console, r.warnings, r.metadata, r.calls
	}
}

// Go runs f on a goroutine that the pipeline's Close waits for.
func (r *Run) Go(f func()) { r.Start(taskFunc(f)) }

// Start is Go for a task.
func (r *Run) Start(task Task) {
	r.Share()
	r.background.run(task)
}

// Abandon counts a run whose engine could not be stopped, until done is called.
func (r *Run) Abandon() (done func()) { return r.background.abandon() }

// Globals keeps the JSON values on `global` for all runs of a pipeline, as the
// platform's containers did. It is safe for concurrent use.
type Globals struct {
	mu     sync.Mutex
	values map[string]any
}

// Load copies the kept values' map; the values themselves are never changed in place.
func (g *Globals) Load() map[string]any {
	g.mu.Lock()
	defer g.mu.Unlock()
	values := make(map[string]any, len(g.values))
	for key, value := range g.values {
		values[key] = value
	}
	return values
}

// Save takes over what a run left: changed holds new values, removed the keys that went away.
func (g *Globals) Save(changed map[string]any, removed []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.values == nil {
		g.values = map[string]any{}
	}
	for _, key := range removed {
		delete(g.values, key)
	}
	for key, value := range changed {
		g.values[key] = value
	}
}
