package ferrule

import "github.com/ferrule-rules/ferrule/runtime"

// The contract's types, under the names that users of this package write.
type (
	Input           = runtime.Input
	Outcome         = runtime.Outcome
	JSONInput       = runtime.JSONInput
	JSONOutcome     = runtime.JSONOutcome
	Decision        = runtime.Decision
	RuleError       = runtime.RuleError
	Kind            = runtime.Kind
	Limits          = runtime.Limits
	Store           = runtime.Store
	Profiles        = runtime.Profiles
	ManagementAPI   = runtime.ManagementAPI
	StateStore      = runtime.StateStore
	MemoryOptions   = runtime.MemoryOptions
	Resumption      = runtime.Resumption
	RedirectTarget  = runtime.RedirectTarget
	Multifactor     = runtime.Multifactor
	Verdict         = runtime.Verdict
	Tokens          = runtime.Tokens
	TokenOptions    = runtime.TokenOptions
	ConsoleLine     = runtime.ConsoleLine
	Warning         = runtime.Warning
	WarningCode     = runtime.WarningCode
	MetadataWrite   = runtime.MetadataWrite
	Call            = runtime.Call
	RuleReport      = runtime.RuleReport
	Late            = runtime.Late
	Delivery        = runtime.Delivery
	DeliveryOptions = runtime.DeliveryOptions
	DeliveryError   = runtime.DeliveryError
	FastPaths       = runtime.FastPaths
	// NotOAuthResponse is the answer of Deliver for SAML, WS-Federation and WS-Trust.
	NotOAuthResponse = runtime.NotOAuthResponse
	InputError       = runtime.InputError
	StateError       = runtime.StateError
	StateReason      = runtime.StateReason
	InternalError    = runtime.InternalError
)

// The decisions of an [Outcome]. The zero Decision is none of them.
const (
	Allowed  = runtime.Allowed
	Denied   = runtime.Denied
	Failed   = runtime.Failed
	Redirect = runtime.Redirect
)

// The kinds of a [RuleError].
const (
	KindRule      = runtime.KindRule
	KindException = runtime.KindException
	KindTimeout   = runtime.KindTimeout
	KindLimit     = runtime.KindLimit
	KindContract  = runtime.KindContract
	KindInput     = runtime.KindInput
)

// The fast paths: see [Options].Without.
const (
	Kernels    = runtime.Kernels
	GuardIndex = runtime.GuardIndex
	SwiftRuns  = runtime.SwiftRuns
	Projection = runtime.Projection
)

// ShowAll in [Options].ShowConfiguration shows the values of all keys.
const ShowAll = runtime.ShowAll

// Errors of Run that are not about one login.
var (
	ErrClosed = runtime.ErrClosed
	ErrBusy   = runtime.ErrBusy
)

// The reasons of a [StateError].
const (
	StateMalformed = runtime.StateMalformed
	StateForged    = runtime.StateForged
	StateUnknown   = runtime.StateUnknown
	StateExpired   = runtime.StateExpired
	StateReplayed  = runtime.StateReplayed
)

// What a [StateStore] answers instead of a login that it does not have.
var (
	ErrStateUnknown = runtime.ErrStateUnknown
	ErrStateExpired = runtime.ErrStateExpired
	ErrStateTaken   = runtime.ErrStateTaken
)

// NewMemoryStateStore makes the StateStore that a pipeline has by default.
var NewMemoryStateStore = runtime.NewMemoryStateStore

// MaxTimeout is the largest Limits.Timeout.
const MaxTimeout = runtime.MaxTimeout

// ErrNothingToDeliver is the answer of [Outcome.Deliver] for an outcome that is no error.
var ErrNothingToDeliver = runtime.ErrNothingToDeliver

// PrepareLogin makes of a login what the platform would hand to rules. It is never
// called unasked.
var PrepareLogin = runtime.PrepareLogin

// SampleLogin is a realistic login, for trying rules without one at hand.
var SampleLogin = runtime.SampleLogin
