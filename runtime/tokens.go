package runtime

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// MaxClaimBytes is how much custom claims may take in one token: 100 KB, counted
// for the ID token and for the access token by itself.
const MaxClaimBytes = 100 * 1024

// Tokens answers what the rules gave to the tokens of a finished login; the zero value on
// Denied, Failed and Redirect. It is computed at each call, from User and Context: call it
// before you change them.
func (o *Outcome) Tokens() Tokens {
	if o.tokens == nil {
		return Tokens{}
	}
	in := TokenInput{TokenOptions: *o.tokens}
	in.User, in.Context, in.Order = o.final.read()
	tokens, _ := effectiveTokens(o.flow(), in)
	return tokens
}

// flow is the login as it began.
func (o *Outcome) flow() flow {
	if o.login != nil {
		return *o.login
	}
	if o.final.text.user != nil {
		return flowOfText(o.final.text.login)
	}
	context, ok := o.final.context.(map[string]any)
	if !ok {
		context = o.Context
	}
	return flowOf(context)
}

// Tokens is what the rules gave to the tokens and assertions of a finished login.
// It holds what rules decide, not the protocol's own claims (iss, aud, exp …).
type Tokens struct {
	ID     Claims
	Access Claims
	// Scope is what context.accessToken.scope grants, in its order; nil when there
	// is none, so that the scopes of the request stand. Empty grants nothing.
	Scope []string
	// SubjectUserID is context.primaryUser, else user.user_id: the user whom the
	// tokens are issued for.
	SubjectUserID string
	// SAML is nil unless the login's protocol is SAML or WS-Federation.
	SAML *SAML
	// Dropped lists what rules set in vain, ID token first.
	Dropped []DroppedClaim

	order *jsondoc.Order // of the values
}

// TokenInput is a finished run and what the tokens depend on beside it.
type TokenInput struct {
	// User and Context are decoded JSON objects as the rules left them; they are
	// only read. Values of the wrong type are ignored.
	User    map[string]any
	Context map[string]any
	// Login is the context as the login began, before a redirect too: scope,
	// audience and protocol are its. nil means Context.
	Login map[string]any
	// Order knows the key order of the objects in both; may be nil.
	Order *jsondoc.Order
	TokenOptions
}

// TokenOptions are the settings of the tenant and the application that decide
// what reaches a token. The zero value is the platform's behaviour at its end.
type TokenOptions struct {
	// LegacyClaims is the regime before 2022-07-28: custom claims without a
	// namespace are dropped, profile claims reach the ID token only, and
	// context.idToken.app_metadata is merged with the user's for SAML mappings
	// instead of taking its place.
	LegacyClaims bool
	// LegacyProfile is for an application that is not OIDC-conformant: a root
	// property of user becomes a claim of the ID token when the scope holds its
	// name, and user.jti is the token's JWT id.
	LegacyProfile bool
	// Domains are the tenant's hosts (tenant.auth0.com, login.example.com) in
	// addition to the platform's own: they mark an audience as the tenant's.
	Domains []string
}

// EffectiveTokens answers what the tokens of a login receive from a finished run.
// in is not changed; the claims share its values.
//
// The ID token gets the profile claims that the requested scope asks for
// (profile, email, phone, address as in OpenID Connect; absent and null ones are
// left out), then the claims of context.idToken. The access token gets those of
// context.accessToken; whether it is a JWT, which alone can show them, is the API's
// setting. Names decide what is dropped:
//
//	name                              | today                    | LegacyClaims
//	restricted (iss, sub, roles …)    | dropped                  | dropped
//	at auth0.com, webtask.io and      |                          |
//	webtask.run, urn:auth0            | dropped                  | dropped, shown by /userinfo
//	http or https URL                 | kept                     | kept
//	urn:…                             | kept                     | dropped
//	profile claim, ID token           | kept                     | kept
//	profile claim, access token       | kept if the scope asks   | dropped
//	any other                         | kept                     | dropped
//
// An access token for an API of the tenant (/api, /api/v2, /mfa) takes only names
// that are an http or https URL.
//
// Size: for each kept claim that a rule set, the bytes of its name and of its
// value's compact JSON, both in UTF-8; quotes of the name, colon and comma are
// not counted.
//
// # Errors
//
// A [*RuleError] of kind limit when the custom claims of a token are larger than
// [MaxClaimBytes]: the login fails. The Tokens are empty then.
func EffectiveTokens(in TokenInput) (Tokens, *RuleError) {
	login := in.Login
	if login == nil {
		login = in.Context
	}
	return effectiveTokens(flowOf(login), in)
}

