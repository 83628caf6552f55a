// Package bcrypt is the npm package of that name, a native addon of Node, in Go: hash, compare,
// genSalt, their Sync forms and getRounds, with callbacks and promises. It takes the prefixes
// $2a$, $2b$ and $2y$, and reads no more than 72 bytes of a password, as the addon does.
//
// Work ends with the run's context: a round number of 31 takes no longer than the run may.
package bcrypt
