package runtime

import (
	"context"
	"time"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Decision is how a pipeline run ended. The zero Decision is none of the named
// ones: an Outcome that nobody filled in never reads as allowed.
type Decision uint8

const (
	Allowed  Decision = iota + 1 // every rule called back with success
	Denied                       // a rule handed over an UnauthorizedError
	Failed                       // any other error, exception, timeout, limit, broken contract or input
	Redirect                     // every rule succeeded and one of them asked for a redirect
)

var decisionNames = [...]string{"invalid", "allowed", "denied", "failed", "redirect"}

// String is the decision's name in JSON: allowed, denied, failed, redirect.
func (d Decision) String() string {
	if int(d) < len(decisionNames) {
		return decisionNames[d]
	}
	return decisionNames[0]
}

// MarshalText is String; so decisions are names in JSON.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Input is one login, as the pipeline gets it. A run adds and normalises nothing
// in it: a rule sees what it was given (see PrepareLogin for what the platform
// would add).
//
// User and Context are decoded JSON objects: map[string]any, []any, string,
// float64 (any Go integer is read as a number), bool, nil; a nil map means {}.
// Any other Go value is read as encoding/json would write it. Both are changed
// in place when the run succeeds and are untouched otherwise; until Run has
// returned they belong to the run. One map at two places of the tree, or shared
// by concurrent runs, is the caller's error.
type Input struct {
	User    map[string]any
	Context map[string]any

	// Configuration replaces the pipeline's own for this run; nil keeps it.
	Configuration map[string]string

	// Order knows the key order of objects that came as JSON text; nil: keys of
	// Go maps are read in UTF-16 order.
	Order *jsondoc.Order

	// Now fixes the run's clock: it then advances only by the delays of timers
	// that fired. The zero time means the clock of the pipeline's options.
	Now time.Time
	// Zone is the run's time zone; nil means the pipeline's, which is UTC unless set.
	Zone *time.Location
}

// Outcome is the answer of a pipeline run. On Denied and Failed, User and
// Context are the input's, unchanged. An Outcome is not changed after Run has
// returned it.
type Outcome struct {
	Decision Decision

	// User is nil when the rules dropped the user (callback(null, null, context)).
	// User and Context are the caller's own maps where the run changed them in place.
	User    map[string]any
	Context map[string]any

	// Err says why on Denied and Failed; nil otherwise. Outcomes may share one: it is read only.
	Err *RuleError

	// RedirectTo is set when Decision is Redirect.
	RedirectTo *RedirectTarget
	// Multifactor is set when a rule asked for a further factor: it never
	// changes the decision by itself.
	Multifactor *Multifactor
	Console     []ConsoleLine
	Warnings    []Warning
	Metadata    []MetadataWrite
	Calls       []Call
	// Rules says how each rule ran that began. It may be shared with other outcomes: it is
	// never written to.
	Rules []RuleReport

	Duration time.Duration // of the run; zero without Options.Timings

	final  jsonTrees     // user and context with key order, for the JSON form
	login  *flow         // the login as it began; nil: as Context says
	tokens *TokenOptions // nil: there are no tokens
}

// Verdict is what decides about a login: the part of an [Outcome] that nobody may overlook.
type Verdict struct {
	Decision    Decision
	Err         *RuleError      // why, on Denied and Failed; shared by runs: it is read only
	RedirectTo  *RedirectTarget // set on Redirect
	Multifactor *Multifactor    // set when a rule asked for a further factor
}

// RedirectTarget is where the login goes on. The state is in the URL already.
type RedirectTarget struct {
	URL   string `json:"url"`
	State string `json:"state"`
}

// Multifactor is a rule's request for a further factor (context.multifactor).
type Multifactor struct {
	// Request is the object that the rule set, with at least a provider: context.multifactor itself.
	Request map[string]any
	// Provider is Request["provider"].
	Provider string
	// AllowRememberBrowser is nil when the rule left it to the provider's default.
	AllowRememberBrowser *bool
	// OAuth is the error code that the protocol forces, because the flow cannot
	// ask the user now: mfa_required or interaction_required; "" when it can.
	OAuth string
}

// ConsoleLine is one console call of a rule.
type ConsoleLine struct {
	Rule  string `json:"rule"`
	Level string `json:"level"` // log, info, warn, error, debug
	Text  string `json:"text"`
}

// Warning is something that the rule's author should know of.
type Warning struct {
	Rule string      `json:"rule"` // "" for the pipeline
	Code WarningCode `json:"code"`
	Text string      `json:"text"`
}

// WarningCode is the stable name of a kind of warning.
type WarningCode string

const (
	WarnCallbackTwice      WarningCode = "callback-twice"       // the first call decided
	WarnMissingArgs        WarningCode = "missing-args"         // success without user or context
	WarnReplacedArgs       WarningCode = "replaced-args"        // success with other objects than the rule was given
	WarnFalsyStatus        WarningCode = "falsy-status"         // success with undefined, false, 0, '' as the error
	WarnThrowAfterCallback WarningCode = "throw-after-callback" // an exception that came too late to count
	WarnUnhandledRejection WarningCode = "unhandled-rejection"  // a rejected promise that nobody handled
	WarnNotJSON            WarningCode = "not-json"             // a value that JSON cannot carry to the next rule
	WarnGlobalUnset        WarningCode = "global-unset"         // a read of a global that this run has not set
	WarnRedirectIgnored    WarningCode = "redirect-ignored"     // a second redirect in one login
	WarnRedirectBeforeMFA  WarningCode = "redirect-before-mfa"  // both asked for: redirect first
	WarnIgnoredValue       WarningCode = "ignored-value"        // a redirect or multifactor of the wrong type
	WarnStoppedLate        WarningCode = "stopped-late"         // work after the callback that a limit ended
	WarnModule             WarningCode = "module"               // what a module told of itself
	WarnConsoleCut         WarningCode = "console-cut"          // more console text than Limits.ConsoleBytes
	WarnNetworkRefused     WarningCode = "network-refused"      // the policy does not let a rule go there
	WarnNetworkLimit       WarningCode = "network-limit"        // a limit of the network policy was reached
)

// MetadataWrite is one call of auth0.users.updateAppMetadata or updateUserMetadata.
type MetadataWrite struct {
	Target string         `json:"target"` // app or user
	UserID string         `json:"user_id"`
	Values map[string]any `json:"values"`

	Order *jsondoc.Order `json:"-"` // key order of Values; may be nil
}

// JSON is Values as JSON text in the key order in which the rule wrote them.
func (w MetadataWrite) JSON() string {
	text, err := jsondoc.Encode(w.Values, w.Order)
	if err != nil {
		return "{}" // decoded JSON always encodes
	}
	return string(text)
}

// Call is one HTTP request of a rule, or one socket (then Method is CONNECT). It holds no query, no
// header, no user information.
type Call struct {
	Rule     string        `json:"rule"`
	Method   string        `json:"method"`
	URL      string        `json:"url"`
	Status   int           `json:"status"`          // 0 when there was no answer
	Error    string        `json:"error,omitempty"` // Node's code; "unfinished" when it went on as the run answered
	Duration time.Duration `json:"duration_ns"`

	RequestBytes  int64 `json:"request_bytes"`  // of the body, as far as it was sent
	ResponseBytes int64 `json:"response_bytes"` // of the body, as far as it was read
}

// RuleReport says how one rule ran.
type RuleReport struct {
	Name     string        `json:"name"`
	Engine   string        `json:"engine"`      // what produced the answer: expr, cel, js
	Exit     *Exit         `json:"exit"`        // why a lowered program handed over; nil when it did not
	Duration time.Duration `json:"duration_ns"` // zero for compiled rules without Options.Timings
}

// Exit is the place where a lowered program handed over to goja.
type Exit struct {
	Code   string `json:"code"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Store keeps the metadata that rules write through auth0.users. It uses
// built-in types only, so a store needs no import of this package. Methods are
// called from many goroutines.
//
// Both methods merge values into the stored metadata as the Management API does:
// the first level is merged, lower levels are replaced whole, null removes a
// property. They answer the updated user (user_id, app_metadata, user_metadata
// and what else the store knows). An error with methods StatusCode() int and
// Headers() map[string]string reaches the rule with statusCode and headers.
type Store interface {
	UpdateAppMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error)
	UpdateUserMetadata(ctx context.Context, userID string, values map[string]any) (map[string]any, error)
}

// ManagementAPI is what a Store that writes to a Management API may offer beside: where that is, and
// a token for it, so that rules can call it themselves. They are auth0.baseUrl and auth0.accessToken
// then; auth0.domain is the host of the first unless Options.Domain says another.
type ManagementAPI interface {
	// BaseURL ends in /api/v2.
	BaseURL() string
	// AccessToken is called when a rule reads auth0.accessToken, which waits for it: a source
	// that asks a server should keep what it gets.
	AccessToken(ctx context.Context) (string, error)
}

// Profiles is what a Store may offer beside: the profile as it is stored now. A
// resumed login reads its user's metadata there.
type Profiles interface {
	User(ctx context.Context, userID string) (profile map[string]any, found bool, err error)
}
