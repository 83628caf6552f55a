package modules

import (
	"maps"
	"slices"
)

// DefaultVersion is the version of a package that an unpinned name gets: the newest that the
// platform is documented to have had and that still answers to what its official rules do.
// It is "" for names that are not in the table.
func DefaultVersion(name string) string { return defaultVersions[name] }

// Known are the modules that rules are known to require, in alphabetical order: those with a default
// version, Node's and bcrypt.
func Known() []string {
	names := slices.Collect(maps.Keys(coreNames))
	names = slices.AppendSeq(names, maps.Keys(defaultVersions))
	return slices.Sorted(slices.Values(append(names, bcrypt)))
}

var defaultVersions = map[string]string{
	"@auth0/rule-utilities": "0.2.0", "async": "2.6.1", "auth0": "2.39.0", "axios": "0.27.2",
	"azure-storage": "2.2.1", "bluebird": "3.7.2", "couchbase": "2.6.10", "easy-pbkdf2": "0.0.2", "extend": "3.0.2",
	"ipaddr.js": "1.9.0", "jsonwebtoken": "8.5.0", "jwks-rsa": "1.12.3", "jwt-decode": "2.2.0", "knex": "0.13.0",
	"lodash": "4.17.19", "moment": "2.11.2", "moment-timezone": "0.5.34", "mongodb": "4.1.0", "mysql": "2.15.0",
	"mysql2": "2.3.3", "node-cassandra-cql": "0.5.0", "node-fetch": "2.6.0", "oauth-sign": "0.9.0", "pg": "7.17.1",
	"pubnub": "3.16.5", "q": "1.0.1", "range_check": "0.0.1", "request": "2.88.0", "request-promise": "4.2.6",
	"slack-notify": "0.1.7", "superagent": "4.1.0", "tedious": "9.2.1",
	"uuid":      "3.4.0", // its default export is a function still, as the official rules have it
	"validator": "13.7.0", "xml2js": "0.4.8", "xmldom": "0.1.31", "xpath": "0.0.5", "xtend": "1.0.3",
}

// implicit are the variables that old runtimes had without a require, with what stands behind
// them. Those of Node's own (crypto, querystring) and bcrypt have no version.
var implicit = map[string]Specifier{
	"_": pinned("lodash", "2.4.1"), "async": pinned("async", "0.9.0"), "Auth0": pinned("auth0", "2.0.0-alpha.6"),
	"azure_storage": pinned("azure-storage", "2.2.1"), "bcrypt": {Text: bcrypt, Name: bcrypt},
	"couchbase": pinned("couchbase", "2.6.10"), "cql": pinned("node-cassandra-cql", "0.5.0"),
	"crypto": {Text: "crypto", Name: "crypto"}, "ip": pinned("range_check", "0.0.1"),
	"jwt": pinned("jsonwebtoken", "7.4.1"), "Knex": pinned("knex", "0.13.0"), "mongo": pinned("mongodb", "2.2.36"),
	"ObjectID": pinned("mongodb", "2.2.36"), "mysql": pinned("mysql", "2.15.0"), "mysql_pool": pinned("mysql", "2.15.0"),
	"pbkdf2": pinned("easy-pbkdf2", "0.0.2"), "pg": pinned("pg", "4.5.7"), "postgres": pinned("pg", "4.5.7"),
	"Pubnub": pinned("pubnub", "3.16.5"), "q": pinned("q", "1.0.1"),
	"querystring": {Text: "querystring", Name: "querystring"}, "request": pinned("request", "2.81.0"),
	"sqlserver": pinned("tedious", "0.1.5"), "uuid": pinned("uuid", "2.0.1"), "xml2js": pinned("xml2js", "0.2.8"),
	"xmldom": pinned("xmldom", "0.1.31"), "xpath": pinned("xpath", "0.0.5"), "xtend": pinned("xtend", "1.0.3"),
}

func pinned(name, version string) Specifier {
	return Specifier{Text: name + "@" + version, Name: name, Version: version}
}
