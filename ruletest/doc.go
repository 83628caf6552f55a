// Package ruletest runs the cases that stand beside a rule in `<name>.test.yaml`: logins with a
// fixed clock, what is expected of each, and stand-ins for the services that the rule calls.
//
// What goes in is a file of cases, read strictly by [Read]; what comes out of [Run] is a [Report]:
// for each case and each engine what was expected, what happened and where the engines disagree.
// docs/testing.md describes the format.
//
// The rule runs as it is, with the URLs of its real services. A run's egress policy leads every
// connection to a server of the test on a loopback address, over TLS with a certificate of the
// test's own authority for https. Nothing reaches another host, and a request that no stub answers
// fails the case.
//
// Cases share nothing but the compiled rule: order and number of workers never change a report.
package ruletest
