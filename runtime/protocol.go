package runtime

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// The values of context.protocol that are documented for rules. Other strings
// are accepted and treated as a browser login.
const (
	ProtocolBasic              = "oidc-basic-profile"    // authorization code
	ProtocolImplicit           = "oidc-implicit-profile" // implicit, mobile, single page
	ProtocolDeviceCode         = "oauth2-device-code"
	ProtocolPassword           = "oauth2-password"       // password grant and password-realm
	ProtocolResourceOwner      = "oauth2-resource-owner" // legacy /oauth/ro
	ProtocolResourceOwnerJWT   = "oauth2-resource-owner-jwt-bearer"
	ProtocolRefreshToken       = "oauth2-refresh-token"
	ProtocolSAML               = "samlp"
	ProtocolWSFed              = "wsfed"
	ProtocolWSTrust            = "wstrust-usernamemixed"
	ProtocolDelegation         = "delegation"
	ProtocolRedirectCallback   = "redirect-callback" // the run after a redirect
	protocolHybrid             = "oidc-hybrid-profile"
	protocolTokenExchange      = "oauth2-token-exchange"
	protocolLegacyAccessToken  = "oauth2-access-token"
	protocolBackchannel        = "oidc-ciba"
	protocolBackchannelWebLink = "oidc-ciba-web-link"
)

// channel is the way on which the application hears the end of a login.
type channel uint8

const (
	channelBrowser   channel = iota // redirect_uri, by the response mode
	channelToken                    // the JSON answer of the token endpoint
	channelPoll                     // a browser asks the user, the application polls the token endpoint
	channelAssertion                // SAML and WS-Federation, in the browser
	channelSOAP                     // WS-Trust, no browser
)

// channels holds the protocols whose channel is not the browser's redirect_uri.
var channels = map[string]channel{
	ProtocolPassword:           channelToken,
	ProtocolResourceOwner:      channelToken,
	ProtocolResourceOwnerJWT:   channelToken,
	ProtocolRefreshToken:       channelToken,
	ProtocolDelegation:         channelToken,
	protocolTokenExchange:      channelToken,
	protocolLegacyAccessToken:  channelToken,
	ProtocolDeviceCode:         channelPoll,
	protocolBackchannel:        channelPoll,
	protocolBackchannelWebLink: channelPoll,
	ProtocolSAML:               channelAssertion,
	ProtocolWSFed:              channelAssertion,
	ProtocolWSTrust:            channelSOAP,
}

// flow is what the pipeline itself reads of a login: the protocol and the
// parameters of the authorization request. It is read before the first rule that may
// change them and holds for the whole login, so nothing that a rule writes to context.protocol or
// context.request moves the answer to another place. The zero flow is an unknown
// browser login.
type flow struct {
	protocol     string // of the login; on a resumed run the original one
	resumed      bool   // this run comes after a redirect
	prompt       string
	scope        string
	audience     string
	redirectURI  string
	responseType string
	responseMode string
	state        string
	hasState     bool
}

// LoginProperties are the properties of context that the pipeline itself reads of a login: see
// Run.KeepLogin.
var LoginProperties = [...]string{"protocol", "original_protocol", "request"}

// flowOf reads a flow from a context as the login began. It is total: values of
// the wrong type are as good as absent. For a resumed login it must get the
// context before the redirect, because the request of the resumed one holds the
// parameters of /continue; see resumedFlow.
func flowOf(context map[string]any) flow {
	var f flow
	f.protocol, _ = readText(context["protocol"])
	if f.protocol == ProtocolRedirectCallback {
		f.resumed = true
		f.protocol, _ = readText(context["original_protocol"])
	}
	query, body := parametersOf(context)
	parameter := func(name string) (string, bool) {
		if value, ok := readText(query[name]); ok {
			return value, true
		}
		return readText(body[name])
	}
	f.prompt, _ = parameter("prompt")
	f.scope, _ = parameter("scope")
	f.audience, _ = parameter("audience")
	f.redirectURI, _ = parameter("redirect_uri")
	f.responseType, _ = parameter("response_type")
	f.responseMode, _ = parameter("response_mode")
	f.state, f.hasState = parameter("state")
	return f
}

// interactionOf is flowOf without what only the answer to the application depends on: the protocol
// and the prompt say whether the user can be asked.
func interactionOf(context map[string]any) flow {
	var f flow
	f.protocol, _ = readText(context["protocol"])
	if f.protocol == ProtocolRedirectCallback {
		f.resumed = true
		f.protocol, _ = readText(context["original_protocol"])
	}
	query, body := parametersOf(context)
	var ok bool
	if f.prompt, ok = readText(query["prompt"]); !ok {
		f.prompt, _ = readText(body["prompt"])
	}
	return f
}

// parametersOf are the places of the request's parameters; the first that has one counts.
func parametersOf(context map[string]any) (query, body map[string]any) {
	request := readObject(context["request"])
	return readObject(request["query"]), readObject(request["body"])
}

// resumedFlow is the flow of the run after a redirect.
func resumedFlow(before map[string]any) flow {
	f := flowOf(before)
	f.resumed = true
	return f
}

func (f *flow) channel() channel { return channels[f.protocol] }

// silent reports whether the request forbids showing the user anything.
func (f *flow) silent() bool { return hasWord(f.prompt, "none") }

