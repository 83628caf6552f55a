// Package report answers what becomes of a tenant's rules here: whether each runs as it is,
// needs a package or a setting, or will not run and why; how much of it is compiled; and what
// it touches: clients, connections, hosts, claims, fields of the profile, keys of the
// configuration.
//
// What goes in is a folder of rules (compiler/folder) with what was found wrong with it, what
// comes out a [Report]: data, which [Report.JSON] and [Report.HTML] write. Nothing is run, no
// value of the configuration gets into a report, and no rule's fault keeps the others from
// being looked at.
package report
