// Package management is a store for metadata behind the Management API: what a rule
// writes with auth0.users.update* becomes a PATCH of /api/v2/users/{id}.
//
//	client, err := management.New(management.Options{
//		BaseURL: "https://example.eu.auth0.com", Token: management.Static(token),
//	})
//	pipeline, err := ferrule.Load(rules, &ferrule.Options{Store: client})
//
// # Order, and what is merged
//
// Writes to one user are sent one after another, in the order in which they were asked
// for; those to different users do not wait for each other. Writes of one run that stand
// next to each other in a user's queue become one PATCH, unless two of them give a
// property of the first level different values: then each has a request of its own, so
// that the answer to every write shows what was written. A rule that awaits an update
// before it asks for the next one gets one PATCH for each, and the answer to its own. When the API refuses merged
// writes for what they contain (400, 413), each is sent alone: a bad one fails by itself.
//
// # Rate limits
//
// One Client belongs to one tenant and is shared by all its logins. At most InFlight
// requests are on their way at a time. X-RateLimit-Remaining and -Reset of every answer
// are remembered: when nothing remains, requests wait for the reset. After a 429 all
// requests wait as long as Retry-After or the reset says, and the refused one is tried
// again as auth0.Backoff says. A wait that does not fit into the run's time is not begun:
// the rule gets the 429 at once. Nothing but a 429 is tried again, because only there it
// is certain that the API did nothing.
//
// # Errors
//
// What the API answers is an *auth0.APIError. The token never stands in an error,
// nor in a recorded call: should an answer repeat it, it is masked.
package management
