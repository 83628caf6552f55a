package runtime

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// mfaDescription is the platform's error_description of mfa_required.
const mfaDescription = "Multifactor authentication required"

// ResponseMode is the way in which the application gets the answer.
type ResponseMode string

const (
	ModeQuery      ResponseMode = "query"       // 302, parameters in the query
	ModeFragment   ResponseMode = "fragment"    // 302, parameters in the fragment
	ModeFormPost   ResponseMode = "form_post"   // a page that posts a form to the application
	ModeWebMessage ResponseMode = "web_message" // a page that posts a message to its opener or parent
	ModeToken      ResponseMode = "token"       // JSON of the token endpoint
)

// Delivery is an HTTP answer that tells the application why the login ended. It
// is a value; nothing is sent.
type Delivery struct {
	Mode   ResponseMode
	Status int
	// Location is the address that a redirect goes to; "" when it is none.
	Location string
	// ContentType of Body; "" when there is no body.
	ContentType string
	// Header holds all headers to set, Location and Content-Type among them.
	Header map[string]string
	Body   []byte
	// Fields are the parameters as the application reads them, in order: error,
	// error_description, then state when the request had one. At the token
	// endpoint mfa_token takes the place of state.
	Fields []Field
}

// Field is one parameter of a [Delivery].
type Field struct{ Name, Value string }

// DeliveryOptions says what the outcome alone does not know. The zero value reads
// all from the login's request.
type DeliveryOptions struct {
	// AlwaysAccessDenied delivers denials as access_denied too. Sources disagree
	// on the platform's code; unset, an UnauthorizedError is unauthorized.
	AlwaysAccessDenied bool
	// RedirectURI is used instead of the request's redirect_uri. Deliver cannot
	// know what the application registered: who serves untrusted requests checks
	// redirect_uri against that list before the login starts, or sets it here.
	RedirectURI string
	// Login is the context of the login as it began, for an outcome that was not
	// made by Run or Resume; nil reads the outcome's own.
	Login map[string]any
	// MFAToken is sent as mfa_token with mfa_required; "" leaves it out.
	MFAToken string
}

// ErrNothingToDeliver is the answer of [Outcome.Deliver] for an outcome that is no
// error: the login goes on.
var ErrNothingToDeliver = errors.New("the outcome is no error: there is nothing to deliver")

// NotOAuthResponse says that the login's protocol has its own form of an error,
// which is not OAuth's: SAML, WS-Federation, WS-Trust.
type NotOAuthResponse struct {
	Protocol string
	// Status is the top-level status code of a SAML response.
	Status string
	// Text is the status message: what the rule said.
	Text string
}

// samlResponder is the failing status that the platform answers with.
const samlResponder = "urn:oasis:names:tc:SAML:2.0:status:Responder"

func (e *NotOAuthResponse) Error() string {
	return fmt.Sprintf("the protocol %s delivers errors in its own form: status %s, text %q", e.Protocol, e.Status, e.Text)
}

// DeliveryReason is the stable name of what is wrong with a request that an error
// cannot be delivered to.
type DeliveryReason string

const (
	NoRedirectURI    DeliveryReason = "no-redirect-uri"      // neither in the request nor in the options
	UnsafeRedirect   DeliveryReason = "unsafe-redirect-uri"  // relative, or a scheme that runs or reads something
	RedirectNeedsWeb DeliveryReason = "redirect-uri-not-web" // the response mode needs an http or https address
)

// DeliveryError says why an error cannot be delivered. The user must be shown a
// page instead; never redirect to what is in URI.
type DeliveryError struct {
	Reason DeliveryReason
	URI    string
}

func (e *DeliveryError) Error() string {
	switch e.Reason {
	case NoRedirectURI:
		return "the error cannot be delivered: the request has no redirect_uri; set DeliveryOptions.RedirectURI"
	case RedirectNeedsWeb:
		return fmt.Sprintf("the error cannot be delivered: form_post and web_message need an http or https redirect_uri, not %q", clip(e.URI, 80))
	}
	return fmt.Sprintf("the error cannot be delivered: redirect_uri must be an absolute URI with scheme http, https or the application's own, not %q", clip(e.URI, 80))
}

