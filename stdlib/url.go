package stdlib

import (
	"strings"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// urlFunctions are those of URL and URLSearchParams. Their properties are read by get, .get
// and .has of parameters are getEntry and hasEntry.
var urlFunctions = []Function{
	{Name: "newURL", Min: 1, Max: 2, Impl: NewURL, Doc: `newURL("../b", "https://example.com/a/") // get(…, "href") is "https://example.com/b"`},
	{Name: "newSearchParams", Min: 0, Max: 1, Run: true, Impl: NewSearchParams, Doc: `newSearchParams("a=1&b=2") // get(…, "size") is 2`},
	{Name: "getAll", Min: 1, Max: 2, Result: NewList, Impl: GetAll, Doc: `getAll(newSearchParams("a=1&a=2"), "a") // ["1", "2"]`},
}

// NewURL is new URL(input, base); base may be undefined. What is no valid URL exits, since
// JavaScript throws.
//
// Source: WHATWG URL. What Node and the parser may read differently exits: file and blob URLs,
// hosts that are not written as they are in the URL, unusual dot segments.
func NewURL(input, base any) (any, error) {
	text, err := urlText(input)
	if err != nil {
		return nil, err
	}
	baseText := ""
	var parsed *whatwg.Url
	if jsvalue.IsUndefined(base) {
		parsed, err = whatwg.Parse(text)
	} else {
		if baseText, err = urlText(base); err != nil {
			return nil, err
		}
		if baseText == "" {
			return nil, jsvalue.ExitThrow // package url takes it for none
		}
		parsed, err = whatwg.ParseRef(baseText, text)
	}
	if err != nil || parsed == nil {
		return nil, jsvalue.ExitThrow
	}
	if !asInNode(parsed, text, baseText) {
		return nil, jsvalue.ExitType
	}
	return urlOf(parsed)
}

// specialSchemes are those of the standard but for file, whose paths Node shortens in a way
// of its own.
var specialSchemes = map[string]bool{"http": true, "https": true, "ws": true, "wss": true, "ftp": true}

// asInNode reports whether Node and package url are known to agree on a URL. Node misses dot
// segments behind other points at the start of a segment; package url reads signs in the
// numbers of addresses, and brackets inside of them; the tables of IDNA have versions. So a
// host must stand in the text as it is in the URL.
func asInNode(u *whatwg.Url, text, base string) bool {
	all := strings.ReplaceAll(strings.ToLower("/"+text+" "+base+" "), `\`, "/")
	points := strings.Count(all, "/.")
	host := u.Hostname()
	switch {
	case strings.ContainsAny(all, "\t\n\r") || strings.Contains(all, "%2e"):
		return false
	case strings.HasPrefix(host, "[") || strings.Contains(host, "xn--"):
		return false
	case !specialSchemes[u.Scheme()]:
		return base == "" && points == 0 && u.Scheme() != "file" && u.Scheme() != "blob"
	}
	at := strings.Index(all, host)
	return points <= 1 && at > 0 && strings.IndexByte("/@:", all[at-1]) >= 0 && strings.IndexByte(":/?# ", all[at+len(host)]) >= 0
}

// urlText is ToString for a parser of UTF-8.
func urlText(x any) (string, error) {
	text, err := jsvalue.ToString(x)
	if err == nil && !utf8.ValidString(text) {
		err = jsvalue.ExitSurrogate
	}
	return text, err
}

// urlOf takes the parts of a parsed URL.
func urlOf(u *whatwg.Url) (any, error) {
	made := &jsvalue.URL{
		Scheme: u.Scheme(), Username: u.Username(), Password: u.Password(),
		Host: u.Hostname(), Port: u.Port(), Path: u.Pathname(), Opaque: u.OpaquePath(),
		Query: u.Query(), Fragment: u.Fragment(),
		Origin: "null",
	}
	href := u.Href(false)
	rest := strings.TrimPrefix(href, made.Scheme+":")
	made.HasHost = strings.HasPrefix(rest, "//")
	before, _, fragment := strings.Cut(href, "#")
	made.HasFragment = fragment
	made.HasQuery = strings.Contains(before, "?")
	if specialSchemes[made.Scheme] {
		made.Origin = made.Scheme + "://" + u.Host()
	}
	if made.Href() != href {
		return nil, jsvalue.ExitType
	}
	return made, nil
}

// NewSearchParams is new URLSearchParams(init): of a text with or without its question mark,
// of an object's properties, of an array of pairs, of other parameters, or of nothing.
func NewSearchParams(init, run any) (any, error) {
	switch init := init.(type) {
	case string:
		if err := wellFormed(init); err != nil {
			return nil, err
		}
		return jsvalue.NewURLParams(jsvalue.FormPairs(strings.TrimPrefix(init, "?"))), nil
	case *jsvalue.URLParams:
		return jsvalue.NewURLParams(init.Pairs()), nil
	case map[string]any, *jsvalue.Object:
		return paramsOfObject(init, run)
	case []any, *jsvalue.List, *jsvalue.Map:
		return paramsOfPairs(init)
	}
	if jsvalue.IsNullish(init) {
		return jsvalue.NewURLParams(nil), nil
	}
	return nil, jsvalue.NotOf(init)
}

func paramsOfObject(object, run any) (any, error) {
	keys, err := jsvalue.OwnKeys(object, runOf(run))
	if err != nil {
		return nil, err
	}
	values, _ := jsvalue.AsObject(object)
	pairs := make([]string, 0, 2*len(keys))
	for _, key := range keys {
		if err := wellFormed(key); err != nil {
			return nil, err
		}
		text, err := urlText(values[key])
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, key, text)
	}
	return jsvalue.NewURLParams(pairs), nil
}

func paramsOfPairs(list any) (any, error) {
	items, err := Items(list)
	if err != nil {
		return nil, err
	}
	var pairs []string
	for _, item := range items {
		pair, ok := jsvalue.AsList(item)
		if !ok || len(pair) != 2 {
			return nil, jsvalue.ExitThrow
		}
		for _, x := range pair {
			text, err := urlText(x)
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, text)
		}
	}
	return jsvalue.NewURLParams(pairs), nil
}

// GetAll is getAll of a URL's parameters.
func GetAll(params, name any) ([]any, error) {
	p, ok := params.(*jsvalue.URLParams)
	if !ok {
		return nil, jsvalue.NotOf(params)
	}
	return p.All(name)
}
