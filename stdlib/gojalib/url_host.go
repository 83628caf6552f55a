package gojalib

import (
	"net/url"
	"regexp"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// newURLParser makes a parser for one VM. Package url takes signs for parts of numbers, and
// brackets around those of an IPv6 address; Node does not:
//
//	new URL('http://+1/').hostname // "+1", no address
//	new URL('http://[::1]]/')      // TypeError ERR_INVALID_URL
func newURLParser() whatwg.Parser {
	mark := "" // stands behind a name that looks like an address to package url
	return whatwg.NewParser(
		whatwg.WithPreParseHostFunc(func(u *whatwg.Url, host string) string {
			mark = ""
			if strings.HasPrefix(host, "[") {
				if strings.ContainsAny(strings.TrimSuffix(host[1:], "]"), "[]") {
					return noHost
				}
				return host
			}
			if !strings.ContainsAny(host, "+-%") || !specialScheme(u.Scheme()) {
				return host
			}
			decoded, err := url.PathUnescape(host)
			if err != nil {
				return host
			}
			whole, rooted := strings.CutSuffix(decoded, ".")
			labels := strings.Split(whole, ".")
			switch last := labels[len(labels)-1]; {
			case signedNumber.MatchString(last):
				if mark = ".name"; rooted {
					mark = "name"
				}
				return host + mark
			case plainNumber.MatchString(last):
				for _, label := range labels {
					if signedNumber.MatchString(label) {
						return noHost
					}
				}
			}
			return host
		}),
		whatwg.WithPostParseHostFunc(func(_ *whatwg.Url, host string) string {
			return strings.TrimSuffix(host, mark)
		}),
	)
}

// noHost is a text that is no host.
const noHost = "["

var (
	signedNumber = regexp.MustCompile(`^(0|0[xX])?[+-][0-9a-fA-F]+$`)
	plainNumber  = regexp.MustCompile(`^([0-9]+|0[xX][0-9a-fA-F]*)$`)
)

func specialScheme(scheme string) bool {
	switch scheme {
	case "http", "https", "ws", "wss", "ftp", "file":
		return true
	}
	return false
}
