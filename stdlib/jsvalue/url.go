package jsvalue

// URL is a JavaScript URL: the parts that a parser of WHATWG's standard found.
type URL struct {
	Scheme             string // https, without the colon
	Username, Password string
	Host               string // serialized host without the port
	HasHost            bool   // there is a // in front of it
	Port               string // "" for the scheme's own
	Path               string
	Opaque             bool   // the path is no list of segments, as in mailto:ann@example.com
	Query              string // without the question mark
	HasQuery           bool
	Fragment           string // without the number sign
	HasFragment        bool
	Origin             string

	params *URLParams // made when it is read first
}

// Class is URL.
func (u *URL) Class() string { return "URL" }

// Href is the whole text.
//
// Source: WHATWG URL, URL serializer.
func (u *URL) Href() string {
	text := u.Scheme + ":"
	switch {
	case u.HasHost:
		text += "//"
		if u.Username != "" || u.Password != "" {
			text += u.Username
			if u.Password != "" {
				text += ":" + u.Password
			}
			text += "@"
		}
		text += u.host()
	case !u.Opaque && len(u.Path) > 1 && u.Path[:2] == "//":
		text += "/."
	}
	text += u.Path
	if u.HasQuery {
		text += "?" + u.Query
	}
	if u.HasFragment {
		text += "#" + u.Fragment
	}
	return text
}

// host is the host with its port.
func (u *URL) host() string {
	if u.Port == "" {
		return u.Host
	}
	return u.Host + ":" + u.Port
}

// Property reads a part.
func (u *URL) Property(key string) (any, error) {
	switch key {
	case "href":
		return u.Href(), nil
	case "origin":
		return u.Origin, nil
	case "protocol":
		return u.Scheme + ":", nil
	case "username":
		return u.Username, nil
	case "password":
		return u.Password, nil
	case "host":
		return u.host(), nil
	case "hostname":
		return u.Host, nil
	case "port":
		return u.Port, nil
	case "pathname":
		return u.Path, nil
	case "search":
		return marked("?", u.Query), nil
	case "hash":
		return marked("#", u.Fragment), nil
	case "searchParams":
		if u.params == nil {
			u.params = &URLParams{pairs: FormPairs(u.Query), url: u}
		}
		return u.params, nil
	}
	if key == "toJSON" || OnObject(key) {
		return nil, ExitPrototype
	}
	return Undefined, nil
}

// marked is a part with its mark, nothing without the part.
func marked(mark, part string) string {
	if part == "" {
		return ""
	}
	return mark + part
}

// Text is the href.
func (u *URL) Text() (string, error) { return u.Href(), nil }

// JSON is the href.
func (u *URL) JSON() (any, error) { return u.Href(), nil }
