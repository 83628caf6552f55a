package rulegen

import (
	"encoding/json"
	"strings"
)

// Login is one input of a rule.
type Login struct {
	User          json.RawMessage   `json:"user,omitempty"` // an object, keys in order
	Context       json.RawMessage   `json:"context,omitempty"`
	Configuration map[string]string `json:"configuration,omitempty"`
	Now           string            `json:"now,omitempty"`
	TZ            string            `json:"tz,omitempty"`

	// Dropped says that a rule before this one hands on null for the user.
	Dropped bool `json:"-"`
}

// JSON is the login as one line, in the form of a case of testdata.
func (l Login) JSON() []byte {
	text, err := json.Marshal(l) // keeps the key order of its raw parts
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return text
}

// Dropper is a rule that drops the user.
const Dropper = "function (user, context, callback) { callback(null, null, context); }\n"

// Logins are n logins for rules: two realistic ones first, then such with changes at the
// places that the rules read. They are the same for the same seed.
func Logins(seed uint64, n int, reads Reads) []Login {
	m := &mutator{random: newRandom(seed, 77), reads: reads}
	var logins []Login
	for i := range n {
		base := state{user: realisticUser(m.random), context: realisticContext(m.random), configuration: realisticConfiguration()}
		m.complete(&base)
		if i > 1 {
			m.change(&base)
		}
		logins = append(logins, m.login(base))
	}
	return logins
}

// Mutations are n changed forms of a login.
func Mutations(seed uint64, n int, base Login, reads Reads) []Login {
	m := &mutator{random: newRandom(seed, 78), reads: reads}
	var logins []Login
	for range n {
		s := state{user: objectOf(base.User), context: objectOf(base.Context), configuration: map[string]string{}, now: base.Now, zone: base.TZ}
		for key, value := range base.Configuration {
			s.configuration[key] = value
		}
		if m.chance(15) {
			m.complete(&s)
		}
		m.change(&s)
		logins = append(logins, m.login(s))
	}
	return logins
}

// state is a login that is being made.
type state struct {
	user, context *record
	configuration map[string]string
	now, zone     string
	dropped       bool
}

func objectOf(text json.RawMessage) *record {
	if len(text) > 0 {
		if r, ok := parseTree(text).(*record); ok {
			return r
		}
	}
	return newRecord()
}

func (m *mutator) login(s state) Login {
	return Login{
		User: appendTree(nil, s.user), Context: appendTree(nil, s.context), Configuration: s.configuration,
		Now: s.now, TZ: s.zone, Dropped: s.dropped,
	}
}

func realisticConfiguration() map[string]string {
	return map[string]string{"NAMESPACE": "https://example.com/", "LIST": "ann@example.com,b, web", "LIMIT": "5", "ADMIN": "admin@example.com", "ENABLED": "true"}
}

func texts(r random, words string, most int) []any {
	items := []any{}
	for range r.below(most + 1) {
		items = append(items, r.word(words))
	}
	return items
}

func realisticUser(r random) *record {
	user := newRecord(
		"user_id", r.word("auth0|1 google-oauth2|77 samlp|acme|x"), "email", r.pick("ann@example.com", "Bob@Example.COM", "admin@example.com", "eve@evil.example", "info@example.org"),
		"email_verified", r.chance(75), "name", r.pick("Ann Lee", "Zoë", "bob"), "nickname", r.word("ann b admin"), "given_name", "Ann", "family_name", "Lee",
		"picture", "https://cdn.example/p.png?s=1", "created_at", r.pick("2026-02-28T10:00:00.000Z", "2020-01-01T00:00:00.000Z"), "age", float64(r.below(60)), "logins_count", float64(r.below(20)),
		"company", r.word("Acme Corp"), "groups", texts(r, "admin sales CN=Admins a", 3), "roles", texts(r, "admin member editor", 3), "permissions", texts(r, "read:x write:x", 2), "tags", texts(r, "a b", 2),
		"identities", []any{newRecord("provider", r.word("auth0 github"), "connection", "db", "user_id", "1", "isSocial", r.chance(50))},
	)
	metadata := newRecord("plan", r.word("free pro"), "roles", texts(r, "admin member guest", 3), "groups", texts(r, "a b", 2), "score", float64(r.below(10)), "level", float64(r.below(4)),
		"role", r.word("admin guest"), "flag", r.chance(50), "signedUp", r.chance(50), "authorization", newRecord("groups", texts(r, "a b admin", 2)),
		"orgs", []any{newRecord("id", "o1", "role", "admin", "name", "Acme")})
	if r.chance(94) {
		user.set("app_metadata", metadata)
	}
	if r.chance(92) {
		user.set("user_metadata", newRecord("color", r.word("red blue"), "lang", r.word("de en"), "consent", r.chance(50)))
	}
	return user
}

