// Package hand is the rules of the comparison written by hand in Go: what a careful
// programmer would write who knows what the rule means, and so the limit for every engine.
//
// A function decides as its rule does on any decoded JSON, JavaScript's truthiness included,
// and changes user and context in place, as the rule would: what ends in an error may have
// changed them. Constants are made once. Two things are easier than JavaScript has it: an
// error of JavaScript's own (TypeError) is one error without words, and it is also the answer
// where a rule expects an object and is given a text, number or list that it would write to.
package hand

import (
	"errors"
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/benchmarks/cases"
)

// Func is a rule by hand: nil lets the login in, a [*cases.Denial] turns it away, any other error
// is a failure.
type Func func(user, context map[string]any, now time.Time) error

// ErrType is JavaScript's TypeError, or another value than the rule expects.
var ErrType = errors.New("the value has another type than the rule expects")

// ErrOutside is where a rule calls a service: no case does that.
var ErrOutside = errors.New("the rule calls a service")

// rules are the functions by the names of their cases.
var rules = map[string]Func{
	"deny/unverified_email":                unverifiedEmail,
	"deny/by_audience":                     byAudience,
	"deny/unless_admin":                    unlessAdmin,
	"deny/flagged_user":                    flaggedUser,
	"usual_deny/client_whitelist_some":     clientWhitelist,
	"usual_deny/blocked_country":           blockedCountry,
	"domain/split_index_one":               oneDomain,
	"domain/list_of_domains":               listOfDomains,
	"country/closed_list":                  closedCountries,
	"country/geoip":                        geoip,
	"weekday/weekdays_only":                weekdaysOnly,
	"roles/admin_and_guest":                adminAndGuest,
	"roles/claims_guarded":                 claimsGuarded,
	"usual_roles/push_into_metadata":       pushIntoMetadata,
	"usual_roles/from_email_domain":        roleFromDomain,
	"claims/namespaced":                    namespacedClaims,
	"usual_claims/email_to_access_token":   emailToAccessToken,
	"usual_claims/group_membership_flags":  groupFlags,
	"saml/mapping_for_client":              samlMapping,
	"scopes/fixed":                         fixedScopes,
	"usual_scopes/added_to_text":           scopeAdded,
	"mfa/for_admins":                       factorForAdmins,
	"usual_mfa/require_by_client_list":     factorByClient,
	"metadata/default_objects":             defaultMetadata,
	"usual_calls/slack_notify_first_login": notifyFirstLogin,
	"usual_calls/node_fetch_then":          fetchLegacyUser,
}

// For is the code of a case; ok is false where nobody has written any.
func For(c cases.Case) (rule Func, ok bool) {
	var entries int
	if allowListNamed(c.CodeName(), &entries) {
		return allowList(entries), true
	}
	if c.Group == cases.Pipeline {
		return pipeline(c.Name), true
	}
	rule, ok = rules[c.CodeName()]
	return rule, ok
}

// truthy is JavaScript's truthiness of a decoded JSON value; absent is nil.
func truthy(value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case float64:
		return v != 0 // JSON has no NaN
	}
	return true
}

// objectOr is `value || {}`, where value is a member of parent that gets the new object; ok
// is false where value is truthy and no object.
func objectOr(parent map[string]any, key string) (object map[string]any, ok bool) {
	value := parent[key]
	if object, ok = value.(map[string]any); ok {
		return object, true
	}
	if truthy(value) {
		return nil, false
	}
	object = map[string]any{}
	parent[key] = object
	return object, true
}

// assign is `object[key] = from[name]`: what is absent there is undefined, which JSON has not.
func assign(object map[string]any, key string, from map[string]any, name string) {
	if value, ok := from[name]; ok {
		object[key] = value
	} else {
		delete(object, key)
	}
}

// contains is `list.indexOf(text) >= 0` or `list.includes(text)` for an array or a text; ok
// is false for all else, which has no such method.
func contains(list any, text string) (found, ok bool) {
	switch list := list.(type) {
	case []any:
		for _, item := range list {
			if item == text {
				return true, true
			}
		}
		return false, true
	case string:
		return strings.Contains(list, text), true
	}
	return false, false
}