func effectiveTokens(f flow, in TokenInput) (Tokens, *RuleError) {
	b := tokenBuilder{in: in, flow: f}
	b.out.order = in.Order
	b.profile()
	b.custom("id", "context.idToken", readPlain(in.Context["idToken"]), &b.out.ID)
	b.custom("access", "context.accessToken", readPlain(in.Context["accessToken"]), &b.out.Access)
	if b.err != nil {
		return Tokens{}, b.err
	}
	b.subject()
	b.saml()
	return b.out, nil
}

// tokenBuilder collects the tokens of one login.
type tokenBuilder struct {
	in   TokenInput
	flow flow
	out  Tokens
	err  *RuleError
}

func (b *tokenBuilder) drop(token, claim string, reason DropReason) {
	b.out.Dropped = append(b.out.Dropped, DroppedClaim{Token: token, Claim: claim, Reason: reason})
}

func (b *tokenBuilder) requested(scope string) bool { return hasWord(b.flow.scope, scope) }

// hasWord reports whether a word is in a list with spaces between.
func hasWord(list, word string) bool {
	for from := 0; ; from++ {
		i := strings.Index(list[from:], word)
		if i < 0 {
			return false
		}
		from += i
		before, _ := utf8.DecodeLastRuneInString(list[:from])
		after, _ := utf8.DecodeRuneInString(list[from+len(word):])
		if (from == 0 || unicode.IsSpace(before)) && (from+len(word) == len(list) || unicode.IsSpace(after)) {
			return true
		}
	}
}

// profile adds the claims that come from the root of user.
func (b *tokenBuilder) profile() {
	user := b.in.User
	if len(user) == 0 || b.flow.scope == "" {
		return
	}
	var asked [len(profileScopes)]bool
	for i, scope := range profileScopes {
		asked[i] = b.requested(scope)
	}
	found := make(Claims, 0, len(profileClaims))
	for i := range profileClaims {
		claim := &profileClaims[i]
		if !asked[claim.scope] {
			continue
		}
		value := user[claim.name]
		if value == nil && claim.other != "" {
			value = user[claim.other]
		}
		if value != nil {
			found = append(found, Claim{claim.name, value})
		}
	}
	if asked != [len(profileScopes)]bool{} {
		b.out.ID = append(make(Claims, 0, len(found)+2), found...) // rules add few
	}
	if !b.in.LegacyProfile {
		return
	}
	for word := range strings.FieldsSeq(b.flow.scope) {
		if value, ok := user[word]; ok && !legacyBarred(word) {
			b.out.ID.set(word, value)
		}
	}
	if jti, ok := readText(user["jti"]); ok {
		b.out.ID.set("jti", jti)
	}
}

// legacyBarred reports whether a scope's name cannot be a root property's claim:
// the protocol's own names. Roles, groups and permissions are what legacy
// applications ask for in this way.
func legacyBarred(name string) bool {
	switch name {
	case "roles", "groups", "permissions":
		return false
	}
	return restrictedClaims[name]
}

// custom adds the claims that rules set in one of the two token objects.
func (b *tokenBuilder) custom(token, place string, value any, claims *Claims) {
	if value == nil || b.err != nil {
		return
	}
	object, ok := value.(map[string]any)
	if !ok {
		b.drop(token, "", DropWrongType)
		return
	}
	if len(object) == 0 {
		return
	}
	tenantAPI := token == "access" && isTenantAPI(b.flow.audience, b.in.Domains)
	room := MaxClaimBytes
	for _, name := range b.in.Order.Keys(object) {
		value := object[name]
		if token == "access" && name == "scope" {
			b.grant(value)
			continue
		}
		if reason := b.judge(token, name, tenantAPI); reason != "" {
			b.drop(token, name, reason)
			last := &b.out.Dropped[len(b.out.Dropped)-1]
			last.UserInfo = reason == DropAuth0Namespace && b.in.LegacyClaims && token == "id"
			continue
		}
		room, ok = takeRoom(room-len(name), value)
		switch {
		case !ok:
			b.drop(token, name, DropWrongType)
			continue
		case room < 0:
			b.err = &RuleError{
				Kind: KindLimit, OAuth: OAuthAccessDenied,
				Message: fmt.Sprintf("The custom claims in %s are larger than %d bytes.", place, MaxClaimBytes),
			}
			return
		}
		claims.set(name, value)
	}
}

// judge answers why a claim is dropped; "" keeps it.
func (b *tokenBuilder) judge(token, name string, tenantAPI bool) DropReason {
	if restrictedClaims[name] {
		return DropRestricted
	}
	scope, isProfile := profileNames[name]
	if isProfile && token == "id" {
		return ""
	}
	kind := plainName
	if !isProfile {
		kind = namespaceOf(name)
	}
	switch {
	case kind == auth0Reserved:
		return DropAuth0Namespace
	case kind == webNamespace:
		return ""
	case isProfile && b.in.LegacyClaims:
		return DropProfileClaim
	case b.in.LegacyClaims:
		return DropNotNamespaced
	case tenantAPI:
		return DropAuth0Audience
	case isProfile && !b.requested(profileScopes[scope]):
		return DropNotInScope
	}
	return ""
}