// Deliver makes the answer that tells the application about a login that the
// rules ended, as the request's protocol and response mode want it.
//
//	protocol, response_mode or response_type      | answer
//	password, refresh token and the like          | JSON of the token endpoint: 401 for unauthorized, 403 for others
//	device flow, backchannel                      | the same, for the application that polls
//	response_mode query, fragment, form_post,     |
//	web_message                                   | that mode
//	no or another response_mode: response_type    |
//	with token or id_token, or none at all with   |
//	oidc-implicit-profile                         | fragment
//	anything else                                 | query
//
// error is unauthorized for an UnauthorizedError and otherwise the code of the
// error, access_denied in general; error_description is the error's message, for
// a timeout [PlatformTimeout]. Parameters are encoded as encodeURIComponent
// does it, so a space is %20 and ! stays. A query and a fragment that redirect_uri
// has already are kept; an existing fragment is continued with &.
//
// An allowed login is an error here only when its Multifactor.OAuth says that the
// flow cannot ask for the factor.
//
// # Errors
//
//   - [ErrNothingToDeliver]: the outcome is allowed or a redirect.
//   - [*NotOAuthResponse]: SAML, WS-Federation or WS-Trust; it holds status and text.
//   - [*DeliveryError]: redirect_uri is missing, unsafe, or of no use for the mode.
func (o *Outcome) Deliver(options DeliveryOptions) (Delivery, error) {
	code, text, ok := o.oauthError(options.AlwaysAccessDenied)
	if !ok {
		return Delivery{}, ErrNothingToDeliver
	}
	f := o.flow()
	if options.Login != nil {
		f = flowOf(options.Login)
	}
	if options.RedirectURI != "" {
		f.redirectURI = options.RedirectURI
	}
	fields := []Field{{"error", code}, {"error_description", text}}
	switch f.channel() {
	case channelToken, channelPoll:
		if code == OAuthMFARequired && options.MFAToken != "" {
			fields = append(fields, Field{"mfa_token", options.MFAToken})
		}
		return deliverToken(code, fields), nil
	case channelAssertion, channelSOAP:
		return Delivery{}, &NotOAuthResponse{Protocol: f.protocol, Status: samlResponder, Text: text}
	}
	if f.hasState {
		fields = append(fields, Field{"state", f.state})
	}
	if err := checkRedirectURI(f.redirectURI); err != nil {
		return Delivery{}, err
	}
	switch mode := f.mode(); mode {
	case ModeFormPost, ModeWebMessage:
		if !isWebURL(f.redirectURI) {
			return Delivery{}, &DeliveryError{Reason: RedirectNeedsWeb, URI: f.redirectURI}
		}
		if mode == ModeFormPost {
			return deliverFormPost(f.redirectURI, fields), nil
		}
		return deliverWebMessage(f.redirectURI, fields), nil
	default:
		return deliverRedirect(mode, f.redirectURI, fields), nil
	}
}

// oauthError is the code and the text that the application gets; ok is false when
// the outcome is no error.
func (o *Outcome) oauthError(alwaysAccessDenied bool) (code, text string, ok bool) {
	switch o.Decision {
	case Denied, Failed:
		code = OAuthAccessDenied
		if o.Decision == Denied {
			code = OAuthUnauthorized
		}
		if o.Err != nil {
			if o.Err.OAuth != "" {
				code = o.Err.OAuth
			}
			text = o.Err.OAuthDescription()
		}
		if alwaysAccessDenied && code == OAuthUnauthorized {
			code = OAuthAccessDenied
		}
		return code, text, true
	case Allowed:
		if o.Multifactor != nil && o.Multifactor.OAuth != "" {
			return o.Multifactor.OAuth, mfaDescription, true
		}
	}
	return "", "", false
}

// mode is the response mode of a browser login.
func (f *flow) mode() ResponseMode {
	switch mode := ResponseMode(f.responseMode); mode {
	case ModeQuery, ModeFragment, ModeFormPost, ModeWebMessage:
		return mode
	}
	words := strings.Fields(f.responseType)
	if len(words) == 0 && f.protocol == ProtocolImplicit {
		return ModeFragment
	}
	for _, word := range words {
		if word == "token" || word == "id_token" {
			return ModeFragment
		}
	}
	return ModeQuery
}

// checkRedirectURI accepts absolute URIs with scheme http, https or one of the
// application's own, as native applications use them. Control characters, spaces
// and backslashes are refused because browsers drop or turn them, and user names
// because they make a host look like another one.
func checkRedirectURI(uri string) error {
	if uri == "" {
		return &DeliveryError{Reason: NoRedirectURI}
	}
	unsafe := &DeliveryError{Reason: UnsafeRedirect, URI: uri}
	for i := 0; i < len(uri); i++ {
		if uri[i] <= ' ' || uri[i] == 0x7f || uri[i] == '\\' {
			return unsafe
		}
	}
	colon := strings.IndexByte(uri, ':')
	if colon < 1 || colon == len(uri)-1 || !isScheme(uri[:colon]) {
		return unsafe
	}
	switch scheme := strings.ToLower(uri[:colon]); {
	case scheme == "http" || scheme == "https":
		authority := authorityOf(uri)
		if _, ok := originOf(uri); !ok || !isWebURL(uri) || !isASCII(authority) || strings.Contains(authority, "@") {
			return unsafe
		}
	case browserSchemes[scheme]:
		return unsafe
	}
	return nil
}

