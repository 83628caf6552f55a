package runtime

import (
	"errors"
	"fmt"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// Kind says what ended a pipeline that did not succeed.
type Kind string

const (
	KindRule      Kind = "rule"      // a rule handed an error to its callback
	KindException Kind = "exception" // a rule threw, or a promise rejected unhandled
	KindTimeout   Kind = "timeout"   // a rule did not call back in time
	KindLimit     Kind = "limit"     // a rule ran into a limit other than time
	KindContract  Kind = "contract"  // a rule broke the contract: a cycle, objects that are none, …
	KindInput     Kind = "input"     // the login itself cannot be read
)

// OAuth error codes that a login can end with.
const (
	OAuthUnauthorized        = "unauthorized"
	OAuthAccessDenied        = "access_denied"
	OAuthInteractionRequired = "interaction_required"
	OAuthMFARequired         = "mfa_required"
)

// PlatformTimeout is the text that the platform gave to applications when the
// rules of a login took too long.
const PlatformTimeout = "Request to Webtask exceeded allowed execution time"

// RuleError is why a pipeline run was denied or failed. The fields from Name to
// StatusCode are those that the rule's own error had. Outcomes may share one: it is read only.
//
// Source: contract rows 5 to 12; the fields are those that the platform carried
// out of its sandbox.
type RuleError struct {
	Kind Kind
	Rule string // the rule's name; "" when no rule is to blame

	Name        string // the error's name; "" when the rule handed over a text, a number or a boolean
	Message     string
	Code        string
	Description string
	UserID      string
	StatusCode  int // status_code; 0 when the error had none

	// Approximate says that the JavaScript engine made the error and that Message is
	// its best guess at V8's words: V8's could say null for undefined, or spell
	// what was called otherwise.
	Approximate bool

	// Cause is the cause of the rule's own error, with its code: "Error: connect ECONNREFUSED
	// 10.0.0.1:80 [ECONNREFUSED]"; "" when it had none.
	Cause string

	// OAuth is the code that the application receives.
	OAuth string
	// Stack is the JavaScript stack with the positions of the user's files; "" when there is none.
	Stack string
	// File and Pos say where in the rule it happened, when that is known.
	File string
	Pos  source.Pos

	cause error // for errors.As: the Go error behind it, if any
}

// Caused returns e with the Go error that is behind it.
func (e *RuleError) Caused(cause error) *RuleError {
	e.cause = cause
	return e
}

// Unwrap is the Go error behind it; nil when a rule is.
func (e *RuleError) Unwrap() error { return e.cause }

// Error says which rule ended the login, how, and with what text.
func (e *RuleError) Error() string {
	name := e.Name
	if name == "" {
		name = "error"
	}
	text := fmt.Sprintf("%s: %s", name, e.Message)
	if e.Rule != "" {
		text = fmt.Sprintf("rule %q: %s", e.Rule, text)
	}
	if e.Pos.IsValid() {
		return fmt.Sprintf("%s:%s: %s", e.File, e.Pos, text)
	}
	return text
}

// Denied reports whether the error is a denial: an UnauthorizedError that a rule
// handed to its callback.
func (e *RuleError) Denied() bool {
	return e.Kind == KindRule && (e.Name == "UnauthorizedError" || e.Code == OAuthUnauthorized)
}

// OAuthDescription is the error_description that the application receives.
func (e *RuleError) OAuthDescription() string {
	if e.Kind == KindTimeout {
		return PlatformTimeout
	}
	return e.Message
}

// InputError says that a login cannot be run because its input cannot be read.
type InputError struct {
	What string // user, context, configuration, …
	Err  error
}

func (e *InputError) Error() string { return fmt.Sprintf("input: %s: %v", e.What, e.Err) }

// Unwrap is the cause.
func (e *InputError) Unwrap() error { return e.Err }

// InternalError is a broken invariant of ours, recovered: please report it.
type InternalError struct {
	Value any
	Stack []byte
}

func (e *InternalError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// ErrClosed is the answer of a pipeline that was closed.
var ErrClosed = errors.New("the pipeline is closed")

// ErrBusy is the answer while as many runs that could not be stopped are still
// burning as the limits allow: see Limits.Abandoned.
var ErrBusy = errors.New("too many abandoned runs: the pipeline refuses logins until one of them ends")
