package cases

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

// pattern names a rule of the test data, and the login of it that is timed.
type pattern struct {
	name, login string
	as          string // the case's name, when it is not the pattern's
}

// patterns are the single rules that are no templates.
var patterns = []pattern{
	{name: "deny/unverified_email", login: "verified"},
	{name: "deny/unverified_email", login: "unverified", as: "deny/unverified_email, denied"},
	{name: "deny/by_audience", login: "allowed"},
	{name: "deny/unless_admin", login: "admin"},
	{name: "deny/flagged_user", login: "clean"},
	{name: "usual_deny/client_whitelist_some", login: "listed"},
	{name: "domain/split_index_one", login: "inside"},
	{name: "domain/list_of_domains", login: "inside"},
	{name: "country/closed_list", login: "open"},
	{name: "country/geoip", login: "known"},
	{name: "usual_deny/blocked_country", login: "germany"},
	{name: "weekday/weekdays_only", login: "monday"},
	{name: "roles/admin_and_guest", login: "guest"},
	{name: "roles/claims_guarded", login: "roles"},
	{name: "usual_roles/push_into_metadata", login: "there"},
	{name: "usual_roles/from_email_domain", login: "user"},
	{name: "claims/namespaced", login: "all"},
	{name: "usual_claims/email_to_access_token", login: "usual"},
	{name: "usual_claims/group_membership_flags", login: "two"},
	{name: "saml/mapping_for_client", login: "mapped"},
	{name: "scopes/fixed", login: "pro"},
	{name: "usual_scopes/added_to_text", login: "added"},
	{name: "mfa/for_admins", login: "admin"},
	{name: "usual_mfa/require_by_client_list", login: "wants"},
	{name: "metadata/default_objects", login: "something"},
	{name: "usual_calls/slack_notify_first_login", login: "again"},
	{name: "usual_calls/node_fetch_then", login: "database"},
}

// Singles are the cases of one rule each with logins of 1 KB.
//
// # Errors
//
// A pattern that cannot be read.
func Singles() ([]Case, error) {
	var all []Case
	for _, p := range patterns {
		c, err := p.read()
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	for _, entries := range []int{10, 1_000, 100_000} {
		all = append(all, AllowList(entries))
	}
	return all, nil
}

// read makes a case of a pattern. Its own logins are checked as they are; the timed one
// lies over [Usual].
func (p pattern) read() (Case, error) {
	c, err := readPattern(p.name)
	if err != nil {
		return Case{}, err
	}
	if p.as != "" {
		c.Name, c.Rule = p.as, p.name
	}
	at := slices.IndexFunc(c.Checked, func(l Login) bool { return l.Name == p.login })
	if at < 0 || len(c.Rules) == 0 {
		return c, fmt.Errorf("%s: no rule in JavaScript with a login %s", p.name, p.login)
	}
	c.Timed = []Login{c.Checked[at].over(Usual())}
	return c, nil
}

// readPattern makes a case of a pattern; its logins are those to check. It has no rule where
// the pattern has not just one in JavaScript.
func readPattern(name string) (Case, error) {
	archive, err := txtar.ParseFile(filepath.Join(Testdata(), "patterns", filepath.FromSlash(name)+".txtar"))
	if err != nil {
		return Case{}, err
	}
	c := Case{Name: name, Group: Single}
	for _, f := range archive.Files {
		switch {
		case f.Name == "rule.js":
			c.Rules = []Rule{{Name: "rule", File: "rule.js", Source: string(f.Data)}}
		case f.Name == "configuration.json":
			if err := json.Unmarshal(f.Data, &c.Configuration); err != nil {
				return c, fmt.Errorf("%s: %s: %w", name, f.Name, err)
			}
		case strings.HasSuffix(f.Name, ".in.json"):
			login, plain, err := readLogin(f.Data)
			if err != nil {
				return c, fmt.Errorf("%s: %s: %w", name, f.Name, err)
			}
			if plain {
				login.Name = strings.TrimSuffix(strings.TrimPrefix(f.Name, "run/"), ".in.json")
				c.Checked = append(c.Checked, login)
			}
		}
	}
	return c, nil
}

// readLogin reads a pattern's login; plain says that it needs no configuration, zone or
// limits of its own.
func readLogin(data []byte) (l Login, plain bool, err error) {
	in := struct {
		User, Context map[string]any
		Configuration map[string]string
		Now           time.Time
		TZ            string
		TimeoutMS     int `json:"timeout_ms"`
		RuleTimeoutMS int `json:"rule_timeout_ms"`
	}{Now: Monday}
	if err := json.Unmarshal(data, &in); err != nil {
		return l, false, err
	}
	plain = in.Configuration == nil && in.TZ == "" && in.TimeoutMS == 0 && in.RuleTimeoutMS == 0 && in.User != nil && in.Context != nil
	return Login{User: in.User, Context: in.Context, Now: in.Now}, plain, nil
}

// Monday is when logins happen that do not say it, as in the test data.
var Monday = time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)

// over lays a login's members over those of another one.
func (l Login) over(base Login) Login {
	base = base.Copy()
	for key, value := range l.User {
		base.User[key] = value
	}
	for key, value := range l.Context {
		base.Context[key] = value
	}
	base.Name, base.Now = l.Name, l.Now
	return base
}

// Widen adds the checked logins once more, laid over the usual one.
func (c *Case) Widen() {
	for _, l := range c.Checked[:len(c.Checked):len(c.Checked)] {
		wide := l.over(Usual())
		wide.Name += ", with a usual login"
		c.Checked = append(c.Checked, wide)
	}
}
