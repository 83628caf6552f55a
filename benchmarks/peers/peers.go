// Package peers are the contenders: ways to decide about a login by the same rules.
package peers

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/benchmarks/cases"
	"github.com/ferrule-rules/ferrule/benchmarks/hand"
)

// Contender is one way to run cases.
type Contender struct {
	Name  string // in JSON and in flags
	Title string
	// Exact says that it claims JavaScript's meaning on every login, not only on the timed ones.
	Exact bool
	// Large says that it takes part with large logins, too.
	Large bool
	// Start makes a case ready. An error of type [*Unable] says why the contender cannot
	// take part in it, any other one that something is broken.
	Start func(c *cases.Case) (*Worker, error)
}

// Worker is a contender that is ready for a case. It is not safe for concurrent use.
type Worker struct {
	// Run decides about one login, which it may change. nil where Turn is set.
	Run func(l *cases.Login) (Answer, error)
	// Turn is a turn of a contender in another process, which makes its own copies and reads
	// its own clock: batches of so many logins until a time is over. It says how long the
	// median of them took.
	Turn func(logins int, slice time.Duration) (time.Duration, error)
	// Answer decides about one login, for a check; nil: Run does it.
	Answer func(l *cases.Login) (Answer, error)
	// Texts says that Run reads the login's JSON texts only, or nothing that it changes, so that
	// it needs no copy.
	Texts bool
	// Decides says that only the decision is computed, no objects.
	Decides bool
	// Idle says that it decides nothing, so that its answers mean nothing.
	Idle  bool
	Close func()
}

// Answer is what a contender made of a login.
type Answer struct {
	Err           error // nil: the login is let in; see [DecisionOf]
	User, Context map[string]any
	Texts         *[2][]byte // user and context of who writes JSON, until the next run
}

// Unable says why a contender has no part in a case.
type Unable struct{ Reason string }

func (u *Unable) Error() string { return u.Reason }

// IsUnable reports whether an error says why a contender has no part in a case.
func IsUnable(err error) bool {
	var reason *Unable
	return errors.As(err, &reason)
}

func unable(format string, args ...any) error { return &Unable{fmt.Sprintf(format, args...)} }

// errFailed is a failure without words.
var errFailed = errors.New("the rule failed")

// errDenied is a denial without words, of those that only decide.
var errDenied = &cases.Denial{}

// DecisionOf says how a login ended, and with which words, "" where nobody says any.
func DecisionOf(err error) (decision, message string) {
	var rule *ferrule.RuleError
	var denial *cases.Denial
	switch {
	case err == nil:
		return "allowed", ""
	case errors.As(err, &denial):
		return "denied", denial.Message
	case errors.As(err, &rule) && rule.Name == "UnauthorizedError":
		return "denied", rule.Message
	}
	return "failed", ""
}

// Same reports how an answer differs from the wanted one: in the decision, the words of a
// denial, or in user and context as JSON.
func Same(got, want Answer, objects bool) error {
	decision, message := DecisionOf(got.Err)
	wanted, words := DecisionOf(want.Err)
	if decision != wanted {
		return fmt.Errorf("%s (%v), want %s (%v)", decision, got.Err, wanted, want.Err)
	}
	if message != "" && words != "" && message != words {
		return fmt.Errorf("denied with %q, want %q", message, words)
	}
	if !objects || decision != "allowed" {
		return nil
	}
	for i, name := range []string{"user", "context"} {
		g, err := got.plain(i)
		if err != nil {
			return err
		}
		w, err := want.plain(i)
		if err != nil {
			return err
		}
		if where, what := difference(g, w, name); where != "" {
			return fmt.Errorf("it leaves another login: %s %s", where, what)
		}
	}
	return nil
}

// plain is user (0) or context (1) as it is after JSON.
func (a Answer) plain(i int) (decoded any, err error) {
	var text []byte
	if a.Texts != nil {
		text = a.Texts[i]
	} else {
		if text, err = json.Marshal([2]map[string]any{a.User, a.Context}[i]); err != nil {
			return nil, err
		}
	}
	return decoded, json.Unmarshal(text, &decoded)
}

// difference is the first place where two decoded JSON values differ, and how; "" when they
// do not.
func difference(got, want any, path string) (where, what string) {
	g, isObject := got.(map[string]any)
	w, wantsObject := want.(map[string]any)
	if !isObject || !wantsObject {
		if reflect.DeepEqual(got, want) {
			return "", ""
		}
		return path, fmt.Sprintf("is %s, want %s", short(got), short(want))
	}
	for _, key := range slices.Sorted(maps.Keys(w)) {
		if _, ok := g[key]; !ok {
			return path + "." + key, "is absent"
		}
		if where, what = difference(g[key], w[key], path+"."+key); where != "" {
			return where, what
		}
	}
	for _, key := range slices.Sorted(maps.Keys(g)) {
		if _, ok := w[key]; !ok {
			return path + "." + key, "should be absent"
		}
	}
	return "", ""
}

func short(value any) string {
	text, _ := json.Marshal(value) // it was decoded
	if len(text) > 80 {
		text = append(text[:80], "…"...)
	}
	return string(text)
}

// empty does nothing: what it takes is the loop and the call, which are in everybody's time.
var empty = Contender{Name: "empty", Title: "nothing: the loop and the call, in everybody's time", Start: func(*cases.Case) (*Worker, error) {
	return &Worker{Idle: true, Run: func(l *cases.Login) (Answer, error) { return Answer{User: l.User, Context: l.Context}, nil }}, nil
}}

// copying is the copy of a login, which nobody's time contains.
var copying = Contender{Name: "copy", Title: "a deep copy of the login, in nobody's time", Start: func(*cases.Case) (*Worker, error) {
	return &Worker{Idle: true, Run: func(l *cases.Login) (Answer, error) {
		return Answer{User: cases.CopyObject(l.User), Context: cases.CopyObject(l.Context)}, nil
	}}, nil
}}

// byHand is the code of package hand.
var byHand = Contender{Name: "hand", Title: "hand-written Go", Exact: true, Start: func(c *cases.Case) (*Worker, error) {
	rule, ok := hand.For(*c)
	if !ok {
		return nil, unable("nobody has written this rule by hand")
	}
	return &Worker{Run: func(l *cases.Login) (Answer, error) {
		return Answer{Err: rule(l.User, l.Context, l.Now), User: l.User, Context: l.Context}, nil
	}}, nil
}}
