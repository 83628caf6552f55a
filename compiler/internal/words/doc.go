// Package words says in words what a compiled rule does, for people who read rules and
// have not read Ferrule's documents:
//
//	2  if user.email_verified is not set: deny "Please verify your email."
//	5  set ID token claim "https://example.com/roles" to user.app_metadata.roles
//	6  continue with the next rule
//
// What goes in is the program of a rule (compiler/ir); what comes out is an
// [Explanation]: how much of the rule is compiled, the program line by line with the
// lines of the rule's file beside it, each place where JavaScript takes over, why, and
// which rewrite removes it, and the values at which it takes over while the rule runs.
//
// What a line says is true: where no words are both short and exact, the expression
// stands there as JavaScript writes it. Values are JavaScript's, conditions are in words.
// The few words that need a definition are in [Terms].
package words