func realisticContext(r random) *record {
	context := newRecord(
		"clientID", r.pick(clientIDs...), "clientName", r.pick("Web", "Shop & Co"), "connection", r.word("db google-oauth2"), "connectionStrategy", r.word("auth0 samlp"),
		"protocol", r.word("oidc-basic-profile oidc-implicit-profile samlp"), "tenant", "acme", "sessionID", "s1", "stats", newRecord("loginsCount", float64(r.below(12)), "last", "x"),
		"idToken", newRecord(), "accessToken", newRecord("scope", texts(r, "openid profile email", 2)), "authorization", newRecord("roles", texts(r, "admin editor member", 3)),
		"authentication", newRecord("methods", []any{newRecord("name", r.word("pwd mfa federated"), "timestamp", 1772447400000.0)}),
		"clientMetadata", newRecord("MFA", r.word("true false"), "roles", "admin,member"),
		"request", newRecord("ip", r.word("10.1.2.3 203.0.113.9"), "query", newRecord("scope", "openid profile", "acr_values", "urn:mfa"), "body", newRecord("scope", "openid"),
			"geoip", newRecord("country_code", r.word("DE US"), "country_name", "Germany", "latitude", 52.5)),
	)
	if r.chance(85) {
		context.set("samlConfiguration", newRecord("mappings", newRecord("a", "b")))
	}
	return context
}

// complete adds what the rules read and the login does not have, mostly with a value
// that the rules know.
func (m *mutator) complete(s *state) {
	for _, path := range m.reads.Paths {
		if len(path) < 2 || m.chance(8) {
			continue
		}
		root := s.user
		if path[0] == "context" {
			root = s.context
		}
		parent, ok := parentOf(root, path).(*record)
		key := path[len(path)-1]
		if !ok || key == "redirect" || key == "multifactor" || strings.HasPrefix(key, "__") {
			continue
		}
		if _, had := parent.values[key]; had {
			continue
		}
		switch {
		case m.inner(path):
			parent.set(key, newRecord())
		default:
			parent.set(key, m.fitting())
		}
	}
	for _, key := range m.reads.Configuration {
		if _, had := s.configuration[key]; !had && m.chance(92) {
			value, ok := m.fitting().(string)
			if !ok {
				value = "https://example.com/"
			}
			s.configuration[key] = value
		}
	}
}

// inner reports whether the rules read something below a path that is no list.
func (m *mutator) inner(path []string) bool {
	for _, p := range m.reads.Paths {
		if len(p) > len(path) && p[len(path)] != "0" && strings.Join(p[:len(path)], "\x00") == strings.Join(path, "\x00") {
			return true
		}
	}
	return false
}

// parentOf is the object or list that holds the last key of a path; nil when there is none.
func parentOf(root *record, path []string) any {
	var at any = root
	for _, key := range path[1 : len(path)-1] {
		switch v := at.(type) {
		case *record:
			at = v.values[key]
		case []any:
			if key != "0" || len(v) == 0 {
				return nil
			}
			at = v[0]
		default:
			return nil
		}
	}
	return at
}