// browser reports whether the user's browser takes part in the login.
func (f *flow) browser() bool {
	channel := f.channel()
	return channel != channelToken && channel != channelSOAP
}

// interactive reports whether the browser may be shown pages.
func (f *flow) interactive() bool { return f.browser() && !f.silent() }

// conclusion is what a successful run asks for besides tokens.
type conclusion struct {
	redirectURL string // where the browser goes; "" for nowhere; the state is not in it yet
	multifactor *Multifactor
	err         *RuleError // the login fails although every rule succeeded
	warnings    []Warning
}

// conclude reads context.redirect and context.multifactor as the rules left them.
//
//	situation with context.redirect set              | result
//	run after a redirect                             | ignored, warning redirect-ignored
//	no object, or an object without a text as url    | ignored, warning ignored-value
//	url is no absolute http or https URL             | failed, access_denied
//	prompt=none                                      | failed, interaction_required
//	password grant, /oauth/ro and what else has no   | failed, interaction_required
//	browser (delegation, token exchange, WS-Trust)   |
//	refresh token                                    | failed, interaction_required
//	multifactor set, too                             | redirect, warning redirect-before-mfa
//
// An unusable URL fails the login and is not just ignored: the rule wanted the
// user to be asked something first, and going on would let the user in unasked.
// The platform's code for a refresh token is not documented; it is the one of
// the other flows without a browser, because the application has the same way
// out: log in with a browser.
func conclude(f flow, final map[string]any) conclusion {
	var c conclusion
	c.multifactor = c.readMultifactor(f, final["multifactor"])
	url, asked := c.readRedirect(final["redirect"])
	switch {
	case !asked:
	case f.resumed:
		c.warn(WarnRedirectIgnored, "context.redirect is ignored after a redirect: one login is redirected at most once")
	case !f.interactive():
		c.err = &RuleError{
			Kind: KindContract, OAuth: OAuthInteractionRequired, Code: OAuthInteractionRequired,
			Message: "A rule asks for a redirect, but " + f.obstacle() + ".",
		}
	case !isWebURL(url):
		c.err = &RuleError{
			Kind: KindContract, OAuth: OAuthAccessDenied,
			Message: fmt.Sprintf("context.redirect.url must be an absolute http or https URL, not %q.", clip(url, 80)),
		}
	default:
		c.redirectURL = url
		if c.multifactor != nil {
			c.warn(WarnRedirectBeforeMFA, "context.redirect and context.multifactor are both set: the redirect comes first, the resumed run must ask for the factor again")
		}
	}
	return c
}

func (c *conclusion) warn(code WarningCode, text string) {
	c.warnings = append(c.warnings, Warning{Code: code, Text: text})
}

// readRedirect answers the URL of context.redirect and whether there is one.
func (c *conclusion) readRedirect(value any) (url string, asked bool) {
	if isFalsy(value) {
		return "", false
	}
	object := readObject(value)
	if object == nil {
		c.warn(WarnIgnoredValue, "context.redirect is ignored: it must be an object with the property url")
		return "", false
	}
	url, ok := readText(object["url"])
	if !ok {
		c.warn(WarnIgnoredValue, "context.redirect is ignored: its property url must be a string")
		return "", false
	}
	return url, true
}

// obstacle says in words why nobody can be redirected.
func (f *flow) obstacle() string {
	if !f.browser() {
		return "the protocol " + f.protocol + " has no browser that could follow it"
	}
	return "prompt=none forbids to show the user a page"
}

// isWebURL reports whether a browser would go to another site for this text:
// scheme http or https, two slashes, a host, and nothing that browsers drop or
// rewrite (control characters, spaces around it, backslashes in the host).
func isWebURL(text string) bool {
	rest, ok := cutWebScheme(text)
	if !ok {
		return false
	}
	for i := 0; i < len(text); i++ {
		if text[i] < ' ' || text[i] == 0x7f {
			return false
		}
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	if strings.ContainsAny(authority, "\\ ") || strings.HasSuffix(text, " ") {
		return false
	}
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	return host != "" && host[0] != ':'
}

// cutWebScheme cuts http:// or https:// off, in any case of letters.
func cutWebScheme(text string) (rest string, ok bool) {
	for _, scheme := range [...]string{"https://", "http://"} {
		if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return text[len(scheme):], true
		}
	}
	return "", false
}

func clip(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	return strings.ToValidUTF8(text[:limit], "") + "…"
}

// readObject is the object that a value is, or nil. A Go value that is no decoded
// JSON is read as encoding/json would write it.
func readObject(value any) map[string]any {
	object, _ := readPlain(value).(map[string]any)
	return object
}

// readText is the text that a value is.
func readText(value any) (string, bool) {
	text, ok := readPlain(value).(string)
	return text, ok
}

// readPlain is value as decoded JSON; nil for what JSON cannot carry.
func readPlain(value any) any {
	switch value.(type) {
	case nil, string, bool, float64, []any, map[string]any:
		return value
	}
	plain, _, err := jsondoc.FromGo(value)
	if err != nil {
		return nil
	}
	return plain
}

// isFalsy is JavaScript's ToBoolean, negated, for decoded JSON.
func isFalsy(value any) bool {
	switch v := readPlain(value).(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case float64:
		return v == 0 || v != v
	}
	return false
}
