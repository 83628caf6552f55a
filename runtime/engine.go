package runtime

import (
	"context"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Engine runs the rules of one pipeline in one way. It is immutable and safe for
// concurrent use; what a run needs for itself lives in a Session.
type Engine interface {
	// Name is expr, cel or js.
	Name() string
	// Begin makes a session for one pipeline run. It is cheap: the engine may
	// put off its own work until the first rule. ctx is the caller's: when it ends,
	// the rule that runs is stopped. The session calls run.End once nothing of it
	// runs any more.
	Begin(ctx context.Context, run *Run) (Session, error)
}

// Session is one engine's part in one pipeline run. The chain calls its methods
// from one goroutine, one at a time.
//
// A session calls Run.KeepLogin itself, before a rule changes in place what is read there, or
// Run.KeepChangedLogin, before it answers a State where that has changed.
type Session interface {
	// Rules runs the rules from index from up to index to (exclusive), each on what
	// the one before it left, until one does not succeed. It answers when the last
	// of them has ended: it has called back and its turn of the event loop is over,
	// or it was stopped. It answers no later than the run's limits say, even when
	// the engine cannot be stopped.
	Rules(from, to int, p *Passage)
	// Undo makes the objects of the State that Rules was given first what they were. It is
	// called when the run does not succeed, and only then.
	Undo()
	// End says that no further rule comes. What the rules left running goes on
	// by itself until it is done or the run's limit is reached.
	End()
}

// Reusable is a Session that serves one run after another, with the same Run: when nothing but
// the chain may hold the Run any more (see Run.Share), both are put away together.
type Reusable interface {
	Session
	// Rest lets go of what it holds of a run. It comes after End.
	Rest()
	// Again begins another run, as Engine.Begin does.
	Again(ctx context.Context)
}

// Projecting is an Engine that knows what its rules read. Its sessions call Run.Whole before they
// let anything else read a State.
type Projecting interface {
	Engine
	// Shapes says what the rules can read with a configuration; nil when they may read anything.
	Shapes(configuration map[string]string) *Shapes
}

// Shapes are what rules read of a login.
type Shapes struct{ User, Context *jsondoc.Shape }

// State is what passes from rule to rule: decoded JSON. User is nil when a rule
// dropped it, else an object; likewise Context. A rule's result shares what the rule left
// alone, or is the State's own objects, changed in place (see Session.Undo).
type State struct {
	User    any
	Context any
	Order   *jsondoc.Order // key order of the objects in both; may be nil
}

// Passage is a login on its way through rules: what they are given, and what they leave.
type Passage struct {
	// State is what the first rule gets and, when Err is nil, what the last has left.
	State State
	// Added is for keys whose order State.Order does not know yet. Nil: it must know all.
	Added *jsondoc.Additions
	// Err is why the pipeline ends; nil on success.
	Err *RuleError
	// Kept are token objects that no rule of the pipeline can have written.
	Kept KeptTokens
	// Reports get what there is to say of each rule that began. What the rules have put there
	// may be shared with other runs: it is not written to.
	Reports []RuleReport
	// Journal tells what was written, of a run that began with a part of the login (see
	// Projecting). It is good until the session rests.
	Journal jsondoc.Journal
}

// Result is how a rule ended.
type Result struct {
	State State      // what the next rule gets; meaningful when Err is nil
	Err   *RuleError // why the pipeline ends; nil on success
}
