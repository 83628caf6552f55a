// Package auth0 is what stands behind the `auth0` object of a rule: stores for
// the metadata that rules write, with the semantics of the Management API's
// PATCH on a user.
//
// A store takes a user id and a decoded JSON object and answers the updated
// user. [MemoryStore] keeps users in the process; package sqlitestore keeps them
// in a file. Two wrappers go around any [Store]: [RateLimited] answers 429 as the
// API does when it is called too often, and [Retrying] tries again after such an
// answer, within the time that is left.
//
// # How an update merges
//
//	stored:  {"plan": "free", "seen": {"a": 1, "b": 2}, "old": true}
//	update:  {"plan": "gold", "seen": {"c": 3},         "old": null}
//	after:   {"plan": "gold", "seen": {"c": 3}}
//
// The first level is merged, lower levels are replaced as a whole, and null
// removes a first-level property; a null further down is a value like any other.
// An update without any property changes nothing. Keys with `.` or `$`, at any
// level, are refused.
//
// [Merge] and [CleanMetadata] are these rules as functions, for stores of one's own.
//
// # Values
//
// Everything that goes in or comes out is decoded JSON (map[string]any, []any,
// string, float64, bool, nil) and is copied at the border: what a caller does to
// its own maps later never reaches a store, and the other way round. Other Go
// values are read as encoding/json would write them; NaN and infinities become
// null and -0 becomes 0, as in JSON.stringify.
//
// # Errors
//
// What the Management API would refuse is an [*APIError]: it carries the HTTP
// status and headers that a rule sees. A context that has ended gives its own
// error, and nothing has been written then. Any other error is the store's.
//
// The package never opens a connection and imports nothing but Go's library.
// Source: https://auth0.com/docs/manage-users/user-accounts/metadata and
// https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy.
package auth0