// grant reads context.accessToken.scope: a list of texts, or one text with spaces.
// Elements of a list that are no text are dropped.
func (b *tokenBuilder) grant(value any) {
	switch scope := readPlain(value).(type) {
	case nil:
	case string:
		b.out.Scope = append([]string{}, strings.Fields(scope)...)
	case []any:
		b.out.Scope = []string{}
		bad := false
		for _, element := range scope {
			text, ok := readText(element)
			bad = bad || !ok
			b.out.Scope = append(b.out.Scope, strings.Fields(text)...)
		}
		if bad {
			b.drop("access", "scope", DropWrongType)
		}
	default:
		b.drop("access", "scope", DropWrongType)
	}
}

// subject reads who the tokens are issued for.
func (b *tokenBuilder) subject() {
	id, ok := readText(b.in.Context["primaryUser"])
	if !ok || id == "" {
		id, _ = readText(b.in.User["user_id"])
	}
	b.out.SubjectUserID = id
}

// takeRoom subtracts the length of value's compact JSON from room and stops as
// soon as it is used up, so a huge or even endless value costs no more than room.
// ok is false for a Go value that is no JSON.
func takeRoom(room int, value any) (left int, ok bool) {
	if room < 0 {
		return room, true
	}
	switch v := value.(type) {
	case string:
		if len(v) > room {
			return -1, true
		}
		return room - quotedLength(v), true
	case []any:
		room -= len("[]") + max(len(v)-1, 0)
		for i := 0; i < len(v) && room >= 0; i++ {
			if room, ok = takeRoom(room, v[i]); !ok {
				return room, false
			}
		}
		return room, true
	case map[string]any:
		room -= len("{}") + max(len(v)-1, 0)
		for name, element := range v {
			if room, _ = takeRoom(room-len(":"), name); room < 0 {
				return room, true
			}
			if room, ok = takeRoom(room, element); !ok || room < 0 {
				return room, ok
			}
		}
		return room, true
	}
	var number [32]byte
	data, err := jsondoc.Append(number[:0], value, nil)
	return room - len(data), err == nil
}

// quotedLength is the length of a text as JSON.
func quotedLength(text string) int {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			return len(jsondoc.AppendString(make([]byte, 0, len(text)+32), text))
		}
	}
	return len(`""`) + len(text)
}

// MarshalJSON writes the form that the command prints:
//
//	{"id":{…},"access":{…},"scope":null|[…],"subject":"…","saml":null|{…},"dropped":[{"token":"…","claim":"…","reason":"…"}]}
func (t Tokens) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil) }

// AppendJSON appends the JSON form; see [Tokens.MarshalJSON]. Unlike json.Marshal
// it escapes nothing that JSON.stringify would not.
func (t *Tokens) AppendJSON(dst []byte) ([]byte, error) {
	var err error
	dst = append(dst, `{"id":`...)
	if dst, err = t.ID.appendJSON(dst, t.order); err != nil {
		return nil, err
	}
	dst = append(dst, `,"access":`...)
	if dst, err = t.Access.appendJSON(dst, t.order); err != nil {
		return nil, err
	}
	dst = append(dst, `,"scope":`...)
	if t.Scope == nil {
		dst = append(dst, "null"...)
	} else {
		dst = append(dst, '[')
		for i, scope := range t.Scope {
			dst = jsondoc.AppendString(comma(dst, i), scope)
		}
		dst = append(dst, ']')
	}
	dst = jsondoc.AppendString(append(dst, `,"subject":`...), t.SubjectUserID)
	dst = append(dst, `,"saml":`...)
	if dst, err = t.SAML.appendJSON(dst, t.order); err != nil {
		return nil, err
	}
	dst = append(dst, `,"dropped":[`...)
	for i, claim := range t.Dropped {
		dst = jsondoc.AppendString(append(comma(dst, i), `{"token":`...), claim.Token)
		dst = jsondoc.AppendString(append(dst, `,"claim":`...), claim.Claim)
		dst = jsondoc.AppendString(append(dst, `,"reason":`...), string(claim.Reason))
		if claim.UserInfo {
			dst = append(dst, `,"userinfo":true`...)
		}
		dst = append(dst, '}')
	}
	return append(dst, "]}"...), nil
}

func comma(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}

// MarshalJSON writes the claims as one object.
func (c Claims) MarshalJSON() ([]byte, error) { return c.appendJSON(nil, nil) }

func (c Claims) appendJSON(dst []byte, order *jsondoc.Order) ([]byte, error) {
	var err error
	dst = append(dst, '{')
	for i, claim := range c {
		dst = append(jsondoc.AppendString(comma(dst, i), claim.Name), ':')
		if dst, err = jsondoc.Append(dst, claim.Value, order); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}