// browserSchemes are schemes that no application owns: browsers and systems give
// them a meaning of their own.
var browserSchemes = map[string]bool{
	"about": true, "blob": true, "chrome": true, "content": true, "data": true, "file": true, "filesystem": true,
	"ftp": true, "intent": true, "jar": true, "javascript": true, "livescript": true, "mailto": true, "ms-its": true,
	"resource": true, "view-source": true, "vbscript": true, "ws": true, "wss": true,
}

// isScheme tests RFC 3986's scheme.
func isScheme(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		other := '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'
		if !letter && (i == 0 || !other) {
			return false
		}
	}
	return text != ""
}

// authorityOf is host and port of an absolute web URL.
func authorityOf(uri string) string {
	rest, _ := cutWebScheme(uri)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

// deliverRedirect answers 302 with the fields in the query or in the fragment.
func deliverRedirect(mode ResponseMode, uri string, fields []Field) Delivery {
	base, fragment, hasFragment := strings.Cut(escapeURL(uri), "#")
	var location strings.Builder
	if mode == ModeFragment {
		location.WriteString(base + "#")
		if fragment != "" {
			location.WriteString(fragment + "&")
		}
		location.WriteString(encodeFields(fields))
	} else {
		location.WriteString(appendQuery(base, encodeFields(fields)))
		if hasFragment {
			location.WriteString("#" + fragment)
		}
	}
	return Delivery{
		Mode: mode, Status: 302, Location: location.String(), Fields: fields,
		Header: map[string]string{"Location": location.String(), "Cache-Control": "no-store", "Pragma": "no-cache"},
	}
}

// appendQuery appends parameters to a URL without fragment.
func appendQuery(url, parameters string) string {
	switch i := strings.IndexByte(url, '?'); {
	case i < 0:
		return url + "?" + parameters
	case i == len(url)-1 || url[len(url)-1] == '&':
		return url + parameters
	}
	return url + "&" + parameters
}

func encodeFields(fields []Field) string {
	var out []byte
	for i, field := range fields {
		if i > 0 {
			out = append(out, '&')
		}
		out = append(append(out, field.Name...), '=')
		out = appendURIComponent(out, field.Value)
	}
	return string(out)
}

const upperHex = "0123456789ABCDEF"

// appendURIComponent appends what encodeURIComponent answers: everything but
// A-Z a-z 0-9 - _ . ! ~ * ' ( ) as the bytes of its UTF-8 form. Where that throws,
// at a lone surrogate, U+FFFD stands.
//
// Source: ECMA-262 Encode, 19.2.6.4 encodeURIComponent.
func appendURIComponent(dst []byte, text string) []byte {
	text = wellFormed(text)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-_.!~*'()", c) >= 0:
			dst = append(dst, c)
		default:
			dst = append(dst, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return dst
}

// escapeURL percent-encodes what must not stand in a header: bytes beyond ASCII,
// spaces and control characters. The rest stays as it is written.
func escapeURL(url string) string {
	clean := true
	for i := 0; i < len(url) && clean; i++ {
		clean = ' ' < url[i] && url[i] < 0x7f
	}
	if clean {
		return url
	}
	url = wellFormed(url)
	out := make([]byte, 0, len(url)+16)
	for i := 0; i < len(url); i++ {
		if c := url[i]; c <= ' ' || c >= 0x7f {
			out = append(out, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			out = append(out, c)
		}
	}
	return string(out)
}

// wellFormed is text with U+FFFD for each lone surrogate and each byte that is no
// UTF-8.
//
// Source: ECMA-262 String.prototype.toWellFormed.
func wellFormed(text string) string {
	if isASCII(text) {
		return text
	}
	return string([]rune(jsvalue.ToUTF8(text)))
}

// deliverToken answers like the token endpoint.
func deliverToken(code string, fields []Field) Delivery {
	status := 403
	if code == OAuthUnauthorized {
		status = 401
	}
	return Delivery{
		Mode: ModeToken, Status: status, ContentType: "application/json", Fields: fields,
		Body:   appendFields(nil, fields),
		Header: map[string]string{"Content-Type": "application/json", "Cache-Control": "no-store", "Pragma": "no-cache"},
	}
}

// appendFields appends the fields as a JSON object of texts.
func appendFields(dst []byte, fields []Field) []byte {
	dst = append(dst, '{')
	for i, field := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(jsondoc.AppendString(dst, field.Name), ':')
		dst = jsondoc.AppendString(dst, wellFormed(field.Value))
	}
	return append(dst, '}')
}
