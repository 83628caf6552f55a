// Package sqlitestore keeps the metadata that rules write in an SQLite file, with
// the semantics of package auth0.
//
// [Open] makes the file when it is missing; ":memory:" gives a store without one.
// Several handles, in one process or in several on one machine, may use a file
// at the same time: every update reads, merges and writes within one transaction
// that holds the write lock, so none is lost. An update that was answered is on
// the disk (write-ahead log, synchronous=FULL). The file is made readable for its
// owner only, because it holds personal data.
//
// The schema has a version, kept in user_version, and application_id names the
// file as ours: a file of another program, or of a later version of this one, is
// refused before anything is written to it.
//
//	users(user_id, profile, app_metadata, user_metadata)   JSON texts; metadata is NULL when absent
//
// The package needs no C compiler and, being large, is linked by the command only.
package sqlitestore
