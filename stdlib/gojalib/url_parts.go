package gojalib

import (
	"sync"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// URLParts are the parts of a URL as WHATWG's standard serialises them.
type URLParts struct {
	Href, Origin, Protocol, Username, Password, Hostname, Port, Hash string
}

// urlParsers are shared by VMs: a parser serves one call at a time.
var urlParsers = sync.Pool{New: func() any { return newURLParser() }}

// ParseURL reads a URL as new URL(input) does, or new URL(input, base) when base is not empty. It
// answers false where that throws.
func ParseURL(input, base string) (URLParts, bool) {
	parser := urlParsers.Get().(whatwg.Parser)
	defer urlParsers.Put(parser)
	var u *whatwg.Url
	var err error
	if base == "" {
		u, err = parser.Parse(input)
	} else {
		u, err = parser.ParseRef(base, input)
	}
	if err != nil || u == nil {
		return URLParts{}, false
	}
	return URLParts{
		Href: u.Href(false), Origin: urlOrigin(u), Protocol: u.Protocol(), Username: u.Username(), Password: u.Password(),
		Hostname: u.Hostname(), Port: u.Port(), Hash: u.Hash(),
	}, true
}
