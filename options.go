package ferrule

import (
	"io/fs"
	"maps"
	"os"
	"reflect"
	"time"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler"
	"github.com/ferrule-rules/ferrule/compiler/folder"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// Options are how a pipeline is loaded and run. The zero value of each field, and a
// nil *Options, is the documented default. Setting a field never fails: Compile and
// Load report what is wrong with all of them at once.
type Options struct {
	// Tenant is whose rules these are. "" means "local".
	Tenant string
	// Domain is auth0.domain in rules. "" means the host of the Management API where Store is a
	// client of one, else Tenant + ".localhost".
	Domain string
	// Engine says what runs the rules: EngineAuto ("", the default), EngineExpr, EngineCEL or
	// EngineJS.
	Engine Engine
	// Expressions is what computes compiled rules with EngineAuto: EngineExpr ("", the
	// default) or EngineCEL.
	Expressions Engine
	// Configuration is laid over the configuration that the folder has, key by key.
	Configuration map[string]string
	// Environment is what rules and their packages see as process.env; nil: nothing. The process's own
	// variables are never among it by themselves.
	Environment map[string]string
	// Limits bound what rules may use.
	Limits Limits
	// Network says where rules may go by HTTP and sockets, and how far. The zero Policy lets them
	// reach public addresses.
	Network NetworkPolicy
	// ShowConfiguration names the keys of the configuration whose values may appear in console
	// lines, warnings and errors; [ShowAll] among them is every key. Other values of 6 bytes and
	// more that are no numbers of up to 9 are replaced there by the name of their key. User, context, tokens
	// and the text of an UnauthorizedError are the rules' answer, and never changed.
	ShowConfiguration []string
	// Store keeps the metadata that rules write; nil: writes are recorded in the
	// outcome and kept nowhere. See package stdlib/auth0 for stores.
	Store Store
	// States keeps logins during a redirect; nil: in memory. StateKey signs their
	// states; nil: a random key, so that no other process can resume them. StateTTL is
	// how long a login waits; 0 means one hour.
	States   StateStore
	StateKey []byte
	StateTTL time.Duration
	// Clock reads the time; nil means time.Now. Zone is the rules' local time; nil
	// means UTC, never the process's zone.
	Clock func() time.Time
	Zone  *time.Location
	// SharedGlobals keeps JSON values on `global` from run to run.
	SharedGlobals bool
	// Tokens says which claims reach tokens.
	Tokens TokenOptions
	// AlwaysAccessDenied answers access_denied to applications where
	// UnauthorizedError would give unauthorized.
	AlwaysAccessDenied bool
	// StaleUser resumes logins with the profile as it was before the redirect.
	StaleUser bool
	// Timings measures how long runs and rules take: see Outcome.Duration and
	// RuleReport.Duration, which are zero without it.
	Timings bool
	// OnLate is told what rules do after their run has answered, on other goroutines.
	OnLate func(Late)
	// Without are the fast paths that are turned off. They never change an answer.
	Without FastPaths

	// Modules says where the packages are that rules require.
	Modules ModuleOptions

	// Folder says how a folder is read.
	Folder FolderOptions
}

// NetworkPolicy says where rules may go by HTTP and sockets: see [egress.Policy] for its lists,
// certificates and proxy. The zero value lets them reach public addresses, within the default
// limits; what is local or private needs Allow. It must not be changed once a pipeline was made
// with it.
//
// What is refused is an error of the rule's with the code EEGRESS, what goes beyond a limit one with
// EEGRESSLIMIT. Both are warnings of the outcome, too, and each request is among its Calls.
type NetworkPolicy = egress.Policy

// NetworkLimits bound requests, bytes and times of rules: see [egress.Limits] for the fields, their
// units and defaults. Zero is a field's default, a negative value no limit.
type NetworkLimits = egress.Limits

// NetworkRule names hosts and ports in the lists of a [NetworkPolicy].
type NetworkRule = egress.Rule

// ParseNetworkRules reads rules that stand between commas, each a host with or without a port:
// a name, *.example.com for all names below, an address, 10.0.0.0/8, or * for all.
//
//	ParseNetworkRules("localhost:8080, *.example.com, [::1]:5432")
//
// # Errors
//
// The first rule that cannot be read is named in the error.
func ParseNetworkRules(text string) ([]NetworkRule, error) { return egress.ParseRules(text) }

// Engine names what runs rules.
type Engine = compiler.Engine

// The engines. With EngineAuto compiled rules run as expr programs, and JavaScript runs what is
// not compiled and the logins that leave a compiled rule. EngineExpr and EngineCEL run no
// JavaScript at all: a rule that would need it is refused when it is loaded, and a login
// whose values leave the compiled rule fails.
const (
	EngineAuto = compiler.Auto
	EngineExpr = compiler.Expr
	EngineCEL  = compiler.CEL
	EngineJS   = compiler.JS
)

// ModuleOptions say where the packages are that rules require, and what is said of those that are
// not there: see [compiler.ModuleOptions]. Packages are bundled when rules are compiled, never
// looked for by a login. Dir is the rules' folder on disk; "" means that of an os.DirFS that
// rules are loaded from, and for others that there are no packages.
type ModuleOptions = compiler.ModuleOptions

// FolderOptions are how Load reads a folder.
type FolderOptions = folder.Options

// Diagnostics is everything there is to say about rule texts and options. As an error
// it says the first finding; each element has a code, a place, a message and notes.
type Diagnostics = diag.List

// Diagnostic is one finding.
type Diagnostic = diag.Diagnostic

func (o *Options) orDefaults() Options {
	if o == nil {
		return Options{}
	}
	return *o
}

func (o *Options) folderOptions() folder.Options { return o.orDefaults().Folder }

// problems lists the options that cannot be used.
func (o *Options) problems() diag.List {
	var list diag.List
	for _, err := range o.orDefaults().Limits.Validate() {
		list = append(list, diag.ForPath(diag.BadOption, "options", "%v", err))
	}
	switch engine := o.orDefaults().Engine; engine {
	case "", EngineAuto, EngineExpr, EngineCEL, EngineJS:
	default:
		list = append(list, diag.ForPath(diag.BadOption, "options", "Engine is auto, expr, cel or js, not %q", engine))
	}
	switch engine := o.orDefaults().Expressions; engine {
	case "", EngineExpr, EngineCEL:
	default:
		list = append(list, diag.ForPath(diag.BadOption, "options", "Expressions is expr or cel, not %q", engine))
	}
	if ttl := o.orDefaults().StateTTL; ttl < 0 {
		list = append(list, diag.ForPath(diag.BadOption, "options", "StateTTL is negative: %v", ttl))
	}
	network := o.orDefaults().Network
	if err := network.Validate(); err != nil {
		list = append(list, diag.ForPath(diag.BadOption, "options", "Network: %v", err))
	}
	return list
}

// configuration is the folder's with that of the options laid over it.
func (o *Options) configuration(folder map[string]string) map[string]string {
	merged := maps.Clone(folder)
	if merged == nil {
		merged = map[string]string{}
	}
	maps.Copy(merged, o.orDefaults().Configuration)
	return merged
}

// compilerOptions are those that the compiler needs. An engine that does not exist is
// reported by problems.
func (o *Options) compilerOptions(fsys fs.FS, configuration map[string]string) compiler.Options {
	opts := o.orDefaults()
	if opts.Modules.Dir == "" {
		opts.Modules.Dir = dirOf(fsys)
	}
	own := runtime.Options{Tenant: opts.Tenant, Domain: opts.Domain, Store: opts.Store}
	return compiler.Options{
		Engine: opts.Engine, Text: opts.Expressions, Configuration: configuration, Without: opts.Without, Modules: opts.Modules,
		Domain: own.DomainName(), ManagementAPI: own.ManagementAPI() != nil,
	}
}

// dirOf is the folder of an os.DirFS; "" for other file systems.
func dirOf(fsys fs.FS) string {
	if value := reflect.ValueOf(fsys); value.IsValid() && value.Type() == reflect.TypeOf(os.DirFS("")) {
		return value.String()
	}
	return ""
}

func (o *Options) runtimeOptions(configuration map[string]string) runtime.Options {
	opts := o.orDefaults()
	return runtime.Options{
		Tenant: opts.Tenant, Domain: opts.Domain, Configuration: configuration,
		ShowConfiguration: opts.ShowConfiguration, Environment: opts.Environment, Limits: opts.Limits, Network: opts.Network, Store: opts.Store,
		States: opts.States, StateKey: opts.StateKey, StateTTL: opts.StateTTL, Clock: opts.Clock, Zone: opts.Zone,
		SharedGlobals: opts.SharedGlobals, Tokens: opts.Tokens, AlwaysAccessDenied: opts.AlwaysAccessDenied,
		StaleUser: opts.StaleUser, Timings: opts.Timings, OnLate: opts.OnLate, Without: opts.Without,
	}
}
